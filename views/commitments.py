"""Everything that was agreed: who does what by when, with the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from chains import AssistantError, CommitmentEntry, Library, reader_texts, texts
from views.agreement_html import head_html, page_link
from views.agreement_style import READER_STYLE
from views.registers import REGISTER_STYLE, Filters, downloads, page_of, table_html
from views.render import STYLE, plain
from views.shared import open_assistant

_FILTERS = ("soeg", "aftale", "hvem", "tema", "status", "frist", "aar")
_LAST = "9999"  # sorts behind every deadline


def draw() -> None:
    """Draw one commitment where the link names one, else the list."""
    st.set_page_config(layout="wide")
    st.html(STYLE + READER_STYLE + REGISTER_STYLE)
    st.title(reader_texts.COMMITMENTS_TITLE)
    library = open_assistant().library
    if asked := st.query_params.get("id", ""):
        try:
            entry = library.commitment(asked)
        except AssistantError as error:
            st.error(plain(texts.describe_error(error)), icon=":material/link_off:")
        else:
            _draw_one(library, entry)
            return
    st.markdown(reader_texts.COMMITMENTS_INTRO)
    found = _filter(library)
    st.markdown(
        reader_texts.shown_of(len(found), len(library.commitments), reader_texts.COMMITMENTS_FOUND)
    )
    if not found:
        st.info(reader_texts.NOTHING, icon=":material/filter_alt_off:")
        return
    downloads(library.commitment_sheets(found), "aftalt")
    shown = page_of(len(found), "side")
    titles = {one.id: one.head.short_title for one in library.agreements}
    rows = [_row(found[i], titles[found[i].agreement_id]) for i in shown]
    heads = dict.fromkeys(reader_texts.COMMITMENT_HEADS, "")
    st.html(table_html(reader_texts.COMMITMENT_TABLE, heads, rows))


def _filter(library: Library) -> list[CommitmentEntry]:
    """Draw the filters and return what holds all of them, sorted."""
    every = library.commitments
    titles = {one.id: one.head.short_title for one in library.agreements}
    filters = Filters(_FILTERS)
    words = filters.words("soeg")
    with st.expander(reader_texts.FILTERS, expanded=filters.used):
        a, b, c = st.columns(3)
        agreements = filters.choose(
            "aftale", reader_texts.AGREEMENT, list(titles), titles.__getitem__, a
        )
        who = {actor for one in every for actor in one.actors}
        actors = filters.choose("hvem", reader_texts.ACTOR, sorted(who, key=str.casefold), place=b)
        themes = filters.choose(
            "tema", reader_texts.THEME, sorted({one.theme for one in every} - {""}), place=c
        )
        forces = filters.choose(
            "status", reader_texts.FORCE, list(reader_texts.FORCES),
            reader_texts.FORCES.__getitem__, a,
        )  # fmt: skip
        timed = filters.choose(
            "frist", reader_texts.DEADLINE, list(reader_texts.DEADLINES),
            reader_texts.DEADLINES.__getitem__, b,
        )  # fmt: skip
        due = sorted({one.due[:4] for one in every} - {""})
        years = filters.choose("aar", reader_texts.DUE_YEAR, due, place=c)
        order = st.selectbox(
            reader_texts.SORT, list(reader_texts.SORTS), key="orden", bind="query-params",
            format_func=reader_texts.SORTS.__getitem__,
        )  # fmt: skip
        filters.clear_button()
    filters.tell()
    about = library.commitments_about(words) if words else None
    found = [
        one for one in every
        if (about is None or one.entry_key in about)
        and (not agreements or one.agreement_id in agreements)
        and (not actors or set(actors) & set(one.actors))
        and (not themes or one.theme in themes)
        and (not forces or one.force in forces)
        and (not timed or ("med" if one.deadline or one.due else "uden") in timed)
        and (not years or one.due[:4] in years)
    ]  # fmt: skip
    if order == "frist":
        found.sort(key=lambda one: (one.due or _LAST, not one.deadline))
    elif order == "hvem":
        found.sort(key=lambda one: ", ".join(one.actors).casefold())
    return found


def _row(one: CommitmentEntry, title: str) -> str:
    flag = "" if one.reviewed else f'<span class="flag">{escape(reader_texts.BY_RULE)}</span>'
    said = escape(reader_texts.capital(one.act or one.quote))
    link = page_link("aftalt", id=one.entry_key)
    text = page_link("aftaler", id=one.agreement_id, fra=str(one.start), til=str(one.end))
    name = escape(reader_texts.source_link(title, one.act or one.quote), quote=True)
    cells = (
        ("tight", escape(reader_texts.FORCES[one.force])),
        ("main", f'<a href="{link}">{said}</a>{flag}{_quote(one)}'),
        ("when", escape(one.deadline or one.due)), ("", escape(one.theme)),
        ("", f'<a href="{text}" aria-label="{name}">{escape(title)}</a>'),
    )  # fmt: skip
    shown = "".join(f'<td class="{css}">{cell}</td>' for css, cell in cells)
    return f'<tr><th scope="row">{escape(", ".join(one.actors))}</th>{shown}</tr>'


def _quote(one: CommitmentEntry) -> str:
    return (
        f"<details><summary>{escape(reader_texts.QUOTE)}</summary>"
        f"<blockquote>{escape(one.quote)}</blockquote></details>"
    )


def _draw_one(library: Library, one: CommitmentEntry) -> None:
    head = library.agreement(one.agreement_id).head
    facts: Sequence[tuple[str, str]] = (
        (reader_texts.ACTOR, ", ".join(one.actors)),
        (reader_texts.FORCE, reader_texts.FORCES[one.force]),
        (reader_texts.DEADLINE, one.deadline or one.due or reader_texts.NO_DEADLINE),
        (reader_texts.STARTS, one.starts),
        (reader_texts.CONDITION, one.condition),
        (reader_texts.PARTNERS, ", ".join(one.partners)),
        (reader_texts.THEME, one.theme),
        (reader_texts.AGREEMENT, f"{head.title}, {one.section}"),
        (reader_texts.REVIEW, one.reviewed or reader_texts.BY_RULE),
    )
    text = page_link("aftaler", id=one.agreement_id, fra=str(one.start), til=str(one.end))
    st.html(
        f'<div class="aa-card"><a href="aftalt">{escape(reader_texts.ALL_COMMITMENTS)}</a>'
        f"<h2>{escape(reader_texts.capital(one.act or one.quote))}</h2>"
        f"<h3>{escape(reader_texts.QUOTE)}</h3><blockquote>{escape(one.quote)}</blockquote>"
        f'<p><a href="{text}">{escape(reader_texts.OPEN_IN_TEXT)}</a></p>'
        f"{head_html([fact for fact in facts if fact[1]])}</div>"
    )
    downloads(library.commitment_sheets([one]), one.commitment_id)


draw()
