"""`python -m views`: start the app, as `make run` does."""

from __future__ import annotations

import sys
import webbrowser
from typing import Annotated

import typer

from chains import AssistantError, Settings, run_texts, texts
from views.serve import serve

app = typer.Typer(add_completion=False, help=run_texts.CLI_HELP, pretty_exceptions_enable=False)


@app.command()
def start(
    host: Annotated[str, typer.Option(help="Adressen, der lyttes på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0: en ledig.")] = 8501,
    *,
    browser: Annotated[bool, typer.Option(help="Åbn en browser.")] = False,
) -> None:
    """Start Aftaleassistenten."""
    settings = Settings()

    def tell(url: str) -> None:
        sys.stderr.write(run_texts.CLI_STARTED.format(url=url, auth=settings.app_auth) + "\n")
        if browser:
            webbrowser.open(url)

    try:
        serve(settings, host, port, tell)
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
