from decimal import Decimal

import pytest

from corpus.agreed import Figure, FigureKind, Period, Place, Qualifier, Series, to_series
from corpus.models import Quantity, Unit

MIO = 1_000_000


def place(mio: str, period: Period | None = None) -> Place:
    quantity = Quantity(amount=Decimal(mio) * MIO, unit=Unit.KR)
    return Place(start=0, end=9, printed=f"{mio} mio. kr.", quantity=quantity, period=period)


def figure(
    mio: str,
    period: Period | None = None,
    *,
    series: str = "pulje",
    agreement: str = "aftale",
    key: str = "",
    role: str = "",
    repeats: tuple[Place, ...] = (),
) -> Figure:
    own = place(mio)
    return Figure(
        id=f"{series}-{period or key}",
        agreement_id=agreement,
        label="puljen",
        kind=FigureKind.AMOUNT,
        quantity=own.quantity,
        printed_unit="mio. kr.",
        qualifier=Qualifier.EXACT,
        period=period,
        key=key,
        role=role,
        series=series,
        place=own,
        repeats=repeats,
    )


def years(first: int, last: int | None) -> Period:
    return Period(first=first, last=last)


@pytest.mark.parametrize(
    ("period", "printed", "inside", "outside"),
    [
        (years(2024, 2024), "2024", [2024], [2023, 2025]),
        (years(2024, 2027), "2024-2027", [2024, 2026, 2027], [2023, 2028]),
        (years(2024, None), "2024-", [2024, 2099], [2023]),  # lasting
    ],
)
def test_a_period_holds_its_first_and_last_year(
    period: Period, printed: str, inside: list[int], outside: list[int]
) -> None:
    assert str(period) == printed
    assert all(year in period for year in inside)
    assert not any(year in period for year in outside)


@pytest.mark.parametrize(
    ("period", "year", "covered"),
    [
        (None, 1999, True),  # no years: any
        (years(2024, 2025), 2025, True),
        (years(2024, 2025), 2026, False),
        (years(2024, None), 2050, True),
    ],
)
def test_a_figure_covers_the_years_of_its_period(
    period: Period | None, year: int, covered: bool
) -> None:
    assert figure("5", period).covers(year) is covered


def test_rounded_places_are_those_with_another_value() -> None:
    same, rounded = place("1304.5"), place("1300")
    assert figure("1304.5", repeats=(same, rounded)).rounded == (rounded,)
    assert figure("1304.5", repeats=(same,)).rounded == ()


def test_a_figure_is_known_by_agreement_and_id() -> None:
    own = figure("5", years(2024, 2024))
    assert own.figure_key == ("aftale", "pulje-2024")
    assert (own.amount, own.unit) == (Decimal(5 * MIO), Unit.KR)


STEPS = Series(
    agreement_id="aftale",
    id="pulje",
    figures=(
        figure("10", years(2024, 2024)),
        figure("12", years(2025, 2027)),
        figure("14", years(2029, None)),
    ),
)


@pytest.mark.parametrize(
    ("year", "mio"),
    [
        (2023, None),
        (2024, 10),
        (2025, 12),
        (2027, 12),
        (2028, None),  # between two steps nothing is stated
        (2029, 14),
        (2040, 14),
    ],
)
def test_a_series_states_a_figure_for_a_year(year: int, mio: int | None) -> None:
    found = STEPS.in_year(year)
    assert (found.amount / MIO if found else None) == mio


def test_a_figure_without_years_is_stated_for_none() -> None:
    assert Series(agreement_id="aftale", id="pulje", figures=(figure("5"),)).in_year(2024) is None


def test_what_a_series_is() -> None:
    one = Series(agreement_id="aftale", id="a", figures=(figure("5", role="total"),))
    rows = Series(agreement_id="aftale", id="a", figures=(figure("1", key="0"), figure("2")))
    assert (STEPS.is_yearly, one.is_yearly, rows.is_yearly) == (True, False, False)
    assert (STEPS.is_total, one.is_total) == (False, True)
    assert STEPS.label == "puljen"


def test_figures_are_grouped_by_agreement_and_entry_in_order() -> None:
    first, other, second, foreign = (
        figure("10", years(2024, 2024)),
        figure("3", series="lån"),
        figure("12", years(2025, 2025)),
        figure("7", agreement="anden"),
    )
    grouped = to_series([first, other, second, foreign])
    assert [(s.agreement_id, s.id, s.figures) for s in grouped] == [
        ("aftale", "pulje", (first, second)),
        ("aftale", "lån", (other,)),
        ("anden", "pulje", (foreign,)),
    ]
    assert to_series([]) == ()
