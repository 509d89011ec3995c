"""Hostile files, through the child process that parses them."""

import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import SourceEncoding, SourceRefused, StorageError
from corpus.settings import Settings
from ingest.add import receive
from ingest.parse.capped import parse
from ingest.parse.parsed import from_json, to_json
from tests.bombs import BOMBS, HIDING, PLAIN, PLANTED, SPOOFED, document, pdf

ALLOWED_S = 5.0
SLOW = 2  # a CI machine may be that much slower than the one where 5 s must hold
MAKE = Callable[[], bytes]


def child_s() -> float:
    """Return the processor time of child processes: on a busy machine a parser waits longest."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    ("name", "make", "reasons"), [case[1:] for case in BOMBS], ids=[case[0] for case in BOMBS]
)
def test_a_bomb_is_refused_in_time(settings: Settings, name: str, make: MAKE, reasons: str) -> None:
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = child_s()
    with pytest.raises(SourceRefused) as caught:
        receive(settings, name, data)
    assert child_s() - began < SLOW * ALLOWED_S
    assert caught.value.reason in reasons.split()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024 * (1 if sys.platform == "linux" else 1024)
    assert not settings.parsed_dir.exists()


@pytest.mark.parametrize(
    ("name", "make", "reason"), [case[1:] for case in SPOOFED], ids=[case[0] for case in SPOOFED]
)
def test_a_file_that_is_not_what_it_says(
    settings: Settings, name: str, make: MAKE, reason: str
) -> None:
    with pytest.raises(SourceRefused) as caught:
        receive(settings, name, make())
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("name", "make", "how"), [case[1:] for case in HIDING], ids=[case[0] for case in HIDING]
)
def test_hidden_text_is_found_and_left_out(
    settings: Settings, name: str, make: MAKE, how: str
) -> None:
    received = receive(settings, name, make())
    text = received.agreement.text
    assert PLAIN in text
    assert PLANTED[:12] not in text
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert how in {hidden.how for hidden in received.hidden}


def test_tags_are_spelt_out(settings: Settings) -> None:
    make = next(make for name, _, make, _ in HIDING if name == "txt tags")
    received = receive(settings, "a.txt", make())
    assert [hidden.text for hidden in received.hidden] == [PLANTED]


@pytest.mark.parametrize(("make", "extension"), [(pdf, "pdf"), (document, "docx")])
def test_the_same_bytes_give_the_same_lines(make: MAKE, extension: str) -> None:
    data = make()
    first, second = (parse(Path("a"), data, extension) for _ in range(2))
    assert first == second
    assert from_json(to_json(first)) == first
    assert PLAIN in " ".join(line.text for line in first.lines)


def test_a_parsed_file_is_kept_and_a_damaged_copy_made_anew(tmp_path: Path) -> None:
    data = pdf()
    first = parse(Path("a.pdf"), data, "pdf", tmp_path / "kept")
    kept = next((tmp_path / "kept").iterdir())
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [kept.name]
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"bedre veje", b"bedre stier"))  # so that reading it shows
    again = parse(Path("a.pdf"), data, "pdf", tmp_path / "kept")
    assert "bedre stier" in again.lines[0].text
    for damaged in (whole[:-20], b"[]", b'{"lines": [1]}'):
        kept.write_bytes(damaged)
        assert parse(Path("a.pdf"), data, "pdf", tmp_path / "kept") == first
        assert kept.read_bytes() == whole


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError):
        parse(Path("a.pdf"), pdf(), "pdf", tmp_path / "file" / "kept")


def test_the_child_has_none_of_the_parents_keys(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_NO_SUCH_SETTING", "1")
    monkeypatch.setenv("PYTHONSTARTUP", "/does/not/exist")
    assert PLAIN in receive(settings, "a.pdf", pdf()).agreement.text


def test_latin_1_text_is_told_apart(settings: Settings) -> None:
    with pytest.raises(SourceEncoding):
        receive(settings, "a.txt", "Aftale om kørsel og færger i 2027.".encode("latin-1"))
