"""Rules that find the figures of an agreement nobody has reviewed yet.

Each number that is no date, reference or heading becomes a figure with its unit, years, price level
and party, marked as not reviewed; its label is the sentence it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.agreed import Figure, FigureKind, Per, Period, Place
from corpus.danish import find_quantities, parse_printed, printed_unit
from corpus.errors import QuantityError
from corpus.models import Agreement, BlockKind, Quantity, Unit
from corpus.number_words import word_value
from corpus.words import split_sentences
from ingest.coverage import classified
from ingest.figures import read_qualifier
from ingest.times import Time, find_times

_N = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_SPAN = re.compile(
    rf"(?:(?<![\w,.-])(?P<low>{_N})\s?[-–]\s?|\b[Mm]ellem (?P<between>{_N}) og |"
    rf"(?<![\w,.-])(?<!fra )(?P<to>{_N}) til )(?P<high>{_N})(?![\d-]|\.\d|\s?[-–]\s?\d)"
    r"(?P<unit>\s*(?:mi[ao]\.?\s*kr\.?|pct\.|procent|kr\.)?)"
)
_YEARS_LONG = re.compile(r"(?<![\w-])(?P<n>\d+|[a-zæøå]{2,})(?:-års?\b|-?årig)")
_HALF_YEAR = re.compile(r"\bet halvt(?= år\b)")
_WORD = re.compile(r"(?<![\w-])[a-zæøå]{2,}(?=[\s,.;])", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:årlig\w*|om året|hvert år|hvert af årene|pr\. år|varig\w*|permanent)\b",
                     re.IGNORECASE)  # fmt: skip
_IN_ALL = re.compile(r"\b(?:i alt|samlet|i perioden|over (?:en |de )?\w+ år\w*)\b", re.IGNORECASE)
_PRICE_LEVEL = re.compile(r"\b(?:(?:20)?\d\d-pl|20\d\d-(?:priser|prisniveau))\b")
_PARTIES = (
    ("staten", re.compile(r"\b[Ss]taten|\bstatslige?\b")),
    ("regionerne", re.compile(r"\b[Rr]egionern|\bregionale?\b")),
    ("kommunerne", re.compile(r"\b[Kk]ommunern|\bkommunale?\b")),
)
_FROM = re.compile(r"\bfra (?:(?:godt|over|ca\.|knap|mindst) )?$")
_PART_OF = re.compile(r"\b(?:hvoraf|heraf|deraf|svarende til|inklusive)\b")
_NEAR_WORDS = 4
_LASTING = re.compile(r"\s*(?:\w+ )?(?:årligt|varigt|om året)\b")
_DURATION = re.compile(r"\s*(?:år|måneder|dage|timer|uger)\b")
_DEFINITE = re.compile(r"\b(?:de|alle|blandt) $", re.IGNORECASE)
_RISES = re.compile(r"\bfra\b.+\btil\b")


@dataclass(frozen=True)
class _Number:
    start: int
    end: int
    quantity: Quantity
    high: Decimal | None


def extract_figures(agreement: Agreement) -> tuple[Figure, ...]:
    """Return the figures of an agreement by rule alone."""
    return tuple(_figures(agreement))


def _figures(agreement: Agreement) -> Iterator[Figure]:
    text = agreement.text
    aside = {place for start, end, _ in classified(agreement) for place in range(start, end)}
    heading: list[Time] = []
    lead: list[Time] = []
    for block in agreement.blocks:
        if block.kind.is_heading:
            heading, lead = find_times(text[block.start : block.end]), []
            continue
        before = _Before([], lead if block.kind.is_item and lead else heading, block.kind.is_item)
        for first, last in split_sentences(text[block.start : block.end]):
            start, end = block.start + first, block.start + last
            sentence = text[start:end]
            numbers = [number for number in _numbers(sentence) if start + number.start not in aside]
            if block.kind is BlockKind.ROW:
                # A number in the first cell is the key of the row.
                numbers = [number for number in numbers if number.start > 0]
            times = find_times(sentence)
            for number in numbers:
                period = _period(sentence, number, numbers, times)
                if period is None and not times:
                    period = before.inherit(sentence, number)
                bounded = period is None or period.last is not None
                if bounded and not _own_time(sentence, number, times) and _lasts(sentence, number):
                    continue  # "30 mio. kr. varigt" without its first year: left to a person
                yield _figure(agreement, sentence, start, number, period)
            before.remember(sentence, times, numbers)
            if not block.kind.is_item:
                lead = times[-1:] if sentence.endswith(":") else []


@dataclass
class _Before:
    """The years that stand before a sentence in its paragraph, its list's lead or its heading."""

    times: list[Time]
    lead: list[Time]
    item: bool
    of_numbers: bool = False

    def remember(self, sentence: str, times: list[Time], numbers: list[_Number]) -> None:
        """Keep the years of a sentence; one without numbers gives way to one with."""
        if times and (numbers or not self.of_numbers):
            self.times = times[-1:] if _RISES.search(sentence) else times
            self.of_numbers = bool(numbers)

    def inherit(self, sentence: str, number: _Number) -> Period | None:
        """Return the one period before a sentence, or, for items, that of the lead or title."""
        if _DURATION.match(sentence, number.end):
            return None
        single = {str(time.period): time.period for time in self.times}
        if len(single) == 1 and number.quantity.unit is not Unit.NUMBER:
            return next(iter(single.values()))
        if not self.times and self.item and len(self.lead) == 1:
            return self.lead[0].period
        return None


