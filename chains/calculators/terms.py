"""Terms: exact numbers with a unit, a source and the steps that led to them.

Money is held in whole kroner. Every operation checks its units, and a step reads as a Dane would
write it: "67 pct. × 1.554,4 mio. kr. = 1.041,4 mio. kr.".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, DefaultContext, localcontext
from typing import Literal

from corpus.agreed import Figure, Qualifier
from corpus.danish import MONEY_UNITS, UNIT_NAMES, format_number, format_rounded, in_unit
from corpus.errors import CalculationError
from corpus.models import Unit

HUNDRED = Decimal(100)
MIXED_MONEY, LARGE_MONEY = "mio. kr.", "mia. kr."
_TENTH = 1 / Decimal(10)
TIMES = "gange"
PERCENT = UNIT_NAMES[Unit.PCT]
POINTS = UNIT_NAMES[Unit.PCT_POINT]
PER_INHABITANT = UNIT_NAMES[Unit.KR_PER_INHABITANT]
Source = Literal["question", "agreement", "default"]


@dataclass(frozen=True)
class Term:
    """A number that goes into a calculation or comes out of one."""

    name: str
    amount: Decimal
    """Money in whole kroner."""
    unit: str
    """As shown: "mio. kr.", "pct.", "indbyggere"; empty for a bare number."""
    source: Source = "agreement"
    figure: Figure | None = None
    high: Decimal | None = None
    """Upper end, where the number is a span."""
    year: int | None = None
    """The one year that a figure is taken for."""
    steps: tuple[str, ...] = ()
    """How it was worked out; empty for an input."""
    came_from: tuple[Term, ...] = ()

    @property
    def inputs(self) -> tuple[Term, ...]:
        """The inputs it rests on, in order; of an input itself."""
        return self.came_from or (self,)

    @property
    def is_money(self) -> bool:
        """True for an amount of money."""
        return self.unit in MONEY_UNITS

    @property
    def is_whole(self) -> bool:
        """True for people and things, which are shown without decimals."""
        return not self.is_money and self.unit not in {"", TIMES, *UNIT_NAMES.values()}

    @property
    def top(self) -> Decimal:
        """Upper end of a span, else the number."""
        return self.amount if self.high is None else self.high

    @property
    def value(self) -> Decimal:
        """The number in its own unit."""
        return in_unit(self.amount, self.unit)

    @property
    def qualifier(self) -> Qualifier:
        """The word that the agreement puts before the number."""
        return self.figure.qualifier if self.figure else Qualifier.EXACT

    def show(self) -> str:
        """Return the number as a Dane reads it; an input in full, a result rounded."""
        shown = self._print(self.value)
        if self.high is not None:
            shown = f"{shown}-{self._print(in_unit(self.high, self.unit))}"
        return f"{shown} {self.unit}".rstrip()

    def _print(self, number: Decimal) -> str:
        if self.steps:
            return format_rounded(number, whole=self.is_whole)
        return format_number(number.normalize() + 0)

    def named(self, name: str) -> Term:
        """Return the same number under another name."""
        return replace(self, name=name)


@dataclass(frozen=True)
class Row:
    """One line of a result that has several: a year, a party, an outcome."""

    label: str
    term: Term


@dataclass(frozen=True)
class Worked:
    """A calculation that was carried out."""

    calculator: str
    result: Term
    rows: tuple[Row, ...] = ()
    """All results, where there are several; `result` is the one asked for, or their sum."""
    remarks: tuple[str, ...] = ()
    by_year: bool = False
    """The rows are a series of years."""

    @property
    def _terms(self) -> tuple[Term, ...]:
        return (*(row.term for row in self.rows), self.result)

    @property
    def inputs(self) -> tuple[Term, ...]:
        """Every input, in order."""
        return merge_inputs(self._terms)

    @property
    def steps(self) -> tuple[str, ...]:
        """Every step, in order."""
        return tuple(dict.fromkeys(step for term in self._terms for step in term.steps))


def merge_inputs(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return what terms rest on, each once."""
    return tuple(dict.fromkeys(source for term in terms for source in term.inputs))


