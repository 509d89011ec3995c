"""Which parts of a question name which figures: "forskellen mellem A og B" -> A, B.

The question is cut at its joints (commas, "og", "end", "af", ...); of all ways to join the pieces
again, the one is taken whose parts are best explained by different series.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np

from chains.ask import Ask
from chains.lookup import topic_stems
from chains.mentions import Mention
from corpus.agreed import Series
from corpus.models import Unit

_JOINTS = re.compile(
    r"(?:[,;:()?–]|\.(?=\s)|\s-\s|\+|\b(?:og|samt|plus|minus|end|fra|til|af|ud af|mod|over for|"
    r"i forhold til|sammenlignet med|i pct\.?|i procent|udgør|er|hvad|hvis|når|så|der|det|den|de|"
    r"oven i|ligger|mellem|på|udgøre|går|kontra|versus|dels|pr\.|uden|ville|have|været|inklusive|"
    r"større|mindre|højere|lavere|mere|flere|altså|ikke|begge)\b)"
)
_NOT = re.compile(
    r"[^.]*\b(?:skal ikke (?:med|tælle)|holdes? .{0,20}ude|"
    r"regnes ikke med)\b[^.]*|\bmen (?:uden|ikke) [^,.?]*|\buden at [^,.?]*|"
    r"\(?\baltså ikke [^),.?]*\)?|\(ikke [^)]*\)"
)
_LONGEST = 5
"""Pieces that may be joined again."""
_TRIED = 9
"""Series that are tried for the parts that begin at a piece."""
_COST = 1.1
"""What a further part must explain, in rarity, to be worth it."""
_PULL = 0.8
_SURE = 0.42
_NAMED_ALONE = 0.78
"""Score from which a part names a series even if the whole question points elsewhere."""
_LIKELY, _SURELY = 0.01, 0.25


@dataclass(frozen=True)
class Operand:
    """A part of the question and the series it names."""

    series: Series
    start: int
    end: int
    score: float
    share: float = 0.0
    """How likely the whole question asks for it."""
    number: Mention | None = None
    """An amount that it names beside the words, equal to the figure's."""


def find_operands(ask: Ask, limit: int = 4, units: Collection[Unit] | None = None) -> list[Operand]:
    """Return the series that different parts of the question name, in the order of the text.

    Args:
        ask: The question.
        limit: How many at most.
        units: Units that they may have; None is any.
    """
    text = _NOT.sub(lambda match: " " * len(match[0]), ask.text)
    pieces = _pieces(text)
    spans = [
        (pieces[i][0], pieces[j - 1][1], i, j)
        for i in range(len(pieces))
        for j in range(i + 1, min(len(pieces), i + _LONGEST) + 1)
    ]
    pull = np.zeros(len(ask.words.series))
    for found in ask.found:
        pull[found.number] = min(1.0, found.share * 3)
    allowed = np.zeros(len(ask.words.series), dtype=bool)
    fitting = [f for f in ask.found if units is None or f.series.first.unit in units]
    allowed[[f.number for f in fitting]] = True
    best: list[tuple[float, Operand, int, int]] = []
    for start, end, i, j in spans:
        scores = ask.words.score(text[start:end])
        worth = scores.mass * (0.4 + scores.phrase) + _PULL * pull * (scores.mass > 0)
        worth = np.where(allowed, worth, 0.0)
        for number in np.argsort(-worth)[:3]:
            if worth[number] > _COST:
                operand = Operand(ask.words.series[number], start, end,
                                  float(scores.score[number] + 0.3 * pull[number]),
                                  float(pull[number] / 3))  # fmt: skip
                best.append((float(worth[number]) - _COST, operand, i, j))
    return _choose(best, len(pieces), limit)


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    start = 0
    for match in [*_JOINTS.finditer(text), None]:
        end = match.start() if match else len(text)
        if topic_stems(text[start:end]):
            pieces.append((start, end))
        start = match.end() if match else end
    return pieces


def _choose(best: list[tuple[float, Operand, int, int]], count: int, limit: int) -> list[Operand]:
    """Return the parts, not overlapping and of different series, that explain the most."""
    by_start: dict[int, list[tuple[float, Operand, int]]] = {}
    for worth, operand, i, j in sorted(best, key=lambda one: -one[0]):
        if len(by_start.setdefault(i, [])) < _TRIED:
            by_start[i].append((worth, operand, j))

    @cache
    def explain(place: int, taken: frozenset[str]) -> tuple[float, tuple[Operand, ...]]:
        if place >= count or len(taken) >= limit:
            return 0.0, ()
        result = explain(place + 1, taken)
        for worth, operand, after in by_start.get(place, ()):
            if operand.series.id in taken:
                continue
            rest = explain(after, taken | {operand.series.id})
            if worth + rest[0] > result[0]:
                result = (worth + rest[0], (operand, *rest[1]))
        return result

    chosen = explain(0, frozenset())[1]
    return [
        o for o in chosen if o.score >= _NAMED_ALONE or (o.score >= _SURE and o.share > _LIKELY)
    ]


def agreed_numbers(ask: Ask) -> dict[int, Series]:
    """Return where a number of the question is an agreed figure's, and whose.

    A value that one series alone prints is that figure; else the likeliest series with it.
    """
    found: dict[int, Series] = {}
    for mention in ask.mentions.numbers:
        if mention.unit is Unit.NUMBER:
            continue
        holders = [
            f
            for f in ask.found
            if any(
                p.quantity.amount == mention.amount and p.quantity.unit is mention.unit
                for figure in f.series.figures
                for p in (figure.place, *figure.repeats)
            )
        ]
        before = ask.text[: mention.start]
        definite = before.endswith(("de ", "den ", "det "))
        if not definite and _SUPPOSED.search(before) and not _odd(mention):
            continue
        if mention.unit is Unit.PCT:  # "20 pct." is more often the asker's own share
            holders = [h for h in holders if h.share > _SURELY]
        likely = [h for h in holders if h.share > 2 * _LIKELY or _named(ask, h.series)]
        if likely:
            found[mention.start] = likely[0].series
        elif len(holders) == 1 and mention.unit is Unit.KR and (definite or _odd(mention)):
            found[mention.start] = holders[0].series
    return found


_SUPPOSED = re.compile(
    r"\b(?:antag\w*|tænkt\w*|tænk dig|forestil\w*|sæt(?: nu)? at|hypotetisk\w*|"
    r"lad os sige)\b[^.?]*$"
)


def _named(ask: Ask, series: Series) -> bool:
    number = ask.words.series.index(series)
    return float(ask.words.score(ask.text).mass[number]) > _COST


def _odd(mention: Mention) -> bool:
    """Return whether an amount is so exact that nobody hits it by chance ("909,3 mio. kr.")."""
    return len(mention.amount.normalize().as_tuple().digits) > 2
