"""What each calculator is given by those who fill in fields instead of asking in words.

The fields become the question that a person would ask, and the question goes the way of all others:
so the result, its steps, quotes and limits are the same here and in the chat.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import api_texts as texts
from corpus import tools_texts
from corpus.danish import parse_number
from corpus.errors import FieldsRefused, QuantityError

_MOST = Decimal(10) ** 9
Area = Literal["sundhed", "regional_udvikling", "anlaeg"]
Mio = Annotated[Decimal, Field(gt=0, lt=_MOST, max_digits=18, decimal_places=6)]
Year = Annotated[int, Field(ge=1990, le=2100, strict=True)]
Subject = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Form(BaseModel):
    """The fields of a calculator."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @abstractmethod
    def question(self) -> str:
        """Return the question that the fields ask."""


class ProximityFunding(Form):
    """What the regions keep or settle back."""

    criteria: int = Field(ge=0, le=99, strict=True, examples=[2])
    """How many criteria are fulfilled."""
    side: Literal["kept", "settled"] = "kept"

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.SIDES[self.side].format(criteria=self.criteria)


class CostSplit(Form):
    """An amount by the key of the shared digital infrastructure."""

    amount: Mio = Field(examples=[30])
    """mio. kr."""

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_SPLIT.format(amount=danish(self.amount))


class PriceLevel(Form):
    """An amount of one price level in another."""

    amount: Mio = Field(examples=[250])
    """mio. kr."""
    area: Area = "sundhed"
    from_year: Year = Field(examples=[2020])
    to_year: Year = Field(examples=[2021])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_PRICES.format(
            amount=danish(self.amount), area=texts.AREAS[self.area],
            from_year=self.from_year, to_year=self.to_year,
        )  # fmt: skip


class BasicContribution(Form):
    """The contribution of so many inhabitants."""

    inhabitants: int = Field(ge=1, le=100_000_000, strict=True, examples=[58_000])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_CONTRIBUTION.format(inhabitants=danish(Decimal(self.inhabitants)))


class ConditionalGrant(Form):
    """A budget against the agreed frame."""

    amount: Mio = Field(examples=[121_000])
    """mio. kr."""
    area: Literal["sundhed", "regional_udvikling"] = "sundhed"
    year: Year = Field(examples=[2021])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_FRAME.format(
            amount=danish(self.amount), area=texts.AREAS[self.area], year=self.year
        )


class Series(Form):
    """The sum of an agreed amount over years."""

    subject: Subject = Field(examples=[texts.EXAMPLE_SERIES])
    first_year: Year = Field(examples=[2022])
    last_year: Year = Field(examples=[2024])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_SERIES.format(
            subject=self.subject, first_year=self.first_year, last_year=self.last_year
        )


class PerUnit(Form):
    """What something agreed costs apiece."""

    subject: Subject = Field(examples=[texts.EXAMPLE_UNIT])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_UNIT.format(subject=self.subject)


class Target(Form):
    """The climate target on a baseline of one's own."""

    baseline: Annotated[Decimal, Field(gt=0, lt=_MOST, max_digits=18, decimal_places=3)] = Field(
        examples=[40_000]
    )
    """Tonnes."""

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_TARGET.format(baseline=danish(self.baseline))


class Shares(Form):
    """A share of an agreed amount."""

    subject: Subject = Field(examples=[texts.EXAMPLE_SHARE])
    percent: Annotated[Decimal, Field(gt=0, le=100, max_digits=9, decimal_places=6)] = Field(
        examples=[18]
    )

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.ASK_SHARE.format(subject=self.subject, percent=danish(self.percent))


class Arithmetic(Form):
    """Two agreed figures put together."""

    operation: Literal["sum", "difference", "percentage"]
    first: Subject = Field(examples=[texts.EXAMPLE_FIRST])
    second: Subject = Field(examples=[texts.EXAMPLE_SECOND])

    def question(self) -> str:
        """Return the question that the fields ask."""
        return texts.OPERATIONS[self.operation].format(first=self.first, second=self.second)


FORMS: Mapping[str, type[Form]] = {
    "proximity_funding": ProximityFunding,
    "cost_split": CostSplit,
    "price_level": PriceLevel,
    "basic_contribution": BasicContribution,
    "conditional_grant": ConditionalGrant,
    "series": Series,
    "per_unit": PerUnit,
    "target": Target,
    "shares": Shares,
    "arithmetic": Arithmetic,
}


def danish(number: Decimal) -> str:
    """Print a number as it is written in Danish.

    >>> danish(Decimal("58000")), danish(Decimal("1554.40"))
    ('58.000', '1.554,4')
    """
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def read_form(name: str, typed: Mapping[str, str]) -> Form:
    """Return the form of a calculator with its fields as a person typed them, numbers in Danish.

    >>> read_form("shares", {"subject": "en pulje", "percent": "12,5 pct."}).question()
    'Antag, at vores andel er 12,5 pct. af en pulje. Hvor stort er vores beløb?'

    Raises:
        FieldsRefused: a field is missing, unreadable or out of bounds.
    """
    form = FORMS[name]
    given: dict[str, object] = {}
    problems: list[tuple[str, str]] = []
    for field, info in form.model_fields.items():
        text = typed.get(field, "").strip()
        if not text:
            problems.append((field, tools_texts.field_problem(name, field, "missing", {})))
        elif info.annotation in {int, Decimal}:
            try:
                given[field] = _number(name, field, text, whole=info.annotation is int)
            except QuantityError:
                problems.append((field, tools_texts.field_problem(name, field, "number", {})))
        else:
            given[field] = text
    if problems:
        raise FieldsRefused(name, tuple(problems))
    try:
        return form.model_validate(given)
    except ValidationError as error:
        found = [
            (str(one["loc"][0]) if one["loc"] else "", one["type"], one.get("ctx", {}))
            for one in error.errors()
        ]
        told = [
            (field, tools_texts.field_problem(name, field, kind, ctx)) for field, kind, ctx in found
        ]
        raise FieldsRefused(name, tuple(told)) from error


def field_choices(name: str, field: str) -> tuple[str, ...]:
    """Return what a field may be, where that is a list; empty for numbers and words.

    >>> field_choices("proximity_funding", "side")
    ('kept', 'settled')
    """
    return tuple(str(one) for one in get_args(FORMS[name].model_fields[field].annotation))


def field_example(name: str, field: str) -> str:
    """Return what a field holds before somebody types: its default or its example, in Danish."""
    info = FORMS[name].model_fields[field]
    shown = info.examples[0] if info.examples else info.default
    if isinstance(shown, int) and info.annotation is Decimal:
        shown = Decimal(shown)
    if isinstance(shown, int) and field in tools_texts.COUNTED:
        shown = Decimal(shown)
    if isinstance(shown, Decimal):
        return danish(shown)
    return str(shown) if isinstance(shown, str | int) else field_choices(name, field)[0]


def _number(name: str, field: str, text: str, *, whole: bool) -> Decimal | int:
    unit = tools_texts.unit_of(name, field)
    number = parse_number(text.removesuffix(unit).strip() if unit else text)
    if not whole:
        return number
    if number != number.to_integral_value():
        raise QuantityError(text)
    return int(number)
