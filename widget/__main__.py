"""`python -m widget`: start the API and the widget; `python -m widget token NAME`: a new token."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from chains import Assistant, AssistantError, Settings, api_texts, texts
from widget.api import Api
from widget.auth import check_binding, make_token
from widget.logs import set_up
from widget.serve import serve
from widget.workers import Workers

app = typer.Typer(add_completion=False, help=api_texts.CLI_HELP, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Adressen, der lyttes på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    internal_port: Annotated[
        int, typer.Option(min=1, max=65_535, help="Måling og dokumentation, kun på maskinen selv.")
    ] = 8001,
) -> None:
    """Start HTTP-API'et og widgeten."""
    if context.invoked_subcommand is not None:
        return
    try:
        settings = Settings()
        check_binding(settings, host)
        set_up()
        workers = Workers(settings) if settings.api_processes > 1 else None
        assistant = Assistant.open(settings, _tell_build, workers.embedder if workers else None)
        try:
            api = Api(assistant, settings, workers)
            told = api_texts.CLI_STARTED.format(host=host, port=port, auth=settings.api_auth)
            _tell(f"{told} {api_texts.CLI_INTERNAL.format(port=internal_port)}")
            serve(api, host, port, internal_port)
        finally:
            assistant.close()
            if workers:
                workers.close()
    except AssistantError as error:
        _fail(texts.describe_error(error))


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="Hvem nøglen er til.")],
    origin: Annotated[
        list[str] | None, typer.Option(help="En webside, der må bruge den; kan gentages.")
    ] = None,
) -> None:
    """Lav en nøgle til API'et; kun dens sha256 skal gemmes."""
    made, entry = make_token(name, tuple(origin or ()))
    sys.stdout.write(api_texts.CLI_NEW.format(token=made, entry=entry) + "\n")


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def _tell_build(done: int, total: int) -> None:
    if done == total or done % 1_000 == 0:
        _tell(texts.embedded(done, total))


def _fail(said: str) -> NoReturn:
    _tell(said)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
