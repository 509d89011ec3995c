import pytest

from corpus.years import find_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("i 2021", {2021}),
        ("3 mio. kr. i 2022 og 6 mio. kr. i 2026", {2022, 2026}),
        ("4 mia. kr. i 2023-2026", {2023, 2024, 2025, 2026}),
        ("i perioden 2019–2021", {2019, 2020, 2021}),  # en dash
        ("skoleåret 2020/21", {2020, 2021}),
        ("i 2020-21", {2020, 2021}),
        ("47,7 mio. kr. i 2020-pl", {2020}),
        ("276 mio. kr. (21-pl) årligt", set()),  # a price level, not a year
        ("COVID-19", set()),
        ("2.021 kr. til 12021 borgere", set()),
        ("d. 20. maj 2022", {2022}),
        ("2030-dagsordenen", {2030}),
    ],
)
def test_find_years(text: str, years: set[int]) -> None:
    found = find_years(text)
    assert found.years == years
    assert found.onward_from is None
    assert bool(found) is bool(years)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("65 mio. kr. årligt fra 2024 og frem", 2024),
        ("stigende til 130,4 mio. kr. årligt fra 2029 og frem", 2029),
        ("25 mio. kr. i 2023 og varigt", 2023),
        ("varigt 20 mio. kr. fra 2024", 2024),
        ("100 mio. kr. årligt fra 2021", 2021),
        ("fra 1. januar 2022 og frem", 2022),
    ],
)
def test_and_on(text: str, first: int) -> None:
    found = find_years(text)
    assert found.onward_from == first
    assert first in found
    assert first + 30 in found
    assert first - 1 not in found


def test_a_year_alone_does_not_go_on() -> None:
    assert 2025 not in find_years("65 mio. kr. i 2024")
    assert 2025 not in find_years("fra 2024")


def test_a_span_holds_its_years_and_no_more() -> None:
    found = find_years("i 2023-2028")
    assert [year in found for year in (2022, 2023, 2026, 2028, 2029)] == [
        False,
        True,
        True,
        True,
        False,
    ]
