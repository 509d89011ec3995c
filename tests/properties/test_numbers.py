"""What must hold for every number: it is read as it is printed, and arithmetic can be undone."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.calculators import basic_contribution, cost_split, price_level, target
from chains.calculators.terms import (
    Term,
    add,
    average,
    change,
    convert,
    divide,
    multiply,
    percentage,
    ratio,
    regulate,
    subtract,
    take_share,
    whole_of,
)
from corpus.danish import (
    MONEY_UNITS,
    format_number,
    format_quantity,
    format_rounded,
    parse_number,
    parse_quantity,
)
from corpus.models import Quantity, Unit
from corpus.number_words import to_digits

CASES = settings(max_examples=1_000, deadline=None)
DIGITS = Decimal(10) ** -20

numbers = st.integers(0, 6).flatmap(lambda places: st.decimals(0, 10**18, places=places))
kroner = st.decimals(1_000, 10**12, places=2)
rates = st.decimals("0.1", 99, places=2)
counts = st.integers(1, 10**7).map(Decimal)
units = st.sampled_from(sorted(MONEY_UNITS))
money = st.builds(lambda amount, unit: Term("beløb", amount, unit), kroner, units)


def pct(number: Decimal) -> Term:
    return Term("sats", number, "pct.")


def agree(found: Decimal, expected: Decimal) -> bool:
    """Return whether two numbers are the same to 20 digits."""
    return abs(found - expected) <= abs(expected) * DIGITS


# --- what is printed is read back --------------------------------------------------------------


@CASES
@given(numbers)
def test_a_number_is_read_as_printed(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@CASES
@given(numbers, st.sampled_from(Unit))
def test_a_quantity_is_read_as_printed(number: Decimal, unit: Unit) -> None:
    quantity = Quantity(amount=number, unit=unit)
    assert parse_quantity(format_quantity(quantity)) == quantity


@CASES
@given(numbers, st.sampled_from(["kr.", "mio. kr.", "mia. kr.", "pct.", "procentpoint",
                                 "kr. pr. indbygger"]))  # fmt: skip
def test_an_input_is_read_as_shown(number: Decimal, unit: str) -> None:
    term = Term("tal", number, unit)
    assert parse_quantity(term.show()).amount == number


@CASES
@given(numbers)
def test_a_rounded_number_is_within_half_of_its_last_digit(number: Decimal) -> None:
    for whole in (False, True):
        printed = format_rounded(number, whole=whole)
        decimals = 0 if whole else max(1, 3 - number.adjusted()) if number else 1
        assert abs(parse_number(printed) - number) * 2 <= Decimal(1).scaleb(-decimals)
        assert len(printed.partition(",")[2]) <= decimals


ONES = (
    "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten "
    "sytten atten nitten"
).split()
TENS = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems".split()


def in_words(number: int, *, joined: str = "og") -> str:
    """Return a number from 2 to 9999 as a Dane says it."""
    thousands, rest = divmod(number, 1_000)
    hundreds, rest = divmod(rest, 100)
    words: list[str] = []
    if thousands:
        words += ["et" if thousands == 1 else ONES[thousands], "tusind"]
    if hundreds:
        words += ["et" if hundreds == 1 else ONES[hundreds], "hundrede"]
    if rest:
        words += [joined] if words and joined else []
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{ONES[ones]}og{TENS[tens - 2]}" if ones else TENS[tens - 2]


@CASES
@given(
    st.integers(2, 9_999).filter(lambda number: number % 100 != 1),
    st.sampled_from(["og", ""]),
    st.sampled_from(["{}", "{} kr.", "Fordel {} mio. kr.", "hvad med {} indbyggere?", "({})"]),
)
def test_a_number_in_words_is_read_as_digits(number: int, joined: str, around: str) -> None:
    words = in_words(number, joined=joined)
    assert to_digits(around.format(words)) == around.format(number)
    assert to_digits(around.format(words.capitalize())) == around.format(number)


@pytest.mark.parametrize("number", [101, 201, 2_301])
def test_a_number_in_words_that_ends_in_one(number: int) -> None:
    words = in_words(number).removesuffix("en") + "et"
    assert to_digits(f"{words} kr.") == f"{number} kr."


# --- sums --------------------------------------------------------------------------------------


@CASES
@given(st.lists(money, min_size=2, max_size=12), st.randoms())
def test_a_sum_does_not_depend_on_the_order(terms: list[Term], random) -> None:
    shuffled = list(terms)
    random.shuffle(shuffled)
    exact = sum((term.amount for term in terms), Decimal(0))
    assert add(terms).amount == add(shuffled).amount == exact
    assert average(terms).amount == average(shuffled).amount
    assert agree(average(terms).amount * len(terms), exact)


@CASES
@given(st.lists(money, min_size=2, max_size=8))
def test_a_sum_in_parts_is_the_sum(terms: list[Term]) -> None:
    in_parts = terms[0]
    for term in terms[1:]:
        in_parts = add([in_parts, term])
    assert in_parts.amount == add(terms).amount


@CASES
@given(kroner, st.decimals("0", 100, places=2))
def test_shares_that_make_a_whole_make_it_up(amount: Decimal, share: Decimal) -> None:
    whole = Term("beløb", amount, "mio. kr.")
    parts = [take_share(pct(part), whole) for part in (share, 100 - share)]
    assert agree(add(parts).amount, amount)
    assert agree(cost_split.rest(whole, parts[:1], "").amount, parts[1].amount)


# --- what is undone ----------------------------------------------------------------------------


@CASES
@given(money, rates)
def test_regulating_forward_and_back(amount: Term, rate: Decimal) -> None:
    later = price_level.regulate(amount, pct(rate), forward=True).result
    earlier = price_level.regulate(amount, pct(rate), forward=False).result
    back = price_level.regulate(later, pct(rate), forward=False).result
    again = price_level.regulate(earlier, pct(rate), forward=True).result
    assert agree(back.amount, amount.amount)
    assert agree(again.amount, amount.amount)
    assert earlier.amount < amount.amount < later.amount


@CASES
@given(money, rates)
def test_a_share_and_the_whole(amount: Term, share: Decimal) -> None:
    part = take_share(pct(share), amount)
    assert agree(whole_of(pct(share), part).amount, amount.amount)
    assert agree(take_share(pct(share), whole_of(pct(share), amount)).amount, amount.amount)
    assert agree(percentage(part, amount).amount, share)


@CASES
@given(money, counts)
def test_so_many_times_and_shared_out(amount: Term, count: Decimal) -> None:
    times = Term("antal", count, "enheder")
    product = multiply(amount, times)
    assert agree(divide(product, times).amount, amount.amount)
    assert agree(multiply(divide(amount, times), times).amount, amount.amount)
    assert agree(ratio(product, amount).amount, count)


@CASES
@given(counts, st.decimals(1, 1_000, places=2))
def test_inhabitants_and_grundbidrag(people: Decimal, kroner_each: Decimal) -> None:
    rate = Term("sats", kroner_each, "kr. pr. indbygger")
    total = basic_contribution.contribution(rate, Term("tal", people, "indbyggere")).result
    assert total.amount == people * kroner_each
    assert agree(basic_contribution.inhabitants(total, rate).result.amount, people)


@CASES
@given(money, rates)
def test_a_reduction_and_its_baseline(amount: Term, rate: Decimal) -> None:
    left = target.left(amount, pct(rate)).result
    assert agree(target.baseline_for(left, pct(rate)).result.amount, amount.amount)
    fewer = target.fewer(amount, pct(rate)).result
    assert agree(add([left, fewer]).amount, amount.amount)


@CASES
@given(st.decimals(1_000, 10**9, places=2), st.decimals(1_000, 10**9, places=2))
def test_a_change_in_percent_leads_from_old_to_new(old: Decimal, new: Decimal) -> None:
    before, after = Term("før", old, "mio. kr."), Term("nu", new, "mio. kr.")
    moved = change(before, after)
    assert agree(regulate(before, moved, up=True).amount, new)
    assert subtract(add([before, after]), after).amount == old


# --- units of money ----------------------------------------------------------------------------

BINARY: dict[str, Callable[[Term, Term], Term]] = {
    "add": lambda a, b: add([a, b]),
    "subtract": subtract,
    "average": lambda a, b: average([a, b]),
    "ratio": ratio,
    "percentage": percentage,
    "change": change,
}
UNARY: dict[str, Callable[[Term], Term]] = {
    "share": lambda a: take_share(pct(Decimal(67)), a),
    "whole": lambda a: whole_of(pct(Decimal(20)), a),
    "times": lambda a: multiply(a, Term("antal", Decimal(3), "år")),
    "each": lambda a: divide(a, Term("antal", Decimal(7), "klinikker")),
    "regulated": lambda a: regulate(a, pct(Decimal("1.3")), up=True),
}


@CASES
@given(money, units, units)
def test_another_unit_is_the_same_amount(term: Term, unit: str, other: str) -> None:
    for given_term in (term, take_share(pct(Decimal(67)), term)):
        shown = convert(given_term, unit)
        assert shown.amount == given_term.amount
        assert shown.unit == unit
        assert convert(convert(shown, other), term.unit).amount == given_term.amount
        assert agree(shown.value * MONEY_UNITS[unit], given_term.amount)


@CASES
@given(money, money, units, units)
def test_units_of_money_never_alter_a_result(a: Term, b: Term, one: str, other: str) -> None:
    changed_a, changed_b = replace(a, unit=one), replace(b, unit=other)
    for name, work in BINARY.items():
        assert work(a, b).amount == work(changed_a, changed_b).amount, name
    for name, work_one in UNARY.items():
        assert work_one(a).amount == work_one(changed_a).amount, name
