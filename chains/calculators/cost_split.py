"""Shares of shared costs by party.

Economy agreement for 2021, Bilag 1: the state and the municipalities finance 40 per cent each of
the shared digital infrastructure, the regions 20. The key is stated for that amount alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from chains.calculators.terms import Row, Term, Worked, add, subtract, take_share, whole_of
from corpus import calculation_texts as texts

NAME = "cost_split"


def split(base: Term, shares: Sequence[Row]) -> list[Row]:
    """Return each party's part of an amount by a key."""
    return [Row(row.label, take_share(row.term, base, row.label)) for row in shares]


def rest(whole: Term, parts: Sequence[Term], name: str) -> Term:
    """Return what is left of a whole when the stated parts are taken away."""
    return subtract(whole, add(parts), name)


def whole_bill(part: Term, share: Term) -> Worked:
    """Return the whole of which one party's part is known."""
    return Worked(NAME, whole_of(share, part, texts.WHOLE_BILL))
