"""`python -m tests.ask_while_parsing`: are questions slowed down while hostile files are parsed?

Each file is received by another process, as it is in the app, while this one asks; before each file
the same questions are asked in peace, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from chains import Assistant
from corpus.settings import PROJECT, Settings
from tests.bombs import BOMBS

ALLOWED = 1.2
RECEIVE = """
import sys
from pathlib import Path
from corpus.errors import AssistantError
from corpus.settings import Settings
from ingest.add import receive
for line in sys.stdin:
    path = Path(line.strip())
    try:
        receive(Settings(var_dir=path.parent / "v", _env_file=None), path.name, path.read_bytes())
    except AssistantError:
        pass
    print("received", flush=True)
"""
QUESTIONS = ("Hvor stort er teknologibidraget?", "Hvem leder klyngerne?",
             "Hvad er aftalt om licensklinikker?")  # fmt: skip


def main() -> None:
    """Print the p95 in peace and beside; exit 1 over the limit."""
    opened = closing(Assistant.of_corpus(Settings(_env_file=None)))
    with tempfile.TemporaryDirectory() as folder, opened as assistant, _receiver() as (told, heard):
        ask_all(assistant, 5)
        in_peace: list[float] = []
        beside: list[float] = []
        for number, (_, file, make, _) in enumerate(BOMBS):
            path = Path(folder) / f"{number}{Path(file).suffix}"
            path.write_bytes(make())
            in_peace += ask_all(assistant, 5)
            told.write(f"{path}\n")
            told.flush()
            while not select.select([heard], [], [], 0)[0]:
                beside += ask_all(assistant, 1)
            if heard.readline() != "received\n":
                sys.exit(f"{file}: the receiving process ended")
    p95s = [statistics.quantiles(times, n=20)[-1] for times in (in_peace, beside)]
    ratio = p95s[1] / p95s[0]
    sys.stdout.write(
        f"p95 of ask: {p95s[0]:.0f} ms in peace ({len(in_peace)}), {p95s[1]:.0f} ms beside "
        f"{len(BOMBS)} files ({len(beside)}): {ratio:.2f} (limit {ALLOWED})\n"
    )
    sys.exit(0 if ratio <= ALLOWED else 1)


@contextmanager
def _receiver() -> Iterator[tuple[IO[str], IO[str]]]:
    """A process that receives each file whose path it is told."""
    command = [sys.executable, "-c", RECEIVE]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        yield process.stdin, process.stdout
        process.terminate()


def ask_all(assistant: Assistant, times: int) -> list[float]:
    """Return how many milliseconds each question took."""
    taken = []
    for question in QUESTIONS * times:
        began = time.perf_counter()
        assistant.answer(question)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


if __name__ == "__main__":
    main()
