"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from chains.calculators.arithmetic import Operation
from chains.chart import Chart
from chains.conversations import Conversations, owner_of
from chains.desk import LOCAL, Desk
from chains.evaluation import Evaluation, read_evaluation
from chains.export import Sheet, to_csv, to_xlsx, write_csv, write_xlsx
from chains.forms import FORMS, Form, field_choices, field_example, read_form
from chains.library import Library
from chains.note import footnotes, with_references, write_note
from chains.occurrences import MOST_TERM, Place, Places
from chains.own_numbers import move_by_own_index, read_index, read_key, split_by_own_key
from chains.pasted import read_pasted
from chains.picked import PICKABLE, WorkedOut
from chains.reading import Link, LinkState, Span, slug_of
from chains.registry import CommitmentEntry, FigureEntry, PassageEntry, SectionEntry
from corpus import (
    about_texts,
    api_texts,
    chat_texts,
    difference_texts,
    errors,
    ingest_texts,
    reader_texts,
    review_texts,
    run_texts,
    texts,
    tools_texts,
)
from corpus.calculation import Calculation, ResultRow
from corpus.check import Check, CheckedNumber, Verdict
from corpus.conversation import CheckedAnswer, Conversation, Exchange, QuoteState
from corpus.cpr import mask_cpr
from corpus.difference import Change, Difference
from corpus.errors import AssistantError, ReviewConflict
from corpus.models import Agreement, Answer, AnswerKind, Citation, Passage, RankedPassage, Turn
from corpus.review import Decision, Item, ItemKind, Progress, ReviewStatus
from corpus.settings import Settings
from corpus.wording import format_date
from ingest.add import Received

__all__ = [
    "FORMS",
    "LOCAL",
    "MOST_TERM",
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
    "Evaluation",
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
    "Place",
    "Places",
    "Progress",
    "QuoteState",
    "RankedPassage",
    "Received",
    "ResultRow",
    "ReviewConflict",
    "ReviewStatus",
    "SectionEntry",
    "Settings",
    "Sheet",
    "Span",
    "Turn",
    "Verdict",
    "WorkedOut",
    "about_texts",
    "api_texts",
    "chat_texts",
    "difference_texts",
    "errors",
    "field_choices",
    "field_example",
    "footnotes",
    "format_date",
    "ingest_texts",
    "mask_cpr",
    "move_by_own_index",
    "owner_of",
    "read_evaluation",
    "read_form",
    "read_index",
    "read_key",
    "read_pasted",
    "reader_texts",
    "review_texts",
    "run_texts",
    "slug_of",
    "split_by_own_key",
    "texts",
    "to_csv",
    "to_xlsx",
    "tools_texts",
    "with_references",
    "write_csv",
    "write_note",
    "write_xlsx",
]
