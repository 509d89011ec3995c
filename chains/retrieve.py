"""Question -> ranked passages: vectors and words, fused by reciprocal rank.

The retriever is a LangChain `BaseRetriever`; another can be put in its place. What it returns are
Documents whose metadata carry the scores of each sentence, for the selection to use.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from corpus.errors import VectorsDown
from corpus.models import Passage, Sentence
from corpus.words import split_sentences
from ingest.embed import Embedder
from ingest.index import Corpus, Index, word_tokens
from ingest.vector_store import NEAREST

_LOG = logging.getLogger(__name__)
FUSION_K = 10
"""Chosen on `dev`: 5, 10 and 20 within a point of each other; the usual 60 is worse."""
TOP = 20
DEEP = 300
"""Passages of each ranking that are fused: more than there are in two agreements."""
_KEPT = 64
"""Questions whose vectors are kept; each is at most some kB."""
NEAREST_GAIN, SEVERAL_GAIN = 0.05, 0.015
"""How much nearer its nearest and its nearest three phrasings are to a question than a sentence is:
between what they are for right sentences (`dev`: 0.078, 0.035) and for others (0.024, -0.005)."""
SEVERAL = 3


@dataclass(frozen=True)
class SentenceScore:
    """How near a sentence of a found passage is to the question."""

    sentence: Sentence
    cosine: float
    nearest: float
    """Cosine of its nearest phrasing (everyday words or a question)."""
    several: float
    """Mean of its nearest three."""
    words: float


@dataclass(frozen=True)
class Hit:
    """A found passage, best first in its list."""

    passage: Passage
    score: float
    cosine: float
    words: float
    sentences: tuple[SentenceScore, ...]

    @property
    def by_words(self) -> bool:
        """True when vectors had no say, for the server that holds them was down."""
        return self.cosine <= NO_COSINE  # a turned vector may well point away a little


NO_COSINE = -1.0
"""What stands for a cosine where no vector could be asked for."""


def fuse(rankings: Iterable[Sequence[int]], k: int = FUSION_K) -> list[tuple[int, float]]:
    """Fuse rankings by reciprocal rank: sum of 1 / (k + rank), ranks from 1.

    >>> [i for i, _ in fuse([[1, 2, 3], [2, 1]])]
    [1, 2, 3]
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


class QueryVectors:
    """The vectors of questions; passages and figures of one question share one embedding."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept = lru_cache(maxsize=_KEPT)(self._embed)

    def of(self, query: str) -> NDArray[np.float32]:
        """Return one vector, or several for a question longer than the model's window."""
        return self._kept(query)

    def _embed(self, query: str) -> NDArray[np.float32]:
        if self._embedder.fits(query):
            return self._embedder.embed_queries([query])
        return self._embedder.embed_queries(
            list(dict.fromkeys(query[a:b] for a, b in split_sentences(query)))
        )


class NearIndex:
    """Finds the items of one collection by vector: agreed figures, unanswered questions."""

    def __init__(self, index: Index, vectors: QueryVectors, collection: str) -> None:
        self._index, self._vectors, self._collection = index, vectors, collection

    def nearest(
        self, query: str, limit: int = NEAREST, within: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return (number of the item, cosine), nearest first; of some agreements alone, if given.

        Nothing where vectors are down.
        """
        found: dict[int, float] = {}
        try:
            for vector in self._vectors.of(query):
                for number, cosine in self._index.nearest(self._collection, vector, limit, within):
                    found[number] = max(cosine, found.get(number, 0.0))
        except VectorsDown:
            return []
        return sorted(found.items(), key=lambda pair: -pair[1])


class HybridRetriever(BaseRetriever):
    """Vectors (passage and everyday words) and words (stems, 4-grams), fused by rank."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    vectors: Any
    top: int = TOP

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - the base class names it
        agreements: Sequence[str] | None = None,
        asked_last: str = "",
        within: Sequence[str] | None = None,
    ) -> list[Document]:
        """Search; of a follow-up, `asked_last` is what it asks itself, which counts as much.

        `within` are the agreements that the question is about: of the rest nothing is weighed.
        """
        index: Index = self.index
        vectors, tokens = self.vectors.of(query), word_tokens(query)
        if asked_last:
            vectors = _halfway(vectors, self.vectors.of(asked_last))
            tokens = [*tokens, *word_tokens(asked_last)]
        if agreements is not None and index.is_scarce(agreements):
            within = agreements
        chosen = within if agreements is None else agreements
        try:
            scores = _Scores(index, vectors, tokens, chosen, within)
        except VectorsDown as error:
            _LOG.warning("words_only error=%s", error)
            scores = _Scores(index, vectors[:0], tokens, chosen, within)
        fused = fuse(scores.rankings())[: self.top]
        return [scores.document(number, score) for number, score in fused]


def _halfway(vectors: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors moved halfway to the mean of others, unit length."""
    moved = vectors + others.mean(axis=0)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


class _Scores:
    """Everything that the index says of one question."""

    def __init__(
        self,
        index: Index,
        vectors: NDArray[np.float32],
        tokens: list[str],
        chosen: Sequence[str] | None,
        within: Sequence[str] | None,
    ) -> None:
        self._corpus = index.corpus
        self._members, self._owners = index.members, index.owners
        self._allowed = None if chosen is None else np.isin(index.agreement_of, list(chosen))
        sentences = index.corpus.sentences
        count = len(index.corpus.passages)
        self._cosine = _nearest(index, "passages", vectors, within, count)[0]
        self._sentences = _nearest(index, "sentences", vectors, within, len(sentences))[0]
        near, several = _nearest(index, "everyday", vectors, within, len(sentences))
        bare = index.bare
        self._near = np.where(bare, self._sentences + NEAREST_GAIN, near)
        self._several = np.where(bare, self._sentences + SEVERAL_GAIN, several)
        self._passage_words = index.word_passages(tokens)
        self._sentence_words = index.word_sentences(tokens)

    def rankings(self) -> list[list[int]]:
        """Return the vector ranking and the word ranking of the passages that are allowed."""
        near = np.zeros(len(self._cosine))
        np.maximum.at(near, self._owners, self._near)
        found = self._cosine.max(initial=0.0) > 0.0
        return [
            self._best(self._cosine + near, -np.inf) if found else [],
            self._best(self._passage_words, 0.0),
        ]

    def _best(self, scores: NDArray[Any], above: float) -> list[int]:
        if self._allowed is not None:
            scores = np.where(self._allowed, scores, -np.inf)
        order = np.argsort(-scores, kind="stable")[:DEEP]
        return [int(i) for i in order if scores[i] > above]

    def document(self, number: int, score: float) -> Document:
        """Return a found passage with its scores."""
        passage = self._corpus.passages[number]
        sentences = [
            {
                "number": i,
                "cosine": float(self._sentences[i]),
                "nearest": float(self._near[i]),
                "several": float(self._several[i]),
                "words": float(self._sentence_words[i]),
            }
            for i in self._members[number]
        ]
        return Document(
            page_content=passage.text,
            metadata={
                "passage_id": passage.id,
                "agreement_id": passage.agreement_id,
                "section": passage.section,
                "score": score,
                "cosine": float(self._cosine[number]),
                "words": float(self._passage_words[number]),
                "sentences": sentences,
            },
        )


def _nearest(
    index: Index,
    collection: str,
    vectors: NDArray[np.float32],
    within: Sequence[str] | None,
    count: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each item the cosine of its nearest vector and the mean of its nearest three.

    What was not found is as far away as the farthest that was. Of several questions (a long one in
    parts) the best counts.
    """
    best, several = np.full(count, NO_COSINE), np.full(count, NO_COSINE)
    for vector in vectors:
        found: dict[int, list[float]] = {}
        floor = 0.0
        for number, cosine in index.nearest(collection, vector, within=within):  # the nearest first
            found.setdefault(number, []).append(cosine)
            floor = cosine
        own, mean = np.full(count, floor), np.full(count, floor)
        for number, cosines in found.items():
            own[number] = cosines[0]
            mean[number] = sum((cosines + [floor] * SEVERAL)[:SEVERAL]) / SEVERAL
        best, several = np.maximum(best, own), np.maximum(several, mean)
    return best, several


def to_hits(
    documents: Sequence[Document], corpus: Corpus, agreements: Sequence[str] | None
) -> list[Hit]:
    """Return what any retriever found as hits; documents not of the corpus are left out."""
    passages = corpus.passage_by_id
    hits: list[Hit] = []
    for rank, document in enumerate(documents):
        passage = passages.get(document.metadata.get("passage_id", ""))
        if passage is None or (agreements is not None and passage.agreement_id not in agreements):
            continue
        hits.append(
            Hit(
                passage=passage,
                score=float(document.metadata.get("score", 1.0 / (1 + rank))),
                cosine=float(document.metadata.get("cosine", 0.0)),
                words=float(document.metadata.get("words", 0.0)),
                sentences=_sentence_scores(document, passage, corpus),
            )
        )
    return hits


def _sentence_scores(
    document: Document, passage: Passage, corpus: Corpus
) -> tuple[SentenceScore, ...]:
    scored = document.metadata.get("sentences")
    if scored is None:  # a foreign retriever: its order is all we know
        scored = [
            {"number": i, "cosine": 0.0, "nearest": 0.0, "several": 0.0, "words": 0.0}
            for i, sentence in enumerate(corpus.sentences)
            if sentence.passage_id == passage.id
        ]
    return tuple(
        SentenceScore(
            corpus.sentences[entry["number"]],
            entry["cosine"],
            entry["nearest"],
            entry["several"],
            entry["words"],
        )
        for entry in scored
    )
