"""The page Tjek tal as a user meets it, on the real agreements."""

import csv
import io
import zipfile

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from chains import Sheet, errors, read_pasted, to_csv, tools_texts
from tests.views.pages import html_of, open_page

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
TEXT = "Regionerne bidrager med 400 mio. kr. til teknologi <img src=x>.\nGrundbidraget er 112 kr."


def check(text: str) -> AppTest:
    page = open_page("check")
    page.text_area[0].set_value(text)
    go = next(b for b in page.button if b.label == tools_texts.CHECK_GO)
    go.click().run()
    assert not page.exception
    return page


def test_each_number_has_colour_sign_and_word_and_leads_to_its_verdict() -> None:
    shown = html_of(check(TEXT))
    assert '<mark class="ok">400 mio. kr.<a href="#tal-1"><span aria-hidden="true">✓1' in shown
    assert "(står i aftalen; forklaring 1)" in shown
    assert '<mark class="off">112 kr.<a href="#tal-2"><span aria-hidden="true">✗2' in shown
    assert '<li id="tal-2">' in shown
    assert "✓ 1 står i aftalen" in shown
    assert "✗ 1 afviger" in shown
    assert "Aftalen siger 113 kr. pr. indbygger" in shown
    assert "/aftaler?id=oekonomiaftale-regioner-2021" in shown


def test_the_text_is_shown_as_typed_and_loads_nothing() -> None:
    shown = html_of(check(TEXT))
    assert "&lt;img src=x&gt;" in shown
    assert "<img" not in shown


def test_what_holds_can_be_left_out() -> None:
    page = check(TEXT)
    page.checkbox(key="check-only-off").check().run()
    shown = html_of(page)
    assert '<li id="tal-1">' not in shown
    assert '<li id="tal-2">' in shown


def test_clearing_leaves_an_empty_page() -> None:
    page = check(TEXT)
    next(b for b in page.button if b.label == tools_texts.CHECK_CLEAR).click().run()
    assert "<mark" not in html_of(page)
    assert page.text_area[0].value == ""


def test_no_text_no_numbers_and_too_much_text_are_told() -> None:
    assert check("  \n").warning[0].value == tools_texts.CHECK_EMPTY
    page = check("Kære kollega, tak for sidst.")
    assert page.info[0].value == tools_texts.CHECK_NONE
    assert "<mark" not in html_of(page)
    page = check("ord " * 2_001)
    assert "8.004" in page.warning[0].value
    assert "8.000" in page.warning[0].value
    assert page.text_area[0].value == "ord " * 2_001


def test_a_file_is_read_and_one_that_is_no_text_is_refused() -> None:
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("Kære alle. Her er et udkast til notatet om næste år. " * 9)
    document.add_paragraph("Grundbidraget er 112 kr.")
    document.save(made)
    page = open_page("check")
    page.file_uploader[0].upload("udkast.docx", made.getvalue(), "application/octet-stream")
    next(b for b in page.button if b.label == tools_texts.CHECK_GO).click().run()
    assert "✗ 1 afviger" in html_of(page)
    page = open_page("check")
    page.file_uploader[0].upload("udkast.txt", b"MZ\x90\x00\x03", "text/plain")
    next(b for b in page.button if b.label == tools_texts.CHECK_GO).click().run()
    assert "udkast.txt" in page.error[0].value
    assert "<mark" not in html_of(page)


def test_pasted_files_go_through_the_gate() -> None:
    assert read_pasted("a.txt", "Æble 5 kr.\n".encode("cp1252")) == "Æble 5 kr."
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 40_000_000)
    for name, data in (("a.docx", bomb.getvalue()), ("a.pdf", b"%PDF-1.4"), ("a.docx", b"x")):
        with pytest.raises(errors.SourceRefused):
            read_pasted(name, data)


def test_a_csv_file_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    written = to_csv(Sheet("", ("A", "B"), [("=1+1", "æ;ø")])).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert rows == [["A", "B"], ["'=1+1", "æ;ø"]]
