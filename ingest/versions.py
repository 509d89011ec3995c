"""Which version answers: finished folders beside each other, and a pointer that names one.

<index>/<version>/        a finished index; nobody of ours writes in it again
<index>/current           the pointer: which version answers, exchanged in one step
<index>/.lock             held by the one process that writes
<index>/.readers/<v>/     a lock file for each reader of a version, freed with its process
<index>/.retired/<v>      since when a version is no longer the current one
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import BuildBusy, IndexDamaged, StorageError

POINTER = "current"
_BUILDING = ".building-"
_ATTEMPTS = 5
_WAIT_STEP_S = 1.0
OnWait = Callable[[float], None]
"""Called with the seconds waited for another writer."""


class Pointer(BaseModel):
    """Which version answers."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str
    corpus: str
    """The fingerprint of the corpus files that it was made from."""


@dataclass(frozen=True)
class Held:
    """A version that a reader uses; it is not removed until it is let go."""

    folder: Path
    lock: filelock.BaseFileLock

    def release(self) -> None:
        """Let go of the version."""
        self.lock.release()
        Path(self.lock.lock_file).unlink(missing_ok=True)


def read_pointer(index_dir: Path) -> Pointer | None:
    """Return the pointer, None where there is none yet.

    Raises:
        IndexDamaged: it cannot be read.
    """
    path = index_dir / POINTER
    try:
        return Pointer.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise IndexDamaged(path, str(error).splitlines()[0]) from error


