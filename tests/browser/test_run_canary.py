"""Nothing in a question, an answer, a stored conversation or an agreement loads by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.canary import Canary, payloads
from tests.browser.driving import OpenPage, Seen, ask, wait_quiet
from tests.small_corpus import ID, write_agreement


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


def settle(page: Page) -> None:
    """Wait until the page has drawn everything and its network has been idle for a while."""
    wait_quiet(page)
    page.wait_for_load_state("networkidle")


def test_the_canary_hears_a_page_that_is_careless(chromium: Browser, canary: Canary) -> None:
    page = chromium.new_page()
    page.set_content(f'<img src="{canary.url}/x.png">', wait_until="networkidle")
    page.close()
    assert canary.asked == ["/x.png"]


def test_a_question_loads_nothing_now_or_when_it_is_shown_again(
    open_page: OpenPage, canary: Canary
) -> None:
    page = open_page()
    every = payloads(canary.url)
    assert len(every) >= 12
    for first in range(0, len(every), 5):
        hostile = "\n\n".join(every[first : first + 5])
        ask(page, f"Hvor mange nærhospitaler kan der oprettes? {hostile}")
    ask(page, f"Og hvem kan søge pengene? {every[0]}")
    settle(page)
    shown = page.locator('[data-testid="stChatMessage"]')
    assert "<iframe" in shown.all_inner_texts()[2]  # shown as the characters it is
    assert shown.locator(f'a[href^="{canary.url}"], a[href^="data:"], iframe').count() == 0
    page.reload()
    settle(page)
    assert canary.asked == []


@pytest.fixture
def hostile_app(start_app: Callable[..., str], tmp_path: Path, canary: Canary) -> str:
    """An app over a made-up agreement whose text and head hold every payload."""
    folder = tmp_path / "corpus" / "agreements"
    write_agreement(folder, 100)
    text = (folder / f"{ID}.txt").read_text(encoding="utf-8")
    for number, payload in enumerate(payloads(canary.url), 1):
        text += f"\n{number + 10}. Kaj {number} {payload.splitlines()[0]}\n\nParterne er enige om "
        text += f"at afsætte {number + 40} mio. kr. til kaj {number} {payload} i havnen.\n"
    (folder / f"{ID}.txt").write_text(text, encoding="utf-8")
    head_file = folder / f"{ID}.yaml"
    head = yaml.safe_load(head_file.read_text(encoding="utf-8"))
    head["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    head["title"] += f" ![t]({canary.url}/title.png)"
    head["short_title"] += f" ![s]({canary.url}/short.png) <img src='{canary.url}/s2.png'>"
    head["parties"] = [f"Regeringen ![p]({canary.url}/party.png)"]
    head_file.write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return start_app(_corpus=tmp_path / "corpus")


def test_an_agreement_loads_nothing(hostile_app: str, open_page: OpenPage, canary: Canary) -> None:
    page = open_page(hostile_app)
    page.locator('[data-testid="stChatInput"]').wait_for()
    for kaj in (1, 4, 11):
        ask(page, f"Hvor mange millioner kroner afsættes til kaj {kaj} i havnen?")
    for opener in page.locator("summary").all():
        opener.click()
    settle(page)
    assert canary.url in page.locator("body").inner_text()
    assert canary.asked == []


def test_the_policy_alone_holds_too(open_page: OpenPage, canary: Canary, seen: Seen) -> None:
    page = open_page()
    for payload in payloads(canary.url):
        if "refresh" not in payload:  # going elsewhere is no loading
            page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", payload)
    page.evaluate(
        """async url => {
             const style = document.createElement('style');
             style.textContent = `@import url(${url}/i.css); #root { background: url(${url}/b.png) }
               @font-face { font-family: x; src: url(${url}/f.woff2) } body { font-family: x }`;
             document.head.append(style);
             const script = document.createElement('script');
             script.src = `${url}/late.js`;
             document.head.append(script);
             new Image().src = `${url}/image.png`;
             navigator.sendBeacon(`${url}/beacon`, 'x');
             try { new WebSocket(url.replace('http', 'ws')); } catch { /* refused */ }
             try { new EventSource(`${url}/events`); } catch { /* refused */ }
             await fetch(`${url}/fetch`).catch(() => null);
           }""",
        canary.url,
    )
    page.wait_for_load_state("networkidle")
    assert canary.asked == []
    assert any("Content Security Policy" in said for said in seen.console)
    seen.console.clear()
    seen.foreign.clear()  # the browser tells of what it then refuses
