"""Questions on figures that belong together: years of a series, part and whole, old and new."""

from __future__ import annotations

import re
from itertools import combinations

from chains.ask import Ask
from chains.calculators import series
from chains.calculators.arithmetic import BINARY, Operation, work_out
from chains.calculators.terms import add, from_figure, subtract
from chains.frames.attempt import Attempt, Outcome
from chains.frames.common import all_money, main_series, own_money, years_of
from chains.frames.named import AND, times_named
from chains.operands import Operand, agreed_numbers, find_operands
from chains.subjects import Years, all_themes, value_of
from corpus import calculation_texts as texts
from corpus.agreed import Series
from corpus.models import Unit

_GROWTH = {*BINARY, Operation.AVERAGE}


def read_kin(ask: Ask, wanted: list[Operation]) -> Outcome:
    """Read a question as one on two parts, two years or two levels of the same thing."""
    return (
        _of_named_whole(ask, wanted)
        or _of_all(ask, wanted)
        or _of_both(ask, wanted)
        or _growth(ask, wanted)
        or _replaced(ask, wanted)
    )


def read_parts(ask: Ask, wanted: list[Operation]) -> Outcome:
    """Read a question as one on a part and the whole that the agreement states for it."""
    return _of_its_whole(ask, wanted) or _of_its_total(ask, wanted)


def _growth(ask: Ask, wanted: list[Operation]) -> Outcome:
    """One series in two years."""
    years = list(dict.fromkeys(ask.mentions.years))
    ends = [y for span in ask.mentions.spans for y in (span.first, span.last or span.first)]
    years = list(dict.fromkeys([*years, *ends]))
    if len(years) != 2 or not set(wanted) & _GROWTH:
        return None
    if Operation.AVERAGE in wanted and ask.mentions.spans:
        return None
    main = main_series(ask)
    if main is None or _others(ask, main):
        return None
    receivers = [p for p in ask.asked_parties if p in main.first.party] if main.is_total else []
    points = [
        all_themes(ask, receivers, Years((year,), in_all=False))
        if receivers
        else value_of(ask, main, Years((year,), in_all=False))
        for year in sorted(years)
    ]
    if points[0] is None or points[1] is None:
        return None
    old, new = points[0].term, points[1].term
    if old.amount == new.amount and not main.is_yearly and not main.is_total:
        return None  # the same amount each year: no series
    if Operation.AVERAGE in wanted:
        return Attempt(work_out(Operation.AVERAGE, [old, new]), 0.95, all_money(ask))
    if Operation.RATIO in wanted:
        return Attempt(work_out(Operation.RATIO, [new, old]), 0.95)
    percent = Operation.DIFFERENCE not in wanted or Operation.CHANGE in wanted
    if not percent and old.amount > new.amount and _LESS.search(ask.asking):
        old, new = new, old  # "hvor meget mindre", "hvor meget større ... end"
    if percent and old.amount > new.amount and _FALL.search(ask.asking):
        return Attempt(series.fall(old, new), 0.95)
    return Attempt(series.growth(old, new, in_percent=percent), 0.95)


def _of_both(ask: Ask, wanted: list[Operation]) -> Outcome:
    """One of two named parts in per cent of both: "af A og B's indkøb, hvor mange pct. var A's"."""
    if wanted[0] is not Operation.SHARE or not AND.search(ask.text):
        return None
    likely = [f.series for f in ask.found[:_FEW] if f.share > _LEAST and f.series.first.part_of]
    for a, b in combinations(likely, 2):
        if (a.agreement_id, a.first.part_of) != (b.agreement_id, b.first.part_of):
            continue
        counts = [times_named(ask, one, other) for one, other in ((a, b), (b, a))]
        if min(counts) == 1 and max(counts) > 1:
            part, other = (a, b) if counts[0] > 1 else (b, a)
            terms = [value_of(ask, one, years_of(ask, wanted)) for one in (part, other)]
            if terms[0] is None or terms[1] is None:
                return None
            both = add([terms[0].term, terms[1].term], texts.IN_ALL)
            return Attempt(work_out(Operation.SHARE, [terms[0].term, both]), 0.95)
    return None


_FEW, _LEAST = 6, 0.02
_LESS = re.compile(r"\b(?:end|mindre|lavere|lettere|færre|fald\w*|billigere)\b")
_FALL = re.compile(r"\b(?:fald\w*|mindre|lavere|nedgang\w*|reduktion\w*)\b")
_SURE = 0.75


def _others(ask: Ask, main: Series) -> list[Operand]:
    return [
        o
        for o in find_operands(ask)
        if o.series.id != main.id
        and o.series.first.part_of != main.id
        and o.score > _SURE
        and o.share > _LIKELY
        and o.series.first.unit is main.first.unit
        and o.series.first.party in {"", *ask.asked_parties}
    ]


_LIKELY = 0.1


