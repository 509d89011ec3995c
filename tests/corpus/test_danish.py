from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.danish import (
    find_quantities,
    fold_spaces,
    format_number,
    format_quantity,
    format_rounded,
    in_unit,
    parse_number,
    parse_printed,
    parse_quantity,
    printed_step,
    printed_unit,
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

PRINTED = [
    ("1,3 mia. kr.", "", "1300000000", None, Unit.KR, "mia. kr."),
    ("1.315,5 mio. kr.", "", "1315500000", None, Unit.KR, "mio. kr."),
    ("8,9 mio.", " i 2023", "8900000", None, Unit.KR, "mio. kr."),
    ("2 mio.", " ton", "2000000", None, Unit.NUMBER, ""),  # a scale before a counted thing
    ("750.000 kr.", "", "750000", None, Unit.KR, "kr."),
    ("½ mia. kr.", "", "500000000", None, Unit.KR, "mia. kr."),
    ("halvanden mia. kr.", "", "1500000000", None, Unit.KR, "mia. kr."),
    ("en halv mia. kr.", "", "500000000", None, Unit.KR, "mia. kr."),
    ("113 kr. pr. indbygger", "", "113", None, Unit.KR_PER_INHABITANT, "kr. pr. indbygger"),
    ("33 pct.", "", "33", None, Unit.PCT, "pct."),
    ("1,2 procentpoint", "", "1.2", None, Unit.PCT_POINT, "procentpoint"),
    ("Halvdelen", "", "50", None, Unit.PCT, "pct."),
    ("et halvt", " år", "0.5", None, Unit.NUMBER, ""),
    ("ti", " pladser", "10", None, Unit.NUMBER, ""),
    ("Fire", "", "4", None, Unit.NUMBER, ""),
    ("én", "", "1", None, Unit.NUMBER, ""),
    ("10", "-årig", "10", None, Unit.NUMBER, ""),
    ("1.000", "", "1000", None, Unit.NUMBER, ""),
    ("5-10", "", "5", "10", Unit.NUMBER, ""),
    ("15-20 pct.", "", "15", "20", Unit.PCT, "pct."),
    ("5–7 mio. kr.", "", "5000000", "7000000", Unit.KR, "mio. kr."),
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


@pytest.mark.parametrize(("value", "after", "amount", "high", "unit", "printed"), PRINTED)
def test_a_figure_as_an_agreement_prints_it(
    value: str, after: str, amount: str, high: str | None, unit: Unit, printed: str
) -> None:
    quantity, upper = parse_printed(value, after)
    assert quantity == Quantity(amount=Decimal(amount), unit=unit)
    assert upper == (Decimal(high) if high else None)
    assert printed_unit(value, quantity) == printed


@pytest.mark.parametrize(
    "value", ["", "1.3", "1.3 mia. kr.", "hold", "en", "tre til fire", "10-års"]
)
def test_a_printed_value_that_cannot_be_read(value: str) -> None:
    with pytest.raises(QuantityError):
        parse_printed(value)


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ("1,6 mia. kr.", "100000000"),
        ("1.304,5 mio. kr.", "100000"),
        ("2 mia. kr.", "1000000000"),
        ("750.000 kr.", "1"),
        ("25,07 pct.", "0.01"),
        ("33 pct.", "1"),
        ("halvanden mia. kr.", "100000000"),
        ("ti", "1"),
        ("Halvdelen", "0"),  # no digit: nothing to round
    ],
)
def test_what_the_last_printed_digit_counts(value: str, step: str) -> None:
    assert printed_step(value) == Decimal(step)


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("1554400000", "mio. kr.", "1554.4"),
        ("1554400000", "mia. kr.", "1.5544"),
        ("1554400000", "kr.", "1554400000"),
        ("0", "mio. kr.", "0"),
        ("33", "pct.", "33"),
        ("12", "", "12"),
    ],
)
def test_an_amount_in_a_unit_of_money(amount: str, unit: str, shown: str) -> None:
    assert in_unit(Decimal(amount), unit) == Decimal(shown)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("0", "0"),
        ("100", "100"),
        ("1000000", "1.000.000"),
        ("45.24", "45,24"),
        ("1.23456", "1,235"),  # four significant figures
        ("1.2345", "1,235"),  # half up, not half to even
        ("1.2355", "1,236"),
        ("123.45", "123,5"),
        ("1041.448", "1.041,4"),  # one decimal
        ("12345.65", "12.345,7"),
        ("0.12345", "0,1235"),
        ("0.00012345", "0,0001235"),
        ("0.05", "0,05"),
        ("2.50", "2,5"),  # zeros dropped
        ("9.9996", "10"),
        ("999.95", "1.000"),
        ("99999.96", "100.000"),
        ("-1.23456", "-1,235"),
    ],
)
def test_a_result_is_rounded_to_four_figures_or_one_decimal(number: str, printed: str) -> None:
    assert format_rounded(Decimal(number)) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("0.4", "0"),
        ("0.5", "1"),
        ("1.5", "2"),
        ("2.5", "3"),
        ("1041.448", "1.041"),
        ("12345.65", "12.346"),
        ("40", "40"),
    ],
)
def test_people_are_whole(number: str, printed: str) -> None:
    assert format_rounded(Decimal(number), whole=True) == printed


def test_a_long_division_prints() -> None:
    assert format_rounded(Decimal(10**30) / 3) == "333.333.333.333.333.333.333.333.333.300"


@pytest.mark.parametrize(
    ("text", "amount", "unit", "printed"),
    [
        ("løft 2021 mia?", "2021", Unit.NUMBER, "2021"),
        ("løft 2021 pct.", "2021", Unit.NUMBER, "2021"),
        ("løft 2021 %", "2021", Unit.NUMBER, "2021"),
        ("løft 1998 tusind", "1998", Unit.NUMBER, "1998"),
        ("løft 2021 mio. kr.", "2021000000", Unit.KR, "2021 mio. kr."),
        ("løft 2.021 mia.", "2021000000000", Unit.KR, "2.021 mia."),
        ("løft 2100 mia.", "2100000000000", Unit.KR, "2100 mia."),  # no year of ours
        ("løft 2021 kr.", "2021", Unit.KR, "2021 kr."),
    ],
)
def test_a_year_before_a_scale_stays_a_year(
    text: str, amount: str, unit: Unit, printed: str
) -> None:
    ((quantity, start, end),) = find_quantities(text)
    assert quantity == Quantity(amount=Decimal(amount), unit=unit)
    assert text[start:end] == printed


@given(st.decimals(min_value=1, max_value=10**12, places=4))
def test_a_rounded_number_is_near_and_short(number: Decimal) -> None:
    printed = format_rounded(number)
    assert abs(parse_number(printed) - number) <= max(number / 2_000, Decimal("0.05"))
    assert len(printed.partition(",")[2]) <= 3
