"""The element on other people's pages, in Chromium, as the examples embed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chains import Assistant, Settings, api_texts
from tests.browser.driving import SLOW_MS
from tests.browser.hosting import bind, example, integrity, pages, served
from widget.api import Api
from widget.auth import make_token

QUESTION = "Hvor mange nærhospitaler kan der oprettes?"
CALCULATION = "Hvad beholder regionerne af nærhedsfinansieringen ved to kriterier?"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_HOSTILE = """<style>
  * { margin: 40px !important; font: 40px serif !important; color: red !important;
      background: black !important; border: 9px dotted lime !important; float: left !important; }
</style>"""


class Site:
    """An API, and a host page elsewhere that embeds its element."""

    def __init__(self, assistant: Assistant, var: Path, stack: ExitStack) -> None:
        self._assistant, self._var, self._stack = assistant, var, stack
        self.minted: list[str] = []
        self.host = ""

    def open(
        self,
        *names: str,
        extra: str = "",
        known: bool = True,
        tokens: int = 0,
        sri: str = "",
        **given: Any,
    ) -> str:
        """Serve example pages; return the address of the host."""  # fmt: skip
        own, elsewhere = bind(), bind()
        self.host = f"http://localhost:{elsewhere.getsockname()[1]}"
        origins = (self.host,) if known else ("http://localhost:1",)
        good, entry = make_token("host", origins)
        if tokens:
            path = self._var / "tokens.yaml"
            path.write_text(entry, encoding="utf-8")
            given |= {"api_auth": "token", "api_tokens_file": path}
        settings = Settings(
            var_dir=self._var, api_origins=origins, api_asks_per_minute=1_000, _env_file=None,
            **given,
        )  # fmt: skip
        api = Api(self._assistant, settings)
        self._stack.callback(api.close)
        self.api = self._stack.enter_context(served(api.app, own))
        files = {name: example(name, self.api) for name in names}
        files = {
            name: text.replace("<title>", f"{extra}<title>").replace(integrity("1.0.0"), sri)
            if sri
            else text.replace("<title>", f"{extra}<title>")
            for name, text in files.items()
        }
        refused = ["refused-token-of-thirty-characters"] * (tokens - 1)
        host = pages(files, [*refused, good], self.minted)
        self._stack.enter_context(served(host, elsewhere))
        return self.host


@pytest.fixture
def site(fake_assistant: Assistant, tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        yield Site(fake_assistant, tmp_path, stack)


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page; `page.said` are its errors and `page.cookies` what it was given to keep."""
    contexts = []

    def open_(url: str, *, width: int = 1000, height: int = 800, **context: Any) -> Page:
        made = chromium.new_context(
            viewport={"width": width, "height": height}, locale="da-DK", **context
        )
        contexts.append(made)
        page = made.new_page()
        page.set_default_timeout(SLOW_MS)
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.said = said  # type: ignore[attr-defined]
        page.goto(url)
        return page

    yield open_
    for one in contexts:
        one.close()


def ask(page: Page, question: str = QUESTION) -> None:
    """Type a question and wait for its answer."""
    page.get_by_label(api_texts.WIDGET["placeholder"]).fill(question)
    page.keyboard.press("Enter")
    answered(page)


def answered(page: Page) -> None:
    expect(page.locator("article").last.locator("button.mark").first).to_be_visible(timeout=SLOW_MS)


def test_a_strict_page_runs_it_and_nothing_is_kept(site: Site, browse) -> None:
    page = browse(site.open("strict.html") + "/strict.html")
    for _ in range(2):
        ask(page)
    page.locator("details[part=source] summary").first.click()
    expect(page.locator("mark").first).to_contain_text("25 nærhospitaler")
    assert page.said == []
    border = "getComputedStyle(document.querySelector('aftale-assistent').shadowRoot"
    assert page.evaluate(f"{border}.querySelector('.panel')).borderTopWidth") == "1px"
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0, 0, "",
    ]  # fmt: skip
    assert page.context.storage_state()["origins"] == []


def test_a_file_that_was_changed_does_not_run(site: Site, browse) -> None:
    page = browse(site.open("strict.html", sri="A" * 64) + "/strict.html")
    assert not page.evaluate("!!customElements.get('aftale-assistent')")
    assert "integrity" in page.said[0]


def test_the_host_does_not_reach_in_nor_the_element_out(site: Site, browse) -> None:
    square = "<style>aftale-assistent { --aa-radius: 0 }</style>"  # else the page shows at corners
    page = browse(site.open("plain.html", extra=square) + "/plain.html")
    page.get_by_role("button", name=api_texts.WIDGET["open"]).click()
    clean = page.locator("aftale-assistent .panel").screenshot(animations="disabled")
    before = "() => Object.keys(window)"
    assert "AftaleAssistent" not in page.evaluate(before)
    page.evaluate("css => document.head.insertAdjacentHTML('beforeend', css)", _HOSTILE)
    assert page.locator("aftale-assistent .panel").screenshot(animations="disabled") == clean
    styles = "() => JSON.stringify({...getComputedStyle(document.querySelector('h1'))})"
    with_it = page.evaluate(styles)
    page.evaluate("() => document.querySelector('aftale-assistent').remove()")
    assert page.evaluate(styles) == with_it


