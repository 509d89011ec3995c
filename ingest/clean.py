"""Source -> clean text: lines joined to blocks, hyphens mended, left-overs dropped.

The clean text is the same every time. Every offset of the program refers to it, and `origin` leads
each of its characters back to the file.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.models import Agreement, Block, BlockKind, PageRun, SourceRun
from ingest.lines import Line, classify, read_lines, split_leftovers
from ingest.marked import to_lines
from ingest.parse.unseen import UNSEEN
from ingest.read import Source

_MARKS = {BlockKind.BULLET: "• ", BlockKind.SUB_BULLET: "◦ "}
_KEPT_BEFORE = {"og", "eller", "samt", "til"}
_HYPHENATED_SHARE = 0.03
_BLANKS = re.compile(rf"(?:[ \t\u00a0]|{UNSEEN.pattern})+")
_ENDS = (".", "!", "?", ":", "”", ")")


@dataclass
class _Draft:
    """A block under construction: characters with their place in the file (-1: ours)."""

    kind: BlockKind
    page_start: bool
    after_box: bool = False
    chars: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def add(self, text: str, source: int, step: int = 1) -> None:
        """Append text; `source` is the place of its first character in the file, -1 for ours."""
        self.chars.extend(text)
        self.sources.extend(source + i * step if source >= 0 else -1 for i in range(len(text)))


def clean(source: Source) -> Agreement:
    """Return the agreement with its clean text, blocks and the way back to the file."""
    if source.parsed is None:
        lines = read_lines(source.raw)
        kept, leftovers = split_leftovers(lines, source.head.parties)
        classify(kept, source.head.title)
        drafts = mend_interrupted_box(_join(kept, _is_hyphenated(kept)))
    else:
        kept, leftovers = to_lines(source.parsed.lines, source.head.title), []
        drafts = _join(kept, _is_hyphenated(kept))
    text, blocks, origin = _lay_out(drafts)
    return Agreement(
        head=source.head,
        text=text,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        blocks=tuple(blocks),
        origin=tuple(origin),
        dropped=tuple((line.start, line.text) for line in leftovers),
        pages=tuple(_pages(source, origin)),
    )


def _pages(source: Source, origin: list[SourceRun]) -> Iterator[PageRun]:
    """Yield where in the clean text another page begins."""
    starts: list[int] = []
    place = 0
    parsed = source.parsed.lines if source.parsed else ()
    for line in parsed:
        starts.append(place)
        place += len(line.text) + 1
    last: int | None = None
    for run in origin:
        page = parsed[bisect_right(starts, run.source) - 1].page if parsed else None
        if page is not None and page != last:
            yield PageRun(start=run.start, page=page)
            last = page


def _is_hyphenated(lines: list[Line]) -> bool:
    """True when the printer divided words: the economy agreement does, the reform does not."""
    pairs = pairwise(lines)
    divided = sum(
        a.text.endswith("-") and len(a.text) > 1 and a.text[-2].isalpha() and b.text[0].islower()
        for a, b in pairs
    )
    return divided > _HYPHENATED_SHARE * len(lines)


def _join(lines: list[Line], hyphenated: bool) -> list[_Draft]:
    drafts: list[_Draft] = []
    for line in lines:
        if line.opens is not None:
            drafts.append(_Draft(line.opens, line.page_start, line.after_box))
            if mark := _MARKS.get(line.opens):
                # The printed mark, where there is one, is the source of ours.
                drafts[-1].add(mark[0], line.start if line.skip else -1)
                drafts[-1].add(mark[1:], -1)
        _append(drafts[-1], line, hyphenated)
    return drafts


def _append(draft: _Draft, line: Line, hyphenated: bool) -> None:
    text, start = line.text[line.skip :], line.start + line.skip
    if line.opens is None:
        before = draft.text
        if before.endswith("-"):
            first_word = text.split(" ", 1)[0].strip(".,;")
            if hyphenated and before[-2:-1].isalpha() and text[0].islower():
                if first_word in _KEPT_BEFORE:  # "sundheds-" / "og ældreområdet"
                    draft.add(" ", -1)
                else:
                    draft.chars.pop()
                    draft.sources.pop()
            elif first_word in _KEPT_BEFORE:
                draft.add(" ", -1)
        else:
            draft.add(" ", -1)
    place = 0
    for match in _BLANKS.finditer(text):
        draft.add(text[place : match.start()], start + place)
        if UNSEEN.sub("", match[0]):
            draft.add(" ", -1)
        place = match.end()
    draft.add(text[place:], start + place)


def mend_interrupted_box(drafts: list[_Draft]) -> list[_Draft]:
    """Put body text that a box was set around behind the box, in one piece.

    In the reform agreement page 6 ends inside Boks 2.1; page 7 begins with body text that breaks
    off ("... fx at dække særlige"), the box's list goes on, and the next page finishes the
    sentence ("etableringsudgifter, hvor regionen ...").
    """
    mended = list(drafts)
    for i in range(len(mended) - 1, 0, -1):
        end = mended[i]
        if not (end.page_start and end.kind is BlockKind.PARAGRAPH and end.text[:1].islower()):
            continue
        items = i
        while items > 0 and mended[items - 1].kind.is_item:
            items -= 1
        body = items
        while body > 0 and mended[body - 1].kind is BlockKind.PARAGRAPH:
            body -= 1
            if mended[body].page_start:
                break
        broken = mended[items - 1]
        if items == i or body == items or broken.text.endswith(_ENDS):
            continue
        broken.add(" ", -1)
        broken.chars += end.chars
        broken.sources += end.sources
        mended[body : i + 1] = mended[items:i] + mended[body:items]
    return mended


def _lay_out(drafts: list[_Draft]) -> tuple[str, list[Block], list[SourceRun]]:
    parts: list[str] = []
    blocks: list[Block] = []
    origin: list[SourceRun] = []
    place = 0
    for i, draft in enumerate(drafts):
        if i:
            together = draft.kind.is_item and drafts[i - 1].kind.is_item
            gap = "\n" if together or draft.kind is BlockKind.BOX_TITLE else "\n\n"
            parts.append(gap)
            place += len(gap)
        text = draft.text
        blocks.append(
            Block(
                kind=draft.kind,
                start=place,
                end=place + len(text),
                page_start=draft.page_start,
                after_box=draft.after_box,
            )
        )
        origin += _runs(draft.sources, place)
        parts.append(text)
        place += len(text)
    return "".join(parts), blocks, origin


def _runs(sources: list[int], start: int) -> list[SourceRun]:
    runs: list[SourceRun] = []
    i = 0
    while i < len(sources):
        j = i + 1
        while j < len(sources) and sources[i] >= 0 and sources[j] == sources[i] + j - i:
            j += 1
        if sources[i] >= 0:
            runs.append(SourceRun(start=start + i, source=sources[i], length=j - i))
        i = j
    return runs
