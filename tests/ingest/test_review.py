"""Decisions of a review: kept at once, never one over the other, and as the registers demand."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from corpus import review_texts
from corpus.errors import NotAdded, ReviewConflict, ReviewRefused, UnknownAgreement
from corpus.models import BlockKind
from corpus.review import Decision, Item, ItemKind, ReviewStatus
from corpus.settings import Settings
from ingest.__main__ import app
from ingest.add import remove
from ingest.build import process
from ingest.review import decide, next_item, progress_of, read_log, undo
from ingest.review_queue import queue_of, read_material
from tests.small_corpus import ID, small_settings

TEXT = """Aftale om havnen for 2030

1. Penge

Der afsættes 12, 14 og 16 mio. kr. til kajen. Parterne er enige om, at 5 pct. går til kraner.

Der afsættes 10 mio. kr. i 2030. Der afsættes 10 mio. kr. i 2031.

Kommunen skal følge op på indsatsen for havnen senest i 2031.

Tidsplanen for havnen
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """One made-up agreement, so that a decision takes no time."""
    made = small_settings(tmp_path)
    data = TEXT.encode()
    (made.agreements_dir / f"{ID}.txt").write_bytes(data)
    head = made.agreements_dir / f"{ID}.yaml"
    fields = yaml.safe_load(head.read_text(encoding="utf-8"))
    fields["sha256"] = hashlib.sha256(data).hexdigest()
    head.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    return made


def items(settings: Settings, kind: ItemKind) -> list[Item]:
    return queue_of(settings, read_material(settings, ID))[kind]


def item_of(settings: Settings, text: str, kind: ItemKind = ItemKind.FIGURE) -> Item:
    return next(item for item in items(settings, kind) if item.text.startswith(text))


def say(item: Item, accept: bool = True, reason: str = "", **fields: str) -> Decision:
    return Decision(item_id=item.id, state=item.state, accept=accept, reason=reason, fields=fields)


def finish(settings: Settings, by: str) -> int:
    count = 0
    while (item := next_item(settings, ID)) is not None:
        decide(settings, ID, say(item, accept=False, reason="intet aftalt"), by)
        count += 1
    return count


def test_the_queue_holds_every_number_sentence_and_doubtful_block(settings: Settings) -> None:
    assert [i.text for i in items(settings, ItemKind.FIGURE)] == [
        "12", "14", "16 mio. kr.", "5 pct.", "10 mio. kr.", "10 mio. kr.",
    ]  # fmt: skip
    assert len(items(settings, ItemKind.COMMITMENT)) == 5
    doubts = [(i.text, i.doubts) for i in items(settings, ItemKind.STRUCTURE)]
    assert ("Tidsplanen for havnen", ("maybe_heading",)) in doubts
    with pytest.raises(UnknownAgreement):
        next_item(settings, "../x")


def test_what_is_accepted_is_a_reviewed_figure_and_the_rest_stays_by_rule(
    settings: Settings,
) -> None:
    second = items(settings, ItemKind.FIGURE)[5]
    decide(settings, ID, say(second, label="Bevilling", years="2031", payer="staten"), "Anna")
    figures = [f for f in process(settings).figures if f.agreement_id == ID]
    assert len(figures) == 6
    kept = [f for f in figures if f.reviewed]
    assert [(f.label, f.payer, f.place.start, str(f.period)) for f in kept] == [
        ("Bevilling", "staten", second.start, "2031")
    ]
    assert kept[0].reviewed.startswith("Anna, 20")
    progress = progress_of(settings, ID)
    assert progress.status is ReviewStatus.PARTLY
    assert (progress.decided, progress.reviewers) == (1, ("Anna",))
    assert progress.left[ItemKind.FIGURE] == 5


def test_an_empty_queue_is_a_reviewed_agreement(settings: Settings) -> None:
    assert progress_of(settings, ID).status is ReviewStatus.UNREVIEWED
    decide(settings, ID, say(item_of(settings, "5 pct."), label="Andel til kraner"), "Anna")
    finish(settings, "Bo")
    progress = progress_of(settings, ID)
    assert (progress.status, progress.remaining) == (ReviewStatus.REVIEWED, 0)
    assert set(progress.reviewers) == {"Anna", "Bo"}
    corpus = process(settings)
    assert [figure.label for figure in corpus.figures] == ["Andel til kraner"]
    assert not corpus.commitments
    assert len(read_log(settings, ID)) == progress.decided
    with pytest.raises(NotAdded):
        remove(settings, ID)


