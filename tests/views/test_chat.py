"""The chat page as a user meets it, without a browser, on the real model."""

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chains import Answer, AnswerKind, Assistant, Settings, chat_texts, texts
from chains.conversations import Conversations
from corpus.settings import PROJECT

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


QUESTION = "Hvor mange nærhospitaler kan der oprettes?"


def open_page(owner: str | None = None, **address: str) -> AppTest:
    """Open the page, as this owner; nobody's browser is known here."""
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    page.session_state["owner"] = owner
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


@pytest.fixture(scope="module", autouse=True)
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for what the pages keep, beside the project's own index; one assistant for all."""
    folder = tmp_path_factory.mktemp("chat") / "var"
    folder.mkdir()
    for name in ("index", "models", "vectors"):
        (folder / name).symlink_to(Settings(_env_file=None).var_dir / name)
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_VAR_DIR", str(folder))
        yield folder
    st.cache_resource.clear()


@pytest.fixture
def owner(request: pytest.FixtureRequest) -> str:
    """Somebody whom no other test knows."""
    return str(request.node.name)


def kept_in(var: Path) -> bytes:
    return b"".join(path.read_bytes() for path in var.glob("conversations*"))


def ask(page: AppTest, question: str) -> None:
    page.chat_input[0].set_value(question).run()
    assert not page.exception


def click(page: AppTest, label: str, nth: int = 0) -> None:
    [button for button in page.button if button.label == label][nth].click().run()
    assert not page.exception


def questions_of(page: AppTest) -> list[str]:
    shown = re.findall(r'<div class="aa-question">(.*?)</div>', html_of(page))
    return [html.unescape(one) for one in shown if not one.startswith("Læst som")]


def titles_of(page: AppTest) -> list[str]:
    return [b.label.strip("*") for b in page.button if (b.key or "").startswith("open-")]


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_first_page_says_what_it_is_and_offers_questions() -> None:
    page = open_page()
    assert page.title[0].value == texts.CHAT_TITLE
    assert "AI-system" in page.caption[0].value
    labels = [button.label for button in page.button]
    assert {q for questions in chat_texts.THEMES.values() for q in questions} <= set(labels)
    assert len(page.checkbox) == 2


def test_a_question_gets_a_quote_that_opens_in_its_context_and_a_follow_up() -> None:
    page = open_page()
    ask(page, QUESTION)
    shown = html_of(page)
    assert "op til 25 nærhospitaler" in shown
    assert "<mark>" in shown
    cited, also = (e for e in page.expander if e.label.startswith(("Citeret", "Også gennemset")))
    assert cited.proto.expanded
    assert not also.proto.expanded
    assert page.get("link_button")[0].proto.url.startswith("/aftaler?id=sundhedsreform")
    ask(page, "Og hvem kan søge pengene?")
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
    ask(page, QUESTION)
    page.text_area[-1].input("forkert aftale")
    next(button for button in page.button if button.label == texts.FEEDBACK_WRONG).click().run()
    assert not page.exception
    assert [t["right"] for t in told] == [False]
    assert told[0]["reason"] == "forkert aftale"
    assert texts.FEEDBACK_THANKS in [caption.value for caption in page.caption]


def test_an_example_is_asked_by_a_click() -> None:
    page = open_page()
    click(page, chat_texts.THEMES["Penge"][0])
    assert "4 mia. kr." in html_of(page)


def test_an_honest_no_offers_questions_that_have_an_answer() -> None:
    page = open_page()
    ask(page, "Hvordan bliver vejret på lørdag?")
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
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(blocked / "var"))
    st.cache_resource.clear()
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    st.cache_resource.clear()
    assert not page.exception
    assert str(blocked) in page.error[0].value
    assert "ASSISTANT_VAR_DIR" in page.error[0].value


