"""The part of a corpus that a question is about, with the words of its figures.

What ranks figures and quotes looks at the agreements in scope alone, so that hundreds of others of
the same kind neither crowd them out nor slow an answer down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from chains.lookup import FigureWords
from chains.retrieve import NearIndex
from ingest.index import Corpus

_KEPT = 24
"""Views that are kept: a pair of agreements each, as a rule."""
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What a question may be answered from."""

    corpus: Corpus
    words: FigureWords
    within: tuple[str, ...] | None
    """Ids of its agreements; None for the whole collection."""
    numbers: dict[int, int] | None
    """Number of a series in the collection -> its number here; None where they are the same."""

    def near_figures(self, figures: NearIndex, query: str) -> list[tuple[int, float]]:
        """Return (number of the series here, cosine), the nearest first."""
        found = figures.nearest(query, within=self.within)
        if self.numbers is None:
            return found
        return [(self.numbers[n], cosine) for n, cosine in found if n in self.numbers]


class Views:
    """Views of one corpus, made when they are asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        owner = {p.id: p.agreement_id for p in corpus.passages}
        self._sections = _by_agreement(corpus.sections, (s.agreement_id for s in corpus.sections))
        self._passages = _by_agreement(corpus.passages, owner.values())
        self._sentences = _by_agreement(
            corpus.sentences, (owner[s.passage_id] for s in corpus.sentences)
        )
        self._figures = _by_agreement(corpus.figures, (f.agreement_id for f in corpus.figures))
        self._commitments = _by_agreement(
            corpus.commitments, (c.agreement_id for c in corpus.commitments)
        )
        self._series: dict[str, list[int]] = {}
        for number, series in enumerate(corpus.series):
            self._series.setdefault(series.agreement_id, []).append(number)
        self.of = lru_cache(maxsize=_KEPT)(self._view)

    def _view(self, within: tuple[str, ...] | None) -> View:
        if within is None:
            return View(self._corpus, FigureWords(self._corpus), None, None)
        ids = [a.id for a in self._corpus.agreements if a.id in within]
        corpus = Corpus(
            agreements=tuple(a for a in self._corpus.agreements if a.id in within),
            sections=_joined(self._sections, ids),
            passages=_joined(self._passages, ids),
            sentences=_joined(self._sentences, ids),
            figures=_joined(self._figures, ids),
            commitments=_joined(self._commitments, ids),
            aliases=self._corpus.aliases,
            unanswered=self._corpus.unanswered,
        )
        numbers = [n for id_ in ids for n in self._series.get(id_, ())]
        return View(corpus, FigureWords(corpus), tuple(ids), {n: i for i, n in enumerate(numbers)})


def _by_agreement(items: Sequence[T], owners: Iterable[str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for item, owner in zip(items, owners, strict=True):
        groups.setdefault(owner, []).append(item)
    return groups


def _joined(groups: dict[str, list[T]], ids: Sequence[str]) -> tuple[T, ...]:
    return tuple(item for id_ in ids for item in groups.get(id_, ()))
