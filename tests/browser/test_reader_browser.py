"""Reader and registers in a real browser: quotes in view, filters, files, barriers."""

import io
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from corpus.models import Agreement
from tests.browser.driving import OpenPage, Seen, axe, wait_quiet
from tests.conftest import REFORM

Open = Callable[..., Page]
_IN_VIEW = """id => {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""
PAGES = {
    "aftaler": f"/aftaler?id={REFORM}&afsnit=1/boks-1.2",
    "tal": "/tal?soeg=omstilling",
    "aftalt": "/aftalt?frist=Med+frist",
}


@pytest.fixture
def open_deep(open_page: OpenPage, seen: Seen) -> Iterator[Open]:
    """Open a page that is not the first one.

    Streamlit then looks for its server below the page's own path before it looks at the root:
    those 404s are in the console of every deep link, and no others may be.
    """

    def open_(path: str, **context: object) -> Page:
        page = open_page(path, **context)  # type: ignore[arg-type]
        page.wait_for_selector("h1")
        wait_quiet(page)
        return page

    yield open_
    assert all("/_stcore/" in one for one in seen.failed if one[0].isdigit())
    assert all("404" in one for one in seen.console)
    seen.console.clear()


def in_view(page: Page, id_: str) -> None:
    page.wait_for_function(_IN_VIEW, arg=id_)


def test_a_citation_opens_with_its_quote_marked_and_in_view(
    open_deep: Open, reform: Agreement
) -> None:
    quote = "Målsætningerne følges via relevante indikatorer"
    start = reform.text.index(quote)
    end = start + len(quote)
    page = open_deep(f"/aftaler?id={REFORM}&v={reform.version}&fra={start}&til={end}")
    assert page.locator("#citat").inner_text() == quote
    in_view(page, "citat")
    assert page.evaluate("document.activeElement.id") == "citat"  # the keyboard goes on from here


def test_sections_hits_and_figures_come_into_view(open_deep: Open) -> None:
    page = open_deep(f"/aftaler?id={REFORM}&afsnit=6/boks-6.1")
    in_view(page, "afsnit-6/boks-6.1")
    page.locator("nav.wide a", has_text="Boks 2.2").click()
    in_view(page, "afsnit-2/boks-2.2")
    box = page.get_by_role("searchbox", name="Søg i aftalens tekst")
    box.fill("nærhospital")
    box.press("Enter")
    page.wait_for_selector("mark.now#sted-1")
    in_view(page, "sted-1")
    page.get_by_role("button", name="Næste sted").click()
    page.wait_for_selector("mark.now#sted-2")
    in_view(page, "sted-2")
    figure = page.locator("article a.figure", has_text="340,4 mio. kr.")
    figure.click()
    page.wait_for_selector(".aa-card .value")
    assert page.locator(".aa-card .value").inner_text() == "340,4 mio. kr."
    page.get_by_role("link", name="Åbn i aftalen").click()
    page.wait_for_selector("a.figure.here")
    in_view(page, "tal-samlet-varigt")


def test_filtered_figures_are_shared_and_taken_along(open_deep: Open) -> None:
    page = open_deep("/tal?modtager=kommunerne&aar=2024")
    rows = page.locator("table.aa-register tbody tr")
    page.wait_for_selector("table.aa-register")
    count = rows.count()
    with page.expect_download() as held:
        page.get_by_role("button", name="Hent som Excel (xlsx)").click()
    book = load_workbook(io.BytesIO(held.value.path().read_bytes()))
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    table = [dict(zip(head, line, strict=True)) for line in lines]
    assert len(table) == count
    assert {line["Modtager"] for line in table} == {"kommunerne"}
    assert all(line["Citat"] and "/aftaler?id=" in str(line["Link"]) for line in table)
    with page.expect_download() as held:
        page.get_by_role("button", name="Hent som CSV").click()
    text = held.value.path().read_bytes().decode("utf-8-sig")
    assert text.startswith("Hvad;Værdi;")
    assert "205,6" in text


def test_series_are_drawn_and_told_in_a_table(open_deep: Open) -> None:
    both = f"serie={REFORM}/omstilling-kommuner&serie={REFORM}/omstilling-regioner"
    page = open_deep(f"/tal?{both}")
    page.locator('[data-testid="stVegaLiteChart"] :is(canvas, svg)').first.wait_for()
    page.get_by_role("row", name="2027 kommunerne 229,4 mio. kr.").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize(
    ("path", "look"), list(product(PAGES.values(), ("light", "dark", "narrow"))), ids=str
)
def test_no_barriers(open_deep: Open, path: str, look: str) -> None:
    size = {"width": 320, "height": 640} if look == "narrow" else {}
    page = open_deep(path, color_scheme="dark" if look == "dark" else "light", **size)
    page.wait_for_selector("article, table.aa-register")
    assert axe(page) == []
    wider = page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollWidth - "
        "document.querySelector('[data-testid=stMain]').clientWidth"
    )
    assert wider <= 0


def test_forced_colours_keep_the_mark(open_deep: Open, reform: Agreement) -> None:
    page = open_deep(f"/aftaler?id={REFORM}&fra=120&til=200", forced_colors="active")
    page.wait_for_selector("#citat")
    colours = page.evaluate(
        "(s => [s.backgroundColor, s.color])(getComputedStyle(document.getElementById('citat')))"
    )
    assert colours[0] != colours[1]
    assert colours[0] != page.evaluate("getComputedStyle(document.body).backgroundColor")
