"""An agreement -> what a person must decide on, one item after the other.

Structure first: a heading that is none hides its numbers and commitments. Then every number that
no figure and no class accounts for, then every sentence with the words of a commitment; so an empty
queue is the coverage that `python -m ingest check` demands of a reviewed agreement.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.agreed import Figure
from corpus.commitment import Commitment
from corpus.danish import find_quantities
from corpus.errors import UnknownAgreement
from corpus.models import Agreement, Block, BlockKind, Section, Sentence, Unit
from corpus.review import Item, ItemKind
from corpus.settings import Settings
from ingest.chunk import chunk
from ingest.clean import clean
from ingest.commitments import account_for_sentences
from ingest.coverage import Loose, account_for
from ingest.extract import extract_figures
from ingest.extract_commitments import extract_commitments
from ingest.read import find_document, read_source
from ingest.registered import commitment_register, figure_register
from ingest.structure import structure
from ingest.structure_register import apply_structure, read_structure

_AROUND = 500
_LONG_BLOCK_WORDS = 450
_LONG_HEADING_WORDS = 16
_SHORT_BLOCK_WORDS = 8
_ENDS = re.compile(r"[.;,:!?)“\"]$")


@dataclass(frozen=True)
class Material:
    """All that the rules found in one agreement."""

    raw: Agreement
    """With the blocks as the rules have them."""
    agreement: Agreement
    """With the blocks as they have been reviewed."""
    file_doubts: tuple[str, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    commitments: tuple[Commitment, ...]


def read_material(settings: Settings, agreement_id: str) -> Material:
    """Return what the rules find in an agreement; read again only when its files have changed.

    Raises:
        UnknownAgreement: there is none of this id.
        CorpusError: its files cannot be used.
    """
    folder = settings.agreements_dir
    known = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
    if agreement_id not in known:
        raise UnknownAgreement(agreement_id, known)
    head = folder / f"{agreement_id}.yaml"
    register = settings.structure_dir / head.name
    stamp = tuple(_stamp(path) for path in (head, find_document(head), register))
    return _read(head, settings.structure_dir, settings.parsed_dir, stamp)


def _stamp(path: Path) -> tuple[int, int]:
    if not path.exists():
        return 0, 0
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _read(
    head: Path,
    structure_dir: Path,
    parsed_dir: Path,
    stamp: tuple[tuple[int, int], ...],  # noqa: ARG001 - what was read is only good for these files
) -> Material:
    source = read_source(head, parsed_dir)
    raw = clean(source)
    agreement = apply_structure(raw, structure_dir)
    sections = structure(agreement)
    _, sentences = chunk(agreement, sections)
    return Material(
        raw=raw,
        agreement=agreement,
        file_doubts=source.parsed.doubts if source.parsed else (),
        sections=tuple(section for section, _ in sections),
        sentences=tuple(sentences),
        figures=extract_figures(agreement),
        commitments=tuple(extract_commitments(agreement.id, sentences)),
    )


def queue_of(settings: Settings, material: Material) -> dict[ItemKind, list[Item]]:
    """Return the items that nobody has decided yet, each kind in the order of the text.

    Raises:
        CorpusError: a register does not fit the text.
    """
    return {
        ItemKind.STRUCTURE: list(_structure(settings, material)),
        ItemKind.FIGURE: list(_figures(settings, material)),
        ItemKind.COMMITMENT: list(_commitments(settings, material)),
    }


def _structure(settings: Settings, material: Material) -> Iterator[Item]:
    register = read_structure(settings.structure_dir, material.raw)
    if register is None and _by_hand(settings, material.agreement):
        return
    for block, doubt in _doubtful(material):
        if register is None or (doubt, block.start) not in register.decided:
            what = doubt.partition(":")[0]
            changeable = what in {"heading_amount", "heading_sentence", "maybe_heading"}
            fields = {"kind": block.kind.value} if changeable else {}
            name = f"{block.start}-{block.end}-{doubt}"
            yield _item(
                material, ItemKind.STRUCTURE, name, block.start, block.end, fields, (doubt,)
            )


def _by_hand(settings: Settings, agreement: Agreement) -> bool:
    """Return whether people wrote both registers themselves, and so have read the whole text."""
    registers = (figure_register(settings, agreement), commitment_register(settings, agreement))
    return all(register is not None and not register.by_queue for register in registers)


def _doubtful(material: Material) -> Iterator[tuple[Block, str]]:
    agreement = material.raw
    for doubt in material.file_doubts:
        page = doubt.partition(":")[2]
        there = [b for b in agreement.blocks if page and agreement.page_at(b.start) == int(page)]
        yield (there or list(agreement.blocks))[0], doubt
    if not any(block.kind.is_heading for block in agreement.blocks):
        yield agreement.blocks[0], "no_headings"
    for number, block in enumerate(agreement.blocks):
        text = agreement.text[block.start : block.end]
        words = len(text.split())
        if block.kind.is_heading:
            if any(quantity.unit is not Unit.NUMBER for quantity, _, _ in find_quantities(text)):
                yield block, "heading_amount"
            elif words > _LONG_HEADING_WORDS or text[-1:] in ".;," or text[:1].islower():
                yield block, "heading_sentence"
        elif words > _LONG_BLOCK_WORDS:
            yield block, "long_block"
        elif (
            block.kind is BlockKind.PARAGRAPH
            and number > 0
            and words <= _SHORT_BLOCK_WORDS
            and not _ENDS.search(text)
            and text[:1].isupper()
        ):
            yield block, "maybe_heading"


def _figures(settings: Settings, material: Material) -> Iterator[Item]:
    register = figure_register(settings, material.agreement)
    if register is not None and not register.by_queue:
        return
    loose = list(account_for(material.agreement, register).loose)
    for figure in material.figures:
        place = figure.place
        held = [one for one in loose if one.start < place.end and place.start < one.end]
        if held:
            loose = [one for one in loose if one not in held]
            start, end = min(place.start, held[0].start), max(place.end, held[-1].end)
            yield _figure_item(material, start, end, figure)
    for one in loose:
        yield _figure_item(material, one.start, one.end, one)


def _figure_item(material: Material, start: int, end: int, found: Figure | Loose) -> Item:
    text = material.agreement.text
    doubts: list[str] = []
    if isinstance(found, Figure):
        if found.quantity.unit is Unit.NUMBER:
            doubts.append("no_unit")
        elif found.period is None:
            doubts.append("no_years")
        if (
            found.per is not None
            and found.quantity.unit is not Unit.NUMBER
            and found.period is None
        ):
            doubts.append("per_guessed")
        fields = {
            "label": found.label,
            "value": text[start:end].strip(),
            "kind": found.kind.value,
            "per": found.per.value if found.per else "",
            "years": str(found.period or ""),
            "price_level": found.price_level,
            "payer": found.payer,
            "receiver": found.receiver,
            "party": found.party,
            "theme": found.theme,
            "noun": found.noun,
            "argument": found.argument,
        }
    else:
        doubts.append("not_read")
        fields = dict.fromkeys(FIGURE_FIELDS, "") | {"value": text[start:end], "kind": "count"}
    name = f"{start}-{end}"
    return _item(material, ItemKind.FIGURE, name, start, end, fields, tuple(doubts))


FIGURE_FIELDS = ("label", "value", "kind", "per", "years", "price_level", "payer", "receiver",
                 "party", "theme", "noun", "argument")  # fmt: skip


def _commitments(settings: Settings, material: Material) -> Iterator[Item]:
    register = commitment_register(settings, material.agreement)
    if register is not None and not register.by_queue:
        return
    coverage = (
        account_for_sentences(material.sentences, ())
        if register is None
        else register.account_for(material.sentences)
    )
    by_start = {commitment.start: commitment for commitment in material.commitments}
    for sentence in coverage.loose:
        found = by_start[sentence.start]
        named = found.actors != ("parterne",) or "parterne" in sentence.text.lower()
        fields = {
            "theme": "",
            "actor": ", ".join(found.actors),
            "with": "",
            "act": "",
            "force": found.force.value,
            "deadline": found.deadline,
            "due": found.due,
            "starts": "",
            "condition": "",
        }
        doubts = ("no_act",) if named else ("no_actor", "no_act")
        name = f"{sentence.start}-{sentence.end}"
        yield _item(
            material, ItemKind.COMMITMENT, name, sentence.start, sentence.end, fields, doubts
        )


def _item(
    material: Material,
    kind: ItemKind,
    name: str,
    start: int,
    end: int,
    fields: Mapping[str, str],
    doubts: tuple[str, ...],
) -> Item:
    agreement = material.agreement
    text = agreement.text
    first = _word_edge(text, max(0, start - _AROUND), 1)
    last = _word_edge(text, min(len(text), end + _AROUND), -1)
    inner = [one for one in material.sections if one.start <= start < one.end]
    section = min(inner, key=lambda one: one.end - one.start, default=None)
    shown = json.dumps([agreement.version, kind, name, text[start:end], dict(fields)])
    return Item(
        id=f"{kind}:{name}",
        kind=kind,
        agreement_id=agreement.id,
        state=hashlib.sha256(shown.encode()).hexdigest()[:16],
        start=start,
        end=end,
        before=text[first:start],
        text=text[start:end],
        after=text[end:last],
        section=" › ".join(section.path) if section else "",
        page=agreement.page_at(start),
        doubts=doubts,
        fields=fields,
    )


def _word_edge(text: str, place: int, step: int) -> int:
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += step
    return place
