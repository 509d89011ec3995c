"""The editors' page: what is in the collection, add to it, review it, compare."""

from __future__ import annotations

import streamlit as st

from chains import Assistant, AssistantError, Desk, Settings, review_texts, texts
from views.admin_add import draw_add
from views.admin_compare import draw_compare
from views.admin_review import draw_review
from views.render import STYLE
from views.shared import open_assistant, publish
from views.sign_in import find_editor


def draw() -> None:
    """Draw the page, for a person with the role alone."""
    st.html(STYLE)
    st.title(review_texts.TITLE)
    person = find_editor(Settings())
    assistant = open_assistant()
    try:
        desk = assistant.desk(person or "")
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        st.stop()
    st.caption(review_texts.INTRO)
    listed, added, reviewed, compared = st.tabs(review_texts.TABS)
    with listed:
        _draw_list(assistant, desk)
    with added:
        draw_add(desk, assistant)
    with reviewed:
        draw_review(desk)
    with compared:
        draw_compare(assistant)


def _draw_list(assistant: Assistant, desk: Desk) -> None:
    try:
        every = desk.progress()
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        return
    rows = [
        (one.title, one.agreement_id, review_texts.STANDING[one.standing],
         review_texts.STATUS[one.status], str(one.remaining), str(one.decided),
         ", ".join(one.reviewers))
        for one in every
    ]  # fmt: skip
    columns = zip(*rows, strict=True) if rows else ((),) * len(review_texts.COLUMNS)
    st.dataframe(dict(zip(review_texts.COLUMNS, map(list, columns), strict=True)), hide_index=True)
    if assistant.is_behind:
        st.info(review_texts.BEHIND, icon=":material/update:")
        if st.button(review_texts.PUBLISH, key="publish", type="primary"):
            publish(desk)
    removable = [one.agreement_id for one in every if one.status == "unreviewed"]
    if removable:
        with st.expander(review_texts.REMOVE, icon=":material/delete:"):
            chosen = st.selectbox(review_texts.REMOVE_WHICH, removable, key="remove-which")
            sure = st.checkbox(review_texts.REMOVE_SURE, key=f"remove-sure-{chosen}")
            if st.button(review_texts.REMOVE, key="remove", disabled=not sure):
                try:
                    place = desk.remove(chosen)
                except AssistantError as error:
                    st.error(texts.describe_error(error), icon=":material/error:")
                else:
                    st.success(review_texts.REMOVED.format(place=place))


draw()
