"""Questions on a figure over years or themes, spread over years, or as an own share of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.ask import Ask, is_share
from chains.calculators import arithmetic, shares
from chains.calculators.arithmetic import Operation
from chains.calculators.terms import Worked, convert, take_share
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import (
    asks_share,
    averaged,
    main_series,
    names_subject,
    own_share,
    years_of,
)
from chains.frames.wording import operations
from chains.operands import find_operands
from chains.subjects import Value, Years, all_themes, themes_of, value_of
from corpus import calculation_texts as texts
from corpus.models import NotFoundReason, Unit

_THEMES = re.compile(r"\b(?:temaer\w*|temear|under ét|reform\w*|sundhedsreform\w*)\b")
_BACKWARDS = re.compile(r"\bfra ((?:19|20)\d\d) (?:til|og) (?:og med )?((?:19|20)\d\d)")


def read(ask: Ask) -> Outcome:
    """Read a question as one figure, or all of a party's, over years."""
    wanted = operations(ask.asking)
    years = years_of(ask, wanted)
    back = _BACKWARDS.search(ask.text)
    if back and int(back[1]) > int(back[2]) and Operation.SUM in wanted:
        return Missing(texts.YEARS_BACKWARDS, 0.95)
    if not names_subject(ask):
        return Missing(texts.MISSING_SUBJECT, 0.5) if wanted else None
    own = own_share(ask)
    comparing = set(wanted[:1]) & {Operation.CHANGE, Operation.RATIO, Operation.SHARE}
    if comparing or (wanted[:1] == [Operation.DIFFERENCE] and own is None):
        return None
    value = _one(ask, years, wanted)
    if value is None:
        return _other_year(ask, years) if own or wanted else None
    worked = averaged(ask, value, wanted)
    used: set[int] = {m.start for m in ask.mentions.numbers
                      if m.unit is Unit.KR or m.noun in {"år", "i", ""}}  # fmt: skip
    if own is not None and Operation.SHARE not in wanted:
        used.add(own[1])
        term = take_share(own[0], worked.result, texts.OWN_PART)
        return Attempt(Worked(shares.NAME, term), 0.9, frozenset(used), _carried(value))
    if not worked.steps:
        if (
            ask.mentions.unit_asked
            and ask.mentions.unit_asked != worked.result.unit
            and (worked.result.is_money)
        ):
            return Attempt(Worked(arithmetic.NAME, convert(worked.result, ask.mentions.unit_asked)),
                           0.8, frozenset(used))  # fmt: skip
        return None  # stated as it is: a lookup
    return Attempt(worked, 0.9, frozenset(used), _carried(value))


def read_themes(ask: Ask) -> Outcome:
    """Read a question as what the parties get over all themes of an agreement."""
    wanted = operations(ask.asking)
    years = years_of(ask, wanted)
    compared = {Operation.CHANGE, Operation.RATIO, Operation.SHARE, Operation.DIFFERENCE}
    if set(wanted[:1]) & compared:
        return None
    value = _themes(ask, years)
    if value is None or not value.term.steps or _stated_total(ask, years):
        return None
    return Attempt(averaged(ask, value, wanted), 0.9, frozenset(), _carried(value))


def _stated_total(ask: Ask, years: Years) -> bool:
    """Return whether the agreement states the very total, and no adding up is asked for."""
    main = main_series(ask)
    period = main.first.period if main is not None and main.is_total else None
    return (
        period is not None
        and (period.first, period.last) == (years.listed[0], years.listed[-1])
        and _EACH_YEAR.search(ask.asking) is None
    )


_EACH_YEAR = re.compile(
    r"\b(?:læg\w*|lagt sammen|enkelte år\w*|summen? af|akkumul\w*|gennemsnit\w*|snit)\b"
)


def _other_year(ask: Ask, years: Years) -> Missing | None:
    """Say that a figure is not stated for the year asked for."""
    main = main_series(ask, Unit.KR, enough=_SURE)
    if main is None or not years.listed or not all(f.period for f in main.figures):
        return None
    if any(f.covers(year) for f in main.figures for year in years.listed):
        return None
    said = texts.NO_YEAR.format(label=main.label, years=", ".join(map(str, years.listed)))
    return Missing(said, 0.9, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)


_SURE = 0.5


def _one(ask: Ask, years: Years, wanted: Sequence[Operation]) -> Value | None:
    main = main_series(ask)
    if main is not None and Operation.SUM in wanted and _ALL_YEARS.search(ask.text):
        main = main if len(main.figures) > 1 else main_series(ask, Unit.KR)
    if main is not None and main.first.party and not ask.mentions.parties:
        whole = ask.by_id(main.agreement_id, main.first.part_of)  # no party named: all of it
        main = whole if whole is not None and not whole.is_total else main
    if main is None or (is_share(main.first) and asks_share(ask)):
        return None
    return value_of(ask, main, years)


_ALL_YEARS = re.compile(r"\balle (?:\d+ )?år\w*|\båre?ne\b")


def _themes(ask: Ask, years: Years) -> Value | None:
    """What one or both parties get over all themes."""
    receivers = [p for p in ask.mentions.parties if p != "staten"]
    total = ask.found[0].series.is_total and ask.found[0].share > _SURE
    if len(years.listed) == 1 and _UNTIL.search(ask.text):
        return None
    if not receivers or not years.listed or not (total or _THEMES.search(ask.text)):
        return None
    plain = _THEMES.sub(" ", ask.text)
    named = [o for o in find_operands(replace(ask, mentions=replace(ask.mentions, text=plain)))
             if not o.series.is_total and o.score > _NAMED and o.share > _LIKELY]  # fmt: skip
    if named and len(themes_of(ask, receivers)) > 1:
        return None
    return all_themes(ask, receivers, years)


_UNTIL = re.compile(r"\b(?:frem til|indtil|til og med|senest)\b")


_NAMED, _LIKELY = 0.5, 0.08


def _carried(value: Value) -> tuple[str, ...]:
    """Say that a lasting amount was carried on beyond what the agreement covers."""
    beyond = any(
        row.term.figure is not None
        and row.term.figure.period is not None
        and row.term.figure.period.last is None
        and row.term.year is not None
        and row.term.year > row.term.figure.period.first
        for row in value.rows
    )
    return (texts.LASTING_CARRIED_ON,) if beyond else ()
