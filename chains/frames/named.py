"""Which figures a question names for free arithmetic, in order and none twice."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise

from chains.ask import Ask, is_share
from chains.calculators.arithmetic import BINARY, Operation
from chains.lookup import topic_stems
from chains.operands import Operand, agreed_numbers, find_operands
from corpus.agreed import Per, Series
from corpus.models import Unit
from corpus.words import stem, tokenize


def times_named(ask: Ask, one: Series, other: Series) -> int:
    """Return how often the question says a word of one label that the other has not."""
    own = set(topic_stems(one.label)) - set(topic_stems(other.label))
    words = [stem(word) for word in tokenize(ask.text)]
    return max((sum(word.startswith(s) for word in words) for s in own), default=0)


def of_named_party(ask: Ask, operands: list[Operand]) -> list[Operand]:
    """Drop another party's part of a theme where the question names one party alone."""
    named = ask.mentions.parties
    if len(named) != 1:
        return operands
    swapped = [replace(o, series=_counterpart(ask, o.series, named[0])) for o in operands]
    operands = list({(o.series.agreement_id, o.series.id): o for o in swapped[::-1]}.values())[::-1]
    themes = {o.series.first.theme for o in operands if o.series.first.receiver in named}
    return [
        o
        for o in operands
        if o.series.first.receiver in {"", *named} or o.series.first.theme not in themes - {""}
    ]


def _counterpart(ask: Ask, one: Series, party: str) -> Series:
    """Return the named party's series of the same thing, if a series is another's."""
    if one.first.receiver in {"", party}:
        return one
    same = [f.series for f in ask.found if f.series.first.receiver == party
            and f.series.agreement_id == one.agreement_id
            and f.series.first.theme == one.first.theme
            and set(topic_stems(one.label)) <= set(topic_stems(f.series.label))]  # fmt: skip
    return same[0] if same else one


def without_wholes(ask: Ask, operands: list[Operand]) -> list[Operand]:
    """Drop what is the whole of another operand, and totals beside what is none.

    Parts are never added to their whole.
    """
    if any(not o.series.is_total for o in operands):
        operands = [o for o in operands if not o.series.is_total or o.number is not None]
    wholes = {(o.series.agreement_id, id_) for o in operands for id_ in _wholes(ask, o.series)}
    return [o for o in operands if (o.series.agreement_id, o.series.id) not in wholes]


def _wholes(ask: Ask, one: Series) -> set[str]:
    """Return the ids of everything that a series lies inside."""
    found: set[str] = set()
    open_ = {one.first.part_of, one.first.inside} - {""}
    while open_:
        found |= open_
        above = [ask.by_id(one.agreement_id, id_) for id_ in open_]
        ids = {id_ for s in above if s for id_ in (s.first.part_of, s.first.inside)}
        open_ = ids - found - {""}
    return found


_SUMMAND, _NAMED, NAMED_OF_TWO = 0.04, 0.9, 0.88


def meant(operand: Operand, named: float = _NAMED) -> bool:
    """Return whether an operand is surely meant: a spurious summand makes a wrong sum."""
    return operand.share > _SUMMAND or operand.score > named


def listed(ask: Ask, operands: list[Operand]) -> list[Operand]:
    """Return the operands that a question lists: "A og B", "A plus B", "A oven i B"."""
    kept: list[Operand] = []
    for before, after in pairwise(operands):
        between = ask.text[before.end - 1 : after.start + 1]
        if AND.search(between) or (before.start, after.start) == (0, 0):
            kept += [o for o in (before, after) if o not in kept]
    return kept


AND = re.compile(r"\bog\b|\bsamt\b|\bplus\b|\+|,|\boven i\b|\bsammen med\b|\bdels\b|\btil\b|/")


