from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.danish import (
    find_quantities,
    fold_spaces,
    format_number,
    format_quantity,
    parse_number,
    parse_quantity,
)
from corpus.errors import QuantityError
from corpus.models import Quantity, Unit

NUMBERS = [
    ("0", "0"),
    ("7", "7"),
    ("1.554,4", "1554.4"),
    ("120.718,0", "120718.0"),
    ("6.500", "6500"),
    ("6500", "6500"),
    ("1.234.567", "1234567"),
    ("0,05", "0.05"),
    ("½", "0.5"),
    ("2½", "2.5"),
    ("\u00a07\u00a0", "7"),
]

QUANTITIES = [
    ("1.554,4", "1554.4", Unit.NUMBER),
    ("6.500", "6500", Unit.NUMBER),
    ("1.554,4 mio. kr.", "1554400000", Unit.KR),
    ("120.718,0 mio. kr.", "120718000000", Unit.KR),
    ("1,4 mia. kr.", "1400000000", Unit.KR),
    ("½ mia. kr.", "500000000", Unit.KR),
    ("2½ mio. kr.", "2500000", Unit.KR),
    ("2,4 mio.kr.", "2400000", Unit.KR),  # so printed under Sygehusmedicinregisteret
    ("8,9 mio.", "8900000", Unit.KR),  # so printed in Boks 6.1
    ("400\u00a0mio.\u00a0kr.", "400000000", Unit.KR),
    ("5 tusind kr.", "5000", Unit.KR),
    ("1 milliard kroner", "1000000000", Unit.KR),
    ("1.300 kr", "1300", Unit.KR),
    ("888.888.888.888 kr.", "888888888888", Unit.KR),
    ("113 kr. pr. indbygger", "113", Unit.KR_PER_INHABITANT),
    ("113\u00a0kr. pr.\nindbygger", "113", Unit.KR_PER_INHABITANT),
    ("1,3 pct.", "1.3", Unit.PCT),
    ("1,3 procent", "1.3", Unit.PCT),
    ("33 %", "33", Unit.PCT),
    ("33%", "33", Unit.PCT),
    ("5 procentpoint", "5", Unit.PCT_POINT),
    ("5 pct.-point", "5", Unit.PCT_POINT),
]

UNREADABLE = ["", "kr.", "mia. kr.", "1.3", "1.23.4", "1.554.4", "12.5", "1.2345", "1,3,4", "1,"]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_parse_number(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", [*UNREADABLE, "5 kr.", "1 000"])
def test_parse_number_refuses_what_can_be_read_two_ways(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_number(text)
    assert caught.value.text == text


@pytest.mark.parametrize(("text", "amount", "unit"), QUANTITIES)
def test_parse_quantity(text: str, amount: str, unit: Unit) -> None:
    assert parse_quantity(text) == Quantity(amount=Decimal(amount), unit=unit)


@pytest.mark.parametrize("text", [*UNREADABLE, "1.3 mia. kr.", "5 sygeplejersker", "-5 kr."])
def test_parse_quantity_refuses_what_can_be_read_two_ways(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert caught.value.text == text


def test_find_quantities_in_order_with_their_place() -> None:
    text = "35 mio. kr. i 2022, 203,9 mio. kr. og 113 kr. pr. indbygger, jf. boks 1.1, 1,3 pct."
    found = [(text[a:b], str(q.unit)) for q, a, b in find_quantities(text)]
    assert found == [
        ("35 mio. kr.", "kr"),
        ("2022", "number"),
        ("203,9 mio. kr.", "kr"),
        ("113 kr. pr. indbygger", "kr_per_inhabitant"),
        ("1,3 pct.", "pct"),  # "1.1" is left out: it can be read two ways
    ]


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("1554.40", None, "1.554,4"),
        ("120718.0", None, "120.718"),
        ("1E+3", None, "1.000"),
        ("-0.5", None, "-0,5"),
        ("2.25", 1, "2,3"),  # half up, not half to even
        ("2.35", 1, "2,4"),
        ("1554.4", 0, "1.554"),
    ],
)
def test_format_number(number: str, decimals: int | None, printed: str) -> None:
    assert format_number(Decimal(number), decimals) == printed


@pytest.mark.parametrize(
    ("amount", "unit", "printed"),
    [
        ("1554400000", Unit.KR, "1.554,4 mio. kr."),
        ("500000000", Unit.KR, "500 mio. kr."),
        ("1000000", Unit.KR, "1 mio. kr."),
        ("999999", Unit.KR, "999.999 kr."),
        ("113", Unit.KR_PER_INHABITANT, "113 kr. pr. indbygger"),
        ("1.3", Unit.PCT, "1,3 pct."),
        ("5", Unit.PCT_POINT, "5 procentpoint"),
        ("6500", Unit.NUMBER, "6.500"),
    ],
)
def test_format_quantity(amount: str, unit: Unit, printed: str) -> None:
    assert format_quantity(Quantity(amount=Decimal(amount), unit=unit)) == printed


def test_fold_spaces_drops_soft_hyphens() -> None:
    assert fold_spaces(" 400\u00a0mio. \n kr. sund\u00adhed ") == "400 mio. kr. sundhed"


amounts = st.decimals(min_value=0, max_value=10**15, places=3)


@settings(max_examples=1_000)
@given(amounts)
def test_a_printed_number_parses_back(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@settings(max_examples=1_000)
@given(amounts, st.sampled_from(Unit))
def test_a_printed_quantity_parses_back(amount: Decimal, unit: Unit) -> None:
    quantity = Quantity(amount=amount, unit=unit)
    assert parse_quantity(format_quantity(quantity)) == quantity


def test_a_scale_before_a_counted_thing_is_no_money() -> None:
    found = {
        text: [(quantity.amount, quantity.unit) for quantity, _, _ in find_quantities(text)]
        for text in ("2 mio. ton CO2-e", "8,9 mio. i 2023", "12 t. i døgnet", "COVID-19", "10-års")
    }
    assert found == {
        "2 mio. ton CO2-e": [(Decimal(2_000_000), Unit.NUMBER)],
        "8,9 mio. i 2023": [(Decimal("8900000"), Unit.KR), (Decimal(2023), Unit.NUMBER)],
        "12 t. i døgnet": [(Decimal(12), Unit.NUMBER)],
        "COVID-19": [],
        "10-års": [],
    }
