"""Question + figures -> the stated figure that answers, a question back, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chains.ask import Ask
from chains.calculators.arithmetic import Operation
from chains.figure_rank import Found
from chains.frames.common import is_more_asked, years_of
from chains.frames.wording import operations_asked
from chains.lookup import topic_stems
from chains.number_asked import DURATIONS, wants_number
from chains.operands import agreed_numbers, find_operands
from chains.understand import Wants
from corpus import calculation_texts as texts
from corpus.agreed import Figure, FigureKind, Per, Series
from corpus.models import NotFoundReason, Unit


@dataclass(frozen=True)
class FigureAnswer:
    """A stated figure that answers: one, or all years of its series."""

    series: Series
    figures: tuple[Figure, ...]
    year: int | None = None


@dataclass(frozen=True)
class AskBack:
    """What must be known before there is an answer; with a reason it is a "not found"."""

    text: str
    choices: tuple[str, ...] = ()
    reason: NotFoundReason | None = None
    figures: tuple[Figure, ...] = ()


Stated = FigureAnswer | AskBack | None


def stated_figure(ask: Ask) -> Stated:
    """Return the stated figure that a question asks for, or a question back."""
    if ask.reading.asks > 1 or asks_for_part(ask) or gives_own_numbers(ask):
        return None
    alike = _alike(ask)
    if alike and _holds_year(ask, alike):
        return AskBack(texts.WHICH_FIGURE, tuple(one.label for one in alike))
    if not wants_number(ask, _is_sure(ask)):
        return None
    fitting = fitting_series(ask)
    if len(fitting) < 2 or fitting[0].share < _FLOOR:
        return None
    whole = sum(found.share for found in fitting)
    first, second = fitting[0], fitting[1]
    if names_amount(ask, first.series):
        return None  # who names the amount asks for something else
    if asks_for_sum(ask, first.series):
        return None
    together = first.share / whole
    kin = [first.series]
    if _related(first.series, second.series):
        together += second.share / whole
        if second.share > _KIN * first.share and _fits_year(ask, second.series):
            kin.append(second.series)
    elif second.share > _DOUBT * first.share:
        return None
    if together < _CONFIDENT or not _is_named(ask, first) or not counts_it(ask, first):
        return None
    if (twins := _twins(ask, first.series)) and _holds_year(ask, twins):
        return AskBack(texts.WHICH_FIGURE, tuple(one.label for one in twins))
    routes = [of_series(ask, series) for series in kin]
    if len(routes) == 1 or not all(isinstance(route, FigureAnswer) for route in routes):
        return routes[0]
    figures = [figure for r in routes if isinstance(r, FigureAnswer) for figure in r.figures]
    return FigureAnswer(first.series, tuple(figures))


def _holds_year(ask: Ask, series: list[Series]) -> bool:
    """Return whether one of several series has a figure for the years asked for, if any are."""
    figures = [figure for one in series for figure in one.figures]
    return not ask.years or any(f.covers(year) for f in figures for year in ask.years)


def _is_named(ask: Ask, found: Found) -> bool:
    """Return whether the words of the question name a figure, or all else points to it."""
    scores = [ask.words.score(text) for text in (ask.asking, ask.text)]
    named = max(float(s.coverage[found.number] + s.phrase[found.number]) for s in scores)
    pointed = _POINTED_LONG if ask.reading.is_long else _POINTED
    return found.share > pointed or named > _WORDED


_POINTED, _POINTED_LONG, _WORDED = 0.6, 0.5, 0.7


def counts_it(ask: Ask, found: Found) -> bool:
    """Return whether a figure is known by what is counted: assistants are no nurses."""
    asked = _counted(ask)
    if asked is None or ask.reading.wants is not Wants.COUNT or not _says_what(asked[1]):
        return True
    return float(ask.words.score(asked[1]).coverage[found.number]) > 0


def _says_what(noun: str) -> bool:
    return bool(topic_stems(noun)) and noun not in {"steder", "gange"}


def _twins(ask: Ask, series: Series) -> list[Series]:
    """Return a rule's figures for several areas where the question names none of the areas."""
    role, area = series.first.role, series.first.area
    if not role or not area:
        return []
    same = [f.series for f in ask.found if f.series.first.role == role
            and f.series.agreement_id == series.agreement_id]  # fmt: skip
    said = set(topic_stems(ask.text))
    areas = {stem for one in same for stem in topic_stems(one.first.area)}
    named = any(word.startswith(area) or area in word for area in areas for word in said)
    scores = ask.words.score(ask.asking).score
    own, *others = sorted((float(scores[ask.words.series.index(s)]) for s in same), reverse=True)
    return same if others and not named and own - others[0] < _TIE else []


def asks_for_part(ask: Ask) -> bool:
    """Return whether a part of a figure is asked for that has no figure of its own."""
    return _FINER.search(ask.asking) is not None


