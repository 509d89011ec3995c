"""A stated or own share of an amount: halves, a region's part."""

from __future__ import annotations

from chains.calculators.terms import Term, Worked, take_share

NAME = "shares"


def take(share: Term, amount: Term, name: str) -> Worked:
    """Return share per cent of an amount."""
    return Worked(NAME, take_share(share, amount, name))