def test_everything_is_reached_by_keyboard(site: Site, browse) -> None:
    page = browse(site.open("plain.html") + "/plain.html")
    expect(page.get_by_role("button", name=api_texts.WIDGET["open"])).to_be_visible()
    focused = "() => document.querySelector('aftale-assistent').shadowRoot.activeElement?.{}"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(focused.format("tagName")) == "TEXTAREA"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answered(page)
    assert page.evaluate(focused.format("tagName")) == "TEXTAREA"
    seen: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        seen.add(str(page.evaluate(focused.format("textContent"))))
    assert "[1]" in seen
    assert any(text.startswith("[1] ") for text in seen)
    assert {api_texts.WIDGET["close"], "Ny samtale"} & seen
    page.get_by_role("button", name=api_texts.WIDGET["open_source"].format(marker=1)).focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[part=source]").first).to_have_attribute("open", "")
    assert page.evaluate(focused.format("tagName")) == "SUMMARY"
    page.keyboard.press("Escape")
    assert page.evaluate(focused.format("textContent")) == api_texts.WIDGET["open"]


def test_the_tree_that_a_screen_reader_gets_is_the_approved_one(site: Site, browse) -> None:
    page = browse(site.open("plain.html") + "/plain.html")
    page.get_by_role("button", name=api_texts.WIDGET["open"]).click()
    ask(page)
    tree = page.get_by_role("dialog").aria_snapshot()
    approved = Path(__file__).with_name("widget-tree.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(tree) == yaml.safe_load(approved), tree


def test_axe_finds_nothing_in_any_state(site: Site, browse) -> None:
    host = site.open("plain.html", "strict.html")
    for scheme in ("light", "dark"):
        page = browse(host + "/plain.html", color_scheme=scheme)
        page.get_by_role("button", name=api_texts.WIDGET["open"]).wait_for()
        _no_violations(page, f"{scheme} closed")
        page.get_by_role("button", name=api_texts.WIDGET["open"]).click()
        _no_violations(page, f"{scheme} empty")
        ask(page)
        _no_violations(page, f"{scheme} answer")
        page.locator("details[part=source] summary").first.click()
        ask(page, CALCULATION)
        page.get_by_text(api_texts.WIDGET["calculation"]).click()
        _no_violations(page, f"{scheme} calculation and sources open")
        page.route("**/ask/stream", lambda route: route.abort())
        page.get_by_label(api_texts.WIDGET["placeholder"]).fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.get_by_text(api_texts.WIDGET["retry"]).last).to_be_visible()
        _no_violations(page, f"{scheme} error")
    narrow = browse(host + "/strict.html", width=320, height=256)
    ask(narrow)
    _no_violations(narrow, "narrow")
    wide = "() => document.documentElement.scrollWidth"
    assert narrow.evaluate(wide) <= 320
    small = (
        "e => e.map(b => b.getBoundingClientRect()).filter(r => r.width && r.height < 24).length"
    )
    assert narrow.locator("aftale-assistent button:not(.mark)").evaluate_all(small) == 0


def _no_violations(page: Page, state: str) -> None:
    found = Axe().run(page, options={"runOnly": _TAGS}).response["violations"]
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
    assert told == [], state


def test_without_the_api_it_says_so_and_the_page_goes_on(site: Site, browse) -> None:
    host = site.open("plain.html", "strict.html")
    page = browse(host + "/plain.html")
    page.get_by_role("button", name=api_texts.WIDGET["open"]).click()
    page.route(f"{site.api}/api/**", lambda route: route.abort())
    page.get_by_label(api_texts.WIDGET["placeholder"]).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text(api_texts.WIDGET["offline"]).first).to_be_visible()
    page.unroute(f"{site.api}/api/**")
    page.get_by_role("button", name=api_texts.WIDGET["retry"]).click()
    answered(page)
    down = browse("about:blank")
    down.route(f"{site.api}/api/**", lambda route: route.abort())
    down.goto(host + "/strict.html")
    expect(down.get_by_role("alert")).to_contain_text("svarer ikke")
    assert down.get_by_role("heading", name="Aftaler").is_visible()
    down.unroute(f"{site.api}/api/**")
    down.get_by_role("button", name=api_texts.WIDGET["retry"]).click()
    ask(down)


def test_a_token_that_is_refused_is_fetched_anew_once(site: Site, browse) -> None:
    page = browse(site.open("token.html", "token.js", tokens=2) + "/token.html")
    ask(page)
    assert len(site.minted) == 2
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage, location.href])")
    assert not any(token in stored for token in site.minted)
    bad = browse(site.open("token.html", "token.js", tokens=99) + "/token.html")
    expect(bad.get_by_role("alert")).to_be_visible()
    assert len(site.minted) == 4


def test_a_page_that_is_not_on_the_list_gets_a_danish_no(site: Site, browse) -> None:
    page = browse(site.open("plain.html", known=False) + "/plain.html")
    expect(page.get_by_role("alert")).to_contain_text("svarer ikke")


def test_only_named_pages_may_frame_it(site: Site, browse) -> None:
    host = site.open("iframe.html")
    blocked = browse(host + "/iframe.html")
    assert "frame-ancestors" in " ".join(blocked.said)
    assert blocked.frames[1].locator("aftale-assistent").count() == 0
    named = site.open("iframe.html", api_frames=("http://localhost:*",))
    framed = browse(named + "/iframe.html")
    inside = framed.frame_locator("iframe")
    inside.get_by_label(api_texts.WIDGET["placeholder"]).fill(QUESTION)
    inside.get_by_label(api_texts.WIDGET["placeholder"]).press("Enter")
    expect(inside.locator("button.mark").first).to_be_visible(timeout=SLOW_MS)
