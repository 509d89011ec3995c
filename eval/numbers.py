"""Figures and calculations: is the number in the result or the lead, with its unit, the right one?

A factor of 1,000, points for per cent, or the amount of another year is wrong.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from corpus.danish import MONEY_UNITS
from corpus.models import Answer, AnswerKind
from eval.cases import Case

_SHARES = {"pct.", "procentpoint"}
_PRECISION = Decimal(10) ** -9
_RATIOS = {"", "gange", "kr. pr. indbygger"}
_SIGNIFICANT = 4
_PRINTED = re.compile(r"[-−]?\d[\d.]*(?:,\d+)?")
_SCALES = {"mio. ton CO2-e": Decimal(10) ** 6, "mio. ton": Decimal(10) ** 6}
Value = tuple[Decimal, Decimal | None, str]
"""Number (money in kroner), upper end of a span, kind of unit."""


def expected(case: Case) -> list[Value]:
    """Return the values that a case asks for."""
    entry = case.entry
    if entry.range is not None:
        low, high = (_base(end, entry.unit) for end in entry.range)
        return [(low, high, _kind(entry.unit))]
    values = entry.value if isinstance(entry.value, tuple) else (entry.value or "0",)
    return [(_base(value, entry.unit), None, _kind(entry.unit)) for value in values]


def given(case: Case, answer: Answer) -> list[Value]:
    """Return the values that an answer gives in its result or its lead."""
    work = answer.calculation
    if work is not None:
        if case.entry.value and not isinstance(case.entry.value, str) and work.rows:
            return [(_base(r.value, r.unit), None, _kind(r.unit)) for r in work.rows]
        unit = work.result.unit
        high = _base(work.range.high, unit) if work.range else None
        return [(_base(work.result.value, unit), high, _kind(unit))]
    return [
        (_base(f.value, f.unit), _base(f.high, f.unit) if f.high else None, _kind(f.unit))
        for f in answer.figures
    ]


def number_right(case: Case, answer: Answer) -> bool:
    """Return whether an answer gives just the number asked for, in its unit."""
    if answer.kind not in {AnswerKind.FIGURE, AnswerKind.CALCULATION}:
        return False
    wanted, found = expected(case), given(case, answer)
    if len(wanted) > 1:
        return len(found) == len(wanted) and all(map(_same, wanted, found))
    if answer.kind is AnswerKind.FIGURE and len(found) > 1 and case.entry.year is None:
        return any(_same(wanted[0], value) for value in found)  # all years of a series, each named
    right = bool(found) and _same(wanted[0], found[0])  # of two figures the first is the lead
    if right and answer.calculation and case.entry.unit in MONEY_UNITS:
        return answer.calculation.result.unit in {
            case.entry.unit,
            f"{case.entry.unit} pr. indbygger",
        }
    return right


def wrong_number(case: Case, answer: Answer, *, cited: bool | None) -> bool:
    """Return whether an answer shows a number as the result that is not the right one."""
    if answer.kind not in {AnswerKind.FIGURE, AnswerKind.CALCULATION}:
        return False
    if case.is_number:
        wanted, found = expected(case), given(case, answer)
        return not any(_same(a, b) for a in wanted for b in found)
    if case.entry.kind is AnswerKind.TEXT:
        return cited is False
    return True


def rounding_right(answer: Answer) -> bool | None:
    """Return whether a result is shown as DESIGN.md says: half up, four figures or one decimal.

    People and things are whole; an upper end stands beside the lower.
    """
    work = answer.calculation
    if work is None:
        return None
    shown = [(work.result.display, work.result.value, work.result.unit)]
    shown += [(row.display, row.value, row.unit) for row in work.rows]
    return all(_shown_right(*each) for each in shown)


def _shown_right(display: str, value: str, unit: str) -> bool:
    """Compare the first number that a display prints with the rounded value."""
    match = _PRINTED.match(display)
    if match is None:
        return False
    exact = Decimal(value)
    printed = Decimal(match[0].replace("−", "-").replace(".", "").replace(",", "."))
    counted = unit not in {*MONEY_UNITS, *_SHARES, *_RATIOS}
    places = [0] if counted else [max(1, _SIGNIFICANT - 1 - exact.adjusted()) if exact else 1]
    rounded = {exact.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP) for n in places}
    return printed in rounded | {exact}  # what is exact as it stands needs no rounding


def _same(a: Value, b: Value) -> bool:
    return a[2] == b[2] and _near(a[0], b[0]) and (
        (a[1] is None) == (b[1] is None) and (a[1] is None or _near(a[1], b[1] or Decimal(0)))
    )  # fmt: skip


def _near(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= abs(a) * _PRECISION


def _base(value: str, unit: str) -> Decimal:
    return Decimal(value) * MONEY_UNITS.get(unit, _SCALES.get(unit, Decimal(1)))


def _kind(unit: str) -> str:
    if unit in MONEY_UNITS or unit == "kr. pr. indbygger":
        return "kr"
    return unit if unit in _SHARES else "antal"
