"""Figures over years: the sum of a span, growth between years, fixed amounts carried on."""

from __future__ import annotations

from collections.abc import Sequence

from chains.calculators.terms import Row, Term, Worked, add, change, divide, percentage, subtract
from corpus import calculation_texts as texts

NAME = "series"


def total(points: Sequence[Row]) -> Worked:
    """Return the sum of the points, with each as a row."""
    result = add([row.term for row in points], texts.IN_ALL)
    rows = tuple(points) if len(points) > 1 else ()
    return Worked(NAME, result, rows, by_year=bool(rows))


def growth(old: Term, new: Term, *, in_percent: bool) -> Worked:
    """Return how much a figure grows from one year to another, as an amount or in per cent."""
    if in_percent:
        return Worked(NAME, change(old, new, texts.CHANGE))
    return Worked(NAME, subtract(new, old, texts.DIFFERENCE))


def fall(old: Term, new: Term) -> Worked:
    """Return by how many per cent a figure falls from one year to another, as a positive number."""
    return Worked(NAME, percentage(subtract(old, new), old, texts.FALL))


def yearly_mean(amount: Term, years: Term) -> Worked:
    """Return an amount spread evenly over its years."""
    return Worked(NAME, divide(amount, years, name=texts.AVERAGE))
