"""A running assistant takes each new version; no answer mixes two."""

import threading
import time
from pathlib import Path

from chains import Answer, Assistant
from ingest.build import process
from ingest.publish import publish
from ingest.versions import folders, hold_current, readers
from tests.fakes import FakeEmbedder
from tests.small_corpus import QUESTION, small_settings, write_agreement

READERS, SWITCHES = 8, 4


def wait_for(assistant: Assistant, version: str) -> float:
    """Return how many seconds it takes until a version answers."""
    began = time.monotonic()
    while assistant.corpus_version != version:
        assert time.monotonic() - began < 30
        time.sleep(0.02)
    return time.monotonic() - began


def test_eight_readers_never_see_two_versions_in_one_answer(tmp_path: Path) -> None:
    settings = small_settings(tmp_path, grace_s=0.0)
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    texts = {assistant.corpus_version: assistant.agreements[0].text}
    whole = len(assistant.answer(QUESTION).passages)
    assert whole
    answers: list[Answer] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                answers.append(assistant.answer(QUESTION))
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
                errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for amount in range(200, 200 + 100 * SWITCHES, 100):
        write_agreement(settings.agreements_dir, amount)
        texts[publish(settings, process, FakeEmbedder()).name] = (
            process(settings).agreements[0].text
        )
        wait_for(assistant, list(texts)[-1])
        time.sleep(0.1)
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {answer.corpus_version for answer in answers} == set(texts)
    for answer in answers:
        text = texts[answer.corpus_version]
        assert len(answer.passages) == whole
        assert all(text[p.start : p.end] == p.text for p in answer.passages)
        assert all(text[c.start : c.end] == c.quote for c in answer.citations)
    held = hold_current(settings.index_dir)
    assert held is not None
    assert readers(held.folder) == 2  # the assistant and this test: the old ones are let go
    held.release()
    publish(settings, process, FakeEmbedder())
    assert folders(settings.index_dir) == [held.folder]
    assistant.close()
    assert readers(held.folder) == 0


def test_an_answer_under_way_finishes_on_its_own_version(tmp_path: Path) -> None:
    settings = small_settings(tmp_path, grace_s=0.0)
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    first = assistant.corpus_version
    entered, go_on = threading.Event(), threading.Event()

    def stop_at(stage: str) -> None:
        if stage == "retrieve":
            entered.set()
            assert go_on.wait(30)

    found: list[Answer] = []
    slow = threading.Thread(
        target=lambda: found.append(assistant.answer(QUESTION, on_stage=stop_at))
    )
    slow.start()
    assert entered.wait(30)
    write_agreement(settings.agreements_dir, 700)
    second = publish(settings, process, FakeEmbedder()).name
    wait_for(assistant, second)
    assert assistant.answer(QUESTION).corpus_version == second  # nobody waits for the slow one
    assert {folder.name for folder in folders(settings.index_dir)} == {first, second}
    go_on.set()
    slow.join(30)
    assert found[0].corpus_version == first
    assert "700 mio. kr." not in found[0].text
    publish(settings, process, FakeEmbedder())
    assert [folder.name for folder in folders(settings.index_dir)] == [second]
    assistant.close()


def test_a_version_that_does_not_open_leaves_the_old_one_answering(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    first = assistant.corpus_version
    (settings.index_dir / "current").write_text('{"name": "nowhere", "corpus": ""}', "utf-8")
    time.sleep(1)
    assert assistant.answer(QUESTION).corpus_version == first
    assistant.close()


def test_a_changed_corpus_is_told_and_not_taken_before_it_is_built(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    assert not assistant.is_behind
    write_agreement(settings.agreements_dir, 300)
    assert assistant.is_behind
    again = Assistant.open(settings, embedder=FakeEmbedder())
    assert again.corpus_version == assistant.corpus_version
    own = Assistant.of_corpus(settings, embedder=FakeEmbedder())
    assert own.corpus_version != assistant.corpus_version
    for each in (assistant, again, own):
        each.close()
