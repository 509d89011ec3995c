"""Rows of all pages -> lines with what each opens: heads dropped, notes set apart, tables read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.parse.pdf_lines import (
    Page,
    Row,
    Segment,
    find_gutters,
    read_rows,
    read_segments,
)
from ingest.parse.pdf_tables import read_tables, take_ruled

Line = tuple[str, str | None, int, int | None]
"""(text, opens, page, box)."""
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(r"(?:Side |– ?|- ?)?\d{1,4}(?: ?(?:af|/|-|–) ?\d{0,4})?", re.IGNORECASE)
_BULLET = re.compile(r"[•\uf0b7▪●■◦*–-] (?=\S)")
_SUB_BULLET = re.compile(r"o (?=[A-ZÆØÅ0-9])")
_NUMBERED = re.compile(
    r"\d{1,2}[.)] (?!(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\b|[a-zæøå]?mi[ao]\b)\S"
)
_NOTE = re.compile(r"(?:\d{1,2}\)?|\*) ?\S")
_BOX = re.compile(r"Boks \d+(?:\.\d+)?\b")
_ENDS = (".", "!", "?", ":", "”", "“", ")", ";")


def read_blocks(pages: Sequence[Page]) -> tuple[list[Line], list[str]]:
    """Return the lines of a document and what is in doubt about them."""
    by_page = [(page, read_segments(page)) for page in pages]
    by_page = _drop_heads(by_page)
    body = _body_size(by_page)
    rows: list[Row] = []
    notes: list[tuple[int, Row]] = []
    doubts: list[str] = []
    printed: list[tuple[Page, list[Segment], list[Segment]]] = []
    for page, segments in by_page:
        text, below = _part_notes(segments, page, body)
        text, corner = take_ruled(page, text)
        doubts += [f"unit_from_corner:{page.number}"] * corner
        printed.append((page, text, below))
    gutters = find_gutters([(page.width, text) for page, text, _ in printed])
    for (page, text, below), gutter in zip(printed, gutters, strict=True):
        rows += read_rows(text, gutter)
        notes += [(page.number, row) for row in read_rows(below, gutter)]
    rows, more = read_tables(rows)
    return _Blocks(rows, notes, body).read(), [*doubts, *more]


def _drop_heads(
    pages: list[tuple[Page, list[Segment]]],
) -> list[tuple[Page, list[Segment]]]:
    """Leave out page numbers, and what stands in the margin of three pages or of most."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, segments in pages:
        seen.update({_key(s) for s in segments if _in_margin(s, page)})
    least = 2 if len(pages) < 5 else 3
    kept = []
    for page, segments in pages:
        kept.append((page, [
            s for s in segments
            if not (_in_margin(s, page)
                    and (seen[_key(s)] >= least or _PAGE_NUMBER.fullmatch(s.text)))
        ]))  # fmt: skip
    return kept


def _in_margin(segment: Segment, page: Page) -> bool:
    place = segment.base / page.height if segment.base > 0 else 0
    return place < _MARGIN or place > 1 - _MARGIN


def _key(segment: Segment) -> tuple[str, int]:
    return re.sub(r"\d+", "#", segment.text), round(segment.base / 4)


def _body_size(pages: Sequence[tuple[Page, Sequence[Segment]]]) -> float:
    sizes: Counter[float] = Counter()
    for _, segments in pages:
        for segment in segments:
            sizes[round(segment.size * 2) / 2] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _part_notes(
    segments: Sequence[Segment], page: Page, body: float
) -> tuple[list[Segment], list[Segment]]:
    """Part the footnotes, small lines below a raised number at the foot, from the text."""
    below: list[Segment] = []
    taken: set[int] = set()
    for i, segment in enumerate(segments):
        starts = segment.raised or _NOTE.match(segment.text) is not None
        small = segment.size < 0.93 * body and segment.base < 0.5 * page.height
        if i in taken or not (starts and small and segment.frame is None):
            continue
        run = [j for j, other in enumerate(segments)
               if other.base <= segment.base + 1 and other.frame is None
               and other.x0 < segment.x1 and other.x1 > segment.x0 - 12]  # fmt: skip
        if all(segments[j].size < 0.93 * body for j in run):
            below += [segments[j] for j in run if j not in taken]
            taken |= set(run)
    return [s for i, s in enumerate(segments) if i not in taken], below


