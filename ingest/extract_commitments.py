"""Commitments by rule, for an agreement that nobody has reviewed.

A sentence is a commitment when its verb commits somebody; who, how firmly and by when are read from
its words.
`python -m ingest check` prints precision and recall against the reviewed registers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.commitment import Commitment, Force
from corpus.models import Sentence

_WHO = r"(?:regeringen|parterne|regioner(?:ne)?|kommunerne|KL|staten|partnerskabet)"
_FORCES = (
    (Force.NOTES, r"noterer(?: sig)?"),
    (Force.AGREED, r"enige|enighed|aftalt|aftales|fastsat"),
    (Force.DISCUSS, r"drøfte[rs]?"),
    (Force.SHALL,
     r"skal|nedsættes|igangsætte[rs]|gennemføres|fastsættes|fastlægges|afsættes|afsat|etableres|"
     r"udarbejde[rs]|evalueres|videreføres|forlænges|indføres|oprettes|tilføres|løftes|"
     r"reduceres|hensættes|inddrages|følges|udmøntes|forpligter|prioriteres|iværksættes|"
     r"pålægges|reguleres"),
    (Force.WILL, rf"{_WHO} vil|vil blive|forventes|planlægges|har til hensigt|lægges op til"),
    (Force.MAY, rf"{_WHO} kan|anbefaler"),
)  # fmt: skip
_PATTERNS = tuple(
    (force, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for force, words in _FORCES
)
_ACTORS = (
    "regeringen", "Danske Regioner", "KL", "parterne", "regionerne", "kommunerne", "staten",
    "Sundhedsstyrelsen", "Sundhedsministeriet", "Sundhedsdatastyrelsen", "sundhedsklyngerne",
)  # fmt: skip
_DEADLINE = re.compile(
    r"\b(?:senest|inden|ved|med|frem (?:mod|til)|til|i|ultimo|primo|medio)\s+(?:[a-zæøå]+\s+){0,4}?"
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"foråret|efteråret|sommeren|(?:[1-4]|første|andet|tredje|fjerde)\.? (?:halvår|kvartal))?\s*"
    r"((?:19|20)\d\d)\b|\b(?:senest|inden)\s+(?:\S+\s+){1,4}?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_HALF = 0.5
_BY = re.compile(r"\b(?:senest|inden|ultimo|udgangen|frem mod)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fit:
    """How well what was found by rule meets a reviewed register."""

    precision: float
    recall: float


def is_commitment(text: str) -> bool:
    """Return whether a sentence has the words of a commitment.

    >>> is_commitment("Der nedsættes en arbejdsgruppe.")
    True
    """
    return any(pattern.search(text) for _, pattern in _PATTERNS)


def extract_commitments(agreement_id: str, sentences: Sequence[Sentence]) -> list[Commitment]:
    """Return the commitments of an agreement by rule, each a sentence of it, unreviewed."""
    return list(_extracted(agreement_id, sentences))


def _extracted(agreement_id: str, sentences: Sequence[Sentence]) -> Iterator[Commitment]:
    for sentence in sentences:
        if not is_commitment(sentence.text):
            continue
        force = next(force for force, pattern in _PATTERNS if pattern.search(sentence.text))
        deadline = _DEADLINE.search(sentence.text)
        by = deadline[0] if deadline and _BY.search(deadline[0]) else ""
        yield Commitment(
            id=f"regel-{sentence.start}",
            agreement_id=agreement_id,
            actors=find_actors(sentence.text) or ("parterne",),
            force=force,
            deadline=by,
            due=(deadline[1] or deadline[2]) if deadline and by else "",
            start=sentence.start,
            end=sentence.end,
        )


def find_actors(text: str) -> tuple[str, ...]:
    """Return the actors that a text names, in order.

    >>> find_actors("Danske Regioner og KL er enige.")
    ('Danske Regioner', 'KL')
    """
    found = [
        (match.start(), actor)
        for actor in _ACTORS
        if (match := re.search(rf"\b{actor}s?\b", text, re.IGNORECASE))
    ]
    return tuple(actor for _, actor in sorted(found))


def fit(found: Sequence[Commitment], reviewed: Sequence[Commitment]) -> Fit:
    """Return which share of what was found is a reviewed commitment, and which share was found."""

    def meets(one: Commitment, others: Sequence[Commitment]) -> bool:
        return any(overlap(one.start, one.end, other.start, other.end) for other in others)

    right = sum(meets(one, reviewed) for one in found)
    known = sum(meets(one, found) for one in reviewed)
    return Fit(right / max(1, len(found)), known / max(1, len(reviewed)))


def overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Return whether two spans share at least half of the shorter one."""
    shared = min(end, other_end) - max(start, other_start)
    return shared >= _HALF * min(end - start, other_end - other_start)
