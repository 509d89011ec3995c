"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from chains.desk import LOCAL, Desk
from chains.evaluation import Evaluation
from chains.export import rows_as_csv, write_csv, write_xlsx
from chains.forms import FORMS, Form, field_choices, field_example, read_form
from chains.occurrences import MOST_TERM, Place, Places
from chains.own_numbers import move_by_own_index, read_index, read_key, split_by_own_key
from chains.registry import FigureEntry, PassageEntry, SectionEntry
from corpus import (
    about_texts,
    api_texts,
    difference_texts,
    errors,
    ingest_texts,
    review_texts,
    texts,
    tools_texts,
)
from corpus.calculation import Calculation, ResultRow
from corpus.check import Check, CheckedNumber, Verdict
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
    "Agreement",
    "Answer",
    "AnswerKind",
    "Assistant",
    "AssistantError",
    "Calculation",
    "Change",
    "Check",
    "CheckedNumber",
    "Citation",
    "Decision",
    "Desk",
    "Difference",
    "Evaluation",
    "Explanation",
    "FigureEntry",
    "Form",
    "Item",
    "ItemKind",
    "Passage",
    "PassageEntry",
    "Place",
    "Places",
    "Progress",
    "RankedPassage",
    "Received",
    "ResultRow",
    "ReviewConflict",
    "ReviewStatus",
    "SectionEntry",
    "Settings",
    "Turn",
    "Verdict",
    "about_texts",
    "api_texts",
    "difference_texts",
    "errors",
    "field_choices",
    "field_example",
    "format_date",
    "ingest_texts",
    "mask_cpr",
    "move_by_own_index",
    "read_form",
    "read_index",
    "read_key",
    "review_texts",
    "rows_as_csv",
    "split_by_own_key",
    "texts",
    "tools_texts",
    "write_csv",
    "write_xlsx",
]
