"""Nærhedsfinansiering: what stays in the regions and what is settled back.

Economy agreement for 2021, chapter 4 and Boks 3: the share that stays follows the number of
fulfilled criteria; the amount is that of Bilag 2, Boks 1.
"""

from __future__ import annotations

from typing import Literal

from chains.calculators.terms import Row, Term, Worked, subtract, take_share
from corpus import calculation_texts as texts

NAME = "proximity_funding"


def settle(amount: Term, share: Term, side: Literal["kept", "settled"]) -> Worked:
    """Return what stays or is settled back of an amount, at the share that stays."""
    kept = take_share(share, amount, texts.KEPT)
    settled = subtract(amount, kept, texts.SETTLED)
    rows = (Row(texts.KEPT, kept), Row(texts.SETTLED, settled))
    return Worked(NAME, kept if side == "kept" else settled, rows)


def one_more(amount: Term, before: Term, after: Term) -> Worked:
    """Return what the step from one number of fulfilled criteria to another is worth."""
    low = take_share(before, amount, texts.KEPT)
    high = take_share(after, amount, texts.KEPT)
    return Worked(NAME, subtract(high, low, texts.ONE_MORE))