_FINER = re.compile(r"\balene\b|\bhver for sig\b")


def gives_own_numbers(ask: Ask) -> bool:
    """Return whether the asker gave an amount or share of their own: a stated figure ignores it."""
    agreed = agreed_numbers(ask)
    given = ask.focus.of_unit(Unit.KR, Unit.PCT)
    return any(mention.start not in agreed for mention in given) and not ask.reading.is_long


def fitting_series(ask: Ask) -> list[Found]:
    """Return the series of the kind that is asked for: money is no count, and a count no money."""
    named = set(ask.mentions.parties)
    found = [f for f in ask.found if not (f.series.is_joint and len(named) == 1)]
    if len(named) > 1:  # where both are named, their parts of what both get are not meant
        both = {f.series.id for f in found if f.series.is_joint}
        found = [f for f in found if f.series.first.part_of not in both]
    asked = _counted(ask)
    if asked is not None:
        timed = asked[1] in DURATIONS
        found = [f for f in found if (f.series.first.noun in DURATIONS) == timed]
        if timed:
            return found
    match ask.reading.wants:
        case Wants.MONEY | Wants.AMOUNT:
            return [f for f in found if f.series.first.unit is not Unit.NUMBER]
        case Wants.SHARE if not ask.mentions.unit_asked:
            return [f for f in found if f.series.first.unit in {Unit.PCT, Unit.PCT_POINT}]
        case Wants.COUNT:
            return [f for f in found if f.series.first.unit is Unit.NUMBER]
        case _ if ask.mentions.unit_asked:
            return [f for f in found if _is_money(f.series)]
    return found


def _counted(ask: Ask) -> re.Match[str] | None:
    """Return what is counted, unless a follow-up to a count asks for something else."""
    own = ask.asked_last
    return _COUNTED.search(own if _NO_COUNT.search(own) else ask.asking)


_COUNTED = re.compile(r"\bhvor mange ([a-zæøå]+)")
_NO_COUNT = re.compile(r"\bkoster?\b|\bkostede\b|\bpenge\b|\bbeløb\w*|\bkroner\b|\bbetale\w*")


def _fits_year(ask: Ask, series: Series) -> bool:
    """Return whether a second figure belongs to the one year asked for, if one is."""
    if len(ask.years) != 1:
        return True
    return any(
        f.period is not None and f.per is not Per.TOTAL and ask.years[0] in f.period
        for f in series.figures
    )


def names_amount(ask: Ask, series: Series) -> bool:
    """Return whether the question names the very amount, and so asks for something else."""
    named = {(m.amount, m.unit) for m in ask.mentions.numbers}
    return series.first.key == "" and any(
        (place.quantity.amount, place.quantity.unit) in named
        for figure in series.figures
        for place in (figure.place, *figure.repeats)
    )


def asks_for_sum(ask: Ask, series: Series) -> bool:
    """Return whether something is to be worked out; a single stated figure is no answer then."""
    work = {Operation.RATIO, Operation.CHANGE, Operation.DIFFERENCE, Operation.AVERAGE}
    if series.first.kind in {FigureKind.RATE, FigureKind.TARGET}:
        work -= {Operation.CHANGE}  # "hvor meget steg priserne" asks for the rate
    if is_more_asked(ask, series):
        work -= {Operation.DIFFERENCE}
    wanted = operations_asked(ask.asking, ask.text if ask.reading.is_long else "")
    if _SHARE_OF.search(ask.asking) and series.first.kind is FigureKind.RATE:
        return True
    if wanted[:1] == [Operation.SUM] and _TOGETHER.search(ask.asking):
        named = [o for o in find_operands(ask) if o.score > _NAMED and o.series.id != series.id]
        if named:
            return True  # one of two that are to be added up is no answer
    if wanted == [Operation.SUM] and _SEVERAL.search(ask.text):
        return True
    return bool(work & set(wanted)) or _ADD_UP.search(ask.asking) is not None


_NAMED = 0.95
_TOGETHER = re.compile(r"\b\w+ og \w+.{0,60}\b(?:tilsammen|sammenlagt)\b")
_SHARE_OF = re.compile(r"\bi (?:pct|procent)\.? af\b")
_SEVERAL = re.compile(r"\bde (?:[2-9]) (?:\w+ )?(?:beløb|poster?|bevilling|indtægt|pulje|tal)\w*")
_ADD_UP = re.compile(
    r"\b(?:lagt sammen|læg\w* .{0,80}(?:sammen|oven i)|plus|summen|sammenlagt|minus|oven ?i|"
    r"stabl\w*|deles? (?:lige|ligeligt))\b"
)


def _related(a: Series, b: Series) -> bool:
    """Return whether one is part of the other, or took its place: both are then shown."""
    if a.agreement_id != b.agreement_id or _is_money(a) != _is_money(b):
        return False
    kin = b.id in {a.first.part_of, a.first.replaces} or a.id in {b.first.part_of, b.first.replaces}
    twins = bool(a.first.role) and a.first.role == b.first.role and a.first.unit is Unit.KR
    return kin or twins


