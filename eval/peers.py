"""Two plain chains on the same texts and the same embedder, to be measured beside ours.

The vector chain is the LangChain tutorial's (recursive splits of 1000 characters, 200 over),
the word chain is BM25 with the Danish stemmer over the same splits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import bm25s
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from chains import Assistant
from corpus.models import Agreement
from corpus.words import content_stems
from eval.cases import Span

Search = Callable[[str], list[tuple[Span, str]]]


@dataclass(frozen=True)
class Peer:
    """A plain chain to compare with."""

    name: str
    search: Search
    pool: tuple[Span, ...]
    """Everything that it could find."""


_SIZE, _OVER, _TOP = 1000, 200, 10


class _Adapter(Embeddings):
    """Our embedder under LangChain's name for it."""

    def __init__(self, assistant: Assistant) -> None:
        self._embedder = assistant.embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_passages(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.embed_queries([text])[0].tolist()  # type: ignore[no-any-return]


def _splits(agreements: tuple[Agreement, ...]) -> list[Document]:
    """Return the plain splits of all agreements, with their offsets."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_SIZE, chunk_overlap=_OVER, add_start_index=True
    )
    return splitter.create_documents(
        [agreement.text for agreement in agreements],
        [{"agreement_id": agreement.id} for agreement in agreements],
    )


def peers_of(assistant: Assistant) -> list[Peer]:
    """Return the plain vector chain and the plain word chain, over the same splits."""
    documents = _splits(assistant.agreements)
    pool = tuple(_place(document)[0] for document in documents)
    return [
        Peer("Vektorkæde 1000/200", _vector_chain(documents, assistant), pool),
        Peer("Dansk BM25 1000/200", _word_chain(documents), pool),
    ]


def _vector_chain(documents: list[Document], assistant: Assistant) -> Search:
    """Return the plain vector chain."""
    store = Chroma.from_documents(
        documents, _Adapter(assistant), collection_configuration={"hnsw": {"space": "cosine"}}
    )
    return lambda question: [_place(d) for d in store.similarity_search(question, k=_TOP)]


def _word_chain(documents: list[Document]) -> Search:
    """Return the Danish BM25 chain."""
    words = bm25s.BM25()
    words.index([content_stems(d.page_content) for d in documents], show_progress=False)

    def search(question: str) -> list[tuple[Span, str]]:
        known = [stem for stem in content_stems(question) if stem in words.vocab_dict]
        if not known:
            return []
        scores = words.get_scores(known)
        best = sorted(range(len(documents)), key=lambda i: -scores[i])[:_TOP]
        return [_place(documents[i]) for i in best if scores[i] > 0]

    return search


def _place(document: Document) -> tuple[Span, str]:
    start = document.metadata["start_index"]
    end = start + len(document.page_content)
    return Span(document.metadata["agreement_id"], start, end), document.page_content
