"""The notice that an AI system answers; it stands on a page before anything can be asked."""

from __future__ import annotations

import streamlit as st

from chains import texts


def draw_notice() -> None:
    """Draw the notice, as text that is there before the first field."""
    st.caption(texts.AI_NOTICE)
