"""What else could come out: a calculator's other outcomes, where there are few."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from chains import (
    FORMS,
    Answer,
    Assistant,
    Calculation,
    Form,
    ResultRow,
    errors,
    field_choices,
)
from chains import tools_texts as words
from views.calculation import shares_of
from views.tables import table_html

_MOST_OUTCOMES = 20
_SHARES = (5, 10, 15, 20, 25, 30, 40, 50, 75, 100)


@st.cache_data(max_entries=500, show_spinner=False)
def work_out(_assistant: Assistant, version: str, name: str, fields: str) -> Answer:
    """Return the answer of a calculator to its fields (JSON); the same fields are asked once.

    Raises:
        NotWorkedOut: with these fields there is no result.
    """
    del version  # part of the key only: another version may answer otherwise
    return _assistant.calculate(name, FORMS[name].model_validate_json(fields))


def draw_scenarios(assistant: Assistant, name: str, form: Form) -> None:
    """Draw the other outcomes of a calculator as a table with bars, the chosen one marked."""
    made = {
        "proximity_funding": _outcomes,
        "price_level": _areas,
        "shares": _shares,
    }.get(name)
    if made is None:
        return
    rows, results, chosen = made(assistant, form)
    if len(rows) < 2:
        return
    st.subheader(words.CALC_SCENARIO, anchor=False)
    fields = form.model_dump(mode="json")
    columns = [column.format_map(fields) for column in words.SCENARIO_COLUMNS[name]]
    st.html(
        table_html(
            columns, rows, caption=words.SCENARIO_CAPTIONS[name], bars=shares_of(results),
            numbers=set(range(1, len(columns))), chosen=chosen,
        )
    )  # fmt: skip


_Found = tuple[list[tuple[str, ...]], list[ResultRow], int | None]


def _outcomes(assistant: Assistant, form: Form) -> _Found:
    """Every number of criteria that the agreement knows, and what stays and goes back."""
    rows, results = [], []
    for count in range(_MOST_OUTCOMES):
        work = _work(assistant, "proximity_funding", form, criteria=count)
        if work is None:
            break
        rows.append((str(count), *(row.display for row in work.rows)))
        results.append(work.rows[0])
    return rows, results, _place([row[0] for row in rows], str(form.model_dump()["criteria"]))


def _areas(assistant: Assistant, form: Form) -> _Found:
    rows: list[tuple[str, ...]] = []
    results, areas = [], []
    for area in field_choices("price_level", "area"):
        work = _work(assistant, "price_level", form, area=area)
        if work is not None:
            areas.append(area)
            rows.append((words.CHOICES["area"][area], work.result.display))
            results.append(_result(work))
    return rows, results, _place(areas, form.model_dump()["area"])


def _shares(assistant: Assistant, form: Form) -> _Found:
    own: Decimal = form.model_dump()["percent"]
    rows: list[tuple[str, ...]] = []
    results, shares = [], []
    for share in sorted({*map(Decimal, _SHARES), own}):
        work = _work(assistant, "shares", form, percent=str(share))
        if work is not None:
            shares.append(share)
            rows.append((words.percent(share), work.result.display))
            results.append(_result(work))
    return rows, results, shares.index(own) if own in shares else None


def _work(assistant: Assistant, name: str, form: Form, **other: object) -> Calculation | None:
    fields = FORMS[name].model_validate({**form.model_dump(), **other}).model_dump_json()
    try:
        return work_out(assistant, assistant.corpus_version, name, fields).calculation
    except errors.NotWorkedOut:
        return None


def _result(work: Calculation) -> ResultRow:
    result = work.result
    return ResultRow(label="", value=result.value, unit=result.unit, display=result.display)


def _place(names: Sequence[str], name: str) -> int | None:
    return names.index(name) if name in names else None
