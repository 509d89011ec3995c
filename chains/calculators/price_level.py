"""Pris- og lønregulering: an amount of one price level in another.

Economy agreement for 2021, Bilag 2, Boks 2 and 3: the rates from 2020 to 2021. No other year has a
rate in these agreements.
"""

from __future__ import annotations

from chains.calculators.terms import Term, Worked, subtract
from chains.calculators.terms import regulate as _regulate
from corpus import calculation_texts as texts

NAME = "price_level"


def regulate(amount: Term, rate: Term, *, forward: bool) -> Worked:
    """Return an amount in the later price level (`forward`) or in the earlier one."""
    return Worked(NAME, _regulate(amount, rate, up=forward, name=texts.regulated(forward)))


def growth(amount: Term, rate: Term) -> Worked:
    """Return by how much the regulation alone raises an amount."""
    later = _regulate(amount, rate, up=True, name=texts.regulated(forward=True))
    return Worked(NAME, subtract(later, amount, texts.DIFFERENCE))


def between_rates(amount: Term, rate: Term, other: Term) -> Worked:
    """Return how much more one rate gives than another."""
    more = _regulate(amount, rate, up=True)
    less = _regulate(amount, other, up=True)
    return Worked(NAME, subtract(more, less, texts.DIFFERENCE))
