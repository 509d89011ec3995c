"""What a claim says of what, and when, against its source: order, places of years, what is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chains.fidelity_numbers import Failure
from chains.lexicon import keys, meets
from chains.sentence_facts import Clause, Facts

_PERFECT = re.compile(r"\b(?:er|har|blev|var|havde)\b(?P<rest>(?: [a-zæøå]+){1,4})")
_PARTICIPLE = re.compile(r"(?:[^e]t|et)$")
_NOUN_OF = re.compile(r"[a-zæøå]+(?:ing|ingen|else|elsen|tion|tionen|løft|køb) (?:af|til)\b")
"""A noun made of a verb, which stands before what the verb stands after."""
_PLACED = frozenset({"SUBJ", "TIL", "FRA", "IN", "WITH"})
_SEVERAL = 2
_RELATIVE = re.compile(r"\s*(?:og )?(?:som|der)\b")
_DONE = re.compile(r"(?:t|te|ede)$")


def compare_order(
    claim: Facts, source: Facts, pairs: Sequence[tuple[Clause, int]]
) -> Iterable[Failure]:
    """What is said of what: in a clause, words may move in one piece, not change places.

    "Planen skal styrke aftalen" is not "Aftalen skal styrke planen". Who acts after an "af", or has
    something, stands on either side.
    """
    for clause, number in pairs:
        ahead = antecedent(source, number)
        last, back = -1, 0
        for start, places in _placed(claim, source, clause, ahead):
            if not places or not clause.start <= start < clause.end:
                continue
            later = [place for place in places if place >= last]
            back += not later
            last = min(later or places)
        if back > 1:
            yield Failure("order", claim.text[clause.start : clause.end].strip()[:40])


def compare_year_places(claim: Facts, source: Facts) -> Iterable[Failure]:
    """Of several years each stays with its word; none is told twice."""
    if claim.numbers or len(source.years) < _SEVERAL:
        return
    for year in claim.years:
        if claim.text.count(str(year.first)) > source.text.count(str(year.first)):
            yield Failure("year", str(year.first))
        mine = _word_before(claim, year.start)
        theirs = {
            w for y in source.years if y == year for w in [_word_before(source, y.start)] if w
        }
        if theirs and (not mine or not meets(mine, frozenset(theirs))):
            yield Failure("year", f"{mine} {year.first}")


def _word_before(facts: Facts, place: int) -> str:
    clause = next((c for c in facts.clauses if c.start <= place < c.end), None)
    before = [w.text for w in facts.words if clause and clause.start <= w.start < place]
    return before[-1] if before else ""


def compare_done(claim: Facts, source: Facts) -> Iterable[Failure]:
    """What happens is not told as done; only setting aside and agreeing is both at once."""
    settled = keys("afsætte") | keys("fastsætte")
    said = [w for m in _PERFECT.finditer(claim.text) for w in m["rest"].split()]
    for done in filter(_PARTICIPLE.search, said):
        theirs = [w.text for w in source.words if meets(done, frozenset({w.text}))]
        goes_on = any(word.endswith(("es", "er")) for word in theirs)
        gone = any(_DONE.search(word) for word in theirs)
        if goes_on and not gone and not keys(done) & settled:
            yield Failure("done", done)


def _placed(
    claim: Facts, source: Facts, clause: Clause, ahead: frozenset[str]
) -> list[tuple[int, list[int]]]:
    """Return where each word of a clause stands, and where in the source."""
    found = [
        (word.start, [w.start for w in source.words if meets(word.text, frozenset({w.text}))])
        for word in claim.words
        if not (ahead and meets(word.text, ahead)) and not _NOUN_OF.match(claim.text, word.start)
    ]  # fmt: skip
    found += [
        (a.start, [b.start for b in source.actors if b.name == a.name and b.role in _PLACED])
        for a in clause.actors if a.role in _PLACED
    ]  # fmt: skip
    return sorted(found)


def antecedent(source: Facts, place: int) -> frozenset[str]:
    """Return the words of the clause before one that begins with "som": what that is about."""
    clause = source.clauses[place] if source.clauses else None
    if not place or clause is None:
        return frozenset()
    if not _RELATIVE.match(source.text[clause.start : clause.end]):
        return frozenset()
    before = [w for w in source.words if w.clause == place - 1 and "NEG" not in w.under]
    return frozenset(word.text for word in before)
