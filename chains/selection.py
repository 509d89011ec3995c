"""Question + hits -> the sentences that answer, best first.

Each sentence of the best passages is a candidate with a handful of features; a linear model ranks
them. Its weights are in `weights.json`, learned on `dev` by `python -m eval.train`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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
BROAD_QUOTES, BROAD_WORDS, BROAD_NEAR = 6, 240, 0.25
"""An overview quotes more, and what is less near the best (times `weights.near`)."""
FOLLOWS = 0.03
"""How near a sentence must be (times `weights.near`) that goes on about what a chosen one says."""
LIST_WORDS = 300
"""Words of a list that is asked for."""
EACH = 2
"""Quotes from each of several agreements that are set side by side."""
ITEM_WORDS = 30
"""A longer list item is a paragraph of its own and quoted by the sentence."""
FEATURES = (
    "cosine", "nearest", "several", "passage", "words", "passage_words", "rank", "first_passage",
    "meets_demand", "misses_demand", "holds_year", "misses_year", "coverage", "length", "beside",
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
_WHOLE = (0.45, 1.0, 0.4, 0.2, 2.9, 2.0)
"""What makes one nearness of `_nearness`'s columns, for neighbours alone."""
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
        (place, hit, scores)
        for place, hit in enumerate(hits[:PASSAGES])
        for scores in hit.sentences
    ]
    if not found:
        return []
    near = _nearness(found)
    stems = asked_stems(reading)
    rows = np.array(
        [
            (*own, *_facts_met(reading, place, scores), coverage(stems, scores.sentence), *lasts)
            for own, lasts, (place, _, scores) in zip(
                near, _beside(found, near), found, strict=True
            )
        ]
    )
    totals = rows @ np.array([weights.selection[name] for name in FEATURES])
    shares = np.exp(totals - totals.max())
    shares /= shares.sum()
    candidates = [
        Candidate(scores.sentence, hit.passage, scores, tuple(row), float(total), float(share))
        for (_, hit, scores), row, total, share in zip(found, rows, totals, shares, strict=True)
    ]
    return sorted(candidates, key=lambda c: (-c.score, c.passage.id, c.sentence.start))


_Found = Sequence[tuple[int, Hit, SentenceScore]]


def _nearness(found: _Found) -> NDArray[np.float64]:
    """Return (n, 6): how near sentence, phrasings, passage and words are, beside the nearest."""
    cosines = np.array([(s.cosine, s.nearest, s.several, hit.cosine) for _, hit, s in found])
    words = np.array([(scores.words, hit.words) for _, hit, scores in found])
    best = np.maximum(words.max(axis=0), 1e-9)
    return np.hstack([20 * (cosines - cosines.max(axis=0)), words / best])


def _beside(found: _Found, near: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return for each sentence its length and how near the nearer of its neighbours is."""
    whole = near @ np.array(_WHOLE)
    lasts: list[tuple[float, float]] = []
    for i, (place, _, scores) in enumerate(found):
        beside = [whole[j] for j in (i - 1, i + 1) if 0 <= j < len(found) and found[j][0] == place]
        length = min(find_facts(scores.sentence.text).words, 60) / 30
        lasts.append((length, max(beside, default=whole[i]) / 5))
    return lasts


def _facts_met(reading: Reading, place: int, scores: SentenceScore) -> tuple[float, ...]:
    facts = find_facts(scores.sentence.text)
    demand = meets_demand(reading.wants, facts)
    holds = any(year in facts.years for year in reading.years)
    return (
        1 / (3 + place),
        float(place == 0),
        float(demand is True),
        float(demand is False),
        float(holds),
        float(bool(reading.years) and not holds and bool(facts.years)),
    )


def asked_stems(reading: Reading) -> frozenset[str]:
    """Return the stems that a question is about, numbers left out."""
    return frozenset(s for s in content_stems(reading.standalone) if not s[0].isdigit())


def coverage(stems: frozenset[str], sentence: Sentence, around: str = "") -> float:
    """Return the share of stems, long ones counting more, in a sentence and its phrasings."""
    total = sum(math.sqrt(len(stem)) for stem in stems)
    known = stems & stems_near(f"{around} {sentence.text}", sentence.phrasings)
    return sum(math.sqrt(len(stem)) for stem in known) / total if total else 0.0


def own_coverage(stems: frozenset[str], sentence: Sentence) -> float:
    """Return the share of stems, long ones counting more, in a sentence itself."""
    total = sum(math.sqrt(len(stem)) for stem in stems)
    known = stems & stems_near(sentence.text, ())
    return sum(math.sqrt(len(stem)) for stem in known) / total if total else 0.0


@lru_cache(maxsize=20_000)
def stems_near(text: str, phrasings: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of a text and of its phrasings."""
    return frozenset(content_stems(" ".join([text, *phrasings])))


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
    broad = reading.wants is Wants.OVERVIEW
    most, most_words = (BROAD_QUOTES, BROAD_WORDS) if broad else (MAX_QUOTES, MAX_WORDS)
    least = weights.near * (BROAD_NEAR if broad else 1.0) * best.share
    for candidate in candidates[1:]:
        length = find_facts(candidate.sentence.text).words
        follows = any(_goes_on(candidate, other) for other in chosen)
        near = candidate.share >= least * (FOLLOWS if follows else 1.0)
        adds = follows or _adds(candidate, chosen, reading)
        if near and words + length <= most_words and adds:
            chosen.append(candidate)
            words += length
        if len(chosen) == most:
            break
    return chosen


def _goes_on(candidate: Candidate, before: Candidate) -> bool:
    """Return whether a sentence goes on about what the one right before it says.

    It points back ("Det skal ...") or opens with a noun of the other's ("Indsatserne ...").
    """
    own, other = candidate.sentence, before.sentence
    if own.block != other.block or not 0 <= own.start - other.end <= 1:
        return False
    first = own.text.split(maxsplit=1)[0]
    return leans_on_previous(own.text) or stem(first) in content_stems(other.text)


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
        if len(items) > 1 and candidate in items and total <= LIST_WORDS:
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
