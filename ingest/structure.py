"""Blocks -> sections: chapters, bare headings, boxes and annexes, each with its breadcrumb.

A section's span holds the spans of the sections in it. A box ends where body text goes on: at a
heading, at body text on a new page, or at the paragraph after its note ("Anm.:").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.models import Agreement, Block, BlockKind, Section, SectionKind
from corpus.words import fold_letters

_KINDS = {BlockKind.CHAPTER: SectionKind.CHAPTER, BlockKind.HEADING: SectionKind.HEADING,
          BlockKind.BOX: SectionKind.BOX, BlockKind.ANNEX: SectionKind.ANNEX}  # fmt: skip
_NUMBER = re.compile(r"(?:Boks |Bilag )?(\d+(?:\.\d+)?)\b")
_SLUG = re.compile(r"[^a-z0-9.]+")


@dataclass
class Node:
    """A section under construction, with the numbers of the blocks that are its own."""

    kind: SectionKind
    label: str
    """The heading; of a box its name alone ("Boks 3")."""
    parent: Node | None
    start: int
    end: int
    title: str = ""
    """What a box is called below its name."""
    blocks: list[int] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Labels from the top down to this one."""
        return (*(self.parent.path if self.parent else ()), self.label)


def structure(agreement: Agreement) -> list[tuple[Section, tuple[int, ...]]]:
    """Return each section in the order of the text, with the numbers of its own blocks.

    Headings are not among a section's own blocks: they stand in its `heading`.
    """
    nodes = _walk(agreement)
    seen: dict[str, int] = {}
    sections = []
    for node in nodes:
        slug = "/".join(_slug(part) for part in node.path)
        seen[slug] = seen.get(slug, 0) + 1
        unique = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        number = _NUMBER.match(node.label) if node.kind is not SectionKind.HEADING else None
        section = Section(
            id=f"{agreement.id}/{unique}",
            agreement_id=agreement.id,
            kind=node.kind,
            number=number[1] if number else "",
            heading=f"{node.label}: {node.title}" if node.title else node.label,
            path=node.path,
            start=node.start,
            end=node.end,
        )
        sections.append((section, tuple(node.blocks)))
    return sections


def _walk(agreement: Agreement) -> list[Node]:
    nodes: list[Node] = []
    current: Node | None = None
    before: Block | None = None
    for i, block in enumerate(agreement.blocks):
        text = agreement.text[block.start : block.end]
        if block.kind is BlockKind.BOX_TITLE and current is not None:
            current.title = text
        elif block.kind in _KINDS:
            parent = _parent(block.kind, current)
            current = Node(_KINDS[block.kind], text, parent, block.start, block.end)
            nodes.append(current)
        else:
            if current is None:
                current = Node(SectionKind.FRONT, agreement.head.title, None, block.start, 0)
                nodes.append(current)
            elif current.parent and _ends_box(current, block, before):
                current = current.parent
            current.blocks.append(i)
        _stretch(current, block.end)
        before = block
    return nodes


def _parent(kind: BlockKind, current: Node | None) -> Node | None:
    """Return the section that a new heading opens in."""
    if kind in {BlockKind.CHAPTER, BlockKind.ANNEX} or current is None:
        return None
    tops = {SectionKind.CHAPTER, SectionKind.ANNEX}
    outer = {SectionKind.BOX} if kind is BlockKind.BOX else {SectionKind.BOX, SectionKind.HEADING}
    node: Node | None = current
    while node is not None and node.kind in outer and node.kind not in tops:
        node = node.parent
    return None if node is not None and node.kind is SectionKind.FRONT else node


def _ends_box(current: Node, block: Block, before: Block | None) -> bool:
    if current.kind is not SectionKind.BOX or block.kind is not BlockKind.PARAGRAPH:
        return False
    after_note = before is not None and before.kind is BlockKind.NOTE
    return block.page_start or block.after_box or after_note


def _stretch(node: Node | None, end: int) -> None:
    while node is not None:
        node.end = max(node.end, end)
        node = node.parent


def _slug(heading: str) -> str:
    number = re.match(r"(?:(Boks|Bilag) )?(\d+(?:\.\d+)?)\b", heading)
    if number and (number[1] or heading[number.end() : number.end() + 1] == "."):
        return "-".join(part for part in (number[1] and number[1].lower(), number[2]) if part)
    return _SLUG.sub("-", fold_letters(heading)).strip("-")[:50]
