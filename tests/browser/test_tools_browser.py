"""Beregn, Tjek tal, Hvor nævnes and Om in a real browser: work, links, barriers, looks."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from chains import texts, tools_texts
from tests.browser.driving import SLOW_MS, OpenPage, Seen, axe, wait_quiet

expect.set_options(timeout=SLOW_MS)
TEXT = "Regionerne bidrager med 400 mio. kr. til teknologi. Grundbidraget er 112 kr."
SHARES = "/beregn?beregner=shares&subject=regionernes+teknologibidrag&percent="
PLACES = "/hvor-naevnes?ord=telemedicin"
_TARGETS = """() => [...document.querySelectorAll('.stMain a, .stMain button, .stMain summary')]
  .map(e => [e.outerHTML.slice(0, 200), e.getBoundingClientRect()])
  .filter(([, r]) => r.width > 1 && (r.width < 24 || r.height < 24)).map(([text]) => text)"""
_WIDE = """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll(
  '.stMain, .stMainBlockContainer')].map(e => e.scrollWidth - e.clientWidth + innerWidth)]"""
_MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e);
  return parseFloat(s.transitionDuration) > .02 || parseFloat(s.animationDuration) > .02;
}).map(e => e.tagName + '.' + e.className)"""
_UNSEEN = """() => [...document.querySelectorAll('.stMain button, .stMain input, .stMain a, mark')]
  .filter(e => { const s = getComputedStyle(e);
    return e.getBoundingClientRect().width > 1 && s.color === s.backgroundColor; })
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def _no_noise(open_page: OpenPage, seen: Seen) -> Iterator[None]:
    """Leave out that Streamlit looks for its own address below that of the page, and finds none."""
    yield
    probes = [url for url in seen.failed if url.endswith(("/_stcore/health", "/host-config"))]
    assert seen.failed == probes
    seen.console[:] = [said for said in seen.console if "404 (Not Found)" not in said]


def background(page: Page) -> str:
    return str(page.locator(".stApp").evaluate("e => getComputedStyle(e).backgroundColor"))


def result(page: Page, value: str) -> None:
    expect(page.locator(".aa-result .value")).to_have_text(value)


def check(page: Page, text: str = TEXT) -> None:
    page.get_by_role("textbox", name=tools_texts.CHECK_TEXT).fill(text)
    page.get_by_role("button", name=tools_texts.CHECK_GO).click()
    expect(page.locator(".aa-verdicts")).to_be_visible()
    wait_quiet(page)


def test_a_calculator_follows_its_fields_and_its_link_brings_it_back(open_page: OpenPage) -> None:
    page = open_page("/beregn")
    result(page, "1.041,4 mio. kr.")
    page.get_by_label("Opfyldte kriterier").fill("1")
    page.keyboard.press("Tab")
    result(page, "513 mio. kr.")
    expect(page.locator("tr.on th")).to_have_text("1 (valgt)")
    page.wait_for_url("**criteria=1**")
    link = page.get_by_role("link", name=tools_texts.CALC_LINK).evaluate("e => e.href")
    result(open_page(link), "513 mio. kr.")
    page.reload()
    result(page, "513 mio. kr.")


def test_the_slider_moves_by_keys(open_page: OpenPage) -> None:
    page = open_page(f"{SHARES}18")
    result(page, "72 mio. kr.")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    result(page, "76 mio. kr.")
    expect(page.get_by_label("Egen andel (pct.)")).to_have_value("19")


def test_marked_numbers_lead_to_their_verdicts_and_sources(open_page: OpenPage) -> None:
    page = open_page("/tjek-tal")
    check(page)
    marks = page.locator(".aa-checked mark")
    expect(marks).to_have_count(2)
    colours = [mark.evaluate("e => getComputedStyle(e).backgroundColor") for mark in marks.all()]
    assert len(set(colours)) == 2
    expect(marks.nth(0)).to_contain_text("400 mio. kr.✓1 (står i aftalen")
    expect(marks.nth(1)).to_contain_text("112 kr.✗2 (afviger")
    marks.nth(1).get_by_role("link").click()
    expect(page.locator("#tal-2")).to_be_in_viewport()
    source = page.locator("#tal-2 a").first
    assert "/aftaler?id=" in (source.get_attribute("href") or "")
    assert source.get_attribute("target") == "_blank"
    with page.expect_download() as download:
        page.get_by_role("button", name=tools_texts.DOWNLOAD_CSV).click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 2


def test_a_word_is_found_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/hvor-naevnes")
    page.get_by_role("textbox").focus()
    page.keyboard.type("telemedicin")
    page.keyboard.press("Enter")
    expect(page.locator(".aa-places mark").first).to_be_visible()
    page.wait_for_url("**ord=telemedicin")
    names = [link.inner_text() for link in page.locator(".aa-places a").all()]
    assert len(names) == len(set(names)) == 6


@pytest.mark.parametrize(
    "path",
    ["/beregn", f"{SHARES}18", f"{SHARES}200", "/beregn?beregner=own_key", "/tjek-tal", PLACES,
     "/om"],
)  # fmt: skip
def test_a_page_has_no_barriers_light_dark_forced_or_narrow(open_page: OpenPage, path: str) -> None:
    page = open_page(path, color_scheme="light")
    if path == "/tjek-tal":
        check(page)
    expect(page.locator("h1")).to_have_count(1)
    assert (background(page), axe(page)) == ("rgb(255, 255, 255)", [])
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(18, 25, 29)")
    assert axe(page) == []
    page.emulate_media(color_scheme="dark", forced_colors="active")
    assert page.evaluate(_UNSEEN) == []
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 256})
    page.wait_for_function("innerWidth === 320")
    assert max(page.evaluate(_WIDE)) <= 320
    assert page.evaluate(_TARGETS) == []


PAYLOADS = (
    "![x](http://canary.invalid/1.png)",
    "[x]: http://canary.invalid/2\n![y][x]",
    "<img src=http://canary.invalid/3.png>",
    "<svg><image href=http://canary.invalid/4.svg /></svg>",
    "<iframe src=http://canary.invalid/5></iframe>",
    "<style>body{background:url(http://canary.invalid/6)}</style>",
    "<link rel=stylesheet href=http://canary.invalid/7.css>",
    "<video poster=http://canary.invalid/8.png></video>",
    "<object data=http://canary.invalid/9></object>",
    "<script src=http://canary.invalid/10.js></script>",
    ":material/http://canary.invalid/11:",
    '"><img src=http://canary.invalid/12.png onerror=alert(1)>',
)


def test_what_is_typed_or_linked_loads_nothing(open_page: OpenPage, seen: Seen) -> None:
    everything = "\n".join(PAYLOADS)
    key = {"beregner": "own_key", "lines": f"{PAYLOADS[0]} : 60\n{PAYLOADS[2]} : 40"}
    result(open_page(f"/beregn?{urlencode(key)}"), "10 mio. kr.")
    wrong = {"beregner": "cost_split", "amount": PAYLOADS[2]}
    for path in (
        f"/hvor-naevnes?{urlencode({'ord': PAYLOADS[0]})}",
        f"/hvor-naevnes?{urlencode({'ord': everything})}",  # told as too long
        f"/beregn?{urlencode({'beregner': everything})}",  # told as gone
        f"/beregn?{urlencode(wrong)}",
    ):
        page = open_page(path)
        expect(page.get_by_role("alert").or_(page.locator(".stMain h3")).first).to_be_visible()
    page = open_page("/tjek-tal")
    check(page, f"{TEXT}\n{everything}\n{TEXT}")
    expect(page.locator(".aa-checked")).to_contain_text("<iframe src=http")
    assert page.locator(".stMain img, .stMain iframe").count() == 0
    assert seen.foreign == []


def test_nothing_moves_where_less_motion_is_asked_for(open_page: OpenPage) -> None:
    page = open_page(f"{SHARES}18", reduced_motion="reduce")
    result(page, "72 mio. kr.")
    assert page.evaluate(_MOVING) == []


def test_the_menu_goes_to_another_page_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page(f"{SHARES}18")
    result(page, "72 mio. kr.")
    page.get_by_role("link", name=tools_texts.NAV_ABOUT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Om assistenten")
    expect(page.get_by_text(texts.AI_NOTICE)).to_be_visible()
    page.get_by_role("link", name=tools_texts.NAV_CALCULATE).click()
    result(page, "72 mio. kr.")


def test_streamlits_own_chrome_is_hidden(open_page: OpenPage) -> None:
    page = open_page("/om")
    for name in ("stAppDeployButton", "stMainMenu", "stDecoration", "stStatusWidget"):
        assert page.get_by_test_id(name).filter(visible=True).count() == 0
