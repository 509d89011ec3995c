"""Question -> ranked passages: vectors and words, fused by reciprocal rank.

The retriever is a LangChain `BaseRetriever`; another can be put in its place. What it returns are
Documents whose metadata carry the scores of each sentence, for the selection to use.
"""

from __future__ import annotations

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

from corpus.models import Passage, Sentence
from corpus.words import split_sentences
from ingest.embed import Embedder
from ingest.index import Corpus, Index, word_tokens

FUSION_K = 10
"""Chosen on `dev`: 5, 10 and 20 within a point of each other; the usual 60 is worse."""
TOP = 20
_KEPT = 64
"""Questions whose vectors are kept; each is at most some kB."""
EVERYDAY_GAIN = 0.012
"""How much nearer everyday words are to a question than their sentence, on average (`dev`)."""
_LOW_COSINE = 0.7
"""For what the nearest 400 do not hold; e5 cosines lie between 0.77 and 0.93."""


@dataclass(frozen=True)
class SentenceScore:
    """How near a sentence of a found passage is to the question."""

    sentence: Sentence
    cosine: float
    everyday_cosine: float
    words: float


@dataclass(frozen=True)
class Hit:
    """A found passage, best first in its list."""

    passage: Passage
    score: float
    cosine: float
    sentences: tuple[SentenceScore, ...]


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


class FigureIndex:
    """Finds agreed figures by vector."""

    def __init__(self, index: Index, vectors: QueryVectors) -> None:
        self._index, self._vectors = index, vectors

    def nearest(self, query: str) -> list[tuple[int, float]]:
        """Return (number in `corpus.series`, cosine), nearest first."""
        found: dict[int, float] = {}
        for vector in self._vectors.of(query):
            for number, cosine in self._index.nearest("figures", vector):
                found[number] = max(cosine, found.get(number, 0.0))
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
    ) -> list[Document]:
        index: Index = self.index
        scores = _Scores(index, self.vectors.of(query), word_tokens(query))
        allowed = [
            agreements is None or passage.agreement_id in agreements
            for passage in index.corpus.passages
        ]
        rankings = [[i for i in ranking if allowed[i]] for ranking in scores.rankings()]
        return [scores.document(number, score) for number, score in fuse(rankings)[: self.top]]


class _Scores:
    """Everything that the index says of one question."""

    def __init__(self, index: Index, vectors: NDArray[np.float32], tokens: list[str]) -> None:
        self._corpus = index.corpus
        self._members = index.members
        counts = {"passages": len(index.corpus.passages)}
        self._cosine = {
            name: _cosines(index, name, vectors, counts.get(name, len(index.corpus.sentences)))
            for name in ("passages", "sentences", "everyday")
        }
        bare = np.array([not sentence.everyday for sentence in index.corpus.sentences], bool)
        own = self._cosine["sentences"]
        stand_in = np.where(own > 0, own + EVERYDAY_GAIN, 0)  # an agreement without everyday words
        self._cosine["everyday"] = np.where(bare, stand_in, self._cosine["everyday"])
        self._passage_words = index.word_passages(tokens)
        self._sentence_words = index.word_sentences(tokens)

    def rankings(self) -> list[list[int]]:
        """Return the vector ranking and the word ranking of passages."""
        found = self._cosine["passages"]
        vectors: list[int] = []
        if found.max(initial=0.0) > 0.0:
            near = np.array([self._nearest(numbers) for numbers in self._members])
            vectors = _order(found + near)
        words = [i for i in _order(self._passage_words) if self._passage_words[i] > 0]
        return [vectors, words]

    def _nearest(self, sentences: Sequence[int]) -> float:
        """Return the best everyday cosine of a passage."""
        return float(self._cosine["everyday"][list(sentences)].max(initial=0.0))

    def document(self, number: int, score: float) -> Document:
        """Return a found passage with its scores."""
        passage = self._corpus.passages[number]
        sentences = [
            {
                "number": i,
                "cosine": float(self._cosine["sentences"][i]) or _LOW_COSINE,
                "everyday_cosine": float(self._cosine["everyday"][i]) or _LOW_COSINE,
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
                "cosine": float(self._cosine["passages"][number]),
                "sentences": sentences,
            },
        )


def _cosines(
    index: Index, collection: str, vectors: NDArray[np.float32], count: int
) -> NDArray[np.float64]:
    """Return the cosine of each item to the nearest of the vectors; 0 where it was not found."""
    cosines = np.zeros(count)
    for vector in vectors:
        for number, cosine in index.nearest(collection, vector):
            cosines[number] = max(cosines[number], cosine)
    return cosines


def _order(scores: NDArray[Any]) -> list[int]:
    return [int(i) for i in np.argsort(-scores, kind="stable")]


def to_hits(
    documents: Sequence[Document], corpus: Corpus, agreements: Sequence[str] | None
) -> list[Hit]:
    """Return what any retriever found as hits; documents not of the corpus are left out."""
    passages = {passage.id: passage for passage in corpus.passages}
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
            {"number": i, "cosine": 0.0, "everyday_cosine": 0.0, "words": 0.0}
            for i, sentence in enumerate(corpus.sentences)
            if sentence.passage_id == passage.id
        ]
    return tuple(
        SentenceScore(
            corpus.sentences[entry["number"]],
            entry["cosine"],
            entry["everyday_cosine"],
            entry["words"],
        )
        for entry in scored
    )
