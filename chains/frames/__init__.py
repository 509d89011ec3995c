"""Frames: a question's mentions -> the typed inputs of a calculator, one file per subject.

Each `read` returns an attempt, what is missing, or None where the question is of another kind.
"""

from __future__ import annotations

from collections.abc import Callable

from chains.ask import Ask
from chains.frames import (
    budgets,
    contribution,
    keys,
    over_years,
    pairs,
    parties,
    price,
    proximity,
    targets,
    units,
)
from chains.frames.attempt import Attempt, Missing, Outcome
from corpus import calculation_texts as texts
from corpus.errors import CalculationError

FRAMES = (
    proximity.read,
    targets.read,
    price.read,
    contribution.read,
    budgets.read,
    keys.read,
    units.read,
    over_years.read_themes,
    parties.read,
    pairs.read,
    over_years.read,
)
"""From the most particular to the most general."""

__all__ = ["FRAMES", "Attempt", "Missing", "Outcome", "read_frames"]


def read_frames(ask: Ask) -> list[Attempt | Missing]:
    """Return what the frames make of a question, the first that fits first."""
    outcomes = [_attempt(frame, ask) for frame in FRAMES]
    return [outcome for outcome in outcomes if outcome is not None]


def _attempt(frame: Callable[[Ask], Outcome], ask: Ask) -> Outcome:
    try:
        return frame(ask)
    except CalculationError as error:
        return Missing(texts.describe(error), 1.0)
