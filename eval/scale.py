"""`make scale`: how long an answer takes as the corpus grows, and whether a server answers alike.

Made-up agreements, vectors without a model: the time is that of reading, searching, ranking and
composing. For each size the p50 and p95 of `ask`, of the whole corpus and of one agreement, with
the vectors in the folder and, with `--server`, on a Chroma server; then the answers are compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from chains import Assistant, Settings
from eval.made_up import HashEmbedder, write_agreements

SIZES = (300, 3_000, 30_000)
LIMIT = 2.0
_QUESTIONS = 60
_WARM_UP = 5


def main() -> None:
    """Print a row for each size; exit 1 over the limit or where answers differ."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--server", default="", help="URL of a Chroma server")
    given = parser.parse_args()
    slowest: dict[str, list[float]] = {}
    alike = True
    for size in given.sizes:
        told: list[list[str]] = []
        for url in filter(None, ("folder", given.server)):
            with tempfile.TemporaryDirectory() as folder:
                chroma = "" if url == "folder" else url
                answers = _measure(Path(folder), size, chroma, slowest)
            told.append(answers)
        if len(told) > 1:
            same = sum(a == b for a, b in zip(*told, strict=True))
            alike = alike and same == len(told[0])
            _say(f"{size:>6} folder and server: {same} of {len(told[0])} answers alike")
    over = False
    for way, p95s in slowest.items():
        ratio = p95s[-1] / p95s[0]
        over = over or ratio > LIMIT
        _say(f"{way:<24} p95 from first to last: {ratio:.2f} (limit {LIMIT})")
    if over or not alike:
        sys.exit(1)


def _measure(root: Path, size: int, url: str, slowest: dict[str, list[float]]) -> list[str]:
    """Build, ask, print a row each for all and for one agreement; return the answers."""
    settings = Settings(
        corpus_dir=root / "corpus", var_dir=root / "var", version_grace_s=0.0, _env_file=None
    ).model_copy(update={"chroma_url": url})
    ids = write_agreements(settings.agreements_dir, size)
    began = time.monotonic()
    with tqdm(file=sys.stderr, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        assistant = Assistant.open(settings, progress, HashEmbedder())
    built_s = time.monotonic() - began
    index = assistant._index
    step = max(1, len(index.corpus.passages) // (_QUESTIONS + _WARM_UP))
    chosen = index.corpus.passages[::step][: _QUESTIONS + _WARM_UP]
    questions = [f"Hvor mange mio. kr. afsættes så {p.text.split(', så ')[-1][:80]}?"
                 for p in chosen]  # fmt: skip
    place = "server" if url else "folder"
    answers: list[str] = []
    for way, scopes in (
        (f"{place}, all", [None] * len(questions)),
        (f"{place}, one agreement", [[p.agreement_id] for p in chosen]),
    ):
        times = _ask(assistant, questions, scopes, answers)
        slowest.setdefault(way, []).append(_at(times, 0.95))
        _say(
            f"{len(index.corpus.passages):>6} passages, {len(ids):>3} agreements, {way:<22}"
            f" p50 {_at(times, 0.5):6.1f} ms  p95 {_at(times, 0.95):6.1f} ms"
            f"  (built and opened in {built_s:.0f} s)"
        )
    assistant.close()
    return answers


def _ask(
    assistant: Assistant,
    questions: Sequence[str],
    scopes: Sequence[list[str] | None],
    answers: list[str],
) -> list[float]:
    times = []
    for question, scope in zip(questions, scopes, strict=True):
        start = time.perf_counter()
        answer = assistant.answer(question, (), scope)
        times.append((time.perf_counter() - start) * 1000)
        answers.append(answer.model_dump_json(exclude={"timings_ms"}))
    return times[_WARM_UP:]


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
