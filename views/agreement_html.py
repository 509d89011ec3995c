"""An agreement -> HTML with its structure: headings, boxes, lists, tables, marks and links.

Every piece of text is escaped; what stands in an attribute is an id or a link made here, of ids
that are escaped and quoted too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby, pairwise
from urllib.parse import urlencode

from chains import Agreement, FigureEntry, SectionEntry, Span, reader_texts, slug_of

_DEEPEST = 5
_SIGNS = ("• ", "◦ ", "– ", "- ", "o ")
_LISTS = {"bullet": "ul", "sub_bullet": "ul", "numbered": "ol"}
_HEADINGS = {"chapter", "heading", "box", "box_title", "annex"}


@dataclass(frozen=True)
class Mark:
    """A span that is marked: `quote`, `hit` or `hit now`."""

    start: int
    end: int
    kind: str
    anchor: str = ""


@dataclass(frozen=True)
class Shown:
    """What is drawn of an agreement besides its text."""

    agreement: Agreement
    sections: Sequence[SectionEntry]
    figures: Sequence[FigureEntry]
    table: Callable[[int, int], list[list[Span]]]
    """Cells of so many rows from a block's number on."""
    marks: Sequence[Mark] = ()
    here: str = ""
    """Anchor that the link points at."""


def reader_html(shown: Shown) -> str:
    """Return an agreement with its outline beside it."""
    outline = _outline(shown)
    name = escape(reader_texts.CONTENTS)
    body = "".join(_Writer(shown).write())
    return (
        f'<div class="aa-reader"><nav class="wide" aria-label="{name}">{outline}</nav>'
        f'<details class="narrow"><summary>{name}</summary>'
        f'<nav aria-label="{name}">{outline}</nav></details>'
        f'<article lang="da">{body}</article></div>'
    )


def head_html(rows: Sequence[tuple[str, str]]) -> str:
    """Return what is known of an agreement as names and values."""
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f'<dl class="aa-head">{pairs}</dl>'


def section_anchor(section: SectionEntry, agreement_id: str) -> str:
    """Return the id of a section's heading on the page."""
    return f"afsnit-{slug_of(section.id, agreement_id)}"


def figure_anchor(figure_id: str) -> str:
    """Return the id of a figure on the page."""
    return f"tal-{figure_id}"


def page_link(page: str, **query: str) -> str:
    """Return a link to another page of ours, fit to stand in an attribute.

    >>> page_link("tal", id='a/"b')
    'tal?id=a%2F%22b'
    """
    return escape(f"{page}?{urlencode(query)}", quote=True)


def _outline(shown: Shown) -> str:
    """Return the sections as nested links, two levels deep and boxes."""
    html, depth = "", 0
    for section in shown.sections:
        level = min(len(section.path), 2)
        html += "<ul><li>" * (level - depth) if level > depth else ""
        if level <= depth:
            html += "</li></ul>" * (depth - level) + "</li><li>"
        anchor = escape(section_anchor(section, shown.agreement.id), quote=True)
        html += f'<a href="#{anchor}">{escape(section.heading)}</a>'
        depth = level
    return html + "</li></ul>" * depth


