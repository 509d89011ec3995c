"""PDF, DOCX and HTML editions of an agreement whose text is known, made anew for each run.

They carry what a printed agreement has and its text has not: page heads, page numbers, footnotes,
divided words, columns, frames.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from corpus.models import Agreement, BlockKind
from ingest.structure import structure

HEADINGS = {BlockKind.CHAPTER, BlockKind.HEADING, BlockKind.ANNEX}
NOTE_EVERY = 9


@dataclass(frozen=True)
class Piece:
    """A block of an agreement as it is to be printed, without its list mark."""

    kind: BlockKind
    text: str
    box: int | None


def pieces(agreement: Agreement) -> list[Piece]:
    """Return the blocks of an agreement with the box that each stands in."""
    boxed: set[int] = set()
    for section, blocks in structure(agreement):
        if section.kind.value == "box":
            boxed |= set(blocks)
    found: list[Piece] = []
    box = 0
    for i, block in enumerate(agreement.blocks):
        text = agreement.text[block.start : block.end]
        if block.kind in {BlockKind.BULLET, BlockKind.SUB_BULLET}:
            text = text[2:]
        if block.kind is BlockKind.BOX:
            box += 1
        inside = block.kind in {BlockKind.BOX, BlockKind.BOX_TITLE} or i in boxed
        found.append(Piece(block.kind, text, box if inside else None))
    return found


def cells(row: str) -> list[str]:
    """Part a row of the agreements' tables, which all have two columns, into its cells."""
    if row[:1].isdigit():
        first, _, rest = row.partition(" ")
        return [first, rest]
    return re.split(r" (?=[A-ZÆØÅ])", row, maxsplit=1)


def note_text(number: int) -> str:
    return f"Jf. den politiske aftale, hvortil der henvises i note {'abcdefghij'[number % 10]}."


# --- PDF ---------------------------------------------------------------------------------------


def to_pdf(
    agreement: Agreement, *, columns: int = 1, heads: bool = True, size: float = 10.0
) -> bytes:
    """Print an agreement, with `heads` also page heads, page numbers and footnotes.

    `size` is the body's, in points.
    """
    buffer = io.BytesIO()
    width, height = A4
    margin, foot = 56.0, 90.0
    inner = width - 2 * margin
    gap = 20.0
    column = (inner - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + i * (column + gap), foot, column, height - foot - 80, 0, 0, 0, 0)
        for i in range(columns)
    ]

    def decorate(canvas: Any, document: Any) -> None:
        if not heads:
            return
        canvas.saveState()
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(margin, height - 40, agreement.head.title[:80])
        canvas.drawCentredString(width / 2, 30, f"Side {document.page}")
        canvas.line(margin, foot - 8, margin + 100, foot - 8)
        canvas.setFont("Helvetica", 5)
        canvas.drawString(margin, foot - 17, str(document.page))
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(margin + 4, foot - 20, note_text(document.page))
        canvas.restoreState()

    document = BaseDocTemplate(buffer, pagesize=A4, title=agreement.head.title, invariant=True)
    document.addPageTemplates([PageTemplate("page", frames, onPage=decorate)])
    document.build(_flow(agreement, column, heads, size))
    return buffer.getvalue()


def _styles(size: float) -> dict[BlockKind, ParagraphStyle]:
    body = ParagraphStyle(
        "body", fontName="Helvetica", fontSize=size, leading=1.3 * size, spaceAfter=8,
        alignment=TA_JUSTIFY, hyphenationLang="da_DK", uriWasteReduce=0,
    )  # fmt: skip
    heading = ParagraphStyle("heading", body, fontName="Helvetica-Bold", alignment=0,
                             spaceBefore=8, hyphenationLang="")  # fmt: skip
    chapter = ParagraphStyle("chapter", heading, fontSize=14, leading=17)
    item = ParagraphStyle("item", body, leftIndent=16, bulletIndent=2, spaceAfter=4)
    deeper = ParagraphStyle("deeper", item, leftIndent=34, bulletIndent=20)
    small = ParagraphStyle("small", body, fontSize=8, leading=10)
    return {
        BlockKind.CHAPTER: chapter, BlockKind.ANNEX: chapter, BlockKind.HEADING: heading,
        BlockKind.BOX: heading, BlockKind.BOX_TITLE: heading, BlockKind.PARAGRAPH: body,
        BlockKind.BULLET: item, BlockKind.SUB_BULLET: deeper, BlockKind.NUMBERED: body,
        BlockKind.NOTE: small, BlockKind.ROW: body,
    }  # fmt: skip


def _flow(agreement: Agreement, width: float, notes: bool, size: float) -> list[Flowable]:
    styles = _styles(size)
    flow: list[Flowable] = [
        Paragraph(html.escape(agreement.head.title),
                  ParagraphStyle("title", styles[BlockKind.CHAPTER], fontSize=20, leading=24)),
    ]  # fmt: skip
    for box, group in groupby(_without_title(agreement), key=lambda piece: piece.box):
        inside = width - 16 if box else width
        flowables = _print(list(group), styles, inside, notes and box is None)
        if box is None:
            flow += flowables
        else:
            flow.append(Table(
                [[flowable] for flowable in flowables], colWidths=[width],
                style=TableStyle([("BOX", (0, 0), (-1, -1), 0.7, colors.black),
                                  ("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#e8eef4"))]),
                spaceBefore=6, spaceAfter=10,
            ))  # fmt: skip
    return flow


