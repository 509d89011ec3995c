"""One answer on a page: how it was made, its text, its sources, what else was looked through."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chains import Agreement, Answer, Assistant, Calculation, QuoteState, chat_texts, texts
from views.render import answer_html, passage_html, plain, question_html, safe_link, source_html

YOU, ASSISTANT = ":material/person:", ":material/library_books:"
_ALSO_READ = 5
_SHOWN_CHARS, _BEGIN_CHARS = 800, 400


def draw_question(question: str) -> None:
    """Draw a question as it was typed; of a pasted text the beginning, the whole folded."""
    if len(question) <= _SHOWN_CHARS:
        st.html(question_html(question))
        return
    with st.container():
        st.html(question_html(f"{question[:_BEGIN_CHARS].rstrip()} …"))
        with st.expander(chat_texts.WHOLE_QUESTION):
            st.html(question_html(question))


def draw_answer(
    assistant: Assistant,
    answer: Answer,
    key: str,
    states: Mapping[int, QuoteState] | None = None,
) -> None:
    """Draw an answer with its sources.

    Args:
        assistant: Whose agreements the quotes are shown in.
        answer: The answer.
        key: Of its place on the page.
        states: What became of each quote, by marker, where it was looked at again.
    """
    if answer.standalone_question != answer.question:
        draw_question(texts.CHAT_STANDALONE.format(question=answer.standalone_question))
    st.html(answer_html(answer))
    if answer.calculation is not None and answer.calculation.by_year:
        _series(answer.calculation)
    agreements = {agreement.id: agreement for agreement in assistant.agreements}
    if answer.citations:
        label = chat_texts.CITED.format(count=len(answer.citations))
        with st.expander(label, expanded=True, icon=":material/format_quote:", key=f"cited-{key}"):
            _cited(assistant, answer, agreements, states or {})


def _cited(
    assistant: Assistant,
    answer: Answer,
    agreements: Mapping[str, Agreement],
    states: Mapping[int, QuoteState],
) -> None:
    for citation in answer.citations:
        agreement = agreements.get(citation.agreement_id)
        title = agreement.head.short_title if agreement else citation.agreement_title
        section = texts.with_page(citation.section.split(" › ")[-1], citation.page)
        state = states.get(citation.marker)
        st.html(source_html(citation, agreement, title, chat_texts.STATES[state] if state else ""))
        link = safe_link(citation.url, assistant.settings.reader_url)
        if link and agreement is not None:
            place = f"{title}, {section}"
            said = chat_texts.OPEN_SOURCE.format(marker=citation.marker, place=place)
            st.link_button(plain(said), link, type="tertiary", icon=":material/open_in_new:")


def draw_also_read(answer: Answer, key: str) -> None:
    """Draw the passages that were looked through and not cited, folded."""
    cited = {citation.passage_id for citation in answer.citations}
    others = [p for p in answer.passages if p.passage_id not in cited][:_ALSO_READ]
    if others:
        label = chat_texts.ALSO_READ.format(count=len(others))
        with st.expander(label, icon=":material/manage_search:", key=f"also-{key}"):
            for passage in others:
                st.html(passage_html(passage))


def _series(work: Calculation) -> None:
    """Draw the years of a calculation as bars, and as a table that says the same in numbers."""
    unit = work.rows[0].unit
    bars = {texts.CHAT_YEAR: [row.label for row in work.rows],
            unit: [float(row.value) for row in work.rows]}  # fmt: skip
    st.bar_chart(bars, x=texts.CHAT_YEAR, y=unit, height=220)
    with st.expander(texts.CHAT_SERIES_TABLE, icon=":material/table:"):
        shown = [row.display for row in work.rows]
        st.table({texts.CHAT_YEAR: bars[texts.CHAT_YEAR], texts.CHAT_AMOUNT: shown})