def _numbers(sentence: str) -> list[_Number]:
    found: list[_Number] = []
    for match in _SPAN.finditer(sentence):
        low = match["low"] or match["between"] or match["to"]
        span = f"{low}-{match['high']}{match['unit']}".strip()
        try:
            quantity, high = parse_printed(span, sentence[match.end() :])
        except QuantityError:
            continue
        if high is not None and high > quantity.amount:
            start = match.start("between") if match["between"] else match.start()
            found.append(_Number(start, match.end(), quantity, high))
    taken = [(n.start, n.end) for n in found]
    for quantity, start, end in find_quantities(sentence):
        if not any(a <= start < b for a, b in taken):
            found.append(_Number(start, end, quantity, None))
    for match in _YEARS_LONG.finditer(sentence):
        years = Decimal(match["n"]) if match["n"].isdigit() else word_value(match["n"])
        if years is not None:
            quantity = Quantity(amount=years, unit=Unit.NUMBER)
            found.append(_Number(match.start(), match.end("n"), quantity, None))
    for match in _HALF_YEAR.finditer(sentence):
        found.append(_Number(match.start(), match.end(), parse_printed("et halvt")[0], None))
    taken = [(n.start, n.end) for n in found]
    for match in _WORD.finditer(sentence):
        value = word_value(match[0])
        if value is None and match[0].lower() == "halvdelen":
            found.append(_Number(match.start(), match.end(), parse_printed("halvdelen")[0], None))
            continue
        free = not any(a <= match.start() < b for a, b in taken)
        if value is not None and value > 1 and free:
            quantity = _worded(match, value, sentence)
            found.append(_Number(match.start(), match.end(), quantity, None))
    found.sort(key=lambda number: number.start)
    return _share_units(sentence, found)


def _worded(match: re.Match[str], value: Decimal, sentence: str) -> Quantity:
    """Return a number word with the unit that follows it ("halvanden mia. kr.")."""
    for quantity, start, _ in find_quantities(f"1{sentence[match.end() : match.end() + 20]}"):
        if start == 0:
            return Quantity(amount=value * quantity.amount, unit=quantity.unit)
        break
    return Quantity(amount=value, unit=Unit.NUMBER)


def _share_units(sentence: str, numbers: list[_Number]) -> list[_Number]:
    """Give "12, 14 og 16 mio. kr." and "3,4 og 2,9 pct." one unit."""
    shared = list(numbers)
    unit = ""
    for place in range(len(shared) - 2, -1, -1):
        own, following = shared[place], shared[place + 1]
        between = sentence[own.end : following.start]
        if following.quantity.unit is not Unit.NUMBER and not unit:
            unit = re.sub(r"^[\d.,½]+", "", sentence[following.start : following.end])
        listed = re.fullmatch(r"\s*(?:,|og|eller|samt)\s*", between)
        if own.quantity.unit is Unit.NUMBER and unit and listed:
            quantity, _ = parse_printed(sentence[own.start : own.end] + unit)
            shared[place] = _Number(own.start, own.end, quantity, own.high)
        else:
            unit = ""
    return shared


def _period(
    sentence: str, number: _Number, numbers: list[_Number], times: list[Time]
) -> Period | None:
    """Return the years of a number within its sentence."""
    listed = _respectively(sentence, number, numbers, times)
    if listed is not None:
        return listed
    money = _is_money(number)
    head, tail = sentence[: number.start], sentence[number.end :]
    later = [n.start for n in numbers if n.start > number.start]
    limit = min(later, default=len(sentence))
    after = [t for t in times if number.end <= t.start < limit]
    before = [t for t in times if t.end <= number.start]
    if _DURATION.match(tail) and not (after and tail[: after[0].start - number.end].endswith("(")):
        return None
    floor = max((n.end for n in numbers if n.start < number.start), default=0)
    near = [t for t in before if t.start >= floor and not _tied(sentence, t, numbers)]
    if after and not (near and _apart(sentence, number.end, after[0].start)):
        together = [t for t in after if t.start <= after[0].end + len(" og ")]
        return _joined(together)
    if _DEFINITE.search(head) and not money:
        return None  # "de 21 klynger" are there already
    if _FROM.search(head) and tail.startswith(" til "):
        return None  # "fra 38 pct. til 50 pct. i 2030": the year is the second one's
    if near:
        return near[-1].period
    part = _PART_OF.search(head)
    if part and (whole := [t for t in before if t.end <= part.start()]):
        return _joined(whole) if len(whole) > 1 else whole[0].period
    free = [t for t in before if not _tied(sentence, t, numbers)]
    if not money:
        first = min((n.start for n in numbers), default=0)
        free = [t for t in free if t.start < first]
    if free:
        return free[-1].period
    following = [t for t in times if t.start >= limit]
    alone = money or not any(_is_money(n) for n in numbers)
    if alone and len(following) == len(times) == 1:
        return following[0].period  # "... på 10 mio. kr. til A og 5 mio. kr. til B i 2024"
    return None


