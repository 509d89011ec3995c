"""Is what was asked for in what was found? If not: which kind of "no".

Hard limits come first, each by rule: an opinion, an outcome, another agreement, a year, a place, an
amount that stands nowhere. What is left must be near enough to the texts: one threshold, learned on
`dev` by `python -m eval.train`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from chains.lookup import topic_stems
from chains.selection import Candidate, stems_near
from chains.signals import Signals
from chains.understand import NamedAgreement, Reading, Wants
from chains.weights import Weights
from corpus import texts
from corpus.danish import find_quantities
from corpus.models import Head, NotFoundReason, SectionKind, Unit
from corpus.places import find_places
from corpus.words import stem
from corpus.years import find_years
from ingest.index import Corpus

_HARDLY_ABOUT = 1.0
"""Below it a question without a stated answer is more often off topic than not (`dev`: 7 of 10)."""
_FACTORS = (Decimal(1), Decimal(10) ** 6, Decimal(10) ** 9)
_NO_COSINE = -9.0
"""Below it lies the signal of a cosine of -1, which is what vectors give that cannot be asked."""
_MET = 0.4
"""What share of a question's stems an answer by words alone must meet."""
_BEST = 3
"""Candidates in which a year or a named agreement is looked for."""
_COMPOUND = 5
"""Letters that a part of a compound has at least."""
_TITLE_ONLY = 150  # characters of an annex of which only the title is in the file
_PAPER = (
    r"(?:aftal|finanslov|reform|plan|strategi|overenskomst|\blov|udspil)\w*\b[^.]{{0,80}}\b{}\b"
)
"""An agreement, plan or law of a year, as a sentence names it."""
_SIGNED = r"{} (?:er |som er )?fra (?:[a-zæøå]+ )?{}\b(?! til)"
"""A year in which a paper was made, and not one that it gives amounts for."""
_ECONOMY = re.compile(r"økonomi|finanslov|overenskomst")
"""A paper of one year: a sentence that gives an amount for that year says nothing of it."""
_SUPPOSES = re.compile(r"\b(?:hvis|forestil|antag|sæt (?:nu )?at|lad os sige)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:de|den|det) $", re.IGNORECASE)
_TABLE = re.compile(
    r"\b(?:\w*bilag\w*|\w*tabel\w*|økonomioversigt\w*|oversigten?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered."""

    reason: NotFoundReason
    text: str


def decide(
    reading: Reading,
    candidates: Sequence[Candidate],
    signals: Signals,
    corpus: Corpus,
    weights: Weights,
    missing: Sequence[str] = (),
) -> Refusal | None:
    """Return why the question is not answered, or None when it can be.

    `missing` are the words of its subject that stand nowhere (`unmentioned`).
    """
    heads = [agreement.head for agreement in corpus.agreements]
    if reading.asks_opinion:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.OPINION)
    if not candidates:
        return Refusal(NotFoundReason.NOT_STATED, texts.NOT_STATED)
    by_words = signals["nearest"] < _NO_COSINE
    return (
        hard_limit(reading, candidates, corpus)
        or (_unmet(signals) if by_words else _off_topic(reading, signals, weights))
        or _unmentioned(missing)
        or place_limit(reading, candidates)
        or _year(reading, candidates, heads, weights)
        or _premise(reading, candidates)
        or _unnamed(reading, candidates, weights)
        or (None if by_words else _unstated(signals, weights))
    )


def elsewhere(words: Sequence[str], heads: Sequence[Head]) -> Refusal:
    """Say that the agreements which a question names do not name its subject, and others do."""
    text = texts.named_elsewhere(words, [head.short_title for head in heads])
    return Refusal(NotFoundReason.OTHER_YEAR_OR_AGREEMENT, text)


def hard_limit(reading: Reading, candidates: Sequence[Candidate], corpus: Corpus) -> Refusal | None:
    """Return why a question is not answered whatever it asks for, figures and sums included."""
    heads = [agreement.head for agreement in corpus.agreements]
    if reading.asks_opinion:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.OPINION)
    return (
        _other_agreement(reading, candidates, heads)
        or _missing_table(reading, candidates, corpus)
        or _outcome(reading)
    )


