"""Raw text -> classified lines: what each printed line opens or continues.

Text from a PDF has no mark-up. What tells the lines apart, learned from the two first agreements:

- a line with a leading blank that does not follow an empty line opens a printed page;
- after an empty line a leading blank is a bullet that lost its mark (the reform of 2022);
- a line is the last of its paragraph when the next line's first word had fitted behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import BlockKind
from corpus.words import STOP_WORDS, ends_with_abbreviation

BULLETS = "\uf0b7•"
_BOX = re.compile(r"Boks \d+(?:\.\d+)?$")
_ANNEX = re.compile(r"Bilag(?: \d+\.? .*| \d+\.?)?$")
_NUMBERED = re.compile(r"(\d{1,2})\. \S")
_NOTE = re.compile(r"Anm\.:")
_SUB_BULLET = re.compile(r"o (?=[A-ZÆØÅ0-9])")
_DASH = re.compile(r"- (?=\S)")
_ROW = re.compile(r"\d+\+?(?:-\d+)? .*(?:pct\.|kr\.|\d)$")
_DATE = re.compile(r"(?:D\. |Den )?\d{1,2}\. [a-zæøå]+ \d{4}$", re.IGNORECASE)
_MARK_UP = re.compile(r"<!--.*-->|!\[[^\]]*\]\([^)]*\)")
_SENTENCE_END = (".", "!", "?", ":", "”", ")")
_HEADING_MAX = 90
_FULL = 0.94  # of the longest line nearby: letters differ in width
_FREE = 0.75


@dataclass
class Line:
    """One printed line, blanks around it removed."""

    text: str
    start: int
    """Where `text` begins in the file."""
    page_start: bool
    marked: bool
    """It began with a blank after an empty line."""
    width: int = 0
    """Length of the longest line near it, of the same type size."""
    opens: BlockKind | None = None
    """The block that this line opens, None when it continues one."""
    skip: int = 0
    """Characters of a list mark at its start."""
    after_box: bool = False
    """It opens body text behind a box whose end is known."""


def read_lines(raw: str) -> list[Line]:
    """Return the printed lines that hold anything, not yet classified."""
    lines: list[Line] = []
    offset, after_blank = 0, False
    for row in raw.split("\n"):
        text = row.strip()
        if text:
            indented = row[0].isspace()
            lines.append(
                Line(
                    text=text,
                    start=offset + row.index(text[0]),
                    page_start=indented and not after_blank,
                    marked=indented and after_blank,
                )
            )
        after_blank = not text
        offset += len(row) + 1
    for i, line in enumerate(lines):
        near = lines[max(0, i - 6) : i + 7]
        line.width = max(len(other.text) for other in near)
    return lines


def split_leftovers(lines: list[Line], parties: tuple[str, ...]) -> tuple[list[Line], list[Line]]:
    """Return (lines that belong to the text, left-overs of the page).

    Left-overs are page numbers, single letters or signs alone on a line, comments and pictures
    of a mark-up, and the letterhead: the parties' names alone, one below the other.
    """
    names = {party.lower() for party in parties}
    kept: list[Line] = []
    dropped: list[Line] = []
    for i, line in enumerate(lines):
        around = {lines[j].text.lower() for j in (i - 1, i + 1) if 0 <= j < len(lines)}
        letterhead = line.text.lower() in names and bool(around & names)
        stray = len(line.text) == 1 or (line.text.isdigit() and len(line.text) <= 3)
        stray = stray or _MARK_UP.fullmatch(line.text) is not None
        (dropped if stray or letterhead else kept).append(line)
    return kept, dropped


def classify(lines: list[Line], title: str) -> None:
    """Set `opens` and `skip` of every line in place."""
    numbered = _numbered_lists(lines)
    kind: BlockKind | None = None  # the kind of the block that is open
    in_box, chapter = False, 0
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        line.opens, line.skip = _mark(line)
        if line.opens is None and i in numbered:
            line.opens = BlockKind.NUMBERED
        if line.opens is None and not _continues_heading(line, before, kind):
            if kind is BlockKind.BOX:
                line.opens = BlockKind.BOX_TITLE
            elif _is_chapter(line, chapter):
                line.opens = BlockKind.CHAPTER
                chapter += 1
            elif in_box and _is_row(line, before, after):
                line.opens = BlockKind.ROW
            elif _is_title(line, title) or _DATE.fullmatch(line.text):
                line.opens = BlockKind.PARAGRAPH
            elif _is_heading(line, before, after) and (line.page_start or not in_box):
                line.opens = BlockKind.HEADING
            elif before is None or _is_last(before, line) or (kind and kind.is_heading):
                line.opens = BlockKind.PARAGRAPH
        in_box = line.opens is BlockKind.BOX or (in_box and not _ends_box(line, kind))
        kind = line.opens or kind


def _ends_box(line: Line, kind: BlockKind | None) -> bool:
    """True when a line inside a box opens what stands outside it."""
    if line.opens in {BlockKind.CHAPTER, BlockKind.HEADING, BlockKind.ANNEX}:
        return True
    return line.opens is BlockKind.PARAGRAPH and (line.page_start or kind is BlockKind.NOTE)


def _mark(line: Line) -> tuple[BlockKind | None, int]:
    """Read the mark that a line begins with, and its length."""
    if _BOX.match(line.text):
        return BlockKind.BOX, 0
    if _ANNEX.match(line.text):
        return BlockKind.ANNEX, 0
    if _NOTE.match(line.text):
        return BlockKind.NOTE, 0
    if line.text[0] in BULLETS:
        return BlockKind.BULLET, len(line.text) - len(line.text[1:].lstrip())
    if match := _SUB_BULLET.match(line.text):
        return BlockKind.SUB_BULLET, match.end()
    if match := _DASH.match(line.text):
        return BlockKind.BULLET, match.end()
    if line.marked:
        return BlockKind.BULLET, 0
    return None, 0


def list_mark(text: str) -> int:
    """Return the length of the list mark that an item begins with, 0 where it has none."""
    match = re.match(rf"[{BULLETS}▪●■◦*–-] +|o +(?=[A-ZÆØÅ0-9])", text)
    return match.end() if match else 0


def _numbered_lists(lines: list[Line]) -> set[int]:
    """Return the lines that are items of a numbered list: 1., 2., 3. at most two lines apart."""
    items: set[int] = set()
    previous: tuple[int, int] | None = None  # (line, number)
    for i, line in enumerate(lines):
        match = _NUMBERED.match(line.text)
        if not match:
            continue
        number = int(match[1])
        if previous and number == previous[1] + 1 and i - previous[0] <= 2:
            items |= {previous[0], i}
        previous = (i, number)
    return items


def _is_last(line: Line, after: Line) -> bool:
    """True when a paragraph ends with `line`: the next word had fitted behind it.

    Without a full stop ("... sekretariat til og med 2022") a good part of the line must be free.
    """
    first = after.text[0]
    ended = line.text.endswith(_SENTENCE_END) and not ends_with_abbreviation(line.text)
    if after.page_start and ended and first.islower():
        return True  # a page that goes on with another text: an interrupted box
    if not (first.isupper() or first in BULLETS or (first.isdigit() and ended)):
        return False
    needed = len(line.text) + 1 + len(after.text.split(" ", 1)[0])
    return needed < (_FULL if ended else _FREE) * line.width


def _is_chapter(line: Line, last: int) -> bool:
    """True for the numbered heading that comes next in order."""
    match = _NUMBERED.match(line.text)
    return match is not None and int(match[1]) == last + 1 and not line.text.endswith((".", ":"))


def _is_heading(line: Line, before: Line | None, after: Line | None) -> bool:
    text = line.text
    if len(text) > _HEADING_MAX or text.endswith((".", ":", ";", ",", "-")) or after is None:
        return False
    if not (text[0].isupper() or text[0].isdigit()):
        return False
    if ". " in text.lstrip("0123456789. ") or text.split()[-1] in STOP_WORDS:
        return False
    finished = before is None or before.text.endswith(_SENTENCE_END) or _is_last(before, line)
    below_heading = before is not None and before.opens is not None and before.opens.is_heading
    opens_text = after.text[0].isupper() or after.text[0] in BULLETS
    fits = len(text) + 1 + len(after.text.split(" ", 1)[0]) < line.width
    return (finished or below_heading) and opens_text and fits


def _continues_heading(line: Line, before: Line | None, kind: BlockKind | None) -> bool:
    """True for the second line of a heading: it goes on in lower case."""
    if before is None or kind is None:
        return False
    return kind.is_heading and kind is not BlockKind.BOX and line.text[0].islower()


def _is_row(line: Line, before: Line | None, after: Line | None) -> bool:
    """True for a table row, and for the line of column names above the first one."""
    if _ROW.match(line.text):
        return True
    heads = after is not None and _ROW.match(after.text) is not None
    return heads and before is not None and before.opens is BlockKind.BOX_TITLE


def _is_title(line: Line, title: str) -> bool:
    return len(line.text) > 10 and title.lower().startswith(line.text.lower())
