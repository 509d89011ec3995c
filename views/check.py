"""The page Tjek tal: paste a text, see what became of each of its numbers."""

from __future__ import annotations

from collections import Counter
from html import escape

import streamlit as st

from chains import Assistant, AssistantError, Check, Sheet, Verdict, read_pasted, texts, to_csv
from chains import tools_texts as words
from views.shared import open_assistant
from views.tables import draw_head, link_html

_MIB = 1024 * 1024
_FILE_MIB = 5
_TEXT, _DONE, _ROUND = "check-text", "check-done", "check-round"
_TONES = {
    Verdict.RIGHT: "ok",
    Verdict.ROUNDED: "near",
    Verdict.COMPUTED: "ok",
    Verdict.NOT_FOUND: "none",
}
"""How a verdict looks; all others are off."""


_HOLDS = {Verdict.RIGHT, Verdict.ROUNDED, Verdict.COMPUTED}


def draw() -> None:
    """Draw the page."""
    draw_head(words.CHECK_TITLE, words.CHECK_INTRO)
    assistant = open_assistant()
    turn = st.session_state.setdefault(_ROUND, 0)  # a new number empties the fields
    with st.form(f"check-{turn}", border=False):
        typed = st.text_area(words.CHECK_TEXT, height=200, key=f"{_TEXT}-{turn}")
        file = st.file_uploader(
            words.CHECK_FILE.format(size=_FILE_MIB), type=["txt", "docx"],
            max_upload_size=_FILE_MIB, key=f"check-file-{turn}",
        )  # fmt: skip
        asked = st.form_submit_button(words.CHECK_GO, type="primary", icon=":material/fact_check:")
    if asked:
        st.session_state.pop(_DONE, None)
        text = typed
        if file is not None:
            if file.size > _FILE_MIB * _MIB:  # the browser's own limit is no limit
                st.error(words.CHECK_TOO_BIG.format(size=_FILE_MIB), icon=":material/error:")
                return
            try:
                text = read_pasted(file.name, file.getvalue())
            except AssistantError as error:
                st.error(words.plain(texts.describe_error(error)), icon=":material/error:")
                return
        _check(assistant, text)
    done: tuple[str, Check] | None = st.session_state.get(_DONE)
    if done is not None:
        if st.button(words.CHECK_CLEAR, icon=":material/close:"):
            del st.session_state[_DONE]
            st.session_state[_ROUND] = turn + 1
            st.rerun()
        _draw_done(*done)


def _check(assistant: Assistant, text: str) -> None:
    limit = assistant.settings.max_question_chars
    if not text.strip():
        st.warning(words.CHECK_EMPTY, icon=":material/info:")
        return
    if len(text) > limit:
        told = words.CHECK_TOO_LONG.format(
            length=words.format_count(len(text)), limit=words.format_count(limit)
        )
        st.warning(told, icon=":material/info:")
        return
    try:
        with st.spinner(words.CHECK_WORKING):
            st.session_state[_DONE] = (text, assistant.check(text))
    except AssistantError as error:
        st.error(words.plain(texts.describe_error(error)), icon=":material/error:")


def _draw_done(text: str, check: Check) -> None:
    if not check.numbers:
        st.info(words.CHECK_NONE, icon=":material/info:")
        return
    st.html(counts_html(check))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(words.CHECK_SHOWN, anchor=False)
        st.html(marked_html(text, check))
    with right:
        st.subheader(words.CHECK_LIST, anchor=False)
        doubtful = st.checkbox(words.CHECK_ONLY_OFF, key="check-only-off")
        st.html(verdicts_html(check, only_off=doubtful))
        st.download_button(
            words.DOWNLOAD_CSV, to_csv(Sheet("", words.CHECK_COLUMNS, _rows(check))),
            words.CHECK_FILE_NAME, "text/csv", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def counts_html(check: Check) -> str:
    """Return how many numbers got which verdict, each with its sign and word."""
    counts = Counter(number.verdict for number in check.numbers)
    chips = "".join(
        f'<li class="{_tone(verdict)}">{words.SIGNS[verdict]} {counts[verdict]} '
        f"{escape(words.SHORT[verdict])}</li>"
        for verdict in Verdict
        if counts[verdict]
    )
    told = escape(words.CHECK_COUNT.format(count=len(check.numbers)))
    return f'<div lang="da" class="aa-t"><p>{told}</p><ul class="aa-counts">{chips}</ul></div>'


def marked_html(text: str, check: Check) -> str:
    """Return a text with each number marked by colour, sign and word, leading to its verdict."""
    shown, done = "", 0
    for place, number in enumerate(check.numbers, 1):
        sign, said = words.SIGNS[number.verdict], words.SHORT[number.verdict]
        shown += escape(text[done : number.start])
        shown += (
            f'<mark class="{_tone(number.verdict)}">{escape(text[number.start : number.end])}'
            f'<a href="#tal-{place}"><span aria-hidden="true">{sign}{place}</span>'
            f'<span class="hidden"> {escape(words.marked(place, said))}</span></a></mark>'
        )
        done = number.end
    name = escape(words.CHECK_SHOWN)
    return (
        f'<div lang="da" class="aa-t"><div class="aa-checked" tabindex="0" role="region" '
        f'aria-label="{name}">'
        f"{shown}{escape(text[done:])}</div></div>"
    )


def verdicts_html(check: Check, *, only_off: bool = False) -> str:
    """Return what the agreements say of each number, with links to where.

    Args:
        check: What became of the numbers.
        only_off: Leave out what holds.
    """
    rows = ""
    for place, number in enumerate(check.numbers, 1):
        if only_off and number.verdict in _HOLDS:
            continue
        quotes = "".join(
            f'<div class="aa-quote"><p>„{escape(c.quote)}“<br><span class="dim">'
            f"{escape(c.agreement_title)}, {escape(texts.with_page(c.section, c.page))}</span></p>"
            f"{link_html(c)}</div>"
            for c in number.citations
        )
        rows += (
            f'<li id="tal-{place}"><span class="said {_tone(number.verdict)}">'
            f"{place}. {words.SIGNS[number.verdict]} {escape(number.printed)}: "
            f"{escape(texts.VERDICTS[number.verdict].lower())}</span>"
            f"<p>{escape(number.says)}</p>{quotes}</li>"
        )
    return f'<div lang="da" class="aa-t"><ol class="aa-verdicts">{rows}</ol></div>'


def _tone(verdict: Verdict) -> str:
    return _TONES.get(verdict, "off")


def _rows(check: Check) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            number.printed,
            texts.VERDICTS[number.verdict],
            number.says,
            " / ".join(c.quote for c in number.citations),
            " / ".join(f"{c.agreement_title}, {c.section}" for c in number.citations),
            " / ".join(c.url for c in number.citations),
        )
        for place, number in enumerate(check.numbers, 1)
    ]


draw()
