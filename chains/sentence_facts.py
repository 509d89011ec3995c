"""A Danish sentence -> what must not change when it is said in other words.

Numbers with unit, years, reservation and whom they are for; who acts and who receives; what stands
under a "not", a "may" or a "must"; the words that carry the rest. All by rule, the same for a
sentence of an agreement and for one that a language model wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chains.lexicon import load_lexicon
from chains.sentence_actors import Actor, find_actors
from chains.sentence_numbers import (
    LEVEL,
    Number,
    Year,
    find_numbers,
    find_years,
    for_whom,
    with_qualifier,
)
from chains.sentence_text import WORD, blank, plain_text

_TIME = re.compile(r"årlig|varig|permanent|.$")
_CLAUSE = re.compile(
    r"[;:()]|\s[–—-]\s|(?<!\d),(?!\d)|,(?=\s)|"
    r"\s(?=(?:mens|såfremt|medmindre|hvis|men|og at|samt at)\s)"
)
_OWN_WAY = re.compile(
    r"\s*(?:og )?(?:som|der|hvor\w*|hvis|når|da|fordi|idet|så|mens|men|heraf|ellers|såfremt|"
    r"medmindre|herunder)\b"
)
_EXAMPLES = re.compile(r"\s*(?:herunder|for eksempel|blandt andet)\b")
_ATTRIBUTE = re.compile(r"(?:[a-zæøå]+ (?:og [a-zæøå]+ )?)?[a-zæøå]{3,}(?:te|ede) [a-zæøå]{4,}")
_PURPOSE = re.compile(r"\btil at\b[^,;.]*$")
_AGREED_TO = re.compile(r"\b(?:enige?|enighed) om (?:[a-zæøå]+ ){0,3}?at\b[^,;.]*$")
_AGREED_TO = re.compile(r"\b(?:enige?|enighed) om (?:[a-zæøå]+ ){0,3}?at\b[^,;.]*$")
_WHOLE = frozenset({"DISCUSS", "EXPECT", "SHOULD", "RARE"})
"""What as the verb of a clause reaches all of it."""
_COMPLEMENT = re.compile(r"\s*(?:og |samt )?(?:om )?(?:at|hvordan|hvorvidt)\b")
_RECEIVE = re.compile(r"\b(?:får|få|fik|modtager|modtage|modtog|tilføre[rs]?|tilført|tildele[rs]?|"
                      r"tildelt|tilgår|tilfalder|kompenseres|behold\w*)\b")  # fmt: skip
_PASSIVE = re.compile(r"\b[a-zæøå]{3,}es\b|\b(?:bliver|blev|er|blive|været) [a-zæøå]+(?:et|t)\b")


@dataclass(frozen=True)
class Word:
    """A word that carries meaning, and what it stands under."""

    text: str
    start: int
    clause: int
    under: frozenset[str]
    """NEG, MUST, MAY ... whose reach it lies in."""
    loose: bool
    """It stands before such a word in its clause, where word order says nothing, or only describes
    a noun ("lokalt aftalte initiativer")."""
    ready: str = ""
    """What it may stand under in other words: MAY after "til at", WILL after "enige om at"."""


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence between commas."""

    start: int
    end: int
    actors: tuple[Actor, ...]
    receives: bool
    passive: bool
    condition: bool


@dataclass(frozen=True)
class Facts:
    """What a sentence says, taken apart."""

    text: str
    words: tuple[Word, ...]
    counts: tuple[Word, ...]
    """Its numbers, as words."""
    clauses: tuple[Clause, ...]
    numbers: tuple[Number, ...]
    years: frozenset[Year]
    actors: tuple[Actor, ...]
    agreed: bool
    unread: str
    """A digit that is part of no number."""
    bare: str
    """The text without numbers, years and those who act."""
    listed: bool
    """Rows of a calculation: nothing before the first number belongs to the others."""

    @property
    def plain(self) -> frozenset[str]:
        """The words that carry meaning."""
        return frozenset(word.text for word in self.words)


