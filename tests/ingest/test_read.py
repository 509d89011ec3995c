from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import CorpusError, HeadError, SourceChanged, SourceEncoding, SourceMissing
from corpus.settings import Settings
from ingest.read import read_corpus, read_source

ECONOMY = "oekonomiaftale-regioner-2021"
REFORM = "sundhedsreform-udmoentning-2022"


def test_agreements_come_unaltered_and_by_date(settings: Settings) -> None:
    first, second = read_corpus(settings.agreements_dir)
    assert [first.head.id, second.head.id] == [ECONOMY, REFORM]
    path = settings.agreements_dir / f"{ECONOMY}.txt"
    assert first.raw.encode("utf-8") == path.read_bytes()
    assert first.head.parties == ("Regeringen", "Danske Regioner")


def test_the_date_orders_not_the_file_name(settings: Settings) -> None:
    head = settings.agreements_dir / f"{REFORM}.yaml"
    old = head.read_text(encoding="utf-8")
    head.write_text(old.replace("date: 2022-06-13", "date: 2019-06-13"), encoding="utf-8")
    assert [s.head.id for s in read_corpus(settings.agreements_dir)] == [REFORM, ECONOMY]


def read_error(settings: Settings) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        read_corpus(settings.agreements_dir)
    assert str(caught.value.path) in str(caught.value)
    return caught.value


def test_one_changed_byte(settings: Settings) -> None:
    path = settings.agreements_dir / f"{ECONOMY}.txt"
    data = bytearray(path.read_bytes())
    place = data.index(b"1.554,4")
    data[place] = ord("2")
    path.chmod(0o644)
    path.write_bytes(data)
    error = read_error(settings)
    assert isinstance(error, SourceChanged)
    assert error.path == path


def test_a_missing_text(settings: Settings) -> None:
    path = settings.agreements_dir / f"{REFORM}.txt"
    path.unlink()
    error = read_error(settings)
    assert isinstance(error, SourceMissing)
    assert error.path == path


@pytest.mark.parametrize("folder", ["empty", "not-there"])
def test_no_agreement_at_all(settings: Settings, folder: str) -> None:
    (settings.corpus_dir / "empty").mkdir()
    with pytest.raises(SourceMissing) as caught:
        read_corpus(settings.corpus_dir / folder)
    assert caught.value.path == settings.corpus_dir / folder


def test_latin_1_is_told_from_a_change(settings: Settings) -> None:
    path = settings.agreements_dir / f"{ECONOMY}.txt"
    path.chmod(0o644)
    path.write_bytes("Nærhed".encode("latin-1"))
    error = read_error(settings)
    assert isinstance(error, SourceEncoding)
    assert (error.path, error.detail) == (path, "byte 1")


def test_latin_1_with_its_own_sha256(
    settings: Settings, edit: Callable[[str, bytes, bytes], Path]
) -> None:
    path = edit(REFORM, "udmøntning".encode(), "udmøntning".encode("latin-1"))
    error = read_error(settings)
    assert isinstance(error, SourceEncoding)
    assert error.path == path


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("status: current", "status: maybe", "status"),
        ("date: 2020-05-29", "date: i maj", "date"),
        ("short_title: ", "shorttitle: ", "short_title"),
        ("status: ", "page: 1\nstatus: ", "page"),
        ("{first: 2021, last: 2021}", "2021", "years"),
        (f"id: {ECONOMY}", "id: another", "id: another"),
        ("parties: [", "parties: [[", ""),  # no YAML
    ],
)
def test_a_wrong_field_in_the_head(settings: Settings, old: str, new: str, detail: str) -> None:
    path = settings.agreements_dir / f"{ECONOMY}.yaml"
    head = path.read_text(encoding="utf-8")
    assert old in head
    path.write_text(head.replace(old, new, 1), encoding="utf-8")
    error = read_error(settings)
    assert isinstance(error, HeadError)
    assert error.path == path
    assert error.detail.startswith(detail)
    assert "\n" not in error.detail


@pytest.mark.parametrize("data", [b"", b"- a list", b"id: \xe6"])
def test_a_head_that_is_no_head(settings: Settings, data: bytes) -> None:
    path = settings.agreements_dir / f"{ECONOMY}.yaml"
    path.write_bytes(data)
    with pytest.raises(HeadError) as caught:
        read_source(path)
    assert caught.value.path == path


def test_a_missing_head(settings: Settings) -> None:
    path = settings.agreements_dir / "not-there.yaml"
    with pytest.raises(HeadError) as caught:
        read_source(path)
    assert caught.value.path == path
