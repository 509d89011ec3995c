"""Is what was asked for in what was found? If not: which kind of "no".

Hard limits come first, each by rule: an opinion, an outcome, another agreement, a year, a place, an
amount that stands nowhere. What is left must pass one threshold, learned on `dev` by
`python -m eval.train`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chains.retrieve import Hit
from chains.selection import WEIGHTS, Candidate
from chains.understand import NamedAgreement, Reading, Wants
from corpus import texts
from corpus.danish import find_quantities
from corpus.models import Head, NotFoundReason, Unit
from corpus.words import content_stems
from corpus.years import find_years

SIGNALS = ("everyday_cosine", "sentence_cosine", "passage_cosine", "coverage", "meets_demand")
_LOOKED_AT = 12
"""Candidates in which a year, a place or an amount is looked for."""


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered."""

    reason: NotFoundReason
    text: str
    note: str = ""


def decide(
    reading: Reading, candidates: Sequence[Candidate], hits: Sequence[Hit], heads: Sequence[Head]
) -> Refusal | None:
    """Return why the question is not answered, or None when it can be."""
    if reading.asks_opinion:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.OPINION)
    if not candidates:
        return Refusal(NotFoundReason.NOT_STATED, texts.NOT_STATED)
    return (
        _other_agreement(reading, candidates, heads)
        or _weak(reading, candidates, hits)
        or _outcome(reading)
        or _place(reading, candidates)
        or _year(reading, candidates, heads)
        or _premise(reading, candidates)
    )


def _texts(candidates: Sequence[Candidate], count: int = _LOOKED_AT) -> list[str]:
    return [candidate.sentence.text for candidate in candidates[:count]]


def _other_agreement(
    reading: Reading, candidates: Sequence[Candidate], heads: Sequence[Head]
) -> Refusal | None:
    """An agreement that is neither ours nor mentioned in the sentences that were found."""
    for named in reading.named:
        if _is_ours(named, heads):
            continue
        found = _texts(candidates, 3)
        if named.year is None:
            mentioned = any("kommunernes økonomi" in text.lower() for text in found)
        else:
            mentioned = any(str(named.year) in text for text in found)
        if not mentioned:
            name = f"{named.name} {named.year}" if named.year else named.name
            return Refusal(
                NotFoundReason.OTHER_YEAR_OR_AGREEMENT, texts.other_agreement(name)
            )
    return None


def _is_ours(named: NamedAgreement, heads: Sequence[Head]) -> bool:
    """True when a head's own year and one of its title's words meet the name."""
    for head in heads:
        years = {head.date.year, *find_years(f"{head.title} {head.short_title}").years}
        title = f"{head.title} {head.short_title}".lower()
        core = named.name.removesuffix("en").removesuffix("e").split()[-1]
        generic = core in {"aftal", "aftale"}
        if named.year in years and (generic or core in title or "regionernes" in named.name):
            return True
    return False


def _outcome(reading: Reading) -> Refusal | None:
    if reading.asks_outcome:
        return Refusal(NotFoundReason.NOT_STATED, texts.OUTCOME, texts.NOTE_PAST_AND_FUTURE)
    return None


def _place(reading: Reading, candidates: Sequence[Candidate]) -> Refusal | None:
    """A figure for a region or town must stand in a sentence that names it."""
    found = " ".join(_texts(candidates, 5)).lower()
    for written, name in reading.places:
        if name.lower() not in found:
            return Refusal(NotFoundReason.NOT_STATED, texts.not_stated_for_place(written))
    return None


def _year(
    reading: Reading, candidates: Sequence[Candidate], heads: Sequence[Head]
) -> Refusal | None:
    """A year must stand in what was found, or the agreement must cover it."""
    covered = {
        year
        for head in heads
        if head.id == candidates[0].passage.agreement_id
        for year in range(head.years.first, head.years.last + 1)
    }
    spoken = [find_years(text) for text in _texts(candidates)]
    missing = [
        year
        for year in reading.years
        if year not in covered and not any(year in years for years in spoken)
    ]
    if missing:
        return Refusal(
            NotFoundReason.OTHER_YEAR_OR_AGREEMENT, texts.not_stated_for_years(missing)
        )
    return None


def _premise(reading: Reading, candidates: Sequence[Candidate]) -> Refusal | None:
    """An amount that the asker takes for agreed must stand in what was found."""
    if " hvis " in f" {reading.focus.lower()} ":
        return None  # "hvis vi får 500 mio. kr." is a case, not a claim
    found = {
        quantity.amount
        for text in [hit.passage.text for hit in candidates]
        for quantity, _, _ in find_quantities(text)
    }
    for quantity, start, end in find_quantities(reading.standalone):
        if quantity.unit is not Unit.NUMBER and quantity.amount not in found:
            return Refusal(
                NotFoundReason.NOT_STATED, texts.premise_unknown(reading.standalone[start:end])
            )
    return None


def signals(
    reading: Reading, candidates: Sequence[Candidate], hits: Sequence[Hit]
) -> tuple[float, ...]:
    """Return what the threshold looks at, in the order of `SIGNALS`."""
    stems = {stem for stem in content_stems(reading.standalone) if not stem[0].isdigit()}
    top = candidates[:3]
    covered = max((_coverage(stems, candidate) for candidate in top), default=0.0)
    from chains.selection import find_facts, meets_demand  # noqa: PLC0415

    demand = meets_demand(reading.wants, find_facts(candidates[0].sentence.text))
    return (
        20 * (max(c.scores.everyday_cosine for c in candidates) - 0.85),
        20 * (max(c.scores.cosine for c in candidates) - 0.85),
        20 * (max(hit.cosine for hit in hits) - 0.85),
        covered,
        1.0 if demand is False else 0.0,
    )


def _coverage(stems: set[str], candidate: Candidate) -> float:
    """Return the share of the question's stems, long ones counting more, near a sentence."""
    near = set(
        content_stems(
            " ".join(
                [candidate.passage.section, candidate.passage.text, *candidate.sentence.everyday]
            )
        )
    )
    total = sum(math.sqrt(len(stem)) for stem in stems)
    return sum(math.sqrt(len(stem)) for stem in stems & near) / total if total else 0.0


def _weak(
    reading: Reading, candidates: Sequence[Candidate], hits: Sequence[Hit]
) -> Refusal | None:
    weights = _weights()
    values = dict(zip(SIGNALS, signals(reading, candidates, hits), strict=True))
    strength = weights["bias"] + sum(weights[name] * values[name] for name in SIGNALS)
    if strength >= 0:
        return None
    if strength < weights["off_topic"]:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.OFF_TOPIC)
    return Refusal(
        NotFoundReason.NOT_STATED, f"{texts.NOT_STATED} {texts.NOT_STATED_NEAREST}"
    )


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["answerable"]
    return weights


_ = Wants
