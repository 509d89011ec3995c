"""Free arithmetic over figures that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from chains.calculators.terms import (
    Term,
    Worked,
    add,
    average,
    change,
    convert,
    percentage,
    ratio,
    subtract,
)
from corpus import calculation_texts as texts

NAME = "arithmetic"


class Operation(StrEnum):
    """What is to be done with the terms."""

    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    RATIO = "ratio"
    AVERAGE = "average"
    CHANGE = "change"
    CONVERT = "convert"


BINARY = (Operation.RATIO, Operation.CHANGE, Operation.SHARE, Operation.DIFFERENCE)
"""Operations on two terms."""


def work_out(operation: Operation, terms: Sequence[Term], unit: str = "") -> Worked:
    """Carry out an operation; of two terms the first is the part, the larger or the old one.

    Raises:
        CalculationError: units that do not go together, or a division by zero.
    """
    first, last = terms[0], terms[-1]
    match operation:
        case Operation.SUM:
            result = add(terms, texts.IN_ALL)
        case Operation.DIFFERENCE:
            result = subtract(first, last, texts.DIFFERENCE)
        case Operation.SHARE:
            result = percentage(first, last, texts.PERCENTAGE)
        case Operation.RATIO:
            result = ratio(first, last, texts.RATIO)
        case Operation.AVERAGE:
            result = average(terms, texts.AVERAGE)
        case Operation.CHANGE:
            result = change(first, last, texts.CHANGE)
        case Operation.CONVERT:
            result = convert(first, unit)
    return Worked(NAME, result)
