"""Chosen sentences -> a draft: a short Danish lead, then the quotes. No language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chains.selection import (
    ITEM_WORDS,
    MAX_WORDS,
    Candidate,
    find_facts,
    leans_on_previous,
)  # fmt: skip
from corpus import texts
from corpus.models import Head, Passage
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


def compose(chosen: Sequence[Candidate], corpus: Corpus) -> Draft:
    """Return the draft: quotes by agreement, the best first, neighbours joined."""
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    spare = MAX_WORDS - sum(find_facts(candidate.sentence.text).words for candidate in chosen)
    quotes: list[Quote] = []
    for candidate in chosen:
        start, used = _anchor(candidate, spare, corpus)
        spare -= used
        item = _is_list(chosen, corpus)
        quotes.append(Quote(candidate.passage, start, candidate.sentence.end, item))
    quotes = _join_neighbours(quotes)
    parts: list[Part] = []
    for agreement_id in dict.fromkeys(quote.passage.agreement_id for quote in quotes):
        own = [quote for quote in quotes if quote.passage.agreement_id == agreement_id]
        names = dict.fromkeys(texts.section_name(quote.passage) for quote in own)
        parts.append(Part(agreements[agreement_id].head, tuple(names), tuple(own)))
    return Draft(tuple(parts))


def _anchor(candidate: Candidate, spare: int, corpus: Corpus) -> tuple[int, int]:
    """Return where the quote begins and the words that this costs.

    A sentence that leans on the one before ("Heraf ...") is quoted from the nearest that stands by
    itself, if there is room for it.
    """
    sentence = candidate.sentence
    if not leans_on_previous(sentence.text):
        return sentence.start, 0
    words = 0
    before = [
        s
        for s in corpus.sentences
        if s.passage_id == sentence.passage_id
        and s.block == sentence.block
        and s.end <= sentence.start
    ]
    for earlier in reversed(before):
        words += find_facts(earlier.text).words
        if words > spare:
            break
        if not leans_on_previous(earlier.text):
            return earlier.start, words
    return sentence.start, 0


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
            same = other.passage.id == quote.passage.id and not quote.item
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
