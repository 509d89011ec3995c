"""Every agreed rule, worked out by hand from the agreements."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from chains.calculators import (
    basic_contribution,
    conditional_grant,
    cost_split,
    per_unit,
    price_level,
    proximity_funding,
    series,
    shares,
    target,
    terms,
)
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Row, Term, Worked
from corpus import calculation_texts as texts
from corpus.danish import MONEY_UNITS
from corpus.errors import CalculationError
from ingest.index import Corpus


def term(number: str, unit: str = "", high: str | None = None) -> Term:
    """Return an agreed number; money is given in its unit and held in kroner."""
    scale = MONEY_UNITS.get(unit, Decimal(1))
    top = None if high is None else Decimal(high) * scale
    return Term(f"{number} {unit}", Decimal(number) * scale, unit, high=top)


def mio(number: str, high: str | None = None) -> Term:
    return term(number, "mio. kr.", high)


def pct(number: str, high: str | None = None) -> Term:
    return term(number, "pct.", high)


FUNDING = mio("1554.4")
RATE = term("113", "kr. pr. indbygger")
ZERO = term("0", "kr.")
TEAMS = term("5", "akutberedskaber", "10")


def values(worked: Worked) -> list[tuple[str, Decimal]]:
    return [(row.label, row.term.value) for row in worked.rows]


# --- nærhedsfinansiering -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "kept", "settled", "steps"),
    [
        ("0", "0", "1554.4", ("0 pct. × 1.554,4 mio. kr. = 0 mio. kr.",
                              "1.554,4 mio. kr. − 0 mio. kr. = 1.554,4 mio. kr.")),
        ("33", "512.952", "1041.448", ("33 pct. × 1.554,4 mio. kr. = 513 mio. kr.",
                                       "1.554,4 mio. kr. − 513 mio. kr. = 1.041,4 mio. kr.")),
        ("67", "1041.448", "512.952", ("67 pct. × 1.554,4 mio. kr. = 1.041,4 mio. kr.",
                                       "1.554,4 mio. kr. − 1.041,4 mio. kr. = 513 mio. kr.")),
        ("100", "1554.4", "0", ("100 pct. × 1.554,4 mio. kr. = 1.554,4 mio. kr.",
                                "1.554,4 mio. kr. − 1.554,4 mio. kr. = 0 mio. kr.")),
    ],
)  # fmt: skip
def test_settle(share: str, kept: str, settled: str, steps: tuple[str, ...]) -> None:
    both = [(texts.KEPT, Decimal(kept)), (texts.SETTLED, Decimal(settled))]
    stays = proximity_funding.settle(FUNDING, pct(share), "kept")
    goes = proximity_funding.settle(FUNDING, pct(share), "settled")
    assert stays.result.amount == Decimal(kept) * 1_000_000
    assert goes.result.amount == Decimal(settled) * 1_000_000
    for worked in (stays, goes):
        assert worked.calculator == "proximity_funding"
        assert worked.result.unit == "mio. kr."
        assert values(worked) == both
        assert worked.steps == steps
        assert worked.inputs == (pct(share), FUNDING)


@pytest.mark.parametrize(
    ("before", "after", "worth"),
    [
        ("0", "33", "512.952"),
        ("33", "67", "528.496"),
        ("67", "100", "512.952"),
        ("0", "100", "1554.4"),
        ("100", "100", "0"),
    ],
)
def test_one_more_criterion(before: str, after: str, worth: str) -> None:
    worked = proximity_funding.one_more(FUNDING, pct(before), pct(after))
    assert worked.result.value == Decimal(worth)
    assert worked.result.unit == "mio. kr."


def test_one_more_criterion_shows_both_shares() -> None:
    worked = proximity_funding.one_more(FUNDING, pct("33"), pct("67"))
    assert worked.steps == (
        "67 pct. × 1.554,4 mio. kr. = 1.041,4 mio. kr.",
        "33 pct. × 1.554,4 mio. kr. = 513 mio. kr.",
        "1.041,4 mio. kr. − 513 mio. kr. = 528,5 mio. kr.",
    )
    assert worked.inputs == (pct("67"), FUNDING, pct("33"))


# --- cost key ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "parts"),
    [
        (mio("247.4"), ("98.96", "98.96", "49.48")),
        (mio("113.1"), ("45.24", "45.24", "22.62")),
        (mio("0"), ("0", "0", "0")),
        (term("1", "mia. kr."), ("0.4", "0.4", "0.2")),
    ],
)
def test_split(base: Term, parts: tuple[str, ...]) -> None:
    key = [Row("staten", pct("40")), Row("kommunerne", pct("40")), Row("regionerne", pct("20"))]
    rows = cost_split.split(base, key)
    assert [row.label for row in rows] == ["staten", "kommunerne", "regionerne"]
    assert [row.term.value for row in rows] == [Decimal(part) for part in parts]
    assert {row.term.unit for row in rows} == {base.unit}
    assert sum(row.term.amount for row in rows) == base.amount


def test_split_shows_each_part() -> None:
    (row,) = cost_split.split(mio("247.4"), [Row("regionerne", pct("20"))])
    assert row.term.steps == ("20 pct. × 247,4 mio. kr. = 49,48 mio. kr.",)
    assert row.term.inputs == (pct("20"), mio("247.4"))


def test_rest() -> None:
    left = cost_split.rest(mio("113.1"), [mio("45.2"), mio("22.6")], "resten til staten")
    assert (left.name, left.value, left.unit) == ("resten til staten", Decimal("45.3"), "mio. kr.")
    assert left.steps == (
        "45,2 mio. kr. + 22,6 mio. kr. = 67,8 mio. kr.",
        "113,1 mio. kr. − 67,8 mio. kr. = 45,3 mio. kr.",
    )
    assert left.inputs == (mio("113.1"), mio("45.2"), mio("22.6"))


def test_whole_bill() -> None:
    worked = cost_split.whole_bill(mio("49.48"), pct("20"))
    assert worked.result.value == Decimal("247.4")
    assert worked.steps == ("49,48 mio. kr. / 20 pct. = 247,4 mio. kr.",)
    assert worked.inputs == (mio("49.48"), pct("20"))


# --- price levels ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "rate", "later", "step"),
    [
        (mio("300"), "1.3", "303.9", "300 mio. kr. × 1,013 = 303,9 mio. kr."),
        (mio("300"), "1.9", "305.7", "300 mio. kr. × 1,019 = 305,7 mio. kr."),
        (mio("300"), "1.4", "304.2", "300 mio. kr. × 1,014 = 304,2 mio. kr."),
        (term("3.5", "mia. kr."), "1.4", "3.549", "3,5 mia. kr. × 1,014 = 3,549 mia. kr."),
        (RATE, "1.3", "114.469", "113 kr. pr. indbygger × 1,013 = 114,5 kr. pr. indbygger"),
    ],
)
def test_regulate_forward(amount: Term, rate: str, later: str, step: str) -> None:
    worked = price_level.regulate(amount, pct(rate), forward=True)
    assert worked.result.value == Decimal(later)
    assert worked.result.unit == amount.unit
    assert worked.result.name == "i det senere prisniveau"
    assert worked.steps == (step,)
    assert worked.inputs == (amount, pct(rate))


@pytest.mark.parametrize(
    ("amount", "rate", "earlier", "step"),
    [
        (mio("303.9"), "1.3", "300", "303,9 mio. kr. / 1,013 = 300 mio. kr."),
        (mio("305.7"), "1.9", "300", "305,7 mio. kr. / 1,019 = 300 mio. kr."),
        (mio("304.2"), "1.4", "300", "304,2 mio. kr. / 1,014 = 300 mio. kr."),
        (mio("276"), "0", "276", "276 mio. kr. / 1 = 276 mio. kr."),
    ],
)
def test_regulate_back(amount: Term, rate: str, earlier: str, step: str) -> None:
    worked = price_level.regulate(amount, pct(rate), forward=False)
    assert worked.result.value == Decimal(earlier)
    assert worked.result.name == "i det tidligere prisniveau"
    assert worked.steps == (step,)


def test_growth_by_regulation() -> None:
    worked = price_level.growth(mio("300"), pct("1.3"))
    assert worked.result.value == Decimal("3.9")
    assert worked.steps == (
        "300 mio. kr. × 1,013 = 303,9 mio. kr.",
        "303,9 mio. kr. − 300 mio. kr. = 3,9 mio. kr.",
    )


def test_between_rates() -> None:
    worked = price_level.between_rates(mio("1000"), pct("1.9"), pct("1.3"))
    assert worked.result.value == Decimal(6)
    assert worked.steps[-1] == "1.019 mio. kr. − 1.013 mio. kr. = 6 mio. kr."
    assert worked.inputs == (mio("1000"), pct("1.9"), pct("1.3"))


# --- grundbidrag -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "kroner", "step"),
    [
        ("58000", "6554000", "58.000 indbyggere × 113 kr. pr. indbygger = 6.554.000 kr."),
        ("1", "113", "1 indbyggere × 113 kr. pr. indbygger = 113 kr."),
        ("0", "0", "0 indbyggere × 113 kr. pr. indbygger = 0 kr."),
        ("1300000", "146900000", "1.300.000 indbyggere × 113 kr. pr. indbygger = 146.900.000 kr."),
    ],
)
def test_contribution(people: str, kroner: str, step: str) -> None:
    worked = basic_contribution.contribution(RATE, term(people, "indbyggere"))
    assert (worked.result.amount, worked.result.unit) == (Decimal(kroner), "kr.")
    assert worked.steps == (step,)
    assert worked.inputs == (term(people, "indbyggere"), RATE)


@pytest.mark.parametrize(
    ("total", "people", "step"),
    [
        ("11.3", "100000", "11.300.000 kr. / 113 kr. pr. indbygger = 100.000 indbyggere"),
        ("660.5", "5845132.743362831858407079646",
         "660.500.000 kr. / 113 kr. pr. indbygger = 5.845.133 indbyggere"),
    ],
)  # fmt: skip
def test_inhabitants(total: str, people: str, step: str) -> None:
    worked = basic_contribution.inhabitants(mio(total), RATE)
    assert (worked.result.amount, worked.result.unit) == (Decimal(people), "indbyggere")
    assert worked.steps == (step,)


def test_beyond_agreed() -> None:
    other = term("120", "kr. pr. indbygger")
    worked = basic_contribution.beyond_agreed(RATE, other, term("58000", "indbyggere"))
    assert (worked.result.amount, worked.result.unit) == (Decimal(406_000), "kr.")
    assert worked.steps == (
        "120 kr. pr. indbygger − 113 kr. pr. indbygger = 7 kr. pr. indbygger",
        "58.000 indbyggere × 7 kr. pr. indbygger = 406.000 kr.",
    )


def test_share_of_total() -> None:
    people = term("66050", "indbyggere")  # 113 × 66.050 = 7.463.650 = 1,13 pct. af 660,5 mio.
    worked = basic_contribution.share_of_total(RATE, people, mio("660.5"))
    assert (worked.result.amount, worked.result.unit) == (Decimal("1.13"), "pct.")
    assert worked.steps == (
        "66.050 indbyggere × 113 kr. pr. indbygger = 7.463.650 kr.",
        "7,464 mio. kr. / 660,5 mio. kr. × 100 = 1,13 pct.",
    )
    assert worked.inputs == (people, RATE, mio("660.5"))


# --- budgets, shares, units --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "name", "by", "step", "word"),
    [
        ("121000", texts.OVER_FRAME, "282",
         "121.000 mio. kr. − 120.718 mio. kr. = 282 mio. kr.", "over"),
        ("120000", texts.UNDER_FRAME, "718",
         "120.718 mio. kr. − 120.000 mio. kr. = 718 mio. kr.", "under"),
        ("120718", texts.UNDER_FRAME, "0",
         "120.718 mio. kr. − 120.718 mio. kr. = 0 mio. kr.", "præcis på"),
    ],
)  # fmt: skip
def test_against_frame(budget: str, name: str, by: str, step: str, word: str) -> None:
    worked = conditional_grant.against_frame(mio(budget), mio("120718.0"))
    assert (worked.result.name, worked.result.value) == (name, Decimal(by))
    assert worked.steps == (step,)
    (remark,) = worked.remarks
    assert f"ligger {word} den aftalte ramme" in remark
    assert "ingen regel" in remark


def test_against_frame_takes_any_unit_of_money() -> None:
    worked = conditional_grant.against_frame(term("3.6", "mia. kr."), mio("3500"))
    assert (worked.result.value, worked.result.unit) == (Decimal(100), "mio. kr.")


def test_take() -> None:
    worked = shares.take(pct("50"), mio("276"), "den resterende del")
    assert (worked.result.name, worked.result.value) == ("den resterende del", Decimal(138))
    assert worked.steps == ("50 pct. × 276 mio. kr. = 138 mio. kr.",)
    assert worked.inputs == (pct("50"), mio("276"))


def test_each() -> None:
    worked = per_unit.each(term("4", "mia. kr."), term("25", "nærhospitaler"), texts.EACH)
    assert (worked.result.value, worked.result.unit) == (Decimal(160), "mio. kr.")
    assert worked.steps == ("4 mia. kr. / 25 nærhospitaler = 160 mio. kr.",)
    assert worked.inputs == (term("4", "mia. kr."), term("25", "nærhospitaler"))


@pytest.mark.parametrize(
    ("amount", "count", "shown"),
    [("4", "2", "2 mia. kr."), ("1", "2", "0,5 mia. kr."), ("1", "4", "250 mio. kr.")],
)
def test_a_part_of_a_milliard_is_shown_in_millions(amount: str, count: str, shown: str) -> None:
    worked = per_unit.each(term(amount, "mia. kr."), term(count, "klinikker"), texts.EACH)
    assert worked.result.show() == shown


def test_each_of_a_span_is_a_span() -> None:
    worked = per_unit.each(mio("65"), TEAMS, texts.EACH)
    assert worked.result.value == Decimal("6.5")
    assert worked.result.high == Decimal(13_000_000)
    assert worked.steps == ("65 mio. kr. / 5-10 akutberedskaber = 6,5-13 mio. kr.",)


# --- targets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "level", "step"),
    [
        ("5", "11.4", "12 pct. × (1 − 5 pct.) = 11,4 pct."),
        ("10", "10.8", "12 pct. × (1 − 10 pct.) = 10,8 pct."),
        ("15", "10.2", "12 pct. × (1 − 15 pct.) = 10,2 pct."),
        ("100", "0", "12 pct. × (1 − 100 pct.) = 0 pct."),
    ],
)
def test_left_and_back(rate: str, level: str, step: str) -> None:
    worked = target.left(pct("12"), pct(rate))
    assert (worked.result.amount, worked.result.unit) == (Decimal(level), "pct.")
    assert worked.steps == (step,)
    assert worked.inputs == (pct("12"), pct(rate))


def test_left_of_a_mass() -> None:
    worked = target.left(term("1000000", "ton"), pct("70"))
    assert (worked.result.amount, worked.result.unit) == (Decimal(300_000), "ton")
    assert worked.steps == ("1.000.000 ton × (1 − 70 pct.) = 300.000 ton",)


def test_fewer_is_in_points() -> None:
    worked = target.fewer(pct("12"), pct("10"))
    assert (worked.result.amount, worked.result.unit) == (Decimal("1.2"), "procentpoint")
    assert worked.steps == ("10 pct. × 12 pct. = 1,2 procentpoint",)


def test_missing() -> None:
    worked = target.missing(pct("12"), pct("10"), pct("11.5"))
    assert (worked.result.amount, worked.result.unit) == (Decimal("0.7"), "procentpoint")
    assert worked.steps == (
        "12 pct. × (1 − 10 pct.) = 10,8 pct.",
        "11,5 pct. − 10,8 pct. = 0,7 procentpoint",
    )
    assert worked.inputs == (pct("11.5"), pct("12"), pct("10"))


def test_baseline_for() -> None:
    worked = target.baseline_for(pct("10.8"), pct("10"))
    assert (worked.result.amount, worked.result.unit) == (Decimal(12), "pct.")
    assert worked.steps == ("10,8 pct. / (1 − 10 pct.) = 12 pct.",)


# --- series ------------------------------------------------------------------------------------


def test_total_of_a_series() -> None:
    points = [Row("2021", mio("3.5")), Row("2022", mio("2.4")), Row("2023", mio("1.4"))]
    worked = series.total(points)
    assert worked.result.value == Decimal("7.3")
    assert worked.by_year
    assert values(worked) == [
        ("2021", Decimal("3.5")), ("2022", Decimal("2.4")), ("2023", Decimal("1.4")),
    ]  # fmt: skip
    assert worked.steps == ("3,5 mio. kr. + 2,4 mio. kr. + 1,4 mio. kr. = 7,3 mio. kr.",)
    assert worked.inputs == tuple(row.term for row in points)


def test_total_of_one_year_is_that_year() -> None:
    worked = series.total([Row("2021", mio("3.5"))])
    assert (worked.result, worked.rows, worked.steps) == (mio("3.5"), (), ())
    assert not worked.by_year


def test_years_of_one_figure_are_written_as_so_many_times(corpus: Corpus) -> None:
    clinics = next(s for s in corpus.series if s.id == "licensklinikker")
    points = [
        Row(str(year), terms.from_figure(figure, year=year))
        for year in range(2022, 2027)
        for figure in [clinics.in_year(year)]
        if figure is not None
    ]
    worked = series.total(points)
    assert worked.result.value == Decimal(24)
    assert worked.steps == ("3 mio. kr. + 3 × 6 mio. kr. + 3 mio. kr. = 24 mio. kr.",)
    assert [t.year for t in worked.inputs] == [2022, 2023, 2024, 2025, 2026]


def test_growth_of_a_series() -> None:
    worked = series.growth(mio("203.9"), mio("209.8"), in_percent=False)
    assert (worked.result.value, worked.result.unit) == (Decimal("5.9"), "mio. kr.")
    assert worked.steps == ("209,8 mio. kr. − 203,9 mio. kr. = 5,9 mio. kr.",)


@pytest.mark.parametrize(
    ("old", "new", "percent"), [("20", "25", "25"), ("3.5", "1.4", "-60"), ("110", "110", "0")]
)
def test_growth_of_a_series_in_percent(old: str, new: str, percent: str) -> None:
    worked = series.growth(mio(old), mio(new), in_percent=True)
    assert (worked.result.amount, worked.result.unit) == (Decimal(percent), "pct.")


def test_growth_in_percent_shows_both_years() -> None:
    worked = series.growth(mio("20"), mio("25"), in_percent=True)
    assert worked.steps == ("(25 mio. kr. − 20 mio. kr.) / 20 mio. kr. × 100 = 25 pct.",)


def test_yearly_mean() -> None:
    worked = series.yearly_mean(term("1", "mia. kr."), term("10", "år"))
    assert (worked.result.value, worked.result.unit) == (Decimal("0.1"), "mia. kr.")
    assert worked.steps == ("1 mia. kr. / 10 år = 0,1 mia. kr.",)


# --- free arithmetic ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "given", "value", "unit", "step"),
    [
        (Operation.SUM, [mio("400"), mio("100")], "500", "mio. kr.",
         "400 mio. kr. + 100 mio. kr. = 500 mio. kr."),
        (Operation.SUM, [term("3.5", "mia. kr."), mio("400")], "3900", "mio. kr.",
         "3.500 mio. kr. + 400 mio. kr. = 3.900 mio. kr."),
        (Operation.SUM, [term("1", "mia. kr."), term("0.5", "mia. kr.")], "1.5", "mia. kr.",
         "1 mia. kr. + 0,5 mia. kr. = 1,5 mia. kr."),
        (Operation.DIFFERENCE, [mio("247.4"), mio("141.4")], "106", "mio. kr.",
         "247,4 mio. kr. − 141,4 mio. kr. = 106 mio. kr."),
        (Operation.DIFFERENCE, [mio("141.4"), mio("247.4")], "-106", "mio. kr.",
         "141,4 mio. kr. − 247,4 mio. kr. = -106 mio. kr."),
        (Operation.DIFFERENCE, [pct("1.9"), pct("1.3")], "0.6", "procentpoint",
         "1,9 pct. − 1,3 pct. = 0,6 procentpoint"),
        (Operation.SHARE, [mio("500"), term("4", "mia. kr.")], "12.5", "pct.",
         "500 mio. kr. / 4.000 mio. kr. × 100 = 12,5 pct."),
        (Operation.RATIO, [mio("1000"), mio("400")], "2.5", "gange",
         "1.000 mio. kr. / 400 mio. kr. = 2,5 gange"),
        (Operation.AVERAGE, [mio("3.5"), mio("2.4"), mio("1.4"), mio("0.7")], "2", "mio. kr.",
         "(3,5 mio. kr. + 2,4 mio. kr. + 1,4 mio. kr. + 0,7 mio. kr.) / 4 = 2 mio. kr."),
        (Operation.CHANGE, [mio("400"), mio("500")], "25", "pct.",
         "(500 mio. kr. − 400 mio. kr.) / 400 mio. kr. × 100 = 25 pct."),
        (Operation.SUM, [term("150", "pladser"), term("10", "særlige pladser")], "160", "pladser",
         "150 pladser + 10 særlige pladser = 160 pladser"),
    ],
)  # fmt: skip
def test_work_out(
    operation: Operation, given: list[Term], value: str, unit: str, step: str
) -> None:
    worked = work_out(operation, given)
    assert (worked.result.value, worked.result.unit) == (Decimal(value), unit)
    assert worked.steps == (step,)
    assert worked.inputs == tuple(given)


@pytest.mark.parametrize(
    ("given", "unit", "value", "steps"),
    [
        (mio("1554.4"), "mia. kr.", "1.5544", ("1.554,4 mio. kr. = 1,554 mia. kr.",)),
        (mio("8.5"), "kr.", "8500000", ("8,5 mio. kr. = 8.500.000 kr.",)),
        (mio("8.5"), "mio. kr.", "8.5", ()),
        (pct("40"), "mio. kr.", "40", ()),
        (mio("8.5"), "pct.", "8.5", ()),
    ],
)
def test_convert(given: Term, unit: str, value: str, steps: tuple[str, ...]) -> None:
    worked = work_out(Operation.CONVERT, [given], unit)
    assert worked.result.value == Decimal(value)
    assert worked.result.amount == given.amount
    assert worked.steps == steps


def test_a_result_is_converted_in_its_last_step() -> None:
    part = terms.take_share(pct("20"), term("3.5", "mia. kr."))
    shown = terms.convert(part, "mio. kr.")
    assert shown.steps == ("20 pct. × 3,5 mia. kr. = 0,7 mia. kr. = 700 mio. kr.",)
    assert shown.inputs == part.inputs


# --- terms -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (mio("1554.40"), "1.554,4 mio. kr."),
        (term("0.5", "mia. kr."), "0,5 mia. kr."),
        (term("6500", "speciallæger"), "6.500 speciallæger"),
        (term("7"), "7"),
        (mio("-3"), "-3 mio. kr."),
        (TEAMS, "5-10 akutberedskaber"),
        (mio("123456.78901"), "123.456,78901 mio. kr."),
    ],
)
def test_an_input_is_shown_in_full(given: Term, shown: str) -> None:
    assert given.show() == shown


@pytest.mark.parametrize(
    ("given", "whole", "money"),
    [
        (mio("1"), False, True),
        (pct("1"), False, False),
        (term("1"), False, False),
        (term("1", "gange"), False, False),
        (term("1", "indbyggere"), True, False),
        (RATE, False, False),
    ],
)
def test_people_and_things_are_whole(given: Term, whole: bool, money: bool) -> None:
    assert (given.is_whole, given.is_money) == (whole, money)


def test_people_and_things_are_shown_without_decimals() -> None:
    assert terms.divide(term("100", "pladser"), term("7")).show() == "14 pladser"


def test_a_term_of_a_figure(corpus: Corpus) -> None:
    figure = next(f for f in corpus.figures if f.id == "akutberedskaber-antal")
    count = terms.from_figure(figure)
    assert (count.amount, count.top, count.unit) == (Decimal(5), Decimal(10), figure.noun)
    assert count.name == figure.label
    assert count.qualifier == "range"
    assert count.inputs == (count,)
    named = terms.from_figure(figure, "antal", 2024)
    assert (named.name, named.year, named.named("andet").name) == ("antal", 2024, "andet")


def test_inputs_are_listed_once() -> None:
    first, second = mio("1"), mio("2")
    both = terms.add([first, second])
    assert terms.merge_inputs([both, first, second, both]) == (first, second)


def test_sum_of_one_is_itself() -> None:
    assert terms.add([mio("1")], "i alt") == mio("1")


# --- spans -------------------------------------------------------------------------------------

SPAN = mio("5", "10")
SPANS: list[tuple[str, Callable[[], Term], str, str]] = [
    ("sum", lambda: terms.add([SPAN, mio("3", "4")]), "8", "14"),
    ("sum with a number", lambda: terms.add([SPAN, mio("3")]), "8", "13"),
    ("difference", lambda: terms.subtract(mio("20", "25"), SPAN), "10", "20"),
    ("what is left", lambda: terms.subtract(mio("25"), SPAN), "15", "20"),
    ("share of a span", lambda: terms.take_share(pct("20"), SPAN), "1", "2"),
    ("whole of a span", lambda: terms.whole_of(pct("20"), SPAN), "25", "50"),
    ("so many times", lambda: terms.multiply(mio("2"), TEAMS), "10", "20"),
    ("shared out over a span", lambda: terms.divide(mio("100"), TEAMS), "10", "20"),
    ("a span shared out", lambda: terms.divide(SPAN, term("5")), "1", "2"),
    ("a negative number shared out", lambda: terms.divide(mio("-100"), TEAMS), "-20", "-10"),
    ("ratio", lambda: terms.ratio(mio("100"), SPAN), "10", "20"),
    ("per cent of a span", lambda: terms.percentage(mio("5"), SPAN), "50", "100"),
    ("a span in per cent", lambda: terms.percentage(SPAN, mio("10")), "50", "100"),
    ("mean", lambda: terms.average([SPAN, mio("3", "4")]), "4", "7"),
    ("regulated", lambda: terms.regulate(SPAN, pct("10"), up=True), "5.5", "11"),
    ("regulated back", lambda: terms.regulate(mio("5.5", "11"), pct("10"), up=False), "5", "10"),
    ("reduced", lambda: terms.reduce(SPAN, pct("10")), "4.5", "9"),
    ("converted", lambda: terms.convert(SPAN, "kr."), "5000000", "10000000"),
]
LOST_SPANS: list[tuple[str, Callable[[], Term], str, str]] = [
    ("change", lambda: terms.change(mio("4"), SPAN), "25", "150"),
    ("before a reduction", lambda: terms.before_reduction(mio("4.5", "9"), pct("10")), "5", "10"),
    ("a span of shares", lambda: terms.take_share(pct("10", "20"), mio("100")), "10", "20"),
]


def _check_span(work: Callable[[], Term], low: str, high: str) -> None:
    result = work()
    scale = MONEY_UNITS.get(result.unit, Decimal(1))
    assert result.value == Decimal(low)
    assert result.high is not None
    assert result.high / scale == Decimal(high)
    assert result.top == result.high


@pytest.mark.parametrize(("work", "low", "high"), [s[1:] for s in SPANS], ids=[s[0] for s in SPANS])
def test_spans(work: Callable[[], Term], low: str, high: str) -> None:
    _check_span(work, low, high)


@pytest.mark.parametrize(
    ("work", "low", "high"), [s[1:] for s in LOST_SPANS], ids=[s[0] for s in LOST_SPANS]
)
def test_spans_keep_their_upper_end(work: Callable[[], Term], low: str, high: str) -> None:
    _check_span(work, low, high)


# --- what cannot be worked out -----------------------------------------------------------------

MISMATCHES: list[tuple[str, Callable[[], object]]] = [
    ("sum", lambda: terms.add([mio("1"), pct("1")])),
    ("sum with a count", lambda: terms.add([mio("1"), term("1", "hospitaler")])),
    ("sum with a rate", lambda: terms.add([RATE, mio("1")])),
    ("points and per cent", lambda: terms.add([pct("1"), term("1", "procentpoint")])),
    ("difference", lambda: terms.subtract(pct("1"), mio("1"))),
    ("ratio", lambda: terms.ratio(mio("1"), pct("1"))),
    ("percentage", lambda: terms.percentage(mio("1"), term("1", "hospitaler"))),
    ("change", lambda: terms.change(mio("1"), RATE)),
    ("average", lambda: terms.average([mio("1"), pct("1")])),
    ("a share that is money", lambda: terms.take_share(mio("1"), mio("1"))),
    ("a share that is a count", lambda: shares.take(term("1"), mio("1"), "")),
    ("a budget in per cent", lambda: conditional_grant.against_frame(pct("1"), mio("1"))),
    ("rest", lambda: cost_split.rest(mio("1"), [pct("1")], "")),
    ("series", lambda: series.total([Row("2021", mio("1")), Row("2022", pct("1"))])),
    ("any sum", lambda: work_out(Operation.SUM, [mio("1"), pct("1")])),
]
UNCHECKED: list[tuple[str, Callable[[], object]]] = [
    ("whole of a share that is money", lambda: terms.whole_of(mio("1"), mio("1"))),
    ("a rate that is money", lambda: terms.regulate(mio("1"), mio("1"), up=True)),
    ("a reduction that is money", lambda: terms.reduce(mio("1"), mio("1"))),
]


def _check_mismatch(work: Callable[[], object]) -> None:
    with pytest.raises(CalculationError) as caught:
        work()
    assert caught.value.reason == "unit_mismatch"
    assert len(caught.value.details) == 2
    assert "samme slags enhed" in texts.describe(caught.value)


@pytest.mark.parametrize("work", [m[1] for m in MISMATCHES], ids=[m[0] for m in MISMATCHES])
def test_units_that_do_not_go_together(work: Callable[[], object]) -> None:
    _check_mismatch(work)


@pytest.mark.parametrize("work", [m[1] for m in UNCHECKED], ids=[m[0] for m in UNCHECKED])
def test_a_rate_or_share_must_be_in_per_cent(work: Callable[[], object]) -> None:
    _check_mismatch(work)


ZEROES: list[tuple[str, Callable[[], object]]] = [
    ("divide", lambda: terms.divide(mio("1"), term("0"))),
    ("a span from zero", lambda: terms.divide(mio("1"), term("0", "klinikker", "5"))),
    ("ratio", lambda: terms.ratio(mio("1"), mio("0"))),
    ("percentage", lambda: terms.percentage(mio("1"), mio("0"))),
    ("zero of zero", lambda: terms.percentage(mio("0"), mio("0"))),
    ("change", lambda: terms.change(mio("0"), mio("1"))),
    ("whole of nothing", lambda: cost_split.whole_bill(mio("1"), pct("0"))),
    ("each of none", lambda: per_unit.each(mio("1"), term("0", "klinikker"), "")),
    ("inhabitants", lambda: basic_contribution.inhabitants(mio("1"), ZERO)),
    ("mean over no years", lambda: series.yearly_mean(mio("1"), term("0", "år"))),
    ("growth from nothing", lambda: series.growth(mio("0"), mio("1"), in_percent=True)),
    ("any ratio", lambda: work_out(Operation.RATIO, [mio("1"), mio("0")])),
]


@pytest.mark.parametrize("work", [z[1] for z in ZEROES], ids=[z[0] for z in ZEROES])
def test_nothing_is_divided_by_zero(work: Callable[[], object]) -> None:
    with pytest.raises(CalculationError) as caught:
        work()
    assert caught.value.reason == "division_by_zero"
    assert texts.describe(caught.value) == texts.DIVISION_BY_ZERO


def test_no_baseline_for_a_reduction_to_nothing() -> None:
    with pytest.raises(CalculationError):
        target.baseline_for(pct("10"), pct("100"))
