"""A sentence that announces a list -> its items: below its colon, or in the box it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from chains.selection import ITEM_WORDS, Candidate, find_facts
from corpus.models import Passage, Section, SectionKind
from ingest.index import Corpus

Span = tuple[Passage, int, int]
_OPENS = re.compile(r":$|\b(?:følgende|nedenstående)\b[^.:]*[.:]?$")
_BOX = re.compile(r"\bboks (\d+(?:\.\d+)?)\b")


def items_below(candidate: Candidate, corpus: Corpus) -> list[Span]:
    """Return the items of the list that a sentence opens: with a colon, or as "følgende"."""
    if not _OPENS.search(candidate.sentence.text):
        return []
    agreement_id = candidate.passage.agreement_id
    blocks = next(a.blocks for a in corpus.agreements if a.id == agreement_id)
    after = blocks[candidate.sentence.block + 1 :]
    listed = list(takewhile(lambda block: block.kind.is_item, after))
    if not listed:
        return []
    spans: dict[int, Span] = {}
    for block, start, end, passage in _item_sentences(
        corpus, agreement_id, listed[0].start, listed[-1].end
    ):
        spans[block] = (passage, spans[block][1] if block in spans else start, end)
    return list(spans.values())


def items_of_box(candidate: Candidate, corpus: Corpus) -> list[Span]:
    """Return the items of the box that a sentence refers to ("jf. boks 1.3").

    Of an item that is a paragraph of its own the first sentence says what it is about.
    """
    box = _box(candidate, corpus)
    if box is None:
        return []
    spans: dict[int, Span] = {}
    for block, start, end, passage in _item_sentences(corpus, box.agreement_id, box.start, box.end):
        if block not in spans:
            spans[block] = (passage, start, end)
        else:
            first = spans[block][1]
            text = passage.text[first - passage.start : end - passage.start]
            if spans[block][0] is passage and find_facts(text).words <= ITEM_WORDS:
                spans[block] = (passage, first, end)
    return list(spans.values())


def _box(candidate: Candidate, corpus: Corpus) -> Section | None:
    """Return the box that a sentence refers to: of several with its number the nearest one."""
    named = _BOX.search(candidate.sentence.text)
    if named is None:
        return None
    passage = candidate.passage
    boxes = [
        section
        for section in corpus.sections
        if section.kind is SectionKind.BOX
        and section.number == named[1]
        and section.agreement_id == passage.agreement_id
    ]
    return min(boxes, key=lambda box: abs(box.start - passage.start), default=None)


def _item_sentences(
    corpus: Corpus, agreement_id: str, start: int, end: int
) -> Iterator[tuple[int, int, int, Passage]]:
    """Yield (block, start, end, passage) of every sentence of a list within a span, in order."""
    blocks = next(a.blocks for a in corpus.agreements if a.id == agreement_id)
    for sentence in corpus.sentences_of[agreement_id]:
        if start <= sentence.start < end and blocks[sentence.block].kind.is_item:
            passage = corpus.passage_by_id[sentence.passage_id]
            yield sentence.block, sentence.start, sentence.end, passage
