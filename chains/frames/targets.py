"""Questions on agreed reductions, worked out on a baseline of the asker's own."""

from __future__ import annotations

import re

from chains.ask import Ask, own_term
from chains.calculators import target
from chains.calculators.terms import PERCENT, POINTS, Row, Term, Worked, from_figure, subtract
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.wording import POINTS_ASKED
from chains.mentions import Mention
from corpus import calculation_texts as texts
from corpus.agreed import Figure, FigureKind
from corpus.models import NotFoundReason, Unit

_READMISSION = re.compile(r"\bgenindlæg\w*|\breadmission\w*")
_CLIMATE = re.compile(r"\b(?:drivhusgas\w*|co2\w*|klimalov\w*|klimamål\w*|udled\w*)")
_TARGET = re.compile(r"\b(?:1990|klimalov\w*|mål\w*|baseline|udgangspunkt\w*|højst|70 pct)\b")
_FALL = re.compile(r"\b(?:være væk|falde\w*|fald\b|reducere\w*|nedbringe\w*|skæres|"
    r"hvor mange .{0,30}færre|"
                   r"hvor meget mindre|spares)\b")  # fmt: skip
_LEFT = re.compile(r"\b(?:tilbage|ned på|nede på|niveau\w*|måltal\w*|mål\b|højst|lavt|lander|"
    r"udlede|ender|"
                   r"baseline|udgangspunkt\w*|giver)\b")  # fmt: skip
_MISSING = re.compile(r"\bmangler\b|\bhvor (?:langt|meget) .{0,40}\b(?:ned|fra|til)\b|"
                      r"\bhvor langt\b|"
                      r"\bendnu\b|\bafstand\w*")  # fmt: skip
_NOW = re.compile(r"\b(?:nu|står vi|ligger vi|nyeste|i dag|aktuelt|nuværende|seneste)\b")
_BASELINE_ASKED = re.compile(
    r"\bhvilk\w+ (?:baseline|udgangspunkt)|\bhvad (?:er|var|skal|må) (?:baseline|udgangspunktet)|"
    r"\b(?:baseline\w*|udgangspunkt\w*|start\w*) (?:\w+ ){0,3}(?:have været|været|så være)|"
    r"\bhvor (?:må|skal) .{0,40}\b(?:have været|være startet|have ligget)"
)
_DIFFERENCE = re.compile(r"\bforskel\w*|\b(?:lavere|mindre|færre)\b.{0,60}\bend\b")
_CASES = re.compile(r"\s*(?:akutte )?genindlæg\w*")
"""Readmissions given as a number and not as a share."""
_ASKS = re.compile(r"\b(?:baseline|udgangspunkt\w*|vores|vi|os|hos os|betyder|regn\w*|nu|"
    r"start\w*|ton|"
                   r"giver|i 1990|1990)\b")  # fmt: skip


def read(ask: Ask) -> Outcome:
    """Read a question as a target on a baseline."""
    text, mentions = ask.text, ask.mentions
    if _READMISSION.search(text):
        figures = ask.role("readmission_target")
        shares = mentions.of_unit(Unit.PCT)
        targets = {figure.amount for figure in figures}
        own = [m for m in shares if len(shares) == 1 or m.amount not in targets]
        counts = mentions.of_unit(Unit.NUMBER)
        own += [m for m in counts if (own and "," in m.text) or _CASES.match(text, m.end)]
        limit = 100
    elif _CLIMATE.search(text) and _TARGET.search(text):
        figures = [f for found in ask.found for f in found.series.figures
                   if f.kind is FigureKind.TARGET and f.unit is Unit.PCT
                   and _CLIMATE.search(f.label.lower())]  # fmt: skip
        own = [
            m for m in mentions.numbers if m.unit in {Unit.NUMBER, Unit.KR} and _is_mass(m, text)
        ]
        limit = 0
    else:
        return None
    if not figures:
        return None
    if limit and any(m.amount > limit for m in mentions.of_unit(Unit.PCT)):
        return Missing(texts.SHARE_RANGE, 1.0)
    if not own:
        wants_own = re.search(
            r"\bvores (?:eget|mål\w*|tal)|\bvi selv\b|\b(?:vores|mit) (?:\w+ )?(?:sygehus|"
            r"hospital)\w*|"
            r"\bvi (?:så )?udlede|\bhvor mange ton\b|\bpræcist ned på|"
            r"\bud fra vores (?:\w+ )?(?:baseline|udgangspunkt)",
            text,
        )
        return Missing(texts.MISSING_BASELINE, 1.0) if wants_own else None
    if mentions.negative:
        return Missing(texts.NEGATIVE, 1.0)
    years = [
        y for y in mentions.covered_years() if any(f.period and y in f.period for f in figures)
    ]
    if not years and len(figures) > 1:
        stated = [y for y in mentions.covered_years() if y > _PAST]
        if stated:
            said = texts.NO_YEAR.format(label=figures[0].label, years=", ".join(map(str, stated)))
            return Missing(said, 1.0, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)
        years = [f.period.first for f in figures if f.period]
    chosen = [f for f in figures if not years or any(f.period and y in f.period for y in years)]
    used = frozenset(m.start for m in own)
    return Attempt(_work(text, own, chosen), 1.0, used, (texts.RELATIVE_TARGET,))


_PAST = 2022


def _work(text: str, own: list[Mention], chosen: list[Figure]) -> Worked:
    rates = [from_figure(f) for f in chosen]
    terms = [_baseline(m, text) for m in own]
    if _BASELINE_ASKED.search(text):
        return target.baseline_for(terms[0], rates[0])
    if len(terms) > 1 and _MISSING.search(text):
        around = [text[max(0, m.start - 30) : m.end + 12] for m in own]
        todays = (t for t, near in zip(terms, around, strict=True) if _NOW.search(near))
        now = next(todays, terms[-1])
        start = next(t for t in terms if t is not now)
        return target.missing(start, rates[0], now)
    if len(rates) > 1:
        if _DIFFERENCE.search(text):
            first = target.left(terms[0], rates[0]).result
            last = target.left(terms[0], rates[-1]).result
            return Worked(target.NAME, subtract(first, last, texts.DIFFERENCE))
        rows = tuple(
            Row(str(f.period), target.left(terms[0], rate).result)
            for f, rate in zip(chosen, rates, strict=True)
        )
        return Worked(target.NAME, rows[-1].term, rows, by_year=True)
    if POINTS_ASKED.search(text) or (
        _FALL.search(text) and (POINTS in text or not _LEFT.search(_asking(text)))
    ):
        return target.fewer(terms[0], rates[0])
    return target.left(terms[0], rates[0])


def _asking(text: str) -> str:
    return text.rsplit("–", 1)[-1].rsplit(":", 1)[-1]


def _baseline(mention: Mention, text: str) -> Term:
    if mention.unit is Unit.PCT:
        return own_term(mention, texts.BASELINE)
    if _CASES.match(text, mention.end):
        return Term(texts.BASELINE, mention.amount, texts.READMISSIONS, "question")
    if not _is_mass(mention, text):
        return Term(texts.BASELINE, mention.amount, PERCENT, "question")
    amount, unit = mention.amount, "ton"
    if "mio" in mention.text:
        unit = "mio. ton"
        amount = mention.amount / 10**6
    return Term(texts.BASELINE, amount, unit, "question")


def _is_mass(mention: Mention, text: str) -> bool:
    return re.match(r"\s*(?:mio\.?\s*)?tons?\b", text[mention.end :]) is not None or (
        "ton" in mention.noun
    )
