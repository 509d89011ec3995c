"""A whole small run on the real model: faults are noticed, an interruption loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chains import Assistant, Settings
from corpus.settings import PROJECT
from eval.asking import asking_of, planted_settings
from eval.cases import Case, load_cases
from eval.forgeries import forge
from eval.gate import judge, load_thresholds, to_baseline
from eval.measures import measure
from eval.suite import Chosen, Grounds, lay_grounds, load_chosen, run_suite

pytestmark = pytest.mark.model
NOTHING_TWICE = Chosen((), (), ())


@pytest.fixture(scope="module")
def few(grounds: Grounds) -> list[Case]:
    """A dozen of the cases under which faults are tried."""
    every = load_cases(grounds.agreements)
    mutated = load_chosen(every).mutated
    return [case for case in every if case.id in mutated and not case.history][::10]


def test_forgotten_history_is_noticed(
    assistant: Assistant, grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = load_cases(grounds.agreements)
    talks = [c for c in every if c.id in load_chosen(every).mutated and c.history]
    sound = run_suite(assistant, talks, NOTHING_TWICE, grounds, asking_of(assistant))
    before = to_baseline(sound, measure(sound))
    monkeypatch.setattr("chains.understand.stand_alone", lambda question, _: question)
    faulty = run_suite(assistant, talks, NOTHING_TWICE, grounds, asking_of(assistant))
    verdict = judge(faulty, measure(faulty), load_thresholds(), before)
    assert not verdict.passed
    assert verdict.turned_wrong
    assert set(verdict.turned_wrong) <= {case.id for case in talks}


def test_forgeries_are_stopped_and_an_open_gate_shows(
    assistant: Assistant, few: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = [forgery.stopped for forgery in forge(assistant, few)]
    assert len(stopped) > len(few)
    assert all(stopped)
    monkeypatch.setattr("chains.citations.stray_numbers", lambda *_: [])
    monkeypatch.setattr("chains.citations._leads_right", lambda _: True)
    assert not all(forgery.stopped for forgery in forge(assistant, few))


def test_the_same_question_gets_the_same_answer(
    assistant: Assistant, few: list[Case], grounds: Grounds
) -> None:
    ask = asking_of(assistant)
    chosen = Chosen(tuple(case.id for case in few), (), ())
    run = run_suite(assistant, few, chosen, grounds, ask, ask)
    assert run.same == dict.fromkeys((case.id for case in few), True)


def test_an_interrupted_run_leaves_the_last_report_whole(tmp_path: Path) -> None:
    settings = Settings(_env_file=None)
    folder = tmp_path / "var"
    (folder / "eval").mkdir(parents=True)
    for name in ("models", "vectors", "index"):
        (folder / name).symlink_to(settings.var_dir / name)
    last = folder / "eval" / "report.json"
    last.write_text("the last one", encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "eval", "--quick", "--workers", "1"],
        cwd=PROJECT,
        env={**os.environ, "ASSISTANT_VAR_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while running.poll() is None and not (folder / "eval" / "planted-corpus").exists():
        time.sleep(0.1)  # it is at work
    time.sleep(15)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "urørt" in err
    assert "Traceback" not in err
    assert out == ""
    assert last.read_text(encoding="utf-8") == "the last one"
    assert [path.name for path in folder.glob("eval/report*")] == ["report.json"]


def test_made_up_agreements_are_added_for_their_own_cases_only(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, _env_file=None)
    grounds = lay_grounds(settings, planted_settings(settings))
    ids = [agreement.id for agreement in grounds.agreements]
    assert len(ids) == 4
    assert {span.agreement_id for span in grounds.pool} == set(ids[:2])
