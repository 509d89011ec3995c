"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from chains.conversations import Conversations, owner_of
from chains.desk import LOCAL, Desk
from chains.export import write_csv, write_xlsx
from chains.forms import FORMS, Form
from chains.note import footnotes, with_references, write_note
from chains.registry import FigureEntry, PassageEntry, SectionEntry
from corpus import (
    api_texts,
    chat_texts,
    difference_texts,
    errors,
    ingest_texts,
    review_texts,
    run_texts,
    texts,
)
from corpus.calculation import Calculation
from corpus.check import Check, CheckedNumber, Verdict
from corpus.conversation import CheckedAnswer, Conversation, Exchange, QuoteState
from corpus.cpr import mask_cpr
from corpus.difference import Change, Difference
from corpus.errors import AssistantError, ReviewConflict
from corpus.models import Agreement, Answer, AnswerKind, Citation, Passage, RankedPassage, Turn
from corpus.review import Decision, Item, ItemKind, Progress, ReviewStatus
from corpus.settings import Settings
from ingest.add import Received

__all__ = [
    "FORMS",
    "LOCAL",
    "Agreement",
    "Answer",
    "AnswerKind",
    "Assistant",
    "AssistantError",
    "Calculation",
    "Change",
    "Check",
    "CheckedAnswer",
    "CheckedNumber",
    "Citation",
    "Conversation",
    "Conversations",
    "Decision",
    "Desk",
    "Difference",
    "Exchange",
    "Explanation",
    "FigureEntry",
    "Form",
    "Item",
    "ItemKind",
    "Passage",
    "PassageEntry",
    "Progress",
    "QuoteState",
    "RankedPassage",
    "Received",
    "ReviewConflict",
    "ReviewStatus",
    "SectionEntry",
    "Settings",
    "Turn",
    "Verdict",
    "api_texts",
    "chat_texts",
    "difference_texts",
    "errors",
    "footnotes",
    "ingest_texts",
    "mask_cpr",
    "owner_of",
    "review_texts",
    "run_texts",
    "texts",
    "with_references",
    "write_csv",
    "write_note",
    "write_xlsx",
]
