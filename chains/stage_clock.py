"""How long each stage of an answer took, and word of each as it begins."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler

from chains.chain import STAGES

OnStage = Callable[[str], None]


class StageClock(BaseCallbackHandler):
    """Tells of each stage as it begins and keeps how long it took."""

    raise_error = True
    """Who is told may end the answer by raising; LangChain would only log it otherwise."""

    def __init__(self, on_stage: OnStage | None) -> None:
        self._on_stage = on_stage
        self._running: dict[UUID, tuple[str, float]] = {}
        self._done: dict[str, float] = {}

    def on_chain_start(
        self,
        serialized: dict[str, Any],
        inputs: Any,
        *,
        run_id: UUID,
        **kwargs: Any,
    ) -> None:
        """Note when a stage begins."""
        name = kwargs.get("name")
        if name in STAGES:
            self._running[run_id] = (name, time.perf_counter())
            if self._on_stage:
                self._on_stage(name)

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **kwargs: Any) -> None:
        """Note how long a stage took."""
        if run_id in self._running:
            name, start = self._running.pop(run_id)
            self._done[name] = (time.perf_counter() - start) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Return milliseconds by stage."""
        return {name: round(ms, 3) for name, ms in self._done.items()}
