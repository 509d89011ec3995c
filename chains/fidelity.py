"""Does a sentence say only what its source says? Each rule names what it found, in one word.

A sentence rests on one sentence of its quotes (or on the lead and rows of a calculation). All its
words must be met there; numbers keep unit, reservation, years and whom they are for; who acts keeps
that role; what stands under "ikke", "kan" or "skal" stands under the same. When in doubt it fails:
what is dropped costs some words, what gets through costs trust.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chains.fidelity_numbers import Failure, compare_numbers, compare_years, number_at
from chains.fidelity_order import antecedent, compare_done, compare_order, compare_year_places
from chains.lexicon import load_lexicon, meets, part_of
from chains.sentence_actors import Actor
from chains.sentence_facts import Clause, Facts, Word, read_sentence

_LONGEST = 400
_FORBIDDEN = re.compile(
    r"https?:|www\.|\w@\w|[<>{}\[\]|`*_#~\\]|!\(|[„”“\"»«]|\b(?:system|assistant|user)\s*:",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:[,;:–-]|\b(?:og|eller|samt|men|at|den|de|det|en|et))\s*\.?$", re.IGNORECASE)
"""How a sentence ends that was broken off."""
_PURPOSE = re.compile(r"\s*(?:som|der) skal\b")


@dataclass(frozen=True)
class Source:
    """A sentence that a claim may rest on."""

    facts: Facts
    context: frozenset[str]
    """Words of its headings, and of the sentence before where it leans on that."""


@dataclass(frozen=True)
class Verdict:
    """What became of a sentence."""

    failures: tuple[Failure, ...]
    """Empty: it says only what its source says."""
    source: int = -1
    """Place of the source that it fits best."""


def judge(claim: str, sources: Sequence[Source]) -> Verdict:
    """Return what a sentence gets wrong against the source that it fits best."""
    if (found := _form(claim)) is not None:
        return Verdict((found,))
    facts = read_sentence(claim)
    if not facts.words and not facts.numbers:
        return Verdict((Failure("empty", ""),))
    tried = [Verdict(tuple(_compare(facts, one)), place) for place, one in enumerate(sources)]
    none = Verdict((Failure("no_source", ""),))
    return min(tried, key=lambda verdict: len(verdict.failures), default=none)


def _form(claim: str) -> Failure | None:
    if len(claim) > _LONGEST or "\n" in claim.strip():
        return Failure("form", f"{len(claim)}")
    if match := _FORBIDDEN.search(claim):
        return Failure("form", match[0])
    if match := _CUT.search(claim.strip()):
        return Failure("form", match[0])
    for letter in unicodedata.normalize("NFC", claim):
        kind = unicodedata.category(letter)
        foreign = kind[0] == "L" and "LATIN" not in unicodedata.name(letter, "")
        if (kind[0] == "C" and letter != "\u00ad") or foreign or kind in {"Lm", "Mn", "Zl", "Zp"}:
            return Failure("form", f"U+{ord(letter):04X}")
    return None


def _compare(claim: Facts, source: Source) -> Iterable[Failure]:
    if claim.unread and not re.search(rf"(?<!\d){claim.unread}(?!\d)", source.facts.bare):
        yield Failure("number", claim.unread)
    yield from _words(claim, source)
    pairs = list(_clauses(claim, source))
    yield from compare_numbers(claim, source.facts)
    yield from compare_years(claim, source.facts)
    paired = {claim.clauses.index(own): other for own, other in pairs}
    stated = (*source.facts.words, *source.facts.counts)
    for word in (*claim.words, *claim.counts):
        ahead = antecedent(source.facts, paired.get(word.clause, 0))
        told = _clause_text(claim, word.clause)
        purpose = word.clause > 0 and _PURPOSE.match(told) is not None
        if not _stands(word, stated, purpose=purpose) and not (ahead and meets(word.text, ahead)):
            yield Failure("turned", word.text)
    yield from _missing_scope(claim, source.facts, pairs)
    for own, other in pairs:
        yield from _actors(claim, own, source.facts, other)
    yield from _condition(claim, source.facts)
    yield from compare_order(claim, source.facts, pairs)
    yield from compare_done(claim, source.facts)
    yield from compare_year_places(claim, source.facts)
    if claim.agreed and not source.facts.agreed:
        agreed = load_lexicon().agreed
        if re.search(r"\benig", claim.text):
            yield Failure("agreed", ", ".join(sorted(agreed)))


def _words(claim: Facts, source: Source) -> Iterable[Failure]:
    """Every word that carries meaning is met in the source or its headings."""
    known = source.facts.plain | source.context
    for word in claim.words:
        if not meets(word.text, known) and not part_of(word.text, known, claim.plain - {word.text}):
            yield Failure("word", word.text)


def _stands(word: Word, others: Sequence[Word], *, purpose: bool = False) -> bool:
    """Return whether the source has a word under the same "not", "may", "must" ...

    A word before such a word in its clause is not held against it: Danish puts it on either side.
    `purpose`: "som skal sikre X" of money that is set aside "til at sikre X".
    """
    own = [other for other in others if meets(word.text, frozenset({other.text}))]
    if not own or word.loose:
        return True
    under = _settled(word.under)
    return any(
        other.loose
        or (purpose and other.ready == "MAY" and under == {"MUST"})
        or under in {_settled(other.under), _settled(other.under | {other.ready})}
        for other in own
    )


def _settled(under: frozenset[str]) -> frozenset[str]:
    """Return what a word stands under; "the goal is that it shall" says no more than "it shall"."""
    return under - {"GOAL"} if "MUST" in under else under


def _missing_scope(
    claim: Facts, source: Facts, pairs: Sequence[tuple[Clause, int]]
) -> Iterable[Failure]:
    """What turns the piece of the source that a claim uses must turn the claim too."""
    for number in {number for _, number in pairs}:
        own = [claim.clauses.index(clause) for clause, other in pairs if other == number]
        mine = [w for w in (*claim.words, *claim.counts) if w.clause in own]
        said = {mark for word in mine for mark in word.under}
        for place in own:
            said |= _marks(_clause_text(claim, place))
        theirs = [w for w in (*source.words, *source.counts) if w.clause == number]
        every = [w.under for w in theirs]
        lasting = frozenset.intersection(*every) if every else frozenset()
        for mark in (lasting | _marks(_clause_text(source, number))) - said - {"GOAL"}:
            under = frozenset(w.text for w in theirs if mark in w.under)
            free = frozenset(
                w.text for w in (*source.words, *source.counts)
                if mark not in w.under and not w.loose
            )  # fmt: skip
            reached = [w for w in mine if under and meets(w.text, under)]
            if not under or any(not (free and meets(w.text, free)) for w in reached):
                yield Failure("dropped", mark)
    every_mark = _marks(source.bare) | {mark for word in source.words for mark in word.under}
    ready = {word.ready for word in source.words if meets(word.text, claim.plain)}
    goal = {"GOAL"} if "MUST" in every_mark else set()
    if any(_PURPOSE.match(_clause_text(claim, place)) for place in range(1, len(claim.clauses))):
        goal |= {"MUST"} if any(word.ready == "MAY" for word in source.words) else set()
    for mark in _marks(claim.bare) - every_mark - ready - goal:
        yield Failure("added", mark)
    if _count("NEG", claim.bare) > _count("NEG", source.bare):
        yield Failure("added", "NEG")


def _clause_text(facts: Facts, number: int) -> str:
    return facts.bare[facts.clauses[number].start : facts.clauses[number].end]


def _count(mark: str, text: str) -> int:
    scope = load_lexicon().scope
    return sum(scope.get(word) == mark for word in re.findall(r"[a-zæøå]+", text))


def _marks(text: str) -> set[str]:
    scope = load_lexicon().scope
    return {scope[word] for word in re.findall(r"[a-zæøå]+", text) if word in scope}


def _clauses(claim: Facts, source: Source) -> Iterable[tuple[Clause, int]]:
    """Pair each clause of the claim with that of the source which shares most words with it."""
    for place, clause in enumerate(claim.clauses):
        words = [w.text for w in claim.words if w.clause == place]
        years = {y.first for y in claim.years if clause.start <= y.start < clause.end}
        amounts = [
            n.amount for n in claim.numbers if clause.start <= number_at(n, claim) < clause.end
        ]
        if not (words or amounts or clause.actors):
            continue
        best, score = 0, -1.0
        for number, other in enumerate(source.facts.clauses):
            theirs = frozenset(w.text for w in source.facts.words if w.clause == number)
            shared = sum(1.0 for word in words if theirs and meets(word, theirs))
            shared += sum(
                1.0 for n in source.facts.numbers
                if other.start <= number_at(n, source.facts) < other.end and n.amount in amounts
            )  # fmt: skip
            shared += 0.5 * sum(
                1
                for y in source.facts.years
                if other.start <= y.start < other.end and y.first in years
            )
            shared += 0.25 * len({a.name for a in clause.actors} & {a.name for a in other.actors})
            if shared > score:
                best, score = number, shared
        yield clause, best


def _actors(claim: Facts, own: Clause, source: Facts, place: int) -> Iterable[Failure]:
    """Who acts in a clause acts so in its source; of several none is left out."""
    other = source.clauses[place]
    theirs = list(other.actors)
    if not any(a.role == "SUBJ" for a in theirs):
        for earlier in reversed(source.clauses[:place]):
            if earlier.actors:
                theirs += list(earlier.actors)
                break
    amounts = {n.amount for n in claim.numbers if own.start <= number_at(n, claim) < own.end}
    rows = [span for n in source.numbers if n.amount in amounts for span in n.own]
    spread = [
        a for a in source.actors
        if a.role in {"TIL", "IN"} and any(start <= a.start < end for start, end in rows)
    ]  # fmt: skip
    for actor in own.actors:
        if actor.role == "SAID":
            theirs = [*theirs, *(a for a in source.actors if a.role == "SUBJ" and source.agreed)]
        same = [a for a in (*theirs, *spread) if a.name == actor.name]
        if not same:
            yield Failure("actor", actor.name)
        elif not any(_role_kept(actor, own, a, _clause_of(a, source)) for a in same):
            yield Failure("role", actor.name)
        elif not claim.agreed:
            named = {a.name for a in own.actors}
            for a in same[:1]:
                whole = {b.name for b in source.actors if b.group == a.group}
                if len(whole) > 1 and not whole <= named | {b.name for b in claim.actors}:
                    yield Failure("actor", f"{actor.name} alone")
    order = [a.name for a in own.actors if a.role == "SUBJ"]
    known = [a.name for a in theirs if a.role == "SUBJ"]
    groups = {a.group for a in own.actors if a.role == "SUBJ"}
    both = [name for name in known if name in order]
    if len(groups) > 1 and both and [n for n in order if n in known] != both:
        yield Failure("role", ", ".join(order))


def _clause_of(actor: Actor, facts: Facts) -> Clause:
    return next(c for c in facts.clauses if c.start <= actor.start < c.end)


def _role_kept(actor: Actor, own: Clause, other: Actor, theirs: Clause) -> bool:
    mine, his = actor.role, other.role
    if mine == his:
        return not (mine == "SUBJ" and _voice_turned(own, theirs))
    if "MED" in {mine, his} and {mine, his} & {"SUBJ", "AF", "TIL"}:
        return False
    if "ADJ" in {mine, his}:
        return bool({mine, his} & {"GEN", "IN"})
    acts = {"SUBJ": own.receives or own.passive, "GEN": True, "IN": True}
    takes = {"SUBJ": theirs.receives or theirs.passive, "GEN": True, "IN": True}
    if "BEHALF" in {mine, his} or "INV" in {mine, his}:
        return mine == "GEN" and his == "BEHALF"
    if his in {"TIL"}:
        return bool(acts.get(mine, False)) and not (mine == "SUBJ" and not own.receives)
    if mine == "TIL":
        return bool(takes.get(his, False))
    if mine == "SUBJ" and own.receives and not own.passive:
        return bool(takes.get(his, False))
    if mine == "AF":
        return his in {"SUBJ", "FRA"} and not theirs.passive
    if his == "AF":
        return mine in {"SUBJ", "FRA"} and not own.passive
    return True


def _voice_turned(own: Clause, theirs: Clause) -> bool:
    """Return whether one receives what the other does."""
    return own.receives != theirs.receives and own.passive != theirs.passive and not own.receives


def _condition(claim: Facts, source: Facts) -> Iterable[Failure]:
    """What holds on a condition is not told without it; no condition is added."""
    mine = any(c.condition for c in claim.clauses)
    his = [number for number, c in enumerate(source.clauses) if c.condition]
    if mine and not his:
        yield Failure("condition", "added")
    if not mine and his:
        first = max(0, min(his) - 1)
        inside = frozenset(w.text for w in source.words if first <= w.clause <= max(his))
        outside = frozenset(w.text for w in source.words) - inside
        used = [w.text for w in claim.words if meets(w.text, inside)]
        if used and not all(outside and meets(word, outside) for word in used):
            yield Failure("condition", "dropped")
    if mine and his:
        held = frozenset(w.text for w in source.words if source.clauses[w.clause].condition)
        free = frozenset(w.text for w in source.words if not source.clauses[w.clause].condition)
        for word in claim.words:
            on = claim.clauses[word.clause].condition
            here, there = (held, free) if on else (free, held)
            if there and meets(word.text, there) and not (here and meets(word.text, here)):
                yield Failure("condition", word.text)
