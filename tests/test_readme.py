"""The README's examples are what the program says."""

from __future__ import annotations

import re

import pytest

from chains import Assistant
from corpus.settings import PROJECT

_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
EXAMPLES = _ROW.findall((PROJECT / "README.md").read_text(encoding="utf-8"))


def test_every_calculator_has_an_example() -> None:
    folder = PROJECT / "chains" / "calculators"
    names = {path.stem for path in folder.glob("*.py")} - {"__init__", "terms"}
    assert {name for name, _, _ in EXAMPLES} == names


@pytest.mark.parametrize(("name", "question", "steps"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_examples(name: str, question: str, steps: str, assistant: Assistant) -> None:
    work = assistant.answer(question).calculation
    assert work is not None
    assert work.calculator == name
    assert set(steps.split(" · ")) <= set(work.steps)
