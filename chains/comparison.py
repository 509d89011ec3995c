"""Does a question set agreements side by side? Then each of them is searched and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from chains.lookup import topic_stems
from chains.retrieve import Hit
from chains.titles import is_called, long_stems
from corpus.models import Head
from corpus.words import content_stems, stem

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
_SIDES = 4
"""Agreements that are set side by side at most: what more have in common names none of them."""
_COMPARING = frozenset(
    stem(word)
    for word in "forhold siden ændret ændrer sammenlign sammenlignet adskiller aftale aftaler "
    "aftalerne to begge hinanden".split()
)
"""Words by which a comparison is asked for, that do not say of what."""


def compared(question: str, heads: Sequence[Head]) -> list[Head]:
    """Return the agreements that a question sets side by side; none for any other question.

    They are those that it names, or all of a few ("begge aftaler").
    """
    lowered = question.lower()
    if len(heads) < 2:
        return []
    if len(heads) <= _SIDES and _BOTH.search(lowered):
        return list(heads)
    asked = long_stems(lowered)
    is_named = [_names(lowered, asked, head) for head in heads]
    if not any(is_named):
        return []
    named = [h for h, is_ in zip(heads, is_named, strict=True) if is_ or _is_beside(lowered, h)]
    return named if 1 < len(named) <= _SIDES else []


def _names(lowered: str, asked: Iterable[str], head: Head) -> bool:
    """Return whether a question names an agreement by a word of its title or by its year."""
    return is_called(asked, head) or any(
        re.search(rf"\b(?:{year}|{year[2:]})[- ]?{_PAPER}", lowered)
        or re.search(rf"\b(?:{_PAPER}|den) (?:fra|for) (?:\w+ )?{year}\b", lowered)
        for year in _years_in(lowered, head)
    )


def _years_in(lowered: str, head: Head) -> list[str]:
    """Return the years of an agreement whose last two digits a question has."""
    years = {str(head.date.year), str(head.years.first)}
    return [year for year in years if year[2:] in lowered]


def _is_beside(lowered: str, head: Head) -> bool:
    """Return whether the year of an agreement is what another one is held against."""
    return any(re.search(_BESIDE.format(year), lowered) for year in _years_in(lowered, head))


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
    kept = [
        word
        for word in question.split()
        if not any(_names(word.lower(), long_stems(word), head) for head in heads)
    ]
    return _BOTH.sub(" ", " ".join(kept))


def side_by_side(found: Sequence[Sequence[Hit]], top: int) -> list[Hit]:
    """Return the hits of each agreement in turn, the best of each first."""
    rows = zip_longest(*found)
    return [hit for hit in chain.from_iterable(rows) if hit is not None][:top]
