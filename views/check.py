"""Tjek tal: paste a text, see what became of each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chains import Assistant, AssistantError, texts
from views.render import check_html


def draw_check(assistant: Assistant, chosen: Sequence[str]) -> None:
    """Draw the place where a text is pasted, and below it what became of its numbers."""
    with st.expander(texts.CHECK_LABEL, icon=":material/fact_check:"):
        with st.form("check", border=False):
            text = st.text_area(texts.CHECK_HELP, max_chars=8_000, height=180, key="check-text")
            asked = st.form_submit_button(texts.CHECK_BUTTON, disabled=not chosen)
        if not asked:
            return
        if not text.strip():
            st.warning(texts.CHECK_EMPTY)
            return
        try:
            with st.spinner(texts.CHECK_WORKING):
                check = assistant.check(text, chosen)
        except AssistantError as error:
            st.error(texts.describe_error(error), icon=":material/error:")
            return
        st.html(check_html(text, check))
