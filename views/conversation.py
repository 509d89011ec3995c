"""The conversation of this session: opened, kept, cut, as far as its owner is known.

Where the database cannot be used the chat goes on, and what was not kept is kept later.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from chains import (
    Answer,
    AssistantError,
    Conversations,
    Exchange,
    chat_texts,
    errors,
    mask_cpr,
    texts,
)

PARAM = "samtale"
_ID, _EXCHANGES, _TOLD = "conversation", "exchanges", "told"
_OF_ONE = ("feedback-", "shared", "shown", "editing", "unanswered", "asking")
"""What the session keeps of one conversation beside its exchanges, by the beginning of its name."""


def current() -> str:
    """Return the id of the open conversation; empty for one that is not kept yet."""
    id_: str = st.session_state.get(_ID, "")
    return id_


def exchanges() -> list[Exchange]:
    """Return what was asked and answered in it."""
    kept: list[Exchange] = st.session_state.setdefault(_EXCHANGES, [])
    return kept


def tell(said: str) -> None:
    """Have something said at the top of the page the next time it is drawn."""
    st.session_state.setdefault(_TOLD, []).append(said)


def draw_told() -> None:
    """Say what is to be said, once."""
    for said in st.session_state.pop(_TOLD, []):
        st.warning(said, icon=":material/info:")


def open_wanted(conversations: Conversations | None) -> None:
    """Open the conversation that the address names, as after a reload."""
    wanted = st.query_params.get(PARAM, "")
    if wanted == current():
        return
    if not wanted:  # another page was shown meanwhile
        st.query_params[PARAM] = current()
    elif conversations is not None:
        open_one(conversations, wanted)


def open_one(conversations: Conversations, id_: str) -> None:
    """Open a conversation; one that is not there (any more) is told and a new one begun."""
    try:
        read = list(conversations.read(id_))
    except AssistantError as error:
        begin()
        tell(texts.describe_error(error))
        return
    begin()
    st.session_state[_ID], st.session_state[_EXCHANGES] = id_, read
    st.query_params[PARAM] = id_


def begin() -> None:
    """Begin a new conversation."""
    for key in [k for k in st.session_state if str(k).startswith(_OF_ONE)]:
        del st.session_state[key]
    st.session_state[_ID], st.session_state[_EXCHANGES] = "", []
    st.query_params.pop(PARAM, None)


def keep(
    conversations: Conversations | None, question: str, answer: Answer, instead_of: int | None
) -> None:
    """Add an answer to the conversation and keep it, with all that could not be kept before.

    Args:
        conversations: The owner's; None keeps it in this session only.
        question: As it was asked.
        answer: The answer.
        instead_of: Place of the exchange that it takes the place of, with all after it.
    """
    every = exchanges()
    replaced = every[instead_of:] if instead_of is not None else []
    for place in range(len(every) - len(replaced), len(every)):  # what was said of those
        st.session_state.pop(f"feedback-{place}", None)
        st.session_state.get("shared", {}).pop(str(place), None)
    del every[len(every) - len(replaced) :]
    now = dt.datetime.now(dt.UTC)
    every.append(Exchange(id=0, question=mask_cpr(question), answer=answer, asked=now))
    if conversations is None:
        return
    try:
        if replaced and replaced[0].id:
            conversations.cut(current(), replaced[0].id)
        _keep_all(conversations)
    except errors.ConversationsDown as error:
        tell(texts.describe_error(error))
        if error.reason == "damaged":
            _keep_anew(conversations)
    except errors.UnknownConversation:  # deleted in another window
        _keep_anew(conversations)
    except AssistantError as error:
        tell(texts.describe_error(error))


def _keep_anew(conversations: Conversations) -> None:
    """Keep the whole conversation in a database that does not hold it any more."""
    every = exchanges()
    every[:] = [one.model_copy(update={"id": 0}) for one in every]
    st.session_state[_ID] = ""
    try:
        _keep_all(conversations)
    except AssistantError as error:
        tell(texts.describe_error(error))


def _keep_all(conversations: Conversations) -> None:
    every = exchanges()
    for place, one in enumerate(every):
        if not one.id:
            id_, kept = conversations.add(current(), one.question, one.answer, one.asked)
            st.session_state[_ID], every[place] = id_, kept
    st.query_params[PARAM] = current()


def delete(conversations: Conversations) -> None:
    """Delete the open conversation for good and begin a new one."""
    conversations.delete(current())
    begin()
    tell(chat_texts.DELETED)
