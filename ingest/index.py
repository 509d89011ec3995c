"""The index of one corpus version: vectors in Chroma, words in bm25s, texts in JSON.

A version is a folder that is written once and never again:

    manifest.json   what it was built from; `Index.open` compares it
    corpus.json     agreements, sections, passages, sentences, agreed figures, commitments
    chroma/         five collections of vectors: passages, sentences, figures, everyday (for each
                    sentence its everyday words together and each of its questions) and unanswered;
                    with `CHROMA_URL` they lie on the server instead
    adapter.npy     what turns vectors and questions, where the model has one
    words/          two word indexes: passages (with breadcrumb) and sentences
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bm25s
import chromadb
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.agreed import Figure, Series, to_series
from corpus.commitment import Commitment
from corpus.errors import IndexDamaged, IndexMismatch, VectorsDown
from corpus.models import Agreement, Passage, Section, Sentence
from corpus.words import char_grams, content_stems
from ingest.adapter import adapt, load_adapter
from ingest.vector_store import NEAREST, OWNED, Server, VectorStore, check_database, owner_of

if TYPE_CHECKING:
    from ingest.embed import Embedder, Vectors

FORMAT = 6
_ADAPTER = "adapter.npy"
_SCARCE = 0.2
"""Below this share of all vectors an agreement's may be missing among the nearest of all."""
_AS_NEAR = 1e-6
"""Cosines that differ by less are the same."""
_TIED = 100
"""Looked at beyond what is asked for: which of those that are as near is left out is for us."""
_KEPT = 64
"""Vectors of one agreement in one collection that are kept, most recently used."""


class Corpus(BaseModel):
    """Everything that is known of the texts of one version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreements: tuple[Agreement, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    """Names that mean the same."""
    unanswered: tuple[str, ...] = ()
    """Questions near the agreements that they do not answer."""

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The figures by registry entry, in order."""
        return to_series(self.figures)

    @cached_property
    def passage_by_id(self) -> dict[str, Passage]:
        """The passages by their ids."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def sentences_of(self) -> dict[str, list[Sentence]]:
        """The sentences of each agreement by its id, in order."""
        found: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            owner = self.passage_by_id[sentence.passage_id].agreement_id
            found.setdefault(owner, []).append(sentence)
        return found


class Manifest(BaseModel):
    """What an index was built from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    name: str
    embedding_model: str
    dimension: int
    sources: dict[str, str]
    """Agreement id -> sha256 of its file."""
    passages: int
    sentences: int


def index_texts(corpus: Corpus) -> dict[str, list[str]]:
    """Return what is embedded for each collection of vectors, in the order of its ids."""
    return {
        "passages": [passage.text for passage in corpus.passages],
        "sentences": [sentence.text for sentence in corpus.sentences],
        "everyday": [text for sentence in corpus.sentences for text in _everyday(sentence)],
        "figures": ["; ".join([s.label, *s.first.aliases]) for s in corpus.series],
        "unanswered": list(corpus.unanswered),
    }


def _everyday(sentence: Sentence) -> list[str]:
    """Return the texts by which a sentence is found besides its own."""
    words = ["; ".join(sentence.everyday)] if sentence.everyday else []
    return [*words, *sentence.questions]


def _ids(corpus: Corpus) -> dict[str, list[str]]:
    def name(sentence: Sentence) -> str:
        return f"{sentence.passage_id}/{sentence.start}-{sentence.end}"

    return {
        "passages": [passage.id for passage in corpus.passages],
        "sentences": [name(sentence) for sentence in corpus.sentences],
        "everyday": [
            f"{name(sentence)}/{place}"
            for sentence in corpus.sentences
            for place in range(len(_everyday(sentence)))
        ],
        "figures": [f"{series.agreement_id}/{series.id}" for series in corpus.series],
        "unanswered": [str(place) for place in range(len(corpus.unanswered))],
    }


def word_tokens(text: str) -> list[str]:
    """Return the index terms of a text: stems, and 4-grams that open up compounds.

    Plain words rank Danish poorly (R@5 69 % against 94 % with 4-grams on the first question set).
    """
    stems = content_stems(text)
    grams = (gram for stem in stems if len(stem) > 3 and not stem[0].isdigit()
             for gram in char_grams(stem))  # fmt: skip
    return [*stems, *(f"#{gram}" for gram in grams)]


