"""A stand-in for the embedding model whose cosines lie as close together as a real model's."""

from __future__ import annotations

import zlib

import numpy as np

from corpus.words import char_grams, content_stems
from ingest.embed import Vectors
from tests.fakes import FakeEmbedder

DIMENSION = 2_048
OWN = 0.3
"""Length of what is a text's own; the rest is common to all, so cosines lie above 0.9."""


class SoftEmbedder(FakeEmbedder):
    """Texts whose words share letters, four in a row, are nearer; a slip moves them a little."""

    def __init__(self) -> None:
        super().__init__("soft")

    def _embed(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSION, np.float32)
        for stem in content_stems(text):
            for gram in char_grams(stem):
                vector[zlib.crc32(gram.encode()) % (DIMENSION - 1)] += 1
        vector *= OWN / (np.linalg.norm(vector) or 1.0)
        vector[-1] = (1 - OWN**2) ** 0.5
        return vector
