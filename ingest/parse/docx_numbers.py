"""The numbers that Word prints before headings and list items; they are in no paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree


class Numbering:
    """How the lists of a document are numbered, and how far each has come."""

    def __init__(self, document: Document) -> None:
        self.forms = _read_forms(document)
        self.counts: dict[str, list[int]] = {}

    def is_numbered(self, number: str | None, level: int) -> bool:
        """Return whether a level of a list has numbers, not bullets."""
        return bool(self.forms.get(number or "", {}).get(level))

    def print_before(self, element: etree._Element, styles: Sequence[etree._Element]) -> str:
        """Return the number that is printed before a paragraph ("4. ", "2.1 "), and count it."""
        places = [element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")]
        places += [style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for style in styles]
        number, level = number_of(next((place for place in places if place is not None), None))
        form = self.forms.get(number or "", {}).get(level, "")
        if not form:
            return ""
        counts = self.counts.setdefault(str(number), [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        return re.sub(r"%([1-9])", lambda match: str(counts[int(match[1]) - 1]), form) + " "


def _read_forms(document: Document) -> dict[str, dict[int, str]]:
    """Return, of each list, how each of its numbered levels is printed ("%1.")."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    forms: dict[str | None, dict[int, str]] = {}
    for one in root.iter(qn("w:abstractNum")):
        levels = forms.setdefault(one.get(qn("w:abstractNumId")), {})
        for level in one.iter(qn("w:lvl")):
            kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
            if kind is not None and text is not None and kind.get(qn("w:val")) == "decimal":
                levels[int(level.get(qn("w:ilvl"), "0"))] = str(text.get(qn("w:val"), ""))
    numbers: dict[str, dict[int, str]] = {}
    for one in root.iter(qn("w:num")):
        of = one.find(qn("w:abstractNumId"))
        if of is not None:
            numbers[str(one.get(qn("w:numId")))] = forms.get(of.get(qn("w:val")), {})
    return numbers


def number_of(numbering: etree._Element | None) -> tuple[str | None, int]:
    """Return (id of the list, level) of a paragraph's numbering."""
    if numbering is None:
        return None, 0
    of, at = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
    level = str(at.get(qn("w:val"), "0")) if at is not None else "0"
    number = of.get(qn("w:val")) if of is not None else None
    return number, min(int(level), 8) if level.isdigit() else 0
