"""An agreement -> HTML with its structure: headings, boxes, lists, tables, marks and links.

Every piece of text is escaped; what stands in an attribute is an id or a link made here, of ids
that are escaped and quoted too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from urllib.parse import urlencode

from chains import Agreement, FigureEntry, SectionEntry, Span, reader_texts, slug_of

READER_STYLE = """<style>
.aa-reader { display: grid; grid-template-columns: minmax(13rem, 17rem) minmax(0, 1fr); gap: 2rem; }
.aa-reader nav.wide { position: sticky; top: 4.5rem; align-self: start; max-height: 80vh;
  overflow-y: auto; font-size: .9rem; }
.aa-reader details.narrow { display: none; }
.aa-reader nav ul, .aa-reader details ul { list-style: none; margin: 0; padding: 0; }
.aa-reader nav ul ul, .aa-reader details ul ul { padding-left: .9rem; }
.aa-reader nav a, .aa-reader details a { display: block; padding: .2rem .3rem; line-height: 1.35;
  min-height: 24px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.aa-reader nav a:hover, .aa-reader details a:hover { text-decoration: underline; }
.aa-reader summary { padding: .4rem 0; min-height: 24px; font-weight: 600; cursor: pointer; }
.aa-reader article { max-width: 44rem; line-height: 1.65; overflow-wrap: break-word; }
.aa-reader article h3 { font-size: 1.35rem; line-height: 1.3; margin: 2rem 0 .6rem; padding: 0; }
.aa-reader article h4 { font-size: 1.1rem; line-height: 1.3; margin: 1.5rem 0 .4rem; padding: 0; }
.aa-reader article h5 { font-size: 1rem; line-height: 1.4; margin: 0 0 .6rem; padding: 0; }
.aa-reader p, .aa-reader ul, .aa-reader ol { margin: 0 0 .8rem; }
.aa-reader article ul { padding-left: 1.4rem; }
.aa-reader article ol { list-style: none; padding-left: .4rem; }
.aa-reader article li { margin-bottom: .4rem; }
.aa-reader .box { border: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  border-left-width: 5px; border-radius: .25rem; padding: 1rem 1.1rem .4rem; margin: 1.2rem 0;
  background: color-mix(in srgb, currentColor 4%, transparent); }
.aa-reader .note { font-size: .9rem; }
.aa-reader [id] { scroll-margin-top: 5rem; }
.aa-reader .perma { display: inline-block; min-width: 24px; min-height: 24px; text-align: center;
  color: inherit; text-decoration: none; font-weight: 400; }
.aa-reader .perma:hover { text-decoration: underline; }
.aa-reader a.figure { color: inherit; text-decoration: underline dotted 2px;
  text-underline-offset: .2em; }
.aa-reader a.figure.here { outline: 3px solid; outline-offset: 2px; border-radius: .1rem; }
.aa-reader mark { background: #ffe58a; color: #1a1a1a; }
.aa-reader mark.quote { border-bottom: 2px solid #8a5a00; padding: .1rem 0; }
.aa-reader mark.hit { background: #cfe6ff; color: #1a1a1a; }
.aa-reader mark.now { outline: 3px solid; outline-offset: 1px; font-weight: 700; }
.aa-reader .here > h3, .aa-reader .here > h4, .aa-reader .here > h5, .aa-reader h3.here,
.aa-reader h4.here, .aa-reader h5.here { border-left: 5px solid; padding-left: .6rem; }
.aa-table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; font-size: .95rem; }
.aa-table th, .aa-table td { text-align: left; vertical-align: top; padding: .4rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.aa-table thead th { border-bottom: 2px solid; }
.aa-table .num { text-align: right; font-variant-numeric: tabular-nums; }
.aa-table tbody th { font-weight: 400; }
.aa-scroll { overflow-x: auto; max-width: 100%; }
.aa-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.aa-head { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem;
  margin: 0 0 1rem; padding: 0; }
.aa-head dt { font-weight: 600; }
.aa-head dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 56rem) {
  .aa-reader { display: block; }
  .aa-reader nav.wide { display: none; }
  .aa-reader details.narrow { display: block; margin-bottom: 1rem; }
  .aa-head { grid-template-columns: 1fr; }
  .aa-head dd { margin-bottom: .4rem; }
}
@media (forced-colors: active) {
  .aa-reader mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
</style>"""

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
        self._links = _apart(shown.figures)

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
            f'<a class="perma" href="{link}" aria-label="{name}">#</a></h{level}>'
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
        html, place = "", start
        for first, last, entry in self._links:
            if last <= start or first >= end:
                continue
            html += self._marked(place, max(first, place))
            html += self._figure(max(first, place), min(last, end), entry, first)
            place = min(last, end)
        return html + self._marked(place, end)

    def _figure(self, start: int, end: int, entry: FigureEntry, first: int) -> str:
        anchor = figure_anchor(entry.figure_id)
        own = f' id="{escape(anchor, quote=True)}"' if first == entry.start == start else ""
        css = "figure here" if own and anchor == self._shown.here else "figure"
        printed = " ".join(self._text[start:end].split())
        name = escape(reader_texts.figure_link(printed, entry.label), quote=True)
        link = page_link("tal", id=entry.entry_key)
        return (
            f'<a class="{css}"{own} href="{link}" aria-label="{name}">'
            f"{self._marked(start, end)}</a>"
        )

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


def _apart(figures: Sequence[FigureEntry]) -> list[tuple[int, int, FigureEntry]]:
    """Return the places of figures in order; of two in one place the first entry has it."""
    places = [(f.start, f.end, f) for f in figures]
    places += [(a, b, f) for f in figures for a, b in f.repeated]
    taken: list[tuple[int, int, FigureEntry]] = []
    for one in sorted(places, key=lambda place: place[0]):
        if not taken or one[0] >= taken[-1][1]:
            taken.append(one)
    return taken
