"""Parsed lines -> raw text and classified lines: what `lines.py` guesses is known here.

A parser says what is a heading, an item, a row and what stands in a frame. Which headings are
chapters, boxes and annexes is told by their words, as in a text without marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import BlockKind
from ingest.lines import Line, list_mark
from ingest.parse.parsed import ParsedLine

_BOX = re.compile(r"(Boks \d+(?:\.\d+)?)(?:[.:]? +| *[–-] *|[.:]?$)")
_ANNEX = re.compile(r"Bilag(?: \d+\b.*)?$")
_CHAPTER = re.compile(r"(\d{1,2})\.? +\S")
_NOTE = re.compile(r"Anm\.:")
_KINDS = {
    "paragraph": BlockKind.PARAGRAPH, "bullet": BlockKind.BULLET, "row": BlockKind.ROW,
    "sub_bullet": BlockKind.SUB_BULLET, "numbered": BlockKind.NUMBERED, "note": BlockKind.NOTE,
}  # fmt: skip


def split_boxes(lines: Sequence[ParsedLine]) -> list[ParsedLine]:
    """Part the name of a box from a title on the same line ("Boks 3: Nærhedsfinansiering")."""
    parted: list[ParsedLine] = []
    for line in lines:
        match = _BOX.match(line.text) if line.box is not None or line.opens == "heading" else None
        if match is None or len(line.text) > 160 or line.opens in {"row", None}:
            parted.append(line)
            continue
        parted.append(ParsedLine(match[1], "heading", line.page, line.box))
        if rest := line.text[match.end() :].strip():
            parted.append(ParsedLine(rest, "heading", line.page, line.box))
    return parted


def join(lines: Sequence[ParsedLine]) -> str:
    """Return the lines as the text that offsets of a source refer to."""
    return "\n".join(line.text for line in lines)


def to_lines(parsed: Sequence[ParsedLine], title: str) -> list[Line]:
    """Return the lines with what each opens; `after_box` where a frame has ended before it."""
    lines: list[Line] = []
    place = chapter = 0
    box: int | None = None
    kind: BlockKind | None = None
    for one in parsed:
        line = Line(text=one.text, start=place, page_start=False, marked=False)
        place += len(one.text) + 1
        in_box = one.box is not None
        line.opens = _opens(one, kind, chapter, title)
        if line.opens is BlockKind.CHAPTER:
            chapter += 1
        if line.opens in {BlockKind.BULLET, BlockKind.SUB_BULLET}:
            line.skip = list_mark(line.text)
        line.after_box = line.opens is not None and box is not None and one.box != box
        if line.opens is not None:
            kind = line.opens
        box = one.box if in_box or line.opens is not None else box
        lines.append(line)
    if lines and lines[0].opens is None:
        lines[0].opens = BlockKind.PARAGRAPH
    return lines


def _opens(
    line: ParsedLine, before: BlockKind | None, chapter: int, title: str
) -> BlockKind | None:
    if line.opens is None:
        return None
    text = line.text
    if line.opens in {"heading", "title"}:
        if re.fullmatch(r"Boks \d+(?:\.\d+)?", text):
            return BlockKind.BOX
        if before is BlockKind.BOX:
            return BlockKind.BOX_TITLE
        if line.box is not None:
            return BlockKind.PARAGRAPH
        if _ANNEX.match(text):
            return BlockKind.ANNEX
        match = _CHAPTER.match(text)
        if match and int(match[1]) == chapter + 1:
            return BlockKind.CHAPTER
        first_title = line.opens == "title" and chapter == 0
        return BlockKind.PARAGRAPH if first_title or _is_title(text, title) else BlockKind.HEADING
    if before is BlockKind.BOX and line.opens == "paragraph":
        return BlockKind.BOX_TITLE
    if _NOTE.match(text):
        return BlockKind.NOTE
    return _KINDS[line.opens]


def _is_title(text: str, title: str) -> bool:
    return len(text) > 10 and title.lower().startswith(text.lower())
