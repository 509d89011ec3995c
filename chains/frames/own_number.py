"""Questions that hold a number of the asker's own against an agreed figure."""

from __future__ import annotations

import re
from dataclasses import replace

from chains.ask import Ask, own_term
from chains.calculators.arithmetic import BINARY, Operation, work_out
from chains.calculators.terms import Term
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import main_series, own_money, years_of
from chains.mentions import Mention
from chains.operands import agreed_numbers
from chains.subjects import value_of
from corpus import calculation_texts as texts
from corpus.agreed import Series
from corpus.models import Unit


def read_own(ask: Ask, wanted: list[Operation]) -> Outcome:
    """The asker's own number and an agreed figure."""
    binary = [op for op in wanted if op in BINARY]
    own = own_money(ask) or [m for m in ask.mentions.of_unit(Unit.NUMBER) if _is_thing(m, ask)]
    if not binary or len(own) != 1:
        return None
    mention = own[0]
    unit = Unit.KR if mention.unit is Unit.KR else Unit.NUMBER
    if unit is Unit.NUMBER and "mio" in mention.text:
        unit = Unit.NUMBER
    main = main_series(ask, unit)
    if main is None or main.first.role == "criteria_count":
        return None
    alike = [f for f in ask.found if f.series.first.unit is main.first.unit]
    if not any(f.series is main and f.share > _ABOUT * sum(a.share for a in alike) for f in alike):
        return None
    if _two_alike(ask, main):
        return Missing(texts.WHICH_FIGURE, 0.95, _labels(ask, main))
    value = value_of(ask, main, years_of(ask, wanted))
    if value is None:
        return None
    mine, agreed = own_term(mention), value.term
    if unit is Unit.NUMBER:
        agreed = Term(agreed.name, agreed.amount, agreed.unit, agreed.source, agreed.figure,
                      agreed.high, agreed.year)  # fmt: skip
        mine = replace(mine, unit=agreed.unit)  # "30 af psykiatriens 150": pladser
    used = frozenset({mention.start})
    match binary[0]:
        case Operation.SHARE:
            terms = [agreed, mine] if _own_is_whole(ask, mention) else [mine, agreed]
            if terms[0].amount > terms[1].amount and not _EXPLICIT.search(ask.text):
                terms.reverse()
        case Operation.CHANGE:
            terms = [agreed, mine]
        case _:
            terms = sorted([mine, agreed], key=lambda t: t.amount, reverse=True)
    return Attempt(work_out(binary[0], terms), 0.9, used)


def _is_thing(mention: Mention, ask: Ask) -> bool:
    stated = {figure.amount for found in ask.found[:2] for figure in found.series.figures}
    own = mention.start not in agreed_numbers(ask) and mention.amount not in stated
    return mention.amount > 1 and own and bool(mention.noun) and not _TEXTS.match(mention.noun)


_TEXTS = re.compile(r"aftale|tekst|dokument|part(?:er)?\b|sted|spørgsmål")
"""What is counted in a question, but never in an agreement: "de to aftaler"."""
_ABOUT = 0.25
_EXPLICIT = re.compile(r"\bi (?:pct\.?|procent) af\b|\bi forhold til\b|\bpct\.? af\b")


def _own_is_whole(ask: Ask, mention: Mention) -> bool:
    """Return whether the own number follows "af": "... pct. af et budget på 44 mio."."""
    before = ask.text[max(0, mention.start - 30) : mention.start]
    return re.search(r"\baf (?:en|et|vores) (?:\w+ ){0,3}på $", before) is not None


def _two_alike(ask: Ask, main: Series) -> bool:
    """Return whether two figures fit alike that differ in nothing the question decides."""
    scores = ask.words.score(ask.text).score
    fitting = [f for f in ask.found if f.series.first.unit is main.first.unit]
    fitting = sorted(fitting, key=lambda f: -scores[f.number])[:2]
    if len(fitting) < 2:
        return False
    first, second = (f.series.first for f in fitting)
    twins = (first.role, first.channel) == (second.role, second.channel) and bool(
        first.role or first.channel
    )
    near = scores[fitting[0].number] - scores[fitting[1].number] < _ALIKE
    return twins and near and not _AREA.search(ask.text)


_ALIKE = 0.1
_AREA = re.compile(r"\b(?:sundhed\w*|sygehus\w*|regional udvikling|udvikling\w*|anlæg\w*)\b")


def _labels(ask: Ask, main: Series) -> tuple[str, ...]:
    fitting = [f.series for f in ask.found if f.series.first.unit is main.first.unit][:3]
    return tuple(one.label for one in fitting)
