"""How an agreement stands: reviewed or not, newer ones of its kind, what replaced or changed it.

An answer says so in its notes, and warns where another agreement in force has another figure for
the same year. A withdrawn agreement is not searched; its old citations resolve.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chains.matching import pair_series
from chains.scope import Scope, kinds
from corpus import standing_texts as texts
from corpus.agreed import Figure, Series
from corpus.calculation_texts import amount
from corpus.models import Answer, Head
from corpus.texts import provenance
from ingest.index import Corpus

_OTHERS = 2
"""Other agreements in force, the nearest in time, whose figures are looked at."""
_KEPT = 64


class Standing:
    """What is to be said of the agreements of one corpus version."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._heads = {a.id: a.head for a in corpus.agreements}
        kept = [head for head in self._heads.values() if head.status != "withdrawn"]
        self._kin = {head.id: group for group in kinds(kept) for head in group}
        reviewed = {f.agreement_id for f in corpus.figures if f.reviewed}
        reviewed |= {c.agreement_id for c in corpus.commitments if c.reviewed}
        by_rule = {f.agreement_id for f in corpus.figures if not f.reviewed}
        by_rule |= {c.agreement_id for c in corpus.commitments if not c.reviewed}
        self._unreviewed = frozenset(self._heads) - reviewed
        self._partly = reviewed & by_rule
        self._figures = {f.figure_key: f for f in corpus.figures}
        self._pairs = lru_cache(maxsize=_KEPT)(self._pair)

    def provenance(self, head: Head) -> str:
        """Return which agreement it is, and whether a newer one of its kind is here."""
        newest = self._kin.get(head.id, [head])[0]
        if newest.date <= head.date:
            return provenance(head)
        return f"{provenance(head, later=False)} {texts.newer(newest)}"

    def of(self, head: Head) -> tuple[str, ...]:
        """Return all that is to be said of how an agreement stands, by itself."""
        said = [texts.WITHDRAWN.format(title=head.short_title)] * (head.status == "withdrawn")
        said += self._replaced(head)
        said += self._review(head.id)
        newest = self._kin.get(head.id, [head])[0]
        if newest.date > head.date:
            said.append(texts.newer(newest))
        return tuple(dict.fromkeys(said))

    def notes(self, answer: Answer, scope: Scope | None) -> tuple[str, ...]:
        """Return what is to be said of the agreements that an answer cites."""
        notes: list[str] = []
        for id_ in dict.fromkeys(citation.agreement_id for citation in answer.citations):
            head = self._heads[id_]
            notes += self._replaced(head)
            if scope is not None and id_ in scope.by_default:
                notes.append(texts.by_default(head, len(self._kin[id_]) - 1))
            notes += self._review(id_)
        notes += self._differing(answer)
        return tuple(dict.fromkeys(notes))

    def _review(self, id_: str) -> Iterator[str]:
        title = self._heads[id_].short_title
        if id_ in self._unreviewed:
            yield texts.UNREVIEWED.format(title=title)
        elif id_ in self._partly:
            yield texts.PARTLY_REVIEWED.format(title=title)

    def _replaced(self, head: Head) -> Iterator[str]:
        by = [other for other in self._heads.values() if head.id in other.replaces]
        names = {other.id: texts.dated(other) for other in by}
        if head.replaced_by:
            names.setdefault(head.replaced_by, self._name(head.replaced_by))
        for name in names.values():
            yield texts.REPLACED.format(title=head.short_title, by=name)
        if head.status == "superseded" and not names:
            yield texts.SUPERSEDED.format(title=head.short_title)
        for id_ in head.changed_by:
            yield texts.CHANGED.format(title=head.short_title, by=self._name(id_))

    def _name(self, id_: str) -> str:
        head = self._heads.get(id_)
        return texts.dated(head) if head else id_

    def _differing(self, answer: Answer) -> Iterator[str]:
        """Yield a warning for each cited figure that another agreement in force has otherwise."""
        cited = {citation.marker: citation.agreement_id for citation in answer.citations}
        stated = [(f.marker, f.figure_id) for f in answer.figures]
        if answer.calculation:
            stated += [(i.marker, i.figure_id) for i in answer.calculation.inputs if i.figure_id]
        for marker, figure_id in stated:
            figure = self._figures.get((cited.get(marker or 0, ""), figure_id or ""))
            if figure is None:
                continue
            for other in self._beside(self._heads[figure.agreement_id]):
                series = self._pairs(figure.agreement_id, other.id).get(figure.series)
                if series and (theirs := _same_year(figure, series)):
                    level = theirs.price_level or figure.price_level
                    period = str(theirs.period or "")
                    yield texts.differs(other, theirs.label, amount(theirs), period, level)

    def _beside(self, head: Head) -> list[Head]:
        """Return other agreements of its kind that are in force in some of its years."""
        others = [
            other for other in self._kin.get(head.id, ())
            if other.id != head.id and other.status == head.status == "current"
            and other.years.first <= head.years.last and head.years.first <= other.years.last
        ]  # fmt: skip
        return sorted(others, key=lambda other: abs(other.date - head.date))[:_OTHERS]

    def _pair(self, own: str, other: str) -> dict[str, Series]:
        """Return for each series of one agreement the one of another that answers to it."""
        mine, theirs = (
            [s for s in self._corpus.series if s.agreement_id == id_] for id_ in (own, other)
        )
        return {mine[i].id: theirs[j] for i, j, _ in pair_series(self._corpus, own, other)}


def _same_year(figure: Figure, series: Series) -> Figure | None:
    """Return the other's figure for a year of a figure's, if its amount is another."""
    if figure.period is None:
        return None
    for theirs in series.figures:
        period = theirs.period
        if period is None or theirs.unit is not figure.unit or theirs.key != figure.key:
            continue
        year = max(figure.period.first, period.first)
        covered = year in figure.period and year in period
        if covered and (theirs.amount, theirs.high) != (figure.amount, figure.high):
            return theirs
    return None
