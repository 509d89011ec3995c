"""Commitments in answers: a plain lead over a quote, and lists by actor and deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.compose import Draft, Part, Quote
from chains.selection import Candidate, asked_stems
from chains.understand import Reading, Wants
from corpus import texts
from corpus.commitment import Commitment, Force
from corpus.words import content_stems
from ingest.extract_commitments import find_actors, overlap
from ingest.index import Corpus

_DUTIES = re.compile(
    r"\b(?:frist(?:er|erne)?|deadlines?|tidsfrist(?:er|erne)?|hvad skal .{2,40} (?:nå|levere|have "
    r"gjort|gøre|gennemføre)|(?:opgaver|forpligtelser|aftaler) (?:har|får|skal|er der for)|"
    r"forpligtet sig til|hvad har .{2,40} (?:lovet|forpligtet))\b",
    re.IGNORECASE,
)
_BY_TIME = re.compile(r"\b(?:frist\w*|deadline\w*|tidsfrist\w*|nå|inden|senest|hvornår)\b", re.I)
_UNTIL = re.compile(r"\b(?:nå|inden|senest|frem til|til og med)\b", re.IGNORECASE)
_MOST, _MOST_WORDS = 8, 280
_NO_LEAD = {Wants.LIST, Wants.OVERVIEW, Wants.DEFINITION, Wants.YES_NO, Wants.WHY, Wants.MONEY}
_TOLD = 0.5
"""Share of the question's words from which on a commitment is what is asked for."""


@dataclass(frozen=True)
class Duties:
    """What a question for commitments asks for."""

    actors: tuple[str, ...]
    years: tuple[int, ...]
    timed: bool
    """Only those with a deadline."""
    until: bool
    """Also those before the years."""


def asked_duties(reading: Reading) -> Duties | None:
    """Return whose commitments are asked for, or by when; None for any other question.

    A question on one matter ("hvad skal kommunerne gøre ved ...") is answered by its sentence.
    """
    if not _DUTIES.search(reading.focus):
        return None
    actors = find_actors(reading.focus)
    timed = _BY_TIME.search(reading.focus) is not None
    about = asked_stems(reading) - {s for a in actors for s in content_stems(a)} - _DUTY_STEMS
    if about or not (actors or (timed and reading.years)):
        return None
    until = _UNTIL.search(reading.focus) is not None
    return Duties(actors, reading.years, timed, until)


_DUTY_STEMS = frozenset(
    content_stems(
        "frist frister fristerne deadline deadlines tidsfrister nå levere gjort gøre gennemføre "
        "opgaver forpligtelser forpligtet aftaler aftalt lovet inden senest udgangen slutningen "
        "året sommeren parterne alle hvilke liste oversigt over efter aftalerne have har skal"
    )
)


def compose_duties(
    duties: Duties, corpus: Corpus, agreements: Sequence[str] | None
) -> Draft | None:
    """Return the commitments asked for with their quotes, the earliest deadline first."""
    found = [
        c
        for c in corpus.commitments
        if (agreements is None or c.agreement_id in agreements)
        and (not duties.actors or _whose(duties.actors) & set(c.actors))
        and (not duties.timed or c.due)
        and _in_time(c, duties)
    ]
    found.sort(key=lambda c: (c.due or "9999", c.agreement_id, c.start))
    parts: list[Part] = []
    words = count = 0
    for agreement in corpus.agreements:
        quotes: list[Quote] = []
        for commitment in (c for c in found if c.agreement_id == agreement.id):
            quote = _quote(commitment, corpus)
            length = (commitment.end - commitment.start) // 6
            seen = quote is not None and any(q.start <= quote.start < q.end for q in quotes)
            if quote is None or seen or count == _MOST or words + length > _MOST_WORDS:
                continue
            quotes.append(quote)
            words, count = words + length, count + 1
        if quotes:
            names = dict.fromkeys(texts.section_name(quote.passage) for quote in quotes)
            parts.append(Part(agreement.head, tuple(names), tuple(quotes)))
    if not parts:
        return None
    opening = texts.duties(duties.actors, timed=duties.timed, more=len(found) > count)
    return Draft(tuple(parts), opening)


def _whose(actors: Sequence[str]) -> set[str]:
    """Return who else acts for some actors: what the parties agree, each of them has agreed."""
    return {*actors, "parterne", *(_SPEAKERS[actor] for actor in actors if actor in _SPEAKERS)}


_SPEAKERS = {"regionerne": "Danske Regioner", "Danske Regioner": "regionerne",
             "kommunerne": "KL", "KL": "kommunerne", "staten": "regeringen",
             "regeringen": "staten"}  # fmt: skip


def _in_time(commitment: Commitment, duties: Duties) -> bool:
    """Return whether a deadline lies in the years asked for, or before the end of the last."""
    if not duties.years:
        return True
    year = int(commitment.due[:4] or 0)
    return year in duties.years or (duties.until and 0 < year <= max(duties.years))


def _quote(commitment: Commitment, corpus: Corpus) -> Quote | None:
    for passage in corpus.passages:
        inside = passage.start <= commitment.start and commitment.end <= passage.end
        if passage.agreement_id == commitment.agreement_id and inside:
            return Quote(passage, commitment.start, commitment.end, item=True)
    return None


def lead_of(best: Candidate, reading: Reading, corpus: Corpus) -> str:
    """Return a plain sentence on what the best quote commits whom to; empty where it is unsure.

    Of several commitments in one sentence the one with most of the question's words is told.
    """
    if reading.wants in _NO_LEAD:
        return ""
    sentence = best.sentence
    own = [
        c
        for c in corpus.commitments
        if c.act
        and c.agreement_id == best.passage.agreement_id
        and overlap(c.start, c.end, sentence.start, sentence.end)
    ]
    stems = asked_stems(reading)
    scored = [
        (len(stems & _stems(commitment)), -commitment.start, commitment) for commitment in own
    ]
    if not scored:
        return ""
    score, _, commitment = max(scored, key=lambda one: one[:2])
    unsure = score < max(1, _TOLD * len(stems))  # a lead on something else misleads
    if unsure or commitment.force in {Force.NOTES, Force.DISCUSS}:
        return ""
    return texts.commitment(commitment)


def _stems(commitment: Commitment) -> set[str]:
    return set(content_stems(" ".join([commitment.act, *commitment.aliases])))
