"""`python -m ingest review ID`: the queue of an agreement at the keyboard, one item at a time."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from corpus import ingest_texts, texts
from corpus import review_texts as words
from corpus.errors import ReviewConflict, ReviewRefused
from corpus.review import Decision, Item, Progress
from corpus.settings import Settings
from ingest.review import decide, next_item, progress_of, undo
from ingest.review_entries import CHOICES

_SHOWN = 240
"""Characters of the text shown before and after an item."""
_EMPTY = "-"


def review_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help=words.CLI_HELP)],
    by: Annotated[str, typer.Option("--as", help=words.CLI_AS)] = "",
    status: Annotated[bool, typer.Option("--status", help=words.CLI_STATUS)] = False,
) -> None:
    """Gennemgå det, reglerne har fundet i en aftale: ét ad gangen, med tastaturet."""
    settings = Settings()
    progress = progress_of(settings, id_)
    typer.echo(words.how_far(progress))
    if status:
        return
    name = " ".join((by or getpass.getuser()).split())[:80]
    skipped: list[str] = []
    decided = 0
    while (item := next_item(settings, id_, skipped)) is not None:
        _show(item, progress)
        key = _key()
        if key == "q":
            break
        if key == "s":
            skipped.append(item.id)
        elif key == "f":
            _undo(settings, id_, name)
        else:
            decided += _decide(settings, id_, item, key, name)
        progress = progress_of(settings, id_)
    if not progress.remaining:
        typer.echo(words.DONE)
    typer.echo(words.how_far(progress))
    if decided:
        typer.echo(words.CLI_BUILD)


def _show(item: Item, progress: Progress) -> None:
    typer.echo()
    typer.echo(f"{words.place(item)}  ({progress.remaining})")
    before, after = item.before[-_SHOWN:], item.after[:_SHOWN]
    typer.echo(f"{before}{typer.style(f'»{item.text}«', bold=True)}{after}")
    for doubt in item.doubts:
        typer.echo(f"  ! {words.DOUBTS.get(doubt) or ingest_texts.doubt(doubt)}")
    for field, value in item.fields.items():
        if value:
            typer.echo(f"  {words.field_name(item.kind, field)}: {words.shown_value(value)}")
    typer.echo(words.QUESTIONS[item.kind])


def _key() -> str:
    """Return the key that was pressed.

    Raises:
        ReviewRefused: there is no terminal.
    """
    typer.echo(words.CLI_KEYS)
    try:
        while (key := typer.getchar().lower()) not in {"j", "r", "a", "s", "f", "q"}:
            typer.echo(words.CLI_UNKNOWN_KEY)
    except OSError as error:
        raise ReviewRefused("no_terminal", str(error)) from error
    return key


def _decide(settings: Settings, id_: str, item: Item, key: str, name: str) -> bool:
    """Ask what is missing and keep the decision; what cannot be kept is told and asked again."""
    fields = _change(item) if key == "r" else {}
    reason = typer.prompt(words.CLI_REASON, default="", show_default=False) if key == "a" else ""
    decision = Decision(
        item_id=item.id, state=item.state, accept=key != "a", fields=fields, reason=reason
    )
    try:
        decide(settings, id_, decision, name)
    except (ReviewConflict, ReviewRefused) as error:
        typer.echo(texts.describe_error(error), err=True)
        return False
    return True


def _change(item: Item) -> dict[str, str]:
    """Ask for each field; an empty line keeps what is proposed."""
    typer.echo(words.CLI_EMPTY_HINT)
    changed: dict[str, str] = {}
    for field, value in item.fields.items():
        label = words.field_name(item.kind, field)
        choices = CHOICES.get(f"{item.kind}.{field}")
        if choices:
            listed = ", ".join(f"{i} {words.shown_value(c)}" for i, c in enumerate(choices, 1))
            label = f"{label} ({listed})"
        shown = words.shown_value(value)
        typed = str(typer.prompt(f"{label} [{shown}]", default="", show_default=False)).strip()
        if not typed:
            continue
        if choices and typed.isdigit() and 1 <= int(typed) <= len(choices):
            typed = choices[int(typed) - 1]
        changed[field] = "" if typed == _EMPTY else typed
    return changed


def _undo(settings: Settings, id_: str, name: str) -> None:
    try:
        typer.echo(words.CLI_UNDONE.format(text=undo(settings, id_, name)))
    except ReviewRefused as error:
        typer.echo(texts.describe_error(error), err=True)
