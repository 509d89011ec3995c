"""The pipeline: agreements -> one finished index folder, named by what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import filelock
import numpy as np

from corpus.errors import StorageError
from corpus.settings import Settings
from ingest.adapter import adapter_of
from ingest.chunk import chunk
from ingest.clean import clean
from ingest.commitments import CommitmentRegistry
from ingest.embed import Embedder, Vectors
from ingest.everyday import add_everyday_words, read_aliases, read_unanswered
from ingest.extract import extract_figures
from ingest.extract_commitments import extract_commitments
from ingest.figures import Registry
from ingest.index import FORMAT, Corpus, index_texts, write
from ingest.read import read_corpus
from ingest.structure import structure

Progress = Callable[[int, int], None]
"""Called with (texts embedded, texts to embed)."""


def process(settings: Settings) -> Corpus:
    """Read every agreement, cut it up, and find its figures and commitments.

    Raises:
        CorpusError: an agreement file cannot be used.
    """
    agreements = [clean(source) for source in read_corpus(settings.agreements_dir)]
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
        registry = settings.figures_dir / f"{agreement.id}.yaml"
        figures = (
            Registry(registry, agreement).figures
            if registry.is_file()
            else extract_figures(agreement)
        )
        register = settings.commitments_dir / f"{agreement.id}.yaml"
        commitments = (
            CommitmentRegistry(register, agreement).commitments
            if register.is_file()
            else extract_commitments(agreement.id, sentences)
        )
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


def index_name(corpus: Corpus, model_id: str) -> str:
    """Return the name of the index: a hash of corpus, chunking, model and adapter."""
    digest = hashlib.sha256(f"{FORMAT}\n{model_id}\n".encode())
    adapter = adapter_of(model_id)
    digest.update(b"" if adapter is None else adapter.tobytes())
    digest.update(corpus.model_dump_json().encode())
    return digest.hexdigest()[:16]


def build(
    settings: Settings,
    corpus: Corpus,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> Path:
    """Return the finished index folder of a corpus; written under a lock if it is not there.

    Two processes may call it at once: one builds, the other waits and finds the folder.

    Raises:
        StorageError: `var/` cannot be written.
    """
    name = index_name(corpus, embedder.id)
    folder = settings.index_dir / name
    if (folder / "manifest.json").is_file() and not force:
        return folder
    try:
        settings.index_dir.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(settings.index_dir / ".lock"):
            if force:
                shutil.rmtree(folder, ignore_errors=True)
            if not (folder / "manifest.json").is_file():
                _build(settings, folder, corpus, embedder, progress)
    except OSError as error:
        raise StorageError(settings.index_dir, str(error)) from error
    return folder


def _build(
    settings: Settings, folder: Path, corpus: Corpus, embedder: Embedder, progress: Progress | None
) -> None:
    for left in settings.index_dir.glob(".building-*"):  # a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    building = settings.index_dir / f".building-{folder.name}"
    building.mkdir()
    texts = index_texts(corpus)
    flat = [text for group in texts.values() for text in group]
    vectors = _embed(settings.var_dir / "vectors", flat, embedder, progress)
    write(building, folder.name, embedder.id, corpus, vectors, adapter_of(embedder.id))
    for path in building.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    building.replace(folder)


def _embed(
    cache_dir: Path, texts: Sequence[str], embedder: Embedder, progress: Progress | None
) -> Vectors:
    """Embed what was never embedded by this model; the rest comes from the cache."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    cache = cache_dir / f"{hashlib.sha256(embedder.id.encode()).hexdigest()[:16]}.npz"
    known = _read_cache(cache)
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, len(new))

        if progress:
            progress(0, len(new))
        vectors = embedder.embed_passages(list(new.values()), step)
        known |= dict(zip(new, vectors, strict=True))
        _write_cache(cache, known)
    return np.stack([known[key] for key in keys])


def _read_cache(path: Path) -> dict[str, Vectors]:
    try:
        with path.open("rb") as file, np.load(file) as data:
            return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # none yet, or damaged: embed again


def _write_cache(path: Path, vectors: dict[str, Vectors]) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        np.savez(file, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
