"""An answer as server-sent events: its stages as they begin, then the verified answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.responses import Response, StreamingResponse

from chains import AssistantError, errors, texts
from widget.capacity import Job
from widget.problems import of_error

PING_S = 15.0
SHOWN = ("understand", "retrieve", "calculate", "compose", "verify")
"""The stages of the contract; those between are ours."""
_PING = "ping"
_PING_EVENT = b": ping\n\n"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Stages:
    """Brings the stages from the thread that answers to the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(self, stage: str) -> None:
        """Note that a stage begins; called in the thread that answers."""
        if stage in SHOWN:
            self._put(stage)

    def end(self, *_: object) -> None:
        """Note that there will be no more."""
        self._put(None)

    def _put(self, item: str | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self.queue.put_nowait, item)
        except RuntimeError:  # the loop has ended: nobody listens any more
            return


async def stream_answer(
    job: Job[Any],
    stages: Stages,
    request_id: str,
    deadline_s: float,
    dump: Callable[[Any], str],
) -> Response:
    """Return the stream; what fails before the first stage is raised as for any other route."""
    job.future.add_done_callback(stages.end)
    try:
        first = await asyncio.wait_for(stages.queue.get(), deadline_s)
    except TimeoutError:
        job.abandon()
        raise errors.AnswerTooSlow(5) from None
    except asyncio.CancelledError:
        job.abandon()
        raise
    if first is None:
        return _Events(_only(dump(_result(job)), request_id), headers=_HEADERS)
    return _Events(_events(job, stages, first, request_id, deadline_s, dump), headers=_HEADERS)


class _Events(StreamingResponse):
    media_type = "text/event-stream"


def _result(job: Job[Any]) -> Any:  # noqa: ANN401 - whatever the job makes
    if job.future.cancelled():
        raise errors.AskCancelled
    return job.future.result()


async def _only(answer: str, request_id: str) -> AsyncIterator[bytes]:
    yield _event("answer", answer, request_id, 1)


async def _events(
    job: Job[Any],
    stages: Stages,
    first: str,
    request_id: str,
    deadline_s: float,
    dump: Callable[[Any], str],
) -> AsyncIterator[bytes]:
    number = 1
    stage: str | None = first
    end = asyncio.get_running_loop().time() + deadline_s
    try:
        while stage is not None:
            if stage is _PING:
                yield _PING_EVENT
            else:
                told = {"stage": stage, "label": texts.STAGES[stage]}
                yield _event("stage", json.dumps(told, ensure_ascii=False), request_id, number)
                number += 1
            stage = await _next(stages, end)
        yield _event("answer", dump(_result(job)), request_id, number)
    except AssistantError as error:
        body = bytes(of_error(error, request_id).body).decode()
        yield _event("error", body, request_id, number)
    finally:
        job.abandon()  # the caller may have gone


async def _next(stages: Stages, end: float) -> str | None:
    """Return the next stage, None at the end, and a ping where it takes long."""
    left = end - asyncio.get_running_loop().time()
    if left <= 0:
        raise errors.AnswerTooSlow(5)
    try:
        return await asyncio.wait_for(stages.queue.get(), min(PING_S, left))
    except TimeoutError:
        return _PING


def _event(name: str, data: str, request_id: str, number: int) -> bytes:
    """Return one event; JSON holds no line break, so its data is one line."""
    return f"id: {request_id}-{number}\nevent: {name}\ndata: {data}\n\n".encode()
