import json
from xml.etree import ElementTree as ET

import pytest

from chains import Settings
from corpus.models import Agreement
from eval.gate import Baseline, judge
from eval.junit import to_junit
from eval.measures import Asked, Run, measure, over_fitting
from eval.page import to_html
from eval.report import Report, as_markdown, as_text, failures_of, make_report
from eval.tables import make_tables
from tests.eval.conftest import LIFT, MakeAnswer, MakeCase

HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def run(make_case: MakeCase, make_answer: MakeAnswer, economy: Agreement) -> Run:
    asked = []
    for number in range(4):
        case = make_case(LIFT, id=f"case-{number}", question=f"Spørgsmål {number} {HOSTILE}",
                         must=["1,3 mia. kr."] if number % 2 else ["findes ikke"])  # fmt: skip
        case = type(case)(case.file, case.entry, case.evidence, (), f"fact {number}")
        asked.append(Asked(case, make_answer(LIFT)))
    return Run(tuple(asked), (economy,), ())


def report_of(run: Run, *, reveal: bool) -> Report:
    figures = measure(run)
    before = Baseline(figures={"right": 1.0}, right=("case-0",), wrong=("case-1",))
    thresholds = {"right": 0.9}
    verdict = judge(run, figures, thresholds, before)
    tables = make_tables(run, figures, thresholds, before)
    settings = Settings(_env_file=None)
    return make_report(run, figures, tables, verdict, thresholds, settings, reveal=reveal)


def test_of_the_test_split_only_totals_are_shown(run: Run) -> None:
    splits = {a.case.id: a.case.split for a in run.asked}
    assert set(splits.values()) == {"dev", "test"}
    hidden = [id_ for id_, split in splits.items() if split == "test"]
    report = report_of(run, reveal=False)
    assert {case.id for case in report.cases} == set(splits) - set(hidden)
    for number in (id_.removeprefix("case-") for id_ in hidden):
        for text in (report.model_dump_json(), to_html(report), to_junit(report)):
            assert f"Spørgsmål {number}" not in text


def test_a_look_at_the_test_split_is_recorded(run: Run) -> None:
    report = report_of(run, reveal=True)
    assert {case.id for case in report.cases} == {a.case.id for a in run.asked}
    assert json.loads(report.model_dump_json())["revealed"] is True
    assert "test er vist" in to_html(report)
    assert "--reveal" in as_text(report, [])


def test_the_table_names_figure_threshold_and_what_it_was(run: Run) -> None:
    lines = as_text(report_of(run, reveal=False), []).splitlines()
    row = next(line for line in lines if line.startswith("Rigtige svar"))
    assert row.split()[2:] == ["50,0", "0,0", "–", "100,0", "4", "90,0", "100,0"]


def test_failures_are_said_in_one_line_each(run: Run) -> None:
    report = report_of(run, reveal=False)
    failures = failures_of(report.verdict)
    assert failures[0] == "Under tærsklen: right (Rigtige svar) 50,0 < 90,0"
    assert failures[1] == "Var rigtige før og er det ikke nu: case-0"
    summary = as_markdown(report, failures)
    assert summary.startswith("## Evaluering: ikke bestået")
    assert "case-0" in summary
    assert "| Rigtige svar | 50,0 |" in summary


def test_junit_fails_what_fails_the_run_and_skips_what_was_wrong_before(run: Run) -> None:
    root = ET.fromstring(to_junit(report_of(run, reveal=True)))  # noqa: S314 - our own
    failed = [t.get("name") for t in root.iter("testcase") if t.find("failure") is not None]
    skipped = [t.get("name") for t in root.iter("testcase") if t.find("skipped") is not None]
    assert failed == ["right", "case-0"]
    assert skipped == ["case-2"]


def test_a_question_cannot_break_out_of_the_page(run: Run) -> None:
    page = to_html(report_of(run, reveal=True))
    assert HOSTILE not in page
    assert page.count("</script>") == 2
    data = page.split('id="data">')[1].split("</script>")[0]
    assert json.loads(data)[0]["question"].endswith(HOSTILE)


def test_dev_and_test_far_apart_is_reported(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    asked = []
    for number in range(40):
        case = make_case(LIFT, id=f"c{number}")
        case = type(case)(case.file, case.entry, case.evidence, (), f"fact {number}")
        right = case.split == "dev"
        must = ["1,3 mia. kr."] if right else ["findes ikke"]
        entry = case.entry.model_copy(update={"must": must})
        asked.append(Asked(type(case)(case.file, entry, case.evidence, (), case.fact),
                           make_answer(LIFT)))  # fmt: skip
    assert over_fitting(Run(tuple(asked), (), ())) == {"all": (1.0, 0.0), "text": (1.0, 0.0)}
