"""Grundbidrag: kroner per inhabitant, both ways.

Economy agreement for 2021, Bilag 2, Boks 2.
"""

from __future__ import annotations

from dataclasses import replace

from chains.calculators.terms import Term, Worked, divide, multiply, percentage, subtract
from corpus import calculation_texts as texts

NAME = "basic_contribution"


def contribution(rate: Term, people: Term) -> Worked:
    """Return what so many inhabitants bring, in kroner."""
    return Worked(NAME, multiply(rate, people, "kr.", texts.CONTRIBUTION))


def inhabitants(total: Term, rate: Term) -> Worked:
    """Return how many inhabitants an amount corresponds to."""
    in_kroner = replace(total, unit="kr.")
    return Worked(NAME, divide(in_kroner, rate, texts.INHABITANTS, texts.INHABITANTS))


def beyond_agreed(rate: Term, other: Term, people: Term) -> Worked:
    """Return what another rate would bring more than the agreed one."""
    return Worked(NAME, multiply(subtract(other, rate), people, "kr.", texts.DIFFERENCE))


def share_of_total(rate: Term, people: Term, total: Term) -> Worked:
    """Return what so many inhabitants bring in per cent of the total."""
    own = multiply(rate, people, "kr.", texts.CONTRIBUTION)
    return Worked(NAME, percentage(own, total, texts.PERCENTAGE))
