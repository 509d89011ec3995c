"""An amount shared out over clinics, hospitals, projects or readiness teams."""

from __future__ import annotations

from chains.calculators.terms import Term, Worked, divide

NAME = "per_unit"


def each(amount: Term, count: Term, name: str) -> Worked:
    """Return the amount for one of them; a span of counts gives a span of amounts."""
    return Worked(NAME, divide(amount, count, name=name))