def add(terms: Sequence[Term], name: str = "") -> Term:
    """Return the sum; of one term itself. A run of equal terms is written as so many times."""
    unit = shared_unit(terms)
    if len(terms) == 1:
        return terms[0]
    with localcontext(DefaultContext):
        low = sum((t.amount for t in terms), Decimal(0))
        high = sum((t.top for t in terms), Decimal(0))
    runs: list[tuple[Term, int]] = []
    for term in terms:
        if runs and runs[-1][0].figure is not None and runs[-1][0].figure is term.figure:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((term, 1))
    left = " + ".join(
        f"{count} × {in_same(term, unit).show()}" if count > 1 else in_same(term, unit).show()
        for term, count in runs
    )
    return _result(name, low, high, unit, left, terms)


def subtract(a: Term, b: Term, name: str = "") -> Term:
    """Return a - b; of two percentages in points."""
    unit = shared_unit([a, b])
    with localcontext(DefaultContext):
        low, high = a.amount - b.top, a.top - b.amount
    left = f"{in_same(a, unit).show()} − {in_same(b, unit).show()}"
    return _result(name, low, high, POINTS if unit == PERCENT else unit, left, [a, b])


def take_share(share: Term, of: Term, name: str = "") -> Term:
    """Return share per cent of an amount; of a percentage in points."""
    check_percent(share, of)
    with localcontext(DefaultContext):
        low, high = of.amount * share.amount / HUNDRED, of.top * share.top / HUNDRED
    unit = POINTS if of.unit == PERCENT else of.unit
    return _result(name, low, high, unit, f"{share.show()} × {of.show()}", [share, of])


def whole_of(share: Term, part: Term, name: str = "") -> Term:
    """Return the whole of which an amount is a share."""
    check_percent(share, part)
    check_divisor(share)
    with localcontext(DefaultContext):
        low, high = part.amount / (share.amount / HUNDRED), part.top / (share.amount / HUNDRED)
    return _result(name, low, high, part.unit, f"{part.show()} / {share.show()}", [part, share])


def multiply(term: Term, times: Term, unit: str = "", name: str = "") -> Term:
    """Return a term so many times."""
    with localcontext(DefaultContext):
        low, high = term.amount * times.amount, term.top * times.top
    left = f"{times.show()} × {term.show()}"
    return _result(name, low, high, unit or term.unit, left, [times, term])


def divide(term: Term, by: Term, unit: str = "", name: str = "") -> Term:
    """Return a term shared out; a span below the line turns round."""
    check_divisor(by)
    with localcontext(DefaultContext):
        low, high = term.amount / by.top, term.top / by.amount
    left = f"{term.show()} / {by.show()}"
    unit = unit or term.unit
    if unit == LARGE_MONEY and _reads_better_smaller(low) and _reads_better_smaller(high):
        unit = MIXED_MONEY
    return _result(name, min(low, high), max(low, high), unit, left, [term, by])


def ratio(a: Term, b: Term, name: str = "") -> Term:
    """Return how many times b goes into a."""
    unit = shared_unit([a, b])
    check_divisor(b)
    with localcontext(DefaultContext):
        low, high = a.amount / b.top, a.top / b.amount
    left = f"{in_same(a, unit).show()} / {in_same(b, unit).show()}"
    return _result(name, low, high, TIMES, left, [a, b])


def percentage(part: Term, whole: Term, name: str = "") -> Term:
    """Return part in per cent of whole."""
    unit = shared_unit([part, whole])
    check_divisor(whole)
    with localcontext(DefaultContext):
        low, high = HUNDRED * part.amount / whole.top, HUNDRED * part.top / whole.amount
    left = f"{in_same(part, unit).show()} / {in_same(whole, unit).show()} × {HUNDRED}"
    return _result(name, low, high, PERCENT, left, [part, whole])


def change(old: Term, new: Term, name: str = "") -> Term:
    """Return the change from old to new in per cent of old."""
    unit = shared_unit([old, new])
    check_divisor(old)
    with localcontext(DefaultContext):
        low = HUNDRED * (new.amount - old.top) / old.top
        high = HUNDRED * (new.top - old.amount) / old.amount
    a, b = in_same(old, unit).show(), in_same(new, unit).show()
    return _result(name, low, high, PERCENT, f"({b} − {a}) / {a} × {HUNDRED}", [old, new])


def average(terms: Sequence[Term], name: str = "") -> Term:
    """Return the mean."""
    unit = shared_unit(terms)
    with localcontext(DefaultContext):
        low = sum((t.amount for t in terms), Decimal(0)) / len(terms)
        high = sum((t.top for t in terms), Decimal(0)) / len(terms)
    together = " + ".join(in_same(t, unit).show() for t in terms)
    return _result(name, low, high, unit, f"({together}) / {len(terms)}", terms)