def test_a_commitment_is_kept_as_it_was_changed(settings: Settings) -> None:
    found = item_of(settings, "Kommunen skal", ItemKind.COMMITMENT)
    changed = say(found, act="følge op på havnen", actor="kommunerne, KL", theme="havn")
    decide(settings, ID, changed, "Anna")
    kept = next(c for c in process(settings).commitments if c.reviewed)
    assert (kept.act, kept.actors, kept.theme) == (
        "følge op på havnen", ("kommunerne", "KL"), "havn",
    )  # fmt: skip
    assert (kept.start, kept.end) == (found.start, found.end)


def test_a_block_becomes_what_a_person_says(settings: Settings) -> None:
    item = item_of(settings, "Tidsplanen", ItemKind.STRUCTURE)
    decide(settings, ID, say(item, kind="heading"), "Anna")
    agreement = process(settings).agreements[0]
    block = next(b for b in agreement.blocks if b.start == item.start)
    assert block.kind is BlockKind.HEADING
    assert [s.heading for s in process(settings).sections][-1] == "Tidsplanen for havnen"
    assert item.id not in [i.id for i in items(settings, ItemKind.STRUCTURE)]


REFUSED: list[tuple[str, Callable[[Item], Decision], str]] = [
    ("5 pct.", lambda i: say(i, accept=False), "no_reason"),
    ("5 pct.", lambda i: say(i, value="7 pct."), "value_elsewhere"),
    ("5 pct.", lambda i: say(i, label=" "), "empty_field"),
    ("5 pct.", lambda i: say(i, farve="rød"), "unknown_field"),
    ("5 pct.", lambda i: say(i, years="engang"), "does_not_fit"),
    ("5 pct.", lambda i: say(i, kind="gæt"), "does_not_fit"),
    ("16 mio. kr.", lambda i: say(i, value="kr."), "does_not_fit"),
    ("12", lambda i: say(i), "reads_otherwise"),  # 12 of "12, 14 og 16 mio. kr." is millions
]


@pytest.mark.parametrize(("text", "decision", "reason"), REFUSED)
def test_what_the_text_does_not_say_is_not_kept(
    settings: Settings, text: str, decision: Callable[[Item], Decision], reason: str
) -> None:
    item = item_of(settings, text)
    with pytest.raises(ReviewRefused) as caught:
        decide(settings, ID, decision(item), "Anna")
    assert caught.value.reason == reason
    assert not list(settings.figures_dir.glob("*"))
    assert item.id in [i.id for i in items(settings, ItemKind.FIGURE)]


def test_the_second_of_two_is_told_and_nothing_is_lost(settings: Settings) -> None:
    item = item_of(settings, "5 pct.")
    decide(settings, ID, say(item, label="Annas betegnelse"), "Anna")
    with pytest.raises(ReviewConflict) as caught:
        decide(settings, ID, say(item, label="Bos betegnelse"), "Bo")
    assert caught.value.by == "Anna"
    assert "Bos betegnelse" in caught.value.mine
    register = (settings.figures_dir / f"{ID}.yaml").read_text(encoding="utf-8")
    assert "Annas" in register
    assert "Bos" not in register
    stale = say(item_of(settings, "10 mio. kr.")).model_copy(update={"state": "gammel"})
    with pytest.raises(ReviewConflict):
        decide(settings, ID, stale, "Bo")


