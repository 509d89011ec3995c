"""Figures as rows of a table, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from chains import FigureEntry, Library, reader_texts
from views.agreement_html import page_link


def figure_rows(library: Library, entries: Sequence[FigureEntry]) -> list[str]:
    """Return a row for each figure; its name leads to the figure, its source into the text."""
    titles = {one.id: one.head.short_title for one in library.agreements}
    return [_row(entry, titles[entry.agreement_id]) for entry in entries]


def _row(entry: FigureEntry, title: str) -> str:
    link = page_link("tal", id=entry.entry_key)
    label = escape(reader_texts.capital(entry.name))
    said = escape(reader_texts.full_name(entry.name, entry.first_year, entry.last_year), quote=True)
    flag = "" if entry.reviewed else f'<span class="flag">{escape(reader_texts.BY_RULE)}</span>'
    text = page_link("aftaler", id=entry.agreement_id, tal=entry.figure_id)
    name = escape(reader_texts.source_link(title, f"{entry.name} {entry.period}"), quote=True)
    cells = (
        ("num", entry.number), ("unit", entry.unit),
        ("tight", reader_texts.years(entry.first_year, entry.last_year)), ("", entry.payer),
        ("", entry.receiver), ("", entry.price_level),
    )  # fmt: skip
    shown = "".join(f'<td class="{css}">{escape(value)}</td>' for css, value in cells)
    return (
        f'<tr><th scope="row" class="main"><a href="{link}" aria-label="{said}">{label}</a>{flag}'
        f"</th>{shown}"
        f'<td><a href="{text}" aria-label="{name}">{escape(title)}</a></td></tr>'
    )
