import hashlib
import time
from pathlib import Path

import pytest

from corpus.errors import StorageError
from ingest.bundled_model import unpack


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.model
def test_it_is_unpacked_once_and_always_to_the_same_bytes(tmp_path: Path) -> None:
    first = unpack(tmp_path / "a")
    written = (first / "model.safetensors").stat().st_mtime_ns
    assert unpack(tmp_path / "a") == first
    assert (first / "model.safetensors").stat().st_mtime_ns == written
    assert [path for path in (tmp_path / "a").iterdir() if path != first] == []  # no left-overs
    time.sleep(0.01)
    second = unpack(tmp_path / "b")
    assert second.name == first.name
    assert digests(second) == digests(first)
    assert "model.safetensors" in digests(first)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        unpack(tmp_path / "file" / "models")
    assert caught.value.path == tmp_path / "file" / "models"
