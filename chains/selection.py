"""Question + hits -> the sentences that answer, best first.

Each sentence of the best passages is a candidate with a handful of features; a linear model ranks
them. Its weights are in `weights.json`, learned on `dev` by `python -m eval.train`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chains.retrieve import Hit, SentenceScore
from chains.understand import Reading, Wants
from chains.weights import Weights
from corpus.danish import find_quantities
from corpus.models import Passage, SectionKind, Sentence, Unit
from corpus.words import content_stems, stem
from corpus.years import YearSet, find_years

PASSAGES = 10
MAX_QUOTES = 3
MAX_WORDS = 120
EACH = 2
"""Quotes from each of several agreements that are set side by side."""
ITEM_WORDS = 30
"""A longer list item is a paragraph of its own and quoted by the sentence."""
FEATURES = (
    "cosine", "everyday_cosine", "words", "rank", "first_passage", "meets_demand",
    "misses_demand", "holds_year", "misses_year", "length",
)  # fmt: skip

_WHO = re.compile(
    r"[Rr]egeringen|Danske Regioner|\bKL\b|\w*(?:ministeriet|styrelsen|fond(?:en)?|forening\w*)\b|"
    r"[Pp]arterne|[Rr]egionerne|[Kk]ommunerne|[Ss]taten|[Tt]ask force|\w*(?:gruppe|udvalg)\w*|"
    r"Region "
)
_WHEN = re.compile(
    r"\b(?:(?:19|20)\d\d|januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
    r"november|december|ultimo|medio|primo|foråret|efteråret|sommer\w*|årligt|inden|senest)\b"
)
_WHY = re.compile(
    r"\b(?:fordi|skyldes|grundet|idet|på grund af|således at|med henblik på|for at|"
    r"som følge af|formål\w*|derfor|på baggrund af|i lyset af|"
    r"skal (?:bidrage|understøtte|sikre|gøre))\b"
)
_COUNT_WORD = re.compile(r"\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|tolv)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"(?:Det|Den|De|Dette|Denne|Disse|Heraf|Hertil|Herudover|Herunder|Midlerne|Pengene|Initiativet|"
    r"Undersøgelsen|Kommissionen|Centeret|Analyserne|Aftalerne|Modellen|Planen|Arbejdet)\b"
)
_REFERS_BACK = re.compile(r"\b(?:heraf|hertil|heri|hermed|dermed|derved|herom)\b")
_OPENING = 60
_LIST_NOUN = re.compile(
    r"\b(?:hvilke|hvad er de|nævn|list|remse)\b"
    r"(?: (?:de|to|tre|fire|fem|seks|syv|otte|\d+|konkrete))* ([a-zæøå]+)"
)
_ITEM_MARK = re.compile(r"(?:^|\n)(?:[•◦]|\d{1,2}\.) $")
_SAME = 0.75
"""Share of stems from which on two sentences say the same."""
_YEARS_OF_NUMBER = (1900, 2100)


@dataclass(frozen=True)
class Facts:
    """What kinds of thing a sentence holds."""

    money: bool
    share: bool
    count: bool
    who: bool
    when: bool
    why: bool
    years: YearSet
    words: int


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer."""

    sentence: Sentence
    passage: Passage
    scores: SentenceScore
    features: tuple[float, ...]
    score: float
    share: float
    """Its share of the whole (softmax); all candidates add up to 1."""


@lru_cache(maxsize=20_000)
def find_facts(text: str) -> Facts:
    """Return what kinds of thing a sentence holds."""
    quantities = [quantity for quantity, _, _ in find_quantities(text)]
    units = {quantity.unit for quantity in quantities}
    first, last = _YEARS_OF_NUMBER
    counts = [q for q in quantities if q.unit is Unit.NUMBER and not first < q.amount < last]
    return Facts(
        money=bool(units & {Unit.KR, Unit.KR_PER_INHABITANT}),
        share=bool(units & {Unit.PCT, Unit.PCT_POINT}),
        count=bool(counts) or _COUNT_WORD.search(text) is not None,
        who=_WHO.search(text) is not None,
        when=_WHEN.search(text) is not None,
        why=_WHY.search(text) is not None,
        years=find_years(text),
        words=len(text.split()),
    )


def meets_demand(wants: Wants, facts: Facts) -> bool | None:
    """Return whether a sentence holds the kind of thing asked for; None where none is."""
    match wants:
        case Wants.MONEY:
            return facts.money
        case Wants.AMOUNT:
            return facts.money or facts.share or facts.count
        case Wants.COUNT:
            return facts.count
        case Wants.SHARE:
            return facts.share
        case Wants.WHEN:
            return facts.when
        case Wants.WHO:
            return facts.who
        case Wants.WHY:
            return facts.why
        case _:
            return None


