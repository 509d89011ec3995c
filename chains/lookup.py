"""Words of a question -> the agreed figures they may mean: every series is scored.

Words meet by stem, as part of a compound and, for typos, by shared 4-grams. A part of a question
can be scored as well as the whole, so that "forskellen mellem A og B" finds two series.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.agreed import Series
from corpus.words import char_grams, content_stems, stem
from ingest.index import Corpus

_EXACT, _PART, _LIKE = 1.0, 0.75, 0.6
_MIN_PART = 4
"""Letters that a part of a compound has at least."""
_ALIKE = 0.5
"""Share of 4-grams from which on two words are one word, typed differently."""
_WEIGHTS = {"label": 1.0, "alias": 1.0, "party": 0.9, "near": 0.5}
_GENERIC = frozenset(
    stem(word)
    for word in (
        "penge kroner kr mio mia million millioner milliard milliarder beløb midler midlerne sum "
        "procent pct tal tallet stor stort store høj højt mange antal samlet samlede alt ialt "
        "tilsammen år årligt årlig pr per afsat afsættes sætter sat giver give gives udgør udgøre "
        "regnet hvad hvor regn regne beregn find vis oplys spørgsmål svar brug bruges gerne ifølge "
        "hel hele helt præcis nøjagtig læg lægge lagt sammen mere mindre flere færre større højere "
        "lavere forskel forskellen difference differencen minus plus gange del dele deles andel "
        "andelen part gennemsnit snit summen sammenlagt stigning stiger vokser falder ændring "
        "omregn omregnet skriv hvormeget hvormange tænkt hypotetisk antag hvis ville bliver blive "
        "region regioner regionerne regionernes regional kommune kommuner kommunerne kommunernes "
        "kommunal stat staten statens statslig vores kollega notat møde vh enkelt enkelte dele "
        "parter part koste koster kostede kostet betale betaler betales betalt få tilføres "
        "året årets årene perioden videre fortsætter uændret føres løber samme ekstra gamle nye "
        "ny nyt gammel ift"
    ).split()
)
"""Words of asking and counting; parties are read as such and weighed apart."""


@dataclass(frozen=True)
class WordScores:
    """For each series how well words and registry meet, each from 0 to 1."""

    coverage: NDArray[np.float64]
    """Share of the words, rare ones counting more, that the series knows."""
    phrase: NDArray[np.float64]
    """How well the best label or alias and the words meet (F1)."""

    mass: NDArray[np.float64]
    """Sum of the rarities of the words that the series knows."""

    @property
    def score(self) -> NDArray[np.float64]:
        """Both in one."""
        return (self.coverage + self.phrase) / 2


@dataclass(frozen=True)
class SeriesWords:
    """The words of the series of some agreements, before they are weighed against each other."""

    series: tuple[Series, ...]
    weights: tuple[dict[str, float], ...]
    """For each series its words and what each counts."""
    phrases: tuple[tuple[int, frozenset[str]], ...]
    """(number of the series, words) of each label and alias."""


def read_words(corpus: Corpus) -> SeriesWords:
    """Return the words of the registry of a corpus; what takes long is done here."""
    near = _words_near(corpus)
    weights: list[dict[str, float]] = []
    phrases: list[tuple[int, frozenset[str]]] = []
    for number, series in enumerate(corpus.series):
        first = series.first
        fields = {
            "near": near[number],
            "party": [first.party, first.receiver, first.payer, first.channel, first.area],
            "alias": list(first.aliases),
            "label": [f.label for f in series.figures[:1]] + [first.noun],
        }
        own: dict[str, float] = {}
        for name, values in fields.items():
            for word in topic_stems(" ".join(values)):
                own[word] = max(own.get(word, 0.0), _WEIGHTS[name])
        weights.append(own)
        for text in (first.label, *first.aliases):
            words = frozenset(topic_stems(text))
            if words:
                phrases.append((number, words))
    return SeriesWords(corpus.series, tuple(weights), tuple(phrases))


class FigureWords:
    """The words of the registry, scored against those of a question."""

    def __init__(self, parts: Iterable[SeriesWords]) -> None:
        own: list[Series] = []
        weights: list[dict[str, float]] = []
        phrases: list[tuple[int, frozenset[str]]] = []
        for part in parts:
            phrases += [(len(own) + number, words) for number, words in part.phrases]
            weights += part.weights
            own += part.series
        self.series: tuple[Series, ...] = tuple(own)
        self._weights = weights
        self._phrases = [words for _, words in phrases]
        self._owner = np.array([number for number, _ in phrases], dtype=int)
        counts = Counter(word for own in weights for word in own)
        total = max(1, len(self.series))
        self._idf = {word: math.log(1 + total / count) for word, count in counts.items()}
        self._unknown = math.log(1 + total)
        self._totals = np.array([sum(self._idf[w] for w in words) for words in self._phrases])
        self._grams: dict[str, set[str]] = {}
        for word in self._idf:
            for gram in char_grams(word):
                self._grams.setdefault(gram, set()).add(word)
        self._cache: dict[str, tuple[float, NDArray[np.float64], NDArray[np.float64],
                                     NDArray[np.float64]]] = {}  # fmt: skip

    def score(self, text: str) -> WordScores:
        """Score every series against the words of a text."""
        words = list(dict.fromkeys(topic_stems(text)))
        count = len(self.series)
        if not words or not count:
            return WordScores(np.zeros(count), np.zeros(count), np.zeros(count))
        rows = [self._row(word) for word in words]
        whole = sum(rarity for rarity, _, _, _ in rows)
        mass = np.asarray(sum(rarity * known for rarity, known, _, _ in rows))
        of_text = sum(rarity * hit for rarity, _, hit, _ in rows) / whole
        of_phrase = np.minimum(1.0, sum(part for _, _, _, part in rows) / self._totals)
        both = of_text + of_phrase
        f1 = np.divide(2 * of_text * of_phrase, both, out=np.zeros_like(both), where=both > 0)
        best = np.zeros(count)
        np.maximum.at(best, self._owner, f1)
        return WordScores(mass / whole, best, mass)

    def _row(
        self, word: str
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return a word's rarity, and how well each series and each phrase knows it."""
        cached = self._cache.get(word)
        if cached is not None:
            return cached
        alike = self._alike(word)
        rarity = max((self._idf[other] for other in alike), default=self._unknown)
        known = np.array(
            [max((like * own.get(o, 0.0) for o, like in alike.items()), default=0.0)
             for own in self._weights]
        )  # fmt: skip
        hit = np.zeros(len(self._phrases))
        part = np.zeros(len(self._phrases))
        for number, phrase in enumerate(self._phrases):
            met = [(like, other) for other, like in alike.items() if other in phrase]
            if met:
                like, other = max(met)
                hit[number], part[number] = like, like * self._idf[other]
        if len(self._cache) < _CACHED:
            self._cache[word] = (rarity, known, hit, part)
        return rarity, known, hit, part

    def _alike(self, word: str) -> dict[str, float]:
        """Return the registry's words that a question's word may be, with how surely."""
        grams = set(char_grams(word))
        found: dict[str, float] = {}
        for other in {other for gram in grams for other in self._grams.get(gram, ())}:
            if other == word:
                found[other] = _EXACT
            elif min(len(word), len(other)) >= _MIN_PART and _is_part(word, other):
                found[other] = _PART
            else:
                mine = set(char_grams(other))
                if len(grams & mine) / len(grams | mine) >= _ALIKE:
                    found[other] = _LIKE
        return found


