"""Is a file what its name says? Told by its bytes, before any parser sees it."""

from __future__ import annotations

import re

from ingest.parse.parsed import Refused

MAX_BYTES = 20 * 1024 * 1024
FORMATS = ("txt", "pdf", "docx", "html")
_EXTENSIONS = {"txt": "txt", "pdf": "pdf", "docx": "docx", "html": "html", "htm": "html"}
_MACROS = {"docm", "dotm", "xlsm", "pptm"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    ("pdf", b"%PDF-"), ("zip", b"PK\x03\x04"), ("zip", b"PK\x05\x06"), ("ole", _OLE),
    ("rtf", b"{\\rtf"), ("program", b"MZ"), ("program", b"\x7fELF"), ("gzip", b"\x1f\x8b"),
    ("7z", b"7z\xbc\xaf\x27\x1c"), ("rar", b"Rar!"), ("image", b"\x89PNG"),
    ("image", b"\xff\xd8\xff"), ("image", b"GIF8"), ("postscript", b"%!PS"),
)  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"<(?:\?xml|!DOCTYPE|!ENTITY)", re.IGNORECASE)
_HEAD_BYTES = 4096


def extension_of(name: str) -> str:
    """Return the format that a file name says: txt, pdf, docx or html.

    Raises:
        Refused: another one.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension in _MACROS:
        raise Refused("macros", extension)
    if extension not in _EXTENSIONS:
        raise Refused("format", extension[:12])
    return _EXTENSIONS[extension]


def check_content(data: bytes, extension: str) -> None:
    """Check that a file's bytes are of the format that its name says.

    Raises:
        Refused: too_big, empty, ole, format or spoofed.
    """
    if len(data) > MAX_BYTES:
        raise Refused("too_big", f"{len(data) // 1024 // 1024} MiB")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty")
    found = next((kind for kind, magic in _MAGIC if data.startswith(magic)), "text")
    if found == "ole":
        raise Refused("ole")
    expected = {"pdf": "pdf", "docx": "zip"}.get(extension, "text")
    if found != expected:
        raise Refused("spoofed", found)
    if expected == "text":
        _check_text(data, extension)


def _check_text(data: bytes, extension: str) -> None:
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    utf_16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if b"\x00" in data and not (utf_16 and extension == "html"):
        raise Refused("spoofed", "binary")
    if extension == "html":
        if not utf_16 and not _HTML.search(head) and not re.search(rb"<(?:p|h[1-6]|div)\b", head):
            raise Refused("spoofed", "text")
    elif _HTML.match(head) or _XML.match(head):
        raise Refused("spoofed", "html")