class _Writer:
    """Writes the blocks of one agreement in order."""

    def __init__(self, shown: Shown) -> None:
        self._shown, self._text = shown, shown.agreement.text
        self._blocks = shown.agreement.blocks
        self._places = _places(shown.figures)

    def write(self) -> Iterator[str]:
        numbers = range(len(self._blocks))
        for section, group in groupby(numbers, key=lambda i: self._section(self._blocks[i].start)):
            own = list(group)
            html = "".join(self._heading(section, own)) + "".join(self._body(own))
            if section is not None and section.kind == "box":
                here = " here" if self._is_here(section) else ""
                html = f'<section class="box{here}">{html}</section>'
            yield html

    def _section(self, place: int) -> SectionEntry | None:
        """Return the innermost section around a place."""
        holding = [s for s in self._shown.sections if s.start <= place < s.end]
        return max(holding, key=lambda s: len(s.path)) if holding else None

    def _is_here(self, section: SectionEntry) -> bool:
        return section_anchor(section, self._shown.agreement.id) == self._shown.here

    def _heading(self, section: SectionEntry | None, own: list[int]) -> Iterator[str]:
        """Open a section; where it goes on behind a box there is no heading left to write."""
        lines = [self._blocks[i] for i in own if self._blocks[i].kind in _HEADINGS]
        if section is None or not lines:
            return
        anchor = section_anchor(section, self._shown.agreement.id)
        level = min(_DEEPEST, 5 if section.kind == "box" else 2 + len(section.path))
        here = ' class="here"' if self._is_here(section) and section.kind != "box" else ""
        said = "<br>".join(self._span(line.start, line.end) for line in lines)
        slug = slug_of(section.id, self._shown.agreement.id)
        link = page_link("aftaler", id=self._shown.agreement.id, afsnit=slug)
        name = escape(reader_texts.PLACE_LINK.format(name=section.heading), quote=True)
        yield (
            f'<h{level} id="{escape(anchor, quote=True)}"{here}>{said} '
            f'<a class="perma" href="{link}" aria-label="{name}"></a></h{level}>'
        )

    def _body(self, own: list[int]) -> Iterator[str]:
        numbers = [i for i in own if self._blocks[i].kind not in _HEADINGS]
        for kind, group in groupby(numbers, key=lambda i: _run(self._blocks[i].kind)):
            run = list(group)
            if kind == "row":
                yield self._table(run)
            elif kind == "list":
                yield "".join(self._list(run))
            else:
                css = ' class="note"' if kind == "note" else ""
                spans = ((self._blocks[i].start, self._blocks[i].end) for i in run)
                yield "".join(f"<p{css}>{self._span(a, b)}</p>" for a, b in spans)

    def _list(self, run: list[int]) -> Iterator[str]:
        """Write items; those below an item stand inside it."""
        place = 0
        while place < len(run):
            tag = _LISTS[self._blocks[run[place]].kind]
            items = []
            while place < len(run) and _LISTS[self._blocks[run[place]].kind] == tag:
                item = self._item(run[place])
                place += 1
                below = []
                while place < len(run) and self._blocks[run[place]].kind == "sub_bullet":
                    below.append(f"<li>{self._item(run[place])}</li>")
                    place += 1
                inner = f"<ul>{''.join(below)}</ul>" if below else ""
                items.append(f"<li>{item}{inner}</li>")
            yield f"<{tag}>{''.join(items)}</{tag}>"

    def _item(self, number: int) -> str:
        block = self._blocks[number]
        sign = next((s for s in _SIGNS if self._text.startswith(s, block.start)), "")
        return self._span(block.start + len(sign), block.end)

    def _table(self, run: list[int]) -> str:
        rows = self._shown.table(run[0], len(run))
        wide = max((len(row) for row in rows), default=0)
        if wide < 2:
            cells = "".join(f"<li>{self._span(*row[0])}</li>" for row in rows)
            return f"<ul>{cells}</ul>"
        head = f'<th scope="col">{self._span(*rows[0][0])}</th>' + "".join(
            f'<th scope="col" class="num">{self._span(*cell)}</th>' for cell in rows[0][1:]
        )
        body = ""
        for row in rows[1:]:
            cells = "".join(f'<td class="num">{self._span(*cell)}</td>' for cell in row[1:])
            body += f'<tr><th scope="row">{self._span(*row[0])}</th>{cells}</tr>'
        return (
            f'<div class="aa-scroll"><table class="aa-table"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def _span(self, start: int, end: int) -> str:
        """Write a span: figures as links, marks inside and around them."""
        html, done = "", start
        for place in self._places:
            if place.end <= start or place.start >= end:
                continue
            first, last = max(place.start, start), min(place.end, end)
            html += self._marked(done, first)
            html += self._figure(place.entry, first, self._marked(first, last))
            others = (self._figure(other, other.start, "") for other in place.also)
            html += "".join(f"<sup>{other}</sup>" for other in others)
            done = last
        return html + self._marked(done, end)

    def _figure(self, entry: FigureEntry, start: int, shown: str) -> str:
        """Write the link of a figure; where it is printed first the link is its anchor, too."""
        anchor = figure_anchor(entry.figure_id)
        own = f' id="{escape(anchor, quote=True)}"' if entry.start == start else ""
        css = "figure here" if own and anchor == self._shown.here else "figure"
        name = escape(reader_texts.figure_link(entry.printed, entry.label), quote=True)
        link = page_link("tal", id=entry.entry_key)
        return f'<a class="{css}"{own} href="{link}" aria-label="{name}">{shown}</a>'

    def _marked(self, start: int, end: int) -> str:
        """Write a span with its marks; where a quote and a hit overlap, the hit lies inside."""
        marks = [m for m in self._shown.marks if m.start < end and m.end > start]
        edges = {start, end}
        for mark in marks:
            edges |= {max(mark.start, start), min(mark.end, end)}
        cuts = sorted(edges)
        html = ""
        for a, b in pairwise(cuts):
            piece = escape(self._text[a:b])
            over = [m for m in marks if m.start <= a and b <= m.end]
            for mark in sorted(over, key=lambda m: m.kind == "quote"):
                opens = mark.anchor and mark.start == a
                own = f' id="{escape(mark.anchor, quote=True)}"' if opens else ""
                piece = f'<mark class="{mark.kind}"{own}>{piece}</mark>'
            html += piece
        return html


def _run(kind: str) -> str:
    """Return what neighbouring blocks are drawn as together."""
    return "list" if kind in _LISTS else kind if kind in {"row", "note"} else "paragraph"


@dataclass
class _Place:
    """Where one figure is printed, or several with the same words."""

    start: int
    end: int
    entry: FigureEntry
    also: list[FigureEntry] = field(default_factory=list)
    """Others whose own words these are."""


def _places(figures: Sequence[FigureEntry]) -> list[_Place]:
    """Return the places of figures in order; none overlap."""
    places = [_Place(f.start, f.end, f) for f in figures]
    places += [_Place(a, b, f) for f in figures for a, b in f.repeated]
    taken: list[_Place] = []
    for one in sorted(places, key=lambda place: place.start):
        if not taken or one.start >= taken[-1].end:
            taken.append(one)
        elif one.start == one.entry.start:
            taken[-1].also.append(one.entry)
    return taken
