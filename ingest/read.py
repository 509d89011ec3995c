"""Head file and text file -> `Source`, every field checked, nothing altered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from corpus.errors import HeadError, SourceChanged, SourceEncoding, SourceMissing
from corpus.models import Head


@dataclass(frozen=True)
class Source:
    """An agreement exactly as received, with its head."""

    head: Head
    raw: str


def read_corpus(folder: Path) -> list[Source]:
    """Return every agreement of a folder, ordered by date, then id.

    Raises:
        CorpusError: a file is missing, changed, not UTF-8, or a head has a wrong field.
    """
    try:
        heads = sorted(folder.glob("*.yaml"))
    except OSError as error:
        raise SourceMissing(folder, str(error)) from error
    if not heads:
        raise SourceMissing(folder, "no head file")
    for path in sorted(folder.glob("*.txt")):
        if path.with_suffix(".yaml") not in heads:
            raise HeadError(path.with_suffix(".yaml"), "missing")
    sources = [read_source(path) for path in heads]
    return sorted(sources, key=lambda source: (source.head.date, source.head.id))


def read_source(head_path: Path) -> Source:
    """Return one agreement by its head file; the text is checked against the head's sha256.

    Raises:
        CorpusError: as for `read_corpus`.
    """
    head = _read_head(head_path)
    path = head_path.with_name(f"{head.id}.txt")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceMissing(path, str(error)) from error
    if hashlib.sha256(data).hexdigest() != head.sha256:
        _decode(path, data)
        raise SourceChanged(path)
    return Source(head, _decode(path, data))


def _read_head(path: Path) -> Head:
    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
        head = Head.model_validate(fields)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise HeadError(path, _first_line(error)) from error
    if head.id != path.stem:
        raise HeadError(path, f"id: {head.id}")
    return head


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error).splitlines()[0]


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceEncoding(path, f"byte {error.start}") from error
