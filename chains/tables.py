"""Table rows of an agreement -> cells, as spans of its text.

A row is one line of text. One from a DOCX, HTML or PDF file carries its columns' headings
("Kommuner – 2022: 35,0 mio. kr.; 2023: …", `ingest/parse/tables.py`); one from a plain text has
blanks between its cells, and only a last cell that is a number can be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Agreement, Block

Span = tuple[int, int]

_DASH = " – "
_LAST_NUMBER = re.compile(r"\s(?=[-−]?\d[\d.,]*(?: (?:pct\.|mi[ao]\. kr\.|kr\.))?$)")
_NEXT_NAME = re.compile(r"(?<=[a-zæøå)]) (?=[A-ZÆØÅ])")


def cells_of(agreement: Agreement, rows: Sequence[Block]) -> list[list[Span]]:
    """Return the cells of neighbouring rows, the heading first; all rows have as many.

    Rows that cannot be told apart are one cell each.
    """
    lines = [(row.start, agreement.text[row.start : row.end]) for row in rows]
    if not lines:
        return []
    for split in (_headed, _spaced):
        cells = split(lines)
        if cells is not None:
            return cells
    return [[(start, start + len(line))] for start, line in lines]


def _headed(lines: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    """Rows that name their columns; empty cells are left out of them."""
    start, line = lines[0]
    head = _pieces(start, line, _DASH)
    names = [line[a - start : b - start] for a, b in head]
    if len(head) < 2 or len(lines) < 2:
        return None
    table = [head]
    for start, line in lines[1:]:
        name, _, rest = line.partition(_DASH)
        cells: dict[int, Span] = {}
        place = start + len(name) + len(_DASH)
        for part in rest.split("; "):
            column = next((i for i, n in enumerate(names) if i and part.startswith(f"{n}: ")), None)
            if column is None:
                return None
            cells[column] = (place + len(names[column]) + 2, place + len(part))
            place += len(part) + 2
        own = [(start, start + len(name))]
        own += [cells.get(column, (start, start)) for column in range(1, len(names))]
        table.append(own)
    return table


def _spaced(lines: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    """Rows of a name and a number, below a heading whose second name begins with a capital."""
    start, line = lines[0]
    names = list(_NEXT_NAME.finditer(line))
    if len(names) != 1 or len(lines) < 2:
        return None
    table = [[(start, start + names[0].start()), (start + names[0].end(), start + len(line))]]
    for start, line in lines[1:]:
        cut = next((m for m in _LAST_NUMBER.finditer(line)), None)
        if cut is None:
            return None
        table.append([(start, start + cut.start()), (start + cut.end(), start + len(line))])
    return table


def _pieces(start: int, line: str, separator: str) -> list[Span]:
    spans, place = [], start
    for part in line.split(separator):
        spans.append((place, place + len(part)))
        place += len(part) + len(separator)
    return spans
