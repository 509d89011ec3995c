"""The editors' page as somebody with the role meets it; without the role there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chains import (
    LOCAL,
    Assistant,
    AssistantError,
    Decision,
    ItemKind,
    Settings,
    review_texts,
    texts,
)
from corpus.settings import PROJECT
from ingest.build import process
from ingest.review import decide, next_item
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, small_settings
from views.shared import shelf
from views.sign_in import is_local

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
NEW = """Aftale mellem regeringen og KL om havnen for 2031

5. juni 2030

1. Penge

Parterne er enige om at afsætte 120 mio. kr. til havnen i 2031.
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A small corpus that the page's server has open, asked from the machine itself."""
    made = small_settings(tmp_path).model_copy(update={"admins": (LOCAL,)})
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(made.corpus_dir))
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(made.var_dir))
    monkeypatch.setenv("ASSISTANT_ADMINS", LOCAL)
    monkeypatch.setattr(type(st.context), "ip_address", None)  # what Streamlit says of loopback
    assistant = Assistant.open(made, embedder=FakeEmbedder())
    shelf().assistant = assistant
    yield made
    assistant.close()
    st.cache_resource.clear()


def open_page() -> AppTest:
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()
    assert not page.exception
    page = page.switch_page("views/admin.py").run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def marked(page: AppTest) -> str:
    return shown(page).partition("<mark>")[2].partition("</mark>")[0]


def open_numbers(settings: Settings, person: str) -> AppTest:
    """Open the page where the review has come to the numbers."""
    while (item := next_item(settings, ID)) is not None and item.kind is ItemKind.STRUCTURE:
        decide(settings, ID, Decision(item_id=item.id, state=item.state, accept=True), "Carl")
    page = open_page()
    page.text_input(key="review-name").input(person).run()
    return page


def caption(page: AppTest) -> str:
    return " ".join(element.value for element in page.caption)


def test_an_item_is_accepted_rejected_left_and_undone(settings: Settings) -> None:
    page = open_numbers(settings, "Anna")
    assert page.title[0].value == review_texts.TITLE
    assert marked(page) == "100 mio. kr."
    next(i for i in page.text_input if i.label.startswith("Betegnelse")).input("Hele bevillingen")
    press(page, review_texts.ACCEPT)
    assert "Afgjort: 2 af Carl, Anna" in caption(page)
    assert [f.label for f in process(settings).figures if f.reviewed] == ["Hele bevillingen"]
    second = marked(page)
    press(page, review_texts.REJECT)
    assert page.warning[0].value == review_texts.REFUSED["no_reason"]
    assert marked(page) == second
    next(i for i in page.text_input if i.label == review_texts.REASON).input("ikke aftalt")
    press(page, review_texts.REJECT)
    assert "Afgjort: 3" in caption(page)
    third = shown(page)
    press(page, review_texts.LATER)
    assert shown(page) != third
    press(page, review_texts.UNDO)
    assert "Afgjort: 2" in caption(page)


def test_two_people_on_one_item(settings: Settings) -> None:
    one, other = open_numbers(settings, "Anna"), open_numbers(settings, "Bo")
    press(one, review_texts.ACCEPT)
    label = next(i for i in other.text_input if i.label.startswith("Betegnelse"))
    label.input("Bos ord")
    press(other, review_texts.ACCEPT)
    assert "Anna har afgjort det imens" in other.warning[0].value
    assert "Bos ord" in other.warning[0].value
    assert "Bos ord" not in (settings.figures_dir / f"{ID}.yaml").read_text("utf-8")


def test_a_file_becomes_an_agreement_and_is_compared(settings: Settings) -> None:
    page = open_page()
    page.file_uploader(key="upload").upload("ny.txt", NEW.encode(), "text/plain").run()
    assert not page.exception
    fields = {i.label: i for i in page.text_input}
    assert str(fields[review_texts.TITLE_FIELD].value).startswith("Aftale mellem regeringen og KL")
    assert fields[review_texts.DATE_FIELD].value == "2030-06-05"
    fields[review_texts.PERIOD_FIELD].input("")
    press(page, review_texts.ADD)
    assert "--period" in page.error[0].value
    next(i for i in page.text_input if i.label == review_texts.PERIOD_FIELD).input("2031")
    press(page, review_texts.ADD)
    assert "er tilføjet som" in page.success[0].value
    assert len(list(settings.agreements_dir.glob("*.yaml"))) == 2
    page = open_page()  # the new one is there at once
    press(page, review_texts.COMPARE)
    assert [button.label for button in page.download_button] == [
        review_texts.DOWNLOAD_XLSX, review_texts.DOWNLOAD_CSV,
    ]  # fmt: skip


def test_what_is_compared_first_is_an_agreement_with_the_one_before_it(settings: Settings) -> None:
    older = NEW.replace("havnen for 2031", "havnen for 2030").replace("juni 2030", "juni 2029")
    for text in (older, NEW):
        page = open_page()
        page.file_uploader(key="upload").upload("ny.txt", text.encode(), "text/plain").run()
        next(i for i in page.text_input if i.label == review_texts.PERIOD_FIELD).input("2031")
        press(page, review_texts.ADD)
    assistant = shelf().assistant
    assert assistant is not None
    page = open_page()
    chosen = {box.label: str(box.value) for box in page.selectbox}
    new, old = chosen[review_texts.NEW], chosen[review_texts.AGAINST]
    assert assistant.library.earlier(new) == old
    assert (new, old) == tuple(sorted((new, old), reverse=True))
    assert assistant.library.earlier(old) is None
    page.selectbox(key="compare-new").select(ID).run()
    assert {box.label: box.value for box in page.selectbox}[review_texts.AGAINST] != ID


def test_a_hostile_file_is_refused_in_danish(settings: Settings) -> None:
    page = open_page()
    page.file_uploader(key="upload").upload("ny.pdf", b"PK\x03\x04", "application/pdf").run()
    assert not page.exception
    assert "kan ikke bruges" in page.error[0].value


def test_without_the_role_there_is_no_page_and_no_desk(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ADMINS", "")
    page = AppTest.from_file(str(PROJECT / "views" / "admin.py"), default_timeout=60).run()
    assert page.error[0].value == review_texts.NOT_ALLOWED
    assert not page.tabs
    assistant = shelf().assistant
    assert assistant is not None
    for person in ("", "bo@example.dk"):
        with pytest.raises(AssistantError) as caught:
            assistant.desk(person)
        assert texts.describe_error(caught.value) == review_texts.NOT_ALLOWED


@pytest.mark.parametrize(
    ("address", "peer", "headers"),
    [
        ("0.0.0.0", None, {}),  # noqa: S104 - a server that all can reach
        ("", None, {}),
        ("localhost", "10.0.0.7", {}),
        ("localhost", None, {"X-Forwarded-For": "10.0.0.7"}),
        ("localhost", None, {"Host": "aftaler.example:8501"}),
    ],
)
def test_what_is_not_the_machine_itself(
    address: str, peer: str | None, headers: dict[str, str]
) -> None:
    assert not is_local(address, peer, headers)
    assert is_local("localhost", None, {"host": "[::1]:8501"})
