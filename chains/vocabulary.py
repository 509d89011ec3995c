"""The words of the corpus: how a word typed without æ, ø, å, or with a slip, is spelt."""

from __future__ import annotations

import math
import re
from collections import Counter

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from chains.selection import stems_near
from corpus.words import STOP_WORDS, fold_letters, tokenize
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
_ASKING = (
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
        counts.update(_ASKING)
        self._spelling: dict[str, str] = {}
        for word, _ in counts.most_common():
            self._spelling.setdefault(fold_letters(word), word)
        self._known = frozenset(counts)
        self._sentences = len(corpus.sentences)
        self._holding = Counter(
            stem
            for sentence in corpus.sentences
            for stem in stems_near(sentence.text, sentence.phrasings)
        )
        self._right = sorted({w + end for w in (*own, *_ASKING) if len(w) >= _LONG
                              for end in (_ENDINGS if w in own else ("",))})  # fmt: skip
        pairs = [(word.translate(_BARE), word) for word in (*own, *_ASKING)]
        self._plain = {bare: word for bare, word in pairs
                       if len(word) >= _SHORTEST and bare != word}  # fmt: skip

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is among the sentences and their phrasings; unknown ones most."""
        return math.log(1 + self._sentences / (1 + self._holding[stem]))

    def restore_letters(self, text: str) -> str:
        """Return the text with æ, ø, å where it was typed with ae, oe, aa.

        The model reads "naerhospitaler" poorly. A word that the corpus does not know is left.
        """
        return _TYPED.sub(lambda match: self._spelling.get(match[0].lower(), match[0]), text)

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
        found = process.extractOne(
            lowered, self._right, scorer=OSA.normalized_similarity, score_cutoff=_NEAR
        )
        if found is not None and found[0][0] == lowered[0]:  # slips are rare in a first letter
            return str(found[0])
        return _LETTERS.sub(lambda m: _AS_TYPED[m[0]], lowered)
