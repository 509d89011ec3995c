"""The API over the real agreements behind the fake embedder, and over settings of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chains import Assistant, Settings
from widget.api import Api

Open = Callable[..., TestClient]


@pytest.fixture
def open_api(fake_assistant: Assistant, tmp_path: Path) -> Iterator[Open]:
    """Make a client of an API with settings of its own."""
    made: list[Api] = []

    def make(
        assistant: Assistant = fake_assistant,
        *,
        internal: bool = False,
        client: tuple[str, int] = ("127.0.0.1", 50_000),
        **given: Any,
    ) -> TestClient:
        given = {"api_asks_per_minute": 10_000, "api_asks_at_once": 100, **given}
        settings = Settings(var_dir=tmp_path / "var", _env_file=None, **given)
        api = Api(assistant, settings)
        made.append(api)
        app = api.internal if internal else api.app
        return TestClient(app, "http://localhost", raise_server_exceptions=False, client=client)

    yield make
    for api in made:
        api.close()


@pytest.fixture
def api(open_api: Open) -> TestClient:
    """A client without sign-in."""
    return open_api()
