"""Made-up agreements by the hundred, and vectors without a model, for crashes and for scale."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import yaml

from corpus.words import content_stems
from ingest.embed import Vectors

DIMENSION = 384
PER_AGREEMENT = 100
"""Passages of one agreement, at least; somewhat more than the larger of the real ones has."""
_SECTIONS = 200
_SUBJECTS = ("havne", "broer", "biblioteker", "svømmehaller", "cykelstier", "skove", "museer",
             "færger", "skolehaver", "varmeværker", "renseanlæg", "genbrugspladser")  # fmt: skip
_DEEDS = ("styrke", "udvide", "forny", "samle", "kortlægge", "drive", "vedligeholde", "åbne")
_SYLLABLES = ("ve", "ster", "mo", "lund", "by", "hav", "dal", "ra", "sø", "ker", "ting", "bjer")
_WHO = ("kommunerne", "regionerne", "staten", "parterne", "foreningerne", "selskaberne")


def write_agreements(folder: Path, passages: int, edition: int = 0) -> list[str]:
    """Write agreements with about so many passages; each edition changes the first of them."""
    folder.mkdir(parents=True, exist_ok=True)
    count = max(1, -(-passages // PER_AGREEMENT))
    ids = []
    for number in range(count):
        id_ = f"proeveaftale-{number:03}"
        sections = min(2 * passages, _SECTIONS)
        _write(folder, id_, number, sections, edition if number == 0 else 0)
        ids.append(id_)
    return ids


def _kind(number: int) -> str:
    """Return what an agreement is about; no two of a thousand are of one kind."""
    deed, rest = number % len(_DEEDS), number // len(_DEEDS)
    first, second = rest % len(_SUBJECTS), rest // len(_SUBJECTS) + 1
    return f"{_DEEDS[deed]} {_SUBJECTS[first]} og {_SUBJECTS[(first + second) % len(_SUBJECTS)]}"


def _write(folder: Path, id_: str, number: int, sections: int, edition: int) -> None:
    chance = random.Random(f"{number} {edition}")  # noqa: S311 - made-up texts
    title = f"Aftale nummer {number} om at {_kind(number)}"
    parts = [f"{title}\n"]
    for section in range(1, sections + 1):
        subject, deed = chance.choice(_SUBJECTS), chance.choice(_DEEDS)
        amount = f"Der afsættes {chance.randrange(10, 9_000)} mio. kr. årligt fra 2030, så"
        opening = amount if section % 2 else "Parterne er enige om, at"
        parts.append(
            f"{section}. Indsats for {subject} i {_place(chance)}\n\n"
            f"{opening} {chance.choice(_WHO)} kan {deed} {subject} i {_place(chance)}.\n"
        )
    data = "\n".join(parts).encode()
    (folder / f"{id_}.txt").write_bytes(data)
    head = {
        "id": id_,
        "title": title,
        "short_title": f"Prøveaftale {number}",
        "date": "2029-06-01",
        "parties": ["Regeringen"],
        "years": {"first": 2030, "last": 2031},
        "status": "current",
        "source_url": None,
        "sha256": hashlib.sha256(data).hexdigest(),
        "editor": [],
    }
    text = yaml.safe_dump(head, allow_unicode=True)
    (folder / f"{id_}.yaml").write_text(text, encoding="utf-8")


def _place(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


class HashEmbedder:
    """Vectors from the stems of a text: the same for the same text, near for a like one."""

    def __init__(self, slice_s: float = 0.0) -> None:
        self.id = "made-up"
        self._slice_s = slice_s

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32 (n, dim), unit length."""
        time.sleep(self._slice_s)
        if progress:
            progress(len(texts))
        return np.stack([_vector(text) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (n, dim), unit length."""
        return np.stack([_vector(text) for text in texts])

    def fits(self, text: str) -> bool:
        """Return whether the whole question is inside the model's window."""
        return len(text) < 2_000


def _vector(text: str) -> Vectors:
    vector = np.full(DIMENSION, 0.02, np.float32)
    for stem in content_stems(text):
        seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8])
        places = np.random.default_rng(seed).integers(0, DIMENSION, 4)
        vector[places] += 1
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
