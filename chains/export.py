"""Tables to take along: CSV for anything, XLSX for a spreadsheet.

Files are written in one step, so that a file is there whole or not at all. No cell can become a
formula: in CSV one that begins like one gets an apostrophe before it, in XLSX every cell is text.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from corpus import difference_texts as texts
from corpus.difference import Difference, Row, Side
from corpus.errors import StorageError

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
Cell = str | Decimal
_WIDTH = 28
_LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""


@dataclass(frozen=True)
class Sheet:
    """A table to export: its name, its columns, its rows. Decimals become numbers."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_csv(difference: Difference, path: Path) -> None:
    """Write every row, with the name of its table in front; semicolons, as Danish Excel reads.

    Raises:
        StorageError: the file cannot be written.
    """
    columns = [texts.TABLE_COLUMN, *texts.COLUMNS]
    rows = [
        [texts.TABLES[name], *_cells(row)]
        for name, own in difference.tables.items()
        for row in own
    ]  # fmt: skip
    _write(path, to_csv(Sheet(path.stem, columns, rows)))


def write_xlsx(difference: Difference, path: Path) -> None:
    """Write a workbook with a sheet a table.

    Raises:
        StorageError: the file cannot be written.
    """
    sheets = [
        Sheet(texts.TABLES[name], texts.COLUMNS, [list(_cells(row)) for row in rows])
        for name, rows in difference.tables.items()
    ]
    _write(path, to_xlsx(sheets))


def to_csv(table: Sheet) -> bytes:
    r"""Return a sheet as CSV: semicolons, decimal comma and byte order mark, as Danish Excel reads.

    >>> to_csv(Sheet("Tal", ["Hvad", "Værdi"], [["=1+1", Decimal("1554.4")]])).decode("utf-8-sig")
    "Hvad;Værdi\r\n'=1+1;1554,4\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_plain(c) if isinstance(c, str) else _comma(c) for c in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(tables: Sequence[Sheet]) -> bytes:
    """Return a workbook with a sheet a table; text stays text, Decimals are numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        for number, line in enumerate([table.columns, *table.rows], 1):
            for column, value in enumerate(line, 1):
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
                    cell.data_type = "s"  # text, whatever it begins with
                else:
                    cell.value = value
                    cell.number_format = _number_format(value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(table.columns) + 1):
            letter = sheet.cell(1, column).column_letter
            sheet.column_dimensions[letter].width = _WIDTH
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number_format(number: Decimal) -> str:
    """Return a format that shows every decimal, as the reader's own spreadsheet writes numbers.

    >>> _number_format(Decimal("1554.4")), _number_format(Decimal("400"))
    ('#,##0.0', '#,##0')
    """
    decimals = len(format(number, "f").partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _comma(number: Decimal) -> str:
    return format(number, "f").replace(".", ",")


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
