"""Tables, quotes and lists as HTML that can load nothing: every text is escaped.

Each block names its language: what people typed or agreements say is not for the run layer to put
into other words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from chains import Citation, about_texts, texts, tools_texts

_SHORT = 18


def draw_head(title: str, intro: str) -> None:
    """Draw a page's heading and what the page is for."""
    st.title(title, anchor=False)
    st.html(f'<div lang="da" class="aa-t"><p class="intro">{escape(intro)}</p></div>')


def table_html(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    numbers: Collection[int] = (),
    bars: Sequence[float] = (),
    chosen: int | None = None,
) -> str:
    """Return a table whose first column heads its rows.

    Args:
        columns: Heads of the columns.
        rows: The cells, as they are shown.
        caption: What the table is; also the name of the part that scrolls where it is narrow.
        numbers: Columns that are set to the right.
        bars: A share from 0 to 1 a row, drawn as a bar beside what the row says in numbers.
        chosen: The row that is the one worked out above; told by a word too.
    """
    heads = "".join(
        f'<th scope="col"{_right(place in numbers)}>{escape(name)}</th>'
        for place, name in enumerate(columns)
    )
    if bars:
        heads += f'<th scope="col">{escape(tools_texts.BAR)}</th>'
    body = ""
    for number, row in enumerate(rows):
        on = number == chosen
        first = escape(row[0]) + (f" ({escape(tools_texts.CHOSEN)})" if on else "")
        cells = f'<th scope="row"{_right(0 in numbers)}>{first}</th>'
        cells += "".join(
            f"<td{_right(place in numbers) or _short(cell)}>{escape(cell)}</td>"
            for place, cell in enumerate(row[1:], 1)
        )
        if bars:
            width = max(0.0, min(1.0, bars[number])) * 100
            cells += f'<td class="bar"><span style="width:{width:.1f}%"></span></td>'
        row_class = ' class="on"' if on else ""
        body += f"<tr{row_class}>{cells}</tr>"
    return (
        f'<div lang="da" class="aa-t"><div class="aa-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def quotes_html(citations: Sequence[Citation]) -> str:
    """Return quotes with their place and a link that opens them in the agreement."""
    return f'<div lang="da" class="aa-t">{"".join(_quote(one) for one in citations)}</div>'


def link_html(citation: Citation, label: str = tools_texts.OPEN_SOURCE) -> str:
    """Return the link to a quote in the reader; its name tells it from the others of the page."""
    section = texts.with_page(citation.section.split(" › ")[-1], citation.page)
    return (
        f'<a href="{escape(citation.url)}" target="_blank">{escape(label)}'
        f'<span class="hidden">: {escape(citation.agreement_title)}, {escape(section)}, '
        f"{citation.start} {escape(tools_texts.NEW_TAB)}</span></a>"
    )


def statement_html(url: str) -> str:
    """Return the link to the accessibility statement; nothing where none is set, or no address."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return ""
    return (
        f'<div lang="da" class="aa-t"><p><a class="aa-next" href="{escape(url)}" '
        f'target="_blank">{escape(about_texts.ACCESS_LINK)}</a></p></div>'
    )


def list_html(items: Sequence[str], *, numbered: bool = False) -> str:
    """Return plain sentences as a list."""
    tag = "ol" if numbered else "ul"
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<div lang="da" class="aa-t"><{tag}>{rows}</{tag}></div>'


def _quote(citation: Citation) -> str:
    name = tools_texts.QUOTE.format(marker=citation.marker, title=citation.agreement_title)
    section = texts.with_page(citation.section, citation.page)
    return (
        f'<div class="aa-quote"><p><strong>{escape(name)}</strong><br>'
        f'<span class="dim">{escape(section)}</span></p><p>„{escape(citation.quote)}“</p>'
        f"{link_html(citation)}</div>"
    )


def _short(cell: str) -> str:
    """Keep a date or a version on one line."""
    return ' class="keep"' if len(cell) <= _SHORT else ""


def _right(number: bool) -> str:
    return ' class="num"' if number else ""
