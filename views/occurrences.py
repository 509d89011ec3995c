"""The page Hvor nævnes: every place where a word, a compound of it or another name stands."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

import streamlit as st

from chains import MOST_TERM, Assistant, AssistantError, Place, Places, Sheet, texts, to_csv
from chains import tools_texts as words
from views.shared import open_assistant
from views.tables import draw_head, link_html, table_html

_SHOWN, _FORMS = 100, 12
_PARAM, _TERM = "ord", "places-term"


def draw() -> None:
    """Draw the page; the word stands in the address, so that a link brings it back."""
    draw_head(words.PLACES_TITLE, words.PLACES_INTRO)
    assistant = open_assistant()
    asked = str(st.query_params.get(_PARAM, ""))[: MOST_TERM + 1]
    if asked and asked != st.session_state.get("places-asked"):
        st.session_state[_TERM] = asked
    elif _TERM not in st.session_state:
        st.session_state[_TERM] = st.session_state.get("places-asked", "")
    with st.form("places", border=False):
        typed = st.text_input(words.PLACES_TERM, key=_TERM,
                              help=words.PLACES_TERM_HELP.format(most=MOST_TERM))  # fmt: skip
        chosen = [
            agreement.id
            for agreement in assistant.agreements
            if st.checkbox(
                words.plain(agreement.head.short_title), True, key=f"places-in-{agreement.id}"
            )
        ]
        sent = st.form_submit_button(words.PLACES_GO, type="primary", icon=":material/search:")
    term = " ".join(typed.split())
    if not term:
        if sent:
            st.warning(words.PLACES_EMPTY, icon=":material/info:")
        return
    st.session_state["places-asked"] = term
    st.query_params[_PARAM] = term
    if not chosen:
        st.warning(words.CHOOSE_ONE, icon=":material/info:")
        return
    try:
        _draw_found(assistant, assistant.library.places(term, chosen))
    except AssistantError as error:
        st.error(words.plain(texts.describe_error(error)), icon=":material/error:")


def _draw_found(assistant: Assistant, found: Places) -> None:
    st.subheader(words.plain(words.places_found(found.term, found.count, len(found.places))),
                 anchor=False)  # fmt: skip
    forms = Counter(word.lower() for place in found.places for word in place.printed)
    told = words.places_looked(found.names, found.searched)
    if forms:
        listed = ", ".join(f"{form} ({count})" for form, count in forms.most_common(_FORMS))
        told += " " + words.PLACES_FORMS.format(forms=listed)
    st.html(f'<div lang="da" class="aa-t"><p class="dim">{escape(told)}</p></div>')
    if not found.places:
        return
    name = words.PLACES_FILE_NAME.format(term=re.sub(r"\W+", "-", found.term).strip("-").lower())
    st.download_button(
        words.DOWNLOAD_CSV, to_csv(Sheet("", words.PLACES_CSV, _rows(found))), name, "text/csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(words.PLACES_LIST, anchor=False)
        st.html(places_html(found.places[:_SHOWN]))
        if len(found.places) > _SHOWN:
            st.caption(words.AND_MORE.format(count=len(found.places) - _SHOWN))
    with right:
        st.subheader(words.PLACES_BY_SECTION, anchor=False)
        titles = {one.id: one.head.short_title for one in assistant.agreements}
        for id_ in dict.fromkeys(place.citation.agreement_id for place in found.places):
            own = [place for place in found.places if place.citation.agreement_id == id_]
            counts: Counter[str] = Counter()
            for place in own:
                counts[place.citation.section] += len(place.printed)
            rows = [(section, str(count)) for section, count in counts.items()]
            caption = titles.get(id_, own[0].citation.agreement_title)
            st.html(table_html(words.PLACES_COLUMNS, rows, caption=caption, numbers={1}))


def places_html(places: tuple[Place, ...]) -> str:
    """Return sentences with the words marked that were looked for, each with a link to it."""
    rows = ""
    for place in places:
        cited = place.citation
        section = texts.with_page(cited.section, cited.page)
        rows += (
            f'<div class="aa-quote"><p><span class="dim">{escape(cited.agreement_title)}, '
            f"{escape(section)}</span></p><p>{_marked(cited.quote, place.printed)}</p>"
            f"{link_html(cited)}</div>"
        )
    return f'<div lang="da" class="aa-t aa-places">{rows}</div>'


def _marked(quote: str, printed: tuple[str, ...]) -> str:
    shown, done = "", 0
    for word in printed:
        gaps = r"\W+(?:\w+\W+){0,3}?".join(re.escape(part) for part in word.split())
        match = re.compile(rf"(?<!\w){gaps}(?!\w)").search(quote, done)
        if match is None:
            continue
        shown += escape(quote[done : match.start()]) + f"<mark>{escape(match[0])}</mark>"
        done = match.end()
    return shown + escape(quote[done:])


def _rows(found: Places) -> list[tuple[str, ...]]:
    return [
        (", ".join(place.printed), place.citation.agreement_title,
         texts.with_page(place.citation.section, place.citation.page), place.citation.quote,
         place.citation.url)
        for place in found.places
    ]  # fmt: skip


draw()
