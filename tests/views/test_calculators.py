"""The page Beregn as a user meets it, on the real agreements."""

import pytest
from streamlit.testing.v1 import AppTest

from chains import FORMS, tools_texts
from tests.views.pages import html_of, open_page

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def field(page: AppTest, calculator: str, name: str) -> object:
    return page.session_state[f"calc-{calculator}-{name}"]


def test_a_changed_field_changes_result_steps_scenarios_and_address() -> None:
    page = open_page("calculators")
    assert "1.041,4 mio. kr." in html_of(page)  # 67 pct. of 1.554,4
    page.text_input(key="calc-proximity_funding-criteria").set_value("1").run()
    shown = html_of(page)
    assert '<p class="value">513 mio. kr.</p>' in shown  # 33 pct. of 1.554,4 = 512,952
    assert "33 pct. × 1.554,4 mio. kr. = 513 mio. kr." in shown
    assert "1 (valgt)" in shown
    assert shown.count("<tr") >= 1 + 5  # every outcome from 0 to 4
    assert "/aftaler?id=oekonomiaftale-regioner-2021" in shown
    assert page.query_params["criteria"] == "1"
    assert page.query_params["beregner"] == "proximity_funding"


@pytest.mark.parametrize("name", FORMS)
def test_every_calculator_has_a_result_as_it_opens(name: str) -> None:
    page = open_page("calculators", beregner=name)
    assert '<p class="value">' in html_of(page)
    assert not page.warning
    assert not page.error


def test_a_link_restores_the_fields_and_the_result() -> None:
    link = {"subject": "regionernes teknologibidrag", "percent": "12,5"}
    page = open_page("calculators", beregner="shares", **link)
    assert page.selectbox(key="calc-which").value == "shares"
    assert field(page, "shares", "percent") == "12,5"
    assert '<p class="value">50 mio. kr.</p>' in html_of(page)  # 12,5 pct. of 400


def test_a_share_that_is_also_an_agreed_rate_is_still_the_users_own() -> None:
    page = open_page("calculators", beregner="shares", percent="20")
    assert '<p class="value">80 mio. kr.</p>' in html_of(page)  # 20 pct. of 400
    assert "egen andel" in html_of(page)


def test_the_slider_writes_whole_per_cent() -> None:
    page = open_page("calculators", beregner="shares", percent="18")
    page.slider(key="calc-shares-percent-slider").set_value(25).run()
    assert field(page, "shares", "percent") == "25"
    assert '<p class="value">100 mio. kr.</p>' in html_of(page)


@pytest.mark.parametrize("typed", ["", "1.3", "tredive", "-5", "0", "9999999999", "1,1234567"])
def test_what_cannot_be_used_is_said_at_its_field_and_kept(typed: str) -> None:
    page = open_page("calculators", beregner="cost_split", amount="30")
    page.text_input(key="calc-cost_split-amount").set_value(typed).run()
    shown = html_of(page)
    assert "✗ Beløb (mio. kr.): " in shown
    assert '<p class="value">' not in shown
    assert field(page, "cost_split", "amount") == typed
    assert page.info[0].value == tools_texts.CALC_NOT_YET


def test_what_the_agreements_have_no_rate_for_is_said_and_the_fields_stay() -> None:
    page = open_page("calculators", beregner="price_level", amount="250", to_year="2023")
    assert "2023" in page.warning[0].value
    assert field(page, "price_level", "to_year") == "2023"
    assert field(page, "price_level", "amount") == "250"


def test_a_link_to_a_calculator_that_is_gone_says_so_until_another_is_chosen() -> None:
    page = open_page("calculators", beregner="gammel<b>", amount="7")
    assert "gammel" in page.error[0].value
    assert page.query_params["beregner"] == "gammel<b>"
    page.selectbox(key="calc-which").set_value("cost_split").run()
    assert not page.error
    assert page.query_params["beregner"] == "cost_split"


def test_a_key_of_ones_own_is_labelled_saved_and_used_again() -> None:
    page = open_page("calculators", beregner="own_key", amount="200", lines="A: 62,5\nB: 37,5")
    shown = html_of(page)
    assert tools_texts.OWN_LABEL in shown
    assert "62,5 pct. × 200 mio. kr. = 125 mio. kr." in shown
    assert "/aftaler" not in shown
    page.text_input[-1].set_value("Vores nøgle")
    next(b for b in page.button if b.label == tools_texts.SAVE).click().run()
    page.text_area(key="calc-own_key-lines").set_value("A: 100").run()
    assert field(page, "own_key", "lines") == "A: 100"
    next(b for b in page.button if "Vores nøgle" in b.label).click().run()
    assert field(page, "own_key", "lines") == "A: 62,5\nB: 37,5"
    next(b for b in page.button if b.label.startswith("Slet")).click().run()
    assert not [b for b in page.button if "Vores nøgle" in b.label]


def test_an_index_of_ones_own_goes_both_ways_and_says_what_is_missing() -> None:
    index = {"amount": "100", "lines": "2022: 10\n2023: -50"}
    page = open_page("calculators", beregner="own_index", from_year="2021", to_year="2023", **index)
    assert '<p class="value">55 mio. kr.</p>' in html_of(page)  # 100 × 1,1 × 0,5
    page = open_page("calculators", beregner="own_index", from_year="2023", to_year="2021", **index)
    assert '<p class="value">181,8 mio. kr.</p>' in html_of(page)  # 100 / 0,5 / 1,1 = 181,82
    page.text_input(key="calc-own_index-to_year").set_value("2025").run()
    assert "2024 og 2025" in html_of(page)
