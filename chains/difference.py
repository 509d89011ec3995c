"""Two agreements -> what is new, dropped, changed and continued, each row with its quotes.

Figures are compared year by year where both agreements state the year, else in order, with the
years told. Money of different price levels or units is shown side by side and never subtracted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from chains.citations import cite
from chains.compose import Quote
from chains.matching import Pairs, pair_commitments, pair_sections, pair_series
from corpus import calculation_texts
from corpus import difference_texts as texts
from corpus.agreed import Figure, Per, Series
from corpus.commitment import Commitment
from corpus.danish import UNIT_NAMES, format_rounded, in_unit
from corpus.difference import Change, Compared, Difference, Row, Side
from corpus.errors import UnknownAgreement
from corpus.models import Agreement, Citation, Section, SectionKind, Sentence, Unit
from ingest.index import Corpus

_SAME_TEXT = 0.93
"""Likeness of two texts without their numbers from which on the wording is the same."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ORDER = {Change.CHANGED: 0, Change.NEW: 1, Change.DROPPED: 2, Change.CONTINUED: 3}
_RUNS = {Per.YEAR, Per.LEVEL}


def find_difference(corpus: Corpus, new_id: str, old_id: str, reader_url: str = "") -> Difference:
    """Return what one agreement changes against an earlier one.

    Raises:
        UnknownAgreement: an id is not in the corpus, or both are the same.
    """
    by_id = {agreement.id: agreement for agreement in corpus.agreements}
    for id_ in (new_id, old_id):
        if id_ not in by_id or new_id == old_id:
            raise UnknownAgreement(id_, tuple(by_id))
    old, new = (_Shelf(corpus, by_id[id_], reader_url) for id_ in (old_id, new_id))
    notes = [texts.AS_PRINTED, texts.MATCHED_BY_RULE]
    for shelf in (new, old):
        name = shelf.agreement.head.short_title
        if not shelf.series:
            notes.append(texts.NO_FIGURES.format(title=name))
        elif not any(series.first.reviewed for series in shelf.series):
            notes.append(texts.UNREVIEWED.format(title=name))
    return Difference(
        new=_compared(new.agreement),
        old=_compared(old.agreement),
        figures=_sorted(_figure_rows(old, new, pair_series(corpus, old_id, new_id))),
        commitments=_sorted(_commitment_rows(old, new, pair_commitments(corpus, old_id, new_id))),
        sections=tuple(_section_rows(old, new, pair_sections(corpus, old_id, new_id))),
        notes=tuple(notes),
    )


def _compared(agreement: Agreement) -> Compared:
    head = agreement.head
    return Compared(id=head.id, title=head.title, date=head.date, version=agreement.version)


def _sorted(rows: Iterator[Row]) -> tuple[Row, ...]:
    """Return rows by what became of them; within that in the order of the texts."""
    return tuple(sorted(rows, key=lambda row: _ORDER[row.change]))


@dataclass
class _Shelf:
    """What is known of one of the two agreements, and how to cite it."""

    corpus: Corpus
    agreement: Agreement
    reader_url: str
    series: list[Series] = field(init=False)
    commitments: list[Commitment] = field(init=False)
    sections: list[Section] = field(init=False)

    def __post_init__(self) -> None:
        own = self.agreement.id
        self.series = [s for s in self.corpus.series if s.agreement_id == own]
        self.commitments = [c for c in self.corpus.commitments if c.agreement_id == own]
        self.sections = [s for s in self.corpus.sections if s.agreement_id == own]
        self._passages = {p.id: p for p in self.corpus.passages if p.agreement_id == own}
        self._sentences: list[Sentence] = sorted(
            (s for s in self.corpus.sentences if s.passage_id in self._passages),
            key=lambda s: s.start,
        )
        self._starts = [s.start for s in self._sentences]

    def text(self, start: int, end: int) -> str:
        """Return a span of the text."""
        return self.agreement.text[start:end]

    def cite(self, start: int, end: int) -> tuple[Citation, ...]:
        """Return the verified citation of the first sentence that begins in or covers a span."""
        number = max(0, bisect_right(self._starts, start) - 1)
        for sentence in self._sentences[number : number + 2]:
            if sentence.start < end and start < sentence.end:
                passage = self._passages[sentence.passage_id]
                whole = passage.start <= start and end <= passage.end and end > sentence.end
                last = end if whole else sentence.end
                quote = Quote(passage, sentence.start, last, item=False)
                made = cite(quote, {self.agreement.id: self.agreement}, 1, self.reader_url)
                return (made,) if made else ()
        return ()


# Figures


