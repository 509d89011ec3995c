"""`python -m tests.ask_while_parsing`: are questions slowed down while hostile files are parsed?

Each file is received by another process, as the parsers' child is one of its own, while this one
asks; before each file the same questions are asked in peace, so that what else the machine does
falls on both alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from chains import Assistant
from corpus.settings import PROJECT, Settings
from tests.bombs import BOMBS

ALLOWED = 1.2
QUESTIONS = ("Hvor stort er teknologibidraget?", "Hvem leder klyngerne?",
             "Hvad er aftalt om licensklinikker?")  # fmt: skip


def main() -> None:
    """Print the p95 in peace and beside; exit 1 over the limit."""
    opened = closing(Assistant.of_corpus(Settings(_env_file=None)))
    with tempfile.TemporaryDirectory() as folder, opened as assistant:
        ask_all(assistant, 5)
        in_peace: list[float] = []
        beside: list[float] = []
        for number, (_, file, make, _) in enumerate(BOMBS):
            path = Path(folder) / f"{number}{Path(file).suffix}"
            path.write_bytes(make())
            in_peace += ask_all(assistant, 5)
            code = "import sys; from pathlib import Path; from corpus.settings import Settings; " \
                   "from ingest.add import receive; p = Path(sys.argv[1]); " \
                   "receive(Settings(var_dir=p.parent / 'v', _env_file=None), p.name, " \
                   "p.read_bytes())"  # fmt: skip
            other = subprocess.Popen(
                [sys.executable, "-c", code, str(path)], cwd=PROJECT, stderr=subprocess.DEVNULL
            )
            while other.poll() is None:
                beside += ask_all(assistant, 1)
    p95s = [statistics.quantiles(times, n=20)[-1] for times in (in_peace, beside)]
    ratio = p95s[1] / p95s[0]
    sys.stdout.write(
        f"p95 of ask: {p95s[0]:.0f} ms in peace ({len(in_peace)}), {p95s[1]:.0f} ms beside "
        f"{len(BOMBS)} files ({len(beside)}): {ratio:.2f} (limit {ALLOWED})\n"
    )
    sys.exit(0 if ratio <= ALLOWED else 1)


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