def rank(reading: Reading, hits: Sequence[Hit], weights: Weights) -> list[Candidate]:
    """Return the sentences of the best passages as candidates, best first."""
    found = [
        (place, hit.passage, scores)
        for place, hit in enumerate(hits[:PASSAGES])
        for scores in hit.sentences
    ]
    if not found:
        return []
    best = (
        max(scores.cosine for _, _, scores in found),
        max(scores.everyday_cosine for _, _, scores in found),
        max(scores.words for _, _, scores in found) or 1.0,
    )
    rows = [_features(reading, place, scores, best) for place, _, scores in found]
    totals = np.array(rows) @ np.array([weights.selection[name] for name in FEATURES])
    shares = np.exp(totals - totals.max())
    shares /= shares.sum()
    candidates = [
        Candidate(scores.sentence, passage, scores, row, float(total), float(share))
        for (_, passage, scores), row, total, share in zip(found, rows, totals, shares, strict=True)
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.passage.id, c.sentence.start))


def _features(
    reading: Reading, place: int, scores: SentenceScore, best: tuple[float, float, float]
) -> tuple[float, ...]:
    facts = find_facts(scores.sentence.text)
    demand = meets_demand(reading.wants, facts)
    holds = any(year in facts.years for year in reading.years)
    return (
        20 * (scores.cosine - best[0]),
        20 * (scores.everyday_cosine - best[1]),
        scores.words / best[2],
        1 / (3 + place),
        float(place == 0),
        float(demand is True),
        float(demand is False),
        float(holds),
        float(bool(reading.years) and not holds and bool(facts.years)),
        min(facts.words, 60) / 30,
    )


def choose(candidates: Sequence[Candidate], reading: Reading, weights: Weights) -> list[Candidate]:
    """Return what is to be quoted: the best, and what comes near it, within the limits."""
    if not candidates:
        return []
    items = _list_around(candidates, reading)
    if items:
        return items
    best = candidates[0]
    chosen = [best]
    words = find_facts(best.sentence.text).words
    for candidate in candidates[1:]:
        length = find_facts(candidate.sentence.text).words
        near = candidate.share >= weights.near * best.share
        if near and words + length <= MAX_WORDS and _adds(candidate, chosen, reading):
            chosen.append(candidate)
            words += length
        if len(chosen) == MAX_QUOTES:
            break
    return chosen


def choose_each(
    candidates: Sequence[Candidate], agreements: Sequence[str], reading: Reading, weights: Weights
) -> list[Candidate]:
    """Return what is to be quoted of each agreement: its best, and what comes near that."""
    chosen: list[Candidate] = []
    for agreement_id in agreements:
        own = [c for c in candidates if c.passage.agreement_id == agreement_id]
        chosen += choose(own, reading, weights)[:EACH]
    return chosen


def _adds(candidate: Candidate, chosen: Sequence[Candidate], reading: Reading) -> bool:
    """Return whether a further quote says something that those before it do not.

    A title says nothing beside a sentence; where the best holds the one kind of thing or the year
    asked for, so must the rest; and the same words need not be read twice.
    """
    if candidate.passage.section_kind is SectionKind.FRONT:
        return False
    own = find_facts(candidate.sentence.text)
    best = find_facts(chosen[0].sentence.text)
    one = reading.asks < 2
    if one and meets_demand(reading.wants, best) and not meets_demand(reading.wants, own):
        return False
    if any(year in best.years and own.years and year not in own.years for year in reading.years):
        return False
    stems = set(content_stems(candidate.sentence.text))
    return not any(
        len(stems & set(content_stems(other.sentence.text))) >= _SAME * len(stems)
        for other in chosen
    )


def _list_around(candidates: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """Return a whole list, in its order, if one is asked for.

    It is the list under a heading that names what is asked for ("hvilke kriterier": "Kriterier i
    nærhedsfinansiering for 2021"), else the one that the best candidate is an item of.
    """
    if reading.wants not in {Wants.LIST, Wants.OVERVIEW}:
        return []
    asked = _LIST_NOUN.search(reading.focus.lower())
    noun = stem(asked[1]) if asked else ""
    named = [c for c in candidates if noun and noun in content_stems(c.passage.heading)]
    for candidate in [*named, candidates[0]]:
        if not _is_item(candidate):
            continue
        own = [c for c in candidates if c.passage.id == candidate.passage.id]
        items = [c for c in own if _is_item(c) and find_facts(c.sentence.text).words <= ITEM_WORDS]
        total = sum(find_facts(c.sentence.text).words for c in items)
        if len(items) > 1 and candidate in items and total <= MAX_WORDS:
            return sorted(items, key=lambda c: c.sentence.start)
    return []


def _is_item(candidate: Candidate) -> bool:
    """Return whether a sentence opens an item of a list."""
    offset = candidate.sentence.start - candidate.passage.start
    return _ITEM_MARK.search(candidate.passage.text[:offset][-5:]) is not None


def leans_on_previous(text: str) -> bool:
    """Return whether a sentence cannot be understood without the one before it.

    >>> leans_on_previous("Kommunernes andel heraf udgør 53,4 mio. kr. i 2021.")
    True
    """
    return _LEANS.match(text) is not None or _REFERS_BACK.search(text[:_OPENING]) is not None
