"""The side column: one's own conversations, to search, open, rename, take along and delete."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import streamlit as st

from chains import (
    Assistant,
    AssistantError,
    Conversation,
    Conversations,
    Exchange,
    chat_texts,
    texts,
)
from views import conversation
from views.render import plain
from views.take_along import draw_note

_SHOWN = 12


def draw_list(assistant: Assistant, conversations: Conversations | None) -> None:
    """Draw the list, the open one marked."""
    if st.button(texts.CHAT_NEW, icon=":material/add:", width="stretch", key="new"):
        conversation.begin()
        st.rerun()
    st.subheader(chat_texts.CONVERSATIONS)
    if conversations is None:
        st.caption(chat_texts.NOT_KEPT)
        _draw_current(assistant, None, "")
        return
    words = st.text_input(
        chat_texts.SEARCH, key="search", max_chars=100, icon=":material/search:",
        placeholder=chat_texts.SEARCH, label_visibility="collapsed",
    )  # fmt: skip
    try:
        found = conversations.find(words)
    except AssistantError as error:
        st.warning(texts.describe_error(error), icon=":material/info:")
        _draw_current(assistant, None, "")
        return
    if moved := conversations.moved_aside():
        st.warning(chat_texts.MOVED_ASIDE.format(name=moved), icon=":material/info:")
    if not found:
        st.caption(chat_texts.SEARCH_NONE if words.strip() else chat_texts.NO_CONVERSATIONS)
    _draw_found(conversations, found)
    title = next((one.title for one in found if one.id == conversation.current()), "")
    _draw_current(assistant, conversations, title)
    with st.expander(chat_texts.OWN_DATA, icon=":material/shield_person:", key="own-data"):
        _draw_own(conversations, assistant.settings.conversation_days)


def _draw_found(conversations: Conversations, found: Sequence[Conversation]) -> None:
    shown = st.session_state.get("listed", _SHOWN)
    with st.container(key="conversations", gap=None):
        for one in found[:shown]:
            opened = one.id == conversation.current()
            icon = ":material/chat:" if opened else ":material/chat_bubble_outline:"
            kind = "secondary" if opened else "tertiary"
            name = f"**{plain(one.title)}**" if opened else plain(one.title)
            if st.button(name, key=f"open-{one.id}", type=kind, icon=icon, width="stretch"):  # type: ignore[arg-type]
                conversation.open_one(conversations, one.id)
                st.rerun()
    if len(found) > shown and st.button(chat_texts.MORE, key="more", type="tertiary"):
        st.session_state["listed"] = shown + _SHOWN
        st.rerun()


def _draw_current(assistant: Assistant, conversations: Conversations | None, title: str) -> None:
    """Draw what can be done to the open conversation."""
    every: list[Exchange] = conversation.exchanges()
    title = title or (every[0].question if every else "")
    with st.popover(chat_texts.MANAGE, icon=":material/more_horiz:", width="stretch", key="manage"):
        draw_note(assistant, every, title, chat_texts.WORD_CONVERSATION, "conversation")
        if conversations is None or not conversation.current():
            return
        id_ = conversation.current()
        with st.form(f"rename-{id_}", border=False):
            given = st.text_input(chat_texts.TITLE, title, max_chars=80, key=f"title-{id_}")
            renamed = st.form_submit_button(chat_texts.RENAME, icon=":material/edit:")
        sure = st.checkbox(chat_texts.DELETE_SURE, key=f"delete-sure-{id_}")
        gone = st.button(
            chat_texts.DELETE, key=f"delete-{id_}", icon=":material/delete:", disabled=not sure
        )
    if not renamed and not gone:
        return
    try:
        if gone:
            conversation.delete(conversations)
        else:
            conversations.rename(id_, given)
    except AssistantError as error:
        conversation.tell(texts.describe_error(error))
    st.rerun()


def _draw_own(conversations: Conversations, days: int) -> None:
    """Draw what the owner may do with all that is kept."""
    st.caption(chat_texts.KEPT.format(days=days))

    def export() -> str:
        return json.dumps(conversations.export(), ensure_ascii=False, indent=1)

    today = dt.datetime.now(dt.UTC).date()
    st.download_button(
        chat_texts.EXPORT_ALL, export, chat_texts.FILE_DATA.format(date=today),
        "application/json", key="export", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    sure = st.checkbox(chat_texts.DELETE_ALL_SURE, key="delete-all-sure")
    if st.button(chat_texts.DELETE_ALL, key="delete-all", disabled=not sure):
        try:
            conversations.delete_all()
        except AssistantError as error:
            st.error(texts.describe_error(error), icon=":material/error:")
            return
        del st.session_state["delete-all-sure"]
        conversation.begin()
        conversation.tell(chat_texts.DELETED_ALL)
        st.rerun()