def _alike(ask: Ask) -> list[Series]:
    """Return the series that a question fits alike, where it says too little to tell them apart."""
    stems = topic_stems(ask.asking)
    counts = ask.reading.wants is Wants.COUNT
    units = {Unit.NUMBER} if counts else {Unit.KR, Unit.KR_PER_INHABITANT, Unit.PCT}
    fitting = [f for f in ask.found if f.series.first.unit in units][:_CHOICES]
    if not stems:
        asks = _NEEDS_SUBJECT.search(ask.asking) is not None and not ask.mentions.numbers
        return [f.series for f in fitting] if asks else []
    if len(stems) > _FEW:
        return []
    if not wants_number(ask, _is_sure(ask)) or ask.found[0].share > _CLEAR:
        return []
    of_party = [f for f in fitting if f.series.first.party in ask.mentions.parties]
    if len(of_party) == 1:
        return []
    scores = ask.words.score(ask.asking).score
    best = max((float(scores[f.number]) for f in fitting), default=0.0)
    own = [f.series for f in fitting if float(scores[f.number]) >= best - _TIE and f.share > _THIN]
    if fitting and fitting[0].share > _CONFIDENT and fitting[0].series not in own:
        return []  # all else points to another one
    return own if best >= _COVERED and len(own) > 1 else []


_CHOICES, _FEW = 5, 2
_THIN, _TIE, _COVERED = 0.04, 0.06, 0.6
_CLEAR = 0.8
_KIN = 0.3
_FLOOR = 0.08
_NEEDS_SUBJECT = re.compile(
    r"\b(?:andel\w*|del|betal\w*|kost\w*|får|afsat|stor\w*|meget|mange|beløb\w*|sats\w*)\b"
)
_CONFIDENT = 0.5
_DOUBT = 0.6
_SURE, _SURE_OF_YEAR = 0.8, 0.5


def _is_sure(ask: Ask) -> bool:
    return ask.found[0].share >= (_SURE if not ask.years else _SURE_OF_YEAR)


def _is_money(series: Series) -> bool:
    return series.first.unit in {Unit.KR, Unit.KR_PER_INHABITANT}


def of_series(ask: Ask, series: Series) -> Stated:
    """Return the figures of a series for the years asked for."""
    years = list(years_of(ask, ()).listed)
    before = [int(year) for year in _BEFORE.findall(ask.asking)]
    if any(f.period is not None and f.period.first >= y for f in series.figures for y in before):
        return None  # "niveauet før 2021" is not the one from 2021 on
    if series.first.key:
        return _of_table(ask, series)
    if not years:
        lasting = series.figures[-1]
        only = _LASTING.search(ask.asked_last) and lasting.period and lasting.period.last is None
        return FigureAnswer(series, (lasting,) if only else series.figures)
    chosen = [f for f in series.figures if any(f.covers(year) for year in years)]
    if not chosen:
        if not _is_money(series) or ask.found[0].share < _SURE:
            return None
        said = texts.NO_YEAR.format(label=series.label, years=", ".join(map(str, years)))
        return AskBack(said, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT, figures=series.figures)
    figure = chosen[0]
    period = figure.period
    partial = (
        figure.per is Per.TOTAL and period is not None and period.last not in {None, period.first}
    )
    if partial and len(years) == 1 and years[0] not in {period.first, period.last}:  # type: ignore[union-attr]
        return _yearly_part(ask, series, years[0])
    return FigureAnswer(series, tuple(chosen), years[0] if len(years) == 1 else None)


_BEFORE = re.compile(r"\bfør ((?:19|20)\d\d)\b")
_LASTING = re.compile(r"\b(?:varig\w*|permanent\w*|på (?:lang )?sigt)\b")


def _yearly_part(ask: Ask, total: Series, year: int) -> Stated:
    """Return what a party gets in a year of which only the total over the years was found."""
    parts = [c for c in ask.children(total) if c.first.receiver == total.first.receiver]
    figure = parts[0].in_year(year) if len(parts) == 1 else None
    return FigureAnswer(parts[0], (figure,), year) if figure is not None else None


def _of_table(ask: Ask, series: Series) -> Stated:
    numbers = {str(int(m.amount)) for m in ask.mentions.of_unit(Unit.NUMBER)
               if m.amount == m.amount.to_integral_value()}  # fmt: skip
    last = max(series.figures, key=lambda f: int(f.key.rstrip("+")))
    chosen = [f for f in series.figures if f.key in numbers]
    if not chosen and any(int(n) >= int(last.key.rstrip("+")) for n in numbers):
        chosen = [last]
    return FigureAnswer(series, tuple(chosen or series.figures))
