"""A series and the question's years and parties -> terms: what the figure comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.ask import PARTIES, Ask, is_share
from chains.calculators import cost_split, series
from chains.calculators.terms import Row, Term, Worked, add, from_figure, take_share
from corpus import calculation_texts as texts
from corpus.agreed import Figure, Per, Series
from corpus.models import Unit

_LASTING = ("varig", "permanent", "fremover", "hvert år", "om året", "årlig", "pr. år", "på sigt")


@dataclass(frozen=True)
class Years:
    """The years that a question asks a figure for."""

    listed: tuple[int, ...]
    """Each year, spans filled in."""
    in_all: bool
    """They are to be added up."""
    duration: int | None = None

    @property
    def single(self) -> int | None:
        """The year, if there is just one."""
        return self.listed[0] if len(self.listed) == 1 else None


@dataclass(frozen=True)
class Value:
    """What a series comes to, with its points where it was added up."""

    term: Term
    series: Series
    rows: tuple[Row, ...] = ()
    by_year: bool = False

    def worked(self, calculator: str) -> Worked:
        """Return it as a calculation."""
        return Worked(calculator, self.term, self.rows, by_year=self.by_year)


def value_of(ask: Ask, one: Series, years: Years) -> Value | None:
    """Return what a series comes to in the years asked for; None where it is not stated."""
    figures = one.figures
    if one.first.key:
        return None
    if is_share(one.first):
        return _share_of_whole(ask, one, years)
    if years.duration and not years.listed and len(figures) == 1 and figures[0].per is Per.YEAR:
        first = figures[0].period.first if figures[0].period else 0
        listed = tuple(range(first, first + years.duration)) if first else ()
        if listed:
            return _points(one, listed)
    if not years.listed:
        return _without_years(ask, one, years)
    if not _is_all(one.first, years.listed):
        return None
    if len(years.listed) == 1 or not _adds_up(one, years) or _is_stated(one, years):
        return _in_year(one, years)
    return _points(one, years.listed)


def _adds_up(one: Series, years: Years) -> bool:
    return one.first.per in {Per.YEAR, Per.ONCE} and len(years.listed) > 1


def _is_stated(one: Series, years: Years) -> bool:
    """Return whether the years are just those of one figure, and no sum is asked for."""
    ends = (years.listed[0], years.listed[-1])
    return not years.in_all and any(
        f.period is not None and (f.period.first, f.period.last) == ends for f in one.figures
    )


def _in_year(one: Series, years: Years) -> Value | None:
    for year in reversed(years.listed):
        for figure in one.figures:
            if figure.period is None and len(one.figures) == 1:
                return Value(from_figure(figure), one)
            if figure.period is not None and year in figure.period:
                single = year if figure.per is Per.YEAR else None
                return Value(from_figure(figure, year=single), one)
    return None


def _is_all(figure: Figure, listed: Sequence[int]) -> bool:
    """Return whether years are just those of an amount in all; a part of it is not stated."""
    period = figure.period
    if figure.per is not Per.TOTAL or period is None or period.last is None:
        return True
    ends = (period.first, period.last)
    return (min(listed), max(listed)) == ends or (len(listed) == 1 and listed[0] == period.last)


def _points(one: Series, listed: Sequence[int]) -> Value | None:
    rows: list[Row] = []
    for year in listed:
        figure = one.in_year(year)
        if figure is None:
            if _before(one, year) or _after(one, year):
                continue  # nothing is stated for a year outside the series
            return None
        rows.append(Row(str(year), from_figure(figure, year=year)))
    if not rows:
        return None
    term = add([row.term for row in rows], texts.IN_ALL)
    return Value(term, one, tuple(rows) if len(rows) > 1 else (), by_year=True)


def _before(one: Series, year: int) -> bool:
    return all(f.period is not None and year < f.period.first for f in one.figures)


def _after(one: Series, year: int) -> bool:
    return all(
        f.period is not None and f.period.last is not None and year > f.period.last
        for f in one.figures
    )


_FIRST_YEARS = re.compile(r"\b(?:de |dens |deres )?(?:([2-9]) første|første ([2-9])) år\b")


def _without_years(ask: Ask, one: Series, years: Years) -> Value | None:
    figures = one.figures
    begins = figures[0].period
    if begins is not None and (first := _FIRST_YEARS.search(ask.text)):
        return _points(one, range(begins.first, begins.first + int(first[1] or first[2])))
    said = {(m.amount, m.unit) for m in ask.mentions.numbers}
    named = [f for f in figures if (f.amount, f.unit) in said]
    if len(figures) > 1 and len(named) == 1 and not years.in_all:
        return Value(from_figure(named[0]), one)
    if len(figures) == 1:
        period = figures[0].period
        if years.in_all and figures[0].per is Per.YEAR and period and period.last:
            return _points(one, range(period.first, period.last + 1))
        return Value(from_figure(figures[0]), one)
    last = figures[-1]
    lasting = last.period is not None and last.period.last is None
    if years.in_all and not lasting:
        listed = [
            y for f in figures if f.period for y in range(f.period.first, (f.period.last or 0) + 1)
        ]
        return _points(one, listed)
    if lasting and any(word in ask.text for word in _LASTING):
        return Value(from_figure(last), one)
    return None


def _share_of_whole(ask: Ask, share: Series, years: Years) -> Value | None:
    """Return a stated share ("halvdelen", "40 pct.") of the whole that it is a part of."""
    whole = ask.by_id(share.agreement_id, share.first.part_of)
    if whole is None or whole.first.unit not in {Unit.KR}:
        return None
    value = value_of(ask, whole, years)
    if value is None:
        return None
    return _taken(from_figure(share.first), value, share)


def _taken(share: Term, whole: Value, one: Series) -> Value:
    if whole.rows:
        rows = tuple(Row(row.label, take_share(share, row.term)) for row in whole.rows)
        return Value(take_share(share, whole.term, one.label), one, rows, by_year=whole.by_year)
    return Value(take_share(share, whole.term, one.label), one)


def by_party(ask: Ask, whole: Series, years: Years) -> dict[str, Value]:
    """Return each party's part of a whole: stated, by a stated share, or what is left."""
    found: dict[str, Value] = {}
    for child in ask.children(whole):
        party = child.first.party or child.first.receiver
        if party in PARTIES and party not in found:
            value = value_of(ask, child, years)
            if value is not None and value.term.is_money == (whole.first.unit is Unit.KR):
                found[party] = value
    left = [party for party in PARTIES if party not in found]
    own = [c for c in ask.children(whole) if c.first.party in PARTIES]
    if len(left) == 1 and len(found) == len(PARTIES) - 1 and len(own) == len(found):
        total = value_of(ask, whole, years)
        if total is not None and not any(is_share(c.first) for c in own):
            name = texts.REST_FOR.format(party=left[0])
            rest = cost_split.rest(total.term, [v.term for v in found.values()], name)
            found[left[0]] = Value(rest, whole)
    return {party: found[party] for party in PARTIES if party in found}


