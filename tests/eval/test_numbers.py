from typing import Any

import pytest

from chains import AnswerKind
from corpus.calculation import Calculation, Result, StatedFigure
from eval.numbers import number_right, rounding_right, wrong_number
from tests.eval.conftest import MakeAnswer, MakeCase


def stated(value: str, unit: str) -> StatedFigure:
    return StatedFigure(figure_id="f", label="l", value=value, unit=unit, display=f"{value} {unit}")


def worked(value: str, unit: str, display: str) -> Calculation:
    return Calculation(
        calculator="series", title="t", formula="f", read_as="r", inputs=(), steps=(),
        result=Result(value=value, unit=unit, display=display),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "right"),
    [
        ("1.3", "mia. kr.", True),
        ("1300", "mio. kr.", True),
        ("1.3", "mio. kr.", False),  # a factor of 1,000
        ("1.4", "mia. kr.", False),
        ("1.3", "pct.", False),
    ],
)
def test_a_figure_is_right_with_its_unit_only(
    value: str, unit: str, right: bool, make_case: MakeCase, make_answer: MakeAnswer
) -> None:
    case = make_case(kind="figure", value="1.3", unit="mia. kr.")
    answer = make_answer(kind=AnswerKind.FIGURE, figures=(stated(value, unit),))
    assert number_right(case, answer) is right
    assert wrong_number(case, answer, cited=None) is not right


def test_points_are_not_per_cent(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    case = make_case(kind="calculation", value="0.6", unit="procentpoint", rule="arithmetic")
    as_points = make_answer(
        kind=AnswerKind.CALCULATION, calculation=worked("0.6", "procentpoint", "0,6 procentpoint")
    )
    as_share = make_answer(
        kind=AnswerKind.CALCULATION, calculation=worked("0.6", "pct.", "0,6 pct.")
    )
    assert number_right(case, as_points)
    assert not number_right(case, as_share)


def test_a_quote_is_no_result(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    case = make_case(kind="figure", value="1.3", unit="mia. kr.")
    assert not number_right(case, make_answer(text="1,3 mia. kr."))


@pytest.mark.parametrize(
    ("value", "unit", "display", "right"),
    [
        ("1041.448", "mio. kr.", "1.041,4 mio. kr.", True),
        ("45.24", "mio. kr.", "45,24 mio. kr.", True),
        ("45.245", "mio. kr.", "45,25 mio. kr.", True),  # half up
        ("45.245", "mio. kr.", "45,24 mio. kr.", False),
        ("1041.448", "mio. kr.", "1.041 mio. kr.", False),
        ("61.53846153846153846153846154", "gange", "61,54 gange", True),
        ("2400", "speciallæger", "2.400 speciallæger", True),
        ("10.8", "pct.", "10,8 pct.", True),
        ("0", "mio. kr.", "0 mio. kr.", True),
    ],
)
def test_results_are_rounded_as_agreed(
    value: str, unit: str, display: str, right: bool, make_answer: MakeAnswer
) -> None:
    answer = make_answer(kind=AnswerKind.CALCULATION, calculation=worked(value, unit, display))
    assert rounding_right(answer) is right


def test_rounding_is_for_results_only(make_answer: MakeAnswer) -> None:
    fields: dict[str, Any] = {"kind": AnswerKind.FIGURE, "figures": (stated("1.3", "mia. kr."),)}
    assert rounding_right(make_answer(**fields)) is None