def regulate(term: Term, rate: Term, *, up: bool, name: str = "") -> Term:
    """Return a term raised by a rate in per cent, or brought back to before the raise."""
    check_percent(rate, term)
    with localcontext(DefaultContext):
        factor = 1 + rate.amount / HUNDRED
        low = term.amount * factor if up else term.amount / factor
        high = term.top * factor if up else term.top / factor
    left = f"{term.show()} {'×' if up else '/'} {format_number(factor.normalize())}"
    return _result(name, low, high, term.unit, left, [term, rate])


def reduce(term: Term, rate: Term, name: str = "") -> Term:
    """Return a term lowered by a rate in per cent of itself."""
    check_percent(rate, term)
    with localcontext(DefaultContext):
        factor = 1 - rate.amount / HUNDRED
        low, high = term.amount * factor, term.top * factor
    left = f"{term.show()} × (1 − {rate.show()})"
    return _result(name, low, high, term.unit, left, [term, rate])


def before_reduction(term: Term, rate: Term, name: str = "") -> Term:
    """Return what a term was before it was lowered by a rate."""
    check_percent(rate, term)
    with localcontext(DefaultContext):
        kept = 1 - rate.amount / HUNDRED
        if not kept:
            raise CalculationError("division_by_zero")
        low, high = term.amount / kept, term.top / kept
    return _result(name, low, high, term.unit, f"{term.show()} / (1 − {rate.show()})", [term, rate])


def convert(term: Term, unit: str) -> Term:
    """Return the same amount in another unit of money."""
    if not term.is_money or unit not in MONEY_UNITS or term.unit == unit:
        return term
    if term.steps:
        *before, last = term.steps
        shown = replace(term, unit=unit)
        return replace(shown, steps=(*before, f"{last} = {shown.show()}"))
    return _result(term.name, term.amount, term.top, unit, term.show(), [term])


def in_same(term: Term, unit: str) -> Term:
    """Return a term shown in a unit of the same kind."""
    return replace(term, unit=unit) if term.is_money else term


def shared_unit(terms: Sequence[Term]) -> str:
    """Return the unit in which terms can be put together; mixed money is shown in mio. kr.

    Raises:
        CalculationError: they are of different kinds.
    """
    units = {term.unit for term in terms}
    if len(units) == 1:
        return terms[0].unit
    if all(term.is_money for term in terms):
        return MIXED_MONEY
    if all(not t.is_money and t.unit not in UNIT_NAMES.values() for t in terms):
        return next(
            (t.unit for t in terms if t.unit), ""
        )  # counts: "pladser" and "særlige pladser"
    raise CalculationError("unit_mismatch", *sorted(units))


def check_percent(share: Term, of: Term) -> None:
    """Refuse a share or rate that is not in per cent.

    Raises:
        CalculationError: it has another unit.
    """
    if share.unit != PERCENT:
        raise CalculationError("unit_mismatch", share.unit, of.unit)


def check_divisor(term: Term) -> None:
    """Refuse to divide by nothing.

    Raises:
        CalculationError: it is, or may be, zero.
    """
    if term.amount == 0 or term.top == 0:
        raise CalculationError("division_by_zero")


def _result(
    name: str, low: Decimal, high: Decimal, unit: str, left: str, terms: Sequence[Term]
) -> Term:
    steps = tuple(dict.fromkeys(step for term in terms for step in term.steps))
    result = Term(name, low, unit, high=None if high == low else high, steps=("",),
                  came_from=merge_inputs(terms))  # fmt: skip
    return replace(result, steps=(*steps, f"{left} = {result.show()}"))


def _reads_better_smaller(amount: Decimal) -> bool:
    """Return whether an amount in mia. kr. would be shown as a long fraction: 0,16 mia. kr."""
    value = in_unit(abs(amount), LARGE_MONEY)
    return 0 < value < 1 and value != value.quantize(_TENTH)


def from_figure(figure: Figure, name: str = "", year: int | None = None) -> Term:
    """Return an agreed figure as a term."""
    unit = figure.printed_unit or figure.noun
    return Term(name or figure.label, figure.amount, unit, "agreement", figure, figure.high, year)
