"""A table -> rows that can be read, and quoted, alone: each cell with its column's heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT = re.compile(r"\(?((?:1\.000 |mi[ao]\.? )?kr\.?|pct\.|mi[ao]\.? kr\.?)\)?", re.IGNORECASE)
_NUMBER = re.compile(r"[-−–]?\s?\d[\d.]*(?:,\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def write_rows(grid: Sequence[Sequence[str]], *, ruled: bool = True) -> tuple[list[str], bool]:
    """Return the rows of a table as text, and whether a unit was taken from its corner.

    The first row is written as it stands. Each row after it names what it is about, then heading
    and cell of each column. A unit that stands in the corner alone goes behind bare numbers, for a
    number without its unit would be read a million times too small. A table that is not `ruled` may
    be no table at all: its first row is taken for headings only above numbers.

    >>> write_rows([["Mio. kr.", "2022", "2023"], ["Kommuner", "35,0", "203,9"]])[0][1]
    'Kommuner – 2022: 35,0 mio. kr.; 2023: 203,9 mio. kr.'
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in grid]
    rows = [row for row in rows if any(row)]
    if not rows:
        return [], False
    head, body = rows[0], rows[1:]
    if not _is_head(head, body, ruled=ruled):
        return [_plain(row) for row in rows], False
    corner = _UNIT.fullmatch(head[0]) if head else None
    unit = "" if corner is None else corner[1].lower().strip()
    written = [_plain(head)]
    for row in body:
        named = [
            f"{head[i]}: {_with_unit(cell, head[i], unit)}" if i < len(head) and head[i] else cell
            for i, cell in enumerate(row[1:], start=1)
            if cell
        ]
        written.append(" – ".join(part for part in (row[0], "; ".join(named)) if part))
    return written, bool(unit)


def _is_head(head: Sequence[str], body: Sequence[Sequence[str]], *, ruled: bool) -> bool:
    """True when the first row names columns: it holds no numbers but years."""
    if not body or len(head) < 2:
        return False
    cells = [cell for cell in head[1:] if cell]
    numbers = [c for c in cells if _NUMBER.fullmatch(c) and not _YEAR.fullmatch(c)]
    below = any(_NUMBER.match(cell) for row in body for cell in row[1:])
    return bool(cells) and not numbers and (ruled or below)


def _plain(row: Sequence[str]) -> str:
    return " – ".join(cell for cell in row if cell)


def _with_unit(cell: str, heading: str, unit: str) -> str:
    if not unit or not _NUMBER.fullmatch(cell) or re.search(r"pct|andel|antal", heading.lower()):
        return cell
    return f"{cell} {unit}"
