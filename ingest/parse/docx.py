"""DOCX bytes -> blocks: paragraphs by style, list items by numbering, tables by rows, notes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

from ingest.parse.docx_numbers import Numbering, number_of
from ingest.parse.package import check_package, parse_xml
from ingest.parse.parsed import Hidden, Parsed, ParsedLine, Refused
from ingest.parse.tables import write_rows
from ingest.parse.unseen import drop_unseen

_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])?", re.IGNORECASE)
_HEADING_MAX = 160
_TINY_HALF_POINTS = 6
_WHITE = 0xF0
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"),
}  # fmt: skip


def parse_docx(data: bytes, start_step: Callable[[], None]) -> Parsed:
    """Return a DOCX file as lines, one a block.

    Raises:
        Refused: as for `check_package`, and damaged.
    """
    check_package(data, start_step)
    start_step()
    try:
        reader = _Reader(data)
    except (OpcError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise Refused("damaged", str(error)[:60]) from error
    reader.read_body()
    kept, unseen = drop_unseen(reader.lines)
    return Parsed(tuple(kept), (*reader.hidden, *unseen), tuple(reader.doubts))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self.lines: list[ParsedLine] = []
        self.hidden: list[Hidden] = []
        self.doubts: list[str] = []
        self.boxes = 0
        self.numbering = Numbering(self.document)
        self.notes = _read_notes(data)
        self.run_styles = [
            (style.find(qn("w:rPr")), style.get(qn("w:styleId")))
            for style in self.document.styles.element.iter(qn("w:style"))
        ]
        self.due: list[str] = []

    def read_body(self) -> None:
        """Walk the body in its order."""
        self._walk(self.document.element.body, None)
        self._put_notes()

    def _walk(self, parent: etree._Element, box: int | None) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._put_paragraph(child, box)
            elif child.tag == qn("w:tbl"):
                self._put_table(child, box)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                self._walk(child, box)

    def _put_paragraph(self, element: etree._Element, box: int | None) -> None:
        styles = self._styles(element)
        text, bold = self._text(element, styles)
        for inner in element.iter(qn("w:txbxContent")):
            if not any(above.tag in _SKIPPED for above in inner.iterancestors()):
                self.boxes += 1
                self._walk(inner, self.boxes)
        if not text.strip():
            return
        text = self.numbering.print_before(element, [style.element for style in styles]) + text
        kind = self._kind(element, styles, text, bold)
        if kind == "heading":
            self._put_notes()
        for i, part in enumerate(text.split("\n")):
            if part.strip():
                opens = kind if i == 0 or kind == "heading" else "paragraph"
                self.lines.append(ParsedLine(part.strip(), opens, None, box))
        if box is None and kind != "heading":
            self._put_notes()

    def _styles(self, element: etree._Element) -> list[ParagraphStyle]:
        """Return the style of a paragraph and those that it is made from."""
        style = Paragraph(element, self.document._body).style
        styles: list[ParagraphStyle] = []
        while isinstance(style, ParagraphStyle) and len(styles) < 10:
            styles.append(style)
            style = style.base_style
        return styles

    def _kind(
        self, element: etree._Element, styles: list[ParagraphStyle], text: str, bold: bool
    ) -> str:
        names = [str(style.name or "") for style in styles] or [""]
        if any(name.lower() in {"title", "titel"} for name in names[:1]):
            return "title"
        if any(_HEADING.match(name) for name in names):
            return "heading"
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        listed = numbering is not None or any(n.startswith(("List", "Opstilling")) for n in names)
        if listed:
            return self._item(numbering, names[0])
        if bold and len(text) < _HEADING_MAX and not text.rstrip().endswith((".", ":", ";", ",")):
            return "heading"
        return "paragraph"

    def _item(self, numbering: etree._Element | None, style: str) -> str:
        number, level = number_of(numbering)
        if number == "0":
            return "paragraph"
        if self.numbering.is_numbered(number, level) or (number is None and "Number" in style):
            return "numbered"
        return "sub_bullet" if level > 0 or style.endswith((" 2", " 3")) else "bullet"

    def _text(
        self, element: etree._Element, styles: Sequence[ParagraphStyle] = ()
    ) -> tuple[str, bool]:
        """Return (what can be seen of a paragraph, whether all of it is bold)."""
        inherited = [style.element.find(qn("w:rPr")) for style in styles]
        parts: list[str] = []
        heavy = seen = 0
        for run in _runs(element):
            properties = run.find(qn("w:rPr"))
            text = "".join(self._pieces(run))
            looks = [properties, self._run_style(properties), *inherited]
            if how := _why_hidden([look for look in looks if look is not None], element):
                if text.strip():
                    self.hidden.append(Hidden(how, text.strip()[:200]))
                continue
            parts.append(text)
            seen += len(text.strip())
            heavy += len(text.strip()) if _is_on(properties, "w:b") else 0
        return "".join(parts), seen > 0 and heavy == seen

    def _run_style(self, properties: etree._Element | None) -> etree._Element | None:
        """Return what the named style of a run looks like, None where it has none."""
        named = None if properties is None else properties.find(qn("w:rStyle"))
        if named is None:
            return None
        name = named.get(qn("w:val"))
        return next((look for look, style in self.run_styles if style == name), None)

    def _pieces(self, run: etree._Element) -> Iterator[str]:
        for piece in run:
            if piece.tag == qn("w:t"):
                yield piece.text or ""
            elif piece.tag in {qn("w:tab"), qn("w:ptab")}:
                yield " "
            elif piece.tag in {qn("w:br"), qn("w:cr")}:
                yield "\n" if piece.get(qn("w:type")) is None else " "
            elif piece.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif piece.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                note = self.notes.pop((piece.tag.rpartition("}")[2][:7], piece.get(qn("w:id"))), "")
                if note:
                    self.due.append(note)

    def _put_notes(self) -> None:
        self.lines += [ParsedLine(note, "note") for note in self.due]
        self.due.clear()

    def _put_table(self, table: etree._Element, box: int | None) -> None:
        rows = [
            [cell for cell in row.iter(qn("w:tc")) if _owner(cell, qn("w:tr")) is row]
            for row in table.iter(qn("w:tr"))
            if _owner(row, qn("w:tbl")) is table
        ]
        if all(len(row) == 1 for row in rows):  # a frame around text
            self.boxes += 1
            for row in rows:
                self._walk(row[0], self.boxes)
            return
        if any(cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
               for row in rows for cell in row):  # fmt: skip
            self.doubts.append("merged_cells")
        grid = [[part for cell in row for part in self._cell(cell)] for row in rows]
        texts, corner = write_rows(grid)
        self.doubts += ["unit_from_corner"] * corner
        self.lines += [ParsedLine(text, "row", None, box) for text in texts]

    def _cell(self, cell: etree._Element) -> list[str]:
        """Return the text of a cell, empty ones behind it where it spans several columns."""
        paragraphs = list(cell.iter(qn("w:p")))
        text = " ".join(self._text(p, self._styles(p))[0] for p in paragraphs).strip()
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        wide = int(span.get(qn("w:val"), "1")) if span is not None else 1
        return [text, *[""] * (min(wide, 100) - 1)]


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, not those deleted, doubled or in a text box."""
    for child in element:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _runs(child)


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(iter(element.iterancestors(tag)), None)


