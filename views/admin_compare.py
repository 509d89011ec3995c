"""Two agreements side by side: what is new, dropped, changed, continued; and the same as files."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import streamlit as st

from chains import (
    Assistant,
    AssistantError,
    Difference,
    difference_texts,
    review_texts,
    texts,
    write_csv,
    write_xlsx,
)

_SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_compare(assistant: Assistant) -> None:
    """Draw the choice of two agreements and what became of the older one."""
    heads = sorted((a.head for a in assistant.agreements), key=lambda h: h.date, reverse=True)
    names = {head.id: head.short_title for head in heads}
    if len(names) < 2:
        st.info(review_texts.NO_OTHER)
        return
    earlier = assistant.library.earlier
    ids = list(names)
    start = next((n for n, id_ in enumerate(ids) if earlier(id_)), 0)
    new = st.selectbox(review_texts.NEW, ids, start, format_func=names.__getitem__,
                       key="compare-new")  # fmt: skip
    others = [id_ for id_ in ids if id_ != new]
    before = earlier(new)
    old = st.selectbox(review_texts.AGAINST, others, others.index(before) if before else 0,
                       format_func=names.__getitem__, key=f"compare-old-{new}")  # fmt: skip
    asked = st.button(review_texts.COMPARE, key="compare-go", type="primary")
    if asked:
        try:
            st.session_state["compared"] = assistant.library.difference(new, old)
        except AssistantError as error:
            st.error(texts.describe_error(error), icon=":material/error:")
            return
    found: Difference | None = st.session_state.get("compared")
    if found is not None:
        _draw(found)


def _draw(found: Difference) -> None:
    st.subheader(difference_texts.title(found.new.title, found.old.title))
    for note in found.notes:
        st.caption(note)
    stem = f"{found.new.id}-{found.old.id}"
    with tempfile.TemporaryDirectory() as folder:
        csv, xlsx = Path(folder) / "d.csv", Path(folder) / "d.xlsx"
        write_csv(found, csv)
        write_xlsx(found, xlsx)
        st.download_button(review_texts.DOWNLOAD_XLSX, xlsx.read_bytes(), f"{stem}.xlsx", _XLSX,
                           key="get-xlsx", icon=":material/table:", on_click="ignore")  # fmt: skip
        st.download_button(review_texts.DOWNLOAD_CSV, csv.read_bytes(), f"{stem}.csv", "text/csv",
                           key="get-csv", icon=":material/csv:", on_click="ignore")  # fmt: skip
    for name, rows in found.tables.items():
        counts = Counter(row.change for row in rows)
        told = ", ".join(difference_texts.shown(change, n) for change, n in counts.items())
        with st.expander(f"{difference_texts.TABLES[name]} ({told})"):
            if len(rows) > _SHOWN:
                st.caption(review_texts.ROWS_SHOWN.format(shown=_SHOWN, count=len(rows)))
            shown = [
                (
                    difference_texts.CHANGES[row.change],
                    side.label if (side := row.new or row.old) else "",
                    row.old.said if row.old else "",
                    row.new.said if row.new else "",
                    row.difference,
                )
                for row in rows[:_SHOWN]
            ]
            columns = [list(column) for column in zip(*shown, strict=True)] or [[]] * 5
            st.dataframe(dict(zip(review_texts.COMPARED, columns, strict=True)), hide_index=True)
