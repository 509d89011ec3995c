"""The page Hvor nævnes as a user meets it, on the real agreements."""

import pytest
from streamlit.testing.v1 import AppTest

from chains import Assistant, tools_texts
from tests.views.pages import html_of, open_page

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def find(term: str) -> AppTest:
    page = open_page("occurrences")
    page.text_input[0].set_value(term)
    next(b for b in page.button if b.label == tools_texts.PLACES_GO).click().run()
    assert not page.exception
    return page


def test_a_word_is_found_inflected_and_in_compounds_with_counts_and_links() -> None:
    page = find("telemedicin")
    shown = html_of(page)
    assert "nævnes 7 gange i 6 sætninger" in page.subheader[0].value
    assert "<mark>telemedicinske</mark>" in shown
    assert "telemedicinske (3)" in shown
    assert shown.count("/aftaler?id=") == 6
    assert page.query_params["ord"] == "telemedicin"


def test_an_alias_finds_the_other_name() -> None:
    shown = html_of(find("Praktiserende Lægers Organisation"))
    assert "<mark>PLO</mark>" in shown
    assert "„PLO“" in shown


def test_a_word_that_stands_nowhere_is_told_with_what_was_looked_for() -> None:
    page = find("<i>folkeskole</i> * ")
    assert page.subheader[0].value.startswith("0 steder")
    assert "Økonomiaftalen for 2021" in html_of(page)
    assert "<i>" not in html_of(page)
    assert "<mark>" not in html_of(page)


def test_an_address_brings_the_word_back() -> None:
    page = open_page("occurrences", ord="sundhedsklynge")
    assert page.text_input[0].value == "sundhedsklynge"
    assert "<mark>" in html_of(page)


def test_no_word_no_agreement_and_too_long_a_word_are_told() -> None:
    assert find("   ").warning[0].value == tools_texts.PLACES_EMPTY
    page = open_page("occurrences", ord="telemedicin")
    for box in page.checkbox:
        box.uncheck()
    next(b for b in page.button if b.label == tools_texts.PLACES_GO).click().run()
    assert page.warning[0].value == tools_texts.CHOOSE_ONE
    page = open_page("occurrences", ord="x" * 500)
    assert "81" in page.error[0].value


def test_every_place_quotes_its_agreement(assistant: Assistant) -> None:
    found = assistant.library.places("KL")
    assert found.count >= len(found.places) > 20
    text = {agreement.id: agreement.text for agreement in assistant.agreements}
    for place in found.places:
        cited = place.citation
        assert text[cited.agreement_id][cited.start : cited.end] == cited.quote
        assert all(word in cited.quote for word in place.printed)
