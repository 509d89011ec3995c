"""The version that answers now: exchanged under way, closed when its last answer is given."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable

from chains.answer import Frame
from chains.chain import build_chain
from chains.library import Library
from chains.llm import Writer
from chains.retrieve import HybridRetriever, NearIndex, QueryVectors
from chains.standing import Standing
from chains.vocabulary import Vocabulary
from chains.weights import Weights
from chains.wording import Worder
from corpus.errors import AssistantError
from corpus.settings import Settings
from ingest.embed import Embedder
from ingest.index import Index
from ingest.vector_store import server_of
from ingest.versions import Held, current_name, hold_current

_LOG = logging.getLogger(__name__)
_RETRY_S = 30.0
"""How long a new version that cannot be taken is left alone."""


class Edition:
    """One version with all that answers from it."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        settings: Settings,
        retriever: BaseRetriever | None = None,
        weights: Weights | None = None,
        held: Held | None = None,
        writer: Writer | None = None,
    ) -> None:
        self.index, self._held = index, held
        self.agreements = {agreement.id: agreement for agreement in index.corpus.agreements}
        standing = Standing(index.corpus)
        self.library = Library(
            index.corpus, standing, index.manifest.name, settings.texts_dir, settings.reader_url
        )
        vectors = QueryVectors(embedder)
        self.retriever = retriever or HybridRetriever(index=index, vectors=vectors)
        self.chain: Runnable[dict[str, Any], dict[str, Any]] = build_chain(
            self.retriever,
            index.corpus,
            Vocabulary(index.corpus),
            Frame(
                self.agreements,
                index.manifest.name,
                settings.reader_url,
                standing,
            ),
            weights or Weights.load(),
            NearIndex(index, vectors, "figures"),
            NearIndex(index, vectors, "unanswered"),
            Worder(writer, settings.llm_total_s) if writer is not None else None,
        )

    @property
    def version(self) -> str:
        """The name of the version."""
        return self.index.manifest.name

    def close(self) -> None:
        """Let go of the version."""
        self.index.close()
        if self._held is not None:
            self._held.release()


def open_current(
    settings: Settings, embedder: Embedder, writer: Writer | None = None
) -> Edition | None:
    """Return the version that the pointer names; None where there is no pointer.

    Raises:
        IndexProblem: it cannot be used.
        StorageError: that it is in use cannot be noted.
    """
    held = hold_current(settings.index_dir)
    if held is None:
        return None
    return open_held(held, settings, embedder, writer)


def open_held(
    held: Held, settings: Settings, embedder: Embedder, writer: Writer | None = None
) -> Edition:
    """Return a version that is held; one that cannot be used is let go.

    Raises:
        IndexProblem: it cannot be used.
    """
    try:
        index = Index.open(held.folder, embedder, server_of(settings))
    except AssistantError:
        held.release()
        raise
    return Edition(index, embedder, settings, held=held, writer=writer)


def _settle() -> None:
    """Let the collector pass over what stays: Streamlit collects all after every run of a page.

    A whole collection looked at every sentence and vector for 350 ms, twice an answer. What went
    with an earlier version is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Editions:
    """The edition in use. An answer keeps the one that it began with, whatever comes after."""

    def __init__(self, edition: Edition) -> None:
        self._lock = threading.Lock()
        self._current = edition
        self._users: dict[Edition, int] = {edition: 0}
        self._stop = threading.Event()
        self._follower: threading.Thread | None = None
        self._look: _Look | None = None

    @contextmanager
    def using(self) -> Iterator[Edition]:
        """Give the current edition; it stays open until the block ends, and nobody waits."""
        with self._lock:
            edition = self._current
            self._users[edition] += 1
        try:
            yield edition
        finally:
            with self._lock:
                self._users[edition] -= 1
                last = edition is not self._current and self._users[edition] == 0
                if last:
                    del self._users[edition]
            if last:
                edition.close()

    @property
    def current(self) -> Edition:
        """The edition that the next answer begins with."""
        return self._current

    def exchange(self, edition: Edition) -> None:
        """Let another edition answer from now on; the old one goes with its last answer."""
        with self._lock:
            old, self._current = self._current, edition
            self._users.setdefault(edition, 0)
            idle = self._users[old] == 0
            if idle:
                del self._users[old]
        if idle:
            old.close()

    def follow(self, settings: Settings, open_new: Callable[[], Edition | None]) -> None:
        """Look for a new version every `follow_s` seconds until closed, and take it in use."""
        look = _Look(self, settings, open_new)
        self._look = look
        self._follower = threading.Thread(
            target=self._follow, args=(settings.follow_s, look), name="follow-versions", daemon=True
        )
        self._follower.start()
        _settle()

    def look(self) -> None:
        """Take a new version in use now, where one has come; nothing where none is followed."""
        if self._look is not None:
            self._look()

    def _follow(self, every_s: float, look: Callable[[], None]) -> None:
        while not self._stop.wait(every_s):
            look()

    def close(self) -> None:
        """Stop following and let go of the edition in use."""
        self._stop.set()
        if self._follower is not None:
            self._follower.join(timeout=10)
        self._current.close()


class _Look:
    """Takes the version that the pointer names, where it is a new one that can be used."""

    def __init__(
        self, editions: Editions, settings: Settings, open_new: Callable[[], Edition | None]
    ) -> None:
        self._editions, self._index_dir, self._open_new = editions, settings.index_dir, open_new
        self._lock = threading.Lock()
        self._refused, self._again = "", 0.0

    def __call__(self) -> None:
        with self._lock:
            name = current_name(self._index_dir)
            if name in {None, self._editions.current.version}:
                return
            if name == self._refused and time.monotonic() < self._again:
                return
            try:
                new = self._open_new()
            except AssistantError as error:
                self._refused, self._again = str(name), time.monotonic() + _RETRY_S
                _LOG.warning("version_not_taken name=%s error=%s", name, error)
                return
            if new is not None:
                self._editions.exchange(new)
                _settle()
                _LOG.info("version_taken name=%s", new.version)
