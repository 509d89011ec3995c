"""The part of a corpus that a question is about, with the words of its figures.

What ranks figures and quotes looks at the agreements in scope alone, so that hundreds of others of
the same kind neither crowd them out nor slow an answer down. Of many agreements in scope the few
that the search found first have their figures ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from chains.lookup import FigureWords, SeriesWords, read_words
from chains.retrieve import NearIndex
from corpus.words import content_stems
from ingest.index import Corpus

_KEPT = 64
"""Views that are kept: a few agreements each, as a rule."""
_FEW = 4
"""Agreements whose figures are ranked for one question, those that it found first."""
_SCARCE = 0.2
"""Share of all passages below which the agreements that the asker chose are looked at alone."""
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What a question may be answered from."""

    corpus: Corpus
    parts: tuple[SeriesWords, ...]
    within: tuple[str, ...] | None
    """Ids of its agreements; None for the whole collection."""
    numbers: dict[int, int] | None
    """Number of a series in the collection -> its number here; None where they are the same."""

    @cached_property
    def words(self) -> FigureWords:
        """The words of its figures."""
        return FigureWords(self.parts)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its sentences, their everyday words, headings and figures."""
        texts = {passage.section for passage in self.corpus.passages}
        for sentence in self.corpus.sentences:
            texts |= {sentence.text, *sentence.phrasings}
        for figure in self.corpus.figures:
            texts |= {figure.label, figure.noun, *figure.aliases}
        return frozenset(content_stems(" ".join(texts)))

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
        self._view = lru_cache(maxsize=_KEPT)(self._make)
        self._words = {a.id: read_words(self._of([a.id])) for a in corpus.agreements}

    def of(self, within: Sequence[str] | None, chosen: Sequence[str] | None = None) -> View:
        """Return the view of some agreements, None for all.

        Where the asker chose a few among very many, it is the view of those.
        """
        if chosen is not None and self._is_scarce(chosen):
            within = chosen
        return self._view(None if within is None else tuple(within))

    def likeliest(self, view: View, found: Iterable[str]) -> View:
        """Return the part of a view that holds the agreements found first, where it holds many.

        All figures of an agreement are seen together: wholes, parts and rules need each other.
        """
        if len(view.corpus.agreements) <= _FEW:
            return view
        ids = list(dict.fromkeys(found))[:_FEW]
        return self._view(tuple(a.id for a in self._corpus.agreements if a.id in ids))

    def _is_scarce(self, ids: Sequence[str]) -> bool:
        own = sum(len(self._passages.get(id_, ())) for id_ in ids)
        return own < _SCARCE * len(self._corpus.passages)

    def _make(self, within: tuple[str, ...] | None) -> View:
        ids = [a.id for a in self._corpus.agreements if within is None or a.id in within]
        corpus = self._corpus if within is None else self._of(ids)
        parts = tuple(self._words[id_] for id_ in ids) if len(ids) <= _FEW else ()
        numbers = [n for id_ in ids for n in self._series.get(id_, ())]
        same = numbers == list(range(len(self._corpus.series)))
        return View(
            corpus,
            parts,
            None if within is None else tuple(ids),
            None if same else {n: i for i, n in enumerate(numbers)},
        )

    def _of(self, ids: Sequence[str]) -> Corpus:
        return Corpus.model_construct(  # its parts were checked when the whole was read
            agreements=tuple(a for a in self._corpus.agreements if a.id in ids),
            sections=_joined(self._sections, ids),
            passages=_joined(self._passages, ids),
            sentences=_joined(self._sentences, ids),
            figures=_joined(self._figures, ids),
            commitments=_joined(self._commitments, ids),
            aliases=self._corpus.aliases,
            unanswered=self._corpus.unanswered,
        )


def _by_agreement(items: Sequence[T], owners: Iterable[str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for item, owner in zip(items, owners, strict=True):
        groups.setdefault(owner, []).append(item)
    return groups


def _joined(groups: dict[str, list[T]], ids: Sequence[str]) -> tuple[T, ...]:
    return tuple(item for id_ in ids for item in groups.get(id_, ()))
