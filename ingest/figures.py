"""Reviewed figures (`corpus/figures/<id>.yaml`) -> `Figure`s, each found at its exact quote.

The build fails when a figure's words no longer say its value, when a quote stands nowhere or twice,
or when figures that should add up do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.agreed import Figure, FigureKind, Per, Period, Place, Qualifier
from corpus.danish import parse_printed, printed_step, printed_unit
from corpus.errors import FigureError, QuantityError
from corpus.models import Agreement

_PERIOD = re.compile(r"(\d{4})(?:(-)(\d{4})?)?")
_QUALIFIERS = (
    (Qualifier.OVER, re.compile(r"\b(?:godt|over|mere end|lidt over)\s*$", re.IGNORECASE)),
    (Qualifier.ABOUT, re.compile(r"\b(?:ca\.|cirka|omtrent|omkring|knap|næsten|skønsmæssigt)\s*$",
                                 re.IGNORECASE)),
    (Qualifier.UP_TO, re.compile(r"\b(?:op til|højst|maksimalt|indtil)\s*(?:et |en )?$",
                                 re.IGNORECASE)),
    (Qualifier.AT_LEAST, re.compile(r"\b(?:mindst|minimum|som minimum)\s*$", re.IGNORECASE)),
)  # fmt: skip
_BEFORE = 24
_SHARED = (
    "label", "aliases", "kind", "noun", "per", "price_level", "payer", "receiver", "party",
    "channel", "inside", "money", "part_of", "replaces", "theme", "area", "role", "argument",
)  # fmt: skip
"""Fields that all figures of an entry have in common."""
_DURATION = re.compile(r"\s*(?:år|måneder|dage)\b")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Reviewed(_Model):
    by: str
    date: Any
    at: str = ""
    """The moment of a decision in the review queue; of two by one person the later is undone."""
    item: str = ""
    """What was decided on, as the queue names it."""


class _Repeat(_Model):
    quote: str
    value: str = ""
    values: Mapping[str, str] = {}
    years: str = ""


class _Entry(_Model):
    """An entry as it is written; `values` makes a series or, with `key`, a table of it."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: FigureKind
    value: str = ""
    values: Mapping[str, str] = {}
    key: str = ""
    noun: str = ""
    per: Per | None = None
    years: str = ""
    price_level: str = ""
    payer: str = ""
    receiver: str = ""
    party: str = ""
    channel: str = ""
    inside: str = ""
    money: str = ""
    part_of: str = ""
    replaces: str = ""
    theme: str = ""
    area: str = ""
    role: str = ""
    argument: str = ""
    quote: str = ""
    quotes: Mapping[str, str] = {}
    repeats: tuple[_Repeat, ...] = ()
    reviewed: _Reviewed | None = None
    """Who decided on this entry, where it is not the same person for all."""


class _Relation(_Model):
    sum: tuple[str, ...] = ()
    series_sum: tuple[str, ...] = ()
    half: str = ""
    of: str = ""
    years: str = ""
    is_: str = ""
    rounding: str = ""


class SetAside(_Model):
    """Numbers that are no figures, and why."""

    quote: str
    numbers: tuple[str, ...]
    reason: str
    reviewed: _Reviewed | None = None


