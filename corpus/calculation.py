"""A calculation as it stands in an answer; part of the public contract."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class CalculationInput(_Model):
    """A number that went in."""

    name: str
    value: str
    """Machine decimal in `unit`."""
    unit: str
    display: str
    source: Literal["question", "agreement", "default"]
    figure_id: str | None = None
    marker: int | None = None
    """Citation that holds it."""
    qualifier: Literal["exact", "about", "over", "up_to", "at_least", "range"] = "exact"
    high: str | None = None
    """Upper end, where the agreement gives a span."""


class Result(_Model):
    """What came out."""

    value: str
    """Machine decimal in `unit`, exact or 28 digits."""
    unit: str
    display: str


class ResultRange(_Model):
    """Both ends of a result that is a span, in the result's unit."""

    low: str
    high: str


class ResultRow(_Model):
    """One line of a result that has several: a year, a party, an outcome."""

    label: str
    value: str
    unit: str
    display: str


class StatedFigure(_Model):
    """An agreed figure that an answer gives."""

    figure_id: str
    label: str
    value: str
    """Machine decimal in `unit`."""
    unit: str
    display: str
    period: str = ""
    """"2021", "2023-2025", "2029-" (from then on); empty where none is stated."""
    per: str = ""
    """year | total | once | level; empty where that says nothing."""
    price_level: str = ""
    qualifier: Literal["exact", "about", "over", "up_to", "at_least", "range"] = "exact"
    high: str | None = None
    marker: int | None = None


class Calculation(_Model):
    """A result, how it was worked out and what went in."""

    calculator: str
    title: str
    formula: str
    read_as: str
    """How the question was read, with every input."""
    inputs: tuple[CalculationInput, ...]
    steps: tuple[str, ...]
    result: Result
    range: ResultRange | None = None
    rows: tuple[ResultRow, ...] = ()
    by_year: bool = False
    """The rows are a series of years."""
    assumptions: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Numbers and years of the question that did not go in."""
