"""Edits of an agreement's clean text, carried back into the file as it was received.

Numbers and years are changed where they stand. A block in which words change is set anew, in lines
as long as before, for how long a line is tells the reader of the file where a paragraph ends.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import Agreement, Block, BlockKind

_MARK = 2
"""Characters of the mark before an item in the clean text."""
_GROWTH = 6
"""Characters by which a block may grow or shrink without being set anew."""

_SHORT, _NARROWER = 0.7, 12


@dataclass(frozen=True, order=True)
class Edit:
    """`new` takes the place of `start` to `end` of the clean text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Insertion:
    """Paragraphs under a heading, put before a block."""

    block: int
    heading: str
    paragraphs: tuple[str, ...]


class Edits:
    """Edits that do not overlap; of two that do the earlier given stays."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        kept: dict[int, Edit] = {}
        taken: set[int] = set()
        for edit in edits:
            span = range(edit.start, edit.end)
            if not taken.intersection(span):
                taken.update(span)
                kept[edit.start] = edit
        self.all = sorted(kept.values())
        self._starts = [edit.start for edit in self.all]

    def within(self, start: int, end: int) -> list[Edit]:
        """Return the edits inside a span."""
        first = bisect_right(self._starts, start - 1)
        return [e for e in self.all[first : bisect_right(self._starts, end - 1)] if e.end <= end]

    def straddles(self, start: int, end: int) -> bool:
        """Return whether an edit crosses an edge of a span."""
        return any(e.start < edge < e.end for e in self.all for edge in (start, end))

    def apply(self, text: str, start: int, end: int) -> str:
        """Return a span of the text as it reads after the edits."""
        parts, place = [], start
        for edit in self.within(start, end):
            parts += [text[place : edit.start], edit.new]
            place = edit.end
        return "".join([*parts, text[place:end]])


def expected_blocks(
    agreement: Agreement, edits: Edits, dropped: Sequence[range], added: Sequence[Insertion]
) -> list[tuple[BlockKind, str]]:
    """Return kind and text of each block that the edited agreement should have."""
    blocks: list[tuple[BlockKind, str]] = []
    for number, block in enumerate(agreement.blocks):
        for one in added:
            if one.block == number:
                blocks.append((BlockKind.HEADING, one.heading))
                blocks += [(BlockKind.PARAGRAPH, text) for text in one.paragraphs]
        if not any(number in gone for gone in dropped):
            blocks.append((block.kind, edits.apply(agreement.text, block.start, block.end)))
    return blocks


def edit_file(
    agreement: Agreement,
    raw: str,
    edits: Edits,
    dropped: Sequence[range],
    added: Sequence[Insertion],
) -> str:
    """Return the text of the file after the edits."""
    sources = _sources(agreement)
    changes: list[Edit] = []
    for number, block in enumerate(agreement.blocks):
        if not any(number in gone for gone in dropped):
            changes += _block_changes(agreement.text, raw, block, sources, edits)
    lines = [_line_start(raw, _first(sources, block)) for block in agreement.blocks]
    for gone in dropped:
        changes.append(Edit(lines[gone.start], lines[gone.stop], ""))
    for one in added:
        width = _width(raw)
        body = [one.heading, *(_wrap(text, width) for text in one.paragraphs)]
        end = "\n" if agreement.blocks[one.block].page_start else "\n\n"  # a page follows its line
        changes.append(Edit(lines[one.block], lines[one.block], "\n\n".join(body) + end))
    parts, place = [], 0
    for change in sorted(changes):
        parts += [raw[place : change.start], change.new]
        place = change.end
    return "".join([*parts, raw[place:]])


def _sources(agreement: Agreement) -> list[int]:
    """Return for each character of the clean text its place in the file, -1 for none."""
    sources = [-1] * len(agreement.text)
    for run in agreement.origin:
        sources[run.start : run.start + run.length] = range(run.source, run.source + run.length)
    return sources


def _block_changes(
    text: str, raw: str, block: Block, sources: list[int], edits: Edits
) -> list[Edit]:
    own = edits.within(block.start, block.end)
    if not own:
        return []
    places = [_span(sources, edit.start, edit.end) for edit in own]
    growth = sum(len(e.new) - (e.end - e.start) for e in own)
    broken = any("\n" in raw[start:end] for start, end in places)
    if broken or abs(growth) > _GROWTH:
        start = block.start + (_MARK if text[block.start] in "•◦" else 0)
        first, last = _span(sources, start, block.end)
        known = [s for s in sources[start : block.end] if s >= 0]
        if known == sorted(known):
            lines = [line for line in raw[first:last].split("\n") if line.strip()]
            width = max(map(len, lines)) if len(lines) > 1 else _width(raw)
            return [Edit(first, last, _wrap(edits.apply(text, start, block.end), width))]
    return [Edit(start, end, e.new) for (start, end), e in zip(places, own, strict=True)]


def _span(sources: list[int], start: int, end: int) -> tuple[int, int]:
    known = [s for s in sources[start:end] if s >= 0]
    return known[0], known[-1] + 1


def _first(sources: list[int], block: Block) -> int:
    return next(s for s in sources[block.start : block.end] if s >= 0)


def _line_start(raw: str, place: int) -> int:
    return raw.rfind("\n", 0, place) + 1


def _width(raw: str) -> int:
    lengths = sorted(len(line) for line in raw.split("\n") if line.strip())
    return lengths[int(len(lengths) * 0.9)]


def _wrap(text: str, width: int) -> str:
    """Return text in lines, the last of which is clearly shorter than the others, all but full."""
    for narrower in range(_NARROWER):
        lines = textwrap.wrap(
            text, width - narrower, break_on_hyphens=False, break_long_words=False
        )
        if len(lines[-1]) < _SHORT * width:
            break
    return "\n\n".join(lines)
