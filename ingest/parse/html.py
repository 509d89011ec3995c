"""HTML bytes -> blocks: what a browser would show of the page's own text, without its menus."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from ingest.parse.html_looks import Looks
from ingest.parse.parsed import Hidden, Parsed, ParsedLine, Refused
from ingest.parse.tables import write_rows
from ingest.parse.unseen import drop_unseen

_MAX_DEPTH = 200
_MAX_ELEMENTS = 300_000
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_SKIPPED = {"script", "style", "noscript", "template", "head", "nav", "header", "footer", "form",
            "button", "select", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
            "video", "sup", "dialog"}  # fmt: skip
_FRAMES = {"iframe", "object", "embed", "frame"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "div", "section",
           "article", "main", "aside", "body", "blockquote", "dl", "dt", "dd", "figure", "pre",
           "figcaption", "address", "details", "summary", "html", "td", "th", "tr"}  # fmt: skip
_BOX = re.compile(r"Boks \d+(?:\.\d+)?\b")
_NOTE_ID = re.compile(r"(?:foot|end|fod|slut)?-?(?:note|fn)s?\b", re.IGNORECASE)


def parse_html(data: bytes) -> Parsed:
    """Return an HTML page as lines, one a block.

    Raises:
        Refused: entities, encoding, too_deep or damaged.
    """
    if re.search(rb"<!ENTITY|<!DOCTYPE[^>]*\[", data[:100_000], re.IGNORECASE):
        raise Refused("entities")
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
        root = lxml.html.document_fromstring(_decode(data), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged", str(error)[:60]) from error
    _check_tree(root)
    reader = _Reader(root)
    reader.walk(_main(root), None)
    reader.flush()
    kept, unseen = drop_unseen(reader.lines)
    return Parsed(tuple(kept), (*reader.hidden, *unseen), tuple(reader.doubts))


def _decode(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        named = "utf-16"
    else:
        found = _CHARSET.search(data[:4096])
        named = found[1].decode().lower() if found else "utf-8"
    if named in {"iso-8859-1", "latin-1", "ascii", "us-ascii"}:
        named = "cp1252"  # what browsers take it for
    if named not in {"utf-8", "utf8", "utf-16", "cp1252", "windows-1252", "iso-8859-15"}:
        raise Refused("encoding", named[:20])
    try:
        text = data.decode("utf-8-sig" if named in {"utf-8", "utf8"} else named)
    except UnicodeDecodeError as error:
        raise Refused("encoding", f"{named}, byte {error.start}") from error
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _check_tree(root: etree._Element) -> None:
    """Refuse a page that the parser itself cuts short, or that is deeper than people write."""
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > _MAX_DEPTH:
            raise Refused("too_deep")
        if count > _MAX_ELEMENTS:
            raise Refused("too_long", "elements")


def _main(root: etree._Element) -> etree._Element:
    """Return the element that holds the page's own text."""
    for path in ("//main", "//*[@role='main']", "//article", "//body"):
        found = root.xpath(path)
        if len(found) == 1:
            return found[0]
    return root


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self.lines: list[ParsedLine] = []
        self.hidden: list[Hidden] = []
        self.doubts: list[str] = []
        self.text: list[str] = []
        self.opens = "paragraph"
        self.box: int | None = None
        self.boxes = 0
        self.looks = Looks(root)

    def walk(self, element: etree._Element, box: int | None) -> None:
        """Take in an element and what is in it."""
        self.box = box
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child, box)
                self.box = box
            self._say(child.tail)

    def _visit(self, element: etree._Element, box: int | None) -> None:
        tag = str(element.tag).lower()
        if tag in _FRAMES:
            self.doubts.append("dropped_frame")
        if tag in _SKIPPED:
            marks_note = element.find(".//a") is not None or "[" in "".join(element.itertext())
            if tag == "sup" and not marks_note:
                self.walk(element, box)  # "m²"
            return
        if self.looks.hide(element):
            text = " ".join("".join(element.itertext()).split())
            if text:
                self.hidden.append(Hidden("style", text[:200]))
            return
        if tag == "br":
            self.text.append("\n")
        elif tag == "table":
            self.flush()
            self._put_table(element, box)
        elif tag in _BLOCKS:
            self.flush()
            if _is_box(element):
                self.boxes += 1
                box = self.boxes
            before = self.opens
            self.opens = self._kind(element, tag)
            if self.opens == "numbered" and tag == "li":
                self.text.append(_number(element))
            self.walk(element, box)
            self.flush()
            self.opens = before
        else:
            self.walk(element, box)

    def _kind(self, element: etree._Element, tag: str) -> str:
        if re.fullmatch(r"h[1-6]|summary|dt", tag):
            return "title" if tag == "h1" else "heading"
        if tag == "li":
            if _NOTE_ID.match(element.get("id") or "") or any(
                _NOTE_ID.search(a.get("class") or "") for a in element.iterancestors()
            ):
                return "note"
            above = [a.tag for a in element.iterancestors("ul", "ol")]
            if above[:1] == ["ol"]:
                return "numbered"
            return "sub_bullet" if len(above) > 1 else "bullet"
        if tag in {"p", "div", "aside"} and _NOTE_ID.search(element.get("class") or ""):
            return "note"
        if tag == "p" and self.opens in {"bullet", "sub_bullet", "numbered", "note"}:
            return self.opens
        if tag == "p" and _all_bold(element):
            return "heading"
        return "paragraph"

    def _say(self, text: str | None) -> None:
        if text:
            self.text.append(re.sub(r"\s+", " ", text))

    def flush(self) -> None:
        """End the block that is open."""
        parts = "".join(self.text).split("\n")
        self.text.clear()
        for part in parts:
            text = " ".join(part.split())
            if text:
                self.lines.append(ParsedLine(text, self.opens, None, self.box))

    def _put_table(self, table: etree._Element, box: int | None) -> None:
        rows = [
            [cell for cell in row if cell.tag in {"td", "th"}]
            for row in table.iter("tr")
            if next(row.iterancestors("table")) is table
        ]
        if all(len(row) <= 1 for row in rows):  # a frame around text
            self.boxes += 1
            for row in rows:
                for cell in row:
                    self.walk(cell, self.boxes)
                    self.flush()
            return
        if any(cell.get("rowspan", "1") != "1" for row in rows for cell in row):
            self.doubts.append("merged_cells")
        grid = [[part for cell in row for part in self._cell(cell)] for row in rows]
        texts, corner = write_rows(grid)
        self.doubts += ["unit_from_corner"] * corner
        self.lines += [ParsedLine(text, "row", None, box) for text in texts]

    def _cell(self, cell: etree._Element) -> list[str]:
        inner = _Reader.__new__(_Reader)
        inner.lines, inner.hidden, inner.doubts, inner.text = [], self.hidden, self.doubts, []
        inner.opens, inner.box, inner.boxes, inner.looks = "row", None, 0, self.looks
        if not self.looks.hide(cell):
            inner.walk(cell, None)
            inner.flush()
        span = cell.get("colspan", "1")
        wide = min(int(span), 100) if span.isdigit() else 1
        return [" ".join(line.text for line in inner.lines), *[""] * (wide - 1)]


def _number(item: etree._Element) -> str:
    """Return the number that a browser prints before an item."""
    above = item.getparent()
    start = "1" if above is None else above.get("start", "1")
    before = sum(1 for other in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdigit() else 1) + before}. "


def _is_box(element: etree._Element) -> bool:
    """True for the smallest element that holds "Boks 1" and more, but not the whole page."""
    if element.tag in {"body", "main", "article", "html"} or len(element) < 2:
        return False
    first = next((text for text in element.itertext() if text.strip()), "")
    return _BOX.match(first.strip()) is not None


def _all_bold(element: etree._Element) -> bool:
    text = "".join(element.itertext()).strip()
    bold = "".join("".join(b.itertext()) for b in element if b.tag in {"b", "strong"}).strip()
    return bool(text) and bold == text and len(text) < 160 and text[-1] not in ".:;,"
