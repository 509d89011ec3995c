"""Question to answer. What front ends may use stands here; nothing deeper is theirs."""

from chains.assistant import Assistant, Explanation
from corpus import texts
from corpus.calculation import Calculation
from corpus.check import Check, CheckedNumber, Verdict
from corpus.errors import AssistantError
from corpus.models import Agreement, Answer, AnswerKind, Citation, Passage, RankedPassage, Turn
from corpus.settings import Settings

__all__ = [
    "Agreement",
    "Answer",
    "AnswerKind",
    "Assistant",
    "AssistantError",
    "Calculation",
    "Check",
    "CheckedNumber",
    "Citation",
    "Explanation",
    "Passage",
    "RankedPassage",
    "Settings",
    "Turn",
    "Verdict",
    "texts",
]
