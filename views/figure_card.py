"""One agreed figure: what it is, the words that say it, what it hangs together with."""

from __future__ import annotations

from html import escape

import streamlit as st

from chains import FigureEntry, Library, reader_texts
from views.agreement_html import head_html, page_link
from views.figure_series import draw_chart
from views.registers import downloads
from views.render import plain


def draw_figure(library: Library, entry: FigureEntry) -> None:
    """Draw a figure with its source."""
    st.html(f'<div class="aa-card"><a href="tal">{escape(reader_texts.ALL_FIGURES)}</a></div>')
    st.header(plain(reader_texts.capital(entry.name)), anchor=False)
    st.html(_card(library, entry))
    series = f"{entry.agreement_id}/{entry.series}"
    if series in library.series:
        st.subheader(reader_texts.SERIES_HEADING, anchor=False)
        draw_chart(library, [series])
    downloads(library.figure_sheets([entry]), entry.figure_id)


def _card(library: Library, entry: FigureEntry) -> str:
    agreement = library.agreement(entry.agreement_id)
    facts = [
        entry.display, reader_texts.years(entry.first_year, entry.last_year),
        reader_texts.PERS.get(entry.per, ""), entry.payer, entry.receiver, entry.party,
        entry.price_level or (reader_texts.NOT_STATED if entry.measure == "kr" else ""),
        entry.channel, reader_texts.MONEYS.get(entry.money, ""),
        f"{agreement.head.title}, {entry.section}", entry.reviewed or reader_texts.BY_RULE,
    ]  # fmt: skip
    rows = [(name, said) for name, said in zip(reader_texts.FACTS, facts, strict=True) if said]
    if entry.inside == "outside":
        rows.append((reader_texts.RELATION["inside"], reader_texts.OUTSIDE))
    if entry.argument:
        rows.append((reader_texts.ARGUMENT, entry.argument))
    if entry.aliases:
        rows.append((reader_texts.ALSO_CALLED, ", ".join(entry.aliases)))
    start, end = library.sentence(entry.agreement_id, entry.start)
    text = agreement.text
    first, last = max(start, entry.start), max(entry.end, entry.start)
    quote = (
        f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>"
        f"{escape(text[last : max(end, last)])}"
    )
    link = page_link("aftaler", id=entry.agreement_id, tal=entry.figure_id)
    return (
        f'<div class="aa-card"><p class="value">{escape(entry.display)}</p>'
        f"<h3>{escape(reader_texts.FIGURE_QUOTE)}</h3><blockquote>{quote}</blockquote>"
        f'<p><a href="{link}">{escape(reader_texts.OPEN_IN_TEXT)}</a></p>{head_html(rows)}'
        f"{_relations(library, entry)}</div>"
    )


def _relations(library: Library, entry: FigureEntry) -> str:
    items = "".join(
        f"<li>{escape(reader_texts.RELATION[how])}: "
        f'<a href="{page_link("tal", id=other.entry_key)}">'
        f"{escape(_named(other))}</a></li>"
        for how, other in library.relations(entry)
    )
    return f"<h3>{escape(reader_texts.RELATIONS)}</h3><ul>{items}</ul>" if items else ""


def _named(entry: FigureEntry) -> str:
    """Name a figure so that it is told from others of its series."""
    years = reader_texts.years(entry.first_year, entry.last_year)
    return f"{entry.name}, {years}: {entry.display}" if years else f"{entry.name}: {entry.display}"
