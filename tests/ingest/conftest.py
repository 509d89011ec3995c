"""What the tests of `ingest` share: changing an agreement of the copied corpus."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.settings import Settings

Edit = Callable[[str, bytes, bytes], Path]


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
