"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from chains.desk import LOCAL, Desk
from chains.export import write_csv, write_xlsx
from chains.forms import FORMS, Form
from chains.registry import FigureEntry, PassageEntry, SectionEntry
from corpus import (
    api_texts,
    difference_texts,
    errors,
    ingest_texts,
    review_texts,
    run_texts,
    texts,
)
from corpus.calculation import Calculation
from corpus.check import Check, CheckedNumber, Verdict
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
    "CheckedNumber",
    "Citation",
    "Decision",
    "Desk",
    "Difference",
    "Explanation",
    "FigureEntry",
    "Form",
    "Item",
    "ItemKind",
    "Passage",
    "PassageEntry",
    "Progress",
    "RankedPassage",
    "Received",
    "ReviewConflict",
    "ReviewStatus",
    "SectionEntry",
    "Settings",
    "Turn",
    "Verdict",
    "api_texts",
    "difference_texts",
    "errors",
    "ingest_texts",
    "mask_cpr",
    "review_texts",
    "run_texts",
    "texts",
    "write_csv",
    "write_xlsx",
]
