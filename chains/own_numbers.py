"""Keys and price indices of one's own, used on amounts of one's own: nothing here is agreed.

They are typed one a line ("Navn: 12,5") and go through the same terms as the agreed rules, so the
steps read alike; every input is the asker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chains.calculators.terms import MIXED_MONEY, PERCENT, Row, Term, Worked, regulate, take_share
from chains.compose_numbers import machine
from corpus import tools_texts as texts
from corpus.calculation import Calculation, CalculationInput, Result, ResultRow
from corpus.danish import parse_number
from corpus.errors import FieldsRefused, QuantityError

KEY, INDEX = "own_key", "own_index"
MOST_LINES, MOST_NAME = 40, 80
_MIO = Decimal(10) ** 6
_MOST = Decimal(10) ** 9
_HUNDRED = Decimal(100)
_LINE = re.compile(r"^(?P<name>.*?\S)\s*(?::|=|\t)\s*(?P<number>[^:=\t]+)$")
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class OwnKey:
    """Who has which share, in per cent; they make up the whole."""

    shares: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class OwnIndex:
    """The rate of each year over the year before, in per cent."""

    rates: tuple[tuple[int, Decimal], ...]


def read_key(typed: str) -> OwnKey:
    r"""Return a key as it was typed, a party a line.

    >>> read_key("Øst: 62,5\nVest: 37,5 pct.").shares[0]
    ('Øst', Decimal('62.5'))

    Raises:
        FieldsRefused: a line cannot be read, a name comes twice, or the shares are not the whole.
    """
    shares = tuple(_lines(KEY, typed))
    if any(share < 0 for _, share in shares):
        raise FieldsRefused(KEY, (("lines", texts.OWN_NEGATIVE),))
    total = sum((share for _, share in shares), Decimal(0))
    if total != _HUNDRED:
        raise FieldsRefused(KEY, (("lines", texts.own_total(total)),))
    return OwnKey(shares)


def read_index(typed: str) -> OwnIndex:
    """Return an index as it was typed, a year a line.

    Raises:
        FieldsRefused: a line cannot be read, no year, or one that comes twice.
    """
    rates = []
    for name, rate in _lines(INDEX, typed):
        if not name.isdigit() or int(name) not in _YEARS or rate <= -_HUNDRED:
            raise FieldsRefused(INDEX, (("lines", texts.own_line(f"{name}: …")),))
        rates.append((int(name), rate))
    return OwnIndex(tuple(sorted(rates)))


def split_by_own_key(amount: str, key: OwnKey) -> Calculation:
    """Return an amount (mio. kr.) shared out by a key of one's own.

    Raises:
        FieldsRefused: the amount cannot be used.
    """
    whole = _amount(KEY, amount)
    rows = tuple(
        Row(name, take_share(_own(name, share, PERCENT), whole, name)) for name, share in key.shares
    )
    return _shown(Worked(KEY, whole, rows), whole)


def move_by_own_index(amount: str, index: OwnIndex, first: str, last: str) -> Calculation:
    """Return an amount (mio. kr.) of one year's prices in another's, by rates of one's own.

    Raises:
        FieldsRefused: the amount or a year cannot be used, or the index has no rate for a year.
    """
    given = term = _amount(INDEX, amount)
    begin, end = _year("from_year", first), _year("to_year", last)
    rates = dict(index.rates)
    up = end >= begin
    years = list(range(min(begin, end) + 1, max(begin, end) + 1))
    if missing := [year for year in years if year not in rates]:
        raise FieldsRefused(INDEX, (("lines", texts.own_missing(missing)),))
    rows = []
    for year in years if up else reversed(years):
        rate = _own(texts.own_rate(year), rates[year], PERCENT)
        term = regulate(term, rate, up=up, name=texts.OWN_RESULT)
        rows.append(Row(str(year if up else year - 1), term))
    return _shown(Worked(INDEX, term, tuple(rows), by_year=True), given)


def _shown(worked: Worked, given: Term) -> Calculation:
    title, formula = texts.OWN[worked.calculator]
    result = worked.result
    return Calculation(
        calculator=worked.calculator,
        title=title,
        formula=formula,
        read_as=texts.own_read(worked.calculator, given.show(), len(worked.rows)),
        inputs=tuple(
            CalculationInput(name=term.name, value=machine(term.value), unit=term.unit,
                             display=term.show(), source="question")
            for term in worked.inputs
        ),
        steps=worked.steps,
        result=Result(value=machine(result.value), unit=result.unit, display=result.show()),
        rows=tuple(
            ResultRow(label=row.label, value=machine(row.term.value), unit=row.term.unit,
                      display=row.term.show())
            for row in worked.rows
        ),
        by_year=worked.by_year,
        assumptions=(texts.OWN_ASSUMPTION,),
    )  # fmt: skip


def _own(name: str, number: Decimal, unit: str) -> Term:
    return Term(name, number, unit, source="question")


def _amount(calculator: str, typed: str) -> Term:
    try:
        number = parse_number(typed.strip().removesuffix(MIXED_MONEY).strip())
    except QuantityError as error:
        told = texts.field_problem(calculator, "amount", "number", {})
        raise FieldsRefused(calculator, (("amount", told),)) from error
    if not 0 < number < _MOST:
        told = texts.field_problem(calculator, "amount", "between", {"low": 0, "high": _MOST})
        raise FieldsRefused(calculator, (("amount", told),))
    return _own(texts.OWN_AMOUNT, number * _MIO, MIXED_MONEY)


def _year(field: str, typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit()) or int(text[:6]) not in _YEARS:
        bounds = {"low": str(_YEARS[0]), "high": str(_YEARS[-1])}
        told = texts.field_problem(INDEX, field, "between", bounds)
        raise FieldsRefused(INDEX, ((field, told),))
    return int(text)


def _lines(calculator: str, typed: str) -> Iterator[tuple[str, Decimal]]:
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_LINES:
        raise FieldsRefused(calculator, (("lines", texts.own_count(MOST_LINES)),))
    seen: set[str] = set()
    for line in lines:
        match = _LINE.match(line)
        try:
            number = _signed(match["number"]) if match else None
        except QuantityError:
            number = None
        if match is None or number is None or len(match["name"]) > MOST_NAME:
            raise FieldsRefused(calculator, (("lines", texts.own_line(line[:MOST_NAME])),))
        name = match["name"]
        if name.lower() in seen:
            raise FieldsRefused(calculator, (("lines", texts.own_twice(name)),))
        seen.add(name.lower())
        yield name, number


def _signed(typed: str) -> Decimal:
    """Return a rate or share; a rate may be below nothing."""
    text = typed.strip().removesuffix(PERCENT).removesuffix("%").strip()
    number = parse_number(text.lstrip("-−"))
    return -number if text[:1] in "-−" else number
