"""Series of agreed figures as bars of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chains.calculators.terms import from_figure, in_same, shared_unit
from corpus import reader_texts
from corpus.agreed import Figure, Per


@dataclass(frozen=True)
class Bar:
    """One year, or one row of a table, of a series."""

    series: str
    at: str
    """The year; "2" for a row of a table."""
    value: float
    """In the chart's unit, for drawing alone."""
    display: str
    key: str
    """Of the figure."""


@dataclass(frozen=True)
class Chart:
    """Series in one unit."""

    unit: str
    bars: tuple[Bar, ...]
    by_year: bool
    lasting: tuple[str, ...]
    """What is said of amounts that go on after the last year."""


def draw_series(named: Sequence[tuple[str, Figure]]) -> Chart:
    """Return figures as bars, each under the name of its series.

    Raises:
        CalculationError: their units do not go together.
    """
    terms = [from_figure(figure) for _, figure in named]
    unit = shared_unit(terms)
    bars, lasting = [], []
    horizon = max((_last_year(figure) for _, figure in named), default=0)
    for (name, figure), term in zip(named, terms, strict=True):
        value, shown = float(in_same(term, unit).value), in_same(term, unit).show()
        key = "/".join(figure.figure_key)
        bars += [Bar(name, at, value, shown, key) for at in _places(figure, horizon)]
        if figure.period and figure.period.last is None:
            lasting.append(reader_texts.lasting(name, figure.period.first, term.show()))
    by_year = all(figure.period for _, figure in named)
    return Chart(unit, tuple(sorted(bars, key=lambda bar: bar.at)), by_year, tuple(lasting))


def _last_year(figure: Figure) -> int:
    """Return the last year that a figure names."""
    period = figure.period
    return 0 if period is None else period.last or period.first


def _places(figure: Figure, horizon: int) -> list[str]:
    """Return the years, or the row of a table, at which a figure is drawn.

    A lasting amount is drawn in every year up to the last one that any figure of the chart names.
    """
    period = figure.period
    if period is None:
        return [figure.key] if figure.key else []
    if figure.per is Per.TOTAL and period.last != period.first:
        return []
    last = max(horizon, period.first) if period.last is None else period.last
    return [str(year) for year in range(period.first, last + 1)]