def named_figures(ask: Ask, wanted: list[Operation]) -> list[Operand]:
    """Return the figures that the question names, by words or by their amounts, in order."""
    agreed = agreed_numbers(ask)
    if not agreed and (siblings := _siblings(ask, wanted)):
        return siblings
    if len({one.id for one in agreed.values()}) > 1:
        return [_by_number(ask, start, one) for start, one in sorted(agreed.items())]
    operands = _named_in(ask, wanted)
    for start, one in agreed.items():
        if all(o.series.id != one.id for o in operands):
            inside = [o for o in operands if o.start <= start < o.end]
            for o in inside:
                operands.remove(o)
            operands.append(_by_number(ask, start, one))
    if len(operands) < 2:  # one piece may hold two: the likeliest two of the whole question
        likely = [f for f in ask.found[:2] if f.share > _BOTH and f.series.first.unit is Unit.KR]
        if (
            ask.found and ask.found[0].series.first.unit is not Unit.KR
        ):  # "A, B": the same thing, from two payers
            likely = [f for f in ask.found[:3] if f.share > _EACH_OF_TWO
                      and f.series.first.unit is Unit.KR][:2]  # fmt: skip
        if len(likely) == 2 and _go_together(*(f.series for f in likely)):
            return [Operand(f.series, 0, 0, 1.0, f.share) for f in likely]
    return sorted(operands, key=lambda o: o.start)


def _by_number(ask: Ask, start: int, one: Series) -> Operand:
    """Return the figure that an amount of the question names."""
    mention = next(m for m in ask.mentions.numbers if m.start == start)
    return Operand(one, start, start, 1.0, number=mention)


def _named_in(ask: Ask, wanted: list[Operation]) -> list[Operand]:
    """Return the figures that words name; of a long mail that names many those of the asking."""
    agreed = agreed_numbers(ask).values()
    money = ask.mentions.unit_asked or any(one.first.unit is Unit.KR for one in agreed)
    units = {Unit.KR, Unit.KR_PER_INHABITANT} if money else None
    most = _SUMMANDS if Operation.SUM in wanted else _OPERANDS
    named = [o for o in find_operands(ask, most, units) if not is_share(o.series.first)]
    if ask.reading.is_long and len(named) > 2 and wanted[0] in BINARY:
        asked = find_operands(replace(ask, mentions=ask.focus), units=units)
        asked = [o for o in asked if not is_share(o.series.first)]
        return asked if len(asked) > 1 else named
    return named


def _siblings(ask: Ask, wanted: list[Operation]) -> list[Operand]:
    """Return two figures that are alike but for what the question says of each."""
    likely = [f for f in ask.found[:_FEW] if f.share > _TWIN]
    for a, b in combinations(likely, 2):
        if a.series.agreement_id != b.series.agreement_id:
            continue
        sure = wanted[0] in BINARY and b.share > _SIBLING
        if _are_areas(ask, a.series, b.series) or (sure and _are_parts(ask, a.series, b.series)):
            return [Operand(f.series, 0, 0, 1.0, f.share) for f in (a, b)]
    return []


def _are_areas(ask: Ask, a: Series, b: Series) -> bool:
    """Return whether two series are one rule for two areas that the question names."""
    areas = [topic_stems(one.first.area) for one in (a, b)]
    named = all(area and any(word in ask.text for word in area) for area in areas)
    return bool(a.first.role) and a.first.role == b.first.role and named


def _are_parts(ask: Ask, a: Series, b: Series) -> bool:
    """Return whether two series are parts of one whole, each named by what the other has not."""
    same = a.first.part_of == b.first.part_of != "" and not a.first.party
    return same and times_named(ask, a, b) > 0 and times_named(ask, b, a) > 0


_OPERANDS, _SUMMANDS = 4, 6
_FEW, _TWIN, _SIBLING = 6, 0.05, 0.15
_BOTH, _EACH_OF_TWO = 0.15, 0.08


def _go_together(a: Series, b: Series) -> bool:
    """Return whether two figures that nobody named one by one may be reckoned with as two."""
    pers = {a.first.per, b.first.per}
    lasting = any(f.period is not None and f.period.last is None for f in (a.first, b.first))
    return not _related(a, b) and not (Per.TOTAL in pers and lasting)


def _related(a: Series, b: Series) -> bool:
    return (
        a.id == b.first.part_of
        or b.id == a.first.part_of
        or a.first.part_of == b.first.part_of != ""
    )
