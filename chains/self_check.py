"""A sum with a known result, as a sign that the calculators reckon."""

from __future__ import annotations

from decimal import Decimal

from chains.calculators.terms import LARGE_MONEY, PERCENT, Term, take_share
from corpus.errors import CalculationError

_SHARE = Term("", Decimal(10), PERCENT)
_WHOLE = Term("", Decimal(100), LARGE_MONEY)


def check_reckoning() -> None:
    """Take a share of an amount.

    Raises:
        CalculationError: it does not come out right.
    """
    if take_share(_SHARE, _WHOLE).amount != Decimal(10):
        raise CalculationError("unit_mismatch", PERCENT, LARGE_MONEY)