def _lasts(sentence: str, number: _Number) -> bool:
    return _is_money(number) and _LASTING.match(sentence, number.end) is not None


def _own_time(sentence: str, number: _Number, times: list[Time]) -> bool:
    """Return whether years stand directly after a number."""
    return any(
        number.end <= t.start and len(sentence[number.end : t.start].split()) <= _NEAR_WORDS
        for t in times
    )


def _is_money(number: _Number) -> bool:
    return number.quantity.unit in {Unit.KR, Unit.KR_PER_INHABITANT}


def _apart(sentence: str, start: int, end: int) -> bool:
    return re.search(r"[,;]|\bog\b|\bmens\b", sentence[start:end]) is not None


def _tied(sentence: str, time: Time, numbers: list[_Number]) -> bool:
    """Return whether a time directly follows a number and so belongs to that one alone."""
    gaps = [sentence[n.end : time.start] for n in numbers if n.end <= time.start]
    return any("," not in gap and len(gap.split()) <= _NEAR_WORDS for gap in gaps)


def _joined(times: list[Time]) -> Period:
    first, last = times[0].period, times[-1].period
    if len(times) > 1 and last.last is not None and last.last == first.first + len(times) - 1:
        return Period(first=first.first, last=last.last)
    return first


def _respectively(
    sentence: str, number: _Number, numbers: list[_Number], times: list[Time]
) -> Period | None:
    """Return the year of one of n numbers that are followed by n years ("hhv. 1 og 2 i x og y")."""
    groups = _runs(sentence, [(n.start, n.end) for n in numbers])
    years = _runs(sentence, [(t.start, t.end) for t in times])
    for group in groups:
        place = next((i for i, (start, _) in enumerate(group) if start == number.start), None)
        if place is None or len(group) < 2:
            continue
        for run in years:
            gap = sentence[group[-1][1] : run[0][0]]
            if len(run) == len(group) and group[-1][1] <= run[0][0] and len(gap.split()) <= 3:
                time = next(t for t in times if t.start == run[place][0])
                return time.period
    return None


def _runs(sentence: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Group spans that are listed one after the other: "a, b og c"."""
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        between = sentence[runs[-1][-1][1] : span[0]] if runs else ""
        if runs and re.fullmatch(r"\s*(?:,|og|samt|, og)\s*(?:i )?", between):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _figure(
    agreement: Agreement, sentence: str, offset: int, number: _Number, period: Period | None
) -> Figure:
    start, end = offset + number.start, offset + number.end
    printed = agreement.text[start:end].strip()
    quantity = number.quantity
    before, after = sentence[: number.start], sentence[number.end :]
    unit = printed_unit(printed if "mi" in printed.lower() else f"{printed}{after[:40]}", quantity)
    level = _PRICE_LEVEL.search(after[:40]) or _PRICE_LEVEL.search(sentence)
    return Figure(
        id=f"{start}-{end}",
        agreement_id=agreement.id,
        label=sentence.strip().lstrip("•◦ ").rstrip("."),
        kind=_kind(quantity),
        quantity=quantity,
        high=number.high,
        printed_unit=unit,
        qualifier=read_qualifier(before[-24:], after) if number.high is None else "range",
        per=_per(quantity, sentence, number, period),
        period=period,
        price_level=level[0] if level else "",
        party=next((name for name, pattern in _PARTIES if pattern.search(sentence)), ""),
        series=f"{start}-{end}",
        place=Place(start=start, end=end, printed=printed, quantity=quantity, high=number.high),
    )


def _kind(quantity: Quantity) -> FigureKind:
    if quantity.unit in {Unit.PCT, Unit.PCT_POINT}:
        return FigureKind.SHARE
    return FigureKind.COUNT if quantity.unit is Unit.NUMBER else FigureKind.AMOUNT


def _per(quantity: Quantity, sentence: str, number: _Number, period: Period | None) -> Per | None:
    if quantity.unit not in {Unit.KR, Unit.KR_PER_INHABITANT}:
        return None
    around = sentence[max(0, number.start - 30) : number.end + 40]
    if _YEARLY.search(around):
        return Per.YEAR
    if period is not None and period.last != period.first:
        return Per.TOTAL if _IN_ALL.search(sentence) else Per.YEAR
    return Per.ONCE
