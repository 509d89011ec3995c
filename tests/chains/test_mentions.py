from decimal import Decimal

import pytest

from chains.mentions import find_mentions, merge_followup
from corpus.agreed import Period
from corpus.models import Unit

Number = tuple[str, Unit, str]
KR, PCT, COUNT = Unit.KR, Unit.PCT, Unit.NUMBER

NUMBERS: list[tuple[str, list[Number]]] = [
    ("Hvad er 67 pct. af 1.554,4 mio. kr.?", [("67", PCT, ""), ("1554400000", KR, "")]),
    ("58.000 indbyggere à 113 kr. pr. indbygger",
     [("58000", COUNT, "indbyggere"), ("113", Unit.KR_PER_INHABITANT, "")]),
    ("1,3 mio. indbyggere", [("1300000", COUNT, "indbyggere")]),
    ("2 mio. ton", [("2000000", COUNT, "ton")]),
    ("40/40/20", [("40", COUNT, ""), ("40", COUNT, ""), ("20", COUNT, "")]),
    ("2 mål af 4", [("2", COUNT, "mål"), ("4", COUNT, "")]),
    ("150 pladser og 25 nye nærhospitaler",
     [("150", COUNT, "pladser"), ("25", COUNT, "nærhospitaler")]),
    ("20%", [("20", PCT, "")]),
    ("fra 10 til 15 procent", [("10", COUNT, "til"), ("15", PCT, "")]),
    ("1.000.000 kr.", [("1000000", KR, "")]),
    ("½ mia. kr.", [("500000000", KR, "")]),
    ("100000000000000000000 kr.", [("1E+20", KR, "")]),
    ("Boks 3 og bilag 2 i kapitel 8", []),
    ("", []),
]  # fmt: skip
WORDS: list[tuple[str, list[Number]]] = [
    ("to mål opfyldt", [("2", COUNT, "mål")]),
    ("kun ét mål af fire", [("1", COUNT, "mål"), ("4", COUNT, "")]),
    ("halvanden mia. kr.", [("1500000000", KR, "")]),
    ("to en halv mio. kr.", [("2500000", KR, "")]),
    ("en kvart milliard kr.", [("250000000", KR, "")]),
    ("tre komma fem mio. kr.", [("3500000", KR, "")]),
    ("fem procentpoint", [("5", Unit.PCT_POINT, "")]),
    ("femogtyve nærhospitaler", [("25", COUNT, "nærhospitaler")]),
    ("to hundrede og ti mio. kr.", [("210000000", KR, "")]),
]  # fmt: skip
SHARED: list[tuple[str, list[str]]] = [
    ("1,5 af 2,5 mia.", ["1500000000", "2500000000"]),
    ("fra 1,5 til 2,5 mio. kr.", ["1500000", "2500000"]),
    ("1,5 eller 2 mio. kr.", ["1500000", "2000000"]),
    ("1,5, 2,5 og 3,5 mio. kr.", ["1500000", "2500000", "3500000"]),
]


@pytest.mark.parametrize(("question", "numbers"), NUMBERS + WORDS)
def test_numbers(question: str, numbers: list[Number]) -> None:
    found = [(m.amount, m.unit, m.noun) for m in find_mentions(question).numbers]
    assert found == [(Decimal(amount), unit, noun) for amount, unit, noun in numbers]


