import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.claims import find_claims


def printed(text: str) -> list[str]:
    return [claim.printed for claim in find_claims(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Der er 4 mia. kr. i 2023-2028.", ["4 mia. kr."]),
        ("5-10 beredskaber for 12,5 pct.", ["5-10", "12,5 pct."]),
        ("De får halvdelen, og tolv klinikker får en halv mia. kr.",
         ["halvdelen", "tolv", "en halv mia. kr."]),
        ("Fristen er 30 dage.", ["30 dage"]),
        ("Ring på 72 26 90 00 den 14. maj kl. 10.30 (lokale 3.14).", []),
        ("Se side 7, boks 2.1 og sag 2020-4471 om COVID-19 i 21-pl.", []),
        ("- 400 mio. kr.\n- 650 mio. kr.", ["400 mio. kr.", "650 mio. kr."]),
        ("1. Staten giver 12 mio.", ["12 mio."]),
        ("", []),
    ],
)  # fmt: skip
def test_numbers_of_a_pasted_text(text: str, numbers: list[str]) -> None:
    assert printed(text) == numbers


def test_each_number_has_the_words_of_its_own() -> None:
    first, second = find_claims("Puljen er på 650 mio. kr., mens løftet er 400 mio. kr. i 2021.")
    assert "Puljen" in first.clause
    assert "løftet" not in first.clause
    assert "løftet" in second.clause
    assert "Puljen" not in second.clause


@given(st.text(alphabet="afgmio. 0123456789,-½\nkr", max_size=80))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for claim in find_claims(text):
        assert text[claim.start : claim.end] == claim.printed != ""
