"""The adapter: one matrix that turns the model's vectors toward how people ask about agreements.

v' = v + v W, made unit length again; the same W for questions and texts. It is learned from the
questions of `corpus/everyday/` alone (`python -m ingest adapt`): each must lie nearest to its own
sentence among all sentences. It belongs to the bundled model; another model runs without. Agreed
figures keep the model's own vectors: theirs are labels, which the adapter was not learned on.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbeddingError, StorageError
from corpus.settings import BUNDLED_MODEL

if TYPE_CHECKING:
    from ingest.embed import Embedder
    from ingest.index import Corpus

ADAPTER = Path(__file__).with_name("adapter.npy")
_STEPS, _RATE, _DECAY, _TEMPERATURE = 100, 1e-3, 1e-2, 0.02
"""Chosen on `dev`: the right sentence comes first for 69 % without, 78 % with 60 steps, 80 % with
100. Pushing unanswered questions away from the answered ones besides loses as much as it gains."""

Matrix = NDArray[np.float32]


def load_adapter(path: Path = ADAPTER) -> Matrix:
    """Return the matrix, float32 (dim, dim).

    Raises:
        EmbeddingError: the file is missing or damaged.
    """
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    except (OSError, ValueError) as error:
        raise EmbeddingError(str(path), str(error)) from error


def adapter_of(model_id: str) -> Matrix | None:
    """Return the adapter that belongs to a model, None for a model without one."""
    return load_adapter() if model_id.startswith(BUNDLED_MODEL) else None


def adapt(vectors: Matrix, matrix: Matrix) -> Matrix:
    """Return the vectors turned, float32 (n, dim), unit length."""
    turned = vectors + vectors @ matrix
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)


def train(corpus: Corpus, embedder: Embedder, path: Path = ADAPTER) -> float:
    """Learn the matrix from every question of the corpus and write it; return the last loss.

    Raises:
        StorageError: the file cannot be written.
    """
    pairs = [(n, text) for n, s in enumerate(corpus.sentences) for text in s.phrasings]
    asked = _embed_queries(embedder, [text for _, text in pairs])
    sentences = embedder.embed_passages([sentence.text for sentence in corpus.sentences])
    matrix, loss = _learn(asked, sentences, [number for number, _ in pairs])
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            np.save(file, matrix.astype(np.float16), allow_pickle=False)
        temporary.replace(path)
    except OSError as error:
        raise StorageError(path, str(error)) from error
    return loss


def _embed_queries(embedder: Embedder, texts: Sequence[str], batch: int = 64) -> Matrix:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors: dict[int, Matrix] = {}
    for start in range(0, len(order), batch):
        part = order[start : start + batch]
        vectors |= dict(zip(part, embedder.embed_queries([texts[i] for i in part]), strict=True))
    return np.stack([vectors[i] for i in range(len(texts))])


def _learn(asked: Matrix, sentences: Matrix, own: Sequence[int]) -> tuple[Matrix, float]:
    """Minimise the cross-entropy of each question's own sentence among all, W kept small."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    questions, texts = torch.from_numpy(asked), torch.from_numpy(sentences)
    target = torch.tensor(own)
    matrix = torch.zeros(asked.shape[1], asked.shape[1], requires_grad=True)
    optimizer = torch.optim.AdamW([matrix], lr=_RATE, weight_decay=0)
    last = 0.0
    for _ in range(_STEPS):
        turned = normalize(questions + questions @ matrix, dim=1)
        near = turned @ normalize(texts + texts @ matrix, dim=1).T
        loss = cross_entropy(near / _TEMPERATURE, target) + _DECAY * (matrix**2).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        last = float(loss.detach())
    return np.asarray(matrix.detach().numpy(), np.float32), last
