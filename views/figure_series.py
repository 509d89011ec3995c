"""Series of figures: a chart by year and party, and a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from chains import AssistantError, Chart, FigureEntry, Library, reader_texts, texts
from views.agreement_html import page_link
from views.registers import pick, table_html
from views.render import plain

_DANISH = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}}


def draw_series(library: Library, found: Sequence[FigureEntry]) -> None:
    """Draw the choice of series among the figures that the filters let through."""
    kept = {f"{f.agreement_id}/{f.series}" for f in found}
    asked = [key for key in st.query_params.get_all("serie") if key]
    unknown = [key for key in asked if key not in library.series]
    if unknown:
        st.warning(plain(reader_texts.no_entry("series", unknown[0])), icon=":material/link_off:")
    picked = {*asked, *st.session_state.get("serie-picked", ())}
    options = [key for key in library.series if key in kept or key in picked]
    chosen = pick(
        "serie", reader_texts.SERIES_PICK, options, lambda key: series_name(library, key),
        most=6, placeholder=reader_texts.ALL_SERIES,
    )  # fmt: skip
    if chosen:
        draw_chart(library, chosen)
    else:
        st.info(reader_texts.SERIES_NONE, icon=":material/bar_chart:")


def series_name(library: Library, key: str) -> str:
    """Name a series by the label of its figures."""
    return reader_texts.capital(library.series[key][0].label)


def draw_chart(library: Library, keys: Sequence[str]) -> None:
    """Draw series in one unit as bars, and below as a table with links."""
    try:
        chart = library.chart(keys)
    except AssistantError as error:
        st.error(plain(texts.describe_error(error)), icon=":material/error:")
        return
    if chart.bars:
        at = reader_texts.YEAR if chart.by_year else reader_texts.SERIES_ROW
        st.vega_lite_chart(_bars(chart, at), alt=reader_texts.chart_alt(at, chart.unit))
        heads = {at: "", reader_texts.SERIES_NAME: "", chart.unit or reader_texts.AMOUNT: "num"}
        st.html(table_html(reader_texts.SERIES_TABLE, heads, _rows(chart)))
    for said in chart.lasting:
        st.markdown(plain(said))


def _bars(chart: Chart, at: str) -> dict[str, Any]:
    """Return bars in groups, as Vega-Lite; the table says the same, so colours only repeat it."""
    unit = chart.unit or reader_texts.AMOUNT
    name = reader_texts.SERIES_NAME
    encoding: dict[str, Any] = {
        "x": {"field": "at", "type": "nominal", "title": at, "axis": {"labelAngle": 0}},
        "y": {"field": "value", "type": "quantitative", "title": unit},
        "tooltip": [{"field": "at", "title": at}, {"field": "series", "title": name},
                    {"field": "shown", "title": unit}],
    }  # fmt: skip
    names = {bar.series for bar in chart.bars}
    if len(names) > 1:
        legend = {"orient": "bottom", "columns": 1, "labelLimit": 600}
        encoding["xOffset"] = {"field": "series"}
        encoding["color"] = {
            "field": "series", "title": name, "type": "nominal", "legend": legend,
        }  # fmt: skip
    values = [
        {"at": bar.at, "series": bar.series, "value": bar.value, "shown": bar.display}
        for bar in chart.bars
    ]
    return {
        "data": {"values": values}, "mark": {"type": "bar"}, "encoding": encoding,
        "height": 260 + 25 * len(names) * (len(names) > 1),
        "config": {"locale": _DANISH},
    }  # fmt: skip


def _rows(chart: Chart) -> list[str]:
    return [
        f'<tr><th scope="row">{escape(bar.at)}</th><td>{escape(bar.series)}</td>'
        f'<td class="num"><a href="{page_link("tal", id=bar.key)}">{escape(bar.display)}</a></td>'
        "</tr>"
        for bar in chart.bars
    ]
