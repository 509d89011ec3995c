"""Keys and price indices of one's own: worked out, labelled as own, kept while the page is open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chains import move_by_own_index, read_index, read_key, split_by_own_key
from chains import tools_texts as words
from views.calculation import draw_work, result_html

_SAVED = "own-saved"
_MOST, _MOST_NAME = 20, 60


def draw_own(name: str, typed: Mapping[str, str]) -> None:
    """Draw what an amount becomes by a key or index of one's own.

    Raises:
        FieldsRefused: a field cannot be used.
    """
    if name == "own_key":
        work = split_by_own_key(typed["amount"], read_key(typed["lines"]))
    else:
        index = read_index(typed["lines"])
        work = move_by_own_index(typed["amount"], index, typed["from_year"], typed["to_year"])
    st.html(result_html(work, work.formula, words.OWN_LABEL))
    draw_work(work, work.assumptions)


def draw_saved(name: str, lines: str, key: str) -> None:
    """Draw where a key or index is saved, used again and deleted.

    Args:
        name: The calculator it belongs to.
        lines: It, as it stands in the field now.
        key: The field's key, that one which is used again is written into.
    """
    kept: dict[str, str] = st.session_state.setdefault(_SAVED, {}).setdefault(name, {})
    with st.expander(words.CALC_SAVED, icon=":material/bookmark:"):
        with st.form(f"save-{name}", border=False, clear_on_submit=True):
            title = st.text_input(words.SAVE_NAME, max_chars=_MOST_NAME).strip()
            sent = st.form_submit_button(words.SAVE, icon=":material/save:")
        if sent and not title:
            st.warning(words.SAVE_NAMELESS, icon=":material/info:")
        elif sent and title not in kept and len(kept) >= _MOST:
            st.warning(words.MOST_SAVED.format(most=_MOST), icon=":material/info:")
        elif sent:
            kept[title] = lines
            st.success(words.plain(words.SAVED_AS.format(name=title)))
        if not kept:
            st.caption(words.SAVED_NONE)
        for number, (title, saved) in enumerate(list(kept.items())):
            used, deleted = st.columns(2)
            used.button(
                words.plain(words.USE.format(name=title)), key=f"use-{name}-{number}",
                width="stretch", on_click=_write, args=(key, saved),
            )  # fmt: skip
            deleted.button(
                words.plain(words.DELETE.format(name=title)), key=f"delete-{name}-{number}",
                width="stretch", on_click=_drop, args=(kept, title),
            )  # fmt: skip
        st.caption(words.SAVE_KEPT)


def _drop(kept: dict[str, str], title: str) -> None:
    kept.pop(title, None)


def _write(key: str, value: str) -> None:
    st.session_state[key] = value
