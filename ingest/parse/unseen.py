"""Characters that nobody sees: zero-width, Unicode tags, turned direction of writing, controls."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ingest.parse.parsed import Hidden, ParsedLine

_KINDS = (
    # Private characters of the tag block spell out ASCII that only machines read.
    ("tag", re.compile("[\U000e0000-\U000e007f]+")),
    ("zero_width", re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u034f\u115f\u1160\u3164]+")),
    ("bidi", re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")),
    ("control", re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]+")),
    ("variation", re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]+")),
)
UNSEEN = re.compile("|".join(pattern.pattern for _, pattern in _KINDS))


_PLAIN = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st", "\u2010": "-", "\u2011": "-",
})  # fmt: skip
"""Printers' letters, by which no word would be found."""


def _divided(text: str) -> str:
    """Leave out the places where a word may be divided, but for the one where it is."""
    end = "-" if text.endswith("\u00ad") else ""
    return text.replace("\u00ad", "") + end


def find_unseen(text: str, page: int | None = None) -> list[Hidden]:
    """Return the unseen characters of a text, those of the tag block spelt out."""
    found: list[Hidden] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            said = match[0]
            if kind == "tag":
                said = "".join(chr(ord(c) - 0xE0000) for c in said if ord(c) >= 0xE0020)
            else:
                said = " ".join(f"U+{ord(c):04X}" for c in said[:8])
            found.append(Hidden(kind, said[:200], page))
    return found


def drop_unseen(lines: Iterable[ParsedLine]) -> tuple[list[ParsedLine], list[Hidden]]:
    """Return the lines without unseen characters, and what was taken out."""
    kept: list[ParsedLine] = []
    hidden: list[Hidden] = []
    for line in lines:
        text = unicodedata.normalize("NFC", _divided(line.text)).translate(_PLAIN)
        found = find_unseen(text, line.page)
        hidden += found
        text = UNSEEN.sub("", text).strip()
        if text or line.opens is None:
            kept.append(ParsedLine(text, line.opens, line.page, line.box))
    return [line for line in kept if line.text], hidden
