"""The vectors of one version in Chroma: in its own folder, or on a server (`CHROMA_URL`).

On a server the collections carry the version's name, so that versions lie beside each other. The
server knows no users: it stands behind a proxy that asks for a token (README). Each call of it has
a deadline; after one that failed, the next ones fail at once for a while.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings as ChromaSettings

from corpus.errors import IndexDamaged, VectorsDown
from corpus.settings import Settings

if TYPE_CHECKING:
    from ingest.embed import Vectors

NEAREST = 300  # neighbours looked at; all passages of two agreements, half of their sentences
OWNED = ("passages", "sentences", "everyday", "figures")
"""Collections that can be searched for one agreement alone; their ids begin with its id."""
_BATCH = 5_000
_REST_S = 5.0
"""How long a server that failed is left alone."""
_WRITE_FACTOR = 20
"""A batch of vectors may take so many times as long as a question."""
_HEARTBEAT = "/api/v2/heartbeat"


@dataclass(frozen=True)
class Server:
    """A Chroma server."""

    url: str
    token: str
    timeout_s: float


def server_of(settings: Settings) -> Server | None:
    """Return the configured server, None where vectors lie in the folders."""
    if not settings.chroma_url:
        return None
    token = settings.chroma_token.get_secret_value()
    return Server(settings.chroma_url.rstrip("/"), token, settings.chroma_timeout_s)


class VectorStore:
    """The collections of one version, by their plain names."""

    def __init__(self, folder: Path, version: str, server: Server | None) -> None:
        self._folder, self._version, self._server = folder, version, server
        self._client: Any = None
        self._collections: dict[str, Any] = {}
        self._rest_until = 0.0

    def fill(self, name: str, ids: list[str], vectors: Vectors) -> None:
        """Write a collection; one of that name that a killed build left is written anew.

        Raises:
            VectorsDown: the server does not answer.
        """
        # Written to disk at once, by one thread: what Chroma leaves in its log becomes a graph
        # anew, and another one, each time the folder is opened, and the neighbours differ.
        hnsw = {
            "space": "cosine",
            "ef_construction": 200,
            "ef_search": 5 * NEAREST,
            "num_threads": 1,
            "batch_size": 2,
            "sync_threshold": 2,
        }
        with self._calls(_WRITE_FACTOR) as client:
            full = self._full(name)
            if self._server is not None and full in _names(client):
                client.delete_collection(full)
            collection = client.create_collection(
                full, embedding_function=None, configuration={"hnsw": hnsw}
            )
            size = min(_BATCH, client.get_max_batch_size())
            for start in range(0, len(ids), size):
                part = slice(start, start + size)
                owners = [{"agreement": owner_of(id_)} for id_ in ids[part]]
                collection.add(
                    ids=ids[part],
                    embeddings=vectors[part],
                    metadatas=owners if name in OWNED else None,
                )

    def count(self, name: str) -> int:
        """Return how many vectors a collection holds.

        Raises:
            VectorsDown: the server does not answer.
        """
        with self._calls() as client:
            return int(self._collection(client, name).count())

    def query(self, name: str, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return (id, cosine), nearest first.

        Raises:
            VectorsDown: the server does not answer.
        """
        with self._calls() as client:
            found = self._collection(client, name).query(
                query_embeddings=[vector], n_results=limit, include=["distances"]
            )
        distances = found["distances"][0]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, name: str, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Return the ids and the vectors of some items, those of one agreement for example.

        By their ids they are there three times as soon as by a filter on what they belong to.

        Raises:
            VectorsDown: the server does not answer.
        """
        with self._calls() as client:
            found = self._collection(client, name).get(ids=list(ids), include=["embeddings"])
        return found["ids"], np.asarray(found["embeddings"], np.float32)

    def drop(self) -> None:
        """Remove the version's collections from the server; in a folder they go with it.

        Raises:
            VectorsDown: the server does not answer.
        """
        if self._server is None:
            return
        with self._calls(_WRITE_FACTOR) as client:
            for full in _names(client):
                if full.startswith(f"{self._version}."):
                    client.delete_collection(full)

    def close(self) -> None:
        """Let go of the folder or the server."""
        client, self._client = self._client, None
        self._collections.clear()
        if client is not None:
            if self._server is not None:
                for part in (client, client._admin_client):  # which Chroma leaves open
                    part._server._session.close()
            client.close()

    def _full(self, name: str) -> str:
        return name if self._server is None else f"{self._version}.{name}"

    def _collection(self, client: Any, name: str) -> Any:
        if name not in self._collections:
            self._collections[name] = client.get_collection(
                self._full(name), embedding_function=None
            )
        return self._collections[name]

    @contextmanager
    def _calls(self, factor: int = 1) -> Iterator[Any]:
        """Give the client; a server that fails is left alone for a while."""
        if self._server is None:
            if self._client is None:
                self._client = _embedded(self._folder / "chroma")
            yield self._client
            return
        if time.monotonic() < self._rest_until:
            raise VectorsDown(self._server.url, "resting")
        try:
            if self._client is None:
                self._client = _connect(self._server)
            self._client._server._session.timeout = httpx.Timeout(self._server.timeout_s * factor)
            yield self._client
        except (httpx.HTTPError, chromadb.errors.ChromaError, ValueError, OSError) as error:
            self._rest_until = time.monotonic() + _REST_S
            raise VectorsDown(self._server.url, str(error).splitlines()[0]) from error


def owner_of(id_: str) -> str:
    """Return the id of the agreement that an item of a collection of `OWNED` belongs to.

    >>> owner_of("aftale-2021:0-9/0-5"), owner_of("aftale-2021/bloktilskud")
    ('aftale-2021', 'aftale-2021')
    """
    return id_.partition(":")[0].partition("/")[0]


def check_database(path: Path) -> None:
    """Look into the database before Chroma does: it would remember a failure for the process.

    Raises:
        IndexDamaged: it is no database.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("SELECT count(*) FROM collections").fetchone()
    except sqlite3.Error as error:
        raise IndexDamaged(path, str(error)) from error


def versions_on(server: Server) -> Mapping[str, int]:
    """Return how many collections each version has on a server.

    Raises:
        VectorsDown: the server does not answer.
    """
    found: dict[str, int] = {}
    with closing(VectorStore(Path(), "", server)) as store, store._calls() as client:
        for full in _names(client):
            version = full.partition(".")[0]
            found[version] = found.get(version, 0) + 1
    return found


def _names(client: Any) -> list[str]:
    names: list[str] = []
    step = 500
    while True:
        page = [c.name for c in client.list_collections(limit=step, offset=len(names))]
        names += page
        if len(page) < step:
            return names


def _embedded(path: Path) -> Any:
    path.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(
        path=str(path), settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False)
    )


def _connect(server: Server) -> Any:
    headers = {"Authorization": f"Bearer {server.token}"} if server.token else {}
    # Chroma's client waits for ever while it connects; it is made only where something answers.
    httpx.get(
        f"{server.url}{_HEARTBEAT}", headers=headers, timeout=server.timeout_s
    ).raise_for_status()
    parts = urlsplit(server.url)
    secure = parts.scheme == "https"
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 80),
        ssl=secure,
        headers=headers,
        settings=ChromaSettings(anonymized_telemetry=False),
    )
