"""`make scale`: how long an answer takes as the corpus grows, and whether a server answers alike.

Made-up agreements with vectors of their words. The model embeds each question as it does for
everybody who asks, so that the time is that of `ask`, but what is searched for are its words, too.
All sizes are opened first and then asked in turn, so that what else the machine does falls on all
of them alike. For each the p50 and p95 of `ask`, of the whole corpus and of one agreement, with the
vectors in the folder and, with `--server`, on a Chroma server, whose answers are compared with the
folder's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from chains import Assistant, Settings
from eval.made_up import HashEmbedder, write_agreements
from ingest.embed import Embedder, Vectors, load_embedder

SIZES = (300, 3_000, 30_000)
LIMIT = 2.0
_QUESTIONS = 100
_WARM_UP = 10
_WAYS = ("all", "one agreement")


class _TimedEmbedder(HashEmbedder):
    """Takes the model's time for each question."""

    def __init__(self) -> None:
        super().__init__()
        self._model = load_embedder(Settings(_env_file=None))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (n, dim), unit length."""
        self._model.embed_queries(texts)
        return super().embed_queries(texts)


@dataclass
class Collection:
    """An open assistant over so many passages, and what it was asked and took."""

    place: str
    assistant: Assistant
    passages: int
    questions: list[tuple[str, str]]
    """(question, id of the agreement it is about)."""
    times_ms: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in _WAYS})
    answers: list[str] = field(default_factory=list)

    def ask(self, number: int) -> None:
        """Ask one question of all agreements and of its own."""
        question, agreement = self.questions[number]
        for way, scope in zip(_WAYS, (None, [agreement]), strict=True):
            start = time.perf_counter()
            answer = self.assistant.answer(question, (), scope)
            if number >= _WARM_UP:
                self.times_ms[way].append((time.perf_counter() - start) * 1000)
            self.answers.append(answer.model_dump_json(exclude={"timings_ms"}))


def main() -> None:
    """Print a row for each size; exit 1 over the limit or where answers differ."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--server", default="", help="URL of a Chroma server")
    given = parser.parse_args()
    places = ["folder", *([given.server] if given.server else [])]
    embedder = _TimedEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        opened = {
            place: [
                _open(Path(folder) / str(n) / str(size), size, place, embedder)
                for size in given.sizes
            ]
            for n, place in enumerate(places)
        }  # fmt: skip
        every = [collection for group in opened.values() for collection in group]
        for number in tqdm(range(_QUESTIONS + _WARM_UP), file=sys.stderr, disable=None):
            for collection in every:
                collection.ask(number)
        over = [_tell(group) > LIMIT for group in opened.values()]
        alike = [_tell_alike(one, other) for one, other in zip(*opened.values(), strict=True)
                 ] if given.server else []  # fmt: skip
        for collection in every:
            collection.assistant.close()
    if any(over) or not all(alike):
        sys.exit(1)


def _open(root: Path, size: int, place: str, embedder: Embedder) -> Collection:
    """Build a corpus of a size and open it."""
    settings = Settings(
        corpus_dir=root / "corpus", var_dir=root / "var", version_grace_s=0.0, _env_file=None
    ).model_copy(update={"chroma_url": "" if place == "folder" else place})
    ids = write_agreements(settings.agreements_dir, size)
    began = time.monotonic()
    with tqdm(file=sys.stderr, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        assistant = Assistant.open(settings, progress, embedder)
    passages = assistant._index.corpus.passages
    step = max(1, len(passages) // (_QUESTIONS + _WARM_UP))
    chosen = passages[::step][: _QUESTIONS + _WARM_UP]
    questions = [
        (f"Hvor mange mio. kr. afsættes så {p.text.split(', så ')[-1][:80]}?", p.agreement_id)
        for p in chosen
    ]
    _say(f"{len(passages):>6} passages, {len(ids):>3} agreements, {place}: built and opened in "
         f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return Collection(place, assistant, len(passages), questions)


def _tell(group: Sequence[Collection]) -> float:
    """Print the times of one place, and return the worst p95 from first to last."""
    ratios = []
    for way in _WAYS:
        for one in group:
            times = one.times_ms[way]
            _say(f"{one.passages:>6} passages, {one.place}, {way:<14} p50 {_at(times, 0.5):6.1f} ms"
                 f"  p95 {_at(times, 0.95):6.1f} ms")  # fmt: skip
        ratios.append(_at(group[-1].times_ms[way], 0.95) / _at(group[0].times_ms[way], 0.95))
        _say(f"{group[0].place}, {way}: p95 from first to last {ratios[-1]:.2f} (limit {LIMIT})")
    return max(ratios)


def _tell_alike(one: Collection, other: Collection) -> bool:
    asked = [question for question, _ in one.questions for _ in _WAYS]
    pairs = list(zip(asked, one.answers, other.answers, strict=True))
    differ = [question for question, here, there in pairs if here != there]
    _say(f"{one.passages:>6} passages: {len(pairs) - len(differ)} of {len(pairs)} answers alike")
    for question in differ:
        _say(f"  differs: {question}")
    return not differ


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