def write(
    folder: Path,
    name: str,
    model_id: str,
    corpus: Corpus,
    vectors: Vectors,
    adapter: Vectors | None = None,
    server: Server | None = None,
) -> None:
    """Write a complete index into an empty folder; the manifest comes last.

    `vectors` is float32 (n, dim), a row for each text of `index_texts`, in its order, as the model
    gives them; `adapter` turns them, but for those of figures.
    """
    if adapter is not None:
        np.save(folder / _ADAPTER, adapter, allow_pickle=False)
    store = VectorStore(folder, name, server)
    place = 0
    try:
        for collection, ids in _ids(corpus).items():
            own = vectors[place : place + len(ids)]
            store.fill(collection, ids, _turned(collection, own, adapter))
            place += len(ids)
    finally:
        store.close()
    by_passage: dict[str, list[str]] = {}
    for sentence in corpus.sentences:
        by_passage.setdefault(sentence.passage_id, []).extend(sentence.phrasings)
    _write_words(
        folder / "words" / "passages",
        [
            " ".join([p.section, p.heading, p.text, *by_passage.get(p.id, ())])
            for p in corpus.passages
        ],
    )
    _write_words(
        folder / "words" / "sentences",
        [" ".join([s.text, *s.phrasings]) for s in corpus.sentences],
    )
    (folder / "corpus.json").write_text(corpus.model_dump_json(), encoding="utf-8")
    manifest = Manifest(
        format=FORMAT,
        name=name,
        embedding_model=model_id,
        dimension=int(vectors.shape[1]),
        sources={a.id: a.head.sha256 for a in corpus.agreements},
        passages=len(corpus.passages),
        sentences=len(corpus.sentences),
    )
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=2), encoding="utf-8")


def _turned(collection: str, vectors: Vectors, adapter: Vectors | None) -> Vectors:
    if adapter is None or collection == "figures" or not len(vectors):
        return vectors
    return adapt(vectors, adapter)


def read_manifest(folder: Path) -> Manifest:
    """Return what a version was built from.

    Raises:
        IndexDamaged: the manifest is missing or unreadable.
    """
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(folder / "manifest.json", str(error).splitlines()[0]) from error


