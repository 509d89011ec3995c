"""Head file and received file -> `Source`, every field checked, nothing altered.

A text is taken as it stands; a PDF, DOCX or HTML file is parsed in a capped child process, once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from pydantic import ValidationError

from corpus.errors import HeadError, SourceChanged, SourceEncoding, SourceMissing
from corpus.models import Head
from ingest.marked import join, split_boxes
from ingest.parse.capped import parse
from ingest.parse.content import FORMATS
from ingest.parse.parsed import Parsed

ADDING = ".adding-"
"""A folder of this name beside the heads marks an agreement whose files are being put in place."""


@dataclass(frozen=True)
class Source:
    """An agreement exactly as received, with its head."""

    head: Head
    raw: str
    parsed: Parsed | None = None
    """How the lines of `raw` are marked; None for a plain text."""


def read_corpus(folder: Path, parsed_dir: Path | None = None) -> list[Source]:
    """Return every agreement of a folder, ordered by date, then id.

    Parsed files are kept in `parsed_dir`, if given.

    Raises:
        CorpusError: a file is missing, changed, not UTF-8, refused, or a head has a wrong field.
        StorageError: `parsed_dir` cannot be written.
    """
    try:
        heads = sorted(folder.glob("*.yaml"))
    except OSError as error:
        raise SourceMissing(folder, str(error)) from error
    if not heads:
        raise SourceMissing(folder, "no head file")
    for path in sorted(path for one in FORMATS for path in folder.glob(f"*.{one}")):
        head = path.with_suffix(".yaml")
        under_way = (folder / f"{ADDING}{path.stem}").is_dir()
        if head not in heads and not under_way and not head.exists():  # it may have come just now
            raise HeadError(head, "missing")
    sources = [read_source(path, parsed_dir) for path in heads]
    return sorted(sources, key=lambda source: (source.head.date, source.head.id))


def read_source(head_path: Path, parsed_dir: Path | None = None) -> Source:
    """Return one agreement by its head file; the file is checked against the head's sha256.

    Raises:
        CorpusError: as for `read_corpus`.
        StorageError: as for `read_corpus`.
    """
    head = _read_head(head_path)
    path = find_document(head_path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceMissing(path, str(error)) from error
    if hashlib.sha256(data).hexdigest() != head.sha256:
        if path.suffix == ".txt":
            _decode(path, data)
        raise SourceChanged(path)
    return to_source(head, path, data, parsed_dir)


def to_source(head: Head, path: Path, data: bytes, parsed_dir: Path | None = None) -> Source:
    """Return an agreement from the bytes of its file; its format is the path's ending.

    Raises:
        SourceEncoding: a text that is not UTF-8.
        SourceRefused: a file that is not parsed.
        StorageError: `parsed_dir` cannot be written.
    """
    extension = path.suffix.removeprefix(".")
    if extension == "txt":
        return Source(head, _decode(path, data))
    parsed = parse(path, data, extension, parsed_dir)
    parsed = replace(parsed, lines=tuple(split_boxes(parsed.lines)))
    return Source(head, join(parsed.lines), parsed)


def find_document(head_path: Path) -> Path:
    """Return the received file beside a head file; `<id>.txt` where there is none.

    Raises:
        HeadError: there are two, and nobody can know which is the agreement.
    """
    there = [path for one in FORMATS if (path := head_path.with_suffix(f".{one}")).is_file()]
    if len(there) > 1:
        raise HeadError(head_path, f"{' + '.join(path.name for path in there)}")
    return there[0] if there else head_path.with_suffix(".txt")


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