def _texts(candidates: Sequence[Candidate], count: int = _BEST) -> list[str]:
    return [candidate.sentence.text for candidate in candidates[:count]]


def _other_agreement(
    reading: Reading, candidates: Sequence[Candidate], heads: Sequence[Head]
) -> Refusal | None:
    """An agreement that is neither ours nor told of in the sentences that were found.

    A sentence that names another year's agreement must say something of what is asked.
    """
    whole = (reading.titled or reading.standalone).lower()
    for named in reading.named:
        if _is_ours(named, heads):
            continue
        found = _texts(candidates)
        if "aftal" in named.name:
            found = _on_subject(whole[: named.start] + whole[named.end :], found)
        signed = re.search(_SIGNED.format(re.escape(named.name), named.year), whole)
        if named.year is None:
            mentioned = any("kommunernes økonomi" in text.lower() for text in found)
        elif signed or _ECONOMY.search(named.name):
            mentioned = any(re.search(_PAPER.format(named.year), text.lower()) for text in found)
        else:
            mentioned = any(str(named.year) in text for text in found)
        if not mentioned:
            name = f"{named.name} {named.year}" if named.year else named.name
            return Refusal(NotFoundReason.OTHER_YEAR_OR_AGREEMENT, texts.other_agreement(name))
    return None


def _on_subject(asked: str, found: Sequence[str]) -> list[str]:
    """Return the sentences in which a word of what is asked stands; all where nothing is."""
    subject = topic_stems(asked)
    if not subject:
        return list(found)
    return [
        text
        for text in found
        if any(one in other or other in one for one in subject for other in topic_stems(text))
    ]


def _is_ours(named: NamedAgreement, heads: Sequence[Head]) -> bool:
    """True when a head's own year and one of its title's words meet the name."""
    if named.year is None:
        return any("kommunernes økonomi" in head.title.lower() for head in heads)
    for head in heads:
        years = {head.date.year, *find_years(f"{head.title} {head.short_title}").years}
        title = f"{head.title} {head.short_title}".lower()
        core = named.name.removesuffix("en").removesuffix("e").split()[-1]
        generic = core in {"aftal", "aftale"} or any(
            word in core and word in title for word in ("reform", "økonomi")
        )
        if named.year in years and (generic or core in title or "regionernes" in named.name):
            return True
    return False


def _missing_table(
    reading: Reading, candidates: Sequence[Candidate], corpus: Corpus
) -> Refusal | None:
    """The reform's Bilag 1 is a title without its table: a question about it has no answer."""
    if not _TABLE.search(reading.standalone):
        return None
    for section in corpus.sections:
        of_best = section.agreement_id == candidates[0].passage.agreement_id
        only_title = section.end - section.start < _TITLE_ONLY
        if section.kind is SectionKind.ANNEX and of_best and only_title:
            return Refusal(NotFoundReason.NOT_STATED, texts.MISSING_TABLE)
    return None


def _outcome(reading: Reading) -> Refusal | None:
    if reading.asks_outcome:
        return Refusal(NotFoundReason.NOT_STATED, texts.OUTCOME)
    return None


def place_limit(reading: Reading, candidates: Sequence[Candidate]) -> Refusal | None:
    """A figure for a region or town must stand in a sentence that names it."""
    found = " ".join(_texts(candidates, 5)).lower()
    for written, name in reading.places:
        if name.lower() not in found:
            return Refusal(NotFoundReason.NOT_STATED, texts.not_stated_for_place(written))
    return None


