"""Conversations -> answers, asked by the real assistant in processes of its own.

Each process opens its own `Assistant`, so a run uses every core, and an answer that hangs on the
process that made it (hash order, what was asked before) shows as a difference between two.
"""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from chains import Answer, Assistant, Explanation, Settings, Turn
from corpus.errors import WorkerLost
from eval.cases import PLANTED_DIR, Case

WORKERS = 2
_CHUNK = 8
_TOP = 5


class Trace(BaseModel):
    """How an answer came about, as a report shows it."""

    model_config = ConfigDict(frozen=True)

    standalone: str
    wants: str
    focus: str
    years: tuple[int, ...]
    candidates: tuple[tuple[float, str], ...]
    """(share, sentence), the likeliest first."""
    figures: tuple[tuple[float, str], ...]
    """(share, label), the likeliest first."""
    signals: dict[str, float]


@dataclass(frozen=True)
class Job:
    """A conversation to be had: its questions in order, on one corpus."""

    questions: tuple[str, ...]
    corpus: str = ""


Reply = tuple[Answer, Trace]
Ask = Callable[[Sequence[Job], Callable[[int], object]], list[list[Reply]]]
"""Jobs and a sign of life -> for each job an answer to each of its questions."""


def job_of(case: Case) -> Job:
    """Return what has to be asked to get to a case's question."""
    return Job((*case.history, case.question), case.entry.corpus)


def run_job(assistant: Assistant, job: Job) -> list[Reply]:
    """Ask the questions of a job, each with the earlier ones and their answers."""
    history: list[Turn] = []
    replies: list[Reply] = []
    for question in job.questions:
        explanation = assistant.explain(question, history)
        replies.append((explanation.answer, _trace(explanation)))
        history.append(Turn(question=question, answer=explanation.answer.text))
    return replies


def _trace(explanation: Explanation) -> Trace:
    reading = explanation.reading
    return Trace(
        standalone=reading.standalone,
        wants=str(reading.wants),
        focus=reading.focus,
        years=reading.years,
        candidates=tuple(
            (round(c.share, 3), c.sentence.text) for c in explanation.candidates[:_TOP]
        ),
        figures=tuple((round(f.share, 3), f.series.label) for f in explanation.figures[:_TOP]),
        signals={name: round(value, 3) for name, value in explanation.signals.items()},
    )


def planted_settings(settings: Settings) -> Settings:
    """Return settings for the corpus with the made-up agreements added.

    Its folder holds only copies and is made anew each time, in one step.
    """
    folder = settings.var_dir / "eval" / "planted-corpus"
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".planted-", dir=folder.parent))
    shutil.copytree(settings.corpus_dir, building / "corpus")
    for path in sorted(PLANTED_DIR.iterdir()):
        shutil.copy(path, building / "corpus" / "agreements")
    shutil.rmtree(folder, ignore_errors=True)
    (building / "corpus").replace(folder)
    building.rmdir()
    return settings.model_copy(update={"corpus_dir": folder})


def asking(settings: Settings, planted: Settings, workers: int = WORKERS) -> Ask:
    """Return a function that asks jobs in so many fresh processes.

    It raises `WorkerLost` when one of them ends before its time.
    """

    def ask(jobs: Sequence[Job], step: Callable[[int], object]) -> list[list[Reply]]:
        replies: list[list[Reply]] = []
        corpora = {"": settings, "planted": planted}
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (corpora,))
        try:
            for found in pool.map(_ask, jobs, chunksize=_CHUNK):
                replies.append(found)
                step(1)
        except BrokenProcessPool as error:
            raise WorkerLost(workers) from error
        finally:
            pool.shutdown(cancel_futures=True)  # who interrupts does not wait for all the rest
        return replies

    return ask


def asking_of(assistant: Assistant) -> Ask:
    """Return a function that asks one assistant in this process."""

    def each(jobs: Sequence[Job], step: Callable[[int], object]) -> Iterator[list[Reply]]:
        for job in jobs:
            yield run_job(assistant, job)
            step(1)

    return lambda jobs, step: list(each(jobs, step))


_SETTINGS: dict[str, Settings] = {}
_OPEN: dict[str, Assistant] = {}


def _start(settings: dict[str, Settings]) -> None:
    """Make a worker ready; an interrupt is for the parent to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _SETTINGS.update(settings)


def _ask(job: Job) -> list[Reply]:
    if job.corpus not in _OPEN:
        embedder = next((a.embedder for a in _OPEN.values()), None)
        _OPEN[job.corpus] = Assistant.of_corpus(_SETTINGS[job.corpus], embedder=embedder)
    return run_job(_OPEN[job.corpus], job)
