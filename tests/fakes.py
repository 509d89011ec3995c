"""A stand-in for the embedding model that obeys its protocol, for tests without torch."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from chains.retrieve import SentenceScore
from chains.selection import Candidate
from corpus.words import content_stems
from ingest.embed import Vectors
from ingest.index import Corpus

DIMENSION = 512


class FakeEmbedder:
    """Texts that share stems are near each other; counts what it embeds."""

    def __init__(self, id_: str = "fake") -> None:
        self.id = id_
        self.passages_embedded = 0

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        self.passages_embedded += len(texts)
        if progress:
            progress(len(texts))
        return np.stack([self._embed(text) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._embed(text) for text in texts])

    def fits(self, text: str) -> bool:
        return len(text) < 2_000

    def _embed(self, text: str) -> Vectors:
        vector = np.full(DIMENSION, 0.01, np.float32)
        for stem in content_stems(text):
            vector[zlib.crc32(stem.encode()) % DIMENSION] += 1
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def make_candidate(corpus: Corpus, agreement_id: str, begins: str) -> Candidate:
    """Return the first sentence of an agreement that begins so, as one that may answer."""
    passages = {p.id: p for p in corpus.passages if p.agreement_id == agreement_id}
    sentence = next(
        s for s in corpus.sentences if s.passage_id in passages and s.text.startswith(begins)
    )
    scores = SentenceScore(sentence, cosine=0.5, nearest=0.5, several=0.5, words=1.0)
    return Candidate(sentence, passages[sentence.passage_id], scores, (), 1.0, 1.0)
