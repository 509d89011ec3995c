"""A comparison of two agreements as a table: CSV for anything, XLSX for a spreadsheet.

Both are written in one step, so that a file is there whole or not at all. No cell can become a
formula: in CSV one that begins like one gets an apostrophe before it, in XLSX every cell is text.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from corpus import difference_texts as texts
from corpus.difference import Difference, Row, Side
from corpus.errors import StorageError

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_WIDTH = 28
_LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""


def write_csv(difference: Difference, path: Path) -> None:
    """Write every row, with the name of its table in front; semicolons, as Danish Excel reads.

    Raises:
        StorageError: the file cannot be written.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([texts.TABLE_COLUMN, *texts.COLUMNS])
    for name, rows in difference.tables.items():
        for row in rows:
            writer.writerow([texts.TABLES[name], *map(_plain, _cells(row))])
    _write(path, out.getvalue().encode("utf-8-sig"))


def write_xlsx(difference: Difference, path: Path) -> None:
    """Write a workbook with a sheet a table.

    Raises:
        StorageError: the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in difference.tables.items():
        sheet = book.create_sheet(texts.TABLES[name])
        lines = [list(texts.COLUMNS), *(list(_cells(row)) for row in rows)]
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(number, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
                cell.data_type = "s"  # text, whatever it begins with
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(texts.COLUMNS) + 1):
            letter = sheet.cell(1, column).column_letter
            sheet.column_dimensions[letter].width = _WIDTH
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    _write(path, out.getvalue())


def rows_as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file that Danish Excel opens: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cells(row: Row) -> Iterator[str]:
    old, new = row.old, row.new
    yield texts.CHANGES[row.change]
    yield row.theme
    yield row.series or _label(new or old)
    for side in (old, new):
        yield (side.said or side.label) if side else ""
        yield side.period if side else ""
        yield side.price_level if side else ""
    yield row.difference
    yield "; ".join(row.remarks)
    for side in (old, new):
        cited = side.citations[0] if side and side.citations else None
        yield cited.quote if cited else ""
        yield cited.section if cited else ""


def _label(side: Side | None) -> str:
    return side.label if side else ""


def _plain(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _plain("=1+1"), _plain("+24 mio. kr."), _plain("24 mio. kr.")
    ("'=1+1", "'+24 mio. kr.", '24 mio. kr.')
    """
    return f"'{value}" if _FORMULA.match(value) else value


def _write(path: Path, data: bytes) -> None:
    """Write a file in one step; what stood there before stays until then."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StorageError(path, str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
