"""The papers that an authority must have are there, owned, dated, and name only what exists."""

import datetime as dt
import re
from pathlib import Path

import pytest

from corpus.settings import PROJECT, Settings

PAPERS = sorted((PROJECT / "deploy" / "papers").glob("*.md"))
_YEAR = dt.timedelta(days=366)
_PATH = re.compile(r"`((?:app|chains|corpus|deploy|docs|eval|ingest|tests|views|widget)/[\w./-]+)`")
_SETTING = re.compile(r"\bASSISTANT_([A-Z_]+)\b")


def test_the_three_papers_are_there() -> None:
    assert [p.stem for p in PAPERS] == ["databehandling", "konsekvensanalyse", "nis2"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_a_paper_has_an_owner_and_a_date(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    assert re.search(r"^- Ejer: \S", text, re.MULTILINE)
    dated = re.search(r"^- Dato: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
    assert dated is not None
    assert dt.date.fromisoformat(dated[1]) + _YEAR > dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.stem)
def test_a_paper_names_only_files_and_settings_that_exist(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    assert [name for name in _PATH.findall(text) if not (PROJECT / name).exists()] == []
    fields = Settings.model_fields
    assert [name for name in _SETTING.findall(text) if name.lower() not in fields] == []