@pytest.mark.parametrize(("question", "amounts"), SHARED)
def test_a_unit_is_shared(question: str, amounts: list[str]) -> None:
    found = find_mentions(question).of_unit(KR)
    assert [m.amount for m in found] == [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize("question", ["2 af 4 mio. kr.", "3 til 5 mia. kr."])
def test_a_whole_number_may_be_a_count_and_shares_no_unit(question: str) -> None:
    assert [m.unit for m in find_mentions(question).numbers] == [COUNT, KR]


def test_numbers_stand_where_they_say() -> None:
    mentions = find_mentions("Fordel TO mio. kr. og 31 pct. på 25 hospitaler")
    assert mentions.text == "fordel 2 mio. kr. og 31 pct. på 25 hospitaler"
    for mention in mentions.numbers:
        assert mentions.text[mention.start : mention.end] == mention.text
    assert [m.text for m in mentions.of_unit(KR, PCT)] == ["2 mio. kr.", "31 pct."]


@pytest.mark.parametrize(
    ("question", "years", "span", "covered"),
    [
        ("i 2021 og 2022", (2021, 2022), None, (2021, 2022)),
        ("2022 før 2021", (2022, 2021), None, (2021, 2022)),
        ("i '23", (2023,), None, (2023,)),
        ("2021-2024", (2021, 2024), (2021, 2024), (2021, 2022, 2023, 2024)),
        ("2023–2025", (2023, 2025), (2023, 2025), (2023, 2024, 2025)),
        ("2022 t.o.m. 2025", (2022, 2025), (2022, 2025), (2022, 2023, 2024, 2025)),
        ("fra 2021 til og med 2024", (2021, 2024), (2021, 2024), (2021, 2022, 2023, 2024)),
        ("fra 2022 til 2024", (2022, 2024), (2022, 2024), (2022, 2023, 2024)),
        ("fra 2022 frem til 2024", (2022, 2024), (2022, 2024), (2022, 2023, 2024)),
        ("2022-24", (2022,), (2022, 2024), (2022, 2023, 2024)),
        ("fra 2024 til 2022", (2024, 2022), None, (2022, 2024)),
        ("fra 2024 og frem", (2024,), None, (2024,)),
        ("løftet 2021 mia?", (2021,), None, (2021,)),
        ("2021 pct.", (2021,), None, (2021,)),
        ("1.821 kr. i 1821", (), None, ()),
    ],
)  # fmt: skip
def test_years(
    question: str, years: tuple[int, ...], span: tuple[int, int] | None, covered: tuple[int, ...]
) -> None:
    mentions = find_mentions(question)
    assert mentions.years == years
    assert mentions.spans == ((Period(first=span[0], last=span[1]),) if span else ())
    assert mentions.covered_years() == covered


@pytest.mark.parametrize(
    "question", ["i 2021", "2021-2024", "løftet 2021 mia?", "2022 t.o.m. 2025", "i '23"]
)
def test_a_year_is_no_number(question: str) -> None:
    assert find_mentions(question).numbers == ()


@pytest.mark.parametrize(
    "question", ["løft med 2.021 mio. kr.", "en bevilling på 2.021,5 mio. kr."]
)
def test_an_amount_is_no_year(question: str) -> None:
    mentions = find_mentions(question)
    assert (len(mentions.numbers), mentions.years) == (1, ())


@pytest.mark.xfail(reason="'2025 mio' is more often a year and a unit in haste", strict=True)
def test_an_amount_in_round_digits_is_no_year() -> None:
    mentions = find_mentions("Fordel 2021 mio. kr. efter nøglen")
    assert (len(mentions.numbers), mentions.years) == (1, ())


def test_the_short_end_of_a_span_is_no_number() -> None:
    assert find_mentions("licensklinikker 2022-24").numbers == ()


def test_between_two_years_is_a_span() -> None:
    assert find_mentions("mellem 2022 og 2025").spans == (Period(first=2022, last=2025),)


def test_a_section_of_a_law_is_no_number() -> None:
    assert find_mentions("efter § 4 i loven").numbers == ()


@pytest.mark.xfail(reason="the unit is looked for after the number alone", strict=True)
def test_a_unit_may_stand_before_the_number() -> None:
    assert [m.unit for m in find_mentions("kr. 500 til hver").numbers] == [KR]


@pytest.mark.parametrize(
    ("question", "duration", "years"),
    [
        ("over fire år", 4, ()),
        ("i en 5-årig periode", 5, ()),
        ("gennem 10 år fra 2022", 10, (2022,)),
        ("for 3 år siden", None, ()),
        ("i 2022", None, (2022,)),
    ],
)
def test_durations(question: str, duration: int | None, years: tuple[int, ...]) -> None:
    mentions = find_mentions(question)
    assert (mentions.duration, mentions.years) == (duration, years)
    if duration:
        assert mentions.numbers == ()


@pytest.mark.parametrize(
    ("question", "levels", "years"),
    [
        ("276 mio. kr. (21-pl)", (2021,), ()),
        ("i 20-pl", (2020,), ()),
        ("fra 2020-pl til 2021-pl", (2020, 2021), ()),
        ("i 2021-priser", (2021,), ()),
        ("300 mio. kr. i 2020-priser i 2021", (2020,), (2021,)),
        ("i 21-prisniveau", (2021,), ()),
        ("pl 2021", (2021,), ()),
        ("i 2021", (), (2021,)),
    ],
)
def test_price_levels(question: str, levels: tuple[int, ...], years: tuple[int, ...]) -> None:
    mentions = find_mentions(question)
    assert (mentions.price_levels, mentions.years) == (levels, years)
    assert not mentions.of_unit(COUNT)


@pytest.mark.parametrize(
    ("question", "parties"),
    [
        ("hvad betaler staten og regionerne", ("staten", "regionerne")),
        ("regionernes, kommunernes og statens del",
         ("regionerne", "kommunerne", "staten")),
        ("KL's andel", ("kommunerne",)),
        ("regeringen og Danske Regioner", ("staten", "regionerne")),
        ("det kommunale og det statslige", ("kommunerne", "staten")),
        ("kommunikation, status og regionsklinikker", ()),
        ("kommunerne og kommunerne", ("kommunerne",)),
    ],
)  # fmt: skip
def test_parties_in_order_of_mention(question: str, parties: tuple[str, ...]) -> None:
    assert find_mentions(question).parties == parties


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Hvor mange mio. kr. er det?", "mio. kr."),
        ("Omregnet til mia. kr.", "mia. kr."),
        ("Skriv det i hele kroner", "kr."),
        ("Hvor mange millioner får de?", "mio. kr."),
        ("i milliarder", "mia. kr."),
        ("løft, mia?", "mia. kr."),
        ("Hvor meget er 5 mio. kr. plus 3 mio. kr.?", ""),
        ("Hvor stor er puljen?", ""),
        ("Hvad er 67 pct.?", ""),
    ],
)
def test_the_unit_asked_for(question: str, unit: str) -> None:
    assert find_mentions(question).unit_asked == unit


