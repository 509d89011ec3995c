"""The Streamlit app: page set-up and navigation; no other logic."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from chains import texts

# The icon is a file of ours: the browser would fetch a ":material/…:" icon from a foreign host.
_ICON = Path(__file__).parent / "views" / "icon.png"

st.set_page_config(page_title=texts.PRODUCT, page_icon=str(_ICON), layout="centered")
st.navigation([st.Page("views/chat.py", title=texts.CHAT_TITLE)], position="hidden").run()