def test_a_conversation_is_there_after_a_reload_and_only_for_its_owner(
    owner: str, var: Path
) -> None:
    page = open_page(owner)
    ask(page, QUESTION)
    ask(page, "Og hvem kan søge pengene?")
    address = page.query_params["samtale"]
    again = open_page(owner, samtale=address[0] if isinstance(address, list) else address)
    assert questions_of(again) == [QUESTION, "Og hvem kan søge pengene?"]
    assert titles_of(again) == [QUESTION]
    foreign = open_page("bo", samtale=again.query_params["samtale"])
    assert questions_of(foreign) == []
    assert titles_of(foreign) == []
    assert "findes ikke længere" in foreign.warning[0].value


def test_a_conversation_is_searched_renamed_and_deleted(owner: str, var: Path) -> None:
    page = open_page(owner)
    ask(page, QUESTION)
    click(page, texts.CHAT_NEW)
    assert questions_of(page) == []
    ask(page, "Hvad koster en uopdyrket hede?")
    assert titles_of(page) == ["Hvad koster en uopdyrket hede?", QUESTION]
    page.text_input(key="search").set_value("OPRETTES").run()
    assert titles_of(page) == [QUESTION]
    page.text_input(key="search").set_value("findes ikke her").run()
    assert titles_of(page) == []
    assert chat_texts.SEARCH_NONE in [caption.value for caption in page.caption]
    page.text_input(key="search").set_value("").run()
    title = next(field for field in page.text_input if field.label == chat_texts.TITLE)
    title.set_value("Klynger")
    click(page, chat_texts.RENAME)
    assert titles_of(page)[0] == "Klynger"
    next(box for box in page.checkbox if box.label == chat_texts.DELETE_SURE).check().run()
    click(page, chat_texts.DELETE)
    assert chat_texts.DELETED in [warning.value for warning in page.warning]
    assert titles_of(page) == [QUESTION]
    assert questions_of(page) == []
    assert b"uopdyrket" not in kept_in(var)


def test_a_question_is_put_otherwise_and_the_thread_goes_on_from_there(
    owner: str, var: Path
) -> None:
    page = open_page(owner)
    ask(page, QUESTION)
    ask(page, "Hvad er en sundhedsklynge?")
    click(page, chat_texts.EDIT)
    assert chat_texts.EDIT_CUTS in [caption.value for caption in page.caption]
    click(page, chat_texts.EDIT_BACK)
    assert len(questions_of(page)) == 2
    click(page, chat_texts.EDIT)
    page.text_area(key="edited-0").set_value("Hvor mange akutberedskaber styrkes?")
    click(page, chat_texts.EDIT_DO)
    assert questions_of(page) == ["Hvor mange akutberedskaber styrkes?"]
    again = open_page(owner, samtale=page.query_params["samtale"])
    assert questions_of(again) == ["Hvor mange akutberedskaber styrkes?"]


def test_a_cpr_number_is_taken_out_before_it_is_used(owner: str, var: Path) -> None:
    page = open_page(owner)
    ask(page, "Hvor mange nærhospitaler får borger 010190-1234?")
    assert "[CPR]" in questions_of(page)[0]
    assert "010190" not in html_of(page)
    assert chat_texts.CPR_MASKED in [warning.value for warning in page.warning]
    assert b"010190" not in kept_in(var)


def test_a_shared_answer_is_shown_alone_and_held_against_the_agreements(
    owner: str, var: Path
) -> None:
    page = open_page(owner)
    ask(page, QUESTION)
    ask(page, "Hvad er en sundhedsklynge?")
    click(page, chat_texts.SHARE_DO)
    link = next(c.value for c in page.code if "?svar=" in c.value)
    share_id = link.partition("?svar=")[2]
    shared = open_page("bo", svar=share_id)
    assert shared.title[0].value == chat_texts.SHARED_TITLE
    assert questions_of(shared) == [QUESTION]
    assert shared.success[0].value == chat_texts.SHARED_HOLDS
    with closing(sqlite3.connect(var / "conversations.sqlite")) as database, database:
        database.execute(
            "update shared set answer = replace(answer, 'op til 25 nærhospitaler', 'op til 52')"
        )
    changed = open_page("bo", svar=share_id)
    assert changed.error[0].value == chat_texts.SHARED_BROKEN.format(count=1, total=1)
    assert chat_texts.STATES["gone"] in html_of(changed)  # type: ignore[index]
    click(page, chat_texts.UNSHARE)
    gone = open_page("bo", svar=share_id)
    assert "findes ikke længere" in gone.error[0].value
    click(gone, chat_texts.SHARED_BACK)
    assert gone.title[0].value == texts.CHAT_TITLE