def _is_on(properties: etree._Element | None, name: str) -> bool:
    flag = None if properties is None else properties.find(qn(name))
    return flag is not None and flag.get(qn("w:val")) not in {"0", "false", "off", "none"}


def _why_hidden(looks: Sequence[etree._Element], paragraph: etree._Element) -> str:
    """Say why a run cannot be seen, by its own look or its styles'; empty where it can."""

    def find(name: str) -> etree._Element | None:
        return next((one for look in looks if (one := look.find(qn(name))) is not None), None)

    for name in ("w:vanish", "w:webHidden"):
        flag = find(name)
        if flag is not None and flag.get(qn("w:val")) not in {"0", "false", "off", "none"}:
            return "style"
    size, color = find("w:sz"), find("w:color")
    if size is not None and float(size.get(qn("w:val"), "20")) < _TINY_HALF_POINTS:
        return "tiny"
    value = "" if color is None else str(color.get(qn("w:val"), ""))
    if re.fullmatch("[0-9A-Fa-f]{6}", value) and not _is_dark(find("w:shd"), paragraph):
        parts = [int(value[i : i + 2], 16) for i in (0, 2, 4)]
        return "invisible" if min(parts) >= _WHITE else ""
    return ""


def _is_dark(ground: etree._Element | None, paragraph: etree._Element) -> bool:
    """True for text on a coloured ground: that of its run, its paragraph or its cell."""
    grounds = [ground, paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}")]
    cells = paragraph.iterancestors(qn("w:tc"))
    grounds += [cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}") for cell in cells]
    fills = [str(one.get(qn("w:fill"), "auto")).upper() for one in grounds if one is not None]
    return any(fill not in {"AUTO", "FFFFFF"} for fill in fills)


def _read_notes(data: bytes) -> dict[tuple[str, str | None], str]:
    """Return the text of each footnote and endnote by its id."""
    notes: dict[tuple[str, str | None], str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for kind in ("footnote", "endnote"):
            name = f"word/{kind}s.xml"
            if name not in package.namelist():
                continue
            for note in parse_xml(package.read(name)):
                if note.get(qn("w:type")) is None:
                    text = "".join(t.text or "" for t in note.iter(qn("w:t"))).strip()
                    notes[(kind[:7], note.get(qn("w:id")))] = text
    return notes
