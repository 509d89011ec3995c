"""What the tests of `ingest` share: changing the copied corpus, making an agreement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from corpus.models import Agreement
from corpus.settings import Settings
from ingest.clean import clean
from ingest.read import read_source

Edit = Callable[[str, bytes, bytes], Path]
Agree = Callable[[str], Agreement]
DropFigure = Callable[[str, str], Path]


@pytest.fixture
def edit(settings: Settings) -> Edit:
    """Change an agreement's text and put the new sha256 into its head; returns the text's path."""

    def change(agreement_id: str, old: bytes, new: bytes) -> Path:
        path = settings.agreements_dir / f"{agreement_id}.txt"
        data = path.read_bytes()
        assert old in data
        path.chmod(0o644)
        path.write_bytes(data.replace(old, new, 1))
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        head = path.with_suffix(".yaml")
        text = re.sub(r"sha256: \w+", f"sha256: {sha}", head.read_text(encoding="utf-8"))
        head.write_text(text, encoding="utf-8")
        return path

    return change


@pytest.fixture
def agree(tmp_path: Path) -> Agree:
    """Make an agreement of a text, read and cleaned as the real ones are."""

    def make(text: str) -> Agreement:
        data = text.encode("utf-8")
        head = {
            "id": "proeve-2024",
            "title": text.splitlines()[0],
            "short_title": "Prøven",
            "date": "2024-01-01",
            "parties": ["Regeringen"],
            "years": {"first": 2024, "last": 2028},
            "status": "current",
            "source_url": None,
            "sha256": hashlib.sha256(data).hexdigest(),
            "editor": [],
        }
        path = tmp_path / "proeve-2024.yaml"
        path.with_suffix(".txt").write_bytes(data)
        path.write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
        return clean(read_source(path))

    return make


@pytest.fixture
def drop_figure(settings: Settings) -> DropFigure:
    """Take an entry out of a copied registry; returns the registry's path."""

    def drop(agreement_id: str, figure: str) -> Path:
        path = settings.figures_dir / f"{agreement_id}.yaml"
        entry = re.compile(rf"^- id: {figure}\n(?:[ ].*\n)+", re.MULTILINE)
        text, count = entry.subn("", path.read_text(encoding="utf-8"))
        assert count == 1
        path.chmod(0o644)
        path.write_text(text, encoding="utf-8")
        return path

    return drop
