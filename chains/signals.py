"""Question + what was found -> signals: what the thresholds of `abstain` look at, each by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chains.retrieve import NEAREST_GAIN, Hit
from chains.selection import (
    Candidate,
    asked_stems,
    coverage,
    find_facts,
    meets_demand,
    own_coverage,
    stems_near,
)  # fmt: skip
from chains.understand import Reading, Wants, asked_kind
from chains.vocabulary import Vocabulary
from corpus.models import Sentence

Signals = Mapping[str, float]
ABOUT = ("nearest", "sentence", "passage", "words", "around")
"""What tells whether a question is about the agreements."""
STATED = (
    *ABOUT, "unanswered", "unanswered_several", "coverage", "rare_coverage", "stems", "margin",
    "misses_demand", "own_words", "share", "score", "kind_known", "past",
    *(f"wants_{wants}" for wants in Wants),
)  # fmt: skip
"""What tells whether the fact asked for is stated, beside whether its subject is."""
_BEST = 3
_MANY, _APART, _TEN = 10, 3.0, 10.0
_USUAL = 0.2
"""What it is on average, for a sentence for which nobody has written any."""
_PAST = re.compile(
    r"\b(?:blev|nåede|skrev|valgte|satte|gik|fik|prøvede|fordelte|anbefalede|tabte|viste|endte|"
    r"havde|fandt|kom)\b"
)
"""Tells of what came after; agreements tell what is to come."""
SEVERAL = 3
"""Unanswered questions that are looked at."""


def weigh(
    reading: Reading,
    candidates: Sequence[Candidate],
    hits: Sequence[Hit],
    vocabulary: Vocabulary,
    unanswered: Sequence[float],
) -> Signals:
    """Return every signal of `STATED`; none where nothing was found.

    `unanswered` are the cosines of the nearest questions that the agreements do not answer. They
    say nothing of a sentence for which nobody has written any.
    """
    if not candidates:
        return {}
    stems = asked_stems(reading)
    best, *others = candidates
    top = candidates[:_BEST]
    near = [stems_near(f"{c.passage.section} {c.sentence.text}", c.sentence.phrasings) for c in top]
    rare = {stem: vocabulary.rarity(stem) for stem in stems}
    met = sum(rarity for stem, rarity in rare.items() if any(stem in own for own in near))
    nearest = max(c.scores.nearest for c in candidates)
    known = list(unanswered[:SEVERAL]) if best.sentence.phrasings else []
    known = known or [nearest - NEAREST_GAIN]
    misses = meets_demand(reading.wants, find_facts(best.sentence.text)) is False
    return {
        "nearest": _scaled(nearest),
        "sentence": _scaled(max(c.scores.cosine for c in candidates)),
        "passage": _scaled(max(hit.cosine for hit in hits)),
        "words": max(c.scores.words for c in candidates) / _TEN,
        "around": max(
            coverage(stems, c.sentence, f"{c.passage.section} {c.passage.text}") for c in top
        ),
        "unanswered": _scaled(known[0]),
        "unanswered_several": _scaled(sum(known) / len(known)),
        "coverage": coverage(stems, best.sentence),
        "rare_coverage": met / sum(rare.values()) if rare else 0.0,
        "stems": min(len(stems), _MANY) / _MANY,
        "margin": min(best.score - others[0].score, _APART) if others else _APART,
        "misses_demand": float(misses),
        "own_words": own_coverage(stems, best.sentence),
        "share": best.share,
        "score": best.score / _TEN,
        "kind_known": _kind_known(reading.wants, best.sentence),
        "past": float(_PAST.search(reading.focus.lower()) is not None),
        **{f"wants_{wants}": float(reading.wants is wants) for wants in Wants},
    }


def _kind_known(wants: Wants, sentence: Sentence) -> float:
    """Return how many of the questions that a sentence is known to answer ask for the same kind."""
    kinds = [asked_kind(question) for question in sentence.questions]
    return kinds.count(wants) / len(kinds) if kinds else _USUAL


def _scaled(cosine: float) -> float:
    """Spread the band in which cosines lie."""
    return 10 * (cosine - 0.4)
