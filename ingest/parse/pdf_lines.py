"""Characters of a page -> printed lines in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

_CELL_GAP = 1.5
"""In type sizes: a wider gap parts columns or cells."""
_WORD_GAP = 0.28
_SUPERSCRIPT = 0.8
_CROSSING_SHARE = 0.4


class Char(NamedTuple):
    """A character that can be seen, in points from the lower left corner."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    x_base: float
    size: float
    bold: bool
    angle: int
    spaced: bool
    """A blank stands before it."""


class Rect(NamedTuple):
    """A drawn rectangle or line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Page:
    """What is printed on a page."""

    number: int
    width: float
    height: float
    chars: list[Char]
    frames: list[Rect]
    rules: list[Rect]


@dataclass
class Segment:
    """Part of a line without a wide gap: the line of a column, or a cell."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int
    frame: Rect | None = None
    raised: bool = False
    """It begins with a small raised number, as a footnote does."""
    table: tuple[str, ...] = ()
    """The rows of a table that this stands for."""


@dataclass
class Row:
    """The segments of one line within one column; several are cells."""

    segments: list[Segment]
    column: tuple[float, float]
    """Left and right end of the column that it stands in."""
    cells: list[str] = field(default_factory=list)
    """The rows of a table that this row stands for, as text."""

    @property
    def first(self) -> Segment:
        """The leftmost segment."""
        return self.segments[0]

    @property
    def text(self) -> str:
        """The segments' text."""
        return " ".join(segment.text for segment in self.segments)


def read_segments(page: Page) -> list[Segment]:
    """Return the segments of a page, from top to bottom, from left to right."""
    rows: list[list[Char]] = []
    small: list[Char] = []
    for char in sorted(page.chars, key=lambda c: (-c.base, c.x0)):
        if rows and abs(rows[-1][0].base - char.base) <= 0.12 * char.size:
            rows[-1].append(char)
        else:
            rows.append([char])
    rows, small = _take_superscripts(rows)
    frames = _join_frames(page)
    segments: list[Segment] = []
    for row in rows:
        segments += _split_row(row, small, page.number, frames)
    return segments


def _take_superscripts(rows: list[list[Char]]) -> tuple[list[list[Char]], list[Char]]:
    """Part rows of small raised digits, the marks of notes, from the lines that they stand in."""
    kept: list[list[Char]] = []
    small: list[Char] = []
    for i, row in enumerate(rows):
        below = [c for other in rows[i + 1 : i + 4] for c in other]
        marks = [
            char
            for char in row
            if char.text.isdigit()
            and any(
                (c.size * _SUPERSCRIPT > char.size
                and 0.15 * c.size < char.base - c.base < 0.7 * c.size
                and -1 < char.x0 - c.x1 < 2 * c.size) or
                (c.size * 0.85 > char.size and 0.15 * c.size < char.base - c.base < 0.7 * c.size
                 and -1 < c.x0 - char.x1 < c.size)
                for c in below
            )
        ]  # fmt: skip
        taken = set(map(id, marks))
        small += marks
        rest = [char for char in row if id(char) not in taken]
        if rest:
            kept.append(rest)
    return kept, small


def _join_frames(page: Page) -> list[Rect]:
    """Put rectangles that touch, one below the other, into one; two upright lines make one too."""
    frames = list(page.frames)
    upright = [r for r in page.rules if r.y1 - r.y0 > 20]
    for a, b in pairwise(sorted(upright, key=lambda r: (round(r.y0), round(r.y1), r.x0))):
        if abs(a.y0 - b.y0) < 3 and abs(a.y1 - b.y1) < 3 and b.x0 - a.x0 > 60:
            frames.append(Rect(a.x0, a.y0, b.x1, a.y1))
    joined: list[Rect] = []
    for rect in sorted(frames, key=lambda r: (-r.y1, r.x0)):
        for i, other in enumerate(joined):
            beside = abs(other.x0 - rect.x0) < 6 and abs(other.x1 - rect.x1) < 6
            inside = rect.x0 > other.x0 - 3 and rect.x1 < other.x1 + 3
            if (beside or inside) and rect.y1 > other.y0 - 3 and rect.y0 < other.y1:
                joined[i] = Rect(
                    min(other.x0, rect.x0), min(other.y0, rect.y0),
                    max(other.x1, rect.x1), max(other.y1, rect.y1),
                )  # fmt: skip
                break
        else:
            joined.append(rect)
    return joined


