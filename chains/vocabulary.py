"""The words of the corpus: which there are, and how one typed without æ, ø, å is spelt."""

from __future__ import annotations

import re
from collections import Counter

from corpus.words import STOP_WORDS, fold_letters, tokenize
from ingest.index import Corpus

_TYPED = re.compile(r"[a-zA-Z]*(?:ae|oe|aa|AE|OE|AA|Ae|Oe|Aa)[a-zA-Z]*")


class Vocabulary:
    """Every word of the texts and of their everyday words."""

    def __init__(self, corpus: Corpus) -> None:
        counts: Counter[str] = Counter(STOP_WORDS)
        for sentence in corpus.sentences:
            counts.update(tokenize(" ".join([sentence.text, *sentence.everyday])))
        self._spelling: dict[str, str] = {}
        for word, _ in counts.most_common():
            self._spelling.setdefault(fold_letters(word), word)

    def restore_letters(self, text: str) -> str:
        """Return the text with æ, ø, å where it was typed with ae, oe, aa.

        The model reads "naerhospitaler" poorly. A word that the corpus does not know is left.
        """
        return _TYPED.sub(lambda match: self._spelling.get(match[0].lower(), match[0]), text)
