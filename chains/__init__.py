"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from chains.calculators.arithmetic import Operation
from chains.conversations import Conversations, owner_of
from chains.desk import LOCAL, Desk
from chains.export import Sheet, to_csv, to_xlsx, write_csv, write_xlsx
from chains.forms import FORMS, Form
from chains.library import Chart, Library
from chains.note import footnotes, with_references, write_note
from chains.picked import PICKABLE, WorkedOut
from chains.reading import Link, LinkState, Span, slug_of
from chains.registry import CommitmentEntry, FigureEntry, PassageEntry, SectionEntry
from corpus import (
    api_texts,
    chat_texts,
    difference_texts,
    errors,
    ingest_texts,
    reader_texts,
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
    "PICKABLE",
    "Agreement",
    "Answer",
    "AnswerKind",
    "Assistant",
    "AssistantError",
    "Calculation",
    "Change",
    "Chart",
    "Check",
    "CheckedAnswer",
    "CheckedNumber",
    "Citation",
    "CommitmentEntry",
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
    "Library",
    "Link",
    "LinkState",
    "Operation",
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
    "Sheet",
    "Span",
    "Turn",
    "Verdict",
    "WorkedOut",
    "api_texts",
    "chat_texts",
    "difference_texts",
    "errors",
    "footnotes",
    "ingest_texts",
    "mask_cpr",
    "owner_of",
    "reader_texts",
    "review_texts",
    "run_texts",
    "slug_of",
    "texts",
    "to_csv",
    "to_xlsx",
    "with_references",
    "write_csv",
    "write_note",
    "write_xlsx",
]
