import pytest

from corpus.cpr import MASK, mask_cpr


@pytest.mark.parametrize(
    "number",
    ["010190-1234", "0101901234", "010190 1234", "31.12.99-0001", "010190 - 1234", "290204–9999"],
)
def test_a_number_is_masked(number: str) -> None:
    assert mask_cpr(f"om borger {number}, tak") == f"om borger {MASK}, tak"


@pytest.mark.parametrize(
    "text",
    ["1.554,4 mio. kr.", "journalnr. 2020-1234", "tlf. 33 12 34 56", "320190-1234", "2022-2029",
     "101085,7", "45.2401901234"],
)  # fmt: skip
def test_what_is_none_is_left(text: str) -> None:
    assert mask_cpr(text) == text
