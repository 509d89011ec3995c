"""Agreed figures: one number of an agreement, what it means, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from corpus.models import Quantity, Unit


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class FigureKind(StrEnum):
    """What a figure is."""

    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    TARGET = "target"
    THRESHOLD = "threshold"


class Per(StrEnum):
    """How a figure runs over time."""

    YEAR = "year"
    """So much in each year of its period."""
    TOTAL = "total"
    """In all over its period."""
    ONCE = "once"
    """One year's or a one-off amount."""
    LEVEL = "level"
    """A stock: never added over years."""


class Qualifier(StrEnum):
    """The word in front of a number that is part of what it says."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    RANGE = "range"


class Period(_Model):
    """The years of a figure, both included; without a last year it is lasting ("varigt")."""

    first: int
    last: int | None

    def __contains__(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}-"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class Place(_Model):
    """Where a number is printed."""

    start: int
    end: int
    """Span of the number with its unit, in the agreement's clean text."""
    printed: str
    quantity: Quantity
    high: Decimal | None = None
    """Upper end of a span ("5-10")."""
    period: Period | None = None
    """The years it gives there, if other than the figure's."""


class Figure(_Model):
    """One agreed number."""

    id: str
    """Unique in its agreement."""
    agreement_id: str
    label: str
    """Danish noun phrase that tells it from every other figure."""
    aliases: tuple[str, ...] = ()
    kind: FigureKind
    quantity: Quantity
    """Money in whole kroner, exact; of a span the lower end."""
    high: Decimal | None = None
    printed_unit: str
    """"mio. kr.", "mia. kr.", "kr.", "pct.", "kr. pr. indbygger"; empty for counts."""
    noun: str = ""
    qualifier: Qualifier
    per: Per | None = None
    period: Period | None = None
    key: str = ""
    """Row of a table ("2" fulfilled criteria)."""
    price_level: str = ""
    """As stated ("21-pl"), else empty."""
    payer: str = ""
    receiver: str = ""
    party: str = ""
    """Whose share of a whole this is."""
    channel: str = ""
    inside: str = ""
    """The stated total that it lies inside, or "outside"."""
    money: str = ""
    part_of: str = ""
    replaces: str = ""
    """The figure whose place it takes."""
    theme: str = ""
    area: str = ""
    role: str = ""
    """What a calculator knows it by."""
    series: str
    """The entry it comes from; figures of one series differ by year or key alone."""
    argument: str = ""
    reviewed: str = ""
    """Who reviewed it, and when; empty for a figure found by rule."""
    place: Place
    """Where it is printed."""
    repeats: tuple[Place, ...] = ()
    """Where it is printed again, perhaps rounded."""

    @property
    def unit(self) -> Unit:
        """The figure's unit."""
        return self.quantity.unit

    @property
    def amount(self) -> Decimal:
        """The exact number; money in whole kroner."""
        return self.quantity.amount

    @property
    def rounded(self) -> tuple[Place, ...]:
        """The places that print it with another value, rounded."""
        return tuple(p for p in self.repeats if p.quantity.amount != self.amount)

    @property
    def figure_key(self) -> tuple[str, str]:
        """What it is known by over all agreements."""
        return self.agreement_id, self.id

    def covers(self, year: int) -> bool:
        """Return whether the figure holds for a year; one without years holds for any."""
        return self.period is None or year in self.period


class Series(_Model):
    """The figures of one registry entry; they differ by year or by the row of a table alone."""

    agreement_id: str
    id: str
    figures: tuple[Figure, ...]

    @property
    def first(self) -> Figure:
        """Its first figure; aliases, parties and unit are those of all."""
        return self.figures[0]

    @property
    def label(self) -> str:
        """What the figures are."""
        return self.first.label

    @property
    def is_yearly(self) -> bool:
        """True when its figures differ by year."""
        return len(self.figures) > 1 and not self.first.key

    @property
    def is_total(self) -> bool:
        """True for a stated total, in all or lasting, of one party or of both."""
        return self.first.role == "total"

    @property
    def is_joint(self) -> bool:
        """True for what municipalities and regions get together."""
        return {"kommuner", "regioner"} <= set(self.first.receiver.split())

    def in_year(self, year: int) -> Figure | None:
        """Return the figure that is stated for a year."""
        return next((f for f in self.figures if f.period and year in f.period), None)


def to_series(figures: Iterable[Figure]) -> tuple[Series, ...]:
    """Return figures grouped by their entry, in order."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.agreement_id, figure.series), []).append(figure)
    return tuple(Series(agreement_id=a, id=s, figures=tuple(own)) for (a, s), own in groups.items())
