"""Figures and commitments as sheets for a spreadsheet: every row with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from chains.export import Cell, Sheet
from chains.reading import Span
from chains.registry import CommitmentEntry, FigureEntry
from corpus import reader_texts as texts
from corpus.models import Agreement


def figure_sheets(
    quoted: Sequence[tuple[FigureEntry, tuple[Span, str]]],
    agreements: Mapping[str, Agreement],
    reader_url: str,
    version: str,
) -> tuple[Sheet, ...]:
    """Return one sheet with a row for each figure, and one that says where all comes from."""
    rows: list[tuple[Cell, ...]] = []
    for entry, (span, quote) in quoted:
        agreement = agreements[entry.agreement_id]
        rows.append((
            texts.capital(entry.label), Decimal(entry.value), _high(entry), entry.unit,
            entry.display, entry.key, texts.years(entry.first_year, entry.last_year),
            texts.PERS.get(entry.per, ""), entry.payer, entry.receiver, entry.party,
            entry.price_level or texts.NOT_STATED, entry.channel, texts.MONEYS.get(entry.money, ""),
            entry.theme, agreement.head.title, entry.section, quote,
            reader_link(agreement, span, reader_url), entry.reviewed or texts.BY_RULE,
            entry.argument, entry.entry_key,
        ))  # fmt: skip
    used = [entry.agreement_id for entry, _ in quoted]
    return Sheet(texts.FIGURE_SHEET, texts.FIGURE_COLUMNS, tuple(rows)), _sources(
        used, agreements, version
    )


def commitment_sheets(
    entries: Sequence[CommitmentEntry],
    agreements: Mapping[str, Agreement],
    reader_url: str,
    version: str,
) -> tuple[Sheet, ...]:
    """Return one sheet with a row for each commitment, and one that says where all comes from."""
    rows: list[tuple[Cell, ...]] = []
    for entry in entries:
        agreement = agreements[entry.agreement_id]
        link = reader_link(agreement, (entry.start, entry.end), reader_url)
        rows.append((
            ", ".join(entry.actors), texts.FORCES[entry.force], entry.act, entry.deadline,
            entry.due, entry.starts, entry.condition, ", ".join(entry.partners), entry.theme,
            agreement.head.title, entry.section, entry.quote, link,
            entry.reviewed or texts.BY_RULE, entry.entry_key,
        ))  # fmt: skip
    used = [entry.agreement_id for entry in entries]
    return Sheet(texts.COMMITMENT_SHEET, texts.COMMITMENT_COLUMNS, tuple(rows)), _sources(
        used, agreements, version
    )


def reader_link(agreement: Agreement, span: Span, reader_url: str) -> str:
    """Return the address of a quote in the reader, as citations carry it."""
    query = {"id": agreement.id, "v": agreement.version, "fra": span[0], "til": span[1]}
    return f"{reader_url}/aftaler?{urlencode(query)}"


def _high(entry: FigureEntry) -> Cell:
    return Decimal(entry.high) if entry.high else ""


def _sources(used: Sequence[str], agreements: Mapping[str, Agreement], version: str) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for id_ in dict.fromkeys(used):
        head = agreements[id_].head
        rows.append((
            head.title, texts.date(head.date), ", ".join(head.parties),
            texts.years(head.years.first, head.years.last), head.source_url or "",
            agreements[id_].version, version,
        ))  # fmt: skip
    return Sheet(texts.SOURCE_SHEET, texts.SOURCE_COLUMNS, tuple(rows))
