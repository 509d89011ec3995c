"""Adding an agreement: the file, its head as far as it says it, what was found."""

from __future__ import annotations

import streamlit as st

from chains import Assistant, AssistantError, Desk, Received, ingest_texts, review_texts, texts
from views.shared import publish

_MIB = 1024 * 1024
_HIDDEN_SHOWN = 10


def draw_add(desk: Desk, assistant: Assistant) -> None:
    """Draw the upload, and below it the head of the file that was read."""
    size = desk.max_bytes // _MIB
    file = st.file_uploader(
        review_texts.UPLOAD.format(size=size), type=["txt", "pdf", "docx", "html"],
        max_upload_size=size, key="upload",
    )  # fmt: skip
    if told := st.session_state.pop("added", ""):
        st.success(told)
    if file is None:
        return
    if file.size > desk.max_bytes:  # the browser's own limit is no limit
        st.error(review_texts.TOO_BIG.format(size=size), icon=":material/error:")
        return
    try:
        with st.spinner(review_texts.READING):
            received = _received(desk, file.file_id, file.name, file.getvalue())
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        return
    _draw_found(received)
    _draw_head(desk, assistant, received, file.file_id)


def _received(desk: Desk, file_id: str, name: str, data: bytes) -> Received:
    """Return the file as it was read; a page is drawn many times, a file parsed once."""
    kept: tuple[str, Received] | None = st.session_state.get("received")
    if kept is None or kept[0] != file_id:
        kept = (file_id, desk.receive(name, data))
        st.session_state["received"] = kept
    return kept[1]


def _draw_found(received: Received) -> None:
    agreement, parsed = received.agreement, received.source.parsed
    st.write(
        review_texts.FOUND.format(
            words=len(agreement.text.split()),
            pages=ingest_texts.pages(parsed.pages if parsed else None),
            headings=sum(block.kind.is_heading for block in agreement.blocks),
        )
    )
    if received.doubts:
        st.warning(review_texts.LOOK, icon=":material/visibility:")
        for doubt in received.doubts:
            st.text(ingest_texts.doubt(doubt))
    if received.hidden:
        st.warning(review_texts.HIDDEN, icon=":material/visibility_off:")
        for one in received.hidden[:_HIDDEN_SHOWN]:
            st.text(ingest_texts.hidden_text(one.how, one.text[:80], one.page))


def _draw_head(desk: Desk, assistant: Assistant, received: Received, key: str) -> None:
    found = received.fields
    years = found.years
    period = f"{years.first}-{years.last}" if years else ""
    with st.form(f"head-{key}"):
        st.write(f"**{review_texts.HEAD}**")
        title = st.text_input(review_texts.TITLE_FIELD, found.title or "", key=f"title-{key}")
        date = st.text_input(
            review_texts.DATE_FIELD, str(found.date or ""), key=f"date-{key}", max_chars=40
        )
        parties = st.text_input(
            review_texts.PARTIES_FIELD, ", ".join(found.parties), key=f"parties-{key}"
        )
        period = st.text_input(review_texts.PERIOD_FIELD, period, key=f"period-{key}", max_chars=40)
        known = {one.id: one.head.short_title for one in assistant.agreements}
        replaces = st.multiselect(
            review_texts.REPLACES_FIELD, list(known), format_func=known.__getitem__,
            key=f"replaces-{key}",
        )  # fmt: skip
        sent = st.form_submit_button(review_texts.ADD, key=f"add-{key}", type="primary")
    if not sent:
        return
    try:
        head = desk.add(
            received, title=title, date=date, parties=parties, period=period, replaces=replaces
        )
    except AssistantError as error:
        st.error(texts.describe_error(error), icon=":material/error:")
        return
    if publish(desk):
        st.session_state["added"] = review_texts.ADDED.format(title=head.title, id=head.id)
        del st.session_state["received"]
        st.rerun()
