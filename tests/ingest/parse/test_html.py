from pathlib import Path

import pytest

from ingest.parse.capped import parse

FILL = "<p>Parterne er enige om at afsætte 10 mio. kr. til formålet i 2027.</p>"


def read(inner: str, head: str = "") -> list[tuple[str | None, str]]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{FILL}{inner}</body></html>"
    lines = parse(Path("a.html"), page.encode(), "html").lines
    return [(line.opens, line.text) for line in lines[1:]]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<h2>Økonomi</h2><p>Et <b>fedt</b> ord</p>",
         [("heading", "Økonomi"), ("paragraph", "Et fedt ord")]),
        ("<p><strong>Bedre veje</strong></p>", [("heading", "Bedre veje")]),
        ("<ul><li>et<ul><li>under</li></ul></li><li><p>to</p></li></ul>",
         [("bullet", "et"), ("sub_bullet", "under"), ("bullet", "to")]),
        ("<ol start=3><li>tre</li><li>fire</li></ol>",
         [("numbered", "3. tre"), ("numbered", "4. fire")]),
        ("<p>en<br>to</p>", [("paragraph", "en"), ("paragraph", "to")]),
        ("<p>sundheds&shy;væsen&nbsp;nu</p>", [("paragraph", "sundhedsvæsen nu")]),
        ("<p>Note<sup><a href='#n1'>1</a></sup> og m<sup>2</sup></p>",
         [("paragraph", "Note og m2")]),
        ("<div class='footnotes'><ol><li id='fn1'>Jf. loven.</li></ol></div>",
         [("note", "Jf. loven.")]),
        ("<table><tr><th>Mia. kr.</th><th>2027</th></tr><tr><td>Veje</td><td>1,5</td></tr></table>",
         [("row", "Mia. kr. – 2027"), ("row", "Veje – 2027: 1,5 mia. kr.")]),
        ("<nav><p>Menu</p></nav><script>alert(1)</script><footer>Telefon</footer>", []),
        ("<p style='color:white;background:#036'>Kan læses</p>", [("paragraph", "Kan læses")]),
        ("<div style='background:#036'><p style='color:white'>Kan læses</p></div>",
         [("paragraph", "Kan læses")]),
        ("<table><tr bgcolor='#003366'><td><font color=white>Emne</font></td><td>2027</td></tr>"
         "<tr><td>Veje</td><td>35 mio. kr.</td></tr></table>",
         [("row", "Emne – 2027"), ("row", "Veje – 2027: 35 mio. kr.")]),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(inner: str, expected: list[tuple[str, str]]) -> None:
    assert read(inner) == expected


def test_a_frame_is_a_box() -> None:
    page = f"<html><body>{FILL}<div><h4>Boks 1</h4><p>Titel</p><p>Ind</p></div><p>Ud</p></body>"
    lines = parse(Path("a.html"), page.encode(), "html").lines
    assert [(line.text, line.box) for line in lines[1:]] == [
        ("Boks 1", 1), ("Titel", 1), ("Ind", 1), ("Ud", None),
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_letters_of_an_older_page(charset: str) -> None:
    page = f"<html><head><meta charset='{charset}'></head><body>{FILL}<p>Ærø på kø</p></body>"
    lines = parse(Path("a.html"), page.encode(charset), "html").lines
    assert lines[-1].text == "Ærø på kø"
