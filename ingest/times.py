"""The years that a sentence gives to its numbers; years that only name an agreement are not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.agreed import Period

_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"(?P<from>\b[Ff]ra (?:og med )?(?:den )?(?:\d+\. \w+ )?)?(?P<first>\b{_YEAR})"
    rf"(?:\s*(?:[-–]|til og med|til)\s*(?P<last>{_YEAR})|[/-](?P<short>\d\d)(?!\d|-))?"
    r"(?P<onward> og (?:frem\w*|(?:varigt|årligt)(?! \d)|efterfølgende|de følgende|"
    r"alle følgende|(?:i )?årene (?:efter|derefter|frem)))?"
)
_NAMES = re.compile(
    r"(?:\w*aftale\w*|\w*lov\w*|forlig\w*|\w*udspil\w*|økonomi|\w*analyse\w*|budget\w*|nr\. \d+)"
    rf"(?: (?:om|mellem|af|for|fra|d\.|den|\d+\.|\w+er)){{1,3}} (?:\d+\. )?(?:\w+ )?{_YEAR}"
    rf"|\b\d{{1,2}}\. (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
    rf"november|december) {_YEAR}|(?:i forhold til|årligt frem mod|sammenlignet med|niveauet|"
    rf"end|siden)(?: \w+)?(?: i)? {_YEAR}"
    rf"|\b(?:afsluttes|evalueres|genbesøges|revideres|drøftes) (?:\w+ )?i {_YEAR}"
    rf"|\(?\b{_YEAR}-(?:pl|priser|prisniveau)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:kr\.|pct\.|\d [a-zæøå]+) $")
_YEARLY = re.compile(
    r"\b(?:årlig\w*|om året|hvert år|hvert af årene|pr\. år|varig\w*|permanent)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Time:
    """Years as a sentence names them."""

    start: int
    end: int
    period: Period


def find_times(sentence: str) -> list[Time]:
    """Return the years of a sentence in order, spans and "og frem" included.

    >>> [str(time.period) for time in find_times("7 i 2025-2026 og 9 fra 2027 og frem")]
    ['2025-2026', '2027-']
    """
    marks = [match.start("first") for match in _TIME.finditer(sentence)]
    names = [(match.start(), match.end()) for match in _NAMES.finditer(sentence)]
    times: list[Time] = []
    for match in _TIME.finditer(sentence):
        start = match.start("first")
        if any(a <= start < b for a, b in names):
            continue
        first = int(match["first"])
        last: int | None = first
        if match["last"]:
            last = int(match["last"])
        elif match["short"]:
            last = int(match["first"][:2] + match["short"])
        if last is not None and last < first:
            last = first
        later = [mark for mark in marks if mark > start]
        earlier = [mark + len("2021") for mark in marks if mark < start]
        clause = sentence[max(earlier, default=0) : min(later, default=len(sentence))]
        from_on = match["from"] and last == first
        after_amount = _AMOUNT.search(sentence[: match.start()]) is not None
        if match["onward"] or (from_on and (after_amount or _YEARLY.search(clause))):
            last = None
        times.append(Time(start, match.end(), Period(first=first, last=last)))
    return times
