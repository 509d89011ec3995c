"""Answers made in processes of their own, so that they use every core and leave the loop alone.

Threads of one process take turns at Python; beside a busy one an embedding, which hands the turn
over some 200 times, took six times as long. One process keeps the door, the limits and the
measures; each worker has an assistant and answers one question at a time.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

from chains import Answer, Assistant, AssistantError, Check, Form, Settings, Turn, errors
from widget.guard import places
from widget.logs import set_up

_LOG = structlog.get_logger("widget.workers")
_STAGE, _DONE, _REFUSED, _FAILED = "stage", "done", "refused", "failed"
_START_S = 600.0
"""The first start may build the index."""
_CLOSE_S = 5.0
OnStage = Callable[[str], None]


class Answering(Protocol):
    """What the routes need to have an answer made: an assistant, or workers that have one each."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        agreements: Sequence[str] | None = None,
        on_stage: OnStage | None = None,
    ) -> Answer:
        """See `Assistant.answer`."""  # fmt: skip

    def calculate(self, name: str, form: Form, on_stage: OnStage | None = None) -> Answer:
        """See `Assistant.calculate`."""

    def check(self, text: str, agreements: Sequence[str] | None = None) -> Check:
        """See `Assistant.check`."""


class WorkerFailed(RuntimeError):
    """Something unforeseen happened in a worker; it has logged where."""


class Workers:
    """Has answers made by so many processes; a call waits for one that is free."""

    def __init__(self, settings: Settings) -> None:
        """Start `api_processes` of them, and wait until each can answer.

        Raises:
            AssistantError: one cannot open the assistant; see `Assistant.open`.
        """
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        # The first may have to build the index; the others then find it.
        self._every = [_Worker(settings)]
        try:
            self._every[0].wait_ready()
            self._every += [_Worker(settings) for _ in range(settings.api_processes - 1)]
            for worker in self._every:
                worker.wait_ready()
                self._free.put(worker)
        except AssistantError:
            self.close()
            raise
        self.embedder = _Embedder(self.call)

    def answer(
        self, question: str, history: Sequence[Turn] = (),
        agreements: Sequence[str] | None = None, on_stage: OnStage | None = None,
    ) -> Answer:  # fmt: skip
        """See `Assistant.answer`; raises AnswerLost too."""
        given = (question, tuple(history), agreements)
        answer: Answer = self.call("answer", given, on_stage)
        return answer

    def calculate(self, name: str, form: Form, on_stage: OnStage | None = None) -> Answer:
        """See `Assistant.calculate`; raises AnswerLost too."""
        answer: Answer = self.call("calculate", (name, form), on_stage)
        return answer

    def check(self, text: str, agreements: Sequence[str] | None = None) -> Check:
        """See `Assistant.check`; raises AnswerLost too."""
        found: Check = self.call("check", (text, agreements))
        return found

    def call(self, name: str, given: tuple[Any, ...], on_stage: OnStage | None = None) -> Any:  # noqa: ANN401 - whatever the method returns
        """Have a method run by the next worker that is free."""
        worker = self._free.get()
        try:
            return worker.call(name, given, on_stage)
        finally:
            self._free.put(worker)

    @property
    def processes(self) -> list[int]:
        """The ids of the processes."""
        return [worker.pid for worker in self._every]

    def close(self) -> None:
        """End all of them; what one is at is lost."""
        for worker in self._every:
            worker.hang_up()
        for worker in self._every:
            worker.end()


class _Worker:
    """One process and the pipe to it; used by one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._longest_s = 2 * settings.api_timeout_s
        self._start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def _start(self) -> None:
        context = get_context("spawn")  # forked, it would share locks of threads that are not there
        self._stop = context.RawValue("b", 0)
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._stop, self._settings), daemon=True
        )
        self._process.start()
        theirs.close()
        self._ready = False

    def wait_ready(self) -> None:
        if not self._ready:
            self._receive(None, _START_S)
            self._ready = True

    def call(self, name: str, given: tuple[Any, ...], on_stage: OnStage | None) -> Any:  # noqa: ANN401 - whatever the method returns
        self.wait_ready()
        self._stop.value = 0
        try:
            self._pipe.send((name, given, on_stage is not None))
        except OSError as error:
            raise self._lost() from error
        return self._receive(on_stage, self._longest_s)

    def _receive(self, on_stage: OnStage | None, longest_s: float) -> Any:  # noqa: ANN401 - whatever the method returns
        given_up: AssistantError | None = None
        while True:
            try:
                if not self._pipe.poll(longest_s):
                    raise self._lost()
                kind, value = self._pipe.recv()
            except (EOFError, OSError) as error:
                raise self._lost() from error
            match kind:
                case "stage" if on_stage and not given_up:
                    try:
                        on_stage(value)
                    except AssistantError as error:  # nobody waits: the worker stops at its next
                        given_up, self._stop.value = error, 1
                case "done" | "refused" | "failed":
                    break
        if given_up:
            raise given_up
        if kind == _REFUSED:
            raise value
        if kind == _FAILED:
            raise WorkerFailed(value)
        return value

    def _lost(self) -> errors.AnswerLost:
        """Start another process in place of one that ended or hangs; it is waited for when used."""
        _LOG.error("worker_lost", error=str(self._process.exitcode))
        self._kill()
        self._start()
        return errors.AnswerLost(5)

    def hang_up(self) -> None:
        self._pipe.close()  # at which the process ends by itself

    def end(self) -> None:
        self._process.join(_CLOSE_S)
        self._kill()

    def _kill(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join(_CLOSE_S)


class _Embedder:
    """The workers' model under the name of an embedder, so that this process needs none."""

    def __init__(self, call: Callable[[str, tuple[Any, ...]], Any]) -> None:
        self._call = call
        self.id: str = call("id", ())

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._call("embed_passages", (list(texts),))
        if progress:
            progress(len(texts))
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._call("embed_queries", (list(texts),))
        return vectors

    def fits(self, text: str) -> bool:
        return bool(self._call("fits", (text,)))


def _work(pipe: Connection, stop: Any, settings: Settings) -> None:  # noqa: ANN401 - a ctypes value
    """Answer what comes through the pipe until it is closed: the whole life of a worker."""
    for name in (signal.SIGINT, signal.SIGTERM):  # sent to all; the first process says when
        signal.signal(name, signal.SIG_IGN)
    set_up()
    try:
        assistant = Assistant.open(settings)
    except AssistantError as error:
        pipe.send((_REFUSED, error))
        return
    methods: dict[str, Callable[..., Any]] = {
        "id": lambda: assistant.embedder.id,
        "embed_passages": assistant.embedder.embed_passages,
        "embed_queries": assistant.embedder.embed_queries,
        "fits": assistant.embedder.fits,
        "answer": assistant.answer,
        "calculate": assistant.calculate,
        "check": assistant.check,
    }

    def tell(stage: str) -> None:
        if stop.value:
            raise errors.AskCancelled
        pipe.send((_STAGE, stage))

    with suppress(EOFError, OSError):  # the first process has closed the pipe, or is no more
        pipe.send((_DONE, None))
        while True:
            name, given, staged = pipe.recv()
            try:
                reply = (_DONE, methods[name](*given, *([tell] if staged else [])))
            except AssistantError as error:
                reply = (_REFUSED, error)
            except Exception as error:  # noqa: BLE001 - the outermost boundary: told, never shown
                reply = (_FAILED, _note(error))
            pipe.send(reply)
    assistant.close()


def _note(error: Exception) -> str:
    _LOG.error("failed", error=type(error).__name__, at=places(error))
    return type(error).__name__
