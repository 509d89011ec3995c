"""Questions on price levels: an amount, an area, from one year's level to another."""

from __future__ import annotations

import re

from chains.ask import Ask, own_term
from chains.calculators import price_level
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Term, from_figure
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.wording import POINTS_ASKED
from chains.operands import agreed_numbers
from corpus import calculation_texts as texts
from corpus.agreed import Figure
from corpus.models import NotFoundReason, Unit

_TOPIC = re.compile(
    r"\b(?:pl|p/l|pris-? ?og ?løn\w*|pris- og løn\w*|pris(?:udvikling|stigning)\w*|priser|"
    r"prisniveau|pl-niveau|fremskriv\w*|"
    r"opregn\w*|regn\w* .{0,15}\bom\b|skr[ie]v\w* (?:op|frem)|deflat\w*|tilbageskr\w*|"
    r"regulér\w*|reguler\w*|\w*(?<!ind)sats(?:en|er|erne)?|pl-\w+|\d\d-?pl|pristal\w*|niveau|"
    r"skr[ie]v\w* (?:op|frem|tilbage))\b|\b20\d\d-?niveau"
)
_AREAS = (
    ("hele det regionale område", re.compile(
        r"\bhele det regionale|\bsamle\w* (?:det )?regional\w*|\binkl\w*\.? medicin|"
        r"\bhele regionen|"
        r"\bregionerne (?:samlet|under ét)|\bsamlet regionalt|\bdet samlede regionale")),
    ("regional udvikling", re.compile(
        r"\bregional\w* udvikling\w*|\bregionalt udviklings\w*|\budviklingsområde\w*|"
        r"\bkollektiv trafik|"
        r"\bjordforuren\w*|\bru-?(?:midler|budget|pl|satsen)?\b")),
    ("anlæg", re.compile(r"\banlæg\w*|\bbyg(?:ge|geri|ning)\w*")),
    ("sundhed", re.compile(r"\bsundhed\w*|\bsygehus\w*|\bhospital\w*|\bekskl\w*\.? medicin|"
                           r"\buden medicin|\bbehandling\w*")),
)  # fmt: skip
_BACK = re.compile(
    r"\b(?:deflat\w*|tilbageskr\w*|året (?:før|inden)|oprindelig\w*|tilbage|baglæns|"
    r"før(?:e)? tilbage)\b"
)
_GROWTH = re.compile(
    r"\b(?:alene (?:af|på grund)|plusse?s? (?:på|til)|skal .{0,20}lægges (?:på|til|oveni)|"
    r"hvor (?:mange|"
    r"meget)(?: \w+)? (?:vokser|stiger|øges|mere|ekstra|flere)|"
    r"(?:lægger|kommer) .{0,60}oven ?i|tilvækst\w*|forskellen|hvor stor er reguleringen i kr|"
    r"reguleringen alene|stigningen alene)\b"
)
_INSTEAD = re.compile(r"\bi stedet for\b|\bfrem for\b")
_VERB = re.compile(
    r"(?:omregn\w*|deflat\w*|tilbageskr\w*|rykk\w*|løft\w*|fremskriv\w*|opregn\w*|regulér\w*|reguler(?:e|et|es)?|løft(?:e|er)?|"
    r"svarer|værd|regn\w*|bliver|hvad er|hvad var|hvad bliver|konverter\w*|vis\w*|lander|→|->|"
    r"=|til)"
)
_OWN_RATE = re.compile(r"\b(?:som|hvormed) det selv er reguleret|\bgrundbidrag\w*\b")


def read(ask: Ask) -> Outcome:
    """Read a question as one about another price level."""
    text, mentions = ask.text, ask.mentions
    rates = ask.role("price_rate")
    if not rates or not _TOPIC.search(text):
        return None
    levels = _levels(ask)
    if (points := _between_rates(ask, rates)) is not None:
        return points
    if not (_VERB.search(text) or len(levels) > 1):
        return None
    amount, used = _amount(ask, rates)
    if amount is None and (not (_REGULATE.search(text) and levels) or _RATE_ASKED.search(text)):
        return None
    if len(mentions.price_levels) == 1 and mentions.spans and not _REGULATE.search(text):
        return None  # the level that an amount is given in, and the years it is paid
    if len(levels) < 2 and not _REGULATE.search(text) and not (levels and _LEVEL.search(text)):
        return None
    period = rates[0].period
    first, last = (period.first, period.last or period.first) if period else (0, 0)
    if amount is None and not mentions.price_levels:
        return None
    off = [level for level in levels if not first <= level <= last]
    if off:
        years = ", ".join(str(level) for level in off)
        return Missing(texts.NO_RATE.format(first=first, last=last, years=years), 1.0,
                       reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)  # fmt: skip
    if amount is None:
        return Missing(texts.MISSING_AMOUNT, 1.0)
    if mentions.negative:
        return Missing(texts.NEGATIVE, 1.0)
    areas = _areas(ask, amount)
    if not areas:
        choices = tuple(f"{rate.area} ({rate.place.printed})" for rate in rates)
        return Missing(texts.MISSING_AREA, 1.0, choices)
    chosen = [from_figure(next(r for r in rates if r.area == area)) for area in areas]
    remarks = (texts.RATE_OF_WHOLE_AREA,) if _OWN_RATE.search(text) else ()
    if len(chosen) > 1 and _INSTEAD.search(text):
        worked = price_level.between_rates(amount, chosen[0], chosen[1])
    elif _GROWTH.search(text):
        worked = price_level.growth(amount, chosen[0])
    else:
        forward = _forward(ask, levels, amount, used)
        worked = price_level.regulate(amount, chosen[0], forward=forward)
    return Attempt(worked, 1.0, used, remarks)


