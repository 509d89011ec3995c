"""Asking while the page stays awake, so that a click on Stop ends the wait at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from queue import SimpleQueue

import streamlit as st

from chains import Answer, Assistant, Turn, errors

_TICK_S = 0.1


def answer_stoppably(
    assistant: Assistant,
    question: str,
    history: Sequence[Turn],
    agreements: Sequence[str],
    on_stage: Callable[[str], None],
) -> Answer:
    """Return the answer; a click anywhere on the page ends this run and, with it, the work.

    Raises:
        AssistantError: the question cannot be answered.
    """
    stages: SimpleQueue[str] = SimpleQueue()
    gone = threading.Event()

    def tell(stage: str) -> None:
        if gone.is_set():
            raise errors.AskCancelled
        stages.put(stage)

    pool = ThreadPoolExecutor(1, thread_name_prefix="ask")
    work = pool.submit(assistant.answer, question, history, agreements, tell)
    pool.shutdown(wait=False)
    try:
        while not wait([work], _TICK_S).done:
            while not stages.empty():
                on_stage(stages.get())
            _ = "owner" in st.session_state  # where Streamlit ends a run that was clicked away
        return work.result()
    finally:
        gone.set()
