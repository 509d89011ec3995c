"""Agreed reductions on a baseline of one's own.

Reform agreement of 2022, Boks 1.2, and economy agreement for 2021, chapter 10: the percentages are
relative to the baseline, each for its own year; they are neither points nor added up.
"""

from __future__ import annotations

from chains.calculators.terms import Term, Worked, before_reduction, subtract, take_share
from chains.calculators.terms import reduce as _reduce
from corpus import calculation_texts as texts

NAME = "target"


def left(baseline: Term, rate: Term) -> Worked:
    """Return what is left of a baseline after the reduction."""
    return Worked(NAME, _reduce(baseline, rate, texts.AFTER_REDUCTION))


def fewer(baseline: Term, rate: Term) -> Worked:
    """Return by how much a baseline falls; of a percentage in points."""
    return Worked(NAME, take_share(rate, baseline, texts.REDUCTION))


def missing(baseline: Term, rate: Term, now: Term) -> Worked:
    """Return how far today's level is above the target."""
    return Worked(NAME, subtract(now, _reduce(baseline, rate, texts.AFTER_REDUCTION),
                                 texts.STILL_MISSING))  # fmt: skip


def baseline_for(level: Term, rate: Term) -> Worked:
    """Return the baseline at which a level is just the target."""
    return Worked(NAME, before_reduction(level, rate, texts.BASELINE))