def _figure_rows(old: _Shelf, new: _Shelf, pairs: Pairs) -> Iterator[Row]:
    by_new = {j: i for i, j, _ in pairs}
    for j, series in enumerate(new.series):
        if j in by_new:
            yield from _series_rows(old, new, old.series[by_new[j]], series)
        else:
            yield from (
                Row(change=Change.NEW, theme=f.theme, series=series.label, new=_side(new, f))
                for f in series.figures
            )
    paired = {i for i, _, _ in pairs}
    for i, series in enumerate(old.series):
        if i not in paired:
            yield from (
                Row(change=Change.DROPPED, theme=f.theme, series=series.label, old=_side(old, f))
                for f in series.figures
            )


def _series_rows(old: _Shelf, new: _Shelf, before: Series, after: Series) -> Iterator[Row]:
    for a, b in _align(before, after):
        row = Row(
            change=_changed(a, b),
            theme=after.first.theme,
            series=after.label,
            old=_side(old, a) if a else None,
            new=_side(new, b) if b else None,
        )
        if a and b:
            difference, remarks = _subtract(a, b)
            row = row.model_copy(update={"difference": difference, "remarks": remarks})
        else:
            row = row.model_copy(update={"remarks": (texts.YEAR_NOT_STATED,)})
        yield row


def _align(before: Series, after: Series) -> list[tuple[Figure | None, Figure | None]]:
    """Return figures in pairs: rows of a table by key, years by year, else in order."""
    olds, news = list(before.figures), list(after.figures)
    if len(olds) == len(news) == 1:
        return [(olds[0], news[0])]
    if before.first.key or after.first.key:
        by_key = {f.key: f for f in olds}
        pairs: list[tuple[Figure | None, Figure | None]] = [
            (by_key.pop(f.key, None), f) for f in news
        ]
        return [*pairs, *((f, None) for f in by_key.values())]
    shared = [(a, b) for b in news for a in olds if _first_year(a, b) is not None]
    if not shared:
        if len(olds) == len(news):
            return list(zip(olds, news, strict=True))
        return [*((None, b) for b in news), *((a, None) for a in olds)]
    pairs, used = [], set()
    for b in news:
        a = next((a for a in olds if a.id not in used and _same_start(a, b)), None) or next(
            (a for a in olds if _first_year(a, b) is not None), None
        )
        if a:
            used.add(a.id)
        pairs.append((a, b))
    return [*pairs, *((a, None) for a in olds if a.id not in used)]


def _same_start(a: Figure, b: Figure) -> bool:
    return a.period is not None and b.period is not None and a.period.first == b.period.first


def _first_year(a: Figure, b: Figure) -> int | None:
    """Return the first year for which both hold."""
    if a.period is None or b.period is None:
        return None
    year = max(a.period.first, b.period.first)
    return year if year in a.period and year in b.period else None


def _changed(a: Figure | None, b: Figure | None) -> Change:
    if a is None:
        return Change.NEW
    if b is None:
        return Change.DROPPED
    same = (a.amount, a.high, a.unit) == (b.amount, b.high, b.unit)
    return Change.CONTINUED if same else Change.CHANGED


def _subtract(a: Figure, b: Figure) -> tuple[str, tuple[str, ...]]:
    """Return new less old, or why they are not subtracted."""
    remarks: list[str] = []
    if a.period and b.period and _first_year(a, b) is None:
        remarks.append(texts.OTHER_YEARS)
    levels = {"old": a.price_level or texts.NO_LEVEL, "new": b.price_level or texts.NO_LEVEL}
    money = a.unit is Unit.KR or b.unit is Unit.KR
    if a.unit is not b.unit or (a.noun != b.noun and a.noun and b.noun and not money):
        return "", (*remarks, texts.OTHER_UNIT)
    if (a.per in _RUNS) != (b.per in _RUNS) and money:
        return "", (*remarks, texts.OTHER_RUN)
    if a.price_level != b.price_level and money:
        same = a.amount == b.amount
        said = texts.SAME_NUMBER_OTHER_LEVEL if same else texts.OTHER_LEVEL
        return "", (*remarks, said.format(**levels))
    if a.amount == b.amount or a.high is not None or b.high is not None:
        return "", tuple(remarks)
    return _difference(a, b), tuple(remarks)


def _difference(a: Figure, b: Figure) -> str:
    """Print new less old: "+24 mio. kr. (+6 pct.)"; of percentages in points."""
    step = b.amount - a.amount
    if a.unit in {Unit.PCT, Unit.PCT_POINT}:
        return f"{_signed(step)} {UNIT_NAMES[Unit.PCT_POINT]}"
    unit = b.printed_unit or b.noun
    shown = f"{_signed(in_unit(step, unit))} {unit}".strip()
    if not a.amount:
        return shown
    return f"{shown} ({_signed(step / a.amount * 100, 1)} {UNIT_NAMES[Unit.PCT]})"