def _split_row(
    row: list[Char], small: list[Char], page: int, frames: Sequence[Rect]
) -> list[Segment]:
    row.sort(key=lambda char: char.x0)
    groups: list[list[Char]] = []
    for char in row:
        last = groups[-1][-1] if groups else None
        if last is not None and last.text == char.text and abs(last.x0 - char.x0) < 0.2 * char.size:
            continue  # printed twice to look bold
        if last is None or char.x0 - last.x1 > _CELL_GAP * min(char.size, last.size):
            groups.append([])
        groups[-1].append(char)
    segments: list[Segment] = []
    for group in groups:
        first, size = group[0], median(char.size for char in group)
        text = first.text
        for a, b in pairwise(group):
            gap = b.x0 - a.x1
            text += " " * (gap > _WORD_GAP * b.size or (b.spaced and gap > 0.05 * b.size)) + b.text
        x0, x1, middle = first.x0, group[-1].x1, first.base + 0.3 * size
        around = [r for r in frames if r.x0 - 2 <= x0 and x1 <= r.x1 + 2 and r.y0 < middle < r.y1]
        segment = Segment(
            text=text, x0=x0, x1=x1, base=first.base, size=size,
            bold=2 * sum(char.bold for char in group) > len(group), page=page,
            frame=max(around, key=lambda r: (r.x1 - r.x0) * (r.y1 - r.y0), default=None),
            raised=any(0 <= x0 - c.x1 < size and 0 < c.base - first.base < size for c in small),
        )  # fmt: skip
        mark = segments[-1] if segments else None
        if mark is not None and _is_mark(mark.text) and x0 - mark.x1 < 3.5 * size:
            segments[-1] = Segment(
                f"{mark.text} {text}", mark.x0, x1, mark.base, size, segment.bold, page,
                segment.frame or mark.frame, mark.raised,
            )  # fmt: skip
        else:
            segments.append(segment)
    return segments


def _is_mark(text: str) -> bool:
    """True for a list mark or a number of a list alone."""
    return text in {"•", "\uf0b7", "-", "–", "o", "▪", "●", "◦", "*", "■"} or (
        len(text) <= 4 and text.rstrip(".)").replace(".", "").isdigit() and text[-1] in ".)"
    )


def find_gutters(pages: Sequence[tuple[float, Sequence[Segment]]]) -> list[float | None]:
    """Return the gutter of each page (width, segments); a page half filled has its neighbours'."""
    gutters = [_find_gutter(segments, width) for width, segments in pages]
    found = sorted(gutter for gutter in gutters if gutter is not None)
    if 2 * len(found) < len(pages):
        return gutters
    common = found[len(found) // 2] if found else 0.0
    for i, (_, segments) in enumerate(pages):
        crossing = sum(s.x0 < common + 4 and s.x1 > common - 4 for s in segments)
        if found and gutters[i] is None and crossing <= _CROSSING_SHARE * len(segments):
            gutters[i] = common
    return gutters


def _find_gutter(segments: Sequence[Segment], width: float) -> float | None:
    """Return where the gap between two columns of text runs, None on a page of one column.

    Cells have gaps too: a column is told from them by lines that fill it.
    """
    if len(segments) < 8:
        return None
    best: tuple[int, float] | None = None
    for x in range(int(0.3 * width), int(0.7 * width), 2):
        crossing = sum(s.x0 < x + 4 and s.x1 > x - 4 for s in segments)
        left = [s for s in segments if s.x1 <= x - 4]
        right = [s for s in segments if s.x0 >= x + 4]
        if min(len(left), len(right)) < 4 or crossing > _CROSSING_SHARE * len(segments):
            continue
        spans = [(max(s.x1 for s in side) - min(s.x0 for s in side), side)
                 for side in (left, right)]  # fmt: skip
        if any(median(s.x1 - s.x0 for s in side) < 0.55 * span for span, side in spans):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, float(x))
    return None if best is None else best[1]


def read_rows(segments: Sequence[Segment], gutter: float | None) -> list[Row]:
    """Return the rows of a page as they are read: what crosses the gutter parts the columns."""
    whole = _bounds(segments)
    if gutter is None:
        return _rows(segments, whole)
    columns = [
        _bounds([s for s in segments if s.x1 <= gutter + 6]),
        _bounds([s for s in segments if s.x0 >= gutter - 6]),
    ]
    rows: list[Row] = []
    band: list[Segment] = []

    def flush() -> None:
        rows.extend(_rows([s for s in band if s.x0 < gutter], columns[0]))
        rows.extend(_rows([s for s in band if s.x0 >= gutter], columns[1]))
        band.clear()

    for _, group in groupby(segments, key=lambda s: s.base):
        line = list(group)
        if any((s.x0 < gutter - 6 and s.x1 > gutter + 6) or _spans(s, gutter) for s in line):
            flush()
            rows.extend(_rows(line, whole))
        else:
            band.extend(line)
    flush()
    return rows


def _spans(segment: Segment, gutter: float) -> bool:
    frame = segment.frame
    return frame is not None and frame.x0 < gutter - 20 and frame.x1 > gutter + 20


def _bounds(segments: Sequence[Segment]) -> tuple[float, float]:
    left = min((s.x0 for s in segments), default=0.0)
    return left, max((s.x1 for s in segments), default=0.0)


def _rows(segments: Sequence[Segment], column: tuple[float, float]) -> list[Row]:
    return [Row(list(group), column) for _, group in groupby(segments, key=lambda s: s.base)]
