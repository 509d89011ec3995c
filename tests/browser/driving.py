"""How the browser tests drive a page: ask, wait, look for barriers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SLOW_MS = 120_000
"""How long a test waits for the slowest machine."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'
MESSAGES = '[data-testid="stChatMessage"]'
WHOLE = '.aa, [data-testid="stAlert"]'
"""What the last message holds once it is an answer or an error."""
INPUT = 'textarea[data-testid="stChatInputTextArea"]'
FINISHED = """([quiet, messages, count, whole]) => {
  const all = document.querySelectorAll(messages);
  return document.querySelector(quiet) !== null && all.length >= count
    && all[all.length - 1].querySelector(whole) !== null;
}"""
"""Whether the page is quiet and the last of at least so many messages is whole."""


@dataclass
class Seen:
    """What the pages of one test did beside what was asked of them."""

    console: list[str] = field(default_factory=list)
    """Errors in the console and exceptions of scripts."""
    foreign: list[str] = field(default_factory=list)
    """Requests to any host but the app's."""
    failed: list[str] = field(default_factory=list)
    """Requests to the app that failed or were answered 400 and above."""


class OpenPage(Protocol):
    """Open a page of the app in a browser window of its own."""

    def __call__(
        self, path: str = "/", *, width: int = 1280, height: int = 800, **context: Any
    ) -> Page: ...


def wait_quiet(page: Page) -> None:
    """Wait until Streamlit has drawn the page and runs nothing."""
    page.wait_for_selector(QUIET, state="attached", timeout=SLOW_MS)


def ask(page: Page, question: str) -> None:
    """Type a question in the chat, send it, and wait for the finished answer."""
    before = page.locator(MESSAGES).count()
    box = page.locator(INPUT)
    box.fill(question, timeout=SLOW_MS)
    box.press("Enter")
    page.wait_for_function(
        FINISHED,
        arg=[QUIET, MESSAGES, before + 2, WHOLE],
        timeout=SLOW_MS,
    )


def axe(page: Page) -> list[str]:
    """Return each violation of WCAG 2.0-2.2 A and AA that axe finds; nothing is excluded."""
    options = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]
