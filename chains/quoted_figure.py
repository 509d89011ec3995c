"""The best sentence -> the agreed figure in it that a question for a number asks for.

`stated` looks for a figure by its own words; this one starts from the sentence that was found to
answer, and names the figure that stands in it, where one alone fits.
"""

from __future__ import annotations

from collections.abc import Sequence

from chains.ask import Ask
from chains.figure_rank import Found, stands_in
from chains.follow_up import leans
from chains.number_asked import wants_number
from chains.selection import Candidate
from chains.stated import (
    FigureAnswer,
    asks_for_part,
    asks_for_sum,
    counts_it,
    fitting_series,
    gives_own_numbers,
    names_amount,
    of_series,
)  # fmt: skip

_ALONE = 0.6
"""Share of the figures in a sentence from which on one is meant."""
_LIKELY = 0.25
"""Share of all figures that it has at least: less is chance."""
_CERTAIN = 0.95
"""Share from which on a word of reckoning in the question is not taken for one."""


def quoted_figure(ask: Ask, candidates: Sequence[Candidate]) -> FigureAnswer | None:
    """Return the figure of the best sentence that answers; None where none does for certain."""
    number = ask.reading.asks < 2 and wants_number(ask, sure=True)
    if not number or asks_for_part(ask) or gives_own_numbers(ask):
        return None
    inside = [
        f for f in fitting_series(ask) if stands_in(f.series, candidates[0]) and _of_year(ask, f)
    ]
    if not inside:
        return None
    first = inside[0]
    if first is not ask.found[0] or leans(ask.reading.standalone):
        return None
    whole = sum(found.share for found in inside)
    own = sum(f.share for f in inside if f is first or _is_part(f, first, ask))
    if first.share < _LIKELY or own < _ALONE * whole:
        return None
    reckoned = asks_for_sum(ask, first.series) and first.share < _CERTAIN
    if reckoned or names_amount(ask, first.series) or not counts_it(ask, first):
        return None
    route = of_series(ask, first.series)
    return route if isinstance(route, FigureAnswer) else None


def _of_year(ask: Ask, found: Found) -> bool:
    figures = found.series.figures
    return not ask.years or any(f.covers(year) for f in figures for year in ask.years)


def _is_part(found: Found, whole: Found, ask: Ask) -> bool:
    """Return whether a figure is a party's part of another, and the question names no party."""
    return found.series.first.part_of == whole.series.id and not ask.mentions.parties