def _signed(number: Decimal, decimals: int | None = None) -> str:
    if decimals is not None:
        number = round(number, decimals)
    return f"{'+' if number > 0 else '−'}{format_rounded(abs(number))}"


def _side(shelf: _Shelf, figure: Figure) -> Side:
    return Side(
        label=figure.label,
        said=calculation_texts.amount(figure),
        period=str(figure.period or ""),
        price_level=figure.price_level,
        actors=tuple(x for x in (figure.party or figure.receiver or figure.payer,) if x),
        reviewed=bool(figure.reviewed),
        citations=shelf.cite(figure.place.start, figure.place.end),
    )


# Commitments


def _commitment_rows(old: _Shelf, new: _Shelf, pairs: Pairs) -> Iterator[Row]:
    by_new = {j: i for i, j, _ in pairs}
    for j, one in enumerate(new.commitments):
        if j not in by_new:
            yield Row(change=Change.NEW, theme=one.theme, new=_duty(new, one))
            continue
        before = old.commitments[by_new[j]]
        remarks = tuple(_moved(old, new, before, one))
        change = Change.CHANGED if remarks else Change.CONTINUED
        yield Row(change=change, theme=one.theme, old=_duty(old, before), new=_duty(new, one),
                  remarks=remarks)  # fmt: skip
    paired = {i for i, _, _ in pairs}
    for i, one in enumerate(old.commitments):
        if i not in paired:
            yield Row(change=Change.DROPPED, theme=one.theme, old=_duty(old, one))


def _moved(old: _Shelf, new: _Shelf, a: Commitment, b: Commitment) -> Iterator[str]:
    """Yield what is another in a commitment: its status word, deadline, actors or wording."""
    if a.force is not b.force:
        yield texts.FORCE.format(old=a.force.value, new=b.force.value)
    if (a.due, a.deadline) != (b.due, b.deadline):
        said = [one.deadline or texts.NO_DEADLINE for one in (a, b)]
        if said[0] == said[1]:  # "til efteråret" of another year
            said = [one.due or texts.NO_DEADLINE for one in (a, b)]
        yield texts.DEADLINE.format(old=said[0], new=said[1])
    if set(a.actors) != set(b.actors):
        yield texts.ACTORS.format(old=", ".join(a.actors), new=", ".join(b.actors))
    if _likeness(old.text(a.start, a.end), new.text(b.start, b.end)) < _SAME_TEXT:
        yield texts.WORDING


def _duty(shelf: _Shelf, one: Commitment) -> Side:
    quote = shelf.text(one.start, one.end)
    return Side(
        label=one.act or quote,
        said=one.force.value,
        period=one.deadline or one.due,
        actors=one.actors,
        reviewed=bool(one.reviewed),
        citations=shelf.cite(one.start, one.end),
    )


# Sections


def _section_rows(old: _Shelf, new: _Shelf, pairs: Pairs) -> Iterator[Row]:
    by_new = {j: i for i, j, _ in pairs}
    for j, section in enumerate(new.sections):
        if section.kind is SectionKind.FRONT:
            continue
        if j not in by_new:
            yield Row(change=Change.NEW, theme=section.path[0], new=_place(new, section))
            continue
        before = old.sections[by_new[j]]
        said = (old.text(before.start, before.end), new.text(section.start, section.end))
        remarks = (texts.WORDING,) if _likeness(*said) < _SAME_TEXT else ()
        change = Change.CHANGED if remarks else Change.CONTINUED
        yield Row(change=change, theme=section.path[0], old=_place(old, before),
                  new=_place(new, section), remarks=remarks)  # fmt: skip
    paired = {i for i, _, _ in pairs}
    for i, section in enumerate(old.sections):
        if i not in paired and section.kind is not SectionKind.FRONT:
            yield Row(change=Change.DROPPED, theme=section.path[0], old=_place(old, section))


def _place(shelf: _Shelf, section: Section) -> Side:
    return Side(label=section.heading, citations=shelf.cite(section.start, section.end))


def _likeness(a: str, b: str) -> float:
    """Return how alike two texts are without their numbers, from 0 to 1."""
    return fuzz.ratio(_DIGITS.sub("", a), _DIGITS.sub("", b)) / 100


def count_changes(rows: Sequence[Row]) -> dict[Change, int]:
    """Return how many rows there are of each kind."""
    return {change: sum(row.change is change for row in rows) for change in Change}
