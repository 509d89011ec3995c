"""The API over the real agreements behind the fake embedder, and over settings of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chains import Assistant, Settings
from tests.widget.serving import Server, start, stop
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


@pytest.fixture(scope="session")
def server(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The API as it is run, with two workers, behind a proxy that names the users.

    The assistant is asked for so that the index is there, and for tests to compare with.
    """
    folder = tmp_path_factory.mktemp("served")
    running = start(
        folder / "log",
        ASSISTANT_API_AUTH="proxy",
        ASSISTANT_API_PROXIES='["127.0.0.1"]',
        ASSISTANT_API_PROCESSES="2",
        ASSISTANT_API_ASKS_PER_MINUTE="10000",
        ASSISTANT_API_ASKS_AT_ONCE="100",
        ASSISTANT_API_QUEUE="100",
        ASSISTANT_API_BODY_TIMEOUT_S="2",
    )
    yield running
    stop(running)
