"""A calculation as HTML: result, steps, numbers that went in, rows, assumptions, sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from chains import Answer, Calculation, ResultRow, chat_texts
from chains import tools_texts as words
from views.tables import list_html, quotes_html, table_html


def draw_answer(answer: Answer, work: Calculation, others: Callable[[], None]) -> None:
    """Draw a calculation on agreed figures, with the words of the answer and its quotes.

    Args:
        answer: The answer of the calculator.
        work: Its calculation.
        others: Draws what else could come out, after the steps.
    """
    lead = answer.text.split("\n\n")[0].replace("**", "")
    st.html(result_html(work, lead, chat_texts.KINDS[answer.mode]))
    _draw_steps(work)
    others()
    _draw_remarks([*work.assumptions, *answer.notes])
    if answer.citations:
        st.subheader(words.CALC_SOURCES, anchor=False)
        st.html(quotes_html(answer.citations))


def draw_work(work: Calculation, remarks: Sequence[str]) -> None:
    """Draw how a calculation was made."""
    _draw_steps(work)
    _draw_remarks(remarks)


def _draw_steps(work: Calculation) -> None:
    if len(work.rows) > 1:
        st.html(rows_html(work))
    st.subheader(words.CALC_STEPS, anchor=False)
    st.html(list_html(work.steps, numbered=True))
    st.html(inputs_html(work))


def _draw_remarks(remarks: Sequence[str]) -> None:
    told = tuple(dict.fromkeys(remarks))
    if told:
        st.subheader(words.CALC_ASSUMPTIONS, anchor=False)
        st.html(list_html(told))


def result_html(work: Calculation, lead: str, label: str) -> str:
    """Return the result, large, with what it means and how the fields were read."""
    read = f"{words.CALC_READ_AS}: {work.read_as}"
    return (
        f'<div lang="da" class="aa-t"><div class="aa-result" role="status">'
        f'<span class="tag">{escape(label)}</span>'
        f'<p class="value">{escape(work.result.display)}</p>'
        f"<p>{escape(lead)}</p></div>"
        f'<p class="dim">{escape(read)}</p></div>'
    )


def rows_html(work: Calculation) -> str:
    """Return the lines of a result as a table with bars."""
    columns = words.YEAR_COLUMNS if work.by_year else words.ROW_COLUMNS
    rows = [(row.label, row.display) for row in work.rows]
    caption = f"{work.title}: {words.CALC_ROWS}"
    return table_html(columns, rows, caption=caption, numbers={1}, bars=shares_of(work.rows))


def inputs_html(work: Calculation) -> str:
    """Return the numbers that went in and where each comes from."""
    rows = []
    for one in dict.fromkeys(work.inputs):
        agreed = one.source == "agreement" and one.marker
        told = words.FROM_AGREEMENT.format(marker=one.marker) if agreed else words.FROM[one.source]
        rows.append((one.name, one.display, told))
    return table_html(words.INPUT_COLUMNS, rows, caption=words.CALC_INPUTS, numbers={1})


def shares_of(rows: Sequence[ResultRow]) -> list[float]:
    """Return how long the bar of each row is, the longest 1; nothing where no row is above 0."""
    values = [float(row.value) for row in rows]
    most = max(values, default=0.0)
    return [max(value, 0.0) / most for value in values] if most > 0 else []
