"""Question + figures -> a calculation, a stated figure, a question back, or neither (text).

Rules choose the calculator and its inputs; a model never does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains.ask import Ask
from chains.calculators.terms import Worked, convert
from chains.frames import Attempt, Missing, read_frames
from chains.frames.wording import operations
from chains.lookup import topic_stems
from chains.mentions import Mention
from chains.quoted_figure import quoted_figure
from chains.selection import Candidate
from chains.stated import AskBack, FigureAnswer, stated_figure
from chains.understand import Wants
from corpus import calculation_texts as texts
from corpus.models import Unit

_LARGEST = Decimal(10) ** 14
_WORDS = {Wants.WHO, Wants.WHY, Wants.OVERVIEW, Wants.LIST, Wants.YES_NO}
"""Kinds of question that a number does not answer."""
_ABOUT = re.compile(
    r"\bhvordan\b|\bhvad sker\b(?!.*\d)|\bhvad (?:er|blev) (?:der |man )?aftalt om\b|"
    r"^(?:kan|må|skal) (?:vi|man|jeg|regioner\w*|kommuner\w*) (?!.*(?:\d|\bhvor\b))|"
    r"\bhvad .{0,80}\b(?:brug\w*|gå|anvend\w*) til\W*$|\bdækker .{0,80}\bover\W*$|"
    r"\bhvad .{0,80}\bud (?:på|af)\b|\bfidus\w*|\bhvad betyder\b(?!.*\d)|"
    r"\bhvad skal .{0,60}(?:dække|indeholde)\b"
)
_HOW_LONG = re.compile(r"\bhvor (?:længe|lang tid|mange år|mange dage)\b|\d")


@dataclass(frozen=True)
class Calculated:
    """A calculation that answers."""

    worked: Worked
    assumptions: tuple[str, ...]
    unused: tuple[str, ...]
    other: str = ""
    """A second reading with another result."""


Route = FigureAnswer | Calculated | AskBack | None


def choose_route(ask: Ask) -> Route:
    """Return how a question is answered, None where the text is to answer it."""
    if _wants_words(ask):
        return None
    if any(mention.amount > _LARGEST for mention in ask.mentions.numbers):
        return AskBack(texts.TOO_LARGE)
    if not topic_stems(ask.text) and not ask.mentions.numbers and operations(ask.asking):
        return AskBack(texts.MISSING_SUBJECT)
    told_otherwise = bool(ask.reading.earlier) and ask.reading.wants in _NO_NUMBERS
    if told_otherwise or _WHERE_STATED.search(ask.reading.focus):
        return None
    outcomes = [
        o
        for o in read_frames(ask)
        if isinstance(o, Missing) or (_is_likely(ask, o) and _holds_all(ask, o))
    ]
    two_ways = ask.mentions.two_ways
    if two_ways and (outcomes or ask.mentions.numbers or _has_unit(ask.text, two_ways)):
        return AskBack(texts.TWO_WAYS.format(number=two_ways))
    if outcomes:
        first = outcomes[0]
        if isinstance(first, Missing):
            return AskBack(first.text, first.choices, first.reason, first.figures)
        stated = stated_figure(ask) if _only_converts(ask, first) else None
        if isinstance(stated, FigureAnswer):
            return stated
        return _calculated(ask, first, outcomes[1:])
    return stated_figure(ask)


def choose_quoted(ask: Ask, candidates: Sequence[Candidate]) -> FigureAnswer | None:
    """Return the figure in the best sentence, where a number is asked for and no route was found.

    It needs the sentence to answer: only what `abstain` lets through may be told.
    """
    told = _WHERE_STATED.search(ask.reading.focus) or ask.mentions.two_ways
    return None if _wants_words(ask) or told else quoted_figure(ask, candidates)


def _wants_words(ask: Ask) -> bool:
    """Return whether a question is not answered by a number, whatever it names."""
    wants = ask.reading.wants
    return (
        not ask.found
        or wants in _WORDS
        or (wants is Wants.WHEN and not _HOW_LONG.search(ask.asking))
        or _ABOUT.search(ask.asking) is not None
        or _OTHER_PERIOD.search(ask.asking) is not None
        or _WHERE.search(ask.reading.focus.lower()) is not None
    )


_WHERE = re.compile(r"^(?:og )?hvor (?!m|stor|høj|l)")
_NO_NUMBERS = {Wants.WHO, Wants.WHEN, Wants.WHERE, Wants.WHY, Wants.LIST}
"""What a follow-up may ask for after a question for a number."""
_WHERE_STATED = re.compile(
    r"\bhvor (?:henne )?(?:i (?:\w+ ){1,2}|(?:helt )?præcist? )?(?:står|fremgår|kan jeg læse)\b|"
    r"\bhvilket (?:afsnit|kapitel|bilag)\b|\bi hvilken boks\b",
    re.IGNORECASE,
)
"""Asks for the place in the text, which a quote shows and a number does not."""
_IN_UNIT = re.compile(
    r"\b(?:i|som|til|ud i) (?:hele |rene )?(?:kr|kroner|mi[ao]|millioner|milliarder)\b|\bhele kr|"
    r"\b(?:omregn|omsæt|skriv|udtrykt|angiv)\w*"
)


def _only_converts(ask: Ask, attempt: Attempt) -> bool:
    """Return whether a result is one agreed number in another unit that nobody demanded.

    "Hvor mange kroner" alone asks for the amount, "i hele kroner" for the unit.
    """
    worked = attempt.worked
    same = len(worked.inputs) == 1 and worked.inputs[0].amount == worked.result.amount
    return same and _IN_UNIT.search(ask.text) is None


_SMALL = Decimal(1) / 20
_OTHER_PERIOD = re.compile(
    r"\b(?:pr\.?|per|om|hver) (?:måned(?:en)?|uge(?:n)?|dag(?:en)?|kvartal(?:et)?)\b"
)
"""Amounts are agreed by the year: no rule shares them out on months."""


def _is_likely(ask: Ask, attempt: Attempt) -> bool:
    """Return whether a result is of the size of the unit asked for."""
    unit, result = ask.mentions.unit_asked, attempt.worked.result
    if not unit or not result.is_money or not result.amount:
        return True
    return abs(convert(result, unit).value) >= _SMALL


def _holds_all(ask: Ask, attempt: Attempt) -> bool:
    """Return whether as many numbers went in as "de 3 bevillinger" says there are."""
    said = _SO_MANY.search(ask.text)
    return said is None or len(attempt.worked.inputs) >= int(said[1] or said[2])


_SO_MANY = re.compile(
    r"\b(?:de|disse|alle) ([2-9]) (?:\w+ )?(?:beløb|post|bevilling|indtægt|udgift|pulje|tal)\w*|"
    r"\balle ([3-9])(?= (?:fra|i|for|lagt|under|tilsammen)\b)"
)


def _has_unit(text: str, number: str) -> bool:
    return re.search(re.escape(number) + r"\s*(?:mi[ao]\b|mill|kr|pct|proc|%)", text) is not None


def _calculated(ask: Ask, attempt: Attempt, others: Sequence[Attempt | Missing]) -> Calculated:
    worked = attempt.worked
    unit = ask.mentions.unit_asked
    if unit and worked.result.is_money:
        rows = tuple(replace(row, term=convert(row.term, unit)) for row in worked.rows)
        worked = replace(worked, result=convert(worked.result, unit), rows=rows)
    notes = [*attempt.assumptions, *_price_levels(worked), *_exactness(worked)]
    other = next(
        (
            o.worked.result.show()
            for o in others
            if isinstance(o, Attempt)
            and o.score >= attempt.score
            and o.worked.result.amount != worked.result.amount
            and o.worked.result.unit == attempt.worked.result.unit
        ),
        "",
    )
    return Calculated(worked, tuple(dict.fromkeys(notes)), _unused(ask, attempt, worked), other)


def _unused(ask: Ask, attempt: Attempt, worked: Worked) -> tuple[str, ...]:
    """Return the numbers and years of the question that did not go in."""
    values = {(t.amount, t.is_money) for t in worked.inputs}
    tops = {t.high for t in worked.inputs}
    numbers = [
        mention.text.strip()
        for mention in ask.mentions.numbers
        if mention.start not in attempt.used
        and (mention.amount, mention.unit is Unit.KR) not in values
        and not _is_put(mention, worked)
        and mention.amount not in tops
    ]
    taken = {t.year for t in worked.inputs} | {
        int(r.label) for r in worked.rows if r.label.isdigit()
    }
    within = [s for s in ask.mentions.spans if {s.first, s.last} <= taken]
    years = [
        str(year)
        for year in ask.mentions.covered_years()
        if year not in taken
        and not any(year in span for span in within)
        and not any(t.figure and t.figure.period and year in t.figure.period for t in worked.inputs)
        and not any(str(year)[2:] in t.figure.price_level for t in worked.inputs if t.figure)
        and year not in ask.mentions.price_levels
    ]
    return tuple(dict.fromkeys([*numbers, *years]))


def _is_put(mention: Mention, worked: Worked) -> bool:
    """Return whether a number is an input ("113 kr." of an inhabitant) or none ("under ét")."""
    same = any(term.amount == mention.amount for term in worked.inputs)
    return same or (mention.amount == 1 and mention.unit is Unit.NUMBER)


def _price_levels(worked: Worked) -> list[str]:
    figures = [t.figure for t in worked.inputs if t.figure is not None and t.is_money]
    if not figures or not worked.result.is_money:
        return []
    levels = {figure.price_level for figure in figures}
    stated = sorted(level for level in levels if level)
    if len(levels) > 1 and stated and len(figures) > 1:
        return [texts.mixed_price_levels([*stated, *([texts.NOT_STATED] if "" in levels else [])])]
    return []


def _exactness(worked: Worked) -> list[str]:
    return [
        texts.EXACT_USED.format(rounded=place.printed, exact=term.figure.place.printed)
        for term in worked.inputs
        if term.figure is not None
        for place in term.figure.rounded
    ]
