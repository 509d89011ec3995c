"""The Streamlit app: page set-up and navigation; no other logic."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from chains import Settings, reader_texts, review_texts, texts
from chains import tools_texts as tools
from views.look import LOOK
from views.menu import navigate
from views.sign_in import admit, find_editor, show_person

# The icon is a file of ours: the browser would fetch a ":material/…:" icon from a foreign host.
_VIEWS = Path(__file__).parent / "views"
_ICON = _VIEWS / "icon.png"

st.set_page_config(page_title=texts.PRODUCT, page_icon=str(_ICON), layout="wide")
st.html(LOOK)
st.logo(str(_VIEWS / "wordmark.svg"), size="large", icon_image=str(_ICON))
settings = Settings()
person = admit(settings)
pages = {
    tools.GROUP_ASK: [
        st.Page("views/chat.py", title=tools.NAV_ASK, icon=":material/forum:", default=True),
    ],
    tools.GROUP_SOURCES: [
        st.Page("views/agreements.py", title=reader_texts.READER_TITLE, icon=":material/article:",
                url_path="aftaler"),
        st.Page("views/figures.py", title=reader_texts.FIGURES_TITLE, icon=":material/numbers:",
                url_path="tal"),
        st.Page("views/commitments.py", title=reader_texts.COMMITMENTS_TITLE,
                icon=":material/handshake:", url_path="aftalt"),
    ],
    tools.GROUP_TOOLS: [
        st.Page("views/calculators.py", title=tools.NAV_CALCULATE, icon=":material/calculate:",
                url_path="beregn"),
        st.Page("views/check.py", title=tools.NAV_CHECK, icon=":material/fact_check:",
                url_path="tjek-tal"),
        st.Page("views/occurrences.py", title=tools.NAV_PLACES, icon=":material/pageview:",
                url_path="hvor-naevnes"),
    ],
    tools.GROUP_ABOUT: [
        st.Page("views/about.py", title=tools.NAV_ABOUT, icon=":material/info:", url_path="om"),
    ],
}  # fmt: skip
if find_editor(settings):
    pages[tools.GROUP_EDIT] = [
        st.Page("views/admin.py", title=review_texts.TITLE, icon=":material/edit_note:",
                url_path="redaktion"),
    ]  # fmt: skip
page = navigate(pages, settings.accessibility_url)
show_person(person, settings)
page.run()