_CACHED = 20_000


def _is_part(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return long.startswith(short) or long.endswith(short)


def topic_stems(text: str) -> list[str]:
    """Return the stems that say what a text is about: no numbers, no words of asking."""
    return [s for s in content_stems(text) if s not in _GENERIC and not s[0].isdigit()]


def _words_near(corpus: Corpus) -> list[list[str]]:
    """Return for each series the sentences that print it, their everyday words and headings."""
    passages = {passage.id: passage for passage in corpus.passages}
    of: dict[str, list[tuple[int, int]]] = {}
    for number, sentence in enumerate(corpus.sentences):
        of.setdefault(passages[sentence.passage_id].agreement_id, []).append(
            (sentence.start, number)
        )
    for places in of.values():
        places.sort()
    near: list[list[str]] = []
    for series in corpus.series:
        places = of.get(series.agreement_id, [])
        numbers: set[int] = set()
        for start in (p.start for f in series.figures for p in (f.place, *f.repeats)):
            before = bisect_right(places, (start, len(corpus.sentences))) - 1
            if before >= 0 and start < corpus.sentences[places[before][1]].end:
                numbers.add(places[before][1])
        texts: list[str] = []
        for sentence in (corpus.sentences[number] for number in sorted(numbers)):
            section = passages[sentence.passage_id].section
            texts += [sentence.text, section, *sentence.everyday]
        near.append(list(dict.fromkeys(texts)))
    return near
