"""Question -> the series of agreed figures it may ask for, best first.

A linear model over a handful of features; its weights are learned on `dev` by
`python -m eval.train` and lie in `weights.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chains.lookup import FigureWords
from chains.mentions import Mentions
from chains.selection import Candidate
from chains.understand import Reading, Wants
from corpus.agreed import Per, Series
from corpus.models import Unit
from corpus.words import stem

FEATURES = (
    "coverage", "phrase", "focus", "cosine", "sentence", "first_sentence", "unit_fits",
    "unit_misses", "year_fits", "year_misses", "party_fits", "party_misses",
    "yearly_fits", "has_share", "span_fits", "span_misses", "parent_of_party", "noun_fits",
    "whole_fits", "part_misses",
)  # fmt: skip
_MONEY = {Unit.KR, Unit.KR_PER_INHABITANT}
_SHARES = {Unit.PCT, Unit.PCT_POINT}
_RECEIVERS = {"kommunerne", "regionerne"}
_BEST_SENTENCES = 12
_NAMED = 3.0
"""What it weighs that the question names the very amount; too rare on `dev` to be learned."""
_LASTING = 2.0
"""What it weighs that a figure holds from the year on from which the question asks; as rare."""
_FROM_ON = re.compile(r"\bfra (?:og med )?((?:19|20)\d\d)\b(?! (?:til|og til)|\s*[-–])")
_ASKED_NOUN = re.compile(r"\b(?:hvor mange|antal(?:let af)?|hvor mange af de|over hvor mange) "
                         r"(?:af |de |nye |ekstra |flere )*([a-zæøå]+)")  # fmt: skip
_IN_ALL = re.compile(r"\b(?:i alt|ialt|samlet|samlede|tilsammen|hele|total\w*)\b")


@dataclass(frozen=True)
class Found:
    """A series that a question may ask for."""

    series: Series
    number: int
    """Its place in `corpus.series`."""
    features: tuple[float, ...]
    score: float
    share: float
    """Its share of the whole (softmax); all series add up to 1."""


def rank_series(
    reading: Reading,
    mentions: Mentions,
    words: FigureWords,
    near: Iterable[tuple[int, float]],
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
    agreements: Sequence[str] | None = None,
) -> list[Found]:
    """Return all series of the chosen agreements, best first."""
    if not words.series:
        return []
    whole = words.score(mentions.text)
    focus = words.score(reading.focus)
    sentences = _sentence_scores(words.series, candidates)
    cosines = np.zeros(len(words.series))
    for number, cosine in near:
        cosines[number] = cosine
    top = float(cosines.max(initial=0.0))
    rows = [
        (
            float(whole.coverage[i]),
            float(whole.phrase[i]),
            float(focus.score[i]),
            20 * (float(cosines[i]) - top) if cosines[i] else -2.0,
            *sentences[i],
            *_fits(series, reading, mentions),
        )
        for i, series in enumerate(words.series)
    ]
    parents = {(s.agreement_id, s.first.part_of, s.first.party) for s in words.series}
    named = set(mentions.parties)
    rows = [
        (
            *row,
            float(
                not series.first.party
                and any((series.agreement_id, series.id, party) in parents for party in named)
            ),
            *_wording(series, mentions),
        )
        for row, series in zip(rows, words.series, strict=True)
    ]
    totals = np.array(rows) @ np.array([weights[name] for name in FEATURES])
    totals = totals + _NAMED * np.array([_names_value(s, mentions) for s in words.series])
    totals = totals + _LASTING * np.array([_lasts(s, mentions) for s in words.series])
    allowed = np.array([agreements is None or s.agreement_id in agreements for s in words.series])
    totals = np.where(allowed, totals, -1e3)
    shares = np.exp(totals - totals.max())
    shares /= shares.sum()
    found = [
        Found(s, i, rows[i], float(totals[i]), float(shares[i]))
        for i, s in enumerate(words.series)
        if allowed[i]
    ]
    return sorted(found, key=lambda f: (-f.score, f.number))


def _sentence_scores(
    series: Sequence[Series], candidates: Sequence[Candidate]
) -> list[tuple[float, float]]:
    """Return for each series (share of its best sentence, 1 if that is the first of all)."""
    best = candidates[:_BEST_SENTENCES]
    scores: list[tuple[float, float]] = []
    for one in series:
        found = (0.0, 0.0)
        for place, candidate in enumerate(best):
            if stands_in(one, candidate):
                found = (candidate.share, float(place == 0))
                break
        scores.append(found)
    return scores


def stands_in(series: Series, candidate: Candidate) -> bool:
    """Return whether a sentence prints a figure of a series."""
    span = candidate.sentence
    return series.agreement_id == candidate.passage.agreement_id and any(
        span.start <= place.start < span.end
        for figure in series.figures
        for place in (figure.place, *figure.repeats)
    )


def _fits(series: Series, reading: Reading, mentions: Mentions) -> tuple[float, ...]:
    unit = series.first.unit
    fits, misses = _unit_fits(unit, reading, mentions)
    years = mentions.covered_years()
    holding = [y for y in years if any(f.covers(y) for f in series.figures)]
    stated = any(f.period for f in series.figures)
    own = {series.first.party, series.first.receiver, series.first.payer} - {""}
    named = set(mentions.parties)
    party = series.first.party
    party_fits = float(bool(party) and party in named) or 0.5 * float(bool(own & named))
    both = series.is_joint and len(named & _RECEIVERS) == 1
    party_misses = float((bool(party) and bool(named) and party not in named) or both)
    yearly = series.first.per is Per.YEAR and any(
        word in mentions.text for word in ("årlig", "om året", "pr. år", "hvert år", "varig")
    )
    return (
        fits,
        misses,
        float(bool(years) and bool(holding) and stated),
        float(bool(years) and not holding),
        party_fits,
        party_misses,
        float(yearly),
        float(unit in _SHARES),
        *_span_fits(series, mentions),
    )


def _names_value(series: Series, mentions: Mentions) -> bool:
    """Return whether a question names an amount or share that a series prints."""
    asked = {(m.amount, m.unit) for m in mentions.numbers if m.unit is not Unit.NUMBER}
    return any(
        (place.quantity.amount, place.quantity.unit) in asked
        for figure in series.figures
        for place in (figure.place, *figure.repeats)
    )


def _lasts(series: Series, mentions: Mentions) -> bool:
    """Return whether a figure is stated from a year on, without an end, as a question asks."""
    asked = {int(year) for year in _FROM_ON.findall(mentions.text)}
    return any(
        figure.period is not None and figure.period.last is None and figure.period.first in asked
        for figure in series.figures
    )


def _span_fits(series: Series, mentions: Mentions) -> tuple[float, float]:
    """Return whether an amount in all covers just the span asked for, and whether it cannot.

    What is stated in all for several years is not stated for one of them.
    """
    figure = series.first
    if figure.per is not Per.TOTAL or figure.period is None or figure.period.last is None:
        return 0.0, 0.0
    years = mentions.covered_years()
    if not years:
        return 0.0, 0.0
    if mentions.spans:
        own = mentions.spans[0] == figure.period
        return float(own), float(not own)
    last = figure.period.last
    return float(last in years), float(len(years) == 1 and figure.period.first != last)


def _wording(series: Series, mentions: Mentions) -> tuple[float, float, float]:
    """Return whether the counted noun is the figure's, and whether whole and part are as asked."""
    asked = _ASKED_NOUN.search(mentions.text)
    noun = stem(asked[1]) if asked else ""
    own = [stem(word) for word in series.first.noun.lower().split()]
    noun_fits = float(bool(noun) and any(noun in o or o in noun for o in own))
    in_all = _IN_ALL.search(mentions.text) is not None
    total = series.first.per is Per.TOTAL or not series.first.part_of
    return noun_fits, float(in_all and total), float(in_all and bool(series.first.part_of))


def _unit_fits(unit: Unit, reading: Reading, mentions: Mentions) -> tuple[float, float]:
    """Return whether a unit is the kind asked for, and whether it is another."""
    match reading.wants:
        case Wants.MONEY:
            wanted = {Unit.KR, Unit.KR_PER_INHABITANT}
        case Wants.AMOUNT:
            return float(unit in _MONEY), float(unit is Unit.NUMBER)
        case Wants.SHARE:
            wanted = _SHARES
        case Wants.COUNT:
            wanted = {Unit.NUMBER}
        case _:
            if mentions.unit_asked:
                wanted = {Unit.KR, Unit.KR_PER_INHABITANT}
            else:
                return 0.0, 0.0
    return float(unit in wanted), float(unit not in wanted)
