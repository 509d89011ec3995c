"""How much is taken on: so many questions a minute and at once for each identity, so many in all.

What is too much is refused at once, so that promises to those taken on are kept. Answers are made
in threads of our own; the event loop only waits.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Generic, TypeVar

from chains import Settings, errors

T = TypeVar("T")
_MINUTE = 60.0
_MOST_KNOWN = 10_000
"""Identities that are remembered before those long silent are forgotten."""


@dataclass
class Job(Generic[T]):
    """An answer under way."""

    future: Future[T]
    stop: threading.Event

    def abandon(self) -> None:
        """Let it end: not begun at all, or at its next stage."""
        self.stop.set()
        self.future.cancel()


@dataclass
class _Known:
    asked: deque[float] = field(default_factory=deque)
    running: int = 0


class Capacity:
    """Counts what is under way, and has it done."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the threads; `clock` is another in tests."""
        self._settings, self._clock = settings, clock
        self._places = (
            settings.api_processes if settings.api_processes > 1 else settings.api_workers
        )
        self._pool = ThreadPoolExecutor(self._places, thread_name_prefix="answer")
        self._side = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self.running = 0
        """Questions being answered or waiting for a thread."""

    def submit(
        self, identity: str, work: Callable[[threading.Event], T], *, streamed: bool = False
    ) -> Job[T]:
        """Take a piece of work on; it is given an event that is set when nobody waits for it.

        Who is told of each stage (`streamed`) may wait behind more others than who is not.

        Raises:
            TooManyAsks: this identity has asked too often, or too much at once.
            Overloaded: there is no place for more.
        """
        settings = self._settings
        with self._lock:
            self._admit(identity, settings.api_stream_queue if streamed else settings.api_queue)
            self.running += 1
            known = self._known[identity]
            known.running += 1
            known.asked.append(self._clock())
        stop = threading.Event()

        def run() -> T:
            if stop.is_set():
                raise errors.AskCancelled
            return work(stop)

        def done(_: Future[T]) -> None:
            with self._lock:
                self.running -= 1
                known.running -= 1

        try:
            future = self._pool.submit(run)
        except RuntimeError as error:  # shutting down
            done(Future())
            raise errors.Overloaded(ceil(settings.api_timeout_s)) from error
        future.add_done_callback(done)
        return Job(future, stop)

    def _admit(self, identity: str, queue: int) -> None:
        settings, now = self._settings, self._clock()
        if len(self._known) > _MOST_KNOWN:
            self._forget(now)
        known = self._known.setdefault(identity, _Known())
        while known.asked and known.asked[0] <= now - _MINUTE:
            known.asked.popleft()
        if len(known.asked) >= settings.api_asks_per_minute:
            raise errors.TooManyAsks(max(1, ceil(known.asked[0] + _MINUTE - now)))
        if known.running >= settings.api_asks_at_once:
            raise errors.TooManyAsks(1)
        if self.running >= self._places + queue:
            raise errors.Overloaded(2)

    def _forget(self, now: float) -> None:
        silent = [
            name for name, known in self._known.items()
            if not known.running and (not known.asked or known.asked[-1] <= now - _MINUTE)
        ]  # fmt: skip
        for name in silent:
            del self._known[name]

    async def wait(self, job: Job[T], gone: Callable[[], Awaitable[None]]) -> T:
        """Return what a job comes to.

        Args:
            job: The job.
            gone: Returns when whoever asked has gone.

        Raises:
            AskCancelled: whoever asked has gone.
            AnswerTooSlow: it took longer than its deadline.
        """
        answer = asyncio.ensure_future(asyncio.wrap_future(job.future))
        left = asyncio.ensure_future(gone())
        try:
            both: set[asyncio.Future[Any]] = {answer, left}
            await asyncio.wait(
                both,
                timeout=self._settings.api_timeout_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if answer.done():
                return answer.result()
            raise errors.AskCancelled if left.done() else errors.AnswerTooSlow(5)
        finally:
            left.cancel()
            if not answer.done():
                job.abandon()
                answer.cancel()

    async def read(self, work: Callable[[], T]) -> T:
        """Do something short outside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._side, work)

    def close(self) -> None:
        """Take nothing more on; what runs ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._side.shutdown(wait=False, cancel_futures=True)
