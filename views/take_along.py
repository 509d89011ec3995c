"""What a user takes along: text with references, footnotes, a note in Word, a link."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import streamlit as st

from chains import (
    Assistant,
    AssistantError,
    Conversations,
    Exchange,
    chat_texts,
    footnotes,
    texts,
    with_references,
    write_note,
)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAME_CHARS = 40


def draw_take(assistant: Assistant, exchange: Exchange, key: str) -> None:
    """Draw what can be done with one answer outside the page."""
    answer = exchange.answer
    with st.popover(chat_texts.TAKE, icon=":material/output:", key=f"take-{key}"):
        st.write(f"**{chat_texts.COPY_ANSWER}**")
        st.code(with_references(answer, assistant.agreements), None, wrap_lines=True)
        st.write(f"**{chat_texts.COPY_FOOTNOTES}**")
        if answer.citations:
            st.code(footnotes(answer, assistant.agreements), None, wrap_lines=True)
        else:
            st.caption(chat_texts.COPY_NO_FOOTNOTES)
        draw_note(assistant, [exchange], exchange.question, chat_texts.WORD_ANSWER, key)


def draw_note(
    assistant: Assistant, exchanges: Sequence[Exchange], title: str, label: str, key: str
) -> None:
    """Draw the button that makes a note in Word; without an answer it says why it cannot."""
    now = dt.datetime.now(dt.UTC)
    kept = tuple(exchanges)

    def make() -> bytes:
        return write_note(title, kept, assistant.agreements, now)

    st.download_button(
        label,
        make if kept else b"",
        chat_texts.FILE_NAME.format(name=_file_name(title), date=now.date()),
        _DOCX,
        key=f"note-{key}",
        icon=":material/description:",
        on_click="ignore",
        disabled=not kept,
    )
    if not kept:
        st.caption(chat_texts.WORD_EMPTY)


def draw_share(
    conversations: Conversations, conversation: str, exchange: Exchange, key: str
) -> None:
    """Draw the button that shares one answer, then its link and the way to take it back."""
    links: dict[str, str] = st.session_state.setdefault("shared", {})
    with st.popover(chat_texts.SHARE, icon=":material/share:", key=f"share-{key}"):
        st.caption(chat_texts.SHARE_SAYS)
        if key not in links:
            if st.button(chat_texts.SHARE_DO, key=f"share-do-{key}", icon=":material/link:"):
                try:
                    links[key] = conversations.share(conversation, exchange)
                except AssistantError as error:
                    st.error(texts.describe_error(error), icon=":material/error:")
                else:
                    st.rerun()
            return
        st.write(f"**{chat_texts.SHARE_COPY}**")
        page = (st.context.url or "").partition("?")[0]
        st.code(f"{page}?svar={links[key]}", None, wrap_lines=True)
        if st.button(chat_texts.UNSHARE, key=f"unshare-{key}", icon=":material/link_off:"):
            try:
                conversations.unshare(links[key])
            except AssistantError as error:
                st.error(texts.describe_error(error), icon=":material/error:")
            else:
                del links[key]
                st.toast(chat_texts.UNSHARED)
                st.rerun()


def _file_name(title: str) -> str:
    """Return a title as a part of a file's name.

    >>> _file_name("Hvad er 3/4 af det?")
    'hvad-er-3-4-af-det'
    """
    name = "-".join(re.findall(r"\w+", title.lower()))
    return name[:_NAME_CHARS].strip("-") or "svar"
