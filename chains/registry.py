"""What the agreements hold, to look up rather than to ask: sections, passages, agreed figures."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from chains.compose_numbers import machine
from corpus import calculation_texts as texts
from corpus.agreed import Figure
from corpus.danish import format_number, in_unit
from corpus.errors import UnknownPassage
from corpus.models import Agreement, SectionKind
from corpus.words import content_stems
from ingest.index import Corpus


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SectionEntry(_Model):
    """A section of an agreement."""

    id: str
    kind: SectionKind
    number: str
    heading: str
    path: tuple[str, ...]
    start: int
    end: int


class PassageEntry(_Model):
    """A passage with where it stands."""

    passage_id: str
    agreement_id: str
    agreement_title: str
    agreement_date: dt.date
    agreement_version: str
    section: str
    heading: str
    text: str
    start: int
    end: int
    page: int | None = None


class FigureEntry(_Model):
    """An agreed figure with the words that say it."""

    figure_id: str
    agreement_id: str
    label: str
    aliases: tuple[str, ...]
    kind: str
    value: str
    """Machine decimal in `unit`."""
    high: str | None
    """Upper end, where the agreement gives a span."""
    unit: str
    display: str
    qualifier: str
    per: str
    period: str
    price_level: str
    party: str
    payer: str
    receiver: str
    channel: str
    series: str
    argument: str
    reviewed: str
    """Who reviewed it, and when; empty for a figure found by rule."""
    printed: str
    """As the agreement prints it: its text[start:end]."""
    start: int
    end: int
    section: str
    theme: str = ""
    """The chapter that it belongs to, without its number."""
    key: str = ""
    """Row of a table ("2" fulfilled criteria)."""
    money: str = ""
    """"moved" where it is no new money."""
    inside: str = ""
    """The stated total that it lies inside, or "outside"."""
    part_of: str = ""
    replaces: str = ""
    first_year: int | None = None
    last_year: int | None = None
    """None is lasting, where there is a first year."""
    measure: str = ""
    """kr | kr_per_inhabitant | pct | pct_point | number"""
    repeated: tuple[tuple[int, int], ...] = ()
    """Where it is printed again."""

    @property
    def entry_key(self) -> str:
        """What it is known by over all agreements."""
        return f"{self.agreement_id}/{self.figure_id}"

    @property
    def number(self) -> str:
        """The number the Danish way, without its unit: "godt 1,3", "5-10"."""
        ends = [format_number(Decimal(end)) for end in (self.value, self.high) if end is not None]
        return texts.shown("-".join(ends), self.qualifier)

    @property
    def name(self) -> str:
        """The label, and of a row of a table which one."""
        return f"{self.label} ({self.key} {texts.CRITERIA})" if self.key else self.label

    def holds_in(self, year: int) -> bool:
        """Return whether it is stated for a year."""
        first = self.first_year
        return first is not None and first <= year and (self.last_year or year) >= year


class CommitmentEntry(_Model):
    """Something that was agreed, with the words that say it."""

    commitment_id: str
    agreement_id: str
    actors: tuple[str, ...]
    partners: tuple[str, ...]
    act: str
    force: str
    deadline: str
    due: str
    starts: str
    condition: str
    theme: str
    reviewed: str
    quote: str
    start: int
    end: int
    section: str

    @property
    def entry_key(self) -> str:
        """What it is known by over all agreements."""
        return f"{self.agreement_id}/{self.commitment_id}"


def list_sections(corpus: Corpus, agreement_id: str) -> tuple[SectionEntry, ...]:
    """Return the sections of an agreement, in order."""
    return tuple(
        SectionEntry(id=s.id, kind=s.kind, number=s.number, heading=s.heading, path=s.path,
                     start=s.start, end=s.end)
        for s in corpus.sections
        if s.agreement_id == agreement_id
    )  # fmt: skip


def find_passage(corpus: Corpus, agreements: dict[str, Agreement], passage_id: str) -> PassageEntry:
    """Return a passage.

    Raises:
        UnknownPassage: there is none with this id.
    """
    passage = corpus.passage_by_id.get(passage_id)
    if passage is None:
        raise UnknownPassage(passage_id)
    agreement = agreements[passage.agreement_id]
    return PassageEntry(
        passage_id=passage.id,
        agreement_id=agreement.id,
        agreement_title=agreement.head.title,
        agreement_date=agreement.head.date,
        agreement_version=agreement.version,
        section=passage.section,
        heading=passage.heading,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        page=agreement.page_at(passage.start),
    )


def find_figures(
    corpus: Corpus,
    words: str = "",
    agreement: str | None = None,
    year: int | None = None,
    party: str = "",
) -> tuple[FigureEntry, ...]:
    """Return agreed figures: all, or those that hold every condition.

    Args:
        corpus: Where they stand.
        words: Every word must stand in the label, the aliases or the unit, inflected as it may be;
            those that the label itself holds come first.
        agreement: Id of the agreement.
        year: A year that the figure is stated for.
        party: Part of the name of who pays, receives or has the share.
    """
    asked = set(content_stems(words))
    if words.strip() and not asked:
        return ()
    found: list[tuple[int, Figure]] = []
    for figure in corpus.figures:
        if agreement is not None and figure.agreement_id != agreement:
            continue
        if year is not None and (figure.period is None or year not in figure.period):
            continue
        parties = f"{figure.party} {figure.payer} {figure.receiver}".lower()
        if party.lower().strip() not in parties:
            continue
        label = set(content_stems(figure.label))
        known = label.union(content_stems(" ".join((*figure.aliases, figure.noun))))
        if asked <= known:
            found.append((len(asked - label), figure))
    found.sort(key=lambda pair: pair[0])
    return tuple(_entry(corpus, figure) for _, figure in found)


def _entry(corpus: Corpus, figure: Figure) -> FigureEntry:
    unit = figure.printed_unit or figure.noun
    start = figure.place.start
    period = figure.period
    return FigureEntry(
        figure_id=figure.id,
        agreement_id=figure.agreement_id,
        label=figure.label,
        aliases=figure.aliases,
        kind=figure.kind.value,
        value=machine(in_unit(figure.amount, unit)),
        high=None if figure.high is None else machine(in_unit(figure.high, unit)),
        unit=unit,
        display=texts.amount(figure),
        qualifier=figure.qualifier.value,
        per=figure.per or "",
        period=str(figure.period or ""),
        price_level=figure.price_level,
        party=figure.party,
        payer=figure.payer,
        receiver=figure.receiver,
        channel=figure.channel,
        series=figure.series,
        argument=figure.argument,
        reviewed=figure.reviewed,
        printed=figure.place.printed,
        start=start,
        end=figure.place.end,
        section=_section_at(corpus, figure.agreement_id, start),
        theme=_theme(corpus, figure),
        key=figure.key,
        money=figure.money,
        inside=figure.inside,
        part_of=figure.part_of,
        replaces=figure.replaces,
        first_year=period.first if period else None,
        last_year=period.last if period else None,
        measure=figure.unit.value,
        repeated=tuple((place.start, place.end) for place in figure.repeats),
    )


def list_commitments(corpus: Corpus) -> tuple[CommitmentEntry, ...]:
    """Return every commitment, in the order of the agreements and their texts."""
    texts_of = {agreement.id: agreement.text for agreement in corpus.agreements}
    return tuple(
        CommitmentEntry(
            commitment_id=one.id, agreement_id=one.agreement_id, actors=one.actors,
            partners=one.partners, act=one.act, force=one.force.value, deadline=one.deadline,
            due=one.due, starts=one.starts, condition=one.condition, theme=one.theme,
            reviewed=one.reviewed, quote=texts_of[one.agreement_id][one.start : one.end],
            start=one.start, end=one.end,
            section=_section_at(corpus, one.agreement_id, one.start),
        )
        for one in corpus.commitments
    )  # fmt: skip


def is_about(one: CommitmentEntry, words: str) -> bool:
    """Return whether every word stands in a commitment, inflected or as part of another word."""
    said = " ".join((one.act, one.quote, one.theme, *one.actors, *one.partners))
    known, plain = set(content_stems(said)), said.casefold()
    asked = content_stems(words)
    if not asked:
        return words.casefold().strip() in plain
    return all(stem in known or stem in plain for stem in asked)


def _section_at(corpus: Corpus, agreement_id: str, place: int) -> str:
    return next(
        (p.section for p in corpus.passages
         if p.agreement_id == agreement_id and p.start <= place < p.end), "")  # fmt: skip


def _theme(corpus: Corpus, figure: Figure) -> str:
    """Return the heading of the chapter that a figure names, else of the one it stands in."""
    own = [s for s in corpus.sections if s.agreement_id == figure.agreement_id]
    chapters = {s.number: s for s in own if s.kind is SectionKind.CHAPTER}
    named = chapters.get(figure.theme)
    if named is None:
        place = figure.place.start
        named = next((s for s in own if s.start <= place < s.end and len(s.path) == 1), None)
    return re.sub(r"^(?:Bilag )?\d+\.\s*", "", named.heading) if named else ""
