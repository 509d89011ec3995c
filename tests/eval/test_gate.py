import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import GoldenError
from eval.gate import (
    Baseline,
    given_up,
    judge,
    load_baseline,
    load_thresholds,
    save_baseline,
    to_baseline,
    undeclared,
)
from eval.measures import LABELS, Asked, Figure, Run, measure
from tests.eval.conftest import LIFT, MakeAnswer, MakeCase

TODAY = dt.date(2026, 11, 23)
EMPTY = Baseline(figures={}, right=(), wrong=())


@pytest.fixture
def run(make_case: MakeCase, make_answer: MakeAnswer) -> Run:
    right = Asked(make_case(LIFT, id="right"), make_answer(LIFT))
    wrong = Asked(make_case(LIFT, id="wrong", must=["2 mia."]), make_answer(LIFT))
    return Run((right, wrong), (), ())


def test_a_case_that_was_right_and_is_not_fails_the_run_and_is_named(run: Run) -> None:
    before = Baseline(figures={}, right=("wrong",), wrong=("right",))
    verdict = judge(run, {}, {}, before)
    assert not verdict.passed
    assert verdict.turned_wrong == ("wrong",)
    assert verdict.turned_right == ("right",)


def test_a_wrong_case_that_was_wrong_or_is_new_does_not_fail_it(run: Run) -> None:
    known = Baseline(figures={}, right=("right",), wrong=("wrong",))
    assert judge(run, {}, {}, known).passed
    verdict = judge(run, {}, {}, EMPTY)
    assert verdict.passed
    assert verdict.new == ("right", "wrong")


def test_a_figure_below_its_threshold_fails_the_run_the_furthest_first() -> None:
    figures = {"right": Figure(0.5, 0, 1, 2), "concise": Figure(0.8, 0, 1, 2)}
    verdict = judge(Run((), (), ()), figures, {"concise": 0.9, "right": 0.9, "MRR": 0.9}, EMPTY)
    assert not verdict.passed
    assert [s.name for s in verdict.shortfalls] == ["right", "concise"]  # MRR was not measured


def test_a_leak_fails_the_run(run: Run) -> None:
    assert not judge(run, {}, {}, EMPTY, ["right"]).passed


def test_giving_up_a_right_case_needs_a_reason(run: Run, tmp_path: Path) -> None:
    path, reasons = tmp_path / "baseline.json", tmp_path / "baseline.md"
    old = Baseline(figures={}, right=("right", "wrong"), wrong=())
    save_baseline(old, "", TODAY, path, reasons)
    new = to_baseline(run, {})
    with pytest.raises(GoldenError, match="no reason"):
        save_baseline(new, " ", TODAY, path, reasons)
    assert load_baseline(path) == old  # nothing was stored
    assert save_baseline(new, "Kilden var forkert.", TODAY, path, reasons) == ("wrong",)
    assert load_baseline(path) == new
    assert "Kilden var forkert." in reasons.read_text()
    assert "- wrong\n" in reasons.read_text()


def test_a_baseline_changed_by_hand_is_found_out(run: Run) -> None:
    old = Baseline(figures={}, right=("right", "wrong"), wrong=())
    new = to_baseline(run, {})
    assert given_up(old, new) == ("wrong",)
    assert undeclared(old, new, "") == ("wrong",)
    assert undeclared(old, new, "## i dag\n\n- wrong\n") == ()


def test_thresholds_name_measures(tmp_path: Path) -> None:
    assert set(load_thresholds()) <= set(LABELS)
    path = tmp_path / "thresholds.yaml"
    path.write_text("recal: 0.9\n")
    with pytest.raises(GoldenError, match="unknown measure"):
        load_thresholds(path)


def test_what_does_not_apply_has_no_figure(run: Run) -> None:
    figures = measure(run)
    assert figures["right"] == Figure(0.5, 0.0, 1.0, 2)
    assert "unanswerable_refused" not in figures
    assert "rounding_right" not in figures
