"""The numeric guard: every number of an answer, with its unit, has a source.

A number must stand in a cited quote, in the calculation, or be the asker's own. Strict on a factor
of 1,000 ("3 mio." is not "3 mia."), on percentages and points, and on years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from corpus.danish import find_quantities
from corpus.models import Unit
from corpus.number_words import to_digits

_MARK = re.compile(r"\[\d+\]")
_HALF = re.compile(r"\bhalvdelen\b", re.IGNORECASE)
_SPAN = re.compile(r"(\d)\s*[-–]\s*(?=\d)")
_NAME = re.compile(r"\b(?:COVID-19|LPR3|CO2(?:-e)?|\d\d-pl|20\d\d-pl)\b")
_YEARS_LONG = re.compile(r"\b(\d+|[a-zæøå]{2,}?)-?(?=års?\b|årig)", re.IGNORECASE)
_ITEM = re.compile(r"(?:^|\n)\d+\. ")

Number = tuple[Decimal, Unit]


def stray_numbers(text: str, sources: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a text that no source holds with the same unit.

    Marks, agreement titles and section names (`names`) are not looked at.
    """
    plain = _MARK.sub(" ", text)
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, " ")
    allowed = {number for source in sources for number, _ in _numbers(source)}
    return [printed for number, printed in _numbers(plain) if number not in allowed]


def _numbers(text: str) -> list[tuple[Number, str]]:
    apart = _YEARS_LONG.sub(r"\1 ", text)
    plain = _ITEM.sub("\n", _NAME.sub(" ", to_digits(apart)))
    plain = _SPAN.sub(r"\1 ", plain)
    found = []
    for quantity, start, end in find_quantities(plain):
        found.append(((quantity.amount.normalize(), quantity.unit), plain[start:end].strip()))
    spread = [((amount, unit), printed) for (amount, unit), printed in found]
    return [*spread, *(((Decimal(50), Unit.PCT), m[0]) for m in _HALF.finditer(text))]
