"""The pipeline: agreements -> one finished index folder, named by what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import closing
from pathlib import Path

from corpus.errors import IndexDamaged, StorageError
from corpus.settings import Settings
from ingest.adapter import adapter_of
from ingest.chunk import chunk
from ingest.clean import clean
from ingest.embed import Embedder
from ingest.everyday import add_everyday_words, read_aliases, read_unanswered
from ingest.index import FORMAT, Corpus, index_texts, write
from ingest.read import read_corpus
from ingest.registered import commitments_of, figures_of
from ingest.structure import structure
from ingest.structure_register import apply_structure
from ingest.vector_cache import Progress, embed_cached
from ingest.vector_store import VectorStore, server_of
from ingest.versions import (
    building_folder,
    folders,
    is_finished,
    leftovers,
    read_pointer,
    sync_folder,
    version_of,
    writing,
)  # fmt: skip


def process(settings: Settings) -> Corpus:
    """Read every agreement, cut it up, and find its figures and commitments.

    Raises:
        CorpusError: an agreement file cannot be used.
    """
    agreements = [
        apply_structure(clean(source), settings.structure_dir)
        for source in read_corpus(settings.agreements_dir, settings.parsed_dir)
    ]
    aliases = read_aliases(settings.corpus_dir / "aliases.yaml")
    corpus = Corpus(
        agreements=tuple(agreements),
        sections=(),
        passages=(),
        sentences=(),
        aliases=aliases,
        unanswered=read_unanswered(settings.unanswered_dir / "elsewhere.yaml"),
    )
    for agreement in agreements:
        sections = structure(agreement)
        passages, sentences = chunk(agreement, sections)
        sentences = add_everyday_words(sentences, settings.everyday_dir / f"{agreement.id}.yaml")
        unanswered = read_unanswered(settings.unanswered_dir / f"{agreement.id}.yaml")
        figures = figures_of(settings, agreement)
        commitments = commitments_of(settings, agreement, sentences)
        corpus = corpus.model_copy(
            update={
                "sections": (*corpus.sections, *(section for section, _ in sections)),
                "passages": (*corpus.passages, *passages),
                "sentences": (*corpus.sentences, *sentences),
                "figures": (*corpus.figures, *figures),
                "commitments": (*corpus.commitments, *commitments),
                "unanswered": (*corpus.unanswered, *unanswered),
            }
        )
    return corpus


def fingerprint(settings: Settings) -> str:
    """Return a hash of every file that the corpus is made of, for telling that one has changed."""
    digest = hashlib.sha256()
    for path in source_files(settings):
        digest.update(f"{path.relative_to(settings.corpus_dir).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def source_files(settings: Settings) -> list[Path]:
    """Return the agreements, their heads and every register, in order."""
    parts = (settings.agreements_dir, settings.everyday_dir, settings.figures_dir,
             settings.commitments_dir, settings.unanswered_dir, settings.structure_dir,
             settings.reviews_dir)  # fmt: skip
    found = [
        path
        for part in parts
        for path in part.rglob("*")
        if not any(name.startswith(".") for name in path.relative_to(part).parts) and path.is_file()
    ]
    aliases = settings.corpus_dir / "aliases.yaml"
    return sorted([*found, *([aliases] if aliases.is_file() else [])])


def index_name(corpus: Corpus, model_id: str) -> str:
    """Return the name of the index: a hash of corpus, chunking, model and adapter."""
    digest = hashlib.sha256(f"{FORMAT}\n{model_id}\n".encode())
    adapter = adapter_of(model_id)
    digest.update(b"" if adapter is None else adapter.tobytes())
    digest.update(corpus.model_dump_json().encode())
    return digest.hexdigest()[:16]


def find_version(index_dir: Path, name: str) -> Path | None:
    """Return the finished version of a corpus: the current one, else the one built last."""
    built = [f for f in folders(index_dir) if f.name.split("-")[0] == name and is_finished(f)]
    try:
        pointer = read_pointer(index_dir)
    except IndexDamaged:
        pointer = None
    if pointer and (current := [f for f in built if f.name == pointer.name]):
        return current[0]
    return max(built, key=lambda f: _attempt(f.name), default=None)


def _attempt(name: str) -> int:
    return int(name.partition("-")[2] or 1)


def build(
    settings: Settings,
    corpus: Corpus,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Path:
    """Return the finished index folder of a corpus; written under a lock if it is not there.

    Two processes may call it at once: one builds, the other waits and finds the folder. With
    `force` a version is built beside the one that is there. Which version answers does not change:
    that is `ingest.publish`.

    Raises:
        StorageError: `var/` cannot be written.
        VectorsDown: the vector server does not answer.
    """
    name = index_name(corpus, embedder.id)
    if not force and (found := find_version(settings.index_dir, name)):
        return found
    with writing(settings.index_dir):
        return build_locked(settings, corpus, embedder, progress, force=force)


def build_locked(
    settings: Settings,
    corpus: Corpus,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Path:
    """Do what `build` does, for one who holds the lock."""
    name = index_name(corpus, embedder.id)
    if not force and (found := find_version(settings.index_dir, name)):
        return found
    try:
        for left in leftovers(settings.index_dir):  # a build that was killed
            forget(settings, version_of(left))
            shutil.rmtree(left, ignore_errors=True)
        taken = [_attempt(f.name) for f in folders(settings.index_dir) if f.name.startswith(name)]
        attempt = max(taken, default=0) + 1
        folder = settings.index_dir / (name if attempt == 1 else f"{name}-{attempt}")
        building = building_folder(settings.index_dir, folder.name)
        building.mkdir()
        texts = [text for group in index_texts(corpus).values() for text in group]
        vectors = embed_cached(settings.var_dir / "vectors", texts, embedder, progress)
        adapter = adapter_of(embedder.id)
        server = server_of(settings)
        write(building, folder.name, embedder.id, corpus, vectors, adapter, server)
        for path in building.rglob("*"):
            if path.is_dir():
                sync_folder(path)
                continue
            with path.open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(building)
        building.replace(folder)
        sync_folder(settings.index_dir)
    except OSError as error:
        raise StorageError(settings.index_dir, str(error)) from error
    return folder


def forget(settings: Settings, version: str) -> None:
    """Remove what a version has on the server.

    Raises:
        VectorsDown: the vector server does not answer.
    """
    with closing(VectorStore(settings.index_dir / version, version, server_of(settings))) as store:
        store.drop()
