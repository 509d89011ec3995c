"""Bytes of a file -> `Parsed`, made in a child process that may use little and must be quick.

A parser is the likeliest place for a hostile file to do harm: it runs without the parent's
environment, with capped memory, time and output, and its end is only ever a refused file.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from corpus.errors import SourceRefused, StorageError
from corpus.settings import PROJECT
from ingest.parse.content import check_content
from ingest.parse.parsed import VERSION, Parsed, Refused, from_json

TIMEOUT_S = 120.0
"""By the clock. Whoever asks goes first, so a file may have to wait long for its `CPU_S`."""
MAX_OUTPUT_BYTES = 32 * 1024 * 1024
_OUT_OF_TIME = {-getattr(signal, name, 0) for name in ("SIGPROF", "SIGXCPU")} - {0}


def parse(path: Path, data: bytes, extension: str, cache_dir: Path | None = None) -> Parsed:
    """Return a PDF, DOCX or HTML file as lines; `path` is what an error names.

    The same bytes give the same lines. With `cache_dir` they are kept there by the file's sha256,
    so that nobody waits for a file that was parsed before.

    Raises:
        SourceRefused: the file is dangerous, no text, or not what its name says.
        StorageError: `cache_dir` cannot be written.
    """
    name = f"{hashlib.sha256(data).hexdigest()}-{extension}-{VERSION}.json"
    kept = None if cache_dir is None else cache_dir / name
    if kept is not None:
        try:
            return from_json(kept.read_bytes())
        except (OSError, ValueError):
            pass  # not parsed yet, or the copy is damaged: parse again
    try:
        check_content(data, extension)
        output = _run_child(data, extension)
    except Refused as refused:
        raise SourceRefused(path, refused.reason, refused.detail) from refused
    try:
        parsed = from_json(output)
    except ValueError as error:
        raise SourceRefused(path, "crashed", "output") from error
    if kept is not None:
        _keep(kept, output)
    return parsed


def _run_child(data: bytes, extension: str) -> bytes:
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-m", "ingest.parse.child", extension],
                input=data,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT,
                env=_environment(),
                timeout=TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Refused("too_slow", f"{TIMEOUT_S:.0f} s") from error
        answer = _read(output)
    if done.returncode in _OUT_OF_TIME:
        raise Refused("too_slow", f"signal {-done.returncode}")
    if done.returncode != 0:
        raise Refused("crashed", str(done.returncode))
    if answer.startswith(b"!"):
        reason, _, detail = answer[1:].decode(errors="replace").partition(" ")
        raise Refused(reason, detail[:80])
    return answer


def _environment() -> dict[str, str]:
    """Return what Python needs to start, and none of the parent's keys."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(PROJECT),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",  # each of its threads would reserve memory
    }


def _read(output: IO[bytes]) -> bytes:
    output.seek(0)
    answer = output.read(MAX_OUTPUT_BYTES + 1)
    if len(answer) > MAX_OUTPUT_BYTES:
        raise Refused("too_long", "output")
    return answer


def _keep(path: Path, output: bytes) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(output)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StorageError(path.parent, str(error)) from error
