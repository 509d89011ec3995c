"""An overview of a whole agreement: from each chapter the sentence that first names an amount."""

from __future__ import annotations

from collections.abc import Sequence

from chains.retrieve import SentenceScore
from chains.selection import BROAD_QUOTES, BROAD_WORDS, Candidate, asked_stems, find_facts
from chains.understand import Reading, Wants
from corpus.models import Head
from corpus.words import content_stems
from corpus.years import find_years
from ingest.index import Corpus

_SHORTEST = 5
"""Letters from which on a part of a title names it: "økonomiaftalen", "reformen"."""
_ASKING = frozenset(
    content_stems(
        "overblik resumé resume opsummering opsummer opsummere sammenfatning sammenfat handle "
        "hovedpunkter hovedpunkterne hovedtræk hovedtrækkene handler fortæl kort kortfattet aftale "
        "aftalen aftalens vigtigste indhold indholdet lav lave giv give send hele skriv linjer"
    )
)
_FEW = 3
"""Sentences of the first chapter that names amounts: it says what the whole comes to."""


def asked_agreement(reading: Reading, heads: Sequence[Head]) -> str | None:
    """Return the agreement that an overview of the whole is asked for, None for any other."""
    if reading.wants is not Wants.OVERVIEW:
        return None
    stems = asked_stems(reading) - _ASKING
    years = find_years(reading.standalone).years
    named = [head for head in heads if _names(head, stems, years)]
    return named[0].id if len(named) == 1 else None


def _names(head: Head, stems: frozenset[str], years: frozenset[int]) -> bool:
    """Return whether words and years name an agreement, and nothing but it."""
    title = f"{head.title} {head.short_title}"
    own = [stem for stem in content_stems(title) if len(stem) >= _SHORTEST]
    of_title = {stem for stem in stems if any(part in stem or stem in part for part in own)}
    known = {head.date.year, *find_years(title).years}
    return stems == of_title and years <= known and bool(of_title or years)


def key_sentences(agreement_id: str, corpus: Corpus) -> list[Candidate]:
    """Return what is quoted of a whole agreement, in its order."""
    passages = {p.id: p for p in corpus.passages if p.agreement_id == agreement_id}
    found: list[Candidate] = []
    of_chapter: dict[str, int] = {}
    words = 0
    for sentence in corpus.sentences:
        passage = passages.get(sentence.passage_id)
        facts = find_facts(sentence.text)
        if passage is None or not facts.money or words + facts.words > BROAD_WORDS:
            continue
        chapter = passage.path[0]
        first = not of_chapter or list(of_chapter) == [chapter]
        if of_chapter.get(chapter, 0) >= (_FEW if first else 1):
            continue
        of_chapter[chapter] = of_chapter.get(chapter, 0) + 1
        words += facts.words
        scores = SentenceScore(sentence, 0.0, 0.0, 0.0, 0.0)
        found.append(Candidate(sentence, passage, scores, (), 0.0, 1.0))
        if len(found) == BROAD_QUOTES:
            break
    return found
