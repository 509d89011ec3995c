"""Vectors that were made before, by the hash of their text: only what is new is embedded.

One SQLite file a model, in `var/vectors/`. What is embedded is kept every few hundred texts, so a
build that is killed goes on where it was. Of texts that no build has used for long, the oldest go.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StorageError
from ingest.embed import Embedder, Vectors

SLICE = 512
"""Texts embedded between two times that they are kept."""
KEEP = 3
"""The cache holds at most so many times what a build needs, and at least `_FLOOR`."""
_FLOOR = 50_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors"
    " (text BLOB PRIMARY KEY, vector BLOB NOT NULL, used REAL NOT NULL) WITHOUT ROWID"
)
Progress = Callable[[int, int], None]
"""Called with (texts embedded, texts to embed)."""


def cache_file(folder: Path, model_id: str) -> Path:
    """Return where the vectors of a model lie."""
    return folder / f"{hashlib.sha256(model_id.encode()).hexdigest()[:16]}.sqlite"


def embed_cached(
    folder: Path, texts: Sequence[str], embedder: Embedder, progress: Progress | None = None
) -> Vectors:
    """Return float32 (n, dim): from the cache what it knows, the rest embedded and kept.

    Raises:
        StorageError: the cache cannot be written.
    """
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    path = cache_file(folder, embedder.id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _open(path) as cache:
            known = _read(cache, keys)
            new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            known |= _embed(cache, new, embedder, progress)
            _trim(cache, keys)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(path, str(error)) from error
    return np.stack([known[key] for key in keys])


def is_sound(path: Path) -> bool:
    """Return whether a cache opens and holds what it says; one that is not there is sound."""
    if not path.is_file():
        return True
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as cache:
            return bool(cache.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    if not is_sound(path):  # it can be made anew, so it is not mended
        for part in path.parent.glob(f"{path.name}*"):
            part.unlink()
    with closing(sqlite3.connect(path, timeout=60)) as cache:
        cache.execute("PRAGMA journal_mode=WAL")
        cache.execute("PRAGMA synchronous=NORMAL")  # a kill loses nothing, a power cut little
        cache.execute(_TABLE)
        yield cache


def _read(cache: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    known: dict[bytes, Vectors] = {}
    for part in _parts(list(dict.fromkeys(keys))):
        marks = ",".join("?" * len(part))
        query = f"SELECT text, vector FROM vectors WHERE text IN ({marks})"  # noqa: S608 - marks
        known |= {key: np.frombuffer(data, np.float32) for key, data in cache.execute(query, part)}
    return known


def _embed(
    cache: sqlite3.Connection,
    new: dict[bytes, str],
    embedder: Embedder,
    progress: Progress | None,
) -> dict[bytes, Vectors]:
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, len(new))

    if progress and new:
        progress(0, len(new))
    # Texts of like length share a batch of the model's, so that little is padded.
    order = sorted(new, key=lambda key: -len(new[key]))
    made: dict[bytes, Vectors] = {}
    for part in _parts(order):
        vectors: NDArray[np.float32] = embedder.embed_passages([new[key] for key in part], step)
        made |= dict(zip(part, vectors, strict=True))
        with cache:
            rows = [(key, made[key].tobytes(), time.time()) for key in part]
            cache.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
    return made


def _trim(cache: sqlite3.Connection, keys: Sequence[bytes]) -> None:
    """Mark what was used, and let the oldest of too many go."""
    now = time.time()
    with cache:
        cache.executemany("UPDATE vectors SET used = ? WHERE text = ?", [(now, k) for k in keys])
        cache.execute(
            "DELETE FROM vectors WHERE text IN"
            " (SELECT text FROM vectors ORDER BY used DESC LIMIT -1 OFFSET ?)",
            (max(_FLOOR, KEEP * len(keys)),),
        )


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), SLICE):
        yield keys[start : start + SLICE]
