"""The numbers and years of a sentence, each with all that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from chains.lexicon import load_lexicon
from chains.sentence_actors import Actor
from chains.sentence_text import WORD
from corpus.danish import find_quantities
from corpus.models import Unit

_YEAR = re.compile(
    r"(?<![\d.,])(?P<first>(?:19|20)\d\d)(?:\s?(?P<dash>[-–]|til og med|til)\s?"
    r"(?P<last>(?:19|20)?\d\d)(?![\d.,]*\d))?(?!\d|[.,]\d|-?\s?pl\b| ?(?:kr|mi[ao]|pct|procent|%))"
)
LEVEL = re.compile(r"\b(?:20)?(\d\d)-?\s?(?:pl|priser|prisniveau)\b")
_BY = (
    ("BASE", r"i forhold til(?: niveauet i)?"), ("BY", r"(?:senest|inden|før)(?: udgangen af)?"),
    ("AFTER", r"efter(?: udgangen af)?"), ("FROM", r"(?:fra(?: og med)?|siden)"),
    ("UNTIL", r"(?:frem (?:til|mod)|til(?: og med)?|indtil|mod)"),
    ("END", r"(?:ultimo|(?:ved )?udgangen af|slutningen af)"), ("START", r"(?:primo|starten af)"),
)  # fmt: skip
_RELATION = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _BY) + r") (?:\d+\. )?(?:[a-z]+ )?$"
)
_ONWARD = re.compile(r"\s*og (?:frem(?:efter|over)?|årene efter|årligt)\b")
_QUALIFIERS = (
    ("UP_TO", r"op til|højst|maksimalt|maks\.?|indtil"), ("AT_LEAST", r"mindst|minimum"),
    ("ABOUT", r"cirka|omkring|omtrent|rundt regnet"), ("OVER", r"godt|over|mere end"),
    ("UNDER", r"knap|under|næsten|mindre end|op mod"),
)  # fmt: skip
_QUALIFIER = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _QUALIFIERS) + r")\s*$"
)
_STEP = re.compile(r"\b(fra|til|med|på)\s*(?:(?:op til|højst|mindst|minimum|cirka|godt|over|under|"
                   r"knap|ialt|varigt|yderligere|de|mere end)\s*)*$")  # fmt: skip
YEARLY = re.compile(r"\bårlig\w*")
LASTING = re.compile(r"\b(?:varig\w*|permanent\w*)")
_CUT = re.compile(
    r";|:|[,.]?\s(?:og|samt|mens|heraf|hvoraf|men|ellers)\b|,|\b(?:stigende|faldende)\b|"
    r"\bsvare\w* til\b"
)
_PART = re.compile(r"\b(?:heraf|hvoraf|deraf)\b")
_STRONG = re.compile(r";|mens|hvoraf|[.,]\s(?:og|men|samt)")
_ROW = re.compile(r"(?:,|[,.]?\s(?:og|samt)|stigende|faldende).*")
"""How one number of a row follows the other."""
_ENDS = re.compile(r";|,? mens\b|, (?:men|og|samt|ellers|der|som)\b")
"""Where what belongs to the last number of a row ends."""


@dataclass(frozen=True)
class Year:
    """A year or span, and what a word before it makes of it."""

    first: int
    last: int
    relation: str
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True)
class Number:
    """A number and what belongs to it."""

    amount: Decimal
    unit: Unit
    qualifier: str
    step: str
    """fra, til, med, på before it, else empty."""
    years: frozenset[Year]
    lasting: bool
    yearly: bool
    actors: frozenset[str]
    """For whom: "til kommunerne", also where that stands after a later number of its row."""
    window: tuple[int, int]
    own: tuple[tuple[int, int], ...]
    """Where the words stand that may belong to it beside those before the first number."""
    near: tuple[tuple[int, int], ...]
    """What stands between it and its neighbours, up to where something else is told."""
    is_part: bool
    """Of the number before it: "heraf"."""
    printed: str


def find_years(text: str) -> Iterator[Year]:
    """Yield the years and spans of a text."""
    for match in _YEAR.finditer(text):
        first = int(match["first"])
        last, end = first, match.end("first")
        if match["last"]:
            ending = match["last"]
            last = int(ending if len(ending) > len("28") else str(first)[:2] + ending)
            end = match.end()
        before = _RELATION.search(text[: match.start()])
        kind = next(
            (name for name, said in (before.groupdict() if before else {}).items() if said), "IN"
        )
        if last != first:
            kind = "IN" if kind in {"FROM", "UNTIL"} else kind
        elif onward := _ONWARD.match(text, end):
            kind, end = "FROM", onward.end()
        yield Year(first, last, kind, match.start(), end)


def find_numbers(
    text: str, hidden: str, years: Sequence[Year], *, listed: bool
) -> tuple[list[tuple[int, int]], list[Number]]:
    """Return where the numbers stand and what belongs to each.

    `hidden` is the text without its years; `listed` are the rows of a calculation.
    """
    found = list(find_quantities(hidden))
    spans = [(start, end) for _, start, end in found]
    edges = [0]
    for (_, end), (start, _) in pairwise(spans):
        breaks = list(_CUT.finditer(hidden, end, start))
        strong = [match for match in breaks if _STRONG.match(match[0])]
        chosen = (strong or breaks)[-1:]
        edges.append(chosen[0].start() if chosen else start)
    after = _ENDS.search(hidden, spans[-1][1]) if spans else None
    edges.append(after.start() if after and not listed else len(text))
    numbers: list[Number] = []
    for place, (quantity, start, end) in enumerate(found):
        window = (edges[place], edges[place + 1])
        before = text[spans[place - 1][1] if place else 0 : start]
        said = _QUALIFIER.search(before)
        step = _STEP.search(before)
        dash = re.search(r"\d\s?[-–]\s?$", text[:start])
        own = [year for year in years if window[0] <= year.start < window[1]]
        tail = text[window[0] : window[1]]
        numbers.append(
            Number(
                amount=quantity.amount.normalize(),
                unit=quantity.unit,
                qualifier=next((k for k, v in said.groupdict().items() if v), "") if said else "",
                step="span" if dash else step[1] if step else "",
                years=frozenset(own),
                lasting=LASTING.search(tail) is not None,
                yearly=YEARLY.search(tail) is not None,
                actors=frozenset(),
                window=window,
                own=(window,),
                near=(
                    (spans[place - 1][1] if place and window[0] == start else start, start),
                    _near(
                        hidden, end, spans[place + 1][0] if place + 1 < len(spans) else len(text)
                    ),
                ),
                is_part=_PART.search(before) is not None,
                printed=text[start:end].strip(),
            )
        )
    return spans, _inherit(numbers, spans, hidden, years, listed=listed)


def _near(text: str, end: int, following: int) -> tuple[int, int]:
    after = _ENDS.search(text, end, following)
    return end, after.start() if after else following


def _inherit(
    numbers: list[Number],
    spans: Sequence[tuple[int, int]],
    hidden: str,
    years: Sequence[Year],
    *,
    listed: bool,
) -> list[Number]:
    """Give numbers of a row what stands before the first or after the last of them."""
    full: list[Number] = []
    for place, number in enumerate(numbers):
        own = [number.window]
        if place and not number.step and number.unit is numbers[place - 1].unit:
            step = full[-1].step if full[-1].step == "med" else ""
            number = replace(number, step=step)
        for later in range(place, len(numbers)):
            between = hidden[numbers[later].window[0] : spans[later][0]]
            if later > place and (numbers[later].is_part or not _ROW.fullmatch(between)):
                break
            rest = hidden[spans[later][1] : numbers[later].window[1]]
            if later > place:
                own.append((spans[later][1], numbers[later].window[1]))
            if _carries(rest) or listed:
                break
        kept = number.years
        if not kept and place and not listed:
            ahead = [y for y in numbers[place - 1].years if y.start < spans[place - 1][0]]
            kept = frozenset(ahead) or frozenset(y for y in years if y.end <= spans[0][0])
        full.append(replace(number, years=kept, own=tuple(own)))
    return full


def _carries(rest: str) -> bool:
    """Return whether words after a number say what it is for."""
    light = load_lexicon().light
    return any(
        m[0] not in light and not YEARLY.match(m[0]) and not LASTING.match(m[0]) and m[0] != "frem"
        for m in WORD.finditer(rest)
    )


def for_whom(numbers: Sequence[Number], actors: Sequence[Actor]) -> list[Number]:
    """Return the numbers with those that they are for."""
    return [
        replace(number, actors=frozenset(
            actor.name for actor in actors
            if actor.role in {"TIL", "IN"} and any(a <= actor.start < b for a, b in number.own)))
        for number in numbers
    ]  # fmt: skip


def with_qualifier(text: str, start: int) -> int:
    """Return where a number begins, its reservation included."""
    said = _QUALIFIER.search(text[:start])
    return said.start() if said else start
