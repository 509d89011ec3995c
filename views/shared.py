"""What every page shares: the assistant, opened once for the whole server."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import NoReturn

import streamlit as st

from chains import Assistant, AssistantError, Desk, Settings, review_texts, texts


@dataclass
class _Shelf:
    """Where the one assistant of the server lies once it is open."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    assistant: Assistant | None = None


@st.cache_resource(show_spinner=False)
def shelf() -> _Shelf:
    """Return where the one assistant of the server lies."""
    return _Shelf()


def open_assistant() -> Assistant:
    """Return the shared assistant; the first call shows how far the loading is.

    An error is shown in Danish with what to do, and the page stops there.
    """
    one = shelf()
    place = st.empty()
    assistant = one.assistant
    if assistant is None:
        bar = place.progress(0.0, text=texts.LOADING_MODEL)

        def progress(done: int, total: int) -> None:
            bar.progress(done / max(total, 1), text=texts.embedded(done, total))

        with one.lock:
            try:
                assistant = one.assistant or Assistant.open(Settings(), progress)
            except AssistantError as error:
                _stop(error)
            one.assistant = assistant
    place.empty()
    return assistant


def _stop(error: AssistantError) -> NoReturn:
    st.error(texts.describe_error(error), icon=":material/error:")
    st.button(texts.CHAT_ASK_AGAIN, icon=":material/refresh:")  # a click runs the page again
    st.stop()


def publish(desk: Desk) -> bool:
    """Build the new version, showing how far it is; False where it was refused."""
    bar = st.progress(0.0, text=review_texts.PUBLISHING)

    def progress(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=texts.embedded(done, total))

    try:
        desk.publish(progress)
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        return False
    finally:
        bar.empty()
    st.success(review_texts.PUBLISHED)
    return True
