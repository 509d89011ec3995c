"""Chosen sentences -> a draft: a short Danish lead, then the quotes. No language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chains.lists import items_below, items_of_box
from chains.selection import (
    BROAD_QUOTES,
    BROAD_WORDS,
    EACH,
    ITEM_WORDS,
    LIST_WORDS,
    MAX_QUOTES,
    MAX_WORDS,
    Candidate,
    find_facts,
    leans_on_previous,
)  # fmt: skip
from chains.understand import Wants
from corpus import texts
from corpus.models import Head, Passage, Sentence
from ingest.index import Corpus


@dataclass(frozen=True)
class Quote:
    """A span of an agreement that a draft wants to quote."""

    passage: Passage
    start: int
    end: int
    item: bool
    """Shown as an item of a list."""


@dataclass(frozen=True)
class Part:
    """A lead and the quotes under it, all from one agreement."""

    head: Head
    sections: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Draft:
    """An answer whose quotes and numbers nobody has checked yet."""

    parts: tuple[Part, ...]
    opening: str = ""
    """What is said before the quotes; counts of places are the only numbers of its own."""
    names: tuple[str, ...] = ()
    """Titles and sections that the opening names."""


def compose(
    chosen: Sequence[Candidate],
    corpus: Corpus,
    side_by_side: int = 0,
    wants: Wants = Wants.LOOKUP,
) -> Draft:
    """Return the draft: quotes by agreement, the best first, neighbours joined.

    `side_by_side` is the number of agreements that are compared; each has room of its own. A list
    and an overview have more.
    """
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    quotes: list[Quote] = []
    broad = wants is Wants.OVERVIEW
    spare = BROAD_WORDS if broad else MAX_WORDS * max(1, side_by_side)
    most = BROAD_QUOTES if broad else max(MAX_QUOTES, EACH * side_by_side)
    listed = LIST_WORDS if wants is Wants.LIST else 0
    item = _is_list(chosen, corpus)
    for place, candidate in enumerate(chosen):
        span = _span(candidate, spare, corpus)
        if span is None and place:
            continue  # it leans on what there is no room for
        start, end = span or (candidate.sentence.start, candidate.sentence.end)
        below = items_below(candidate, corpus) or (
            items_of_box(candidate, corpus) if listed and not item else []
        )
        for quote in (
            Quote(candidate.passage, start, end, item),
            *(Quote(*span, item=True) for span in below),
        ):
            length = len(_text(quote).split())
            if quote.item and not item and length <= listed:
                listed -= length  # what a colon opens is part of the list asked for
            elif quotes and (length > spare or (len(quotes) >= most and not item)):
                break
            else:
                spare -= length
            quotes.append(quote)
    quotes = _join_neighbours(quotes)
    parts: list[Part] = []
    for agreement_id in dict.fromkeys(quote.passage.agreement_id for quote in quotes):
        own = [quote for quote in quotes if quote.passage.agreement_id == agreement_id]
        names = dict.fromkeys(texts.section_name(quote.passage) for quote in own)
        parts.append(Part(agreements[agreement_id].head, tuple(names), tuple(own)))
    return Draft(tuple(parts))


def _text(quote: Quote) -> str:
    offset = quote.passage.start
    return quote.passage.text[quote.start - offset : quote.end - offset]


def _span(candidate: Candidate, spare: int, corpus: Corpus) -> tuple[int, int] | None:
    """Return what must be quoted for a sentence to be understood, None if there is no room.

    A sentence that leans on the one before ("Heraf ...") is quoted from the nearest that stands by
    itself, or at least from the one before.
    """
    sentence = candidate.sentence
    of_agreement = corpus.sentences_of[candidate.passage.agreement_id]
    own = [s for s in of_agreement if s.passage_id == sentence.passage_id]
    place = own.index(sentence)
    first = place
    if leans_on_previous(sentence.text):
        earlier = [s for s in own[:place] if s.block == sentence.block]
        anchors = [i for i, s in enumerate(earlier) if not leans_on_previous(s.text)]
        depth = len(earlier) - anchors[-1] if anchors else 0
        for back in (depth, 1):
            if back and back <= len(earlier) and _words(own[place - back : place + 1]) <= spare:
                first = place - back
                break
        else:
            return None if earlier else (sentence.start, sentence.end)
    if _words(own[first : place + 1]) > spare:
        return None
    return own[first].start, sentence.end


def _words(sentences: Sequence[Sentence]) -> int:
    return sum(find_facts(sentence.text).words for sentence in sentences)


def _is_list(chosen: Sequence[Candidate], corpus: Corpus) -> bool:
    """Return whether what was chosen is one list: short items of one passage, a block each."""
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    blocks = {candidate.sentence.block for candidate in chosen}
    return (
        1 < len(chosen) == len(blocks)
        and len({candidate.passage.id for candidate in chosen}) == 1
        and all(
            agreements[c.passage.agreement_id].blocks[c.sentence.block].kind.is_item
            and find_facts(c.sentence.text).words <= ITEM_WORDS
            for c in chosen
        )
    )


def _join_neighbours(quotes: Sequence[Quote]) -> list[Quote]:
    """Join quotes that overlap or stand one after the other in one passage."""
    joined: list[Quote] = []
    for quote in quotes:
        for i, other in enumerate(joined):
            items = quote.item or other.item
            same = other.passage.id == quote.passage.id and not items
            gap = max(quote.start - other.end, other.start - quote.end)
            text = quote.passage.text
            first, last = min(other.end, quote.end), max(other.start, quote.start)
            between = text[first - quote.passage.start : last - quote.passage.start]
            if same and (gap < 0 or (gap <= 1 and "\n" not in between)):
                joined[i] = Quote(
                    quote.passage, min(quote.start, other.start), max(quote.end, other.end), False
                )
                break
        else:
            joined.append(quote)
    return joined
