"""What is wrong with index, registers, versions, cache, model and disk, and what mends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import ingest_texts, texts
from corpus.errors import AssistantError, CorpusError, IndexDamaged, VectorsDown
from corpus.settings import Settings
from ingest.build import fingerprint, index_name, process
from ingest.embed import Embedder, embedder_id, load_embedder
from ingest.gate import reasons_against
from ingest.index import Corpus, Index
from ingest.vector_cache import cache_file, is_sound
from ingest.vector_store import server_of, versions_on
from ingest.versions import Pointer, folders, leftovers, read_pointer, readers

_BUILD = "python -m ingest build"
_FORCE = "python -m ingest build --force"
_FREE_BYTES = 2 * 1024**3
"""Room for the model and for two versions of some thousand passages."""


@dataclass(frozen=True)
class Finding:
    """Something that was looked at: a sign of health, or a fault and what mends it."""

    wrong: bool
    text: str
    mend: str = ""


def examine(settings: Settings, embedder: Embedder | None = None) -> Iterator[Finding]:
    """Look at everything, the cheap first, and tell of each as it is found."""
    yield from _disk(settings)
    corpus, faults = _corpus(settings)
    yield from faults
    pointer, faults = _pointer(settings)
    yield from faults
    yield from _cache(settings)
    yield from _versions(settings, pointer)
    yield from _server(settings, pointer)
    try:
        model = embedder or load_embedder(settings)
    except AssistantError as error:
        yield Finding(True, texts.describe_error(error), "make setup")
        return
    yield Finding(False, ingest_texts.DOCTOR_MODEL.format(name=model.id))
    if pointer is not None:
        yield from _index(settings, pointer, corpus, model)


def _disk(settings: Settings) -> Iterator[Finding]:
    place = settings.var_dir
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    gigabytes = f"{free / 1024**3:.1f}".replace(".", ",")
    if free < _FREE_BYTES:
        yield Finding(True, ingest_texts.DOCTOR_DISK_FULL.format(path=place, free=gigabytes),
                      ingest_texts.DOCTOR_MAKE_ROOM)  # fmt: skip
    else:
        yield Finding(False, ingest_texts.DOCTOR_DISK.format(free=gigabytes))


def _corpus(settings: Settings) -> tuple[Corpus | None, list[Finding]]:
    try:
        corpus = process(settings)
    except CorpusError as error:
        fault = Finding(True, texts.describe_error(error), "python -m ingest check")
        return None, [fault]
    text = ingest_texts.DOCTOR_CORPUS.format(
        agreements=len(corpus.agreements),
        figures=len(corpus.figures),
        commitments=len(corpus.commitments),
    )
    return corpus, [Finding(False, text)]


def _pointer(settings: Settings) -> tuple[Pointer | None, list[Finding]]:
    try:
        pointer = read_pointer(settings.index_dir)
    except IndexDamaged as error:
        text = ingest_texts.DOCTOR_POINTER_DAMAGED.format(path=error.path)
        return None, [Finding(True, text, _BUILD)]
    if pointer is None:
        text = ingest_texts.DOCTOR_NO_POINTER.format(path=settings.index_dir)
        return None, [Finding(True, text, _BUILD)]
    if not (settings.index_dir / pointer.name).is_dir():
        text = ingest_texts.DOCTOR_POINTS_NOWHERE.format(name=pointer.name)
        return None, [Finding(True, text, _BUILD)]
    return pointer, [Finding(False, ingest_texts.DOCTOR_POINTER.format(name=pointer.name))]


def _cache(settings: Settings) -> Iterator[Finding]:
    path = cache_file(settings.var_dir / "vectors", embedder_id(settings))
    if is_sound(path):
        yield Finding(False, ingest_texts.DOCTOR_CACHE)
    else:
        yield Finding(True, ingest_texts.DOCTOR_CACHE_DAMAGED.format(path=path), f"rm {path}*")


def _versions(settings: Settings, pointer: Pointer | None) -> Iterator[Finding]:
    for left in leftovers(settings.index_dir):
        yield Finding(True, ingest_texts.DOCTOR_LEFTOVER.format(path=left), _FORCE)
    kept = [f for f in folders(settings.index_dir) if pointer and f.name != pointer.name]
    held = sum(bool(readers(folder)) for folder in kept)
    yield Finding(False, ingest_texts.DOCTOR_VERSIONS.format(kept=len(kept), held=held))


def _server(settings: Settings, pointer: Pointer | None) -> Iterator[Finding]:
    server = server_of(settings)
    if server is None:
        return
    try:
        found = versions_on(server)
    except VectorsDown as error:
        yield Finding(True, texts.describe_error(error), ingest_texts.DOCTOR_START_SERVER)
        return
    if pointer is not None and pointer.name not in found:
        text = ingest_texts.DOCTOR_SERVER_EMPTY.format(url=server.url, name=pointer.name)
        yield Finding(True, text, _FORCE)
    else:
        yield Finding(False, ingest_texts.DOCTOR_SERVER.format(url=server.url, count=len(found)))


def _index(
    settings: Settings, pointer: Pointer, corpus: Corpus | None, model: Embedder
) -> Iterator[Finding]:
    try:
        index = Index.open(settings.index_dir / pointer.name, model, server_of(settings))
    except AssistantError as error:
        yield Finding(True, texts.describe_error(error), _BUILD)
        return
    try:
        reasons = reasons_against(index, index.corpus, model, None, accept_loss=True)
    finally:
        index.close()
    for reason in reasons:
        yield Finding(True, reason, _FORCE)
    if not reasons:
        yield Finding(False, ingest_texts.DOCTOR_INDEX.format(passages=index.manifest.passages))
    named = corpus is not None and index_name(corpus, model.id) == pointer.name.split("-")[0]
    if corpus is not None and not named and pointer.corpus != fingerprint(settings):
        yield Finding(True, texts.CORPUS_NEWER, _BUILD)
