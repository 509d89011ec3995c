import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from ingest.parse.capped import parse
from tests.bombs import document, repack


def read(change: Callable[[Any], None]) -> list[tuple[str | None, str, int | None]]:
    lines = parse(Path("a.docx"), document(change), "docx").lines
    return [(line.opens, line.text, line.box) for line in lines[1:]]


def headings(made: Any) -> None:
    made.add_paragraph("Om vejene", style="Title")
    made.add_paragraph("Økonomi", style="Heading 1")
    made.add_paragraph().add_run("Drift").bold = True
    made.add_paragraph().add_run("En fed sætning.").bold = True


def lists(made: Any) -> None:
    made.add_paragraph("punkt", style="List Bullet")
    made.add_paragraph("under", style="List Bullet 2")
    made.add_paragraph("første", style="List Number")
    made.add_paragraph("anden", style="List Number")


def table(made: Any) -> None:
    rows = [["Mio. kr.", "2027", "2028"], ["Veje", "35", "40,5"]]
    made_table = made.add_table(2, 3)
    for row, texts in zip(made_table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def box(made: Any) -> None:
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "Boks 1"
    cell.add_paragraph("Indhold")
    made.add_paragraph("Bagefter")


def tracked(made: Any) -> None:
    paragraph = made.add_paragraph("Der afsættes ")
    for tag, text in (("del", "90"), ("ins", "35")):
        kind = "delText" if tag == "del" else "t"
        paragraph._p.append(parse_xml(
            f"<w:{tag} {nsdecls('w')}><w:r><w:{kind}>{text}</w:{kind}></w:r></w:{tag}>"
        ))  # fmt: skip
    paragraph.add_run(" mio. kr.")


def white_on_dark(made: Any) -> None:
    cell = made.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].add_run("Kan læses").font.color.rgb = RGBColor(255, 255, 255)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} w:fill='003366'/>"))


def numbered_headings(made: Any) -> None:
    """As with a list that the heading style belongs to; the numbers are in no text."""
    style = made.styles["List Number"].element.find(qn("w:pPr")).find(qn("w:numPr"))
    for name, level in (("Økonomi", 1), ("Veje", 1)):
        heading = made.add_heading(name, level)
        heading._p.get_or_add_pPr().append(copy.deepcopy(style))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (headings, [("title", "Om vejene", None), ("heading", "Økonomi", None),
                    ("heading", "Drift", None), ("paragraph", "En fed sætning.", None)]),
        (lists, [("bullet", "punkt", None), ("sub_bullet", "under", None),
                 ("numbered", "1. første", None), ("numbered", "2. anden", None)]),
        (table, [("row", "Mio. kr. – 2027 – 2028", None),
                 ("row", "Veje – 2027: 35 mio. kr.; 2028: 40,5 mio. kr.", None)]),
        (box, [("paragraph", "Boks 1", 1), ("paragraph", "Indhold", 1),
               ("paragraph", "Bagefter", None)]),
        (white_on_dark, [("row", "Kan læses", None)]),
        (numbered_headings, [("heading", "1. Økonomi", None), ("heading", "2. Veje", None)]),
        (tracked, [("paragraph", "Der afsættes 35 mio. kr.", None)]),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(
    change: Callable[[Any], None], expected: list[tuple[str, str, int | None]]
) -> None:
    assert read(change) == expected


def test_a_note_follows_its_paragraph() -> None:
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='0'/>"
        "<w:footnote w:id='1'><w:p><w:r><w:t>Jf. vejloven.</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    mark = b"<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    data = repack(
        {"word/footnotes.xml": notes.encode()},
        lambda name, part: part.replace(b"</w:p>", mark) if name == "word/document.xml" else part,
    )
    lines = parse(Path("a.docx"), data, "docx").lines
    assert [line.opens for line in lines] == ["paragraph", "note"]
    assert lines[1].text == "Jf. vejloven."
