"""Made agreements -> a corpus folder, golden questions and tables of what is true."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.cases import PLANTED_DIR, Case, load_cases
from eval.files import write_whole
from eval.made.maker import Made, Original, dump, make, read_original
from eval.made.questions import added_questions, derive, is_named, name
from ingest.clean import clean
from ingest.read import read_corpus


def shifts(count: int) -> Iterator[int]:
    """Yield by how many years agreements are moved: 1, -1, 2, -2, ...

    >>> list(shifts(5))
    [1, -1, 2, -2, 3]
    """
    for number in range(count):
        by = number // 2 + 1
        yield by if number % 2 == 0 else -by


def make_many(corpus_dir: Path, count: int, seed: int) -> Iterator[tuple[Original, Made]]:
    """Yield so many made agreements, of each real one in turn.

    Raises:
        CorpusError: a real agreement cannot be used.
        MakerError: no choice passed the checks.
    """
    sources = read_corpus(corpus_dir / "agreements")
    originals = [read_original(corpus_dir, source.head.id) for source in sources]
    moves = list(shifts(-(-count // len(originals))))
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(count):
            original = originals[number % len(originals)]
            by = moves[number // len(originals)]
            yield original, make(original, by, seed, Path(scratch))


def real_cases(corpus_dir: Path) -> list[Case]:
    """Return the golden cases about the real agreements.

    Raises:
        CorpusError, GoldenError: an agreement or a case cannot be used.
    """
    sources = [*read_corpus(corpus_dir / "agreements"), *read_corpus(PLANTED_DIR)]
    cases = load_cases(tuple(clean(source) for source in sources))
    return [case for case in cases if not case.entry.corpus]


def write_corpus(
    corpus_dir: Path, folder: Path, made: Sequence[Made], *, originals: bool = True
) -> None:
    """Write a corpus folder with the made agreements, beside the real ones or alone."""
    shutil.rmtree(folder, ignore_errors=True)
    if originals:
        shutil.copytree(corpus_dir, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    else:
        folder.mkdir(parents=True)
        shutil.copy(corpus_dir / "aliases.yaml", folder)
        (folder / "unanswered").mkdir()
        for path in sorted((corpus_dir / "unanswered").iterdir()):
            shutil.copy(path, folder / "unanswered" / path.name)
    for one in made:
        id_ = one.head.id
        (folder / "agreements").mkdir(exist_ok=True)
        (folder / "agreements" / f"{id_}.txt").write_bytes(one.raw.encode())
        head = one.head.model_dump(mode="json")
        write_whole(folder / "agreements" / f"{id_}.yaml", dump(head))
        write_whole(folder / "figures" / f"{id_}.yaml", dump(one.figures))
        write_whole(folder / "commitments" / f"{id_}.yaml", dump(one.commitments))


def write_truth(folder: Path, original: Original, made: Made, cases: Sequence[Case]) -> None:
    """Write the golden questions of a made agreement and what is true of it.

    `named` questions name their agreement, `plain` ones name neither year nor agreement.
    """
    derived = [entry for case in cases if (entry := derive(case, original, made)) is not None]
    derived += added_questions(made)
    id_ = made.head.id
    plain = [entry for entry in derived if not is_named(entry["question"])]
    named = [
        {**entry, "id": f"{entry['id']}:named", "question": name(entry["question"], made.head)}
        for entry in derived
    ]
    write_whole(folder / "plain" / f"{id_}.yaml", dump(plain))
    write_whole(folder / "named" / f"{id_}.yaml", dump(named))
    truth = {"old": original.agreement.id, "new": id_, **asdict(made.truth)}
    truth = {k: list(v) if isinstance(v, tuple) else v for k, v in truth.items()}
    write_whole(folder / "truth" / f"{id_}.yaml", dump(truth))
