"""Sections -> passages of at most some 160 words, and the sentences in them.

A passage never crosses a section or a box. Passages and headings together cover the whole text.
Sizes were chosen by experiment: 160 words are best or tied with 220; 60 and 300 are worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import Agreement, BlockKind, Passage, Section, SectionKind, Sentence
from corpus.words import split_sentences

MAX_WORDS = 160
OWN_PASSAGE_WORDS = 45
"""A list item this long is a passage of its own."""
_LEAD_WORDS = 16
_SAYS = re.compile(
    r"\d[.,]\d|\b(?:kr|mio|mia|er|skal|vil|kan|har|bliver|udgør|hensættes|fastsat|fastlagt)\b"
)
_MARK = re.compile(r"(?:[•◦]|\d{1,2}\.) ")


@dataclass(frozen=True)
class _Unit:
    """A block, or a part of a long one, with the leads of the list items it stands under."""

    block: int
    kind: BlockKind
    start: int
    end: int
    words: int
    leads: tuple[str, ...]


def chunk(
    agreement: Agreement, sections: list[tuple[Section, tuple[int, ...]]]
) -> tuple[list[Passage], list[Sentence]]:
    """Return the passages of an agreement and their sentences, both in the order of the text."""
    passages: list[Passage] = []
    sentences: list[Sentence] = []
    for section, blocks in sections:
        for units in _pack(_units(agreement, section, blocks)):
            passage = _passage(agreement, section, units)
            passages.append(passage)
            sentences += _sentences(agreement, passage, units)
    passages.sort(key=lambda passage: passage.start)
    sentences.sort(key=lambda sentence: sentence.start)
    return passages, sentences


def _units(agreement: Agreement, section: Section, blocks: tuple[int, ...]) -> list[_Unit]:
    units: list[_Unit] = []
    leads: tuple[str, ...] = ()
    for number in blocks:
        block = agreement.blocks[number]
        text = agreement.text[block.start : block.end]
        if section.kind is SectionKind.BOX:
            if block.kind is BlockKind.BULLET:
                leads = _lead(text)
            elif block.kind is BlockKind.SUB_BULLET:
                leads = (*leads[:1], *_lead(text))
            elif block.kind is BlockKind.NOTE:
                leads = ()
        for start, end in _split(text):
            part = text[start:end]
            place = block.start + start
            units.append(
                _Unit(number, block.kind, place, block.start + end, len(part.split()), leads)
            )
    return units


def _lead(text: str) -> tuple[str, ...]:
    """Return the run-in heading of a list item ("Bedre indkøb. Regionerne har ...").

    It is a first sentence, or what stands before a colon, that is short, names no amount and has
    none of the verbs by which a sentence says something.
    """
    body = text[mark.end() :] if (mark := _MARK.match(text)) else text
    first = body[slice(*split_sentences(body)[0])] if body.strip() else ""
    lead = first.rstrip(".:")
    if lead == first or len(lead.split()) > _LEAD_WORDS or _SAYS.search(lead):
        return ()
    return (lead,)


def _split(text: str) -> list[tuple[int, int]]:
    """Cut a block over the limit between sentences, into parts of like length."""
    total = len(text.split())
    if total <= MAX_WORDS:
        return [(0, len(text))]
    parts = -(-total // MAX_WORDS)
    spans: list[tuple[int, int]] = []
    start, words = 0, 0
    for sentence_start, sentence_end in split_sentences(text):
        count = len(text[sentence_start:sentence_end].split())
        if words and words + count / 2 > total / parts:
            spans.append((start, sentence_start))
            start, words = sentence_start, 0
        words += count
    spans.append((start, len(text)))
    return [(a, b - (len(text[a:b]) - len(text[a:b].rstrip()))) for a, b in spans]


def _pack(units: list[_Unit]) -> list[list[_Unit]]:
    """Put neighbours together up to the limit; long list items stay alone."""
    packs: list[list[_Unit]] = []
    for unit in units:
        if packs and _fits(packs[-1], unit):
            packs[-1].append(unit)
        else:
            packs.append([unit])
    return packs


def _fits(pack: list[_Unit], unit: _Unit) -> bool:
    words = sum(other.words for other in pack)
    follows = unit.block - pack[-1].block <= 1  # no box or heading lies between
    if not follows or words + unit.words > MAX_WORDS:
        return False
    if unit.leads != pack[-1].leads and unit.leads[:1] != pack[-1].leads:
        return words < OWN_PASSAGE_WORDS and unit.words < OWN_PASSAGE_WORDS
    return True


def _passage(agreement: Agreement, section: Section, units: list[_Unit]) -> Passage:
    start, end = units[0].start, units[-1].end
    common = units[0].leads if all(u.leads == units[0].leads for u in units) else ()
    return Passage(
        id=f"{agreement.id}:{start}-{end}",
        agreement_id=agreement.id,
        section_id=section.id,
        section_kind=section.kind,
        path=(*section.path, *common),
        heading=section.heading,
        start=start,
        end=end,
        text=agreement.text[start:end],
    )


def _sentences(agreement: Agreement, passage: Passage, units: list[_Unit]) -> list[Sentence]:
    """Return what may be quoted: sentences, short list items, and a table as one piece."""
    found: list[Sentence] = []
    row_start = -1
    for i, unit in enumerate(units):
        text = agreement.text[unit.start : unit.end]
        if unit.kind is BlockKind.ROW:
            row_start = unit.start if row_start < 0 else row_start
            if i + 1 < len(units) and units[i + 1].kind is BlockKind.ROW:
                continue
            spans = [(row_start - unit.start, len(text))]
            row_start = -1
        else:
            spans = _sentence_spans(text, unit.leads)
        for start, end in spans:
            place, stop = unit.start + start, unit.start + end
            found.append(
                Sentence(
                    passage_id=passage.id,
                    block=unit.block,
                    start=place,
                    end=stop,
                    text=agreement.text[place:stop],
                )
            )
    return found


def _sentence_spans(text: str, leads: tuple[str, ...]) -> list[tuple[int, int]]:
    """Split a block; its list mark is left out, a lead stays with the sentence it opens."""
    mark = _MARK.match(text)
    offset = mark.end() if mark else 0
    spans = [(a + offset, b + offset) for a, b in split_sentences(text[offset:])]
    first = text[slice(*spans[0])].rstrip(".:")
    if len(spans) > 1 and (first == "Anm" or first in leads):
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans
