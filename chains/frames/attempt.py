"""What a frame makes of a question: a calculation, something missing, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from chains.calculators.terms import Worked
from corpus.agreed import Figure
from corpus.models import NotFoundReason


@dataclass(frozen=True)
class Attempt:
    """A question read as one calculation."""

    worked: Worked
    score: float
    """How well the question fits, from 0 to 1 and a little over."""
    used: frozenset[int] = frozenset()
    """Where the numbers begin that went into it."""
    assumptions: tuple[str, ...] = ()
    reading: str = ""


@dataclass(frozen=True)
class Missing:
    """The question is of this kind, but something is missing or off."""

    text: str
    score: float
    choices: tuple[str, ...] = ()
    reason: NotFoundReason | None = None
    """Set where the answer is "not found" and not a question back."""
    figures: tuple[Figure, ...] = ()
    """What is true instead, to be cited."""


Outcome = Attempt | Missing | None
