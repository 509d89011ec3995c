import pytest

from ingest.times import find_times

TIMES = [
    ("7 mio. kr. i 2025", ["2025"]),
    ("7 mio. kr. i 1998 og 9 mio. kr. i 2025", ["1998", "2025"]),
    ("i perioden 2025-2026", ["2025-2026"]),
    ("i perioden 2025–2026", ["2025-2026"]),
    ("fra 2019 til 2023", ["2019-2023"]),
    ("fra 2025 til og med 2027", ["2025-2027"]),
    ("i skoleåret 2024/25", ["2024-2025"]),
    ("i skoleåret 2024-25", ["2024-2025"]),
    ("senest i 3. kvartal 2024", ["2024"]),
    ("frem mod 2025 og inden 2030", ["2025", "2030"]),
    ("i 2030-2028", ["2030"]),  # a span that runs backwards is its first year
    ("2.025 kr. og 32024 kr.", []),
    ("ingen år her", []),
]

LASTING = [
    ("7 mio. kr. i 2027 og frem", ["2027-"]),
    ("7 mio. kr. i 2027 og fremover", ["2027-"]),
    ("7 mio. kr. i 2027 og varigt", ["2027-"]),
    ("7 mio. kr. i 2027 og årligt", ["2027-"]),
    ("7 mio. kr. i 2027 og efterfølgende år", ["2027-"]),
    ("7 mio. kr. i 2027 og de følgende år", ["2027-"]),
    ("7 mio. kr. i 2027 og i årene derefter", ["2027-"]),
    ("7 mio. kr. i 2026 og 9 fra 2027 og frem", ["2026", "2027-"]),
    ("7 mio. kr. fra 2027", ["2027-"]),  # from a year, after an amount
    ("20 pct. fra 2027", ["2027-"]),
    ("årligt fra 2027", ["2027-"]),
    ("fra og med 2027 gives 7 mio. kr. om året", ["2027-"]),
    ("fra 2027 ændres reglerne", ["2027"]),
    ("årligt fra 2025 til 2027", ["2025-2027"]),
    ("7 mio. kr. i 2028 og varigt 3 mio. kr.", ["2028"]),  # "varigt" belongs to the next amount
]

NAMES = [
    "økonomiaftalen for 2019",
    "aftale om økonomi for 2021",
    "aftalen fra 2019",
    "finansloven for 2024",
    "budgetter for 2024",
    "lov nr. 871 af 21. juni 2022",
    "den 3. december 2024",
    "i forhold til 2023",
    "sammenlignet med 2023",
    "1 procentpoint lavere end i 2023",
    "vokset siden 2019",
    "evalueres i 2026",
    "afsluttes endeligt i 2027",
    "opgjort i 2024-priser",
    "opgjort i 2024-pl",
    "opgjort i 24-pl",
    "årligt frem mod 2025",
]


@pytest.mark.parametrize(("sentence", "periods"), [*TIMES, *LASTING])
def test_years_of_a_sentence(sentence: str, periods: list[str]) -> None:
    assert [str(time.period) for time in find_times(sentence)] == periods


@pytest.mark.parametrize("sentence", NAMES)
def test_a_year_that_only_names_something_is_none(sentence: str) -> None:
    assert find_times(sentence) == []


def test_a_year_beside_a_name_stays() -> None:
    (time,) = find_times("Som aftalt i økonomiaftalen for 2019 gives 4 mio. kr. i 2020.")
    assert str(time.period) == "2020"


def test_a_time_begins_with_its_year_and_holds_what_follows() -> None:
    sentence = "9 mio. kr. fra 2027 og frem til læger"
    (time,) = find_times(sentence)
    assert sentence[time.start : time.end].startswith("2027 og frem")
