"""The pages Aftaler, Tal and Aftalt as a user meets them, without a browser."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chains import Assistant, reader_texts
from corpus.settings import PROJECT
from tests.conftest import ECONOMY, REFORM
from views.shared import shelf

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(fake_assistant: Assistant) -> Iterator[Open]:
    """A function that opens a page with a query."""
    shelf().assistant = fake_assistant

    def open_(name: str, **query: str | list[str]) -> AppTest:
        page = AppTest.from_file(str(PROJECT / "views" / f"{name}.py"), default_timeout=120)
        for key, value in query.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception
        return page

    yield open_
    st.cache_resource.clear()


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def told(page: AppTest) -> str:
    shown = [*page.error, *page.warning, *page.info, *page.success]
    return "\n".join(one.value for one in shown).replace("\\", "")


# --- Aftaler -------------------------------------------------------------------------------------


def test_the_whole_agreement_is_there_word_for_word(
    open_page: Open, fake_assistant: Assistant
) -> None:
    for id_ in (ECONOMY, REFORM):
        shown = re.sub(r"\s+", "", plain(html_of(open_page("agreements", id=id_))))
        agreement = fake_assistant.library.agreement(id_)
        for block in agreement.blocks:
            if block.kind == "row":
                continue  # its cells: below
            text = agreement.text[block.start : block.end].lstrip("•◦ ")
            assert re.sub(r"\s+", "", text) in shown
    assert '<th scope="row">3+</th>' in html_of(open_page("agreements", id=ECONOMY))


def test_a_citation_is_marked_in_the_text(open_page: Open, fake_assistant: Assistant) -> None:
    agreement = fake_assistant.library.agreement(REFORM)
    quote = "Partierne indgik aftale om indholdet i sundhedsreformen d. 20. maj 2022."
    start = agreement.text.index(quote)
    page = open_page(
        "agreements", id=REFORM, v=agreement.version, fra=str(start), til=str(start + len(quote))
    )
    assert reader_texts.QUOTE_SAME in told(page)
    assert f'<mark class="quote" id="citat">{quote}</mark>' in html_of(page)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"id": "nix"}, "„nix“ findes ikke i samlingen"),
        ({"id": "<script>alert(1)</script>"}, "findes ikke i samlingen"),
        ({"id": REFORM, "fra": "x", "til": "9"}, reader_texts.QUOTE_BAD),
        ({"id": REFORM, "fra": "9", "til": "99999999"}, reader_texts.QUOTE_BAD),
        ({"id": REFORM, "v": "abcdef"}, reader_texts.QUOTE_BAD),
        ({"id": REFORM, "v": "abcdef012345", "fra": "1", "til": "9"}, reader_texts.QUOTE_UNKNOWN),
        ({"id": REFORM, "afsnit": "99/findes-ikke"}, "Afsnittet „99/findes-ikke“ findes ikke"),
        ({"id": REFORM, "tal": "findes-ikke"}, "findes ikke i samlingen"),
    ],
)
def test_a_bad_link_is_told_and_nothing_is_marked(
    open_page: Open, query: dict[str, str], said: str
) -> None:
    page = open_page("agreements", **query)
    assert said in told(page)
    assert "<mark" not in html_of(page)


def test_sections_and_figures_have_links_that_open_them(open_page: Open) -> None:
    page = open_page("agreements", id=ECONOMY)
    html = html_of(page)
    links = re.findall(r'href="aftaler\?([^"]+)" aria-label="([^"]+)"', html)
    assert len({name for _, name in links}) >= 50  # 11 chapters, 35 headings, 7 boxes, 2 annexes
    section = open_page("agreements", id=ECONOMY, afsnit="bilag-2/boks-3")
    assert "Boks 3: Øvrige økonomiske forudsætninger" in told(section)
    assert 'class="box here"' in html_of(section)
    figure = open_page("agreements", id=ECONOMY, tal="teknologibidrag")
    assert 'class="figure here" id="tal-teknologibidrag"' in html_of(figure)


def test_every_figure_of_the_register_is_a_link_in_its_text(
    open_page: Open, fake_assistant: Assistant
) -> None:
    every = fake_assistant.library.figures
    for id_ in (ECONOMY, REFORM):
        anchors = set(re.findall(r'id="tal-([^"]+)"', html_of(open_page("agreements", id=id_))))
        assert anchors == {f.figure_id for f in every if f.agreement_id == id_}


def test_words_are_found_counted_and_stepped_through(open_page: Open) -> None:
    page = open_page("agreements", id=REFORM)
    page.text_input(key="soeg").set_value("NÆRHOSPITAL").run()
    count = html_of(page).count('<mark class="hit')
    assert count > 1
    assert f"{count} steder, viser nummer 1" in html_of(page)
    page.button(key="on").click().run()
    assert '<mark class="hit now" id="sted-2">' in html_of(page)
    page.button(key="back").click().run()
    page.button(key="back").click().run()
    assert f'<mark class="hit now" id="sted-{count}">' in html_of(page)
    page.text_input(key="soeg").set_value("kvantecomputer").run()
    assert ">0 steder. " in html_of(page)
    assert page.button(key="on").disabled


def test_another_agreement_is_chosen_and_the_link_is_forgotten(open_page: Open) -> None:
    page = open_page("agreements", id=REFORM, fra="0", til="20")
    page.selectbox(key="agreement").select(ECONOMY).run()
    assert set(page.query_params) == {"id"}
    assert ECONOMY in page.query_params["id"]
    assert "<mark" not in html_of(page)


# --- Tal -----------------------------------------------------------------------------------------


def test_figures_are_filtered_and_told_how_many(open_page: Open, fake_assistant: Assistant) -> None:
    page = open_page("figures")
    every = len(fake_assistant.library.figures)
    assert any(f"{every} af {every} aftalte tal" in one.value for one in page.markdown)
    page.multiselect(key="modtager").select("kommunerne").run()
    page.multiselect(key="aar").select("2024").run()
    ours = [f for f in fake_assistant.library.figures
            if f.receiver == "kommunerne" and f.holds_in(2024)]  # fmt: skip
    assert any(f"{len(ours)} af {every}" in one.value for one in page.markdown)
    assert html_of(page).count('<th scope="row"') == len(ours)
    assert "205,6" in html_of(page)
    page.text_input(key="soeg").set_value("kvantecomputer").run()
    assert reader_texts.NOTHING in told(page)


def test_a_figure_stands_with_its_words_and_relations(open_page: Open) -> None:
    page = open_page("figures", id=f"{REFORM}/omstilling-kommuner-2023")
    html = html_of(page)
    assert "<mark>203,9 mio. kr.</mark> i 2023" in html
    assert f"aftaler?id={REFORM}&amp;tal=omstilling-kommuner-2023" in html
    assert "Er en del af" in html
    assert "229,4 mio. kr." in html


@pytest.mark.parametrize(
    ("page_name", "query", "said"),
    [
        ("figures", {"id": "findes/ikke"}, "Tallet „findes/ikke“ findes ikke"),
        ("figures", {"tema": "Rumfart"}, "„Rumfart“"),
        ("figures", {"serie": "x/y"}, "Serien „x/y“ findes ikke"),
        ("figures", {"valgt": "x/y"}, "Tallet „x/y“ findes ikke"),
        ("commitments", {"id": "x/y"}, "Det aftalte „x/y“ findes ikke"),
        ("commitments", {"hvem": "kejseren"}, "„kejseren“"),
    ],
)
def test_a_link_to_what_is_not_there_is_told(
    open_page: Open, page_name: str, query: dict[str, str], said: str
) -> None:
    assert said in told(open_page(page_name, **query))


def test_picked_figures_are_summed_and_mixed_units_refused(open_page: Open) -> None:
    picked = [f"{REFORM}/omstilling-kommuner-{year}" for year in (2022, 2023)]
    page = open_page("figures", valgt=picked)
    assert "35 mio. kr. + 203,9 mio. kr. = 238,9 mio. kr." in html_of(page)
    page.multiselect(key="valgt-picked").select(f"{REFORM}/genindlaeggelser-2026").run()
    assert "ikke samme slags enhed" in told(page)
    assert "238,9" not in html_of(page)


# --- Aftalt --------------------------------------------------------------------------------------


def test_commitments_are_filtered_and_sorted_by_deadline(
    open_page: Open, fake_assistant: Assistant
) -> None:
    page = open_page("commitments")
    page.multiselect(key="frist").select("Med frist").run()
    page.multiselect(key="hvem").select("regionerne").run()
    ours = [c for c in fake_assistant.library.commitments
            if (c.deadline or c.due) and "regionerne" in c.actors]  # fmt: skip
    html = html_of(page)
    assert html.count('<th scope="row"') == len(ours) > 1
    dated = sorted((c for c in ours if c.due), key=lambda c: c.due)
    places = [html.index(c.entry_key.replace("/", "%2F")) for c in dated]
    assert places == sorted(places)


def test_a_commitment_stands_with_its_quote_and_place(
    open_page: Open, fake_assistant: Assistant
) -> None:
    one = next(c for c in fake_assistant.library.commitments if c.condition and c.act)
    html = html_of(open_page("commitments", id=one.entry_key))
    assert plain(html).count(one.quote) == 1
    assert f"fra={one.start}&amp;til={one.end}" in html
