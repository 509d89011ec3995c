"""A received file -> an agreement in the corpus, or nothing: all or none of its files are there.

The name that the sender gave the file is only a label. Files are named by the agreement's id; they
are written in a folder `.adding-<id>` beside the others and then put in place, the head last.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock
import yaml

from corpus.errors import NotAdded, SourceMissing, SourceRefused, StorageError, UnknownAgreement
from corpus.models import Agreement, Head, Years
from corpus.settings import Settings
from ingest.clean import clean
from ingest.head_fields import Fields, find_fields, is_id, make_id
from ingest.parse.content import FORMATS, MAX_BYTES, check_content, extension_of
from ingest.parse.parsed import Hidden, Refused
from ingest.parse.unseen import UNSEEN, find_unseen
from ingest.read import ADDING, Source, to_source

_SHORT_TITLE = 60
_LONG_BLOCK_WORDS = 450


@dataclass(frozen=True)
class Received:
    """A file that was read and can be added."""

    label: str
    """What the sender called it, fit to be shown."""
    data: bytes
    extension: str
    source: Source
    agreement: Agreement
    fields: Fields

    @property
    def sha256(self) -> str:
        """Of the file as received."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def hidden(self) -> tuple[Hidden, ...]:
        """What a reader of the document would not see; it is not in the text."""
        if self.source.parsed is not None:
            return self.source.parsed.hidden
        return tuple(find_unseen(self.source.raw))

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person should look at: keys of `ingest_texts.DOUBTS`, some with a page."""
        found = list(self.source.parsed.doubts) if self.source.parsed else []
        text = self.agreement.text
        for block in self.agreement.blocks:
            if len(text[block.start : block.end].split()) > _LONG_BLOCK_WORDS:
                page = self.agreement.page_at(block.start)
                found.append("long_block" if page is None else f"long_block:{page}")
        if not any(block.kind.is_heading for block in self.agreement.blocks):
            found.append("no_headings")
        return tuple(dict.fromkeys(found))


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, at most one more than may be added.

    Raises:
        SourceMissing: it is no file, or cannot be read.
    """
    try:
        if not path.is_file():
            raise SourceMissing(path, "no file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceMissing(path, str(error)) from error


def receive(settings: Settings, name: str, data: bytes) -> Received:
    """Return a file as an agreement whose head is not known yet; nothing is written.

    Raises:
        SourceRefused: the file is dangerous, holds no text, or is not what its name says.
        SourceEncoding: a text that is not UTF-8.
    """
    label = make_label(name)
    try:
        extension = extension_of(name)
        check_content(data, extension)
    except Refused as refused:
        raise SourceRefused(Path(label), refused.reason, refused.detail) from refused
    nobody = Head(
        id="ny", title="", short_title="", date=dt.date.min, parties=(),
        years=Years(first=1, last=1), status="current", source_url=None, sha256="", editor=(),
    )  # fmt: skip
    named = f"{Path(label).stem if label.endswith(f'.{extension}') else label}.{extension}"
    source = to_source(nobody, Path(named), data, settings.parsed_dir)
    agreement = clean(source)
    if not agreement.blocks:
        raise SourceRefused(Path(label), "no_text")
    return Received(label, data, extension, source, agreement, find_fields(source, agreement))


def make_label(name: str) -> str:
    """Return the last part of a sender's file name without signs that could mislead, cut short."""
    last = re.split(r"[/\\]", UNSEEN.sub("", name))[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip()
    return printable[:80] or "fil"


def make_head(
    settings: Settings,
    received: Received,
    fields: Fields,
    *,
    id_: str = "",
    short_title: str = "",
    replaces: tuple[str, ...] = (),
) -> Head:
    """Return the head of a received file; what is not in its text is marked as the editor's.

    Raises:
        NotAdded: the id is taken or none, the same file is there, or a replaced one is not.
        ValueError: a field is missing.
    """
    title, date, years = fields.title, fields.date, fields.years
    if not title or date is None or years is None or not fields.parties:
        raise ValueError("a field is missing")
    heads = list(_heads(settings.agreements_dir))
    taken = {head["id"] for head in heads}
    if id_ and not is_id(id_):
        raise NotAdded("bad_id", make_label(id_))
    if id_ in taken:
        raise NotAdded("exists", id_)
    for head in heads:
        if head["sha256"] == received.sha256:
            raise NotAdded("same_file", head["id"])
    for other in replaces:
        if other not in taken:
            raise UnknownAgreement(other, tuple(sorted(taken)))
    found = received.fields
    editor = ["short_title", "status"]
    editor += [name for name in ("title", "date", "parties", "years")
               if getattr(found, name) != getattr(fields, name)]  # fmt: skip
    return Head(
        id=id_ or make_id(title, date.year, taken),
        title=title,
        short_title=short_title or _shorten(title),
        date=date,
        parties=fields.parties,
        years=years,
        status="current",
        source_url=None,
        sha256=received.sha256,
        editor=tuple(editor),
        replaces=replaces,
    )


def _shorten(title: str) -> str:
    if len(title) <= _SHORT_TITLE:
        return title
    return title[:_SHORT_TITLE].rpartition(" ")[0].rstrip(",;: ") + " …"


def _heads(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob("*.yaml")):
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield {"id": path.stem, "sha256": str(fields.get("sha256", ""))}


def put(settings: Settings, head: Head, received: Received) -> Path:
    """Write file and head into the corpus; returns the head's path.

    Killed at any moment, it leaves the corpus as it was before or with the whole agreement.

    Raises:
        NotAdded: the id has been taken meanwhile.
        StorageError: the corpus cannot be written.
    """
    folder = settings.agreements_dir
    with changing(settings):
        place = folder / f"{head.id}.yaml"
        if place.exists():
            raise NotAdded("exists", head.id)
        staging = folder / f"{ADDING}{head.id}"
        staging.mkdir()
        document = staging / f"{head.id}.{received.extension}"
        _write(document, received.data)
        fields = head.model_dump(mode="json") | {"date": head.date}
        note = f"# Tilføjet {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}; ikke gennemgået.\n"
        dumped = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)
        _write(staging / "head.yaml", (note + dumped).encode())
        _sync(folder)
        document.replace(folder / document.name)
        (staging / "head.yaml").replace(place)
        staging.rmdir()
        _sync(folder)
    return place


def remove(settings: Settings, agreement_id: str) -> Path:
    """Move an agreement that nobody has reviewed out of the corpus; returns where it lies now.

    Raises:
        UnknownAgreement: there is none of this id.
        NotAdded: it has registers that a person wrote.
        StorageError: corpus or `var/` cannot be written.
    """
    folder = settings.agreements_dir
    with changing(settings):
        known = tuple(path.stem for path in sorted(folder.glob("*.yaml")))
        if agreement_id not in known:
            raise UnknownAgreement(agreement_id, known)
        registers = (settings.figures_dir, settings.commitments_dir, settings.everyday_dir,
                     settings.structure_dir)  # fmt: skip
        if any((register / f"{agreement_id}.yaml").exists() for register in registers):
            raise NotAdded("reviewed", agreement_id)
        now = dt.datetime.now(tz=dt.UTC)
        trash = settings.var_dir / "trash" / f"{agreement_id}-{now:%Y%m%dT%H%M%S%f}"
        trash.mkdir(parents=True)
        files = [folder / f"{agreement_id}.{one}" for one in ("yaml", *FORMATS)]
        files = [path for path in files if path.exists()]
        for path in files:
            _write(trash / path.name, path.read_bytes())
        (folder / f"{ADDING}{agreement_id}").mkdir()
        for path in files:
            path.unlink()
        (folder / f"{ADDING}{agreement_id}").rmdir()
    return trash


@contextmanager
def changing(settings: Settings) -> Iterator[None]:
    """Let one process at a time change the corpus, and clear what a killed one left."""
    folder = settings.agreements_dir
    try:
        settings.var_dir.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(settings.var_dir / "corpus.lock"):
            for left in folder.glob(f"{ADDING}*"):
                name = left.name.removeprefix(ADDING)
                if not (folder / f"{name}.yaml").exists():
                    for one in FORMATS:
                        (folder / f"{name}.{one}").unlink(missing_ok=True)
                shutil.rmtree(left)
            yield
    except OSError as error:
        raise StorageError(folder, str(error)) from error


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make sure that a rename is on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
