"""Answers -> a note in Word, ready for filing: real headings, real footnotes, Danish throughout.

Each mark of an answer becomes a footnote that names the source; the quotes stand word for word
below the answer under the same numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as Note
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from chains.note_footnotes import Footnotes
from corpus import chat_texts as said
from corpus import texts
from corpus.calculation import Calculation
from corpus.conversation import Exchange
from corpus.models import Agreement, Answer, Citation, Head

_LANGUAGE = "da-DK"
_PART = re.compile(r"(\*\*.+?\*\*|\s?\[\d+\])")
_CONTROL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INK = RGBColor(0x1B, 0x27, 0x30)


def write_note(
    title: str, exchanges: Sequence[Exchange], agreements: Sequence[Agreement], made: dt.datetime
) -> bytes:
    """Return a Word file with the questions and answers; a calculator's answer is one as well.

    Args:
        title: Of the conversation or the question.
        exchanges: At least one.
        agreements: For titles and dates.
        made: When it is taken out.
    """
    note = _new(title, made)
    writer = _Writer(note, {agreement.id: agreement.head for agreement in agreements})
    versions = dict.fromkeys(e.answer.corpus_version for e in exchanges)
    note.add_paragraph(_clean(said.NOTE_TITLE.format(title=title)), style="Title")
    writer.facts((said.NOTE_MADE, said.when(made)), (said.NOTE_COUNT, str(len(exchanges))),
                 (said.NOTE_VERSION, ", ".join(versions)))  # fmt: skip
    note.add_paragraph(said.NOTE_ABOUT)
    for exchange in exchanges:
        writer.exchange(exchange)
    writer.footnotes.attach(note)
    out = io.BytesIO()
    note.save(out)
    return out.getvalue()


class _Writer:
    """Writes answers at the end of a note; numbers its footnotes from 1."""

    def __init__(self, note: Note, heads: Mapping[str, Head]) -> None:
        self.footnotes = Footnotes()
        self._note, self._heads = note, heads

    def exchange(self, exchange: Exchange) -> None:
        """Write one question with its answer and all that it rests on."""
        answer, note = exchange.answer, self._note
        note.add_heading(_clean(exchange.question), 1)
        facts = [(said.NOTE_ASKED, said.when(exchange.asked))]
        if answer.standalone_question != answer.question:
            facts.append((said.NOTE_READ_AS, answer.standalone_question))
        facts += [(said.NOTE_HOW, said.how_made(answer)),
                  (said.NOTE_VERSION, answer.corpus_version)]  # fmt: skip
        self.facts(*facts)
        note.add_heading(said.NOTE_ANSWER, 2)
        numbers = self._answer(answer)
        if answer.calculation is not None:
            self._calculation(answer.calculation)
        if answer.citations:
            note.add_heading(said.NOTE_CITED, 2)
            for citation in answer.citations:
                self._citation(citation, numbers)
        if answer.notes:
            note.add_heading(said.NOTE_NOTES, 2)
            for line in answer.notes:
                note.add_paragraph(_clean(line), style="List Bullet")

    def facts(self, *facts: tuple[str, str]) -> None:
        """Write lines of a name in bold and what it is."""
        for name, value in facts:
            paragraph = self._note.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(_clean(value))

    def _answer(self, answer: Answer) -> dict[int, int]:
        """Write the text; return the footnote's number for each marker."""
        cited = {citation.marker: citation for citation in answer.citations}
        numbers: dict[int, int] = {}
        for block in answer.text.split("\n\n"):
            lines = block.split("\n")
            bullets = all(line.startswith("- ") for line in lines)
            for line in lines:
                style = "List Bullet" if bullets else None
                paragraph = self._note.add_paragraph(style=style)
                self._line(paragraph, line[2:] if bullets else line, cited, numbers)
        return numbers

    def _line(
        self,
        paragraph: Paragraph,
        line: str,
        cited: Mapping[int, Citation],
        numbers: dict[int, int],
    ) -> None:
        for part in _PART.split(_clean(line)):
            mark = int(part.strip()[1:-1]) if re.fullmatch(r"\s?\[\d+\]", part) else 0
            if mark in numbers:
                run = paragraph.add_run(str(numbers[mark]))
                run.font.superscript = True
            elif mark in cited:
                source = self._source(cited[mark])
                numbers[mark] = self.footnotes.add(paragraph, _clean(source))
            elif part.startswith("**") and part.endswith("**") and len(part) > 4:
                paragraph.add_run(part[2:-2]).bold = True
            elif part:
                paragraph.add_run(part)

    def _citation(self, citation: Citation, numbers: dict[int, int]) -> None:
        source = self._source(citation)
        paragraph = self._note.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        if citation.marker not in numbers:  # not marked in the text: its footnote is here
            paragraph.add_run(_clean(source))
            numbers[citation.marker] = self.footnotes.add(paragraph, _clean(source))
        else:
            paragraph.add_run(f"{numbers[citation.marker]}. ").bold = True
            paragraph.add_run(_clean(source))
        self._note.add_paragraph(f"„{_clean(citation.quote)}“", style="Quote")

    def _source(self, citation: Citation) -> str:
        return source_of(citation, self._heads.get(citation.agreement_id))

    def _calculation(self, work: Calculation) -> None:
        note = self._note
        note.add_heading(said.NOTE_CALCULATION, 2)
        note.add_paragraph(_clean(work.title))
        self.facts((said.NOTE_READ_AS, work.read_as), (said.NOTE_FORMULA, work.formula))
        note.add_heading(said.NOTE_STEPS, 3)
        for step in work.steps:
            note.add_paragraph(_clean(step), style="List Bullet")
        self._table(said.NOTE_INPUTS, [
            (one.name, one.display, said.NOTE_SOURCES[one.source]) for one in work.inputs
        ])  # fmt: skip
        self.facts((said.NOTE_RESULT, work.result.display))
        if work.rows:
            note.add_heading(said.NOTE_ROWS, 3)
            self._table(said.NOTE_ROW, [(row.label, row.display) for row in work.rows])
        if work.assumptions:
            note.add_heading(said.NOTE_ASSUMPTIONS, 3)
            for one in work.assumptions:
                note.add_paragraph(_clean(one), style="List Bullet")

    def _table(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        table = self._note.add_table(rows=1, cols=len(names), style="Table Grid")
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)  # a header that screen readers tell
        for cell, name in zip(table.rows[0].cells, names, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = _clean(value)
        self._note.add_paragraph().paragraph_format.space_after = Pt(2)


def source_of(citation: Citation, head: Head | None) -> str:
    """Return the source of a quote in full: agreement, date, section, page, place, version."""
    where = said.place(citation.section, citation.page, citation.start, citation.end)
    date = head.date if head else None
    return said.cited(citation.agreement_title, date, where, citation.agreement_version)


def with_references(answer: Answer, agreements: Sequence[Agreement]) -> str:
    """Return an answer as plain text with its sources below, to paste into a mail."""
    heads = {agreement.id: agreement.head for agreement in agreements}
    plain = re.sub(r"\*\*(.+?)\*\*", r"\1", answer.text)
    if not answer.citations:
        return plain
    sources = [f"[{c.marker}] {source_of(c, heads.get(c.agreement_id))}" for c in answer.citations]
    return "\n".join([plain, "", texts.CHAT_SOURCES + ":", *sources])


def footnotes(answer: Answer, agreements: Sequence[Agreement]) -> str:
    """Return a footnote for each quote of an answer: the words and where they stand."""
    heads = {agreement.id: agreement.head for agreement in agreements}
    return "\n".join(
        f"{c.marker}. „{c.quote}“ {source_of(c, heads.get(c.agreement_id))}"
        for c in answer.citations
    )


def _new(title: str, made: dt.datetime) -> Note:
    """Return an empty note: A4, Danish, named, with page numbers."""
    note = Document()
    page = note.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    known = note.core_properties
    known.title, known.subject = _clean(title)[:255], said.NOTE_SUBJECT
    known.author = known.last_modified_by = texts.PRODUCT
    known.keywords, known.language, known.comments = said.NOTE_KEYWORDS, _LANGUAGE, ""
    known.created = known.modified = made.astimezone(dt.UTC).replace(tzinfo=None)
    for language in note.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Quote"):
        note.styles[name].font.color.rgb = _INK
    _number_pages(page.footer.paragraphs[0])
    return note


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.add_run(f"{texts.PRODUCT} · {said.NOTE_PAGE} ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _clean(text: str) -> str:
    """Return a text without the characters that XML does not hold."""
    return _CONTROL.sub("", text)
