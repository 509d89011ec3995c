"""An assistant with a language model behind a real HTTP server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chains import Assistant, Settings
from chains.llm import open_writer
from chains.weights import Weights
from tests.llm_server import LlmServer, serve

OpenWorded = Callable[..., Assistant]
SHORT: dict[str, Any] = {"llm_connect_s": 2, "llm_first_token_s": 1.0, "llm_gap_s": 0.7,
                         "llm_total_s": 4.0, "llm_failures": 1_000}  # fmt: skip
"""Deadlines that a test can wait for; the breaker never opens unless a test wants it."""


@pytest.fixture
def llm(socket_enabled: None) -> Iterator[LlmServer]:
    """A server on this machine that answers as the test says."""
    with serve() as server:
        yield server


@pytest.fixture
def worded(fake_assistant: Assistant, llm: LlmServer, tmp_path: Path) -> Iterator[OpenWorded]:
    """Open an assistant on the same index whose answers that server words."""
    opened: list[Any] = []

    def make(**given: Any) -> Assistant:
        named = {"llm_model": "openai:test", "llm_base_url": llm.url, "var_dir": tmp_path / "var"}
        settings = Settings(_env_file=None, **{**named, **SHORT, **given})
        weights = Weights.load()
        topic = weights.about_corpus.model_copy(update={"bias": 1_000.0})
        weights = weights.model_copy(update={"about_corpus": topic})
        writer = open_writer(settings)
        assistant = Assistant(fake_assistant._index, fake_assistant.embedder, settings,
                              fake_assistant.retriever, weights, writer)  # fmt: skip
        opened.append(writer)
        return assistant

    yield make
    for writer in opened:
        writer.close()
