"""Figures and calculations: is the number in the result or the lead, with its unit, the right one?

A factor of 1,000, points for per cent, or the amount of another year is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.danish import MONEY_UNITS
from corpus.models import Answer, AnswerKind
from eval import metrics
from eval.cases import Case
from eval.report import Asked, Row, percent

_SHARES = {"pct.", "procentpoint"}
_PRECISION = Decimal(10) ** -9
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


def number_rows(asked: Sequence[Asked]) -> list[Row]:
    """Return, by rule, how many numbers are exact, wrong, or asked back for."""
    groups: dict[str, list[Asked]] = {}
    for a in asked:
        entry = a.case.entry
        if entry.rule or a.case.file.startswith("figures"):
            name = entry.rule or "aftalt tal"
            groups.setdefault(f"{a.case.file}: {name}", []).append(a)
            groups.setdefault(a.case.file, []).append(a)
    return [(name, _row(own)) for name, own in sorted(groups.items())]


def _row(asked: Sequence[Asked]) -> dict[str, str]:
    numbers = [a for a in asked if a.case.is_number]
    others = [a for a in asked if not a.case.is_number]
    return {
        "spørgsmål": str(len(asked)),
        "præcis": percent(metrics.mean(number_right(a.case, a.answer) for a in numbers)),
        "forkert vist": str(sum(is_wrong(a) for a in asked)),
        "spurgt tilbage": str(sum(a.answer.kind is AnswerKind.CLARIFY for a in numbers)),
        "citat": str(sum(a.answer.kind is AnswerKind.TEXT for a in numbers)),
        "nej/spørg rigtigt": percent(
            metrics.mean(a.answer.kind is a.case.entry.kind for a in others)
        ),
    }


def is_wrong(a: Asked) -> bool:
    """Return whether an answer shows a wrong number."""
    return wrong_number(a.case, a.answer, cited=metrics.any_evidence_cited(a.case, a.answer))


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
