"""Agreed figures -> what can be worked out from them: sums, differences, shares, spans of years.

A number of a pasted text that is stated nowhere may be one of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from corpus import texts
from corpus.agreed import Figure, Per, Series
from corpus.models import Unit

Operand = tuple[Decimal, Unit, Figure]
"""A number, its unit and the figure that it is."""
Result = tuple[Decimal, tuple[Figure, ...], str]
"""What comes out, of which figures, and how."""
KEPT = 6
"""Numbers that a sum is made of at most."""


def sums(likely: Sequence[Series], named: Sequence[int]) -> Iterator[Result]:
    """Yield what the likely series come to over the years named, and over all their years."""
    for series in likely:
        if not series.is_yearly or series.first.per is Per.LEVEL:
            continue
        firsts = [f.period.first for f in series.figures if f.period is not None]
        for years in (named, range(min(firsts), max(firsts) + 1)):
            figures = [figure for year in years if (figure := series.in_year(year)) is not None]
            if len(figures) > 1:
                total = sum((figure.amount for figure in figures), Decimal(0))
                yield total, tuple(dict.fromkeys(figures)), texts.WORKED_SUM


def results(operands: Sequence[Operand], unit: Unit) -> Iterator[Result]:
    """Yield sums, differences, shares and quotients of some numbers, in a unit."""
    distinct = list({(a, u, f.figure_key): (a, u, f) for a, u, f in operands}.values())
    alike = [one for one in distinct if one[1] is unit]
    for count in range(2, min(len(alike), KEPT) + 1):
        for chosen in combinations(alike, count):
            total = sum((amount for amount, _, _ in chosen), Decimal(0))
            yield total, tuple(f for _, _, f in chosen), texts.WORKED_SUM
    for (a, ua, fa), (b, ub, fb) in permutations(distinct, 2):
        if ua is ub is unit:
            yield abs(a - b), (fa, fb), texts.WORKED_DIFFERENCE
        if ua is ub and unit is Unit.PCT and b:
            yield a / b * 100, (fa, fb), texts.WORKED_SHARE
        if ua is unit and ub is Unit.PCT:
            yield a * b / 100, (fa, fb), texts.WORKED_PART
            yield a * (100 - b) / 100, (fa, fb), texts.WORKED_PART
        if ua is unit and ub is Unit.NUMBER and b:
            yield a / b, (fa, fb), texts.WORKED_PER
    yield from _over_years(alike)


def _over_years(operands: Sequence[Operand]) -> Iterator[Result]:
    """Yield a yearly amount over any number of years, alone and after another."""
    yearly = [(a, f) for a, _, f in operands if f.per is Per.YEAR]
    for (a, fa), (b, fb) in pairwise(yearly):
        for years in range(1, 11):
            yield a + years * b, (fa, fb), texts.WORKED_YEARS
    for a, fa in yearly:
        for years in range(2, 13):
            yield years * a, (fa,), texts.WORKED_YEARS
