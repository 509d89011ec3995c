"""The numbers and years of a claim against those of its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chains.lexicon import keys, meets
from chains.sentence_facts import Facts
from chains.sentence_numbers import LASTING, YEARLY, Number
from corpus.models import Unit

_DIRECTIONS = ("stige", "reducere")


@dataclass(frozen=True)
class Failure:
    """What a claim got wrong, and where."""

    rule: str
    said: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.said}" if self.said else self.rule


def number_at(number: Number, facts: Facts) -> int:
    """Return where a number stands in its text."""
    found = facts.text.find(number.printed, number.window[0])
    return found if found >= 0 else number.window[0]


def compare_numbers(claim: Facts, source: Facts) -> Iterable[Failure]:
    """Yield the numbers that the source does not have so."""
    for number in claim.numbers:
        same = [n for n in source.numbers if (n.amount, n.unit) == (number.amount, number.unit)]
        if not same:
            yield Failure("number", number.printed)
            continue
        tried = [_number(number, other, claim, source) for other in same]
        if all(tried):
            yield min((t for t in tried if t), key=lambda f: f.rule)
    steps = [n for n in claim.numbers if n.step == "fra"]
    if steps and not any(n.step == "fra" for n in source.numbers):
        yield Failure("number", "fra")


def _number(number: Number, other: Number, claim: Facts, source: Facts) -> Failure | None:
    """Return how a number differs from the one of the source that it repeats."""
    if number.qualifier != other.qualifier:
        return Failure("reservation", number.printed)
    if number.lasting != other.lasting or (number.yearly and not (other.yearly)):
        return Failure("period", number.printed)
    if other.yearly and not (number.yearly or number.lasting):
        return Failure("period", number.printed)
    if source.listed and not number.years:
        pass  # a row is named by its label
    elif number.years != other.years and (other.years or number.unit is not Unit.NUMBER):
        return Failure("year", number.printed)
    moves = any(keys(word) & keys(move) for word in claim.plain for move in _DIRECTIONS)
    if moves and {number.step, other.step} & {"fra", "til", "med"} and number.step != other.step:
        paired = {number.step, other.step}
        if paired != {"med", "på"} and not (other.step == "" and number.step == "med"):
            return Failure("step", number.printed)
    receivers = frozenset(name for n in source.numbers for name in n.actors)
    named = {a.name for a in claim.actors if a.role in {"SUBJ", "GEN"} and a.name in receivers}
    mine = number.actors or frozenset(named)
    if mine - other.actors and (other.actors or source.listed):
        return Failure("for_whom", number.printed)
    if source.listed and _told_of(claim, number) - _in_row(source, other):
        return Failure("for_whom", number.printed)
    own = _words_in(claim, number.own)
    lead = (0, 0 if source.listed or other.is_part else _first_at(source))
    if other.is_part and not number.is_part and not own:
        return Failure("crossed", number.printed)
    allowed = frozenset(_words_in(source, (*other.own, lead, *other.near)))
    elsewhere = frozenset(
        w.text for w in source.words
        if not any(a <= w.start < b for a, b in (*other.own, lead, *other.near))
    )  # fmt: skip
    alone = len(source.numbers) == 1 and number.unit is Unit.NUMBER
    for word in () if alone else own:
        crossed = elsewhere and meets(word, elsewhere)
        if crossed and not (allowed and meets(word, allowed)):
            return Failure("crossed", f"{number.printed}, {word}")
    return None


def _told_of(claim: Facts, number: Number) -> set[str]:
    """Return those that a claim tells a number of."""
    spans = ((0, _first_at(claim)), *number.own, *number.near)
    return {a.name for a in claim.actors if any(s <= a.start < e for s, e in spans)}


def _in_row(source: Facts, number: Number) -> set[str]:
    """Return those that the row of a calculation names."""
    start, end = number.window
    return {actor.name for actor in source.actors if start <= actor.start < end}


def _first_at(facts: Facts) -> int:
    return number_at(facts.numbers[0], facts)


def _words_in(facts: Facts, spans: Sequence[tuple[int, int]]) -> list[str]:
    return [w.text for w in facts.words if any(a <= w.start < b for a, b in spans)]


def compare_years(claim: Facts, source: Facts) -> Iterable[Failure]:
    """Yield the years that the source does not have so."""
    for pattern in (LASTING, YEARLY):
        if (said := pattern.search(claim.text)) and not pattern.search(source.text):
            yield Failure("period", said[0])
    for year in claim.years - source.years:
        yield Failure("year", f"{year.first} {year.relation}")
