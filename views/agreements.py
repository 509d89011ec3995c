"""The reader: an agreement as it was made, searched, and opened where an answer quotes it."""

from __future__ import annotations

from html import escape

import streamlit as st

from chains import Agreement, AssistantError, Library, Link, LinkState, reader_texts, texts
from views.agreement_html import (
    Mark,
    Shown,
    figure_anchor,
    head_html,
    reader_html,
    section_anchor,
)
from views.agreement_style import READER_STYLE
from views.render import STYLE, plain
from views.scroll import scroll_to
from views.shared import open_assistant

_QUOTE = "citat"
_TOLD = {
    LinkState.SAME: reader_texts.QUOTE_SAME,
    LinkState.MOVED: reader_texts.QUOTE_MOVED,
    LinkState.GONE: reader_texts.QUOTE_GONE,
    LinkState.UNKNOWN: reader_texts.QUOTE_UNKNOWN,
    LinkState.BAD: reader_texts.QUOTE_BAD,
}


def draw() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    st.html(STYLE + READER_STYLE)
    st.title(reader_texts.READER_TITLE)
    library = open_assistant().library
    agreement = _choose(library)
    if agreement is None:
        return
    rows = reader_texts.head_rows(agreement.head, agreement.version)
    st.html(f'<h2 class="aa-title">{escape(agreement.head.title)}</h2>{head_html(rows)}')
    for note in library.standing(agreement.id):
        st.warning(plain(note), icon=":material/info:")
    marks, target, here = _linked(library, agreement)
    with st.container(key="find"):  # it stays in sight while one steps from place to place
        found, current, turn = _search(library, agreement)
    marks += [
        Mark(a, b, "hit now" if i == current else "hit", f"sted-{i}")
        for i, (a, b) in enumerate(found, 1)
    ]
    st.markdown(reader_texts.FIGURE_SIGN)
    figures = [f for f in library.figures if f.agreement_id == agreement.id]
    shown = Shown(
        agreement, library.sections(agreement.id), figures,
        lambda first, count: library.table(agreement.id, first, count), marks, here,
    )  # fmt: skip
    st.html(reader_html(shown))
    if found and (turn or not target):
        scroll_to(f"sted-{current}", f"{agreement.id} {st.session_state['soeg']} {current} {turn}")
    elif target:
        scroll_to(target, f"{agreement.id} {target} {st.query_params.to_dict()}", focus=True)


def _choose(library: Library) -> Agreement | None:
    """Return the agreement of the link or of the choice; an unknown one is told."""
    titles = {one.id: one.head.title for one in library.agreements}
    asked = st.query_params.get("id", "")
    if asked and asked not in titles:
        st.error(plain(reader_texts.agreement_gone(asked)), icon=":material/link_off:")
    listed = list(titles)
    index = listed.index(asked) if asked in titles else None if asked else 0

    def changed() -> None:
        st.session_state.pop("soeg", None)
        st.query_params.from_dict({"id": st.session_state["agreement"]})

    chosen = st.selectbox(
        reader_texts.CHOOSE, listed, index, format_func=titles.__getitem__, key="agreement",
        on_change=changed, placeholder=reader_texts.CHOOSE,
    )  # fmt: skip
    return library.agreement(chosen) if chosen else None


def _linked(library: Library, agreement: Agreement) -> tuple[list[Mark], str, str]:
    """Return what the link marks, what is to be scrolled to, and the anchor that it names."""
    query = st.query_params
    if query.keys() & {"fra", "til", "v"}:
        link = library.follow(
            agreement.id, query.get("v", ""), query.get("fra", ""), query.get("til", "")
        )
        _tell(link)
        if link.state in {LinkState.SAME, LinkState.MOVED}:
            return [Mark(link.start, link.end, "quote", _QUOTE)], _QUOTE, ""
    elif slug := query.get("afsnit", ""):
        for section in library.sections(agreement.id):
            if section_anchor(section, agreement.id) == f"afsnit-{slug}":
                st.info(plain(reader_texts.SECTION_HERE.format(name=section.heading)))
                anchor = section_anchor(section, agreement.id)
                return [], anchor, anchor
        st.error(plain(reader_texts.no_entry("section", slug)), icon=":material/link_off:")
    elif id_ := query.get("tal", ""):
        try:
            figure = library.figure(f"{agreement.id}/{id_}")
        except AssistantError as error:
            st.error(plain(texts.describe_error(error)), icon=":material/link_off:")
            return [], "", ""
        st.info(plain(reader_texts.FIGURE_HERE.format(name=figure.label)))
        anchor = figure_anchor(figure.figure_id)
        return [], anchor, anchor
    return [], "", ""


def _tell(link: Link) -> None:
    """Say what became of the quote; where it cannot be marked, show what it was."""
    told = _TOLD[link.state]
    if link.state is LinkState.SAME:
        st.success(told, icon=":material/check:")
    elif link.state is LinkState.BAD:
        st.error(told, icon=":material/link_off:")
    else:
        st.warning(told, icon=":material/history:")
    if link.state is LinkState.GONE:
        st.text(link.quote)


def _search(library: Library, agreement: Agreement) -> tuple[list[tuple[int, int]], int, int]:
    """Return the places found, the one that is shown, and how often it has been turned."""
    field, count, back, on = st.columns([5, 2.4, 1.5, 1.5], vertical_alignment="bottom")
    words = field.text_input(
        reader_texts.SEARCH, key="soeg", bind="query-params", max_chars=200, type="search",
        icon=":material/search:",
        placeholder=reader_texts.WORDS_EXAMPLE,
    )  # fmt: skip
    typed = (words or "").strip()
    found = list(library.find(agreement.id, typed)) if typed else []
    asked = (agreement.id, typed)
    if st.session_state.get("searched") != asked:
        st.session_state["searched"] = asked
        begun = "place" in st.session_state  # what a link searches for yields to what it quotes
        st.session_state["place"], st.session_state["turn"] = 1, int(bool(typed) and begun)
    step = back.button(reader_texts.PREVIOUS, key="back", disabled=not found, width="stretch")
    go = on.button(reader_texts.NEXT, key="on", disabled=not found, width="stretch")
    if (step or go) and found:
        at = st.session_state["place"] - 1 + (1 if go else -1)
        st.session_state["place"] = at % len(found) + 1
        st.session_state["turn"] += 1
    if typed:
        short = sum(map(len, typed.split())) < 2
        said = reader_texts.hits(len(found), st.session_state["place"])
        said = reader_texts.SEARCH_SHORT if short else said
        count.html(f'<div role="status" class="aa-count">{escape(said)}</div>')
    return found, st.session_state["place"], st.session_state["turn"]


draw()
