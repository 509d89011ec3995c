"""Real footnotes in a Word file, which python-docx has no words for."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as Note
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)
_NOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
    '<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r>'
    '<w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


class Footnotes:
    """The footnotes of one document, numbered in the order in which they are added."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a reference at the end of a paragraph and return its number."""
        self._texts.append(text)
        number = len(self._texts)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)
        return number

    def attach(self, note: Note) -> None:
        """Write the footnotes into the document."""
        style = note.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = note.styles["Normal"]
        style.font.size = Pt(9)
        notes = "".join(
            _NOTE.format(number=number, text=escape(text))
            for number, text in enumerate(self._texts, 1)
        )
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>'
        blob = f"{xml}{_RULES}{notes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, note.part.package)
        note.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
