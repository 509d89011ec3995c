"""A user's word on an answer: right, or wrong and why."""

from __future__ import annotations

import streamlit as st

from chains import Assistant, AssistantError, texts
from views import conversation


def draw_feedback(assistant: Assistant, number: int) -> None:
    """Let the user say whether the answer of this place was right, and of a wrong one why."""
    key = f"feedback-{number}"
    if st.session_state.get(key):
        st.caption(texts.FEEDBACK_THANKS)
        return
    with st.popover(texts.FEEDBACK, icon=":material/rate_review:", key=f"{key}-open"):
        with st.form(f"{key}-form", border=False):
            reason = st.text_area(texts.FEEDBACK_REASON, max_chars=1_000, help=texts.FEEDBACK_KEPT)
            wrong = st.form_submit_button(texts.FEEDBACK_WRONG, icon=":material/thumb_down:")
            right = st.form_submit_button(texts.FEEDBACK_RIGHT, icon=":material/thumb_up:")
        if wrong or right:
            every = conversation.exchanges()
            earlier = [exchange.question for exchange in every[:number]]
            answer = every[number].answer
            try:
                assistant.keep_feedback(answer, right=right, reason=reason, history=earlier)
            except AssistantError as error:
                st.error(texts.describe_error(error), icon=":material/error:")
                return
            st.session_state[key] = True
            st.rerun()
