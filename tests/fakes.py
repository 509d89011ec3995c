"""A stand-in for the embedding model that obeys its protocol, for tests without torch."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from corpus.words import content_stems
from ingest.embed import Vectors

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