@pytest.mark.parametrize(
    ("question", "two_ways"),
    [
        ("1.3 mia. kr.", "1.3"),
        ("12.5 pct.", "12.5"),
        ("1.3000 kr.", "1.3000"),
        ("1.300 mio. kr.", ""),
        ("1,3 mia. kr.", ""),
        ("1.234.567 kr.", ""),
        ("den 29.5 maj", ""),
    ],
)
def test_a_number_that_can_be_read_two_ways(question: str, two_ways: str) -> None:
    mentions = find_mentions(question)
    assert mentions.two_ways == two_ways
    if two_ways:
        assert mentions.numbers == ()


@pytest.mark.parametrize(
    ("question", "negative"),
    [
        ("-3 mio. kr.", True),
        ("et budget på −3 mio. kr.", True),
        ("minus 5 pct.", True),
        ("2021-2024", False),
        ("5-10 beredskaber", False),
        ("nærhedsfinansiering - 2 mål", False),
        ("400 mio. kr. minus teknologibidraget", False),
    ],
)
def test_a_minus(question: str, negative: bool) -> None:
    assert find_mentions(question).negative is negative


@pytest.mark.parametrize(
    ("earlier", "question", "kept", "gone"),
    [
        ("Hvor stor var puljen i 2023?", "og i 2024?", ["puljen", "2024"], ["2023"]),
        ("Hvor meget får de i 2022-2024?", "og i 2025?", ["får", "2025"], ["2022", "2024"]),
        ("Fordel 80 mio. kr. efter nøglen", "hvad med 100 mio. kr.?",
         ["nøglen", "100 mio. kr."], ["80"]),
        ("Hvad er 67 pct. af 400 mio. kr.?", "og 33 pct.?", ["400 mio. kr.", "33 pct."], ["67"]),
        ("Nærhedsfinansiering, to mål", "og tre mål?", ["nærhedsfinansiering"], ["2 mål", "to"]),
        ("Hvad betaler staten i 2022?", "og regionerne?", ["2022", "regionerne"], ["staten"]),
        ("300 mio. kr. i 2020-pl i sundhed", "og i 2021-pl?",
         ["300 mio. kr.", "sundhed", "2021-pl"], ["2020-pl"]),
        ("Hvor stor er puljen i 2023?", "Hvorfor?", ["puljen", "2023", "Hvorfor?"], []),
    ],
)  # fmt: skip
def test_a_follow_up_replaces_what_it_says_itself(
    earlier: str, question: str, kept: list[str], gone: list[str]
) -> None:
    merged = merge_followup(earlier, question)
    assert merged.endswith(question)
    for words in kept:
        assert words in merged
    for words in gone:
        assert words not in merged


def test_a_follow_up_keeps_numbers_of_other_units() -> None:
    mentions = find_mentions(merge_followup("31 pct. af 400 mio. kr. i 2021", "og 500 mio. kr.?"))
    assert [m.amount for m in mentions.numbers] == [Decimal(31), Decimal(500_000_000)]
    assert mentions.years == (2021,)


@pytest.mark.parametrize(
    ("question", "years"),
    [("Hvad sker der efter 2025?", (2026,)), ("Hvad er aftalt efter 2025 og frem til 2028?", None)],
)
def test_what_comes_after_a_year_is_asked_of_the_next(
    question: str, years: tuple[int, ...] | None
) -> None:
    found = find_mentions(question).years
    assert found == years if years else 2025 in found
