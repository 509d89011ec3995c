"""The command as a person meets it, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.settings import PROJECT
from eval.gate import BASELINE

CASES = PROJECT / "eval" / "golden"


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project with a golden set of its own."""
    for name in ("corpus", "chains", "ingest", "eval"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{id: x1, question: q, style: terse, evidence: [findes ikke], must: [x]}", "not in the"),
        ("{id: x1, question: q, style: digt}", "style"),
        ("{id: x1, question: q, style: terse, kind: figure, value: '3'}", "without its unit"),
        ("{id: nat-001, question: q, style: terse, kind: clarify}", "duplicate id"),
    ],
)
def test_a_bad_case_is_one_line_with_file_and_case(copy: Path, entry: str, says: str) -> None:
    (copy / "eval" / "golden" / "own.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    done = run(copy)
    assert done.returncode == 2
    line = done.stderr.strip().splitlines()[-1]
    assert "own.yaml" in line
    assert ("x1" in line) or ("nat-001" in line)
    assert says in line
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_list_that_names_no_case(copy: Path) -> None:
    chosen = copy / "eval" / "chosen.yaml"
    chosen.write_text("repeated: [nobody]\nperturbed: []\nmutated: []\n", encoding="utf-8")
    done = run(copy)
    assert done.returncode == 2
    assert "nobody" in done.stderr


def test_a_baseline_that_gives_up_cases_without_a_reason(copy: Path) -> None:
    same = run(copy, "--given-up-since", str(BASELINE))
    assert same.returncode == 0
    baseline = copy / "eval" / "baseline.json"
    text = baseline.read_text(encoding="utf-8")
    baseline.write_text(text.replace('  "nat-', '  "gone-', 1), encoding="utf-8")
    done = run(copy, "--given-up-since", str(BASELINE))
    assert done.returncode == 1
    assert "nat-" in done.stderr


def test_from_feedback_without_any(copy: Path) -> None:
    done = run(copy, "--from-feedback")
    assert done.returncode == 0
    assert done.stdout.endswith("[]\n")


def test_a_split_that_there_is_not(copy: Path) -> None:
    done = run(copy, "--split", "prod")
    assert done.returncode == 2
    assert "--split" in done.stderr
