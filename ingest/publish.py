"""A new version beside the old one, looked at, and only then switched to."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from corpus.errors import BuildRefused, IndexProblem
from corpus.settings import Settings
from ingest.build import build_locked, find_version, fingerprint, forget, index_name
from ingest.embed import Embedder
from ingest.gate import reasons_against
from ingest.index import Corpus, Index
from ingest.kept_texts import keep_texts
from ingest.vector_cache import Progress
from ingest.vector_store import server_of
from ingest.versions import (
    OnWait,
    Pointer,
    read_pointer,
    reclaim,
    switch,
    writing,
    young,
)  # fmt: skip

_MANY = 2
"""Versions kept by their age alone that a new one is not added to."""


def publish(
    settings: Settings,
    read: Callable[[Settings], Corpus],
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    force: bool = False,
    accept_loss: bool = False,
    wait: bool = True,
    on_wait: OnWait = lambda _: None,
) -> Path:
    """Build the version of what the corpus now says, let it answer, and return its folder.

    Args:
        settings: Where things lie.
        read: Reads the corpus (`process`); called when it is our turn to write.
        embedder: The model.
        progress: Called with (texts embedded, texts to embed).
        force: Build it anew beside the one that is there.
        accept_loss: Switch also where recall has fallen.
        wait: Wait for another writer.
        on_wait: Called with the seconds waited.

    Raises:
        CorpusError: an agreement file cannot be used.
        BuildBusy: another one writes, and `wait` is False.
        BuildRefused: the version did not pass its gate; the one before answers on.
        StorageError: `var/` cannot be written.
        VectorsDown: the vector server does not answer.
    """
    index_dir = settings.index_dir
    with writing(index_dir, wait=wait, on_wait=on_wait):
        state = fingerprint(settings)
        corpus = read(settings)
        name = index_name(corpus, embedder.id)
        known = None if force else find_version(index_dir, name)
        if known is not None and _reasons(settings, known, corpus, embedder, accept_loss):
            known = None  # damaged, or lost by the server: built anew beside it
        if known is None:
            _make_room(settings, on_wait)
            folder = build_locked(settings, corpus, embedder, progress, force=True)
            if reasons := _reasons(settings, folder, corpus, embedder, accept_loss):
                forget(settings, folder.name)
                shutil.rmtree(folder, ignore_errors=True)
                raise BuildRefused(folder.name, tuple(reasons))
            known = folder
        keep_texts(settings, corpus)
        switch(index_dir, Pointer(name=known.name, corpus=state))
        reclaim(index_dir, settings.version_grace_s, lambda old: forget(settings, old.name))
    return known


def _reasons(
    settings: Settings, folder: Path, corpus: Corpus, embedder: Embedder, accept_loss: bool
) -> list[str]:
    """Return why a version must not answer, nothing where it may."""
    try:
        index = Index.open(folder, embedder, server_of(settings))
    except IndexProblem as error:
        return [str(error)]
    before = _open_current(settings, embedder, folder.name)
    try:
        return reasons_against(index, corpus, embedder, before, accept_loss=accept_loss)
    finally:
        index.close()
        if before is not None:
            before.close()


def _open_current(settings: Settings, embedder: Embedder, new: str) -> Index | None:
    """Return the version that answers now; None where there is none that this program reads."""
    try:
        pointer = read_pointer(settings.index_dir)
        if pointer is None or pointer.name == new:
            return None
        return Index.open(settings.index_dir / pointer.name, embedder, server_of(settings))
    except IndexProblem:
        return None


def _make_room(settings: Settings, on_wait: OnWait) -> None:
    """Keep the disk within two versions and the new one, however often there is a new one.

    A version that was just switched away from may not go yet; two such are waited for.
    """
    began = time.monotonic()
    index_dir, grace_s = settings.index_dir, settings.version_grace_s
    while True:
        reclaim(index_dir, grace_s, lambda old: forget(settings, old.name))
        left = young(index_dir, grace_s)
        if len(left) < _MANY:
            return
        time.sleep(min(1.0, left[0] + 0.05))
        on_wait(time.monotonic() - began)
