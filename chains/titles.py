"""Titles of agreements in a question: which agreement is meant, and what is asked beside them.

A title says where to look, not what for: its words ("regionernes økonomi", "sundhedsreform") stand
all over the agreement, and would find its opening instead of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chains.lookup import topic_stems
from chains.understand import Reading
from corpus.models import Head
from corpus.years import find_years

_BEFORE = (
    r"(?:[(,]?\s*\b(?:i|ifølge|fra|efter|jævnfør|jf\.?|under|af|ved|med|til)\s+)?"
    r"(?:\b(?:den|det|selve|denne|vores)\s+)?"
)
_YEAR = (
    r"(?:\s+(?:for|fra|i|af)?\s*(?P<year>(?:19|20)\d\d))?(?![\w-]|\s+(?:for|fra)\s+(?:19|20)\d\d)"
)
_AFTER = r"\s*[:,)]?"
_TRAILING_YEAR = re.compile(r"\s+(?:(?:for|fra)\s+)?(?:19|20)\d\d$")
_FORMS = "n?s?"
"""Endings of "aftale" that a title may be given."""


@dataclass(frozen=True)
class Mention:
    """A title in a text."""

    start: int
    end: int
    head: Head
    whole: bool
    """Told with its year, or without where it has none: one agreement and no other."""


def find_titles(text: str, heads: Sequence[Head]) -> list[Mention]:
    """Return where a text names agreements by title or short title, the longest first, in order."""
    lowered = text.lower()
    found = [
        Mention(match.start(), match.end(), head, whole)
        for head in heads
        for core, pattern, years, dated in _patterns(head.title, head.short_title)
        if core in lowered
        for match in pattern.finditer(text)
        for year in [match["year"]]
        if year is None or int(year) in years | {head.date.year, head.years.first}
        for whole in [bool(year) or not dated]
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        spans = (
            other for other in kept if (other.start, other.end) != (mention.start, mention.end)
        )
        if not any(mention.start < other.end and other.start < mention.end for other in spans):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _inside(one: Mention, other: Mention) -> bool:
    """Return whether two mentions meet, and are not of one place with several agreements."""
    same = (one.start, one.end) == (other.start, other.end)
    return not same and one.start < other.end and other.start < one.end


def named_whole(text: str, heads: Sequence[Head]) -> list[Head]:
    """Return the agreements that a text names so that no other can be meant."""
    mentions = [mention for mention in find_titles(text, heads) if mention.whole]
    spans = [(mention.start, mention.end) for mention in mentions]
    return [m.head for m, span in zip(mentions, spans, strict=True) if spans.count(span) == 1]


def leave_out_titles(reading: Reading, heads: Sequence[Head]) -> Reading:
    """Return a reading of what is asked beside titles; as it was where nothing is."""
    asked = reading.asked_last or reading.standalone
    plain = _without(asked, heads)
    earlier = _without(reading.earlier, heads)
    standalone = f"{earlier} {plain}".strip()
    if standalone == reading.standalone or not topic_stems(standalone):
        return reading
    return replace(
        reading,
        standalone=standalone,
        earlier=earlier,
        focus=_without(reading.focus, heads) or reading.focus,
        titled=reading.standalone,
    )


def _without(text: str, heads: Sequence[Head]) -> str:
    for mention in reversed(find_titles(text, heads)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return re.sub(r"\s+([?.!,])", r"\1", " ".join(text.split()))


@lru_cache(maxsize=10_000)
def _patterns(*titles: str) -> tuple[tuple[str, re.Pattern[str], frozenset[int], bool], ...]:
    """Return for each title a part that must be met, its pattern, its years, if it is dated."""
    made = []
    for title in titles:
        bare = _TRAILING_YEAR.sub("", title)
        name = r"\s+".join(_inflected(word) for word in bare.split())
        pattern = re.compile(rf"{_BEFORE}\b{name}{_YEAR}{_AFTER}", re.IGNORECASE)
        core = max(bare.lower().split(), key=len)
        made.append((core, pattern, frozenset(find_years(title).years), bare != title))
    return tuple(made)


def _inflected(word: str) -> str:
    """Return a pattern of a word, an agreement with every ending."""
    stem = re.sub(r"(?<=aftale)n?s?$", "", word.removesuffix(","))
    forms = _FORMS if stem.lower().endswith("aftale") else ""
    return re.escape(stem) + forms + (",?" if word.endswith(",") else "")