def test_two_at_once_keep_all_that_each_decided(settings: Settings) -> None:
    numbers = items(settings, ItemKind.FIGURE)
    conflicts: list[str] = []

    def review(by: str, mine: list[Item]) -> None:
        for item in mine:
            try:
                decide(settings, ID, say(item, accept=False, reason=f"set af {by}"), by)
            except ReviewConflict as error:
                conflicts.append(error.by)

    both = [
        threading.Thread(target=review, args=("Anna", numbers)),
        threading.Thread(target=review, args=("Bo", numbers[::-1])),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    register = yaml.safe_load((settings.figures_dir / f"{ID}.yaml").read_text(encoding="utf-8"))
    assert len(register["set_aside"]) == len(numbers)
    assert len(conflicts) == len(numbers)  # each item was decided once, and once too late
    assert len(read_log(settings, ID)) == len(numbers)


_KILLED = """
import sys
from corpus.settings import Settings
from corpus.review import Decision
from ingest.review import decide, next_item
settings = Settings(corpus_dir=sys.argv[1], var_dir=sys.argv[2], _env_file=None)
while (item := next_item(settings, sys.argv[3])) is not None:
    decide(settings, sys.argv[3], Decision(item_id=item.id, state=item.state, accept=False,
           reason="x"), "Anna")
    print(item.id, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_kill_loses_no_decision_that_was_told(settings: Settings) -> None:
    arguments = [sys.executable, "-c", _KILLED, str(settings.corpus_dir), str(settings.var_dir), ID]
    kept: list[str] = []
    for told in (1, 3):  # killed while the next decision is on its way
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process_:
            assert process_.stdout is not None
            kept += [process_.stdout.readline().strip() for _ in range(told)]
            process_.send_signal(signal.SIGKILL)
        left = {i.id for kind in ItemKind for i in items(settings, kind)}
        assert not left & set(kept)
        assert progress_of(settings, ID).decided >= len(kept)
    finish(settings, "Bo")
    assert progress_of(settings, ID).status is ReviewStatus.REVIEWED


def test_only_the_own_last_decision_is_undone(settings: Settings) -> None:
    first, second = item_of(settings, "5 pct."), item_of(settings, "16 mio. kr.")
    decide(settings, ID, say(first, label="Andel"), "Anna")
    decide(settings, ID, say(second, accept=False, reason="dublet"), "Bo")
    assert "5 pct." in undo(settings, ID, "Anna")
    left = [i.id for i in items(settings, ItemKind.FIGURE)]
    assert first.id in left
    assert second.id not in left
    with pytest.raises(ReviewRefused):
        undo(settings, ID, "Anna")
    undo(settings, ID, "Bo")
    assert progress_of(settings, ID).status is ReviewStatus.UNREVIEWED
    assert [line["action"] for line in read_log(settings, ID)] == [
        "accept", "reject", "undo", "undo",
    ]  # fmt: skip


def test_a_broken_line_of_the_log_harms_nobody(settings: Settings) -> None:
    decide(settings, ID, say(item_of(settings, "5 pct."), label="Andel"), "Anna")
    log = settings.reviews_dir / f"{ID}.jsonl"
    log.write_bytes(log.read_bytes() + b'{"by": "An')
    decide(settings, ID, say(item_of(settings, "16 mio."), accept=False, reason="x"), "Bo")
    assert [line["by"] for line in read_log(settings, ID)] == ["Anna", "Bo"]


def test_the_two_reviewed_agreements_have_an_empty_queue() -> None:
    for agreement in ("oekonomiaftale-regioner-2021", "sundhedsreform-udmoentning-2022"):
        progress = progress_of(Settings(_env_file=None), agreement)
        assert (progress.status, progress.remaining) == (ReviewStatus.REVIEWED, 0)


def test_at_the_keyboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(settings.var_dir))
    # structure: yes; the first number: later; the next: another label, the rest as it is; undo; end
    typed = (
        "jsr" + "Kajens bevilling\n" + "\n" * 11 + "sssr" + "Andel til kraner\n" + "\n" * 11 + "q"
    )
    result = CliRunner().invoke(app, ["review", ID, "--as", "Anna"], input=typed)
    assert result.exit_code == 0, result.output
    assert review_texts.CLI_KEYS in result.output
    assert "alene siger et andet tal" in result.output  # 14 of "12, 14 og 16 mio. kr."
    assert progress_of(settings, ID).decided == 2
    result = CliRunner().invoke(app, ["review", ID, "--as", "Anna"], input="fq")
    assert "5 pct." in result.output
    assert progress_of(settings, ID).decided == 1
    shown = CliRunner().invoke(app, ["review", ID, "--status"])
    assert "delvist gennemgået" in shown.output
    assert CliRunner().invoke(app, ["check"]).exit_code == 0  # under way is no error
