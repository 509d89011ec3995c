from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.number_words import to_digits, word_value

WORDS = [
    ("nul", "0"),
    ("to", "2"),
    ("Fem", "5"),
    ("ti", "10"),
    ("seksten", "16"),
    ("femogtyve", "25"),
    ("fyrre", "40"),
    ("halvtreds", "50"),
    ("nioghalvfems", "99"),
    ("hundrede", "100"),
    ("tusind", "1000"),
    ("halvanden", "1.5"),
    ("halvandet", "1.5"),
    ("halvtredje", "2.5"),
    ("én", "1"),  # the accent tells it from the article
    ("ét", "1"),
]

NO_NUMBERS = ["en", "et", "million", "milliarder", "mio", "halv", "hest", "og", "i", "tiltag",
              "tiende", "første", "anden", ""]  # fmt: skip

TEXTS = [
    ("to mål", "2 mål"),
    ("Toogtredive sygehuse", "32 sygehuse"),
    ("fem til ti", "5 til 10"),
    ("ti, tyve og tredive", "10, 20 og 30"),
    ("alle fire", "alle 4"),
    ("halvtreds millioner kroner", "50 millioner kroner"),
    ("to milliarder kroner", "2 milliarder kroner"),
    ("en million", "1 million"),
    ("en mio. kr.", "1 mio. kr."),
    ("halvanden mia. kr.", "1,5 mia. kr."),
    ("1,5 mia. kr.", "1,5 mia. kr."),
    ("ingen tal her", "ingen tal her"),
    ("", ""),
]

LARGE = [
    ("hundrede og tyve", "120"),
    ("et hundrede og tyve", "120"),
    ("to hundrede tusind", "200000"),
    ("to tusind fem hundrede", "2500"),
    ("femten hundrede", "1500"),
    ("fire og tredive", "4 og 30"),  # two numbers; thirty-four is one word
    ("fireogtredive", "34"),
]

PARTS = [
    ("en halv milliard", "0,5 milliard"),
    ("halv mio. kr.", "0,5 mio. kr."),
    ("to og en halv mio.", "2,5 mio."),
    ("2 og en halv mio. kr.", "2,5 mio. kr."),
    ("en kvart mia.", "0,25 mia."),
    ("trekvart mio.", "0,75 mio."),
    ("på en halv mia. kr.", "på 0,5 mia. kr."),
    ("et halvt år", "et halvt år"),  # no scale behind it
    ("en halv time", "en halv time"),
    ("halvdelen", "halvdelen"),
]

ARTICLES = [
    ("en læge og et hospital", "en læge og et hospital"),
    ("kun et mål", "kun 1 mål"),
    ("mindst en", "mindst 1"),
    ("opfylder et af de fire", "opfylder 1 af de 4"),
    ("en ud af fire", "1 ud af 4"),
    ("hver anden", "hver anden"),
]


@pytest.mark.parametrize(("word", "value"), WORDS)
def test_the_value_of_a_word(word: str, value: str) -> None:
    assert word_value(word) == Decimal(value)


@pytest.mark.parametrize("word", NO_NUMBERS)
def test_a_word_that_is_no_number(word: str) -> None:
    assert word_value(word) is None


@pytest.mark.parametrize(("text", "digits"), [*TEXTS, *LARGE, *PARTS, *ARTICLES])
def test_words_to_digits(text: str, digits: str) -> None:
    assert to_digits(text) == digits


@given(st.text(alphabet="0123456789.,½ %-–"))
def test_digits_stay_as_they_are(text: str) -> None:
    assert to_digits(text) == text


@pytest.mark.parametrize(("text", "digits"), [*TEXTS, *LARGE, *PARTS])
def test_digits_hold_no_more_words(text: str, digits: str) -> None:
    assert to_digits(to_digits(text)) == digits
