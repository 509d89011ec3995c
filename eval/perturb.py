"""The same question, written worse: one rule a function, the same outcome every time.

A rule gives None where it has nothing to change. Numbers and years are never touched.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection
from functools import partial
from itertools import pairwise

import simplemma

from corpus.words import STOP_WORDS

_WORD = re.compile(r"[a-zæøåA-ZÆØÅ]+")
_LONG = 5
_COMPOUND = 10
_PART = 4
_ONE_IN = 4
"""Of so many long words one gets a slip."""
_AT_END = re.compile(
    r"^(?P<rest>.+?) (?P<when>(?:i|for|fra|til|siden) (?:19|20)\d\d)(?P<end>[?.]?)$"
)
_CLAUSES = re.compile(r"^(?P<a>[^,?]{12,}), (?P<b>[^,?]{12,})(?P<end>\??)$")
_OPENING = "Hej med jer. Jeg sidder lige og skriver på en sag, der haster lidt."
_CLOSING = "Det ville være en stor hjælp, på forhånd tak!"
_HYPHEN = re.compile(r"(?<=[a-zæøå])-(?=[a-zæøå])")
Rule = Callable[[str, random.Random], str | None]


def ascii_letters(question: str, _: random.Random) -> str:
    """æ, ø, å as a foreign keyboard writes them."""
    for letter, written in zip("æøåÆØÅ", ("ae", "oe", "aa", "Ae", "Oe", "Aa"), strict=True):
        question = question.replace(letter, written)
    return question


def bare_letters(question: str, _: random.Random) -> str:
    """æ, ø, å without their marks."""
    return question.translate(str.maketrans("æøåÆØÅ", "aoaAOA"))


def typos(question: str, chance: random.Random) -> str:
    """Two letters turned round, one left out or one doubled, in every fourth long word."""
    long = [m for m in _WORD.finditer(question) if len(m[0]) > _LONG]
    for match in reversed(chance.sample(long, -(-len(long) // _ONE_IN))):
        i = chance.randrange(1, len(match[0]) - 2)
        word = match[0]
        word = chance.choice(
            (
                word[:i] + word[i + 1] + word[i] + word[i + 2 :],
                word[:i] + word[i + 1 :],
                word[:i] + word[i] + word[i:],
            )
        )
        question = question[: match.start()] + "\0" * len(match[0]) + question[match.end() :]
        question = question.replace("\0" * len(match[0]), word)
    return question


def lower_case(question: str, _: random.Random) -> str:
    """No capitals and no mark at the end."""
    return question.lower().rstrip("?.! ")


def inflection(question: str, chance: random.Random) -> str:
    """Two long words in the form that stands in a dictionary."""
    changed = {
        word: lemma
        for word in _WORD.findall(question)
        if len(word) > _LONG and word.islower() and word not in STOP_WORDS
        and (lemma := simplemma.lemmatize(word, lang="da")) != word
    }  # fmt: skip
    for word in chance.sample(sorted(changed), min(2, len(changed))):
        question = re.sub(rf"\b{word}\b", changed[word], question)
    return question


def word_order(question: str, _: random.Random) -> str | None:
    """The year first, or the two halves of a sentence turned round."""
    if match := _AT_END.match(question):
        when, rest = match["when"], match["rest"]
        return f"{when[0].upper()}{when[1:]}, {rest[0].lower()}{rest[1:]}{match['end']}"
    if match := _CLAUSES.match(question):
        return f"{match['b']}, {match['a']}{match['end']}"
    return None


def filler(question: str, _: random.Random) -> str:
    """What people write around a question."""
    return f"{_OPENING} {question} {_CLOSING}"


def compounds_split(question: str, _: random.Random) -> str:
    """The longest compound as two words that stand in a dictionary."""
    for word in sorted(_WORD.findall(question), key=len, reverse=True):
        for i in range(_PART, len(word) - _PART if len(word) >= _COMPOUND else 0):
            first, second = word[:i], word[i:]
            parts = (first.lower().removesuffix("s"), second.lower())
            if all(simplemma.is_known(part, lang="da") for part in parts):
                return question.replace(word, f"{first} {second}", 1)
    return question


def compounds_joined(question: str, _: random.Random, known: Collection[str]) -> str:
    """Hyphens left out, and two words as one where the agreements know the compound."""
    joined = _HYPHEN.sub("", question)
    words = joined.split(" ")
    for first, second in pairwise(words):
        for whole in (f"{first}{second}", f"{first}s{second}"):
            if whole.lower().rstrip("?.,!") in known and min(len(first), len(second)) >= _PART:
                return joined.replace(f"{first} {second}", whole, 1)
    return joined


def agreement_named(question: str, _: random.Random, title: str) -> str:
    """The agreement that answers told with the question; no title, no change."""
    asked = question.rstrip("?.! ")
    return f"{asked} ifølge {title[0].lower()}{title[1:]}?" if title else question


def rules(known: Collection[str], title: str = "") -> dict[str, Rule]:
    """Return every rule by its name.

    Args:
        known: The words of the agreements, in lower case.
        title: The short title of the agreement that answers; empty where none or several do.
    """
    return {
        "agreement_named": partial(agreement_named, title=title),
        "ascii_letters": ascii_letters,
        "bare_letters": bare_letters,
        "typos": typos,
        "lower_case": lower_case,
        "inflection": inflection,
        "word_order": word_order,
        "filler": filler,
        "compounds_split": compounds_split,
        "compounds_joined": partial(compounds_joined, known=known),
    }


def perturb(question: str, id_: str, rule: Rule) -> str | None:
    """Return the question as a rule writes it, None where that changes nothing."""
    changed = rule(question, random.Random(id_))  # noqa: S311 - the same slips every time
    return changed if changed != question else None
