"""`python -m ingest add FILE` and `remove ID`: from a received file to a searchable agreement."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from tqdm import tqdm

from corpus import ingest_texts, texts
from corpus.errors import AssistantError, FieldMissing
from corpus.models import Head
from corpus.settings import Settings
from ingest.add import Received, make_head, make_label, put, read_file, receive, remove
from ingest.build import process
from ingest.embed import load_embedder
from ingest.head_fields import Fields, read_date, read_years, split_names
from ingest.index import Corpus
from ingest.publish import publish

_HIDDEN_SHOWN = 10
_T = TypeVar("_T")


def add_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help=ingest_texts.ADD_HELP["file"])],
    id_: Annotated[str, typer.Option("--id", help=ingest_texts.ADD_HELP["id"])] = "",
    title: Annotated[str, typer.Option(help=ingest_texts.ADD_HELP["title"])] = "",
    short_title: Annotated[str, typer.Option(help=ingest_texts.ADD_HELP["short_title"])] = "",
    date: Annotated[str, typer.Option(help=ingest_texts.ADD_HELP["date"])] = "",
    parties: Annotated[str, typer.Option(help=ingest_texts.ADD_HELP["parties"])] = "",
    period: Annotated[str, typer.Option(help=ingest_texts.ADD_HELP["period"])] = "",
    replaces: Annotated[
        list[str] | None, typer.Option(help=ingest_texts.ADD_HELP["replaces"])
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=ingest_texts.ADD_HELP["yes"])] = False,
) -> None:
    """Tilføj en aftale (txt, PDF, DOCX eller HTML) og byg indekset."""
    settings = Settings()
    began = time.monotonic()
    typer.echo(ingest_texts.ADD_READING.format(file=make_label(file)), err=True)
    received = receive(settings, file, read_file(Path(file)))
    given = Fields(
        title=" ".join(title.split()) or None,
        date=_read("--date", date, read_date),
        parties=split_names(parties),
        years=_read("--period", period, read_years),
    )
    ask = sys.stdin.isatty() and not yes
    fields = _fill(received.fields, given, ask=ask)
    head = make_head(
        settings, received, fields,
        id_=id_, short_title=" ".join(short_title.split()), replaces=tuple(replaces or ()),
    )  # fmt: skip
    typer.echo(ingest_texts.added_head(head, received.label), err=True)
    if ask and not typer.confirm(ingest_texts.ADD_CONFIRM, default=True, err=True):
        raise typer.Exit(1)
    put(settings, head, received)
    try:
        corpus = process(settings)
    except AssistantError:
        remove(settings, head.id)  # what cannot be processed would stop every other agreement
        raise
    _publish(settings, corpus)
    _report(head, corpus, received, time.monotonic() - began)


def _read(option: str, given: str, read: Callable[[str], _T | None]) -> _T | None:
    """Read an option's value.

    Raises:
        FieldMissing: something was given that is no such value.
    """
    value = read(given) if given else None
    if given and value is None:
        raise FieldMissing(option, make_label(given))
    return value


def _fill(found: Fields, given: Fields, *, ask: bool) -> Fields:
    """Return the fields that were given, else found, else typed by who sits there.

    Raises:
        FieldMissing: nobody can be asked.
    """
    fields = Fields(
        title=given.title or found.title,
        date=given.date or found.date,
        parties=given.parties or found.parties,
        years=given.years or found.years,
    )
    if not fields.title:
        fields = replace(fields, title=_ask("--title", ask))
    while fields.date is None:
        fields = replace(fields, date=read_date(_ask("--date", ask)))
    while not fields.parties:
        fields = replace(fields, parties=split_names(_ask("--parties", ask)))
    while fields.years is None:
        fields = replace(fields, years=read_years(_ask("--period", ask)))
    return fields


def _ask(option: str, ask: bool) -> str:
    if not ask:
        raise FieldMissing(option)
    return str(typer.prompt(ingest_texts.ADD_ASK[option], err=True)).strip()


def _publish(settings: Settings, corpus: Corpus) -> None:
    with tqdm(desc=texts.LOADING_MODEL, unit="stk", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.set_description_str(ingest_texts.ADD_EMBEDDING)
            bar.total = total
            bar.update(done - bar.n)

        publish(settings, lambda _: corpus, load_embedder(settings), progress)


def _report(head: Head, corpus: Corpus, received: Received, seconds: float) -> None:
    parsed = received.source.parsed
    typer.echo(
        ingest_texts.ADDED.format(
            id=head.id,
            title=head.title,
            pages=ingest_texts.pages(parsed.pages if parsed else None),
            sections=sum(one.agreement_id == head.id for one in corpus.sections),
            figures=sum(one.agreement_id == head.id for one in corpus.figures),
            commitments=sum(one.agreement_id == head.id for one in corpus.commitments),
            seconds=f"{seconds:.0f}",
        )
    )
    for doubt in received.doubts:
        typer.echo(f"  {ingest_texts.doubt(doubt)}")
    for one in received.hidden[:_HIDDEN_SHOWN]:
        typer.echo(f"  {ingest_texts.hidden_text(one.how, make_label(one.text), one.page)}")
    if more := len(received.hidden[_HIDDEN_SHOWN:]):
        typer.echo(f"  {ingest_texts.ADD_MORE_HIDDEN.format(count=more)}")
    typer.echo(ingest_texts.ADD_NEXT.format(id=head.id))


def remove_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=ingest_texts.ADD_HELP["remove"])],
) -> None:
    """Tag en aftale, som ingen har gennemgået, ud af samlingen igen."""
    settings = Settings()
    trash = remove(settings, id_)
    typer.echo(ingest_texts.REMOVED.format(id=id_, trash=trash, corpus=settings.agreements_dir))
