"""Which of the agreements a question is about, where the collection holds several of a kind.

Agreements of a kind are those whose titles differ by year alone, or of which one replaces another
("Aftale om regionernes økonomi for 2021", "... for 2022"). Of each kind one is searched: the one
that is named, else the newest in force that covers the years asked for, else the newest in force.
Where one is named by its year or its whole title, only what is named is searched. So no answer
mixes what two of them say of the same; who wants to compare names both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from chains.comparison import compared
from chains.titles import named_whole, resolve
from chains.understand import Reading
from corpus.models import Head
from corpus.words import content_stems

_FEW_YEARS = 2
"""Years asked for of which each may have its own agreement; more are a span."""


@dataclass(frozen=True)
class Scope:
    """The agreements that are searched."""

    ids: tuple[str, ...]
    """One of each kind, or several of a kind that the question names."""
    chosen: tuple[str, ...] | None
    """Those of them that may be quoted, None for all: the asker's own choice."""
    by_default: frozenset[str] = frozenset()
    """Those that were taken for being the newest, and not for what the question says."""
    whole: bool = True
    """Nothing of the collection is left out."""


def kinds(heads: Iterable[Head]) -> list[list[Head]]:
    """Return agreements by kind, the newest of each kind first."""
    groups: list[tuple[set[frozenset[str]], set[str], list[Head]]] = []
    for head in heads:
        key = frozenset(s for s in content_stems(head.title) if not s[0].isdigit())
        links = {head.id, *head.replaces, *filter(None, [head.replaced_by])}
        met = [g for g in groups if key in g[0] or links & g[1]]
        keys = {key}.union(*(g[0] for g in met))
        ids = links.union(*(g[1] for g in met))
        members = [one for g in met for one in g[2]] + [head]
        groups = [g for g in groups if g not in met] + [(keys, ids, members)]
    return [sorted(m, key=lambda h: (h.date, h.id), reverse=True) for _, _, m in groups]


def choose_scope(
    reading: Reading, groups: Sequence[Sequence[Head]], asked: Collection[str] | None
) -> Scope:
    """Return which agreements a question is about.

    Args:
        reading: How the question was understood.
        groups: All agreements of the collection by kind, the newest of each kind first.
        asked: Those that the asker limits the question to; None is all.
    """
    searched = [
        [h for h in members if asked is None or h.id in asked] or members
        for group in groups
        if (members := [h for h in group if h.status != "withdrawn"])
    ]
    named = [_named(reading, own) for own in searched]
    beside = compared(reading.standalone, [head for own in searched for head in own])
    alone = any(n and (len(own) > 1 or not beside) for n, own in zip(named, searched, strict=True))
    ids: list[str] = []
    default: set[str] = set()
    for own, meant in zip(searched, named, strict=True):
        picked = meant or ([] if alone else _covering(reading, own))
        if not picked and not alone:
            picked = [_newest(own)]
            default |= {picked[0].id} if len(own) > 1 else set()
        ids += [head.id for head in picked]
    chosen = None if asked is None else tuple(id_ for id_ in asked if id_ in ids)
    every = [head.id for group in groups for head in group]
    return Scope(tuple(ids), chosen, frozenset(default), len(ids) == len(every))


def _newest(heads: Sequence[Head]) -> Head:
    """Return the newest in force, else the newest."""
    return next((h for h in heads if h.status == "current"), heads[0])


def _named(reading: Reading, heads: Sequence[Head]) -> list[Head]:
    """Return the agreements of a kind that a question names by year or by their whole title."""
    whole = reading.standalone.lower()
    found = [resolve(named, whole, heads) for named in reading.named]
    found += named_whole(reading.standalone, heads)
    return list({head.id: head for head in found if head is not None}.values())


def _covering(reading: Reading, heads: Sequence[Head]) -> list[Head]:
    """Return the newest in force that covers the years asked for; of two years the one for each."""
    years = [year for year in reading.years if any(_covers(h, year) for h in heads)]
    if not years or len(heads) < 2:
        return []
    both = [h for h in heads if all(_covers(h, year) for year in years)]
    if both:
        return [_newest(both)]
    if len(years) > _FEW_YEARS:
        return []
    each = [_newest([h for h in heads if _covers(h, year)]) for year in years]
    return list({head.id: head for head in each}.values())


def _covers(head: Head, year: int) -> bool:
    return head.years.first <= year <= head.years.last