def _without_title(agreement: Agreement) -> list[Piece]:
    """Leave out the title where the text has it: each edition prints it from the head."""
    found = pieces(agreement)
    return found[1:] if agreement.head.title.startswith(found[0].text[:30]) else found


def _print(
    group: Sequence[Piece], styles: dict[BlockKind, ParagraphStyle], width: float, notes: bool
) -> list[Flowable]:
    flow: list[Flowable] = []
    count = 0
    for is_row, run in groupby(group, key=lambda piece: piece.kind is BlockKind.ROW):
        if is_row:
            rows = [[Paragraph(html.escape(cell), styles[BlockKind.BULLET])
                     for cell in cells(piece.text)] for piece in run]  # fmt: skip
            lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey)])
            flow.append(Table(rows, colWidths=[width / 2 - 10] * 2, style=lines))
            continue
        for piece in run:
            text = html.escape(piece.text)
            count += piece.kind is BlockKind.PARAGRAPH
            if notes and piece.kind is BlockKind.PARAGRAPH and count % NOTE_EVERY == 0:
                text += f"<super size=6>{count // NOTE_EVERY}</super>"
            mark = {BlockKind.BULLET: "•", BlockKind.SUB_BULLET: "o"}.get(piece.kind)
            flow.append(Paragraph(text, styles[piece.kind], bulletText=mark))
    return flow


# --- DOCX --------------------------------------------------------------------------------------


def to_docx(agreement: Agreement) -> bytes:
    """Write an agreement as Word does: styles, lists, frames as tables of one cell."""
    document = docx.Document()
    document.core_properties.title = agreement.head.title
    document.sections[0].header.paragraphs[0].text = agreement.head.title
    document.add_paragraph(agreement.head.title, style="Title")
    for box, group in groupby(_without_title(agreement), key=lambda piece: piece.box):
        target: Any = document
        if box is not None:
            target = document.add_table(1, 1, style="Table Grid").cell(0, 0)
        for is_row, run in groupby(group, key=lambda piece: piece.kind is BlockKind.ROW):
            if is_row:
                rows = [cells(piece.text) for piece in run]
                table = target.add_table(len(rows), 2)
                for row, texts in zip(table.rows, rows, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
                continue
            for piece in run:
                _write(target, piece)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write(target: Any, piece: Piece) -> None:
    styles = {
        BlockKind.CHAPTER: "Heading 1",
        BlockKind.ANNEX: "Heading 1",
        BlockKind.HEADING: "Heading 2",
        BlockKind.BULLET: "List Bullet", BlockKind.SUB_BULLET: "List Bullet 2",
    }  # fmt: skip
    paragraph = target.add_paragraph(style=styles.get(piece.kind))
    words = piece.text.split(" ")
    half = len(words) // 2  # Word parts a paragraph into runs as it likes
    paragraph.add_run(" ".join(words[:half]) + " " * bool(half))
    paragraph.add_run(" ".join(words[half:]))
    if piece.kind in {BlockKind.BOX, BlockKind.BOX_TITLE}:
        for run in paragraph.runs:
            run.bold = True
    if piece.kind is BlockKind.PARAGRAPH and len(words) > 60:
        mark = OxmlElement("w:softHyphen")
        paragraph.runs[0]._r.append(mark)
        assert mark.tag == qn("w:softHyphen")


# --- HTML --------------------------------------------------------------------------------------


def to_html(agreement: Agreement) -> bytes:
    """Write an agreement as a page of a ministry, with menu, style sheet and foot."""
    parts = [
        "<!DOCTYPE html><html lang='da'><head><meta charset='utf-8'>",
        f"<title>{html.escape(agreement.head.title)}</title>",
        "<style>.boks{background:#eef} nav a{color:#036}</style></head><body>",
        "<header><nav><a href='/'>Forside</a> <a href='/aftaler'>500 aftaler</a></nav></header>",
        f"<main><h1>{html.escape(agreement.head.title)}</h1>",
    ]
    for box, group in groupby(_without_title(agreement), key=lambda piece: piece.box):
        inner = "".join(
            _list(kind, list(run)) for kind, run in groupby(group, key=lambda piece: piece.kind)
        )
        parts.append(inner if box is None else f"<div class='boks'>{inner}</div>")
    parts.append("</main><footer>Telefon 72 26 90 00</footer></body></html>")
    return "\n".join(parts).encode()


def _list(kind: BlockKind, run: list[Piece]) -> str:
    escaped = [html.escape(piece.text) for piece in run]
    texts = [text.replace("sundhedsvæsen", "sundheds&shy;væsen") for text in escaped]
    if kind is BlockKind.ROW:
        rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in cells(p.text)) for p in run]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    if kind is BlockKind.BULLET:
        return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
    if kind is BlockKind.SUB_BULLET:
        items = "".join(f"<li>{text}</li>" for text in texts)
        return f"<ul><li style='list-style:none'><ul>{items}</ul></li></ul>"
    if kind is BlockKind.NUMBERED:
        items = "".join(f"<li>{text.partition(' ')[2]}</li>" for text in texts)
        return f"<ol>{items}</ol>"
    tag = {BlockKind.CHAPTER: "h2", BlockKind.ANNEX: "h2", BlockKind.HEADING: "h3",
           BlockKind.BOX: "h4", BlockKind.BOX_TITLE: "h4"}.get(kind, "p")  # fmt: skip
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)
