"""`python -m widget`: what it refuses to start, and a new token."""

import pytest
import yaml
from typer.testing import CliRunner

from widget.__main__ import app
from widget.auth import TokenFile, digest


def test_it_does_not_open_itself_to_others_without_sign_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ASSISTANT_API_AUTH", raising=False)
    result = CliRunner().invoke(app, ["--host", "0.0.0.0"])  # noqa: S104
    assert result.exit_code == 1
    assert "0.0.0.0" in result.stderr  # noqa: S104
    assert "127.0.0.1" in result.stderr


def test_a_new_token_is_shown_once_and_its_entry_can_be_read() -> None:
    result = CliRunner().invoke(app, ["token", "kommunen", "--origin", "https://intra.dk"])
    shown, _, entry = result.stdout.partition("tokens:")
    token = shown.split("\n")[1].strip()
    read = TokenFile.model_validate(yaml.safe_load("tokens:" + entry)).tokens[0]
    assert (read.name, read.origins) == ("kommunen", ("https://intra.dk",))
    assert read.sha256 == digest(token)
    assert token not in entry
