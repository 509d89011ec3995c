"""A file that somebody wants checked -> its text; it goes through the same gate as agreements."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import SourceRefused
from ingest.parse.capped import parse
from ingest.parse.content import check_content, extension_of
from ingest.parse.parsed import Refused

FORMATS = ("txt", "docx")


def read_pasted(name: str, data: bytes) -> str:
    """Return the text of a .txt or .docx file, a block a line; nothing of it is kept.

    Raises:
        SourceRefused: another format, dangerous, damaged, or without text.
    """
    path = Path(Path(name).name[:100])
    try:
        extension = extension_of(name)
        if extension not in FORMATS:
            raise Refused("only_text", extension)
        if extension == "txt":
            check_content(data, extension)
            return _decode(data)
    except Refused as refused:
        raise SourceRefused(path, refused.reason, refused.detail) from refused
    lines = parse(path, data, extension).lines
    text = "".join(f"{'' if line.opens is None else chr(10)}{line.text}" for line in lines)
    return text.strip()


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        try:
            return data.decode("cp1252").strip()  # what older Danish programs save
        except UnicodeDecodeError:
            raise Refused("encoding", f"byte {error.start}") from error
