"""Each fault is found, named in Danish, and mended by the command that is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.settings import Settings
from ingest.build import process
from ingest.doctor import Finding, examine
from ingest.publish import publish
from ingest.vector_cache import cache_file
from ingest.versions import read_pointer
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, small_settings, write_agreement

FAKE = "fake"


@pytest.fixture
def harbour(tmp_path: Path) -> Settings:
    settings = small_settings(tmp_path).model_copy(update={"embedding_model": FAKE})
    publish(settings, process, FakeEmbedder(FAKE))
    return settings


def faults(settings: Settings) -> list[Finding]:
    return [f for f in examine(settings, FakeEmbedder(FAKE)) if f.wrong]


def current(settings: Settings) -> Path:
    pointer = read_pointer(settings.index_dir)
    assert pointer is not None
    return settings.index_dir / pointer.name


def no_pointer(settings: Settings) -> None:
    (settings.index_dir / "current").unlink()


def bad_pointer(settings: Settings) -> None:
    (settings.index_dir / "current").write_text("{", encoding="utf-8")


def lost_folder(settings: Settings) -> None:
    current(settings).rename(settings.var_dir / "elsewhere")


def bad_vectors(settings: Settings) -> None:
    (current(settings) / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)


def bad_words(settings: Settings) -> None:
    (current(settings) / "words" / "passages" / "data.csc.index.npy").write_bytes(b"")


def bad_cache(settings: Settings) -> None:
    cache_file(settings.var_dir / "vectors", FAKE).write_bytes(b"garbage" * 999)


def left_over(settings: Settings) -> None:
    (settings.index_dir / ".building-xyz").mkdir()


def newer_corpus(settings: Settings) -> None:
    write_agreement(settings.agreements_dir, 900)


FAULTS: list[tuple[Callable[[Settings], None], str, str]] = [
    (no_pointer, "Ingen version er i brug", "ingest build"),
    (bad_pointer, "kan ikke læses", "ingest build"),
    (lost_folder, "dens mappe er væk", "ingest build"),
    (bad_vectors, "er beskadiget", "ingest build"),
    (bad_words, "er beskadiget", "ingest build"),
    (bad_cache, "De gemte vektorer", "rm "),
    (left_over, "rester af en afbrudt bygning", "--force"),
    (newer_corpus, "Samlingen er ændret", "ingest build"),
]


def test_a_healthy_collection_has_no_faults(harbour: Settings) -> None:
    found = list(examine(harbour, FakeEmbedder(FAKE)))
    assert [finding for finding in found if finding.wrong] == []
    assert len(found) >= 6


@pytest.mark.parametrize(("damage", "named", "mend"), FAULTS, ids=[f[0].__name__ for f in FAULTS])
def test_each_fault_is_named_and_mended_by_its_command(
    harbour: Settings, damage: Callable[[Settings], None], named: str, mend: str
) -> None:
    damage(harbour)
    found = faults(harbour)
    assert len(found) == 1
    assert named in found[0].text
    assert mend in found[0].mend
    if mend.startswith("rm"):
        cache_file(harbour.var_dir / "vectors", FAKE).unlink()
    publish(harbour, process, FakeEmbedder(FAKE), force="--force" in mend)
    assert faults(harbour) == []


def test_a_changed_source_is_named_with_its_file(harbour: Settings) -> None:
    (harbour.agreements_dir / f"{ID}.txt").write_text("noget andet", encoding="utf-8")
    found = faults(harbour)
    assert len(found) == 1
    assert f"{ID}.txt er ændret" in found[0].text
