"""Titles of agreements in a question: which agreement is meant, and what is asked beside them.

A title says where to look, not what for: its words ("regionernes økonomi", "sundhedsreform") stand
all over the agreement, and would find its opening instead of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chains.lookup import topic_stems
from chains.understand import NamedAgreement, Reading, find_named
from corpus.models import Head
from corpus.words import stem, tokenize
from corpus.years import find_years

_BEFORE = re.compile(
    r"(?:[(,]?\s*\b(?:i|ifølge|fra|efter|jævnfør|jf\.?|under|af|ved|med|til)\s+)?"
    r"(?:\b(?:den|det|selve|denne|vores|regionernes)\s+)*$",
    re.IGNORECASE,
)
_YEAR = (
    r"(?:\s+(?:for|fra|i|af)?\s*(?P<year>(?:19|20)\d\d))?(?![\w-]|\s+(?:for|fra)\s+(?:19|20)\d\d)"
)
_AFTER = re.compile(r"^\s*[:,)–-]")
_NICKNAME = re.compile(
    r"(?:(?:\b(?:i|ifølge|fra|efter|jf\.?|siger)\s+(?:den\s+)?|^)(?P<name>\w*aftale\w*)|"
    r"^(?P<heading>\w*reform\w*)(?=\s*[:–-]\s))\b"
    r"(?!\s+(?:(?:for|fra|i|om|af)\s+)?(?:19|20)\d\d)"
)
"""What an agreement is called where it is said where to look: "i økonomiaftalen"."""
_SIGNED = r"{} (?:er |som er )?fra (?:\w+ )?{}\b"
_GENERIC = re.compile(r"^(?:den |\w+ )?(?:aftale\w*|tekst\w*)$")
_LONG_NAME, _LONG = 5, 6
_SHORT = 2
"""Words of a title up to which it is, without its year, a word like any other."""
_PLAIN = 8
"""Letters of a title's word that alone name nothing ("økonomi"); a longer one is a compound."""
_AGREEMENT = "aftal"
_COMMON = re.compile(rf"region|kommun|regering|dansk|mellem|{_AGREEMENT}")
"""Parties and what every agreement is called."""
_TRAILING_YEAR = re.compile(r"\s+(?:(?:for|fra)\s+)?(?:19|20)\d\d$")
_FORMS = "n?s?"
"""Endings of "aftale" that a title may be given."""


def find_names(text: str, heads: Sequence[Head]) -> list[tuple[int, int]]:
    """Return where a text names agreements: by title, by year, by what they are called in short.

    "økonomiaftalen" alone is a name where it is said where to look. What a reform costs or brings
    is asked of the reform, not of a paper: it is a name by its whole title alone.
    """
    lowered = text.lower()
    found = [(title.start, title.end) for title in _find_titles(text, heads)]
    found += [
        (named.start, named.end)
        for named in find_named(lowered)
        if _AGREEMENT in named.name and resolve(named, lowered, heads) is not None
    ]
    found += [
        match.span(kind)
        for match in _NICKNAME.finditer(lowered)
        for kind in [match.lastgroup or "name"]
        if any(is_called(long_stems(match[kind]), head) for head in heads)
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        if not any(start < b and a < end for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def named_whole(text: str, heads: Sequence[Head]) -> list[Head]:
    """Return the agreements that a text names by a title that no other has."""
    titles = [title for title in _find_titles(text, heads) if title.whole]
    spans = [(title.start, title.end) for title in titles]
    return [t.head for t, span in zip(titles, spans, strict=True) if spans.count(span) == 1]


def resolve(named: NamedAgreement, lowered: str, heads: Sequence[Head]) -> Head | None:
    """Return the agreement of a kind that a name with a year is that of, by its title's year first.

    "aftalen fra 2020" is the one that was signed then.
    """
    if named.year is None:
        return None
    fitting = [head for head in heads if _fits(named, head)]
    titled = [h for h in fitting if named.year in find_years(f"{h.title} {h.short_title}").years]
    dated = [h for h in fitting if h.date.year == named.year]
    signed = re.search(_SIGNED.format(re.escape(named.name), named.year), lowered) is not None
    return next(iter((dated or titled) if signed else (titled or dated)), None)


def _fits(named: NamedAgreement, head: Head) -> bool:
    """Return whether a name can be that of an agreement: "økonomiaftalen" is no reform."""
    if _GENERIC.match(named.name):
        return True
    title = [stem(w) for w in tokenize(f"{head.title} {head.short_title}") if len(w) >= _LONG_NAME]
    words = [stem(w) for w in tokenize(named.name) if len(w) >= _LONG_NAME]
    return any(a in b or b in a for a in words for b in title if not b.startswith(_AGREEMENT))


def is_called(asked: Iterable[str], head: Head) -> bool:
    """Return whether one of these stems is a word of an agreement's title: "reformen"."""
    return any(
        (len(a) >= _LONG and t.endswith(a) and len(t) > _PLAIN)
        or (a.startswith(t) and _AGREEMENT in a)
        for a in asked
        for t in _title_stems(head.short_title, head.title)
    )


def long_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's longer words."""
    return frozenset(stem(word) for word in tokenize(text) if len(word) >= _LONG)


@lru_cache(maxsize=10_000)
def _title_stems(*titles: str) -> frozenset[str]:
    """Return the words of titles that tell agreements apart."""
    return frozenset(word for word in long_stems(" ".join(titles)) if not _COMMON.search(word))


@dataclass(frozen=True)
class _Title:
    """A title in a text."""

    start: int
    end: int
    head: Head
    whole: bool
    """Told with its year, or without where it has none."""


def _find_titles(text: str, heads: Sequence[Head]) -> list[_Title]:
    lowered = text.lower()
    return [
        _Title(match.start(), match.end(), head, bool(match["year"]) or not dated)
        for head in heads
        for core, pattern, years, dated in _patterns(head.title, head.short_title)
        if core in lowered
        for match in pattern.finditer(text)
        if (match["year"] is None and (not dated or len(match[0].split()) > _SHORT))
        or (match["year"] and int(match["year"]) in (years or {head.date.year, head.years.first}))
    ]


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
    for start, end in reversed(find_names(text, heads)):
        before = _BEFORE.sub("", text[:start])
        text = f"{before} {_AFTER.sub('', text[end:])}"
    return re.sub(r"\s+([?.!,])", r"\1", " ".join(text.split()))


@lru_cache(maxsize=10_000)
def _patterns(*titles: str) -> tuple[tuple[str, re.Pattern[str], frozenset[int], bool], ...]:
    """Return for each title a part that must be met, its pattern, its years, if it is dated."""
    made = []
    for title in titles:
        bare = _TRAILING_YEAR.sub("", title)
        name = r"\s+".join(_inflected(word) for word in bare.split())
        pattern = re.compile(rf"\b{name}{_YEAR}", re.IGNORECASE)
        core = max(tokenize(bare), key=len, default="")
        if core:  # a title of signs alone is met nowhere
            made.append((core, pattern, frozenset(find_years(title).years), bare != title))
    return tuple(made)


def _inflected(word: str) -> str:
    """Return a pattern of a word, an agreement with every ending."""
    stem = re.sub(r"(?<=aftale)n?s?$", "", word.removesuffix(","))
    forms = _FORMS if stem.lower().endswith("aftale") else ""
    return re.escape(stem) + forms + (",?" if word.endswith(",") else "")
