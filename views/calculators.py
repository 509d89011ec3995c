"""The page Beregn: the fields of a calculator, its result at once, a link that brings both back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from chains import (
    FORMS,
    Assistant,
    AssistantError,
    api_texts,
    errors,
    field_choices,
    field_example,
    read_form,
    texts,
)
from chains import tools_texts as words
from views.calculation import draw_answer
from views.own_numbers import draw_own, draw_saved
from views.scenarios import draw_scenarios, work_out
from views.shared import open_assistant
from views.tables import draw_head

_PARAM, _WHICH, _GONE, _LINK, _TYPED = (
    "beregner", "calc-which", "calc-gone", "calc-link", "calc-typed"
)  # fmt: skip
_LONGEST = 2_000
_NAMES = (*FORMS, *words.OWN)


def draw() -> None:
    """Draw the page."""
    draw_head(words.CALC_TITLE, words.CALC_INTRO)
    assistant = open_assistant()
    _take_link()
    if gone := st.session_state.get(_GONE):
        told = words.CALC_GONE.format(name=words.plain(gone[:60]))
        st.error(told, icon=":material/link_off:")
    if _WHICH not in st.session_state:
        st.session_state[_WHICH] = st.session_state.get("calc-last", _NAMES[0])
    name = st.selectbox(
        words.CALC_WHICH, _NAMES, format_func=_title, key=_WHICH,
        on_change=lambda: st.session_state.pop(_GONE, None),
    )  # fmt: skip
    st.session_state["calc-last"] = name
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(words.CALC_FIELDS, anchor=False)
        typed, places = _draw_fields(name)
        if not st.session_state.get(_GONE):
            _leave_link(name, typed)
        _draw_link(name, typed)
        if name in words.OWN:
            draw_saved(name, typed["lines"], _key(name, "lines"))
    with right:
        st.subheader(words.CALC_RESULT, anchor=False)
        try:
            if name in words.OWN:
                draw_own(name, typed)
            else:
                _draw_result(assistant, name, typed)
        except errors.FieldsRefused as error:
            st.info(words.CALC_NOT_YET, icon=":material/edit:")
            for field, told in error.problems:
                if field in places:
                    places[field].html(_problem(told))
        except errors.NotWorkedOut as error:
            st.warning(words.plain(error.said or words.CALC_NO_RESULT), icon=":material/info:")
        except AssistantError as error:
            st.error(words.plain(texts.describe_error(error)), icon=":material/error:")


def _draw_result(assistant: Assistant, name: str, typed: Mapping[str, str]) -> None:
    form = read_form(name, typed)
    answer = work_out(assistant, assistant.corpus_version, name, form.model_dump_json())
    if answer.calculation is not None:
        draw_answer(answer, answer.calculation, lambda: draw_scenarios(assistant, name, form))


def _draw_fields(name: str) -> tuple[dict[str, str], dict[str, st.delta_generator.DeltaGenerator]]:
    """Draw the fields of a calculator; what was typed, and where to say what is wrong with it."""
    typed, places = {}, {}
    kept: dict[str, str] = st.session_state.setdefault(_TYPED, {}).setdefault(name, {})
    for field in fields_of(name):
        key = _key(name, field)
        choices = field_choices(name, field) if name in FORMS else ()
        if key not in st.session_state:
            value = kept.get(field, _example(name, field))
            st.session_state[key] = choices[0] if choices and value not in choices else value
        label, told = words.field_label(name, field), words.field_help(name, field)
        if choices:
            names = words.CHOICES[field]
            value = st.radio(label, choices, format_func=names.__getitem__, key=key)
        elif field == "lines":
            value = st.text_area(label, key=key, height=150, max_chars=_LONGEST)
        else:
            value = st.text_input(label, key=key, max_chars=200)
        if told:
            st.caption(told)
        places[field] = st.empty()
        typed[field] = str(value)
        if field == "percent":
            _draw_slider(key)
    kept.update(typed)
    return typed, places


def _draw_slider(key: str) -> None:
    """Draw a slider over whole per cent that writes into the field above it, and follows it."""
    slider = f"{key}-slider"
    typed = st.session_state[key].strip()
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= 100:
        st.session_state[slider] = int(typed)
    elif slider not in st.session_state:
        st.session_state[slider] = 50

    def write() -> None:
        st.session_state[key] = str(st.session_state[slider])

    st.slider(words.PERCENT_SLIDER, 1, 100, key=slider, on_change=write)


def fields_of(name: str) -> tuple[str, ...]:
    """Return the names of a calculator's fields, in order."""
    return tuple(FORMS[name].model_fields) if name in FORMS else tuple(words.OWN_EXAMPLES[name])


def _take_link() -> None:
    """Take calculator and fields from an address that this page did not write itself."""
    given = {key: str(value)[:_LONGEST] for key, value in st.query_params.to_dict().items()}
    if not given or given == st.session_state.get(_LINK):
        return
    st.session_state[_LINK] = given
    which = given.get(_PARAM, "")
    if which not in _NAMES:
        st.session_state[_GONE] = which
        return
    st.session_state.pop(_GONE, None)
    st.session_state[_WHICH] = which
    for field in fields_of(which):
        value = given.get(field, _example(which, field))
        choices = field_choices(which, field) if which in FORMS else ()
        if choices and value not in choices:
            value = choices[0]
        st.session_state[_key(which, field)] = value


def _leave_link(name: str, typed: Mapping[str, str]) -> None:
    given = {_PARAM: name, **typed}
    if st.query_params.to_dict() != given:
        st.query_params.from_dict(given)
    st.session_state[_LINK] = given


def _draw_link(name: str, typed: Mapping[str, str]) -> None:
    query = urlencode({_PARAM: name, **typed})
    st.html(
        f'<div lang="da" class="aa-t"><p><a class="aa-next" href="?{escape(query)}" '
        f'target="_blank">'
        f'{escape(words.CALC_LINK)}<span class="hidden"> {escape(words.NEW_TAB)}</span></a><br>'
        f'<span class="dim">{escape(words.CALC_LINK_HELP)}</span></p></div>'
    )


def _problem(told: str) -> str:
    return f'<div lang="da" class="aa-t"><p class="off" role="alert">✗ {escape(told)}</p></div>'


def _example(name: str, field: str) -> str:
    return field_example(name, field) if name in FORMS else words.OWN_EXAMPLES[name][field]


def _title(name: str) -> str:
    return words.OWN[name][0] if name in words.OWN else api_texts.CALCULATORS[name]


def _key(name: str, field: str) -> str:
    return f"calc-{name}-{field}"


draw()
