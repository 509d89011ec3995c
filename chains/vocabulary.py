"""The words of the corpus: how a word typed without æ, ø, å, or with a slip, is spelt."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from chains.selection import stems_near
from corpus.places import find_places
from corpus.words import STOP_WORDS, content_stems, fold_letters, stem, tokenize
from ingest.index import Corpus

_TYPED = re.compile(r"[a-zA-Z]*(?:ae|oe|aa|AE|OE|AA|Ae|Oe|Aa)[a-zA-Z]*")
_LETTERS = re.compile(r"ae|oe|aa")
_AS_TYPED = {"ae": "æ", "oe": "ø", "aa": "å"}
_WORD = re.compile(r"[a-zæøåé]+", re.IGNORECASE)
_ENDINGS = ("", "et", "en", "ets", "ens", "s", "er", "erne", "ernes", "ne", "e")
_LONG = 5
"""Letters from which on a word is mended; a shorter one may be too many others."""
_NEAR = 0.82
_SHORTEST = 5
_BARE = str.maketrans("æ", "e")
"""What is written as it sounds: "anleg"; "loft" and "løft" are two words, so æ alone."""
_MARKS = str.maketrans("æøå", "aoa")
_SPELT, _TWO_SLIPS = 5, 10
"""Letters from which on one slip, or two, are mended toward any word of the texts."""
_LIKE, _PART = 5, 4
_MARKED = re.compile("[æøå]", re.IGNORECASE)
ASKING = (
    "hvad hvor mange meget hvilke hvilken beløb penge kroner millioner milliarder procent "
    "procentpoint andel andelen del delen region regioner regionen regionerne regionernes "
    "regional kommune kommuner kommunen kommunerne kommunernes kommunal staten statens statslig "
    "samlet samlede tilsammen sammen lagt sammenlagt forskel forskellen difference gennemsnit "
    "gennemsnitlig stigning stiger ændring omregn omregnet fordel fordeles deles fordelt nøgle "
    "nøglen opfyldt opfyldte opfylder kriterium kriterie kriterier kriterierne beholder beholde "
    "tilbage tilbagebetaling betale betaler betales aflevere årligt årlig indbygger indbyggere "
    "større mindre højere lavere flere færre "
    "baseline udgangspunkt måltal niveau perioden varigt varige sundhed anlæg udvikling drift "
    "budget budgetter budgettet ramme rammen loftet halvdel halvdelen priser prisniveau ialt "
    "fremskriv fremskrive regulering hundrede tusind million milliard halvanden summen summer "
    "andele andelene parterne "
    "parter parts parternes resten gange jævnt ligeligt sparer sparet koster kostede "
    "klarer rammer opfylde indfrier mister aflevere stykket enheder projekt projektet udgiften"
).split()


@dataclass(frozen=True)
class Spelling:
    """A text as the agreements would spell it."""

    text: str
    mended: tuple[tuple[str, str], ...]
    """(as typed, as read) of each slip; letters typed without their marks are none."""


class Vocabulary:
    """Every word of the texts, of their everyday words and of the registry of figures."""

    def __init__(self, corpus: Corpus) -> None:
        counts: Counter[str] = Counter(STOP_WORDS)
        for sentence in corpus.sentences:
            counts.update(tokenize(" ".join([sentence.text, *sentence.everyday])))
        own = [
            word
            for series in corpus.series
            for text in (series.label, *series.first.aliases, series.first.noun)
            for word in tokenize(text)
        ]
        counts.update(own)
        counts.update(ASKING)
        self._spelling: dict[str, str] = {}
        self._marked: dict[str, str] = {}
        for word, _ in counts.most_common():
            self._spelling.setdefault(fold_letters(word), word)
            self._marked.setdefault(word.translate(_MARKS), word)
        self._counts = counts
        self._known = frozenset(counts)
        self._words = sorted(word for word in counts if len(word) >= _SPELT and word.isalpha())
        self._sentences = len(corpus.sentences)
        self._holding = Counter(
            stem
            for sentence in corpus.sentences
            for stem in stems_near(sentence.text, sentence.phrasings)
        )
        self._labels = frozenset(content_stems(" ".join(own)))
        self._right = sorted({w + end for w in (*own, *ASKING) if len(w) >= _LONG
                              for end in (_ENDINGS if w in own else ("",))})  # fmt: skip
        pairs = [(word.translate(_BARE), word) for word in (*own, *ASKING)]
        self._plain = {bare: word for bare, word in pairs
                       if len(word) >= _SHORTEST and bare != word}  # fmt: skip

    def holds(self, stem: str) -> bool:
        """Return whether a stem stands in a sentence, its everyday words or a figure's words."""
        return stem in self._holding or stem in self._labels

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is among the sentences and their phrasings; unknown ones most."""
        return math.log(1 + self._sentences / (1 + self._holding[stem]))

    def spell(self, text: str) -> Spelling:
        """Return the text as the agreements would spell it, with the slips that were mended.

        æ, ø, å are put where ae, oe, aa or, in a text without any of them, a and o were typed, and
        slips in words that are no Danish ones are mended: the model reads "naerhospitaler" and
        "sundhdesvæsen" poorly. Names, words of the texts and what nothing is near are left.
        """
        mended: dict[str, str] = {}

        def spell(match: re.Match[str]) -> str:
            word = match[0]
            lowered = word.lower()
            if lowered in self._known:
                return word
            if not marked and lowered in self._marked:
                return self._marked[lowered]
            name = match.start() > 0 and word[0].isupper()
            slip = "" if name or len(word) < _SPELT else self._nearest(lowered, marked)
            return mended.setdefault(word, slip) if slip else word

        marked = _MARKED.search(text) is not None
        text = _TYPED.sub(lambda match: self._spelling.get(match[0].lower(), match[0]), text)
        return Spelling(_WORD.sub(spell, text), tuple(mended.items()))

    def _nearest(self, word: str, marked: bool) -> str:
        """Return the word of the texts that a word which is no Danish one is a slip of, if any.

        Another form of a word of the texts is no slip, nor is "løft" for "loft" where marks are
        typed. Of words as near the most frequent one is meant.
        """
        if _is_danish(word) or find_places(word):
            return ""
        most = 1 + (len(word) >= _TWO_SLIPS)
        found = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=most, limit=_LIKE
        )
        alike = [(distance, _is_other(word, other), -self._counts[other], other)
                 for other, distance, _ in found if other[0] == word[0]]  # fmt: skip
        if not alike:
            return ""
        *_, other = min(alike)
        letters_alone = marked and other.translate(_MARKS) == word.translate(_MARKS)
        return "" if letters_alone or stem(other) == stem(word) else other

    def mend(self, text: str) -> str:
        """Return the text with slips mended toward the registry's words and those of asking.

        Only a word that is no Danish one and stands nowhere in the texts is mended, and only
        toward one that is very near.
        """
        return _WORD.sub(lambda match: self._mend(match[0]), text)

    def _mend(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self._known:
            return word
        if lowered in self._plain:
            return self._plain[lowered]
        if len(word) < _LONG or simplemma.is_known(lowered, lang="da"):
            return word
        lettered = _LETTERS.sub(lambda m: _AS_TYPED[m[0]], lowered)
        for typed in dict.fromkeys((lowered, lettered)):
            found = process.extractOne(
                typed, self._right, scorer=OSA.normalized_similarity, score_cutoff=_NEAR
            )
            if found is not None and found[0][0] == typed[0]:  # slips are rare in a first letter
                return str(found[0])
        return lettered


def _is_danish(word: str) -> bool:
    """Return whether a word, or each half of a compound, stands in a dictionary."""
    known = partial(simplemma.is_known, lang="da")
    return known(word) or any(
        known(word[:i].removesuffix("s")) and known(word[i:])
        for i in range(_PART, len(word) - _PART + 1)
    )


def _is_other(word: str, other: str) -> bool:
    """Return whether a letter was struck for another, which is rarer than one left out."""
    return len(word) == len(other) and sorted(word) != sorted(other)