def switch(index_dir: Path, pointer: Pointer) -> None:
    """Let another version answer, in one step that survives a power cut.

    Raises:
        StorageError: the pointer cannot be written.
    """
    retired = index_dir / ".retired"
    try:
        retired.mkdir(exist_ok=True)
        for folder in folders(index_dir):
            if folder.name != pointer.name and not (retired / folder.name).exists():
                (retired / folder.name).touch()
        before = current_name(index_dir)
        if before not in {None, pointer.name}:
            (retired / str(before)).touch()  # again: its time begins now
        write_whole(index_dir / POINTER, pointer.model_dump_json().encode())
        (retired / pointer.name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(index_dir, str(error)) from error


def hold_current(index_dir: Path) -> Held | None:
    """Return the version that answers, held; None where there is none yet.

    Raises:
        IndexDamaged: the pointer cannot be read or names a folder that is not there.
        StorageError: the folder of locks cannot be written.
    """
    name = ""
    for _ in range(_ATTEMPTS):
        pointer = read_pointer(index_dir)
        if pointer is None:
            return None
        name = pointer.name
        if (held := hold(index_dir / name)) is not None:
            return held
    raise IndexDamaged(index_dir / name / "manifest.json", "missing")


def hold(folder: Path) -> Held | None:
    """Return a version, held; None where it is no more.

    Raises:
        StorageError: the folder of locks cannot be written.
    """
    readers = folder.parent / ".readers" / folder.name
    path = readers / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    # Let go by another thread than the one that took it: the last answer on a version is anyone's.
    lock = filelock.FileLock(path, thread_local=False)
    try:
        readers.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except (OSError, filelock.Timeout) as error:
        if isinstance(error, FileNotFoundError):
            return None  # the version is being removed
        raise StorageError(readers, str(error)) from error
    held = Held(folder, lock)
    if not path.exists() or not is_finished(folder):  # it was removed in between
        held.release()
        return None
    return held


def is_finished(folder: Path) -> bool:
    """Return whether a folder is a whole version: its manifest was written last."""
    return (folder / "manifest.json").is_file()


def folders(index_dir: Path) -> list[Path]:
    """Return every version, the oldest name first."""
    if not index_dir.is_dir():
        return []
    found = [p for p in index_dir.iterdir() if p.is_dir() and not p.name.startswith(".")]
    return sorted(found)


def readers(folder: Path) -> int:
    """Return how many living readers hold a version; the files of dead ones are removed."""
    held = 0
    for path in sorted((folder.parent / ".readers" / folder.name).glob("*")):
        lock = filelock.FileLock(path)
        try:
            with lock.acquire(timeout=0):
                path.unlink(missing_ok=True)
        except filelock.Timeout:
            held += 1
    return held


def reclaim(index_dir: Path, grace_s: float, on_remove: Callable[[Path], None]) -> list[str]:
    """Remove versions that are not current, were not for `grace_s` and that nobody holds.

    Only the writer calls it. `on_remove` is told of a folder that is no version any more and then
    goes. Returns the names of those that went.

    Raises:
        StorageError: a folder cannot be removed.
    """
    current = current_name(index_dir)
    gone: list[str] = []
    try:
        for folder in folders(index_dir):
            old = _retired_s(index_dir, folder.name)
            if folder.name == current or old is None or old < grace_s or readers(folder):
                continue
            # Renamed first: what a kill leaves behind is no version but a leftover.
            dying = building_folder(index_dir, folder.name)
            shutil.rmtree(dying, ignore_errors=True)
            folder.replace(dying)
            on_remove(folder)
            shutil.rmtree(dying)
            (index_dir / ".retired" / folder.name).unlink(missing_ok=True)
            shutil.rmtree(index_dir / ".readers" / folder.name, ignore_errors=True)
            gone.append(folder.name)
    except OSError as error:
        raise StorageError(index_dir, str(error)) from error
    return gone


def young(index_dir: Path, grace_s: float) -> list[float]:
    """Return for each version that is kept by its age alone how many seconds it has left."""
    current = current_name(index_dir)
    left = [
        grace_s - old
        for folder in folders(index_dir)
        if folder.name != current
        and (old := _retired_s(index_dir, folder.name)) is not None
        and old < grace_s
    ]
    return sorted(left)


def _retired_s(index_dir: Path, name: str) -> float | None:
    """Return for how long a version is not the current one; None where nobody has switched."""
    mark = index_dir / ".retired" / name
    return max(0.0, time.time() - mark.stat().st_mtime) if mark.exists() else None


def current_name(index_dir: Path) -> str | None:
    """Return the name of the version that answers; None where no pointer can be read."""
    try:
        pointer = read_pointer(index_dir)
    except IndexDamaged:
        return None
    return pointer.name if pointer else None


def leftovers(index_dir: Path) -> list[Path]:
    """Return what killed builds left, and folders that are no version and that nobody holds."""
    broken = [f for f in folders(index_dir) if not is_finished(f) and not readers(f)]
    return [*sorted(index_dir.glob(f"{_BUILDING}*")), *broken]


def version_of(leftover: Path) -> str:
    """Return the name of the version that a leftover was to be, or was."""
    return leftover.name.removeprefix(_BUILDING)


def building_folder(index_dir: Path, name: str) -> Path:
    """Return where a version is built before it is finished."""
    return index_dir / f"{_BUILDING}{name}"


@contextmanager
def writing(
    index_dir: Path, *, wait: bool = True, on_wait: OnWait = lambda _: None
) -> Iterator[None]:
    """Be the one process that writes; a second one waits and says so.

    Raises:
        BuildBusy: another one writes, and `wait` is False.
        StorageError: the folder cannot be written.
    """
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(index_dir / ".lock")
        began = time.monotonic()
        while not lock.is_locked:
            try:
                lock.acquire(timeout=_WAIT_STEP_S if wait else 0, poll_interval=0.1)
            except filelock.Timeout as error:
                if not wait:
                    raise BuildBusy(index_dir) from error
                on_wait(time.monotonic() - began)
    except OSError as error:
        raise StorageError(index_dir, str(error)) from error
    try:
        yield
    finally:
        lock.release()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, also after a power cut."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut, where the system can."""
    if os.name == "nt":
        return  # a folder cannot be opened there
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
