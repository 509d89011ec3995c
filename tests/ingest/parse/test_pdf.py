"""What a PDF's page looks like becomes what it says: columns, notes, heads, tables, hyphens."""

from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus.errors import SourceRefused
from ingest.parse.capped import parse
from ingest.parse.parsed import Parsed, ParsedLine
from ingest.parse.unseen import drop_unseen
from tests.bombs import pdf, pdf_with_content

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=8)


def lines(data: bytes) -> Parsed:
    return parse(Path("a.pdf"), data, "pdf")


def blocks(parsed: Parsed) -> list[tuple[str | None, str]]:
    """The blocks, their lines joined with a blank."""
    found: list[tuple[str | None, str]] = []
    for line in parsed.lines:
        if line.opens is None:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.text}")
        else:
            found.append((line.opens, line.text))
    return found


def write(canvas: Canvas, x: float, y: float, rows: list[str], size: float = 10) -> None:
    canvas.setFont("Helvetica", size)
    for i, row in enumerate(rows):
        canvas.drawString(x, y - 1.3 * size * i, row)


LEFT = [
    "Kommunerne og regionerne skal i den nye",
    "periode samarbejde tættere om den sam-",
    "lede indsats for borgerne. Det sker med de",
    "midler, som blev afsat i den sidste aftale,",
    "og som parterne er enige om at videreføre",
    "i de kommende år uden større ændringer.",
]
NOTES = ["finansloven", "kommunernes økonomi", "vejene", "broerne"]
RIGHT = [
    "Regeringen vil fremlægge et forslag til en",
    "ny model, som drøftes med parterne inden",
    "udgangen af året. Modellen skal være enkel",
    "og må ikke pålægge nogen flere opgaver end",
    "i dag, medmindre der følger penge med til",
    "opgaverne fra den første dag i perioden.",
]


def test_columns_are_read_one_after_the_other_below_a_wide_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 660, "En samlet overskrift tværs over begge spalter på siden")
        write(canvas, 60, 600, LEFT)
        write(canvas, 310, 600, RIGHT)

    found = blocks(lines(pdf(draw)))
    texts = [text for _, text in found]
    assert "En samlet overskrift tværs over begge spalter på siden" in texts
    assert " ".join(LEFT) in " ".join(texts)
    assert " ".join(RIGHT) in " ".join(texts)
    assert " ".join(texts).index(LEFT[-1]) < " ".join(texts).index(RIGHT[0])


def test_heads_page_numbers_and_notes_stay_out_of_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            canvas.showPage()
            write(canvas, 60, 800, [f"Økonomiaftale for 2027, udgave {page}"], 8)
            write(canvas, 290, 30, [f"Side {page} af 4"], 8)
            write(
                canvas,
                60,
                600,
                [
                    f"Her går side {page} i gang med en sætning, der er lang nok",
                    "til at fylde linjen og som derfor fortsætter uden at slutte på",
                ],
            )
            write(canvas, 60, 80, [f"{page} Jf. aftalen om {NOTES[page - 1]} for det samme år."], 7)

    found = blocks(lines(pdf(draw)))
    text = "\n".join(text for _, text in found)
    assert "udgave" not in text
    assert "Side 1 af 4" not in text
    notes = [text for kind, text in found if kind == "note"]
    assert len(notes) == 4
    assert notes[0].endswith("Jf. aftalen om finansloven for det samme år.")


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_becomes_rows_with_their_headings(tmp_path: Path, ruled: bool) -> None:
    path = tmp_path / "a.pdf"
    table = Table(
        [["Mio. kr.", "2027", "2028"], ["Kommuner", "35,0", "203,9"], ["Regioner", "15", "25"]],
        colWidths=[120, 80, 80],
        style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []),
    )
    text = "Parterne er enige om denne fordeling af midlerne i de to år:"
    SimpleDocTemplate(str(path), invariant=True).build([Paragraph(text, BODY), table])
    parsed = lines(path.read_bytes())
    assert [line.text for line in parsed.lines if line.opens == "row"] == [
        "Mio. kr. – 2027 – 2028",
        "Kommuner – 2027: 35,0 mio. kr.; 2028: 203,9 mio. kr.",
        "Regioner – 2027: 15 mio. kr.; 2028: 25 mio. kr.",
    ]
    assert "unit_from_corner:1" in parsed.doubts


def test_white_on_a_dark_ground_is_no_hidden_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(50, 580, 400, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 595, "Dette kan alle læse")

    parsed = lines(pdf(draw))
    assert not parsed.hidden
    assert "Dette kan alle læse" in " ".join(line.text for line in parsed.lines)


def test_a_page_printed_sideways_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.showPage()
        canvas.rotate(90)
        for i, row in enumerate(LEFT):
            canvas.drawString(60, -100 - 14 * i, row)

    parsed = lines(pdf(draw))
    second = " ".join(line.text for line in parsed.lines if line.page == 2)
    assert second == " ".join(LEFT)
    assert not parsed.hidden


def test_pages_are_told_and_an_empty_one_named() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.showPage()
        canvas.showPage()
        write(canvas, 60, 700, LEFT)

    parsed = lines(pdf(draw))
    assert {line.page for line in parsed.lines} == {1, 3}
    assert parsed.pages == 3
    assert parsed.doubts == ("empty_page:2",)


def test_a_font_without_letters_is_refused() -> None:
    font = (
        b"<</Font<</F1 <</Type/Font/Subtype/Type0/BaseFont/Ukendt/Encoding/Identity-H"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Ukendt"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Ukendt/Flags 4>> >>]>> >> >>"
    )
    words = b" ".join(b"<0041004200430044> Tj 0 -14 Td" for _ in range(40))
    with pytest.raises(SourceRefused) as caught:
        lines(pdf_with_content(b"BT /F1 10 Tf 60 700 Td " + words + b" ET", font))
    assert caught.value.reason in {"font", "no_text"}


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("\ufb01nansiering af veje", "finansiering af veje"),
        ("a\u030aret efter", "året efter"),
        ("sundheds\u00advæsen", "sundhedsvæsen"),
        ("COVID\u201119", "COVID-19"),
    ],
)
def test_printers_letters_become_plain_ones(printed: str, read: str) -> None:
    kept, hidden = drop_unseen([ParsedLine(printed, "paragraph")])
    assert [line.text for line in kept] == [read]
    assert not hidden
