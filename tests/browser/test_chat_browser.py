"""The chat as people use it all day: ask on, come back, take along, share, stop."""

import io
import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from chains import chat_texts, texts
from tests.browser.driving import SLOW_MS, OpenPage, Seen, ask, axe, wait_quiet

QUESTION = "Hvor mange nærhospitaler kan der oprettes?"
FOLLOW_UP = "Og hvem kan søge pengene?"
expect.set_options(timeout=15_000)


@pytest.fixture
def browser_of_one() -> dict[str, Any]:
    """What makes a browser window one of somebody whom nobody else knows."""
    cookie = {"name": "aftale_browser", "value": secrets.token_urlsafe(32), "domain": "localhost",
              "path": "/", "expires": -1, "httpOnly": True, "secure": False,
              "sameSite": "Lax"}  # fmt: skip
    return {"storage_state": {"cookies": [cookie], "origins": []}}


def questions(page: Page) -> list[str]:
    shown = page.locator(".aa-question").all_inner_texts()
    return [one for one in shown if one and not one.startswith("Læst som")]


def titles(page: Page) -> list[str]:
    return page.locator(".st-key-conversations button").all_inner_texts()


def barriers(page: Page) -> list[str]:
    """Return what axe finds once nothing fades in or out any more."""
    wait_quiet(page)
    page.wait_for_function(
        """() => document.querySelectorAll('[data-stale="true"]').length === 0
             && document.getAnimations().every((one) => one.playState !== "running")"""
    )
    return axe(page)


def click(page: Page, name: str, *, nth: int = 0) -> None:
    page.get_by_role("button", name=name, exact=True).nth(nth).click()
    wait_quiet(page)


def test_a_conversation_is_asked_on_reloaded_renamed_and_deleted(
    open_page: OpenPage, browser_of_one: dict[str, Any], seen: Seen
) -> None:
    page = open_page(**browser_of_one)
    expect(page.get_by_text("AI-system")).to_be_visible()
    ask(page, QUESTION)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == texts.CHAT_INPUT
    source = page.locator(".aa-source mark").first
    expect(source).to_be_visible()
    assert "op til 25 nærhospitaler" in source.inner_text()
    link = page.get_by_role("link", name=re.compile(r"Åbn \[1\] i aftalen"))
    assert re.match(r"/aftaler\?id=.+&v=.+&fra=\d+&til=\d+$", link.get_attribute("href") or "")
    assert link.get_attribute("target") == "_blank"
    assert "noreferrer" in (link.get_attribute("rel") or "")  # which means noopener as well
    reader = open_page(str(link.get_attribute("href")), **browser_of_one)
    expect(reader.locator("#citat")).to_be_in_viewport()
    marked = " ".join("".join(reader.locator("mark.quote").all_inner_texts()).split())
    assert "op til 25 nærhospitaler" in marked
    assert all("404" in one for one in seen.console)  # Streamlit looks for itself below the page
    seen.console.clear()
    ask(page, FOLLOW_UP)
    expect(page.get_by_text("Læst som:").last).to_be_visible()
    assert questions(page) == [QUESTION, FOLLOW_UP]
    names = page.get_by_role("link", name=re.compile("Åbn")).all_inner_texts()
    assert all("aftalen" in name for name in names)

    page.reload()
    expect(page.locator(".aa-question").first).to_have_text(QUESTION)
    wait_quiet(page)
    assert questions(page) == [QUESTION, FOLLOW_UP]
    fresh = open_page(**browser_of_one)
    expect(fresh.locator(".st-key-conversations button")).to_have_count(1)
    assert questions(fresh) == []
    stranger = open_page(page.url)
    expect(stranger.get_by_text("Samtalen findes ikke længere")).to_have_count(
        1 if "aftale_browser" in str(stranger.context.cookies()) else 0
    )
    assert questions(stranger) == []

    click(page, chat_texts.MANAGE)
    page.get_by_label(chat_texts.TITLE, exact=True).fill("Nærhospitaler")
    click(page, chat_texts.RENAME)
    expect(page.locator(".st-key-conversations button")).to_have_text(re.compile("Nærhospitaler"))
    if not page.get_by_text(chat_texts.DELETE_SURE).is_visible():
        click(page, chat_texts.MANAGE)
    page.get_by_text(chat_texts.DELETE_SURE).click()
    wait_quiet(page)
    click(page, chat_texts.DELETE)
    expect(page.get_by_text(chat_texts.NO_CONVERSATIONS)).to_be_visible()
    expect(page.locator(".aa-question")).to_have_count(0)


