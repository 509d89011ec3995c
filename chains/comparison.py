"""Does a question set agreements side by side? Then each of them is searched and quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, zip_longest

from chains.lookup import topic_stems
from chains.retrieve import Hit
from corpus.models import Head
from corpus.words import content_stems, stem, tokenize

_BOTH = re.compile(
    r"\b(?:de|begge|hver af de) (?:to|2) (?:\w+ )?(?:aftal|tekst|papir|dokument)\w*|"
    r"\b(?:i|siger|nævner|har|hos) begge\b|\b(?:de )?(?:to|2) af?t\w*l\w*er?\b|"
    r"\bbegge (?:de )?(?:af?t\w*l|tekst|papir|dokument|sted)\w*",
    re.IGNORECASE,
)
_PAPER = r"(?:aftal|tekst|udgave|papir)\w*"
_BESIDE = (
    r"\b(?:ift\.?|i forhold til|sammenlignet med|siden|end i?|mod|kontra|vs\.?|versus) "
    r"(?:\w+ )?{}\b"
)
"""What stands before the year of the agreement that another one is held against."""
_LONG = 6
_PLAIN = 8
"""Letters of a title's word that alone name nothing ("økonomi"); a longer one is a compound."""
_AGREEMENT = "aftal"
_SIDES = 4
"""Agreements that are set side by side at most: what more have in common names none of them."""
_COMPARING = frozenset(
    stem(word)
    for word in "forhold siden ændret ændrer sammenlign sammenlignet adskiller aftale aftaler "
    "aftalerne to begge hinanden".split()
)
"""Words by which a comparison is asked for, that do not say of what."""
_COMMON = re.compile(rf"region|kommun|regering|dansk|mellem|{_AGREEMENT}")
"""Parties and what every agreement is called."""


def compared(question: str, heads: Sequence[Head]) -> list[Head]:
    """Return the agreements that a question sets side by side; none for any other question.

    They are those that it names, or all of a few ("begge aftaler").
    """
    lowered = question.lower()
    if len(heads) < 2:
        return []
    if len(heads) <= _SIDES and _BOTH.search(lowered):
        return list(heads)
    named = [head for head in heads if _names(lowered, head)]
    if named:
        named = [head for head in heads if head in named or _is_beside(lowered, head)]
    return named if 1 < len(named) <= _SIDES else []


def _names(lowered: str, head: Head) -> bool:
    """Return whether a question names an agreement by a word of its title or by its year."""
    words = {stem(w) for w in tokenize(f"{head.short_title} {head.title}") if len(w) >= _LONG}
    title = {word for word in words if not _COMMON.search(word)}
    asked = {stem(word) for word in tokenize(lowered) if len(word) >= _LONG}
    by_word = any(
        (len(a) >= _LONG and t.endswith(a) and len(t) > _PLAIN)
        or (a.startswith(t) and _AGREEMENT in a)
        for a in asked
        for t in title
    )
    years = {str(head.date.year), str(head.years.first)}
    return by_word or any(
        re.search(rf"\b(?:{year}|{year[2:]})[- ]?{_PAPER}", lowered)
        or re.search(rf"\b(?:{_PAPER}|den) (?:fra|for) (?:\w+ )?{year}\b", lowered)
        for year in years
    )


def _is_beside(lowered: str, head: Head) -> bool:
    """Return whether the year of an agreement is what another one is held against."""
    years = {str(head.date.year), str(head.years.first)}
    return any(re.search(_BESIDE.format(year), lowered) for year in years)


def subject(question: str, heads: Sequence[Head]) -> str:
    """Return a comparing question without the names of what it compares.

    "økonomiaftalen" would find what the agreement says of itself.
    """
    plain = _without_names(question, heads)
    return plain if len(content_stems(plain)) > 1 else question


def says_about_what(question: str, heads: Sequence[Head]) -> bool:
    """Return whether a comparing question says what is to be compared."""
    return not _COMPARING.issuperset(topic_stems(_without_names(question, heads)))


def _without_names(question: str, heads: Sequence[Head]) -> str:
    kept = [word for word in question.split() if not any(_names(word.lower(), h) for h in heads)]
    return _BOTH.sub(" ", " ".join(kept))


def side_by_side(found: Sequence[Sequence[Hit]], top: int) -> list[Hit]:
    """Return the hits of each agreement in turn, the best of each first."""
    rows = zip_longest(*found)
    return [hit for hit in chain.from_iterable(rows) if hit is not None][:top]
