"""The chat: ask, see the answer with its sources, ask on."""

from __future__ import annotations

import streamlit as st

from chains import Answer, AnswerKind, Assistant, AssistantError, Calculation, Turn, texts
from views.render import STYLE, answer_html, passage_html, question_html, source_html
from views.shared import open_assistant

_ALSO_READ = 5
Conversation = list[tuple[str, Answer]]


def draw() -> None:
    """Draw the page."""
    st.html(STYLE)
    st.title(texts.CHAT_TITLE)
    st.caption(texts.CHAT_INTRO)
    assistant = open_assistant()
    chosen = _sidebar(assistant)
    conversation: Conversation = st.session_state.setdefault("conversation", [])
    for number, (question, answer) in enumerate(conversation):
        _show(assistant, question, answer, number)
    typed = st.chat_input(texts.CHAT_INPUT, max_chars=8_000, disabled=not chosen)
    picked = None if conversation else _examples()
    question = typed or picked or st.session_state.pop("pending", None)
    if not chosen:
        st.warning(texts.CHAT_SCOPE_NONE)
    elif question:
        _ask(assistant, question, conversation, chosen)


def _sidebar(assistant: Assistant) -> tuple[str, ...]:
    with st.sidebar:
        if st.button(texts.CHAT_NEW, icon=":material/add:", width="stretch"):
            st.session_state["conversation"] = []
            for key in [k for k in st.session_state if str(k).startswith("feedback-")]:
                del st.session_state[key]
            st.rerun()
        st.subheader(texts.CHAT_SCOPE)
        chosen = []
        for agreement in assistant.agreements:
            if st.checkbox(agreement.head.short_title, value=True, key=f"scope-{agreement.id}"):
                chosen.append(agreement.id)
            st.caption(texts.provenance_short(agreement.head))
        st.caption(f"{texts.CHAT_SCOPE_HELP} {texts.EDITOR_FIELDS}")
    return tuple(chosen)


def _examples() -> str | None:
    st.write(f"{texts.CHAT_EXAMPLES}:")
    for example in texts.EXAMPLES:
        if st.button(example, key=f"example-{example}", width="stretch"):
            return example
    return None


def _ask(
    assistant: Assistant, question: str, conversation: Conversation, chosen: tuple[str, ...]
) -> None:
    with st.chat_message(texts.CHAT_YOU, avatar=":material/person:"):
        st.html(question_html(question))
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=":material/library_books:"):
        status = st.status(texts.CHAT_WORKING)
        limit = assistant.max_turns
        history = [Turn(question=q, answer=a.text) for q, a in conversation[-limit:]]
        try:
            answer = assistant.answer(question, history, chosen, lambda stage: _tell(status, stage))
        except AssistantError as error:
            status.update(label=texts.CHAT_FAILED, state="error")
            st.error(texts.describe_error(error), icon=":material/error:")
            if st.button(texts.CHAT_ASK_AGAIN, icon=":material/refresh:"):
                st.session_state["pending"] = question
            return
    conversation.append((question, answer))
    st.rerun()


def _tell(status: st.delta_generator.DeltaGenerator, stage: str) -> None:
    status.update(label=texts.STAGES[stage])  # type: ignore[attr-defined]


def _show(assistant: Assistant, question: str, answer: Answer, number: int) -> None:
    with st.chat_message(texts.CHAT_YOU, avatar=":material/person:"):
        st.html(question_html(question))
    with st.chat_message(texts.CHAT_ASSISTANT, avatar=":material/library_books:"):
        if answer.standalone_question != answer.question:
            st.html(
                question_html(texts.CHAT_STANDALONE.format(question=answer.standalone_question))
            )
        st.html(answer_html(answer))
        if answer.calculation is not None and answer.calculation.by_year:
            _series(answer.calculation)
        _sources(assistant, answer)
        _feedback(assistant, answer, number)
        if answer.suggestions:
            choosing = answer.kind is AnswerKind.CLARIFY
            st.write(f"{texts.CHAT_CHOICES if choosing else texts.CHAT_SUGGESTIONS}:")
            for place, suggestion in enumerate(answer.suggestions):
                if st.button(suggestion, key=f"suggestion-{number}-{place}"):
                    st.session_state["pending"] = suggestion
                    st.rerun()


def _feedback(assistant: Assistant, answer: Answer, number: int) -> None:
    """Let the user say whether an answer was right, and of a wrong one why."""
    key = f"feedback-{number}"
    if st.session_state.get(key):
        st.caption(texts.FEEDBACK_THANKS)
        return
    with st.popover(texts.FEEDBACK, icon=":material/rate_review:"):
        with st.form(f"{key}-form", border=False):
            reason = st.text_area(texts.FEEDBACK_REASON, max_chars=1_000, help=texts.FEEDBACK_KEPT)
            wrong = st.form_submit_button(texts.FEEDBACK_WRONG, icon=":material/thumb_down:")
            right = st.form_submit_button(texts.FEEDBACK_RIGHT, icon=":material/thumb_up:")
        if wrong or right:
            conversation: Conversation = st.session_state["conversation"]
            earlier = [question for question, _ in conversation[:number]]
            try:
                assistant.keep_feedback(answer, right=right, reason=reason, history=earlier)
            except AssistantError as error:
                st.error(texts.describe_error(error), icon=":material/error:")
                return
            st.session_state[key] = True
            st.rerun()


def _series(work: Calculation) -> None:
    """Draw the years of a calculation as bars, and as a table that says the same in numbers."""
    unit = work.rows[0].unit
    bars = {texts.CHAT_YEAR: [row.label for row in work.rows],
            unit: [float(row.value) for row in work.rows]}  # fmt: skip
    st.bar_chart(bars, x=texts.CHAT_YEAR, y=unit, height=220)
    with st.expander(texts.CHAT_SERIES_TABLE, icon=":material/table:"):
        shown = [row.display for row in work.rows]
        st.table({texts.CHAT_YEAR: bars[texts.CHAT_YEAR], texts.CHAT_AMOUNT: shown})


def _sources(assistant: Assistant, answer: Answer) -> None:
    agreements = {agreement.id: agreement for agreement in assistant.agreements}
    for citation in answer.citations:
        agreement = agreements.get(citation.agreement_id)
        label = texts.SOURCE_LABEL.format(
            marker=citation.marker,
            title=agreement.head.short_title if agreement else citation.agreement_title,
            section=texts.with_page(citation.section.split(" › ")[-1], citation.page),
        )
        with st.expander(_plain(label), icon=":material/format_quote:"):
            st.html(source_html(citation, agreement))
    cited = {citation.passage_id for citation in answer.citations}
    others = [p for p in answer.passages if p.passage_id not in cited][:_ALSO_READ]
    if others:
        with st.expander(texts.CHAT_ALSO_READ, icon=":material/manage_search:"):
            for passage in others:
                st.html(passage_html(passage))
                st.divider()


def _plain(label: str) -> str:
    """Return a label that Streamlit's Markdown leaves as it is."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+!|<>$~:" else c for c in label)


draw()
