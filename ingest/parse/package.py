"""The zip folder of a DOCX file, checked before anything is unpacked from it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

from lxml import etree

from ingest.parse.parsed import Refused

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
_RATIO_FROM_BYTES = 1024 * 1024  # small parts of XML shrink more than that and harm nobody
_MAIN_TYPE = b"wordprocessingml.document.main+xml"
_MACRO_TYPE = b"macroEnabled"
_FORBIDDEN = (
    ("macros", ("vbaproject.bin", "vbadata.xml", "/activex/", "macrosheets")),
    ("embedded", ("/embeddings/", "oleobject", ".exe", "afchunk", "altchunk")),
)
_OUTSIDE = ("attachedTemplate", "oleObject", "subDocument", "frame", "aFChunk", "package")


def check_package(data: bytes, start_step: Callable[[], None]) -> None:
    """Check directory, sizes, names and XML of a DOCX file.

    Raises:
        Refused: damaged, zip_bomb, zip_names, encrypted, macros, embedded, spoofed or entities.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("damaged", str(error)[:60]) from error
    _check_directory(entries, len(data))
    _check_names(entries)
    start_step()
    try:
        _check_parts(package, entries, start_step)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused("damaged", str(error)[:60]) from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Refused("zip_bomb", f"{len(entries)} entries")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(size, _RATIO_FROM_BYTES / 10):
        raise Refused("zip_bomb", f"{unpacked // 1024} KiB")
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM_BYTES, MAX_RATIO * entry.compress_size):
            raise Refused("zip_bomb", f"{entry.file_size // 1024} KiB")
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for a, b in pairwise(placed):
        if a.header_offset + 30 + a.compress_size > b.header_offset:
            raise Refused("zip_bomb", "overlap")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise Refused("zip_names", "twice")
    for name in names:
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise Refused("zip_names", ascii(name)[:40])
        lowered = f"/{name.lower()}"
        for reason, parts in _FORBIDDEN:
            if any(part in lowered for part in parts):
                raise Refused(reason, ascii(name)[:40])


def _check_parts(
    package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], start_step: Callable[[], None]
) -> None:
    types = _read(package, "[Content_Types].xml")
    if _MACRO_TYPE in types:
        raise Refused("macros", "content type")
    if _MAIN_TYPE not in types:
        raise Refused("spoofed", "no Word document")
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        start_step()
        root = parse_xml(package.read(entry))
        if entry.filename.endswith(".rels"):
            for relation in root:
                kind = str(relation.get("Type", "")).rpartition("/")[2]
                outside = relation.get("TargetMode") == "External"
                if kind in {"oleObject", "aFChunk", "package", "vbaProject", "control"} or (
                    outside and kind in _OUTSIDE
                ):
                    raise Refused("embedded", kind)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        return package.read(name)
    except KeyError as error:
        raise Refused("spoofed", f"no {name}") from error


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML part that has no DTD and so no entities.

    Raises:
        Refused: entities or damaged.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data[:100_000]:
        raise Refused("entities")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        entities = "entit" in str(error).lower()
        raise Refused("entities" if entities else "damaged", str(error)[:60]) from error
    if root.getroottree().docinfo.doctype:
        raise Refused("entities")
    return root
