"""Several figures put together by the calculators: sum, comparison, another price level."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from chains import (
    PICKABLE,
    AssistantError,
    FigureEntry,
    Library,
    Operation,
    WorkedOut,
    reader_texts,
    texts,
)
from views.registers import pick, sources_html
from views.render import plain

_PRICES = "prices"


def draw_work(library: Library, found: Sequence[FigureEntry]) -> None:
    """Draw the choice of figures and of what is to be done with them, and the result."""
    every = {f.entry_key: f for f in library.figures}
    asked = [key for key in st.query_params.get_all("valgt") if key]
    for key in asked:
        if key not in every:
            st.warning(plain(reader_texts.no_entry("figure", key)), icon=":material/link_off:")
    options = [f.entry_key for f in found]
    kept = [*asked, *st.session_state.get("valgt-picked", ())]
    options += [key for key in dict.fromkeys(kept) if key in every and key not in options]
    picked = pick(
        "valgt", reader_texts.PICK, options, lambda key: _name(every[key]),
        most=reader_texts.PICK_LIMIT, placeholder=reader_texts.PICK_NONE,
    )  # fmt: skip
    operation = st.selectbox(
        reader_texts.OPERATION, [*PICKABLE, _PRICES], key="regn", bind="query-params",
        format_func=lambda one: reader_texts.OPERATIONS[one],
    )  # fmt: skip
    rate, to_year, from_year = _levels(library) if operation == _PRICES else ("", 0, None)
    if not picked:
        st.info(reader_texts.PICK_ONE, icon=":material/calculate:")
        return
    try:
        if operation == _PRICES:
            worked = library.convert(picked, rate, to_year, from_year)
        else:
            worked = library.work_out(Operation(operation), picked)
    except AssistantError as error:
        st.error(plain(texts.describe_error(error)), icon=":material/error:")
        return
    _draw(worked)


def _levels(library: Library) -> tuple[str, int, int | None]:
    """Draw the choice of a rate and of the levels; (rate, to, from where none is stated)."""
    rates = {entry.entry_key: (entry, area) for entry, area in library.price_rates}
    a, b, c = st.columns(3)
    rate = a.selectbox(
        reader_texts.RATE, list(rates), key="sats", bind="query-params",
        format_func=lambda key: f"{rates[key][1]} ({rates[key][0].display})",
    )  # fmt: skip
    if rate is None:
        return "", 0, None
    entry = rates[rate][0]
    first = entry.first_year or 0
    levels = [str(first), str(entry.last_year or first)]
    to_year = b.selectbox(reader_texts.TO_LEVEL, levels, 1, key="til-pl", bind="query-params")
    unset = reader_texts.FROM_LEVEL_NONE
    from_year = c.selectbox(
        reader_texts.FROM_LEVEL, [unset, *levels], key="fra-pl", bind="query-params"
    )
    return rate, int(to_year), None if from_year == unset else int(from_year)


def _draw(worked: WorkedOut) -> None:
    work = worked.calculation
    rows = "".join(f"<li>{escape(r.label)}: {escape(r.display)}</li>" for r in work.rows)
    steps = "".join(f"<li>{escape(step)}</li>" for step in work.steps)
    notes = "".join(f"<p>{escape(note)}</p>" for note in worked.notes)
    st.html(
        f'<div class="aa-card" role="status"><h3>{escape(reader_texts.RESULT)}</h3>'
        f'<p class="value">{escape(work.result.display)}</p><p>{escape(worked.lead)}</p>'
        f"<ul>{rows}</ul><h3>{escape(reader_texts.STEPS)}</h3><ul>{steps}</ul>{notes}"
        f"<h3>{escape(reader_texts.SOURCES)}</h3></div>" + sources_html(worked.citations)
    )


def _name(entry: FigureEntry) -> str:
    years = reader_texts.years(entry.first_year, entry.last_year)
    said = f"{entry.display}, {years}" if years else entry.display
    return f"{reader_texts.capital(entry.name)} ({said})"