class _Registry(_Model):
    reviewed: _Reviewed
    by_queue: bool = False
    """Written by the review queue: what it does not account for yet is found by rule."""
    figures: tuple[_Entry, ...]
    relations: tuple[_Relation, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class Registry:
    """The reviewed figures of one agreement."""

    def __init__(self, path: Path, agreement: Agreement) -> None:
        """Read a registry and find each of its figures.

        Raises:
            FigureError: a field is wrong, a quote is not there once, or its number is another.
        """
        self.path = path
        self._agreement = agreement
        self._file = _load(path)
        self.figures = tuple(self._figures())
        self.set_aside = self._file.set_aside
        self.by_queue = self._file.by_queue
        for entry in self.set_aside:
            start = self._start("set_aside", entry.quote)
            if not all(n in self._agreement.text[start : start + len(entry.quote)]
                       for n in entry.numbers):  # fmt: skip
                raise FigureError(path, "set_aside", f"tallet står ikke i: {entry.quote[:60]}")
        ids = [figure.id for figure in self.figures]
        for id_ in ids:
            if ids.count(id_) > 1:
                raise FigureError(path, id_, "id står to gange")
        self._check_relations()

    def _figures(self) -> Iterator[Figure]:
        for entry in self._file.figures:
            reviewed = entry.reviewed or self._file.reviewed
            mark = f"{reviewed.by}, {reviewed.date}"
            self._check_repeats(entry)
            if bool(entry.value) == bool(entry.values):
                raise FigureError(self.path, entry.id, "value eller values")
            shared = {name: getattr(entry, name) for name in _SHARED}
            after = 0
            for name, value in (entry.values or {"": entry.value}).items():
                quote = entry.quotes.get(name, entry.quote)
                place = self._find(entry.id, quote, value, 0 if entry.quotes else after)
                after = place.end - self._start(entry.id, quote)
                years = entry.years if entry.key or not name else name
                yield Figure(
                    id=f"{entry.id}-{name}" if name else entry.id,
                    agreement_id=self._agreement.id,
                    quantity=place.quantity,
                    high=place.high,
                    printed_unit=printed_unit(value, place.quantity),
                    qualifier=self._qualifier(place),
                    period=self._period(entry.id, years),
                    key=name if entry.key else "",
                    series=entry.id,
                    reviewed=mark,
                    place=place,
                    repeats=tuple(self._repeats(entry, name, value, place)),
                    **shared,
                )

    def _check_repeats(self, entry: _Entry) -> None:
        """Refuse a repeat that belongs to no figure of its series: it would never be looked at."""
        for repeat in entry.repeats:
            known = set(entry.values)
            wrong = set(repeat.values) - known
            loose = known and not repeat.values and repeat.years not in known
            if wrong or loose:
                raise FigureError(self.path, entry.id, f"gentagelse uden tal: {repeat.quote[:60]}")
        for id_ in (entry.part_of, entry.replaces):
            if id_ and all(id_ != other.id for other in self._file.figures):
                raise FigureError(self.path, entry.id, f"ukendt id: {id_}")

    def _repeats(self, entry: _Entry, name: str, value: str, own: Place) -> Iterator[Place]:
        for repeat in entry.repeats:
            if repeat.values and name not in repeat.values:
                continue
            if not repeat.values and name not in {"", repeat.years}:
                continue
            said = repeat.values.get(name, "") or repeat.value or value
            place = self._find(entry.id, repeat.quote, said, 0)
            half = max(printed_step(said), printed_step(value)) / 2
            rounded = said != value
            off = abs(place.quantity.amount - own.quantity.amount)
            if place.quantity.unit is not own.quantity.unit or off > (half if rounded else 0):
                raise FigureError(self.path, entry.id, f"{said} er ikke {value} afrundet")
            years = self._period(entry.id, repeat.years) if repeat.years != name else None
            yield place.model_copy(update={"period": years})

    def _start(self, id_: str, quote: str) -> int:
        text = self._agreement.text
        count = text.count(quote) if quote else 0
        if count != 1:
            raise FigureError(self.path, id_, f"citatet står {count} gange: {quote[:60]}")
        return text.index(quote)

    def _find(self, id_: str, quote: str, value: str, after: int) -> Place:
        """Find the printed value in its quote and compare what it says."""
        start = self._start(id_, quote)
        inner = r"(?![a-zæøå]*\w)" if value.isalpha() and not value.startswith("fem") else ""
        number = re.compile(
            rf"(?<![\d,.½])(?<![A-Za-zæøåÆØÅ]){re.escape(value)}(?!\d|[.,]\d|[-–]\d){inner}"
        )
        found = number.search(quote, after) or number.search(quote)
        if found is None:
            raise FigureError(self.path, id_, f"{value} står ikke i: {quote[:60]}")
        try:
            quantity, high = parse_printed(value, quote[found.end() :])
        except QuantityError as error:
            raise FigureError(self.path, id_, f"{value} kan ikke læses") from error
        return Place(start=start + found.start(), end=start + found.end(), printed=value,
                     quantity=quantity, high=high)  # fmt: skip

    def _qualifier(self, place: Place) -> Qualifier:
        if place.high is not None:
            return Qualifier.RANGE
        text = self._agreement.text
        return read_qualifier(text[max(0, place.start - _BEFORE) : place.start], text[place.end :])

    def _period(self, id_: str, years: str) -> Period | None:
        if not years:
            return None
        match = _PERIOD.fullmatch(years)
        if match is None:
            raise FigureError(self.path, id_, f"år: {years}")
        first = int(match[1])
        last = (int(match[3]) if match[3] else None) if match[2] else first
        if last is not None and last < first:
            raise FigureError(self.path, id_, f"år: {years}")
        return Period(first=first, last=last)

    def _check_relations(self) -> None:
        by_id = {figure.id: figure for figure in self.figures}
        series: dict[str, list[Figure]] = {}
        for figure in self.figures:
            series.setdefault(figure.series, []).append(figure)
        for relation in self._file.relations:
            name = relation.is_ or relation.half
            if not name or (relation.half and not relation.of):
                raise FigureError(self.path, "relations", "is eller of mangler")
            if relation.series_sum and not re.fullmatch(r"\d{4}-\d{4}", relation.years):
                raise FigureError(self.path, name, f"år: {relation.years}")
            for id_ in (*relation.sum, name, relation.of):
                if id_ and id_ not in by_id:
                    raise FigureError(self.path, id_, "ukendt id i relations")
            whole = by_id[name].amount
            parts = sum((by_id[id_].amount for id_ in relation.sum), Decimal(0))
            if relation.series_sum:
                first, last = (int(year) for year in relation.years.split("-"))
                for id_ in relation.series_sum:
                    if id_ not in series:
                        raise FigureError(self.path, id_, "ukendt serie i relations")
                    for year in range(first, last + 1):
                        own = (f for f in series[id_] if f.period and year in f.period)
                        parts += sum((f.amount for f in own), Decimal(0))
            if relation.half:
                parts = by_id[relation.of].amount / 2
            step = max(printed_step(by_id[i].place.printed) for i in (name, *relation.sum))
            off = abs(parts - whole)
            if off > (step if relation.rounding else 0):
                raise FigureError(self.path, name, f"{parts} er ikke {whole}")


def read_qualifier(before: str, after: str = "") -> Qualifier:
    """Return the qualifier that ends the text in front of a number.

    >>> read_qualifier("løftes med godt ").value, read_qualifier("i alt over ", " år").value
    ('over', 'exact')
    """
    if _DURATION.match(after):
        before = re.sub(r"\bover\s*$", "", before)
    for qualifier, pattern in _QUALIFIERS:
        if pattern.search(before):
            return qualifier
    return Qualifier.EXACT


def _load(path: Path) -> _Registry:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for relation in data.get("relations") or []:
            relation["is_"] = relation.pop("is", "")  # "is" is no name in Python
        return _Registry.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise FigureError(path, "-", str(error).splitlines()[0]) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FigureError(path, where, first["msg"]) from error
