"""All agreed figures: a table to filter, one figure with its source, series, sums."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chains import AssistantError, FigureEntry, Library, reader_texts, texts
from views.agreement_style import READER_STYLE
from views.figure_card import draw_figure
from views.figure_series import draw_series
from views.figure_table import figure_rows
from views.figure_work import draw_work
from views.registers import REGISTER_STYLE, Filters, downloads, page_of, table_html
from views.render import STYLE, plain
from views.shared import open_assistant

_FILTERS = ("soeg", "aftale", "tema", "aar", "betaler", "modtager", "prisniveau", "enhed",
            "gennemgang")  # fmt: skip
_CLASSES = ("", "num", "unit", "", "", "", "", "")


def draw() -> None:
    """Draw one figure where the link names one, else the table."""
    st.set_page_config(layout="wide")
    st.html(STYLE + READER_STYLE + REGISTER_STYLE)
    st.title(reader_texts.FIGURES_TITLE)
    library = open_assistant().library
    if asked := st.query_params.get("id", ""):
        try:
            entry = library.figure(asked)
        except AssistantError as error:
            st.error(plain(texts.describe_error(error)), icon=":material/link_off:")
        else:
            draw_figure(library, entry)
            return
    st.markdown(reader_texts.FIGURES_INTRO)
    found = _filter(library)
    names = [reader_texts.TABLE_TAB, reader_texts.SERIES_TAB, reader_texts.WORK_TAB]
    opened = names[2 if "valgt" in st.query_params else 1 if "serie" in st.query_params else 0]
    table, series, work = st.tabs(names, default=opened)
    with table:
        _draw_table(library, found)
    with series:
        draw_series(library, found)
    with work:
        draw_work(library, found)


def _filter(library: Library) -> list[FigureEntry]:
    """Draw the filters and return the figures that hold all of them."""
    every = library.figures
    titles = {one.id: one.head.short_title for one in library.agreements}
    filters = Filters(_FILTERS)
    words = filters.words("soeg")
    with st.expander(reader_texts.FILTERS, expanded=filters.used):
        a, b, c, d = st.columns(4)
        agreements = filters.choose(
            "aftale", reader_texts.AGREEMENT, list(titles), titles.__getitem__, a
        )
        themes = filters.choose("tema", reader_texts.THEME, _values(every, "theme"), place=b)
        years = filters.choose("aar", reader_texts.YEAR, _years(every), place=c)
        measures = filters.choose(
            "enhed", reader_texts.MEASURE, _values(every, "measure"),
            reader_texts.MEASURES.__getitem__, d,
        )  # fmt: skip
        payers = filters.choose("betaler", reader_texts.PAYER, _values(every, "payer"), place=a)
        receivers = filters.choose(
            "modtager", reader_texts.RECEIVER, _values(every, "receiver"), place=b
        )
        levels = filters.choose(
            "prisniveau", reader_texts.LEVEL, [*_values(every, "price_level"), ""],
            lambda level: level or reader_texts.NOT_STATED, c,
        )  # fmt: skip
        reviews = filters.choose(
            "gennemgang", reader_texts.REVIEW, list(reader_texts.REVIEWED),
            reader_texts.REVIEWED.__getitem__, d,
        )  # fmt: skip
        filters.clear_button()
    filters.tell()
    about = library.figures_about(words) if words else None
    return [
        f for f in every
        if (about is None or f.entry_key in about)
        and (not agreements or f.agreement_id in agreements)
        and (not themes or f.theme in themes)
        and (not years or any(f.holds_in(int(year)) for year in years))
        and (not measures or f.measure in measures)
        and (not payers or f.payer in payers)
        and (not receivers or f.receiver in receivers)
        and (not levels or f.price_level in levels)
        and (not reviews or ("ja" if f.reviewed else "nej") in reviews)
    ]  # fmt: skip


def _values(every: Sequence[FigureEntry], field: str) -> list[str]:
    return sorted({str(getattr(f, field)) for f in every} - {""}, key=str.casefold)


def _years(every: Sequence[FigureEntry]) -> list[str]:
    ends = {y for f in every for y in (f.first_year, f.last_year) if y is not None}
    return [str(year) for year in range(min(ends), max(ends) + 1)] if ends else []


def _draw_table(library: Library, found: list[FigureEntry]) -> None:
    every = len(library.figures)
    st.markdown(reader_texts.shown_of(len(found), every, reader_texts.FIGURES_FOUND))
    if not found:
        st.info(reader_texts.NOTHING, icon=":material/filter_alt_off:")
        return
    downloads(library.figure_sheets(found), "aftalte-tal")
    shown = page_of(len(found), "side")
    heads = dict(zip(reader_texts.TABLE_COLUMNS, _CLASSES, strict=True))
    rows = figure_rows(library, [found[i] for i in shown])
    st.html(table_html(reader_texts.FIGURE_TABLE, heads, rows))


draw()
