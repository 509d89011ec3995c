"""The chat page as a user meets it, without a browser, on the real model."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chains import Assistant, texts
from corpus.settings import PROJECT

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def open_page() -> AppTest:
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    assert not page.exception
    return page


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_first_page_says_what_it_is_and_offers_questions() -> None:
    page = open_page()
    assert page.title[0].value == texts.CHAT_TITLE
    assert "AI-system" in page.caption[0].value
    labels = [button.label for button in page.button]
    assert set(texts.EXAMPLES) <= set(labels)
    assert len(page.checkbox) == 2


def test_a_question_gets_a_quote_that_opens_in_its_context_and_a_follow_up() -> None:
    page = open_page()
    page.chat_input[0].set_value("Hvor mange nærhospitaler kan der oprettes?").run()
    assert not page.exception
    shown = html_of(page)
    assert "op til 25 nærhospitaler" in shown
    assert "<mark>" in shown
    assert page.expander[0].label.startswith("Kilde \\[1\\]")
    page.chat_input[0].set_value("Og hvem kan søge pengene?").run()
    assert "Læst som: Hvor mange nærhospitaler kan der oprettes? Og hvem kan søge" in html_of(page)
    new = next(button for button in page.button if button.label == texts.CHAT_NEW)
    new.click().run()
    assert "<mark>" not in html_of(page)


def test_a_wrong_answer_can_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[dict[str, object]] = []
    monkeypatch.setattr(
        Assistant, "keep_feedback", lambda _, answer, **rest: told.append({"a": answer, **rest})
    )
    page = open_page()
    page.chat_input[0].set_value("Hvor mange nærhospitaler kan der oprettes?").run()
    page.text_area[-1].input("forkert aftale")
    next(button for button in page.button if button.label == texts.FEEDBACK_WRONG).click().run()
    assert not page.exception
    assert [t["right"] for t in told] == [False]
    assert told[0]["reason"] == "forkert aftale"
    assert texts.FEEDBACK_THANKS in [caption.value for caption in page.caption]


def test_an_example_is_asked_by_a_click() -> None:
    page = open_page()
    example = next(button for button in page.button if button.label == texts.EXAMPLES[0])
    example.click().run()
    assert "400 mio. kr." in html_of(page)


def test_an_honest_no_offers_questions_that_have_an_answer() -> None:
    page = open_page()
    page.chat_input[0].set_value("Hvordan bliver vejret på lørdag?").run()
    assert texts.OFF_TOPIC in html_of(page)
    suggestion = next(b for b in page.button if (b.key or "").startswith("suggestion-"))
    suggestion.click().run()
    assert "<mark>" in html_of(page)


def test_with_no_agreement_chosen_nothing_can_be_asked() -> None:
    page = open_page()
    for box in page.checkbox:
        box.uncheck()
    page.run()
    assert page.warning[0].value == texts.CHAT_SCOPE_NONE
    assert page.chat_input[0].disabled


def test_an_error_is_danish_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import streamlit as st

    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(blocked / "var"))
    st.cache_resource.clear()
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    st.cache_resource.clear()
    assert not page.exception
    assert str(blocked) in page.error[0].value
    assert "ASSISTANT_VAR_DIR" in page.error[0].value