class Index:
    """A finished index, open for reading."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        corpus: Corpus,
        store: VectorStore,
    ) -> None:
        self.folder, self.manifest, self.corpus = folder, manifest, corpus
        self._store = store
        self._vectors_of = lru_cache(maxsize=_KEPT)(self._read_vectors)
        stored = folder / _ADAPTER
        self._adapter = load_adapter(stored) if stored.is_file() else None
        self._ids = ids = _ids(corpus)
        self._passage_words = _load_words(folder / "words" / "passages")
        self._sentence_words = _load_words(folder / "words" / "sentences")
        passages = {id_: i for i, id_ in enumerate(ids["passages"])}
        sentences = {id_: i for i, id_ in enumerate(ids["sentences"])}
        everyday = {id_: sentences[id_.rpartition("/")[0]] for id_ in ids["everyday"]}
        figures = {id_: i for i, id_ in enumerate(ids["figures"])}
        unanswered = {id_: i for i, id_ in enumerate(ids["unanswered"])}
        self._places = {"passages": passages, "sentences": sentences, "everyday": everyday,
                        "figures": figures, "unanswered": unanswered}  # fmt: skip
        self._owned = {name: _by_owner(ids[name]) for name in OWNED}
        members: list[list[int]] = [[] for _ in corpus.passages]
        for number, sentence in enumerate(corpus.sentences):
            members[passages[sentence.passage_id]].append(number)
        self.members = tuple(tuple(numbers) for numbers in members)
        """For each passage the numbers of its sentences."""
        self.owners = np.array([passages[s.passage_id] for s in corpus.sentences], np.intp)
        """For each sentence the number of its passage."""
        self.bare = np.array([not s.phrasings for s in corpus.sentences], bool)
        """For each sentence whether it has no everyday words."""
        self.agreement_of = np.array([p.agreement_id for p in corpus.passages])
        """For each passage the id of its agreement."""

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, server: Server | None = None) -> Index:
        """Open a finished folder for a model.

        A server that does not answer now may do so later: until then words alone are searched.

        Raises:
            IndexMismatch: it was built by another model or in another format.
            IndexDamaged: a file is missing, does not open, or holds too little.
        """
        manifest = read_manifest(folder)
        dimension = embedder.embed_queries(["dimension"]).shape[1]
        for key, expected, found in (
            ("format", str(FORMAT), str(manifest.format)),
            ("embedding_model", embedder.id, manifest.embedding_model),
            ("dimension", str(dimension), str(manifest.dimension)),
        ):
            if expected != found:
                raise IndexMismatch(folder, key, expected, found)
        try:
            corpus = Corpus.model_validate_json((folder / "corpus.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexDamaged(folder / "corpus.json", str(error).splitlines()[0]) from error
        if server is None:
            check_database(folder / "chroma" / "chroma.sqlite3")
        store = VectorStore(folder, manifest.name, server)
        try:
            index = cls(folder, manifest, corpus, store)
            index.check_vectors()
        except VectorsDown:
            pass
        except (OSError, EOFError, ValueError, KeyError, RuntimeError,
                chromadb.errors.ChromaError) as error:  # fmt: skip
            store.close()
            raise IndexDamaged(folder, str(error).splitlines()[0]) from error
        except IndexDamaged:
            store.close()
            raise
        return index

    def check_vectors(self) -> None:
        """Count the vectors, and ask for a neighbour.

        Raises:
            IndexDamaged: there are too few.
            VectorsDown: the server does not answer.
        """
        counts = {name: self.count(name) for name in self._places}
        probe = self.nearest("passages", np.ones(self.manifest.dimension, np.float32), 1)
        if counts != {name: len(ids) for name, ids in self._ids.items()} or len(probe) != 1:
            raise IndexDamaged(self.folder / "chroma", f"{counts}")

    def count(self, collection: str) -> int:
        """Return how many vectors a collection holds."""
        return self._store.count(collection)

    def nearest(
        self,
        collection: str,
        vector: Vectors,
        limit: int = NEAREST,
        within: Sequence[str] | None = None,
    ) -> list[tuple[int, float]]:
        """Return (number, cosine), nearest first; `within` some agreements alone, if any are given.

        The number is that of the passage in `corpus.passages`, or, for the collections
        `sentences` and `everyday`, that of the sentence in `corpus.sentences` (of `everyday` as
        often as it is found), for `figures` that of the series in `corpus.series`, for `unanswered`
        that of the question in `corpus.unanswered`.

        Raises:
            VectorsDown: the server does not answer.
        """
        turned = _turned(collection, vector[np.newaxis], self._adapter)[0]
        places = self._places[collection]
        if within is not None and collection in OWNED:
            if not within:
                return []
            # Chroma's own filter takes 10 times as long: all vectors of a few are looked at here.
            parts = [self._vectors_of(collection, id_) for id_ in within]
            numbers = np.concatenate([numbers for numbers, _ in parts])
            cosines = np.concatenate([vectors @ turned for _, vectors in parts])
            best = np.argsort(-cosines, kind="stable")[: limit + _TIED]
            found = [(int(numbers[i]), float(cosines[i])) for i in best]
        elif not places:
            return []
        else:
            pairs = self._store.query(collection, turned, min(limit + _TIED, len(places)))
            found = [(places[id_], cosine) for id_, cosine in pairs]
        return _settle(found)[:limit]

    def is_scarce(self, agreements: Sequence[str]) -> bool:
        """Return whether agreements are so small a part that they may be lost among the others."""
        return any(
            sum(len(owned.get(id_, ())) for id_ in agreements) < _SCARCE * len(self._ids[name])
            for name, owned in self._owned.items()
        )

    def _read_vectors(self, collection: str, agreement_id: str) -> tuple[NDArray[np.intp], Vectors]:
        """Return the numbers and the unit vectors of one agreement."""
        owned = self._owned[collection].get(agreement_id)
        if not owned:
            return np.zeros(0, np.intp), np.zeros((0, self.manifest.dimension), np.float32)
        ids, vectors = self._store.vectors(collection, owned)
        places = self._places[collection]
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.array([places[id_] for id_ in ids], np.intp), unit

    def word_passages(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage; 0 where no word meets."""
        return _word_scores(self._passage_words, tokens)

    def word_sentences(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every sentence; 0 where no word meets."""
        return _word_scores(self._sentence_words, tokens)

    def close(self) -> None:
        """Let go of the folder."""
        self._store.close()


def _settle(found: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return what was found, the nearest first, and of what is as near the first in the corpus.

    The same sentence in two agreements is as near to a question as the other; machines and servers
    differ in the last digits of how near.

    >>> _settle([(9, 0.5), (3, 0.50000003), (7, 0.8)])
    [(7, 0.8), (3, 0.5), (9, 0.5)]
    """
    settled: list[tuple[int, float]] = []
    last = near = math.inf
    for number, cosine in sorted(found, key=lambda pair: -pair[1]):
        if last - cosine > _AS_NEAR:
            near = round(cosine, 6)
        last = cosine
        settled.append((number, near))
    return sorted(settled, key=lambda pair: (-pair[1], pair[0]))


def _by_owner(ids: Iterable[str]) -> dict[str, list[str]]:
    owned: dict[str, list[str]] = {}
    for id_ in ids:
        owned.setdefault(owner_of(id_), []).append(id_)
    return owned


def _write_words(folder: Path, texts: list[str]) -> None:
    folder.mkdir(parents=True)
    words = bm25s.BM25()
    words.index([word_tokens(text) for text in texts], show_progress=False)
    words.save(str(folder), show_progress=False)


def _load_words(folder: Path) -> Any:
    return bm25s.BM25.load(str(folder), mmap=True, show_progress=False)


def _word_scores(words: Any, tokens: Sequence[str]) -> NDArray[np.float32]:
    known = [token for token in tokens if token in words.vocab_dict]
    if not known:
        return np.zeros(int(words.scores["num_docs"]), np.float32)
    return np.asarray(words.get_scores(known), np.float32)
