"""The page Om: what the assistant is, what it is built on, how well it does, how to use it."""

from __future__ import annotations

import streamlit as st

from chains import Assistant, Settings, format_date, read_evaluation
from chains import about_texts as words
from views.notice import draw_notice
from views.shared import open_assistant
from views.tables import draw_head, list_html, statement_html, table_html


def draw() -> None:
    """Draw the page."""
    draw_head(words.TITLE, words.WHAT_TEXT)
    draw_notice()
    assistant = open_assistant()
    can, cannot = st.columns(2)
    with can:
        st.header(words.CAN, anchor=False)
        st.html(list_html(words.CAN_LIST))
    with cannot:
        st.header(words.CANNOT, anchor=False)
        st.html(list_html(words.CANNOT_LIST))
    st.header(words.CORPUS, anchor=False)
    _draw_corpus(assistant)
    st.header(words.EVALUATION, anchor=False)
    _draw_evaluation(assistant)
    st.header(words.GUIDE, anchor=False)
    for page, steps in words.GUIDES.items():
        with st.expander(page):
            st.html(list_html(steps, numbered=True))
    st.header(words.PRIVACY, anchor=False)
    st.html(list_html(words.PRIVACY_LIST))
    st.header(words.ACCESS, anchor=False)
    _draw_access(Settings().accessibility_url)


def _draw_corpus(assistant: Assistant) -> None:
    rows = []
    for agreement in assistant.agreements:
        head = agreement.head
        years = (head.years.first, head.years.last)
        rows.append(
            (
                head.title,
                format_date(head.date),
                "-".join(dict.fromkeys(str(year) for year in years)),
                agreement.version[:12],
            )
        )
    version = words.CORPUS_VERSION.format(version=assistant.corpus_version)
    st.html(table_html(words.CORPUS_COLUMNS, rows, caption=version))
    if assistant.is_behind:
        st.info(words.CORPUS_BEHIND, icon=":material/update:")


def _draw_evaluation(assistant: Assistant) -> None:
    found = read_evaluation(assistant.settings)
    if found is None:
        st.info(words.EVALUATION_NONE, icon=":material/info:")
        return
    st.write(words.EVALUATION_TEXT)
    if found.source == "baseline":
        told = words.EVALUATION_BASELINE
    else:
        told = words.measured(found.made) if found.made else words.EVALUATION_NO_TIME
    shown = [(name, found.figures[key]) for key, name in words.MEASURES.items()
             if key in found.figures]  # fmt: skip
    rows = [(name, words.share(value)) for name, value in shown]
    bars = [value for _, value in shown]
    st.html(table_html(words.EVALUATION_COLUMNS, rows, caption=told, numbers={1}, bars=bars))


def _draw_access(url: str) -> None:
    st.write(words.ACCESS_TEXT)
    if link := statement_html(url):
        st.html(link)
    else:
        st.caption(words.ACCESS_NONE)


draw()