def read_sentence(sentence: str, *, listed: bool = False) -> Facts:
    """Take a sentence apart."""
    text = plain_text(sentence)
    lexicon = load_lexicon()
    years = tuple(find_years(text))
    hidden = blank(text, [(year.start, year.end) for year in years])
    hidden = LEVEL.sub(lambda m: " " * len(m[0]), hidden)
    spans, numbers = find_numbers(text, hidden, years, listed=listed)
    hidden = blank(hidden, [(with_qualifier(hidden, start), end) for start, end in spans])
    actors = find_actors(hidden)
    spelled = blank(hidden, [(actor.start, actor.end) for actor in actors])
    clauses = _find_clauses(text, actors)
    numbers = for_whom(numbers, actors)
    counted = {
        start: f"#{number.amount}|{number.unit}|"
        for (start, _), number in zip(spans, numbers, strict=True)
    }
    words = _find_words(text, spelled, clauses, lexicon.scope, counted)
    digits = re.search(r"\d+", spelled)
    levels = [
        Word(f"#prisniveau|{m[1]}|", m.start(), 0, frozenset(), loose=True)
        for m in LEVEL.finditer(text)
    ]
    return Facts(
        text=text,
        words=(*(word for word in words if word.text[0] != "#"), *levels),
        counts=tuple(word for word in words if word.text[0] == "#"),
        clauses=tuple(clauses),
        numbers=tuple(numbers),
        years=frozenset(years),
        actors=tuple(actors),
        agreed=any(m[0] in lexicon.agreed for m in WORD.finditer(text)),
        unread=digits[0] if digits else "",
        bare=spelled,
        listed=listed,
    )


def _find_clauses(text: str, actors: Sequence[Actor]) -> list[Clause]:
    condition = load_lexicon().condition

    def joins(place: int) -> bool:
        """Return whether a comma stands between two that are named together."""
        return any(a.end <= place <= b.start and a.group == b.group for a, b in pairwise(actors))

    breaks = [
        match.end() for match in _CLAUSE.finditer(text)
        if not joins(match.start()) and not _EXAMPLES.match(text, match.end())
    ]  # fmt: skip
    edges = [0, *breaks, len(text)]
    clauses: list[Clause] = []
    for start, end in pairwise(edges):
        said = text[start:end]
        if said.strip():
            clauses.append(
                Clause(
                    start, end,
                    tuple(a for a in actors if start <= a.start < end),
                    receives=_RECEIVE.search(said) is not None,
                    passive=_PASSIVE.search(said) is not None,
                    condition=any(m[0] in condition for m in WORD.finditer(said))
                    or bool(clauses and clauses[-1].condition and _COMPLEMENT.match(said)),
                )
            )  # fmt: skip
    return clauses


def _ready(text: str, place: int) -> str:
    if _AGREED_TO.search(text[:place]):
        return "WILL"
    return "MAY" if _PURPOSE.search(text[:place]) else ""


def _find_words(
    text: str,
    spelled: str,
    clauses: Sequence[Clause],
    scope: Mapping[str, str],
    counted: Mapping[int, str],
) -> list[Word]:
    light = load_lexicon().light
    condition = load_lexicon().condition
    words: list[Word] = []
    handed: frozenset[str] = frozenset()
    for number, clause in enumerate(clauses):
        said = spelled[clause.start : clause.end]
        marks = [m for m in WORD.finditer(said) if m[0] in scope]
        subject = any(actor.role == "SUBJ" for actor in clause.actors)
        at = _COMPLEMENT.match(said) is not None
        aside = clause.start > 0 and text[clause.start - 1] == "("
        own_way = not at and (aside or subject or (number > 0 and _OWN_WAY.match(said) is not None))
        modal = {scope[m[0]] for m in marks} - {"NEG", "ONLY", "MIN", "MAX", "DISCUSS"}
        under = frozenset() if own_way or (modal and not at) else handed
        reach = set(under if at else under - {"NEG", "ONLY", "MIN", "MAX"})
        events = sorted(
            [(m.start(), m[0], True) for m in marks]
            + [(m.start(), m[0], False)
               for m in WORD.finditer(said) if m[0] not in scope]
            + [(place - clause.start, name, False) for place, name in counted.items()
               if clause.start <= place < clause.end]
        )  # fmt: skip
        left = len(marks)
        main = {
            scope[m[0]] for m in marks
            if scope[m[0]] == "RARE"
            or (m[0].endswith("es") and not said[: m.start()].rstrip().endswith("og"))
        } & _WHOLE  # fmt: skip
        reach |= main  # "X drøftes" and "der drøftes X" say the same of X
        left -= sum(scope[m[0]] in main for m in marks)
        for start, word, is_mark in events:
            if is_mark:
                left -= scope[word] not in main
                reach.add(scope[word])
            elif (
                word not in light
                and word not in condition
                and not word.isdigit()
                and not _TIME.match(word)
            ):
                place = clause.start + start
                loose = left > 0 or _ATTRIBUTE.match(text, place) is not None
                words.append(
                    Word(word, place, number, frozenset(reach), loose, _ready(text, place))
                )
        if not (own_way and not subject):
            handed = frozenset(reach)
    return words
