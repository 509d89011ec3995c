"""The page Om, the notice and the menu."""

import json
from pathlib import Path

import pytest

from chains import Settings, about_texts, reader_texts, texts, tools_texts
from chains.evaluation import read_evaluation
from tests.views.pages import html_of, open_page

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_it_says_that_it_is_an_ai_system_and_what_it_is_built_on() -> None:
    page = open_page("about")
    shown = html_of(page)
    assert texts.AI_NOTICE in [caption.value for caption in page.caption]
    assert "29. maj 2020" in shown
    assert "2022-2029" in shown
    assert "100 pct." in shown  # quotes are exact, by the figures that ship
    assert about_texts.ACCESS_NONE in [caption.value for caption in page.caption]
    assert {box.label for box in page.expander} == set(about_texts.GUIDES)


def test_the_accessibility_statement_is_linked_where_it_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_ACCESSIBILITY_URL", "https://eksempel.dk/was?a=1&b=2")
    shown = html_of(open_page("about"))
    assert shown.count('href="https://eksempel.dk/was?a=1&amp;b=2"') == 2  # in the menu too
    monkeypatch.setenv("ASSISTANT_ACCESSIBILITY_URL", "javascript:alert(1)")
    assert "javascript" not in html_of(open_page("about"))


def test_the_last_report_goes_before_the_baseline(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, _env_file=None)
    shipped = read_evaluation(settings)
    assert shipped is not None
    assert shipped.source == "baseline"
    report = {
        "made": "2026-11-23T10:00:00+00:00",
        "corpus_version": "v",
        "figures": {"right": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 9}},
    }
    (tmp_path / "eval").mkdir()
    file = tmp_path / "eval" / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    own = read_evaluation(settings)
    assert own is not None
    assert (own.source, own.figures) == ("report", {"right": 0.5})
    assert own.made is not None
    file.write_text('{"figures": [1', encoding="utf-8")  # cut short while it was written
    assert read_evaluation(settings) == shipped
    assert read_evaluation(settings, tmp_path / "none.json") is None


def test_the_menu_leads_to_every_page() -> None:
    page = open_page("about")
    links = {link.proto.label for link in page.get("page_link")}
    assert links == {
        tools_texts.NAV_ASK, tools_texts.NAV_CALCULATE, tools_texts.NAV_CHECK,
        tools_texts.NAV_PLACES, tools_texts.NAV_ABOUT, reader_texts.READER_TITLE,
        reader_texts.FIGURES_TITLE, reader_texts.COMMITMENTS_TITLE,
    }  # fmt: skip
    assert texts.PRODUCT == "Aftaleassistenten"
