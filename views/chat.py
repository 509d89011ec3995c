"""The chat: ask, see the answer with its sources, ask on."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from chains import (
    AnswerKind,
    Assistant,
    AssistantError,
    Conversations,
    Exchange,
    Turn,
    chat_texts,
    mask_cpr,
    texts,
)
from views import conversation
from views.answer import ASSISTANT, YOU, draw_also_read, draw_answer, draw_question
from views.asking import answer_stoppably
from views.conversation_list import draw_list
from views.feedback import draw_feedback
from views.notice import draw_notice
from views.owner import find_owner
from views.render import STYLE, plain
from views.shared import open_assistant
from views.shared_answer import PARAM as SHARED
from views.shared_answer import draw_shared
from views.take_along import draw_share, draw_take

_SHOWN_FIRST, _SHOWN_MORE = 8, 20


@dataclass(frozen=True)
class _Pending:
    """A question that has no answer yet."""

    question: str
    instead_of: int | None = None
    """Place of the exchange whose question it is, put otherwise."""
    why: str = ""
    """Why it has no answer, where that is an error."""


def draw() -> None:
    """Draw the page."""
    st.html(STYLE)
    assistant = open_assistant()
    if share_id := st.query_params.get(SHARED):
        draw_shared(assistant, share_id)
        return
    st.title(texts.CHAT_TITLE)
    draw_notice()
    _guide()
    owner = find_owner()
    conversations = assistant.conversations(owner) if owner else None
    conversation.open_wanted(conversations)
    with st.sidebar:
        draw_list(assistant, conversations)
        chosen = _scope(assistant)
    conversation.draw_told()
    pending = _pending(bool(chosen))
    _draw_exchanges(assistant, conversations, pending)
    if not chosen:
        st.warning(texts.CHAT_SCOPE_NONE)
    elif pending:
        _ask(assistant, conversations, pending, chosen)
    else:
        _draw_unanswered()


def _guide() -> None:
    with st.popover(chat_texts.GUIDE, icon=":material/help:", key="guide"):
        st.markdown("\n".join(f"1. {step}" for step in chat_texts.GUIDE_STEPS))


def _scope(assistant: Assistant) -> tuple[str, ...]:
    keys = {agreement.id: f"scope-{agreement.id}" for agreement in assistant.agreements}
    count = sum(bool(st.session_state.get(key, True)) for key in keys.values())
    label = chat_texts.scope(count, len(keys))
    with st.expander(label, icon=":material/filter_list:", key="scope"):
        for agreement in assistant.agreements:
            st.checkbox(plain(agreement.head.short_title), value=True, key=keys[agreement.id])
            st.caption(plain(texts.provenance_short(agreement.head)))
        st.caption(f"{texts.CHAT_SCOPE_HELP} {texts.EDITOR_FIELDS}")
    return tuple(id_ for id_, key in keys.items() if st.session_state[key])


def _pending(may_ask: bool) -> _Pending | None:
    """Return what is to be asked now; what was left without an answer is kept to ask again."""
    state = st.session_state
    if left := state.pop("asking", None):  # a click ended the run that asked it
        state["unanswered"] = left
    typed = st.chat_input(texts.CHAT_INPUT, max_chars=8_000, disabled=not may_ask, key="ask")
    picked = state.pop("pending", None) or typed
    if isinstance(picked, str):
        picked = _Pending(picked) if picked.strip() else None
    if picked is None and not conversation.exchanges() and "unanswered" not in state:
        picked = _examples(may_ask)
    if picked is not None:
        for key in ("unanswered", "editing"):
            state.pop(key, None)
    return picked


def _examples(may_ask: bool) -> _Pending | None:
    st.write(f"{texts.CHAT_EXAMPLES}:")
    columns = st.columns(2)
    picked = None
    for place, (theme, questions) in enumerate(chat_texts.THEMES.items()):
        with columns[place % 2]:
            st.write(f"**{theme}**")
            for number, question in enumerate(questions):
                key = f"example-{place}-{number}"
                if st.button(question, key=key, disabled=not may_ask, width="stretch", wrap=True):
                    picked = _Pending(question)
    return picked


def _draw_exchanges(
    assistant: Assistant, conversations: Conversations | None, pending: _Pending | None
) -> None:
    every = conversation.exchanges()
    until = pending.instead_of if pending and pending.instead_of is not None else len(every)
    hidden = max(0, until - st.session_state.get("shown", _SHOWN_FIRST))
    if hidden and st.button(
        chat_texts.SHOW_EARLIER.format(count=hidden), icon=":material/history:", key="earlier"
    ):
        st.session_state["shown"] = st.session_state.get("shown", _SHOWN_FIRST) + _SHOWN_MORE
        st.rerun()
    for number in range(hidden, until):
        _draw_exchange(assistant, conversations, every[number], number)


def _draw_exchange(
    assistant: Assistant, conversations: Conversations | None, exchange: Exchange, number: int
) -> None:
    with st.chat_message(texts.CHAT_YOU, avatar=YOU):
        if st.session_state.get("editing") == number:
            _edit(exchange, number)
        else:
            with st.container(horizontal=True, vertical_alignment="top", key=f"asked-{number}"):
                draw_question(exchange.question)
                if st.button(
                    chat_texts.EDIT, key=f"edit-{number}", icon=":material/edit:", type="tertiary"
                ):
                    st.session_state["editing"] = number
                    st.rerun()
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=ASSISTANT):
        draw_answer(assistant, exchange.answer, str(number))
        _suggestions(exchange, number)
        draw_also_read(exchange.answer, str(number))
        with st.container(horizontal=True, key=f"actions-{number}", gap="small"):
            draw_take(assistant, exchange, str(number))
            if conversations is not None:
                draw_share(conversations, conversation.current(), exchange, str(number))
            draw_feedback(assistant, number)


def _suggestions(exchange: Exchange, number: int) -> None:
    answer = exchange.answer
    if answer.suggestions:
        choosing = answer.kind is AnswerKind.CLARIFY
        st.write(f"{texts.CHAT_CHOICES if choosing else texts.CHAT_SUGGESTIONS}:")
    for place, suggestion in enumerate(answer.suggestions):
        if st.button(plain(suggestion), key=f"suggestion-{number}-{place}", wrap=True):
            st.session_state["pending"] = suggestion
            st.rerun()


def _edit(exchange: Exchange, number: int) -> None:
    with st.form(f"editing-{number}", border=False):
        question = st.text_area(
            chat_texts.EDIT_LABEL, exchange.question, max_chars=8_000, key=f"edited-{number}"
        )
        st.caption(chat_texts.EDIT_CUTS)
        with st.container(horizontal=True):
            again = st.form_submit_button(chat_texts.EDIT_DO, type="primary", key="edit-do")
            back = st.form_submit_button(chat_texts.EDIT_BACK, key="edit-back")
    if back or (again and question.strip()):
        del st.session_state["editing"]
        if again:
            st.session_state["pending"] = _Pending(question, number)
        st.rerun()


def _ask(
    assistant: Assistant,
    conversations: Conversations | None,
    pending: _Pending,
    chosen: tuple[str, ...],
) -> None:
    question = mask_cpr(pending.question)
    if question != pending.question:
        conversation.tell(chat_texts.CPR_MASKED)
    with st.chat_message(texts.CHAT_YOU, avatar=YOU):
        draw_question(question)
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=ASSISTANT):
        status = st.status(texts.CHAT_WORKING)
        st.button(chat_texts.STOP, key="stop", icon=":material/stop_circle:")
        st.session_state["asking"] = _Pending(question, pending.instead_of)
        earlier = conversation.exchanges()[: pending.instead_of][-assistant.settings.max_turns :]
        history = [Turn(question=e.question, answer=e.answer.text) for e in earlier]
        try:
            answer = answer_stoppably(
                assistant, question, history, chosen,
                lambda stage: status.update(label=texts.STAGES[stage]),
            )  # fmt: skip
        except AssistantError as error:
            why = texts.describe_error(error)
            st.session_state["unanswered"] = _Pending(question, pending.instead_of, why)
        else:
            conversation.keep(conversations, question, answer, pending.instead_of)
        del st.session_state["asking"]
    st.rerun()


def _draw_unanswered() -> None:
    """Show a question that was stopped or failed, and offer to ask it again."""
    left: _Pending | None = st.session_state.get("unanswered")
    if left is None:
        return
    with st.chat_message(texts.CHAT_YOU, avatar=YOU):
        draw_question(left.question)
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=ASSISTANT):
        if left.why:
            st.error(left.why, icon=":material/error:")
        else:
            st.info(chat_texts.STOPPED, icon=":material/stop_circle:")
        if st.button(chat_texts.ASK_THIS, key="ask-again", icon=":material/refresh:"):
            st.session_state["pending"] = left
            st.rerun()


draw()