def all_themes(ask: Ask, receivers: Sequence[str], years: Years) -> Value | None:
    """Return what the parties get over all themes of the agreement that states their total."""
    themes = themes_of(ask, receivers)
    if not themes or not years.listed:
        return None
    rows: list[Row] = []
    for year in years.listed:
        terms = [
            from_figure(figure, year=year)
            for theme in themes
            if (figure := theme.in_year(year)) is not None
        ]
        if terms:
            rows.append(Row(str(year), add(terms, str(year))))
    if not rows:
        return None
    total = rows[0].term if len(rows) == 1 else add([row.term for row in rows], texts.IN_ALL)
    return Value(total, themes[0], tuple(rows) if len(rows) > 1 else (), by_year=True)


def themes_of(ask: Ask, receivers: Sequence[str]) -> list[Series]:
    """Return the yearly series that lie directly inside the parties' stated totals."""
    tops = [
        found.series
        for found in ask.found
        if found.series.is_total
        and found.series.first.party in receivers
        and found.series.first.per is Per.TOTAL
    ]
    return [c for top in tops for c in ask.children(top) if c.first.receiver in receivers]


def spread(value: Value, count: int) -> Worked:
    """Return an amount spread evenly over so many years."""
    years = Term(texts.YEARS, type(value.term.amount)(count), texts.YEARS, "default")
    return series.yearly_mean(value.term, years)
