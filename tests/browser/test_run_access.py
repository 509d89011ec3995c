"""What nobody may be shut out by: language, names, focus, what is said, colours, width, motion."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chains import run_texts
from tests.browser.driving import SLOW_MS, OpenPage, Seen, ask, axe

LOOKUP = "Hvor mange nærhospitaler kan der oprettes?"
SERIES = "Hvad koster den digitale infrastruktur i alt fra 2023 til 2026?"
_ENGLISH = re.compile(
    r"\b(the|your|this|click|press|file|files|search|close|open|message|select|choose|add|remove|"
    r"download|upload|view|show|copy|running|page|pages|settings|deploy|rerun|help|loading|error|"
    r"sidebar|skip|content|scroll|fullscreen|chart|column|expand|collapse|increment|decrement|"
    r"visualization|axis|values?|titled|limit|streamlit)\b",
    re.IGNORECASE,
)
_LISTEN = """() => {
  window.heard = [];
  const region = document.getElementById('aftale-polite');
  new MutationObserver(() => window.heard.push(region.textContent))
    .observe(region, {childList: true, characterData: true, subtree: true});
}"""
_NAMES = """() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const hidden = node.parentElement.closest(
      'script, style, noscript, [aria-hidden="true"], [class^="aa"], .vega-embed');
    if (!hidden && node.data.trim()) found.add(node.data.trim());
  }
  for (const element of document.querySelectorAll('body *')) {
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title',
                        'placeholder', 'alt']) {
      if (element.getAttribute(name)) found.add(`${name}=${element.getAttribute(name)}`);
    }
  }
  return [...found];
}"""
_FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  window.tour ??= [];
  if (window.tour.includes(element)) return null;
  window.tour.push(element);
  const shown = element.closest('label') ?? element.closest('[data-testid="stChatInput"]')
    ?? element;
  const ringed = [element, shown].some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = shown.getBoundingClientRect();
  const top = document.elementFromPoint(
    Math.min(box.left + box.width / 2, innerWidth - 1),
    Math.min(Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2, innerHeight - 1));
  return {
    name: element.getAttribute('aria-label') ?? element.innerText?.slice(0, 40) ?? '',
    scrolls: element.tagName === 'MAIN' || element.tagName === 'SECTION',
    ringed, covered: !(shown.contains(top) || top?.contains(shown)),
    size: Math.min(box.width, box.height),
  };
}"""
_UNREACHED = """() => [...document.querySelectorAll(
    'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), summary')]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})
    && !one.closest('[aria-hidden="true"], [inert]') && !window.tour.includes(one))
  .map((one) => one.outerHTML.slice(0, 200))"""


_SETTLED_MS = 2_000
"""After an answer the window has come to rest, and Streamlit scrolls no more."""


@pytest.fixture
def answered(open_page: OpenPage) -> Page:
    """A page with an answer that has a chart, a table and sources, and one that quotes."""
    page = open_page()
    page.evaluate(_LISTEN)
    ask(page, SERIES)
    expect(page.locator("#aftale-polite")).to_have_text(re.compile("Svar klar"), timeout=SLOW_MS)
    return page


def open_all(page: Page) -> None:
    closed = page.locator(".stMain details:not([open]) > summary")  # the side may be folded
    while closed.count():
        closed.first.click()


def test_the_page_is_danish_after_it_is_drawn_too(answered: Page) -> None:
    assert answered.evaluate("document.documentElement.lang") == "da"
    assert "Aftaleassistenten" in answered.title()


def test_each_answer_is_told_twice_and_focus_stays_in_the_input(answered: Page) -> None:
    assert answered.evaluate("window.heard") == [run_texts.SAID["working"], "Svar klar, 1 kilde."]
    ask(answered, LOOKUP)
    answered.wait_for_function("() => window.heard.length >= 4", timeout=SLOW_MS)
    assert answered.evaluate("window.heard.slice(2)") == [
        run_texts.SAID["working"], "Svar klar, 1 kilde.",
    ]  # fmt: skip
    assert answered.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_no_name_or_text_of_a_control_is_english(answered: Page) -> None:
    open_all(answered)
    names = answered.evaluate(_NAMES)
    assert any("Besked fra" in name for name in names)
    assert [name for name in names if _ENGLISH.search(name.partition("=")[2] or name)] == []


def test_everything_is_reached_seen_and_uncovered_by_keyboard(answered: Page) -> None:
    stops: list[dict[str, Any]] = []
    answered.wait_for_timeout(_SETTLED_MS)
    answered.evaluate("document.activeElement.blur()")
    misses = 0
    while misses < 3 and len(stops) < 200:
        answered.keyboard.press("Tab")
        stop = answered.evaluate(_FOCUSED)
        if stop is None:
            misses += 1
        else:
            stops.append(stop)
    assert len(stops) > 8
    assert answered.evaluate(_UNREACHED) == []
    seen = [stop for stop in stops if not stop["scrolls"]]
    assert [stop["name"] for stop in seen if not stop["ringed"]] == []
    assert [stop["name"] for stop in seen if stop["covered"]] == []
    assert [(stop["name"], stop["size"]) for stop in seen if stop["size"] < 24] == []


def test_axe_finds_nothing_before_and_after_an_answer(open_page: OpenPage) -> None:
    page = open_page()
    assert axe(page) == []
    ask(page, SERIES)
    assert axe(page) == []
    open_all(page)
    assert axe(page) == []
    ask(page, "Hvordan bliver vejret på lørdag?")
    assert axe(page) == []


@pytest.mark.parametrize(
    "context",
    [
        {"color_scheme": "dark"},
        {"width": 320, "height": 640},
        {"forced_colors": "active"},
        {"reduced_motion": "reduce"},
    ],
)
def test_axe_finds_nothing_however_it_is_shown(
    open_page: OpenPage, context: dict[str, Any]
) -> None:
    page = open_page(**context)
    ask(page, LOOKUP)
    open_all(page)
    assert axe(page) == []
    width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= inner
    if "reduced_motion" in context:
        running = "document.getAnimations().filter(a => a.playState === 'running').length"
        assert page.evaluate(running) == 0


def test_a_tick_is_seen_in_forced_colours(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active", width=1280)
    tick = page.locator('[data-testid="stCheckbox"] polyline').first
    tick.wait_for(state="attached")
    stroke, ground = tick.evaluate(
        "e => [getComputedStyle(e).stroke, getComputedStyle(document.body).backgroundColor]"
    )
    assert stroke != ground


def test_an_error_is_an_alert_that_axe_has_nothing_against(
    start_app: Callable[..., str], open_page: OpenPage, tmp_path: Path, seen: Seen
) -> None:
    (tmp_path / "corpus" / "agreements").mkdir(parents=True)
    page = open_page(start_app(_corpus=tmp_path / "corpus"))
    page.get_by_role("alert").wait_for(timeout=SLOW_MS)
    assert axe(page) == []
    assert seen.failed == []