def _year(
    reading: Reading, candidates: Sequence[Candidate], heads: Sequence[Head], weights: Weights
) -> Refusal | None:
    """A year must stand in what would be quoted; a sentence without one is of its agreement's."""
    covers = {head.id: range(head.years.first, head.years.last + 1) for head in heads}
    best = [
        (find_years(candidate.sentence.text), candidate.passage.agreement_id)
        for candidate in candidates[:_BEST]
        if candidate is candidates[0]
        or (
            candidate.share >= weights.near * candidates[0].share
            and candidate.passage.path[:2] == candidates[0].passage.path[:2]
        )
    ]
    missing = [
        year
        for year in reading.limit_years
        if not any(year in (years or covers[agreement]) for years, agreement in best)
    ]
    if missing:
        return Refusal(NotFoundReason.OTHER_YEAR_OR_AGREEMENT, texts.not_stated_for_years(missing))
    return None


def _premise(reading: Reading, candidates: Sequence[Candidate]) -> Refusal | None:
    """An amount that the asker takes for agreed must stand in what was found."""
    if _SUPPOSES.search(reading.standalone):
        return None  # "hvis vi får 500 mio. kr." is a case, not a claim
    found = {
        amount
        for text in dict.fromkeys(candidate.passage.text for candidate in candidates)
        for amount in _amounts(text)
    }
    asked = reading.asked_last or reading.standalone
    for quantity, start, end in find_quantities(asked):
        claimed = quantity.unit is not Unit.NUMBER or _DEFINITE.search(asked[:start])
        bare = quantity.unit is Unit.NUMBER  # "de 247,4" may be said of millions
        meant = {quantity.amount * factor for factor in (_FACTORS if bare else _FACTORS[:1])}
        if claimed and not meant & found:
            return Refusal(NotFoundReason.NOT_STATED, texts.premise_unknown(asked[start:end]))
    return None


def _unnamed(reading: Reading, candidates: Sequence[Candidate], weights: Weights) -> Refusal | None:
    """A place that is asked for, or a person by role, must be named in what would be quoted."""
    quoted = [c for c in candidates[:_BEST] if c.share >= weights.near * candidates[0].share]
    nowhere = reading.wants is Wants.WHERE and not any(find_places(c.passage.text) for c in quoted)
    nobody = reading.role and not any(_names(reading.role, candidate) for candidate in quoted)
    if nowhere or nobody:
        return Refusal(NotFoundReason.NOT_STATED, f"{texts.NOT_STATED} {texts.NOT_STATED_NEAREST}")
    return None


def _names(noun: str, candidate: Candidate) -> bool:
    """Return whether a sentence, its heading or its everyday words hold a noun or a compound."""
    wanted = stem(noun)
    sentence = candidate.sentence
    near = stems_near(f"{candidate.passage.section} {sentence.text}", sentence.phrasings)
    return any(
        wanted == other
        or (min(len(wanted), len(other)) >= _COMPOUND and (wanted in other or other in wanted))
        for other in near
    )


@lru_cache(maxsize=5_000)
def _amounts(text: str) -> frozenset[Decimal]:
    return frozenset(quantity.amount for quantity, _, _ in find_quantities(text))


def _unstated(signals: Signals, weights: Weights) -> Refusal | None:
    """The fact is not stated; far from the texts, neither is the subject."""
    if weights.stated.weigh(signals) >= 0:
        return None
    if weights.about_corpus.weigh(signals) < _HARDLY_ABOUT:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.OFF_TOPIC)
    return Refusal(NotFoundReason.NOT_STATED, f"{texts.NOT_STATED} {texts.NOT_STATED_NEAREST}")


def _unmet(signals: Signals) -> Refusal | None:
    """Without vectors the thresholds say nothing; the question's own words must stand there."""
    if signals["around"] >= _MET:
        return None
    return Refusal(NotFoundReason.NOT_STATED, f"{texts.NOT_STATED} {texts.NOT_STATED_NEAREST}")


def _unmentioned(missing: Sequence[str]) -> Refusal | None:
    if missing:
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, texts.unmentioned(missing))
    return None


def _off_topic(reading: Reading, signals: Signals, weights: Weights) -> Refusal | None:
    if weights.about_corpus.weigh(signals) < 0:
        text = texts.FOREIGN if reading.foreign else texts.OFF_TOPIC
        return Refusal(NotFoundReason.OUTSIDE_CORPUS, text)
    return None
