"""Versions: built beside each other, looked at, switched to, kept while somebody reads, removed."""

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chains.reading import LinkState, follow_link
from corpus.errors import BuildBusy, BuildRefused, SourceChanged
from corpus.settings import PROJECT, Settings
from ingest.build import process
from ingest.embed import Vectors
from ingest.index import Index
from ingest.publish import publish
from ingest.versions import (
    folders,
    hold_current,
    leftovers,
    read_pointer,
    readers,
    writing,
)  # fmt: skip
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, small_settings, write_agreement


@pytest.fixture
def harbour(tmp_path: Path) -> Settings:
    return small_settings(tmp_path)


def current(settings: Settings) -> str:
    pointer = read_pointer(settings.index_dir)
    assert pointer is not None
    return pointer.name


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a version but Chroma's, which counts its openings in a table of its own."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "chroma" not in path.parts
    }


def test_the_texts_that_have_answered_are_kept(harbour: Settings) -> None:
    publish(harbour, process, FakeEmbedder())
    before = process(harbour).agreements[0]
    write_agreement(harbour.agreements_dir, 200)
    publish(harbour, process, FakeEmbedder())
    now = process(harbour).agreements[0]
    kept = {path.stem: path.read_bytes().decode() for path in harbour.texts_dir.glob(f"{ID}/*")}
    assert kept == {before.version: before.text, now.version: now.text}
    quote = "Der afsættes 100 mio. kr. til havnen i 2030."
    start = before.text.index(quote)
    link = follow_link(now, before.version, str(start), str(start + len(quote)), harbour.texts_dir)
    assert (link.state, link.quote) == (LinkState.GONE, quote)


def test_a_new_version_stands_beside_the_old_which_is_not_touched(harbour: Settings) -> None:
    first = publish(harbour, process, FakeEmbedder())
    assert current(harbour) == first.name
    before = files_of(first)
    write_agreement(harbour.agreements_dir, 200)
    second = publish(harbour, process, FakeEmbedder())
    assert current(harbour) == second.name != first.name
    assert folders(harbour.index_dir) == sorted([first, second])
    assert files_of(first) == before


def test_nothing_changed_is_nothing_built(harbour: Settings) -> None:
    embedder = FakeEmbedder()
    first = publish(harbour, process, embedder)
    manifest = (first / "manifest.json").stat().st_mtime_ns
    assert publish(harbour, process, embedder) == first
    assert (first / "manifest.json").stat().st_mtime_ns == manifest


def test_only_changed_texts_are_embedded(harbour: Settings) -> None:
    publish(harbour, process, FakeEmbedder())
    path = harbour.agreements_dir / f"{ID}.txt"
    text = path.read_text(encoding="utf-8")
    write_agreement(harbour.agreements_dir, 100)
    changed = text.replace("Kommunen følger op på indsats 3 hvert år", "Kommunen er færdig med 3")
    path.write_text(changed, encoding="utf-8")
    head = path.with_suffix(".yaml")
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    head.write_text(re.sub(r"sha256: \w+", f"sha256: {sha}", head.read_text("utf-8")), "utf-8")
    embedder = FakeEmbedder()
    second = publish(harbour, process, embedder)
    index = Index.open(second, embedder)
    assert any("færdig med 3" in sentence.text for sentence in index.corpus.sentences)
    index.close()
    # One sentence and its passage; besides, the gate embeds up to 12 passages to look for them.
    assert embedder.passages_embedded <= 2 + 12


class Scattered(FakeEmbedder):
    """Gives another vector each time: no text is found by its own."""

    def _embed(self, text: str) -> Vectors:
        self.times = getattr(self, "times", 0) + 1
        return super()._embed(f"{text} x{self.times} y{self.times * 7} z{self.times * 13}" * 9)


def test_a_bad_build_is_refused_and_the_old_one_answers_on(harbour: Settings) -> None:
    first = publish(harbour, process, FakeEmbedder())
    write_agreement(harbour.agreements_dir, 300)
    with pytest.raises(BuildRefused) as caught:
        publish(harbour, process, Scattered("scattered"))
    assert "findes ikke ved sin egen tekst" in caught.value.reasons[0]
    assert current(harbour) == first.name
    assert folders(harbour.index_dir) == [first]
    Index.open(first, FakeEmbedder()).close()


def test_an_agreement_that_cannot_be_read_changes_nothing(harbour: Settings) -> None:
    first = publish(harbour, process, FakeEmbedder())
    (harbour.agreements_dir / f"{ID}.txt").write_text("noget andet", encoding="utf-8")
    with pytest.raises(SourceChanged):
        publish(harbour, process, FakeEmbedder())
    assert current(harbour) == first.name


def test_a_damaged_version_is_built_anew_beside_it(harbour: Settings) -> None:
    first = publish(harbour, process, FakeEmbedder())
    (first / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 999)
    second = publish(harbour, process, FakeEmbedder())
    assert second.name == f"{first.name}-2"
    assert current(harbour) == second.name


def test_old_versions_go_when_nobody_holds_them(tmp_path: Path) -> None:
    settings = small_settings(tmp_path, grace_s=0.0)
    publish(settings, process, FakeEmbedder())
    held = hold_current(settings.index_dir)
    assert held is not None
    for amount in range(200, 600, 100):
        write_agreement(settings.agreements_dir, amount)
        last = publish(settings, process, FakeEmbedder())
    assert folders(settings.index_dir) == sorted([held.folder, last])
    assert readers(held.folder) == 1
    Index.open(held.folder, FakeEmbedder()).close()
    held.release()
    publish(settings, process, FakeEmbedder())
    assert folders(settings.index_dir) == [last]
    assert leftovers(settings.index_dir) == []


HOLDER = """
import sys, time
from pathlib import Path
from ingest.versions import hold_current
held = hold_current(Path(sys.argv[1]))
print(held.folder.name, flush=True)
time.sleep(600)
"""


def test_a_dead_reader_holds_nothing(tmp_path: Path) -> None:
    settings = small_settings(tmp_path, grace_s=0.0)
    first = publish(settings, process, FakeEmbedder())
    command = [sys.executable, "-c", HOLDER, str(settings.index_dir)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == first.name
        assert readers(first) == 1
        reader.kill()
    assert readers(first) == 0


def test_a_version_is_kept_for_its_time(harbour: Settings) -> None:
    first = publish(harbour, process, FakeEmbedder())
    write_agreement(harbour.agreements_dir, 200)
    second = publish(harbour, process, FakeEmbedder())
    mark = harbour.index_dir / ".retired" / first.name
    publish(harbour, process, FakeEmbedder())
    assert folders(harbour.index_dir) == sorted([first, second])
    long_ago = time.time() - 61
    os.utime(mark, (long_ago, long_ago))
    publish(harbour, process, FakeEmbedder())
    assert folders(harbour.index_dir) == [second]


def test_a_second_writer_waits_and_says_so_or_goes(harbour: Settings) -> None:
    waiter = (
        "import sys, threading; from pathlib import Path; from ingest.versions import writing\n"
        "with writing(Path(sys.argv[1])):\n"
        "    print('mine', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", waiter, str(harbour.index_dir)]
    told: list[float] = []

    def on_wait(seconds: float) -> None:
        told.append(seconds)
        first.kill()

    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "mine\n"
        began = time.monotonic()
        with pytest.raises(BuildBusy), writing(harbour.index_dir, wait=False):
            pass
        assert time.monotonic() - began < 0.5
        with writing(harbour.index_dir, on_wait=on_wait):
            assert told
