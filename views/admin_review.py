"""The review queue: one item beside its source, a decision, the next."""

from __future__ import annotations

import getpass
from typing import NoReturn

import streamlit as st

from chains import (
    LOCAL,
    AssistantError,
    Decision,
    Desk,
    Item,
    ReviewConflict,
    ingest_texts,
    review_texts,
    texts,
)
from views.render import item_html

_TOLD, _SHOWN = "review-told", "review-shown"


def draw_review(desk: Desk) -> None:
    """Draw the queue of the agreement that is chosen."""
    try:
        every = {one.agreement_id: one for one in desk.progress()}
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        return
    chosen = st.selectbox(
        review_texts.WHICH, sorted(every, key=lambda id_: every[id_].remaining == 0),
        format_func=lambda id_: every[id_].title, key="review-which",
    )  # fmt: skip
    if chosen is None:
        return
    name = _name(desk)
    st.caption(review_texts.how_far(every[chosen]))
    if told := st.session_state.pop(_TOLD, ""):
        st.warning(told, icon=":material/info:")
    skipped: list[str] = st.session_state.setdefault(f"review-skipped-{chosen}", [])
    # What was shown stays until it is decided: a click draws the page anew, and somebody else may
    # have decided meanwhile; then the click must be told so, not lost with its form.
    shown = f"{_SHOWN}-{chosen}"
    item: Item | None = st.session_state.get(shown) or desk.next_item(chosen, skipped)
    st.session_state[shown] = item
    if item is None:
        st.success(review_texts.DONE, icon=":material/task_alt:")
    else:
        _draw_item(desk, item, name)
    later, back = st.columns(2)
    if item is not None and later.button(
        review_texts.LATER, key="review-later", shortcut="Alt+S", width="stretch"
    ):
        if item.id in skipped:  # all that is left has been left once: from the front again
            skipped.clear()
        skipped.append(item.id)
        del st.session_state[shown]
        st.rerun()
    if back.button(review_texts.UNDO, key="review-undo", shortcut="Alt+Z", width="stretch"):
        del st.session_state[shown]
        try:
            told = review_texts.CLI_UNDONE.format(text=desk.undo(chosen, name))
        except AssistantError as error:
            told = texts.describe_error(error)
        _tell(told)


def _name(desk: Desk) -> str:
    if desk.person != LOCAL:
        st.caption(review_texts.SIGNED_IN.format(name=desk.person))
        return desk.person
    return st.text_input(
        review_texts.YOUR_NAME, value=getpass.getuser(), max_chars=80, key="review-name",
        help=review_texts.YOUR_NAME_HELP,
    )  # fmt: skip


def _draw_item(desk: Desk, item: Item, name: str) -> None:
    st.html(item_html(item))
    for doubt in item.doubts:
        st.caption(f":material/help: {review_texts.DOUBTS.get(doubt) or ingest_texts.doubt(doubt)}")
    key = f"review-{item.id}-{item.state}"
    with st.form(key, border=True):
        st.write(f"**{review_texts.QUESTIONS[item.kind]}**")
        typed = {field: _field(item, field, value, key) for field, value in item.fields.items()}
        accept = st.form_submit_button(
            review_texts.ACCEPT, key=f"{key}-accept", type="primary", shortcut="Alt+G",
            icon=":material/check:",
        )  # fmt: skip
        reason = st.text_input(review_texts.REASON, max_chars=300, key=f"{key}-reason")
        reject = st.form_submit_button(
            review_texts.REJECT, key=f"{key}-reject", shortcut="Alt+A", icon=":material/close:"
        )
    if accept or reject:
        changed = {field: value for field, value in typed.items() if value != item.fields[field]}
        decision = Decision(
            item_id=item.id, state=item.state, accept=accept, fields=changed if accept else {},
            reason=reason if reject else "",
        )  # fmt: skip
        try:
            desk.decide(item.agreement_id, decision, name)
        except ReviewConflict as error:
            del st.session_state[f"{_SHOWN}-{item.agreement_id}"]
            _tell(texts.describe_error(error))
        except AssistantError as error:
            _tell(texts.describe_error(error))
        del st.session_state[f"{_SHOWN}-{item.agreement_id}"]
        st.rerun()


def _field(item: Item, field: str, value: str, key: str) -> str:
    label = review_texts.field_name(item.kind, field)
    choices = Desk.choices(item.kind, field)
    if not choices:
        return st.text_input(label, value=value, key=f"{key}-{field}")
    listed = choices if value in choices else (value, *choices)
    return st.selectbox(
        label, listed, index=listed.index(value), format_func=review_texts.shown_value,
        key=f"{key}-{field}",
    )  # fmt: skip


def _tell(message: str) -> NoReturn:
    """Show a message above the next item."""
    st.session_state[_TOLD] = message
    st.rerun()
