"""What the pages Tal and Aftalt share: filters in the address, tables, downloads, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from chains import Citation, Sheet, reader_texts, to_csv, to_xlsx
from views.render import plain

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FEW = 4
"""Columns that a narrow page has room for; more are scrolled sideways, in their own part."""
PAGE_SIZE = 100
"""Rows of a table that are shown at once."""

REGISTER_STYLE = """<style>
.aa-register { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.45; }
.aa-register caption { text-align: left; font-weight: 600; padding: .2rem 0 .5rem; }
.aa-register th, .aa-register td { text-align: left; vertical-align: top; padding: .5rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.aa-register thead th { border-bottom: 2px solid; font-weight: 600; white-space: nowrap; }
.aa-register tbody th { font-weight: 400; }
.aa-register th.main { min-width: 12rem; }
.aa-register td.main { min-width: 13rem; width: 34%; }
.aa-register td.when { min-width: 6.5rem; }
.aa-register.many td:last-child { min-width: 8.5rem; }
.aa-register.many { min-width: 46rem; }
.aa-register tbody th, .aa-register td:not(.unit) { overflow-wrap: break-word; hyphens: auto; }
.aa-register .tight { white-space: nowrap; }
.aa-register .unit { min-width: 5.5rem; overflow-wrap: anywhere; }
.aa-register .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.aa-register a, .aa-card a { display: inline-block; min-height: 24px; color: inherit;
  text-decoration: underline; text-underline-offset: .15em; }
.aa-register details summary { min-height: 24px; cursor: pointer; }
.aa-register tr.here { outline: 3px solid; outline-offset: -3px; }
.aa-register .flag { display: block; font-size: .85rem; font-style: italic; }
.aa-register blockquote, .aa-card blockquote { margin: .3rem 0; padding-left: .8rem;
  border-left: 3px solid; }
.aa-wide { overflow-x: auto; max-width: 100%; }
.aa-card { line-height: 1.6; }
.aa-card .value { font-size: 1.9rem; font-weight: 600; line-height: 1.3; margin: 0 0 .4rem; }
.aa-card ul { padding-left: 1.2rem; }
.aa-card mark { background: #ffe58a; color: #1a1a1a; border-bottom: 2px solid #8a5a00; }
@media (forced-colors: active) {
  .aa-card mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
</style>"""


class Filters:
    """Widgets whose values stand in the address, so that a filtered view can be shared."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names of all filters of a page; values that do not exist are gathered."""
        self._names = tuple(names)
        self._asked = {name: st.query_params.get_all(name) for name in names}
        self._dropped: list[str] = []
        self.used = any(st.session_state.get(name) or self._asked[name] for name in names[1:])
        """Whether any but the first, the free text, holds something."""

    def choose(
        self,
        name: str,
        label: str,
        options: Sequence[str],
        shown: Callable[[str], str] = str,
        place: st.delta_generator.DeltaGenerator | None = None,
    ) -> list[str]:
        """Draw a choice of several; nothing chosen is no filter."""
        self._dropped += [v for v in self._asked[name] if v and v not in {*map(shown, options)}]
        by_name = {shown(option): option for option in options}
        chosen = (place or st).multiselect(
            label, list(by_name), key=name, bind="query-params", placeholder=reader_texts.ALL,
        )  # fmt: skip
        return [by_name[one] for one in chosen]

    def words(self, name: str, place: st.delta_generator.DeltaGenerator | None = None) -> str:
        """Draw the field for free text."""
        typed = (place or st).text_input(
            reader_texts.WORDS, key=name, bind="query-params", max_chars=200, type="search",
            icon=":material/search:", placeholder=reader_texts.WORDS_EXAMPLE,
        )  # fmt: skip
        return (typed or "").strip()

    def tell(self) -> None:
        """Tell what the link asked for that is not there; once, for it then leaves the address."""
        if self._dropped:
            told = reader_texts.filters_dropped(self._dropped)
            st.warning(plain(told), icon=":material/link_off:")

    def clear_button(self) -> None:
        """Draw the button that takes all filters away."""

        def clear() -> None:
            for name in self._names:
                value = st.session_state.get(name)
                st.session_state[name] = "" if isinstance(value, str) else []

        used = any(st.session_state.get(name) for name in self._names)
        st.button(reader_texts.CLEAR, on_click=clear, disabled=not used, icon=":material/close:")


def pick(
    name: str,
    label: str,
    options: Sequence[str],
    shown: Callable[[str], str],
    *,
    most: int,
    placeholder: str,
) -> list[str]:
    """Draw a choice of several that stands in the address by its keys, not by what is shown."""
    key = f"{name}-picked"
    asked = [value for value in st.query_params.get_all(name) if value in options]
    st.session_state.setdefault(key, asked[:most])

    def changed() -> None:
        st.query_params[name] = st.session_state[key]

    return st.multiselect(
        label, options, format_func=shown, key=key, max_selections=most,
        placeholder=placeholder, on_change=changed,
    )  # fmt: skip


def downloads(sheets: Sequence[Sheet], stem: str) -> None:
    """Draw the buttons that take what is shown along."""
    row = st.container(horizontal=True)
    row.download_button(
        reader_texts.DOWNLOAD_XLSX, lambda: to_xlsx(sheets), f"{stem}.xlsx", _XLSX,
        key=f"{stem}-xlsx", icon=":material/table:", on_click="ignore",
    )  # fmt: skip
    row.download_button(
        reader_texts.DOWNLOAD_CSV, lambda: to_csv(sheets[0]), f"{stem}.csv", "text/csv",
        key=f"{stem}-csv", icon=":material/csv:", on_click="ignore",
    )  # fmt: skip


def page_of(count: int, key: str) -> range:
    """Draw the choice of a page where there are several; return the rows of it."""
    pages = max(1, -(-count // PAGE_SIZE))
    page = 1
    if pages > 1:
        page = int(st.number_input(reader_texts.PAGE_OF.format(pages=pages), 1, pages, key=key))
    return range((page - 1) * PAGE_SIZE, min(count, page * PAGE_SIZE))


def table_html(caption: str, heads: Mapping[str, str], rows: Sequence[str]) -> str:
    """Return a table; `heads` are names and classes of the columns, rows are HTML already."""
    head = "".join(
        f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads.items()
    )
    label = escape(caption, quote=True)
    many = " many" if len(heads) > _FEW else ""
    return (
        f'<div class="aa-wide" role="region" tabindex="0" aria-label="{label}">'
        f'<table class="aa-register{many}"><caption>{label}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def sources_html(citations: Sequence[Citation]) -> str:
    """Return quotes with links into the reader."""
    rows = "".join(
        f"<li><blockquote>{escape(c.quote)}</blockquote>"
        f'<a href="{escape(relative(c.url), quote=True)}">[{c.marker}] '
        f"{escape(c.agreement_title)}, {escape(c.section)}</a></li>"
        for c in citations
    )
    return f'<div class="aa-card"><ul>{rows}</ul></div>'


def relative(url: str) -> str:
    """Return a citation's address as it is reached from a page of ours, wherever we are served.

    >>> relative("https://x.dk/app/aftaler?id=a&fra=1"), relative("/aftaler?id=a")
    ('aftaler?id=a&fra=1', 'aftaler?id=a')
    """
    return "aftaler?" + url.partition("?")[2]
