"""Tables of a page: those with drawn lines by their cells, others by cells in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.parse.pdf_lines import Page, Rect, Row, Segment
from ingest.parse.tables import write_rows

_NEAR_PT = 3.0
_TOUCH_PT = 1.0


def take_ruled(page: Page, segments: Sequence[Segment]) -> tuple[list[Segment], bool]:
    """Put what stands in a grid of lines into one segment for each grid; was a unit from a corner?

    A grid has lines between columns; two upright lines alone are a frame around text.
    """
    left = list(segments)
    from_corner = False
    for grid in _grids(page.rules):
        xs = _places([r.x0 for r in grid if _is_upright(r)])
        ys = _places([r.y0 for r in grid if not _is_upright(r)])
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [s for s in left if xs[0] - 2 < s.x0 < xs[-1] and ys[0] < s.base < ys[-1]]
        if not inside:
            continue
        cells = [[""] * (len(xs) - 1) for _ in range(len(ys) - 1)]
        for segment in sorted(inside, key=lambda s: (-s.base, s.x0)):
            column = sum(x <= segment.x0 + 2 for x in xs[1:-1])
            row = len(ys) - 2 - sum(y <= segment.base for y in ys[1:-1])
            cells[row][column] = _add(cells[row][column], segment.text)
        rows, corner = write_rows(cells)
        from_corner |= corner
        first = inside[0]
        place = left.index(first)
        left = [s for s in left if s not in inside]
        left.insert(place, replace(first, text="", x0=xs[0], x1=xs[-1], table=tuple(rows)))
    return left, from_corner


def _is_upright(rule: Rect) -> bool:
    return rule.y1 - rule.y0 > rule.x1 - rule.x0


def _grids(rules: Sequence[Rect]) -> list[list[Rect]]:
    """Put lines that touch together."""
    grids: list[list[Rect]] = []
    for rule in rules:
        touching = [grid for grid in grids if any(_touch(rule, other) for other in grid)]
        grids = [grid for grid in grids if grid not in touching]
        grids.append([rule, *(other for grid in touching for other in grid)])
    return [grid for grid in grids if len(grid) >= 6]


def _touch(a: Rect, b: Rect) -> bool:
    return (
        a.x0 <= b.x1 + _TOUCH_PT and b.x0 <= a.x1 + _TOUCH_PT
        and a.y0 <= b.y1 + _TOUCH_PT and b.y0 <= a.y1 + _TOUCH_PT
    )  # fmt: skip


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > 2 * _NEAR_PT:
            places.append(value)
    return places


def _add(cell: str, text: str) -> str:
    if re.search(r"[a-zæøå]-$", cell) and text[:1].islower():
        return cell[:-1] + text
    return f"{cell} {text}".strip()


def read_tables(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Put the rows of each table without lines into its first row; say where tables are."""
    read: list[Row] = []
    doubts: list[str] = []
    i = 0
    while i < len(rows):
        if rows[i].first.table:
            rows[i].cells = list(rows[i].first.table)
            doubts.append(f"table:{rows[i].first.page}")
            read.append(rows[i])
            i += 1
            continue
        j = i
        while j < len(rows) and _in_table(rows[i:j], rows[j]):
            j += 1
        if sum(len(row.segments) > 1 for row in rows[i:j]) < 2:
            read.append(rows[i])
            i += 1
            continue
        rows[i].cells, corner = write_rows(_set_in_columns(rows[i:j]), ruled=False)
        page = rows[i].first.page
        doubts += [f"table:{page}", *[f"unit_from_corner:{page}"] * corner]
        read.append(rows[i])
        i = j
    return read, doubts


def _in_table(before: Sequence[Row], row: Row) -> bool:
    """True when a row goes on with a table: several cells, or one below the cells of the last."""
    if row.first.table:
        return False
    if not before:
        return len(row.segments) > 1
    last = before[-1]
    gap = last.first.base - row.first.base
    if row.first.page != last.first.page or not 0 < gap < 4 * row.first.size:
        return False
    if (row.first.frame is None) != (last.first.frame is None):
        return False
    if len(row.segments) > 1:
        return True
    below = [s for other in before for s in other.segments[1:]]
    aside = any(abs(s.x0 - row.first.x0) < 4 or abs(s.x1 - row.first.x1) < 4 for s in below)
    return aside and gap < 1.6 * row.first.size


def _set_in_columns(rows: Sequence[Row]) -> list[list[str]]:
    """Set cells below each other: columns are where no cell of any row stands between them."""
    columns: list[list[float]] = []
    for x0, x1 in sorted((s.x0, s.x1) for row in rows for s in row.segments):
        if columns and x0 < columns[-1][1] + 2:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    grid: list[list[str]] = []
    for row in rows:
        cells = [""] * len(columns)
        for segment in row.segments:
            place = next(i for i, (a, b) in enumerate(columns) if a - 1 <= segment.x0 <= b + 1)
            cells[place] = f"{cells[place]} {segment.text}".strip()
        if grid and not cells[0] and sum(map(bool, cells)) == 1:
            grid[-1] = [_add(a, b) if b else a for a, b in zip(grid[-1], cells, strict=True)]
        else:
            grid.append(cells)
    return grid
