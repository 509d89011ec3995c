"""The words of `synonyms.yaml`: what says the same, what is light, what turns a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import simplemma
import yaml

from corpus.words import fold_letters, stem

_FILE = Path(__file__).with_name("synonyms.yaml")
_BODIES = r"\w+(?:ministeriet|styrelsen|udvalget|(?<!om)rådet|foreningen|organisationen|fonden)s?"
_ENDINGS = ("ningerne", "ningen", "ninger", "ning", "elserne", "elsen", "elser", "else", "ingerne",
            "ingen", "inger", "ing")  # fmt: skip
_VERB = re.compile(r"(?:edes|ede|es|er|et|te|e)$")
_LEAST = 4
"""Letters that must be left of a word whose ending is taken off."""
_PART = 5
"""Letters that a part of a compound must have to stand for it."""


@dataclass(frozen=True)
class Lexicon:
    """The words, ready to be asked."""

    groups: dict[str, frozenset[int]]
    """Root -> numbers of the lists of words that say the same."""
    light: frozenset[str]
    scope: dict[str, str]
    """Word -> what it does to the words after it (NEG, MUST ...)."""
    condition: frozenset[str]
    agreed: frozenset[str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    actors: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_lexicon() -> Lexicon:
    """Read the file, once."""
    held = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    groups: dict[str, set[int]] = {}
    for number, words in enumerate(held["same"]):
        for word in words:
            for key in (root(word), stem(word)):
                groups.setdefault(key, set()).add(number)
    phrases = sorted(held["phrases"].items(), key=lambda pair: -len(pair[0]))
    return Lexicon(
        groups={key: frozenset(numbers) for key, numbers in groups.items()},
        light=frozenset(held["light"].split()),
        scope={word: kind for kind, words in held["scope"].items() for word in words},
        condition=frozenset(held["condition"]),
        agreed=frozenset(held["agreed"]),
        phrases=tuple(
            (re.compile(rf"(?<!\w){re.escape(said)}(?!\w)"), plain) for said, plain in phrases
        ),
        actors=(
            *((name, re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])"))
              for name, forms in held["actors"].items()),
            ("", re.compile(rf"(?<![\w-]){_BODIES}(?![\w-])")),
        ),
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Return what a verb and the noun made of it have in common.

    >>> root("etableringen") == root("etablere"), root("oprettelse") == root("oprette")
    (True, True)
    """
    lemma = fold_letters(str(simplemma.lemmatize(word, lang="da")))
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _LEAST:
            lemma = lemma.removesuffix(ending)
            break
    lemma = lemma[:-1] if lemma[-1:] == "e" and len(lemma) > _LEAST else lemma
    return lemma[:-1] if lemma[-2:-1] == lemma[-1:] and len(lemma) >= _LEAST else lemma


@lru_cache(maxsize=50_000)
def keys(word: str) -> frozenset[str | int]:
    """Return all that a word can be met by: its stem, its root, the lists that hold it."""
    own = {stem(word), root(word)}
    base = _VERB.sub("", fold_letters(word))
    own |= {base} if len(base) >= _LEAST else set()
    groups = load_lexicon().groups
    return frozenset(own.union(*(groups.get(key, frozenset()) for key in own)))


def meets(word: str, others: frozenset[str]) -> bool:
    """Return whether a word says what one of the others says.

    A word meets a compound that it is the end of ("klynger", "sundhedsklynger"), or the beginning,
    where only one of the others begins so.
    """
    if word[0] == "#":
        return word in others
    own = keys(word)
    if any(own & keys(other) for other in others):
        return True
    short = stem(word)
    if len(short) >= _LEAST and any(stem(other).endswith(short) for other in others):
        return True
    begins = {stem(other) for other in others if stem(other).startswith(short)}
    if len(short) >= _PART and len(begins) == 1:
        return True
    return _put_together(word, others)


def _put_together(word: str, others: frozenset[str]) -> bool:
    """Return whether a compound is made of two of the others ("budgetramme": ramme, budget)."""
    own = root(word)
    stems = {root(other) for other in others if len(root(other)) >= _LEAST - 1}
    for last in stems:
        first = own.removesuffix(last)
        if first == own or len(first) < _LEAST:
            continue
        begins = {first, first.removesuffix("s"), first.removesuffix("e")}
        if begins & stems or any(
            len(one) >= _PART and other.startswith(one) for one in begins for other in stems
        ):
            return True
    return False


def part_of(word: str, others: frozenset[str], beside: frozenset[str]) -> bool:
    """Return whether a word and one beside it are the two parts of a compound of the others.

    >>> part_of("truet", frozenset({"lægedækningstruede"}), frozenset({"lægedækningen"}))
    True
    """
    last = _bare(word)
    for other in others:
        first = _bare(other).removesuffix(last)
        if len(last) < _LEAST - 1 or first == _bare(other) or len(first) < _LEAST:
            continue
        begins = {first, first.removesuffix("s"), first.removesuffix("e")}
        if any(begins & {_bare(one), stem(one)} for one in beside):
            return True
    return False


def _bare(word: str) -> str:
    """Return a word without the ending of a participle, an adjective or a noun."""
    return re.sub(r"(?:erne|ede|ene|en|er|et|te|t|e)$", "", word)
