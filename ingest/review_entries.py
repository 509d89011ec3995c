"""A decision -> the entry of a register that says it, in the words of the agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.agreed import FigureKind, Per
from corpus.commitment import Force
from corpus.errors import ReviewRefused
from corpus.models import Block, BlockKind
from corpus.review import Decision, Item, ItemKind
from corpus.words import fold_letters
from ingest.review_queue import Material
from ingest.structure_register import BEGINS, blocks_beginning

LISTS = {
    ItemKind.STRUCTURE: ("blocks",),
    ItemKind.FIGURE: ("figures", "set_aside"),
    ItemKind.COMMITMENT: ("commitments", "none"),
}
"""The lists of a register: first what is, then what is not."""
CHOICES: dict[str, tuple[str, ...]] = {
    "figure.kind": tuple(kind.value for kind in FigureKind),
    "figure.per": ("", *(per.value for per in Per)),
    "commitment.force": tuple(force.value for force in Force),
    "structure.kind": tuple(
        kind.value
        for kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CHAPTER, BlockKind.BULLET)
    ),
}
_REQUIRED = {ItemKind.FIGURE: ("label", "value"), ItemKind.COMMITMENT: ("actor",)}
_WORDS_OF_ID = 6


def entries_of(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return all entries of a register that were or could be decided on."""
    return [entry for names in LISTS.values() for name in names for entry in data.get(name) or ()]


def entry_for(material: Material, item: Item, decision: Decision) -> tuple[str, dict[str, Any]]:
    """Return the name of the list that a decision belongs in, and its entry there.

    Raises:
        ReviewRefused: a field is unknown or empty, or a rejection has no reason.
    """
    unknown = set(decision.fields) - set(item.fields)
    if unknown:
        raise ReviewRefused("unknown_field", ", ".join(sorted(unknown)))
    reason = " ".join(decision.reason.split())
    if not decision.accept and not reason:
        raise ReviewRefused("no_reason")
    fields = {name: " ".join(decision.fields.get(name, value).split())
              for name, value in item.fields.items()}  # fmt: skip
    if item.kind is ItemKind.STRUCTURE:
        return "blocks", _structure(material, item, fields, decision.accept, reason)
    if decision.accept:
        for name in _REQUIRED[item.kind]:
            if not fields[name]:
                raise ReviewRefused("empty_field", name)
    if item.kind is ItemKind.FIGURE:
        if not decision.accept:
            return "set_aside", {"quote": _quote(material, item, item.text.strip()),
                                 "numbers": [item.text.strip()], "reason": reason}  # fmt: skip
        return "figures", _figure(material, item, fields)
    quote = _quote(material, item, item.text)
    if not decision.accept:
        return "none", {"quote": quote, "why": reason}
    return "commitments", _commitment(item, fields, quote)


def _structure(
    material: Material, item: Item, fields: Mapping[str, str], accept: bool, reason: str
) -> dict[str, Any]:
    agreement = material.raw
    block = next(b for b in agreement.blocks if b.start == item.start)
    begins = agreement.text[block.start : min(block.end, block.start + BEGINS)]
    nth = [b.start for b in blocks_beginning(agreement, begins)].index(block.start) + 1
    entry: dict[str, Any] = {"doubt": item.doubts[0], "begins": begins, "nth": nth}
    kind = fields.get("kind", "")
    if not accept:
        # A heading that is none is text, and text that is none a heading.
        entry["why"] = reason
        if "kind" in fields:
            kind = _opposite(block)
    if kind and kind != block.kind.value:
        entry["kind"] = kind
    return entry


def _opposite(block: Block) -> str:
    return (BlockKind.PARAGRAPH if block.kind.is_heading else BlockKind.HEADING).value


def _figure(material: Material, item: Item, fields: Mapping[str, str]) -> dict[str, Any]:
    value = fields["value"]
    place = material.agreement.text.find(
        value, max(0, item.start - len(value)), item.end + len(value)
    )
    if place < 0 or place >= item.end or place + len(value) <= item.start:
        raise ReviewRefused("value_elsewhere", value)
    entry: dict[str, Any] = {"id": _make_id(fields["label"], item.start)}
    order = ("label", "kind", "value", "noun", "per", "years", "price_level", "payer", "receiver",
             "party", "theme", "argument")  # fmt: skip
    entry |= {name: fields[name] for name in order if fields[name]}
    entry["quote"] = _quote(material, item, value, place)
    return entry


def _commitment(item: Item, fields: Mapping[str, str], quote: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": _make_id(fields["act"] or item.text, item.start)}
    if fields["theme"]:
        entry["theme"] = fields["theme"]
    else:
        entry["theme"] = item.section.split(" › ")[-1].lower()
    for name in ("actor", "with"):
        if names := [one.strip() for one in fields[name].split(",") if one.strip()]:
            entry[name] = names
    order = ("act", "force", "deadline", "due", "starts", "condition")
    entry |= {name: fields[name] for name in order if fields[name]}
    return entry | {"quote": quote}


def _make_id(words: str, start: int) -> str:
    """Return an id that a person can read, and that no other place in the text has.

    >>> _make_id("Løft af det nære sundhedsvæsen", 812)
    'loeft-af-det-naere-sundhedsvaesen-812'
    """
    slug = re.sub(r"[^a-z0-9]+", " ", fold_letters(words)).split()[:_WORDS_OF_ID]
    return "-".join([*slug, str(start)])


def _quote(material: Material, item: Item, value: str, place: int | None = None) -> str:
    """Return the sentence of an item, cut or lengthened until it can mean this place alone.

    A register finds a quote by its words, and in it the first place that prints the value.
    """
    text = material.agreement.text
    start = item.start if place is None else place
    own = [s for s in material.sentences if s.start <= start < s.end]
    first = own[0].start if own else start
    last = max(own[0].end if own else 0, start + len(value))
    while (before := text.find(value, first, last)) != start:
        first = before + 1
    if first > (own[0].start if own else start):
        while first < start and not text[first - 1].isspace():
            first += 1
    while text.count(text[first:last]) > 1 and last < len(text):
        last += 1
        while last < len(text) and not text[last].isspace():
            last += 1
    return text[first:last]
