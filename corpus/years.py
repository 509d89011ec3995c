"""Years in Danish text: which ones a sentence speaks of, spans and "and on" included."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")
_SHORT_SPAN = re.compile(r"\b((?:19|20)\d\d)[-–/](\d\d)\b(?!\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_ONWARD = re.compile(
    r"(?:fra(?: og med)?\s+(?:\d{1,2}\. \w+ )?((?:19|20)\d\d)(?:\s+og\s+(?:frem|årligt))?|"
    r"((?:19|20)\d\d)\s+og\s+(?:frem|varigt|frefter|årligt|årene efter))"
)
_LASTING = re.compile(r"\bvarig|\bog frem\b|\bårlig|\bfremover\b|\bfremadrettet\b", re.IGNORECASE)


@dataclass(frozen=True)
class YearSet:
    """The years of a text: single ones and, where it says "og frem", all from one on."""

    years: frozenset[int]
    onward_from: int | None = None

    def __contains__(self, year: int) -> bool:
        onward = self.onward_from is not None and year >= self.onward_from
        return onward or year in self.years

    def __bool__(self) -> bool:
        return bool(self.years)


def find_years(text: str) -> YearSet:
    """Return the years that a text speaks of.

    >>> 2024 in find_years("4 mia. kr. i 2023-2028")
    True
    >>> 2031 in find_years("65 mio. kr. årligt fra 2024 og frem"), 2031 in find_years("i 2024")
    (True, False)
    """
    years = {int(year) for year in _YEAR.findall(text)}
    for first, last in _SPAN.findall(text):
        years |= set(range(int(first), int(last) + 1))
    for first, last in _SHORT_SPAN.findall(text):
        end = int(first[:2] + last)
        if int(first) < end <= int(first) + 15:
            years |= set(range(int(first), end + 1))
    onward = None
    if _LASTING.search(text):
        starts = [int(a or b) for a, b in _ONWARD.findall(text)]
        onward = min(starts) if starts else None
    return YearSet(frozenset(years), onward)
