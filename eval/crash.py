"""`make crash`: an ingest is killed at seeded moments, and nothing but the old version answers.

A corpus of made-up agreements with at least `--passages` passages is built once. Then, for each
kill, an agreement is changed and `build` started in a process of its own, which is killed (SIGKILL)
somewhere between its start and its end. After each kill the version of before must open, answer,
and find a sentinel by its vector; at last an undisturbed ingest must complete, by itself. Vectors
are made from the text's hash: what is killed here is the ingest, not a model.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chains import Settings
from corpus.settings import PROJECT
from eval.made_up import HashEmbedder, write_agreements
from ingest.build import process
from ingest.gate import reasons_against
from ingest.index import Index
from ingest.publish import publish
from ingest.versions import folders, hold_current, leftovers

_SLICE_S = 0.02
"""What a slice of embedding is made to take, so that kills fall into that stage too."""


def main() -> None:
    """Print each kill and how many of them were survived; exit 1 where one was not."""
    parser = argparse.ArgumentParser(prog="python -m eval.crash")
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        _publish(given.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        survived = run(Path(folder), given.passages, given.kills, given.seed)
    sys.stdout.write(f"{survived}/{given.kills}\n")
    if survived != given.kills:
        sys.exit(1)


def run(root: Path, passages: int, kills: int, seed: int) -> int:
    """Return how many kills left the old version answering and the next ingest able to finish."""
    settings = _settings(root)
    write_agreements(settings.agreements_dir, passages, edition=0)
    embedder = HashEmbedder()
    first = publish(settings, process, embedder)
    count = _serves(settings, embedder, first.name)
    write_agreements(settings.agreements_dir, passages, edition=-1)
    began = time.monotonic()
    _kill_after(root, None)
    whole_s = time.monotonic() - began
    _say(f"{count} passages; an ingest of one changed agreement takes {whole_s:.1f} s")
    chance = random.Random(seed)  # noqa: S311 - seeded moments, no secret
    survived = 0
    for number in range(1, kills + 1):
        write_agreements(settings.agreements_dir, passages, edition=number)
        after = chance.uniform(0.02, 1.0) * whole_s
        ended = _kill_after(root, after)
        now = _current(settings)
        try:
            _serves(settings, embedder, now)
        except AssertionError as error:
            _say(f"kill {number:>2} after {after:5.1f} s: LOST: {error}")
            continue
        survived += 1
        state = "it had finished" if ended else f"{len(leftovers(settings.index_dir))} leftovers"
        _say(f"kill {number:>2} after {after:5.1f} s: {now} answers ({state})")
    last = publish(settings, process, embedder)
    _serves(settings, embedder, last.name)
    clean = not leftovers(settings.index_dir) and _current(settings) == last.name
    _say(f"the next ingest completed; {len(folders(settings.index_dir))} versions are left")
    return survived if clean else 0


def _settings(root: Path) -> Settings:
    return Settings(
        corpus_dir=root / "corpus", var_dir=root / "var", version_grace_s=0.0, _env_file=None
    )


def _publish(root: Path) -> None:
    publish(_settings(root), process, HashEmbedder(_SLICE_S))


def _kill_after(root: Path, seconds: float | None) -> bool:
    """Kill an ingest after so many seconds, None never; return whether it had ended before."""
    command = [sys.executable, "-m", "eval.crash", "--child", str(root)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    child = subprocess.Popen(command, cwd=PROJECT, env=environment)  # noqa: S603 - our own
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return False
    return True


def _current(settings: Settings) -> str:
    held = hold_current(settings.index_dir)
    if held is None:
        raise AssertionError("no version answers")
    held.release()
    return held.folder.name


def _serves(settings: Settings, embedder: HashEmbedder, version: str) -> int:
    """Open a version as a front end does, look for its sentinels, and count its passages."""
    index = Index.open(settings.index_dir / version, embedder)
    try:
        reasons = reasons_against(index, index.corpus, embedder, None, accept_loss=True)
        if reasons:
            raise AssertionError("; ".join(reasons))
        return len(index.corpus.passages)
    finally:
        index.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
