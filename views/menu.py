"""The menu in the sidebar: pages by group, each with its icon.

Streamlit's own menu with groups puts its list items into boxes inside the list, which is no list
to a screen reader; these are links under headings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from views.tables import statement_html

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def navigate(pages: Mapping[str, Sequence[StreamlitPage]], statement_url: str) -> StreamlitPage:
    """Draw the menu and return the page that was chosen, to be run.

    Args:
        pages: The pages of each group; a group without pages is left out.
        statement_url: The accessibility statement, linked below the menu where there is one.
    """
    chosen = st.navigation(list(_flat(pages)), position="hidden")
    with st.sidebar:
        for group, listed in pages.items():
            if not listed:
                continue
            st.html(f'<h2 class="aa-group">{escape(group)}</h2>')
            for page in listed:
                st.page_link(page, width="stretch")
        if link := statement_html(statement_url):
            st.html(link)
    return chosen


def _flat(pages: Mapping[str, Sequence[StreamlitPage]]) -> Sequence[StreamlitPage]:
    return [page for listed in pages.values() for page in listed]
