"""An answer that somebody has shared, its quotes held against the agreements as they are now."""

from __future__ import annotations

import streamlit as st

from chains import Assistant, AssistantError, chat_texts, texts
from views.answer import ASSISTANT, YOU, draw_also_read, draw_answer, draw_question
from views.notice import draw_notice
from views.render import plain
from views.take_along import draw_take

PARAM = "svar"


def draw_shared(assistant: Assistant, share_id: str) -> None:
    """Draw the answer that a link names, and whether its sources still say so."""
    st.title(chat_texts.SHARED_TITLE)
    draw_notice()
    try:
        shared = assistant.conversations("").shared(share_id)
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        _draw_back()
        return
    checked = assistant.library.recheck(shared.answer)
    version = shared.answer.corpus_version
    st.caption(chat_texts.SHARED_MADE.format(when=chat_texts.when(shared.asked), version=version))
    broken = [one for one in checked.citations if not one.holds]
    if broken:
        total = len(checked.citations)
        st.error(chat_texts.SHARED_BROKEN.format(count=len(broken), total=total),
                 icon=":material/error:")  # fmt: skip
    elif checked.citations:
        st.success(chat_texts.SHARED_HOLDS, icon=":material/verified:")
    else:
        st.info(chat_texts.SHARED_NONE, icon=":material/info:")
    for note in [*checked.standing, *([chat_texts.SHARED_NEWER] if checked.newer else [])]:
        st.warning(plain(note), icon=":material/info:")
    with st.chat_message(texts.CHAT_YOU, avatar=YOU):
        draw_question(shared.answer.question)
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=ASSISTANT):
        states = {one.citation.marker: one.state for one in checked.citations}
        draw_answer(assistant, checked.answer, "shared", states)
        draw_also_read(checked.answer, "shared")
        if not broken:
            draw_take(assistant, shared.as_exchange(checked.answer), "shared")
    if st.button(chat_texts.SHARED_ASK, icon=":material/refresh:", type="primary"):
        st.session_state["pending"] = shared.answer.standalone_question
        _leave()
    _draw_back()


def _draw_back() -> None:
    if st.button(chat_texts.SHARED_BACK, icon=":material/arrow_back:"):
        _leave()


def _leave() -> None:
    st.query_params.pop(PARAM, None)
    st.rerun()
