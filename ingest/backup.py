"""The whole collection in one file, and back: sources, registers, the current version, its pointer.

What is put back is unpacked beside, compared file by file with the hashes in the archive, and only
then exchanged, folder by folder; the pointer comes last. What was there is kept beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tarfile
import tempfile
import zlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import ingest_texts, texts
from corpus.errors import ArchiveError, IndexDamaged, StorageError
from corpus.settings import Settings
from ingest.build import source_files
from ingest.vector_cache import is_sound
from ingest.versions import (
    POINTER,
    Pointer,
    hold_current,
    switch,
    sync_folder,
    writing,
)  # fmt: skip

_CONTENTS = "contents.json"
_CORPUS, _INDEX = "corpus", "index"


class Contents(BaseModel):
    """What an archive holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made: dt.datetime
    version: str
    files: dict[str, str]
    """Path in the archive -> sha256."""


def back_up(settings: Settings, archive: Path) -> Contents:
    """Write sources, registers and the version that answers into one archive, in one step.

    Raises:
        ArchiveError: it cannot be written, or there is no version yet.
    """
    try:
        held = hold_current(settings.index_dir)
    except (IndexDamaged, StorageError) as error:
        raise ArchiveError(archive, texts.describe_error(error)) from error
    if held is None:
        raise ArchiveError(archive, ingest_texts.BACKUP_NO_VERSION)
    temporary = archive.with_name(f".{archive.name}.{os.getpid()}.tmp")
    try:
        # No version is switched or removed, and no file of the corpus read twice as two.
        with writing(settings.index_dir):
            files = {
                f"{_CORPUS}/{path.relative_to(settings.corpus_dir).as_posix()}": path
                for path in source_files(settings)
            }
            files |= {
                f"{_INDEX}/{held.folder.name}/{path.relative_to(held.folder).as_posix()}": path
                for path in sorted(held.folder.rglob("*"))
                if path.is_file()
            }
            files[f"{_INDEX}/{POINTER}"] = settings.index_dir / POINTER
            contents = _write(temporary, files, held.folder.name)
        temporary.replace(archive)
        sync_folder(archive.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ArchiveError(archive, str(error)) from error
    finally:
        held.release()
    return contents


def _write(path: Path, files: dict[str, Path], version: str) -> Contents:
    hashes: dict[str, str] = {}
    with path.open("wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as tar:
        for name, file in files.items():
            data = file.read_bytes()  # once: what is hashed is what is written
            hashes[name] = hashlib.sha256(data).hexdigest()
            _add(tar, name, data)
        made = dt.datetime.now(dt.UTC)
        contents = Contents(made=made, version=version, files=hashes)
        _add(tar, _CONTENTS, contents.model_dump_json(indent=1).encode())
        tar.close()
        raw.flush()
        os.fsync(raw.fileno())
    return contents


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def restore(settings: Settings, archive: Path, *, force: bool = False) -> Contents:
    """Put back what an archive holds; it is compared with its hashes before anything is touched.

    Args:
        settings: Where it goes.
        archive: The file.
        force: Put it in the place of what is there, which is kept beside it.

    Raises:
        ArchiveError: it is not whole, or something is there and `force` is False.
        StorageError: a folder cannot be written.
    """
    there = [*source_files(settings), settings.index_dir / POINTER]
    if not force and (found := [path for path in there if path.exists()]):
        raise ArchiveError(archive, ingest_texts.RESTORE_WOULD_OVERWRITE.format(path=found[0]))
    try:
        settings.corpus_dir.mkdir(parents=True, exist_ok=True)
        settings.index_dir.mkdir(parents=True, exist_ok=True)
        with (
            writing(settings.index_dir),
            # One beside each: a rename does not cross from one disk to another.
            tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.corpus_dir) as sources,
            tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.index_dir) as versions,
        ):
            contents = _unpack(archive, Path(sources), Path(versions))
            pointer = Pointer.model_validate_json((Path(versions) / _INDEX / POINTER).read_bytes())
            stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}"
            _exchange_version(settings, Path(versions) / _INDEX / pointer.name, stamp)
            _exchange_sources(settings, Path(sources) / _CORPUS, stamp)
            switch(settings.index_dir, pointer)
    except (OSError, ValidationError) as error:
        raise StorageError(settings.index_dir, str(error)) from error
    return contents


def _unpack(archive: Path, sources: Path, versions: Path) -> Contents:
    """Unpack what the archive lists, and nothing else; every file must have its hash."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            listed = tar.extractfile(_CONTENTS)
            if listed is None:
                raise ArchiveError(archive, ingest_texts.ARCHIVE_NOT_WHOLE)
            contents = Contents.model_validate_json(listed.read())
            for name, sha256 in contents.files.items():
                _unpack_one(archive, tar, name, sha256, sources, versions)
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError, zlib.error) as error:
        raise ArchiveError(archive, f"{ingest_texts.ARCHIVE_NOT_WHOLE} ({error})") from error
    if f"{_INDEX}/{contents.version}/manifest.json" not in contents.files:
        raise ArchiveError(archive, ingest_texts.ARCHIVE_NOT_WHOLE)
    return contents


def _unpack_one(
    archive: Path, tar: tarfile.TarFile, name: str, sha256: str, sources: Path, versions: Path
) -> None:
    parts = name.split("/")
    if parts[0] not in {_CORPUS, _INDEX} or ".." in parts or "\\" in name:
        raise ArchiveError(archive, ingest_texts.ARCHIVE_NOT_WHOLE)
    stored = tar.extractfile(name)
    data = stored.read() if stored else b""
    if stored is None or hashlib.sha256(data).hexdigest() != sha256:
        raise ArchiveError(archive, f"{ingest_texts.ARCHIVE_NOT_WHOLE} ({name})")
    path = (sources if parts[0] == _CORPUS else versions).joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _exchange_version(settings: Settings, unpacked: Path, stamp: str) -> None:
    """Put the version in its place; the same one, only opened since, is left to its readers."""
    place = settings.index_dir / unpacked.name
    if place.exists():
        if all(_same(path, place / path.relative_to(unpacked)) for path in unpacked.rglob("*")):
            return
        place.replace(settings.index_dir / f".before-{stamp}-{place.name}")
    unpacked.replace(place)
    sync_folder(settings.index_dir)


def _same(stored: Path, there: Path) -> bool:
    if stored.is_dir():
        return there.is_dir()
    if stored.name == "chroma.sqlite3":  # Chroma counts its openings in it
        return there.is_file() and is_sound(there)
    return there.is_file() and stored.read_bytes() == there.read_bytes()


def _exchange_sources(settings: Settings, unpacked: Path, stamp: str) -> None:
    """Put each folder in its place; what was there is kept in `.before-<time>`."""
    kept = settings.corpus_dir / f".before-{stamp}"
    owned = (settings.agreements_dir, settings.everyday_dir, settings.figures_dir,
             settings.commitments_dir, settings.unanswered_dir,
             settings.corpus_dir / "aliases.yaml")  # fmt: skip
    for place in owned:
        if place.exists():
            kept.mkdir(exist_ok=True)
            place.replace(kept / place.name)
        new = unpacked / place.name
        if new.exists():
            new.replace(place)
    sync_folder(settings.corpus_dir)
