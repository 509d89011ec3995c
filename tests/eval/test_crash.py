"""A few seeded kills; `make crash` does twenty, at 5,000 passages."""

from pathlib import Path

from eval.crash import run


def test_killed_ingests_leave_the_old_version_answering(tmp_path: Path) -> None:
    assert run(tmp_path, passages=60, kills=3, seed=7) == 3