class _Blocks:
    """Walks the rows and says of each what it opens."""

    def __init__(self, rows: Sequence[Row], notes: Sequence[tuple[int, Row]], body: float) -> None:
        self.rows = rows
        self.notes = list(notes)
        self.body = body
        gaps = [a.first.base - b.first.base for a, b in pairwise(rows)
                if a.first.page == b.first.page and a.column == b.column]  # fmt: skip
        near = [round(gap, 1) for gap in gaps if 0 < gap < 2.2 * body]
        self.leading = Counter(near).most_common(1)[0][0] if near else 1.2 * body
        sizes = [row.first.size for row in rows[:40]]
        self.largest = max(sizes, default=body)
        self.lines: list[Line] = []
        self.box, self.boxes = None, 0  # type: int | None, int
        self.item_x: float | None = None

    def read(self) -> list[Line]:
        """Return the lines."""
        before: Row | None = None
        kind = ""
        for row in self.rows:
            self._place_box(row, before)
            page = row.first.page
            if row.cells:
                self._put_notes(page, before)
                self.lines += [(text, "row", page, self.box) for text in row.cells]
                kind = "row"
            else:
                opens = self._opens(row, before, kind)
                if opens is not None:
                    self._put_notes(page, before)
                    kind = opens
                self.lines.append((row.text, opens, page, self.box))
            before = row
        self._put_notes(10**9, before)
        return self.lines

    def _put_notes(self, page: int, before: Row | None) -> None:
        """Set the notes of the pages before behind the paragraph that has ended."""
        if before is None or page == before.first.page:
            return
        ready = [row for number, row in self.notes if number < page]
        self.notes = [(number, row) for number, row in self.notes if number >= page]
        for row in ready:
            first = row.first.raised or _NOTE.match(row.text) is not None
            self.lines.append((row.text, "note" if first else None, row.first.page, None))

    def _place_box(self, row: Row, before: Row | None) -> None:
        framed = row.first.frame is not None
        opens = framed and _BOX.match(row.text) is not None
        if opens and (before is None or before.first.frame != row.first.frame or self.box is None
                      or not _BOX.match(before.text)):  # fmt: skip
            self.boxes += 1
            self.box = self.boxes
        elif not framed:
            self.box = None

    def _opens(self, row: Row, before: Row | None, kind: str) -> str | None:
        segment = row.first
        text = row.text
        heading = self._is_heading(row)
        previous = None if before is None or before.cells else before
        mark = _mark(text)
        if mark and text[0] not in "•\uf0b7▪●■◦" and previous and self._is_open(previous):
            mark = None  # "... tid til" / "– kerneopgaven"
        style = previous is not None and (
            abs(previous.first.size - segment.size) > 0.6 or previous.first.bold != segment.bold
        )
        if mark and not heading:
            deeper = kind in {"bullet", "sub_bullet"} and self.item_x is not None
            indent = segment.x0 - row.column[0]
            if mark == "bullet" and deeper and indent > (self.item_x or 0) + 8:
                return "sub_bullet"
            if mark == "bullet":
                self.item_x = indent
            return mark
        if heading:
            same = kind in {"heading", "title"} and previous is not None and not style
            if (
                same
                and previous is not None
                and self._follows(previous, row)
                and (segment.bold == previous.first.bold)
            ):
                return None if not _opens_anew(text) else "heading"
            return "title" if segment.size == self.largest > 1.3 * self.body else "heading"
        if previous is None or style or kind in {"heading", "title", "row"}:
            return "paragraph"
        return None if self._goes_on(previous, row) else "paragraph"

    def _is_heading(self, row: Row) -> bool:
        segment, text = row.first, row.text
        marked = segment.bold or segment.size > 1.12 * self.body
        return marked and len(text) < 160 and not text.endswith((".", ";"))

    def _follows(self, before: Row, row: Row) -> bool:
        gap = before.first.base - row.first.base
        near = 0 < gap < 1.35 * max(self.leading, 1.2 * row.first.size)
        return near and before.first.page == row.first.page

    def _goes_on(self, before: Row, row: Row) -> bool:
        """True when a row goes on with the paragraph of the row before."""
        if (before.first.frame is None) != (row.first.frame is None):
            return False
        lower = row.text[:1].islower()
        full = before.segments[-1].x1 > before.column[1] - 0.12 * (
            before.column[1] - before.column[0]
        )
        together = before.first.page == row.first.page and before.column == row.column
        if not together or before.first.base <= row.first.base:
            open_ = before.text.endswith("-") or not before.text.endswith(_ENDS)
            return lower or (open_ and full)
        if not self._follows(before, row):
            return lower and self._near(before, row)
        if row.first.x0 < before.first.x0 - 6:
            return _mark(before.text) is None and lower
        if row.first.x0 > before.first.x0 + 30:
            return False
        return lower or full or not before.text.endswith(_ENDS)

    def _is_open(self, row: Row) -> bool:
        """True for a full line without the end of a sentence."""
        width = row.column[1] - row.column[0]
        full = row.segments[-1].x1 > row.column[1] - 0.12 * width
        return full and not row.text.endswith((*_ENDS, ","))

    def _near(self, before: Row, row: Row) -> bool:
        return before.first.base - row.first.base < 1.7 * self.leading


def _mark(text: str) -> str | None:
    if _SUB_BULLET.match(text):
        return "sub_bullet"
    if _BULLET.match(text):
        return "bullet"
    return "numbered" if _NUMBERED.match(text) else None


def _opens_anew(text: str) -> bool:
    return re.match(r"(?:\d+\. |Boks \d|Bilag \d)", text) is not None
