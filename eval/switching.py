"""`make switching`: readers in processes of their own ask while new versions are switched to.

Each reader opens the corpus as a front end does, follows the pointer, and writes down what it was
answered. Afterwards each answer is held against the texts of the version that it names: a passage
or quote of another version, a short ranking or an error is counted. At last the disk is measured:
however many versions there were, not much more than two of them may be left.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pydantic import BaseModel

from chains import Answer, Assistant, AssistantError, Settings
from corpus.settings import PROJECT
from eval.files import write_whole
from eval.made_up import HashEmbedder, write_agreements
from ingest.build import process
from ingest.publish import publish

_GRACE_S = 2.0
_FOLLOW_S = 0.2
_BETWEEN_S = 3.0
_QUESTIONS = ("Hvor mange mio. kr. afsættes til havne?", "Hvem kan forny broer?",
              "Hvad er aftalt om museer?")  # fmt: skip
_ROOM = 2.5
"""How many times the disk of one version may be taken (DEMANDS REL-07)."""
_DEADLINE_S = 120.0


class Said(BaseModel):
    """What a reader was told: an answer, or the error in its place."""

    answer: Answer | None = None
    error: str = ""


def main() -> None:
    """Print what was asked and what was wrong; exit 1 where something was."""
    parser = argparse.ArgumentParser(prog="python -m eval.switching")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--versions", type=int, default=10)
    parser.add_argument("--passages", type=int, default=500)
    parser.add_argument("--child", type=Path, default=None, help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        _read(given.child, given.number)
        return
    with tempfile.TemporaryDirectory() as folder:
        if not run(Path(folder), given.readers, given.versions, given.passages):
            sys.exit(1)


def run(root: Path, readers: int, versions: int, passages: int) -> bool:
    """Switch so many times under so many readers; return whether nothing was wrong."""
    settings, embedder = _settings(root), HashEmbedder()
    write_agreements(settings.agreements_dir, passages, edition=0)
    first = publish(settings, process, embedder)
    texts = {first.name: _texts(settings)}
    one = _size(first)
    began = time.monotonic()
    children = [_start(root, number) for number in range(readers)]
    try:
        _wait_until_all_answer(root, readers)
        for edition in range(1, versions + 1):
            write_agreements(settings.agreements_dir, passages, edition)
            texts[publish(settings, process, embedder).name] = _texts(settings)
            time.sleep(_BETWEEN_S)
    finally:
        write_whole(root / "stop", "")
        codes = [child.wait(_DEADLINE_S) for child in children]
    said = [Said.model_validate_json(line) for number in range(readers)
            for line in _log(root, number).read_text(encoding="utf-8").splitlines()]  # fmt: skip
    errors = sum(1 for one_said in said if one_said.answer is None) + sum(map(bool, codes))
    answers = [one_said.answer for one_said in said if one_said.answer is not None]
    mixed = sum(not _of_one_version(answer, texts) for answer in answers)
    seen = {answer.corpus_version for answer in answers}
    time.sleep(_GRACE_S + 0.5)
    publish(settings, process, embedder)
    room = _size(settings.index_dir) / one
    _say(
        f"{readers} readers, {versions} switches, {len(answers)} answers from {len(seen)} versions "
        f"in {time.monotonic() - began:.0f} s: {errors} errors, {mixed} mixed or short; "
        f"the disk holds {room:.1f} versions (limit {_ROOM})"
    )
    return not errors and not mixed and len(seen) == versions + 1 and room <= _ROOM


def _of_one_version(answer: Answer, texts: dict[str, dict[str, str]]) -> bool:
    """Return whether every passage and quote stands in the version that an answer names."""
    own = texts.get(answer.corpus_version, {})
    spans = [(p.agreement_id, p.start, p.end, p.text) for p in answer.passages]
    spans += [(c.agreement_id, c.start, c.end, c.quote) for c in answer.citations]
    return len(answer.passages) >= 10 and all(
        own.get(id_, "")[start:end] == text for id_, start, end, text in spans
    )


def _read(root: Path, number: int) -> None:
    """Ask until told to stop, and write down what was said."""
    assistant = Assistant.open(_settings(root), embedder=HashEmbedder())
    asked = number
    with _log(root, number).open("a", encoding="utf-8") as log:
        while not (root / "stop").exists():
            question = _QUESTIONS[asked % len(_QUESTIONS)]
            try:
                said = Said(answer=assistant.answer(question))
            except AssistantError as error:
                said = Said(error=repr(error))
            log.write(said.model_dump_json() + "\n")
            log.flush()
            asked += 1
            time.sleep(0.05)
    assistant.close()


def _wait_until_all_answer(root: Path, readers: int) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while not all(_log(root, n).exists() and _log(root, n).stat().st_size for n in range(readers)):
        if time.monotonic() > deadline:
            raise TimeoutError("a reader does not answer")
        time.sleep(0.1)


def _start(root: Path, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "eval.switching", "--child", str(root),
               "--number", str(number)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(command, cwd=PROJECT, env=environment)  # noqa: S603 - our own


def _log(root: Path, number: int) -> Path:
    return root / f"reader-{number}.jsonl"


def _texts(settings: Settings) -> dict[str, str]:
    return {agreement.id: agreement.text for agreement in process(settings).agreements}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _settings(root: Path) -> Settings:
    return Settings(
        corpus_dir=root / "corpus", var_dir=root / "var", version_grace_s=_GRACE_S,
        follow_s=_FOLLOW_S, _env_file=None,
    )  # fmt: skip


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
