"""A backup holds all that answers; a restore is whole or nothing, and keeps what was there."""

import shutil
import tarfile
from pathlib import Path

import pytest

from chains import Assistant
from corpus.errors import ArchiveError
from corpus.settings import Settings
from ingest.backup import back_up, restore
from ingest.build import process
from ingest.publish import publish
from ingest.versions import read_pointer
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, QUESTION, small_settings, write_agreement


@pytest.fixture
def harbour(tmp_path: Path) -> Settings:
    settings = small_settings(tmp_path)
    publish(settings, process, FakeEmbedder())
    return settings


def answered(settings: Settings) -> str:
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    answer = assistant.answer(QUESTION)
    assistant.close()
    return answer.model_dump_json(exclude={"timings_ms"})


def test_what_was_lost_is_put_back_and_answers_the_same(harbour: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "kopi.tar.gz"
    before = answered(harbour)
    made = back_up(harbour, archive)
    shutil.rmtree(harbour.corpus_dir)
    shutil.rmtree(harbour.var_dir)
    assert restore(harbour, archive) == made
    assert answered(harbour) == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_nothing_is_overwritten_unless_told_and_the_old_is_kept(
    harbour: Settings, tmp_path: Path
) -> None:
    archive = tmp_path / "kopi.tar.gz"
    before = answered(harbour)
    back_up(harbour, archive)
    write_agreement(harbour.agreements_dir, 900)
    newer = publish(harbour, process, FakeEmbedder())
    with pytest.raises(ArchiveError, match="--force"):
        restore(harbour, archive)
    pointer = read_pointer(harbour.index_dir)
    assert pointer is not None
    assert pointer.name == newer.name
    restore(harbour, archive, force=True)
    assert answered(harbour) == before
    kept = next(harbour.corpus_dir.glob(".before-*")) / "agreements" / f"{ID}.txt"
    assert "900 mio. kr." in kept.read_text(encoding="utf-8")
    assert newer.is_dir()


def cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-2_000])


def turn_a_byte(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 255
    archive.write_bytes(bytes(data))


def turn_early_bytes(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    for place in range(10, 60):
        data[place] ^= 255
    archive.write_bytes(bytes(data))


def change_a_file(archive: Path) -> None:
    folder = archive.with_suffix(".d")
    with tarfile.open(archive) as tar:
        for name in tar.getnames():
            stored = tar.extractfile(name)
            assert stored is not None
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(stored.read())
    text = next(folder.rglob(f"{ID}.txt"))
    text.write_text(text.read_text("utf-8").replace("100 mio.", "999 mio."), "utf-8")
    with tarfile.open(archive, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(folder).as_posix())


@pytest.mark.parametrize("damage", [cut, turn_a_byte, turn_early_bytes, change_a_file])
def test_a_damaged_archive_touches_nothing(
    harbour: Settings, tmp_path: Path, damage: object
) -> None:
    archive = tmp_path / "kopi.tar.gz"
    back_up(harbour, archive)
    assert callable(damage)
    damage(archive)
    empty = small_settings(tmp_path / "other")
    shutil.rmtree(empty.agreements_dir)
    with pytest.raises(ArchiveError, match="hel sikkerhedskopi"):
        restore(empty, archive)
    assert not empty.agreements_dir.exists()
    assert read_pointer(empty.index_dir) is None


def test_without_a_version_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    with pytest.raises(ArchiveError, match="ingest build"):
        back_up(settings, tmp_path / "kopi.tar.gz")
    assert not (tmp_path / "kopi.tar.gz").exists()