def test_an_answer_is_taken_along_and_shared(
    open_page: OpenPage, browser_of_one: dict[str, Any], tmp_path: Path
) -> None:
    page = open_page(**browser_of_one)
    ask(page, QUESTION)
    click(page, chat_texts.TAKE)
    expect(page.locator('[data-testid="stPopoverBody"] code').first).to_contain_text("tekstversion")
    with page.expect_download(timeout=SLOW_MS) as taken:
        page.get_by_role("button", name=chat_texts.WORD_ANSWER).click()
    assert re.fullmatch(r"notat-[\w-]+\.docx", taken.value.suggested_filename)
    note = Document(io.BytesIO(Path(taken.value.path()).read_bytes()))
    quotes = [p.text for p in note.paragraphs if p.style and p.style.name == "Quote"]
    shown = page.locator(".aa-source mark").first.inner_text()
    assert quotes == [f"„{shown}“"]
    page.keyboard.press("Escape")

    click(page, chat_texts.SHARE)
    click(page, chat_texts.SHARE_DO)
    link = page.locator('[data-testid="stPopoverBody"] code').filter(has_text="?svar=")
    expect(link).to_be_visible()
    stranger = open_page(link.inner_text())
    expect(stranger.get_by_text(chat_texts.SHARED_HOLDS)).to_be_visible()
    expect(stranger.locator(".aa-question").first).to_have_text(QUESTION)
    assert barriers(stranger) == []


def test_a_question_is_put_otherwise_and_one_is_stopped(
    open_page: OpenPage, browser_of_one: dict[str, Any]
) -> None:
    page = open_page(**browser_of_one)
    ask(page, QUESTION)
    click(page, chat_texts.EDIT)
    page.get_by_label(chat_texts.EDIT_LABEL).fill("Hvor mange akutberedskaber styrkes?")
    click(page, chat_texts.EDIT_DO)
    expect(page.locator(".aa-question").first).to_have_text("Hvor mange akutberedskaber styrkes?")
    expect(page.locator(".aa").first).to_contain_text("5-10")
    wait_quiet(page)
    assert len(questions(page)) == 1

    # So many sentences take long enough to be stopped on any machine.
    slow = " ".join(f"Hvad er aftalt om indsats nummer {n} i bydel {n}?" for n in range(160))
    box = page.locator('textarea[data-testid="stChatInputTextArea"]')
    box.fill(slow[:7_900])
    box.press("Enter")
    page.get_by_role("button", name=chat_texts.STOP, exact=True).click()
    expect(page.get_by_text(chat_texts.STOPPED)).to_be_visible()
    wait_quiet(page)
    assert len(questions(page)) == 2
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".aa").nth(1)).to_contain_text("op til 25")
    wait_quiet(page)
    assert questions(page) == ["Hvor mange akutberedskaber styrkes?", QUESTION]


def test_the_pages_states_have_no_barrier_that_axe_finds(
    open_page: OpenPage, browser_of_one: dict[str, Any]
) -> None:
    page = open_page(**browser_of_one, width=320)
    assert barriers(page) == []
    ask(page, "Hvad beholder regionerne af nærhedsfinansieringen ved to opfyldte kriterier?")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    click(page, chat_texts.TAKE)
    expect(page.locator('[data-testid="stPopoverBody"] code').first).to_be_visible()
    assert barriers(page) == []