def _replaced(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A level and the one it took the place of."""
    main = main_series(ask, Unit.KR)
    if main is None or not set(wanted) & {Operation.CHANGE, Operation.DIFFERENCE}:
        return None
    old = ask.by_id(main.agreement_id, main.first.replaces)
    if old is None or not _OLD_AND_NEW.search(ask.text):
        return None
    terms = [from_figure(old.first), from_figure(main.first)]
    if Operation.CHANGE in wanted:
        return Attempt(work_out(Operation.CHANGE, terms), 0.9, all_money(ask))
    return Attempt(work_out(Operation.DIFFERENCE, terms[::-1]), 0.9, all_money(ask))


_OLD_AND_NEW = re.compile(
    r"\b(?:sat op|hævet|gamm?el\w*|nye?t?\b|før|hidtil\w*|dyrere|"
    r"stig\w*|højere|løft\w*)"
)


def _of_its_whole(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A figure in per cent of the one it is a part of, or that one without it."""
    main = main_series(ask, Unit.KR)
    apart = Operation.DIFFERENCE in wanted and _TAKEN_OUT.search(ask.text) is not None
    if main is None or not (Operation.SHARE in wanted or apart) or own_money(ask):
        return None
    whole = ask.by_id(main.agreement_id, main.first.part_of)
    second = ask.found[1].series
    if second.first.part_of == main.id and ask.found[1].share > _PART:
        main, whole = second, main
    if whole is None or whole.first.unit is not Unit.KR or main.first.unit is not Unit.KR:
        return None
    number = ask.words.series.index(whole)
    if float(ask.words.score(ask.text).coverage[number]) < _NAMES_WHOLE:
        return None
    years = years_of(ask, wanted)
    part, total = value_of(ask, main, years), value_of(ask, whole, years)
    if part is None or total is None:
        return None
    terms = [total.term, part.term] if apart else [part.term, total.term]
    if not apart and _WITHOUT.search(ask.text):
        terms = [part.term, subtract(total.term, part.term, texts.DIFFERENCE)]
    operation = Operation.DIFFERENCE if apart else Operation.SHARE
    return Attempt(work_out(operation, terms), 0.9, all_money(ask))


def _of_all(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A count in per cent of all that are counted alike: "af alle projekterne"."""
    main = main_series(ask, Unit.NUMBER)
    if wanted[0] is not Operation.SHARE or main is None or not _ALL.search(ask.asking):
        return None
    if not any(f.series is main and f.share > _OF_COUNTS for f in ask.found):
        return None
    first = main.first
    alike = [f.series for f in ask.found if f.series.agreement_id == main.agreement_id
             and (f.series.first.theme, f.series.first.noun) == (first.theme, first.noun)
             and f.series.first.noun]  # fmt: skip
    if len(alike) < 2 or any(one.is_yearly for one in alike):
        return None
    together = add([from_figure(one.first) for one in alike], texts.IN_ALL)
    return Attempt(work_out(Operation.SHARE, [from_figure(first), together]), 0.95)


_OF_COUNTS = 0.3
_ALL = re.compile(r"\b(?:af|ud af) (?:alle|samtlige|de samlede)\b|\balle \w+projekter\w*")


def _of_named_whole(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A part in per cent of a whole that the question names by its amount."""
    named = list(agreed_numbers(ask).values())
    if wanted[0] is not Operation.SHARE or len(named) != 1 or own_money(ask):
        return None
    whole = named[0]
    likely = ask.found[:_FEW]
    inside = [f for f in likely if f.series.first.part_of == whole.id and f.share > _PART]
    if not inside or inside[0].series.first.unit is not Unit.KR:
        return None
    terms = [from_figure(inside[0].series.first), from_figure(whole.first)]
    return Attempt(work_out(Operation.SHARE, terms), 0.9, all_money(ask))


def _of_its_total(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A party's part of a stated total in per cent of it."""
    main = main_series(ask, Unit.KR)
    named = ask.mentions.parties
    if main is None or not main.is_total or Operation.SHARE not in wanted or len(named) != 1:
        return None
    parts = [c for c in ask.children(main) if c.first.party == named[0] and c.is_total]
    if len(parts) != 1 or own_money(ask):
        return None
    terms = [from_figure(parts[0].first), from_figure(main.first)]
    return Attempt(work_out(Operation.SHARE, terms), 0.9, all_money(ask))


_TAKEN_OUT = re.compile(
    r"\b(?:uden|andet end|andre end|rens\w*|skræl\w*|før|inden|fratrukket|fraregnet|ud af|"
    r"trukket|træk\w*|"
    r"til overs|tilbage|resten)\b"
)
_WITHOUT = re.compile(r"\bi forhold til\b.{0,60}\b(?:havde|ville|var)\b.{0,40}\buden\b")
_NAMES_WHOLE, _PART = 0.3, 0.12
