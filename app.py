"""The Streamlit app: page set-up and navigation; no other logic."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from chains import Settings, reader_texts, review_texts, texts
from views.sign_in import admit, find_editor, show_person

# The icon is a file of ours: the browser would fetch a ":material/…:" icon from a foreign host.
_ICON = Path(__file__).parent / "views" / "icon.png"

st.set_page_config(page_title=texts.PRODUCT, page_icon=str(_ICON), layout="centered")
settings = Settings()
person = admit(settings)
pages = [st.Page("views/chat.py", title=texts.CHAT_TITLE, default=True)]
pages.append(st.Page("views/agreements.py", title=reader_texts.READER_TITLE, url_path="aftaler"))
pages.append(st.Page("views/figures.py", title=reader_texts.FIGURES_TITLE, url_path="tal"))
pages.append(
    st.Page("views/commitments.py", title=reader_texts.COMMITMENTS_TITLE, url_path="aftalt")
)
if find_editor(settings):
    pages.append(st.Page("views/admin.py", title=review_texts.TITLE, url_path="redaktion"))
page = st.navigation(pages, position="sidebar" if len(pages) > 1 else "hidden")
show_person(person, settings)
page.run()