def test_a_locked_database_does_not_stop_the_chat(
    owner: str, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chains.conversation_file._WAIT_S", 0.05)
    page = open_page(owner)
    with closing(sqlite3.connect(var / "conversations.sqlite")) as other:
        other.execute("begin exclusive")
        ask(page, QUESTION)
        assert "op til 25" in html_of(page)
        assert any("gemmes ikke" in warning.value for warning in page.warning)
    ask(page, "Hvad er en sundhedsklynge?")
    again = open_page(owner, samtale=page.query_params["samtale"])
    assert len(questions_of(again)) == 2  # what could not be kept then is kept now


def test_a_damaged_database_is_told_and_the_open_conversation_is_kept_again(
    owner: str, var: Path
) -> None:
    page = open_page(owner)
    ask(page, QUESTION)
    for part in var.glob("conversations.sqlite*"):
        part.write_bytes(b"ikke en database " * 500)
    ask(page, "Hvad er en sundhedsklynge?")
    told = " ".join(warning.value for warning in page.warning)
    assert "lagt til side som conversations-damaged-" in told
    again = open_page(owner, samtale=page.query_params["samtale"])
    assert len(questions_of(again)) == 2


def test_200_questions_stay_usable(owner: str, var: Path) -> None:
    store = Conversations(Settings(_env_file=None, var_dir=var), owner)
    id_ = ""
    for number in range(200):
        asked = f"Spørgsmål {number}?"
        answer = Answer(question=asked, standalone_question=asked, kind=AnswerKind.TEXT,
                        text="Svar.", corpus_version="v")  # fmt: skip
        id_, _ = store.add(id_, asked, answer)
    page = open_page(owner, samtale=id_)
    assert questions_of(page) == [f"Spørgsmål {number}?" for number in range(192, 200)]
    click(page, chat_texts.SHOW_EARLIER.format(count=192))
    assert len(questions_of(page)) == 28
    ask(page, QUESTION)
    assert questions_of(page)[-1] == QUESTION


def test_without_a_known_browser_nothing_is_kept_and_that_is_said(var: Path) -> None:
    page = open_page(None)
    assert chat_texts.NOT_KEPT in [caption.value for caption in page.caption]
    assert chat_texts.WORD_EMPTY in [caption.value for caption in page.caption]
    assert [button.proto.disabled for button in page.get("download_button")] == [True]
    ask(page, QUESTION)
    assert "op til 25" in html_of(page)
    assert "samtale" not in page.query_params
    assert titles_of(page) == []


def test_all_that_is_kept_can_be_deleted(owner: str, var: Path) -> None:
    page = open_page(owner)
    ask(page, "Hvad koster et brolagt torv?")
    assert b"brolagt" in kept_in(var)
    page.checkbox(key="delete-all-sure").check().run()
    click(page, chat_texts.DELETE_ALL)
    assert titles_of(page) == []
    assert questions_of(page) == []
    assert b"brolagt" not in kept_in(var)


def test_what_failed_can_be_asked_again(owner: str) -> None:
    page = open_page(owner)
    page.session_state["pending"] = "Hvad? " * 2_000
    page.run()
    assert "Der er plads til 8000" in page.error[0].value
    click(page, chat_texts.ASK_THIS)
    assert "Der er plads til 8000" in page.error[0].value
    ask(page, QUESTION)
    assert not page.error
    assert questions_of(page) == [QUESTION]
