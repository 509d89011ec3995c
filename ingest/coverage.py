"""Every number of an agreement is accounted for: a figure, a repeat, or set aside by class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.agreed import Figure
from corpus.models import Agreement
from ingest.figures import Registry, SetAside

_MONTH = r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*½?|½|"
    r"\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|"
    r"atten|nitten|tyve|tredive|fyrre|halvtreds|hundrede|tusind|million(?:er)?|milliard(?:er)?|"
    r"halvdelen|halvanden|halvt?|halve|\w+og(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|"
    r"halvfems)|(?:\w+)?(?:hundrede?|tusind))(?=\b|årig)",
    re.IGNORECASE,
)
_CLASSES = (
    ("dato", re.compile(rf"\b\d{{1,2}}\. {_MONTH}\b")),
    ("årstal", re.compile(r"\b(?:19|20)\d\d\b(?!\s*(?:kr|mi[ao]|pct|kroner))")),
    ("pris- og lønniveau", re.compile(r"\b(?:20)?\d\d-pl\b")),
    ("henvisning", re.compile(
        r"\b(?:boks|bilag|kapitel|afsnit|kriterium|tema|punkt|grundforløb|type)\s+"
        r"\d+(?:\.\d+)?(?:\s*[-–]\s*\d+)?", re.IGNORECASE)),
    ("paragraf", re.compile(r"§+\s*\d+(?:,? ?stk\. ?\d+)?|\blov nr\. \d+")),
    ("tidspunkt", re.compile(r"\b(?:kl\.|uge) \d+(?:[.:]\d\d)?|\b\d\. (?:kvartal|halvår)\b")),
    ("alder", re.compile(
        r"\b(?:fyldt|(?:borgere|ældre|personer|dem|børn|unge) (?:over|under|mellem|på)|og mellem|"
        r"over (?=[6-9]\d år)) ?\d{1,2}(?: og \d{2})? år\b(?! \()", re.IGNORECASE)),
    ("navn", re.compile(r"\b(?:COVID-\s?19|LPR ?3|CO2)")),
)  # fmt: skip
_ITEM_NUMBER = re.compile(r"(?:[•◦] )?\d+\.(?=\s)")


@dataclass(frozen=True)
class Loose:
    """A number that nobody accounts for."""

    start: int
    end: int
    text: str
    around: str


@dataclass(frozen=True)
class Coverage:
    """What became of every number of an agreement."""

    numbers: int
    by_class: dict[str, int]
    loose: tuple[Loose, ...]

    @property
    def share(self) -> float:
        """Share of the numbers that are accounted for."""
        return 1 - len(self.loose) / self.numbers if self.numbers else 1.0


def account_for(agreement: Agreement, registry: Registry | None) -> Coverage:
    """Return what each number of the text is; without a registry none is a figure."""
    text = agreement.text
    spans = [
        *_printed(registry.figures if registry else (), text),
        *(
            (a, b, "sat til side")
            for a, b in _set_aside(text, registry.set_aside if registry else ())
        ),
        *classified(agreement),
    ]
    counts: Counter[str] = Counter()
    loose: list[Loose] = []
    numbers = list(_NUMBER.finditer(text))
    for match in numbers:
        kind = next((k for a, b, k in spans if a <= match.start() and match.end() <= b), None)
        if kind is None:
            around = text[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
            loose.append(Loose(match.start(), match.end(), match[0], around))
        else:
            counts[kind] += 1
    return Coverage(len(numbers), dict(counts), tuple(loose))


def classified(agreement: Agreement) -> list[tuple[int, int, str]]:
    """Return the spans of numbers that are no figures by their class: dates, references, ..."""
    text = agreement.text
    spans = [(m.start(), m.end(), name) for name, p in _CLASSES for m in p.finditer(text)]
    for block in agreement.blocks:
        if block.kind.is_heading:
            spans.append((block.start, block.end, "overskrift"))
        elif item := _ITEM_NUMBER.match(text, block.start, block.end):
            spans.append((item.start(), item.end(), "nummer på liste"))
    return spans


def _printed(figures: Iterable[Figure], text: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for figure in figures:
        start = figure.place.start
        if figure.key:  # the row of a table begins with its key
            start = text.rindex("\n", 0, start) + 1
        spans.append((start, figure.place.end, "tal i registret"))
        spans += [(place.start, place.end, "gentagelse") for place in figure.repeats]
    return spans


def _set_aside(text: str, entries: Sequence[SetAside]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for entry in entries:
        start = text.find(entry.quote)
        if start < 0:
            continue
        for number in entry.numbers:
            place = entry.quote.find(number)
            if place >= 0:
                spans.append((start + place, start + place + len(number)))
    return spans
