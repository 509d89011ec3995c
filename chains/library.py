"""The agreements of one version to read and look up: links, words, figures, commitments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from chains import registry
from chains.calculators.arithmetic import Operation
from chains.chart import Chart, draw_series
from chains.difference import find_difference
from chains.export import Sheet
from chains.occurrences import MOST_TERM, Places, list_places
from chains.picked import Picked, WorkedOut
from chains.reading import Link, Span, find_words, follow_link
from chains.recheck import recheck
from chains.register_sheets import commitment_sheets, figure_sheets
from chains.registry import CommitmentEntry, FigureEntry, PassageEntry, SectionEntry
from chains.scope import kinds
from chains.standing import Standing
from chains.tables import cells_of
from corpus.agreed import Figure
from corpus.conversation import CheckedAnswer
from corpus.difference import Difference
from corpus.errors import QuestionTooLong, UnknownAgreement, UnknownEntry
from corpus.models import Agreement, Answer, BlockKind
from ingest.index import Corpus

_RATE = "price_rate"


class Library:
    """What one version holds. It stays valid when another version answers."""

    def __init__(
        self, corpus: Corpus, standing: Standing, version: str, kept: Path, reader_url: str
    ) -> None:
        self._corpus, self._standing, self._kept = corpus, standing, kept
        self._reader_url, self.version = reader_url, version
        self._agreements = {agreement.id: agreement for agreement in corpus.agreements}

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Every agreement, the newest first."""
        every = self._corpus.agreements
        return tuple(sorted(every, key=lambda a: a.head.date, reverse=True))

    def agreement(self, agreement_id: str) -> Agreement:
        """Return an agreement.

        Raises:
            UnknownAgreement: there is none with this id.
        """
        found = self._agreements.get(agreement_id)
        if found is None:
            raise UnknownAgreement(agreement_id, tuple(self._agreements))
        return found

    def earlier(self, agreement_id: str) -> str | None:
        """Return the last agreement of its kind before this one, None where it is the first."""
        for kind in kinds(agreement.head for agreement in self._corpus.agreements):
            ids = [head.id for head in kind]
            if agreement_id in ids:
                return next(iter(ids[ids.index(agreement_id) + 1 :]), None)
        return None

    def standing(self, agreement_id: str) -> tuple[str, ...]:
        """Return what answers say of an agreement: superseded, changed, withdrawn, not reviewed."""
        return self._standing.of(self.agreement(agreement_id).head)

    def sections(self, agreement_id: str) -> tuple[SectionEntry, ...]:
        """Return the sections of an agreement, in order.

        Raises:
            UnknownAgreement: there is none with this id.
        """
        return registry.list_sections(self._corpus, self.agreement(agreement_id).id)

    def passage(self, passage_id: str) -> PassageEntry:
        """Return a passage.

        Raises:
            UnknownPassage: there is none with this id.
        """
        return registry.find_passage(self._corpus, self._agreements, passage_id)

    def places(self, term: str, agreements: Sequence[str] | None = None) -> Places:
        """Return every sentence that names a word, a compound of it or another name for it.

        Raises:
            QuestionTooLong: the term is longer than `MOST_TERM` characters.
            UnknownAgreement: an id is not in the corpus, or the list is empty.
        """
        if len(term) > MOST_TERM:
            raise QuestionTooLong(len(term), MOST_TERM)
        for id_ in [""] if agreements is not None and not agreements else agreements or ():
            self.agreement(id_)
        return list_places(term, self._corpus, self._agreements, agreements, self._reader_url)

    def difference(self, new: str, against: str) -> Difference:
        """Return what one agreement changes against an earlier one, with quotes of both.

        Args:
            new: Id of the agreement that is looked at.
            against: Id of the one that it is held against.

        Raises:
            UnknownAgreement: an id is not in the corpus, or both are the same.
        """
        found = find_difference(self._corpus, new, against, self._reader_url)
        return found.model_copy(update={"corpus_version": self.version})

    def recheck(self, answer: Answer) -> CheckedAnswer:
        """Return an earlier answer with its citations held against the agreements as they are."""
        return recheck(answer, self._corpus, self._reader_url, self.version)

    def follow(self, agreement_id: str, version: str, first: str, last: str) -> Link:
        """Return what a link to a quote points at today.

        Raises:
            UnknownAgreement: there is no agreement with this id.
        """
        return follow_link(self.agreement(agreement_id), version, first, last, self._kept)

    def find(self, agreement_id: str, words: str) -> tuple[Span, ...]:
        """Return every place of an agreement where words stand one after the other."""
        return find_words(self.agreement(agreement_id).text, words)

    def table(self, agreement_id: str, first: int, count: int) -> list[list[Span]]:
        """Return the cells of neighbouring table rows, from a block's number on."""
        agreement = self.agreement(agreement_id)
        rows = agreement.blocks[first : first + count]
        return cells_of(agreement, [row for row in rows if row.kind is BlockKind.ROW])

    @cached_property
    def figures(self) -> tuple[FigureEntry, ...]:
        """Every agreed figure, in the order of the agreements and their registers."""
        return registry.find_figures(self._corpus)

    @cached_property
    def commitments(self) -> tuple[CommitmentEntry, ...]:
        """Everything that was agreed, in the order of the agreements and their texts."""
        return registry.list_commitments(self._corpus)

    def find_figures(
        self, words: str, agreement: str | None, year: int | None, party: str
    ) -> tuple[FigureEntry, ...]:
        """Return the agreed figures that hold every condition; see `registry.find_figures`.

        Raises:
            UnknownAgreement: there is none with this id.
        """
        if agreement is not None:
            self.agreement(agreement)
        return registry.find_figures(self._corpus, words, agreement, year, party)

    def figures_about(self, words: str) -> frozenset[str]:
        """Return the keys of the figures whose label, aliases or unit hold every word."""
        return frozenset(f.entry_key for f in registry.find_figures(self._corpus, words))

    def commitments_about(self, words: str) -> frozenset[str]:
        """Return the keys of the commitments that hold every word, inflected as it may be."""
        return frozenset(one.entry_key for one in self.commitments if registry.is_about(one, words))

    def figure(self, key: str) -> FigureEntry:
        """Return a figure by `agreement/figure`, or by its own id where only one has it.

        Raises:
            UnknownEntry: there is none.
        """
        found = [f for f in self.figures if key in {f.entry_key, f.figure_id}]
        if len(found) != 1:
            raise UnknownEntry("figure", key)
        return found[0]

    def commitment(self, key: str) -> CommitmentEntry:
        """Return a commitment by `agreement/commitment`.

        Raises:
            UnknownEntry: there is none.
        """
        found = [c for c in self.commitments if key in {c.entry_key, c.commitment_id}]
        if len(found) != 1:
            raise UnknownEntry("commitment", key)
        return found[0]

    def sentence(self, agreement_id: str, place: int) -> Span:
        """Return the span of the sentence around a place."""
        for one in self._corpus.sentences:
            if one.start <= place < one.end and one.passage_id.startswith(f"{agreement_id}:"):
                return one.start, one.end
        return place, place

    def relations(self, entry: FigureEntry) -> tuple[tuple[str, FigureEntry], ...]:
        """Return (how, figure) for what a figure is part of, consists of, replaces, continues."""
        found: dict[str, tuple[str, FigureEntry]] = {}
        ours = {entry.figure_id, entry.series}
        for other in self.figures:
            if other.agreement_id != entry.agreement_id or other.figure_id == entry.figure_id:
                continue
            theirs = {other.figure_id, other.series}
            how = (
                "series" if other.series == entry.series
                else "replaces" if entry.replaces in theirs
                else "replaced_by" if other.replaces in ours
                else "part_of" if entry.part_of in theirs
                else "inside" if entry.inside in theirs
                else "whole_of" if other.part_of in ours or other.inside in ours
                else ""
            )  # fmt: skip
            if how:
                found[other.entry_key] = (how, other)
        return tuple(found.values())

    @cached_property
    def series(self) -> dict[str, tuple[FigureEntry, ...]]:
        """The series with more than one figure, by `agreement/series`."""
        groups: dict[str, list[FigureEntry]] = {}
        for entry in self.figures:
            groups.setdefault(f"{entry.agreement_id}/{entry.series}", []).append(entry)
        return {key: tuple(own) for key, own in groups.items() if len(own) > 1}

    def chart(self, keys: Sequence[str]) -> Chart:
        """Return series as bars by year in one unit; amounts in all over several years are none.

        Raises:
            CalculationError: their units do not go together.
            UnknownEntry: there is no such series.
        """
        for key in keys:
            if key not in self.series:
                raise UnknownEntry("series", key)
        firsts = {key: self.series[key][0] for key in keys}
        parties = {key: f.party or f.receiver or f.payer for key, f in firsts.items()}
        told = all(parties.values()) and len(set(parties.values())) == len(keys) > 1
        names = {key: parties[key] if told else firsts[key].label for key in keys}
        return draw_series([(names[key], self._figure(entry.entry_key))
                            for key in keys for entry in self.series[key]])  # fmt: skip

    @cached_property
    def price_rates(self) -> tuple[tuple[FigureEntry, str], ...]:
        """The agreed rates of price regulation, each with its area."""
        rates = [f for f in self._corpus.figures if f.role == _RATE]
        return tuple((self.figure("/".join(f.figure_key)), f.area) for f in rates)

    def work_out(self, operation: Operation, keys: Sequence[str]) -> WorkedOut:
        """Return the result of an operation on picked figures.

        Raises:
            UnknownEntry: a figure is not there.
            CalculationError, NotWorkedOut: see `chains.picked`.
        """
        return self._picked(keys).work_out(operation)

    def convert(
        self, keys: Sequence[str], rate: str, to_year: int, assumed_year: int | None
    ) -> WorkedOut:
        """Return picked figures in another price level.

        Raises:
            UnknownEntry: a figure or the rate is not there.
            CalculationError, NotWorkedOut: see `chains.picked`.
        """
        return self._picked(keys).convert(self._figure(rate), to_year, assumed_year)

    def _picked(self, keys: Sequence[str]) -> Picked:
        figures = [self._figure(key) for key in keys]
        return Picked(figures, self._corpus, self._agreements, self._reader_url)

    def _figure(self, key: str) -> Figure:
        entry = self.figure(key)
        own = (entry.agreement_id, entry.figure_id)
        return next(f for f in self._corpus.figures if f.figure_key == own)

    def figure_sheets(self, entries: Sequence[FigureEntry]) -> tuple[Sheet, ...]:
        """Return figures as sheets with their sources, to be written as xlsx or csv."""
        quoted = [(entry, self._quote(entry.agreement_id, entry.start)) for entry in entries]
        return figure_sheets(quoted, self._agreements, self._reader_url, self.version)

    def commitment_sheets(self, entries: Sequence[CommitmentEntry]) -> tuple[Sheet, ...]:
        """Return commitments as sheets with their sources, to be written as xlsx or csv."""
        return commitment_sheets(entries, self._agreements, self._reader_url, self.version)

    def _quote(self, agreement_id: str, place: int) -> tuple[Span, str]:
        span = self.sentence(agreement_id, place)
        return span, self._agreements[agreement_id].text[span[0] : span[1]]
