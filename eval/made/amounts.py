"""Other amounts for the figures of an agreement, with sums and halves that still hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from corpus.agreed import Figure, FigureKind
from corpus.danish import parse_number, printed_step
from corpus.models import Unit
from eval.made.edits import Edit
from eval.made.years import shift

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_CHANGED = 0.5
"""Share of the figures that get another amount."""
_FACTORS = tuple(Decimal(f) for f in ("0.85", "0.9", "0.94", "1.03", "1.06", "1.1", "1.15", "1.25"))
_UNITS = {Unit.KR, Unit.KR_PER_INHABITANT, Unit.NUMBER}
_KINDS = {FigureKind.AMOUNT, FigureKind.COUNT, FigureKind.RATE}
_LEAST = 5
"""Smaller counts stay: "to af fire" is spread over the text."""
_PASSES = 5

Amounts = dict[str, Decimal]
"""Figure id -> new amount, for the figures that change."""


def choose_amounts(
    figures: Sequence[Figure],
    relations: Sequence[Mapping[str, Any]],
    random: Random,
    frozen: Iterable[str] = (),
) -> Amounts:
    """Return new amounts; `frozen` are series that must stay as they are."""
    stay = set(frozen) | {f.series for f in figures if not _may_change(f)} | _shared(figures)
    wholes = {str(r.get("is") or r.get("half")) for r in relations}
    series: dict[str, list[Figure]] = {}
    for figure in figures:
        series.setdefault(figure.series, []).append(figure)
    new: Amounts = {}
    for name, own in series.items():
        factor, chosen = random.choice(_FACTORS), random.random() < _CHANGED
        if name in stay or not chosen:
            continue
        for figure in own:
            if figure.id not in wholes:
                step = printed_step(figure.place.printed)
                amount = (figure.amount * factor / step).quantize(Decimal(1), ROUND_HALF_UP) * step
                if amount != figure.amount:
                    new[figure.id] = amount
    _follow(figures, relations, new)
    return new


def _may_change(figure: Figure) -> bool:
    small = figure.unit is Unit.NUMBER and figure.amount < _LEAST
    plain = _NUMBER.match(figure.place.printed) is not None and figure.high is None
    named = re.search(r"\d", shift(figure.label, 0, blank=True)) is not None
    return (
        figure.kind in _KINDS and figure.unit in _UNITS and plain
        and not (small or named or figure.key)
    )  # fmt: skip


def _shared(figures: Sequence[Figure]) -> set[str]:
    """Return the series of figures that are printed by the same number."""
    owners: dict[int, set[str]] = {}
    for figure in figures:
        for place in (figure.place, *figure.repeats):
            owners.setdefault(place.start, set()).add(figure.id)
    by_id = {figure.id: figure.series for figure in figures}
    return {by_id[id_] for ids in owners.values() if len(ids) > 1 for id_ in ids}


def _follow(
    figures: Sequence[Figure], relations: Sequence[Mapping[str, Any]], new: Amounts
) -> None:
    """Set the figures that are sums or halves of others."""
    by_id = {figure.id: figure for figure in figures}

    def amount(id_: str) -> Decimal:
        return new.get(id_, by_id[id_].amount)

    for _ in range(_PASSES):
        for relation in relations:
            whole = by_id[str(relation.get("is") or relation.get("half"))]
            if relation.get("half"):
                parts = amount(str(relation["of"])) / 2
            else:
                parts = sum((amount(id_) for id_ in relation.get("sum", ())), Decimal(0))
                parts += _over_years(figures, relation, amount)
            if relation.get("rounding"):
                step = printed_step(whole.place.printed)
                parts = (parts / step).quantize(Decimal(1), ROUND_HALF_UP) * step
                before = whole.amount
                touched = any(id_ in new for id_ in _parts(figures, relation))
                parts = parts if touched else before
            if parts != amount(whole.id):
                new[whole.id] = parts


def _parts(figures: Sequence[Figure], relation: Mapping[str, Any]) -> list[str]:
    series = set(relation.get("series_sum", ()))
    return [*relation.get("sum", ()), *(f.id for f in figures if f.series in series)]


def _over_years(figures: Sequence[Figure], relation: Mapping[str, Any], amount: Any) -> Decimal:  # noqa: ANN401
    total = Decimal(0)
    if relation.get("series_sum"):
        first, last = (int(year) for year in str(relation["years"]).split("-"))
        for figure in figures:
            if figure.series in relation["series_sum"] and figure.period:
                years = sum(year in figure.period for year in range(first, last + 1))
                total += years * amount(figure.id)
    return total


def amount_edits(figures: Sequence[Figure], new: Amounts) -> list[Edit]:
    """Return the edits of the text that print the new amounts, wherever they stand."""
    edits: list[Edit] = []
    for figure in figures:
        if figure.id in new:
            for place in (figure.place, *figure.repeats):
                number = _NUMBER.match(place.printed)
                if number is not None:
                    printed = reprint(place.printed, new[figure.id], place.quantity.amount)
                    own = _NUMBER.match(printed)
                    text = own[0] if own else printed
                    edits.append(Edit(place.start, place.start + number.end(), text))
    return edits


def reprint(printed: str, amount: Decimal, before: Decimal) -> str:
    """Return a quantity as printed ("1,3 mia. kr."), with another amount in the same unit.

    `before` is what `printed` says. Where it was rounded, the new one is rounded alike.

    >>> reprint("1.554,4 mio. kr.", Decimal("987600000"), Decimal("1554400000"))
    '987,6 mio. kr.'
    """
    match = _NUMBER.match(printed)
    if match is None:
        return printed
    scale = before / parse_number(match[0])
    decimals = len(match[0].partition(",")[2])
    number = (amount / scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    shown = f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return shown + printed[match.end() :]


def exact(figures: Sequence[Figure], new: Amounts) -> list[str]:
    """Return the series of figures whose new amount cannot be printed as the old one was."""
    wrong = []
    for figure in figures:
        if figure.id in new:
            step = printed_step(figure.place.printed)
            if not step or new[figure.id] % step or not _may_print(figure):
                wrong.append(figure.series)
    return wrong


def _may_print(figure: Figure) -> bool:
    return _NUMBER.match(figure.place.printed) is not None and figure.high is None