def _between_rates(ask: Ask, rates: list[Figure]) -> Attempt | None:
    """How many points one area's rate is above another's."""
    if not POINTS_ASKED.search(ask.text) or ask.mentions.of_unit(Unit.KR):
        return None
    found = [(m.start(), area) for area, pattern in _AREAS for m in [pattern.search(ask.text)] if m]
    chosen = [r for _, area in sorted(found) for r in rates if r.area == area]
    if len(chosen) != 2:
        return None
    terms = sorted((from_figure(r) for r in chosen), key=lambda t: t.amount, reverse=True)
    return Attempt(work_out(Operation.DIFFERENCE, terms), 1.0)


_RATE_ASKED = re.compile(r"\b(?:procent\w*|pct|sats\w*|hvor (?:meget|højt?) (?:stiger|steg))\b")
_SHORT = re.compile(r"\b([12]\d) til ([12]\d)\b")
_LEVEL = re.compile(r"\b(?:20)?\d\d-?\s?(?:pl|pris\w*|niveau)\b")
_REGULATE = re.compile(r"\b(?:fremskriv\w*|omregn\w*|opregn\w*|pl-?regulér\w*|regulér\w*|"
                       r"pris- ?og ?lønregulér\w*)")  # fmt: skip


def _levels(ask: Ask) -> list[int]:
    """Return the price levels in order; years where no level is named as one."""
    mentions = ask.mentions
    levels = list(dict.fromkeys(mentions.price_levels))
    short = _SHORT.search(ask.text)
    if short is not None and not levels and not mentions.years:
        return [2000 + int(short[1]), 2000 + int(short[2])]
    for year in mentions.years:
        if len(levels) < 2 and year not in levels:
            levels.append(year)
    return levels


def _forward(ask: Ask, levels: list[int], amount: Term, used: frozenset[int]) -> bool:
    text = ask.text
    given = next((m for m in ask.mentions.numbers if m.start in used), None)
    if given is not None and len(levels) > 1 and (own := _GIVEN_IN.match(text, given.end)):
        return int("20" + own[1][-2:]) == min(levels)
    if amount.figure is not None and amount.figure.price_level:
        return int(amount.figure.price_level[:2]) + 2000 == min(levels or [0]) or not levels
    if _BACK.search(text):
        return False
    if len(levels) == 1 and amount.source == "agreement" and amount.figure is not None:
        period = amount.figure.period
        return period is None or levels[0] >= period.first
    if len(levels) > 1:
        first, second = _in_order(ask, levels)
        return first < second
    return True


_GIVEN_IN = re.compile(r"(?: kr\.?)?,? \(?(?:i |opgjort i |målt i )?((?:20)?[12]\d)(?=-| ?pl|\b)")


def _in_order(ask: Ask, levels: list[int]) -> tuple[int, int]:
    """Return (from, to): "hvad er 300 mio. i 2021-priser i 2020-priser"."""
    text = ask.text
    to = _TO.search(text)
    if to is not None:
        target = int("20" + to[1][-2:])
        other = next((level for level in levels if level != target), target)
        return other, target
    return levels[0], levels[1]


_TO = re.compile(r"(?:\bvær(?:et|d)|\bvar den|\bbliver|\bbehandling|\bsvarer .{0,20}til|=|"
    r"\btil|→|->|"
                 r"\bhvad er (?:det|den|de|prisen)|"
                 r"omregnet til)\s*(?:det )?(?:til )?i? ?((?:20)?\d\d)(?=[-\s]|$)")  # fmt: skip


def _amount(ask: Ask, rates: list[Figure]) -> tuple[Term | None, frozenset[int]]:
    """Return the asker's amount or the agreed one that it names, and where it stands."""
    values = {rate.amount for rate in rates}
    money = [m for m in ask.mentions.of_unit(Unit.KR, Unit.KR_PER_INHABITANT)
             if m.unit is Unit.KR or m.amount not in values]  # fmt: skip
    agreed = agreed_numbers(ask)
    for mention in money:
        for figure in agreed[mention.start].figures if mention.start in agreed else ():
            if figure.amount == mention.amount:
                return from_figure(figure), frozenset({mention.start})
        own = [f for f in ask.role("basic_contribution") if f.amount == mention.amount]
        if own and (mention.unit is Unit.KR_PER_INHABITANT or "grundbidrag" in ask.text):
            return from_figure(own[0]), frozenset({mention.start})
    if money:
        return own_term(money[0]), frozenset({money[0].start})
    top = ask.found[0]
    stated = (
        _REGULATE.search(ask.text) and ask.mentions.price_levels and top.series.first.price_level
    )
    if stated and top.share > _SURELY and top.series.first.unit is Unit.KR:
        return from_figure(top.series.first), frozenset()
    return None, frozenset()


_SURELY = 0.3


def _areas(ask: Ask, amount: Term) -> list[str]:
    found = [(m.start(), area) for area, pattern in _AREAS for m in [pattern.search(ask.text)] if m]
    names = [area for _, area in sorted(found)]
    if "hele det regionale område" in names and not _INSTEAD.search(ask.text):
        return ["hele det regionale område"]
    if "anlæg" in names and "sundhed" in names and not _INSTEAD.search(ask.text):
        return ["anlæg"]
    if not names and amount.figure is not None and amount.figure.role == "basic_contribution":
        return ["hele det regionale område"]
    if (
        "regional udvikling" in names
        and amount.figure is not None
        and (amount.figure.role == "basic_contribution")
    ):
        return ["hele det regionale område"]
    return names
