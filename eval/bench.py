"""`make bench`: the time of a whole `ask` beside the time of one query embedding, in one run.

Warm, one thread, no cache. Seconds differ between machines, so the ratios are what counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chains import Assistant, Settings
from eval.asking import planted_settings
from eval.cases import load_cases
from eval.suite import lay_grounds

_WARM_UP = 10
_QUESTIONS = 150
MEDIAN_LIMIT, P95_LIMIT = 2.0, 4.0


def main() -> None:
    """Print the times and their ratios; exit 1 over the limits."""
    settings = Settings()
    assistant = Assistant.of_corpus(settings)
    every = load_cases(lay_grounds(settings, planted_settings(settings)).agreements)
    cases = [case for case in every if not (case.history or case.entry.corpus)]
    groups = {
        "a question for text": [c.question for c in cases if not c.is_number],
        "a lookup or calculation": [c.question for c in cases if c.is_number],
    }
    lines: list[str] = []
    over = False
    for name, questions in groups.items():
        more, slow = _ratios(assistant, name, questions[:: len(questions) // _QUESTIONS])
        lines += more
        over = over or slow
    assistant.close()
    lines += _starts()
    sys.stdout.write("\n".join(lines) + "\n")
    if over:
        sys.exit(1)


def _ratios(assistant: Assistant, name: str, questions: list[str]) -> tuple[list[str], bool]:
    """Return lines on one group of questions, and whether they are over a limit."""
    for question in questions[:_WARM_UP]:
        assistant.answer(question)
    embed: list[float] = []
    ask: list[float] = []
    for question in questions[_WARM_UP:]:  # in turn, so that both see the same machine
        embed.append(_ms(lambda q: assistant.embedder.embed_queries([q]), question))
        ask.append(_ms(assistant.answer, question))
    median, p95 = _at(ask, 0.5) / _at(embed, 0.5), _at(ask, 0.95) / _at(embed, 0.5)
    row = "{:<24} p50 {:7.1f} ms   p95 {:7.1f} ms"
    lines = [
        row.format("one query embedding", _at(embed, 0.5), _at(embed, 0.95)),
        row.format(name, _at(ask, 0.5), _at(ask, 0.95)),
        f"ratio to the median embedding: p50 {median:.2f} (limit {MEDIAN_LIMIT})   "
        f"p95 {p95:.2f} (limit {P95_LIMIT})",
    ]
    return lines, median > MEDIAN_LIMIT or p95 > P95_LIMIT


def _starts() -> list[str]:
    """Time the command line from an empty `var/` and again: the second start embeds nothing."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first start, from nothing", "second start"):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "chains", "Hvor mange nærhospitaler?"],
                env={**_environment(), "ASSISTANT_VAR_DIR": folder},
                capture_output=True,
                check=True,
                timeout=600,
            )
            built = "tekststykker" in done.stderr.decode()
            seconds = time.perf_counter() - start
            lines.append(f"{name:<26} {seconds:5.1f} s to the first answer; embedded: {built}")
    return lines


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}


def _ms(function: Callable[[str], object], question: str) -> float:
    start = time.perf_counter()
    function(question)
    return (time.perf_counter() - start) * 1000


def _at(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


if __name__ == "__main__":
    main()
