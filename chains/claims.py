"""A pasted text -> its numbers, each with the words that say what it is a number of.

Offsets refer to the pasted text, though numbers in words are read as digits. Dates, times, phone
numbers, references and years are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from corpus.agreed import Place
from corpus.check import Verdict
from corpus.danish import find_quantities, printed_step
from corpus.models import Quantity, Unit
from corpus.number_words import to_digits
from corpus.words import split_sentences

_THOUSAND = Decimal(1_000)
_MONTH = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sep(?:tember)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_CLOCK = r"\d{1,2}(?:[.:]\d\d)?"
_PHONE = r"(?:tlf|telefon|ring\w*(?: til)?(?: på)?|mobil|lokal(?:nummer)?|lok)"
_PLACE = (
    r"(?:lokale|rum|sal|etage|stuen?|bygning|værelse|side|s\.|pp?\.|note|fodnote|bilag|boks|"
    r"kapitel|kap\.|afsnit|pkt\.?|punkt|tema|kriterium|dagsordenspunkt|uge|version|v\.|slide|"
    r"spor|linje|grundforløb|type|model|udkast|fane|mappe|dør|faktaark|bestilling|auditorium)"
)
_FILE = r"(?:sag(?:snr|snummer)?|j\.? ?nr|journalnr|journalnummer|ref|id|dok|nr|spørgsmål s)"
_NO_CLAIM = re.compile(
    "|".join(
        (
            rf"\b(?:d\. ?|den )?\d{{1,2}}\.? ?{_MONTH}(?: ?(?:19|20)\d\d)?",
            r"\b\d{1,2}[./]\d{1,2}[-/.](?:20)?\d\d\b|\b\d{1,2}/\d{1,2}\b",
            r"\b(?:d\. ?|den )\d{1,2}[./]\d{1,2}\b",
            rf"\b(?:kl\.?|klokken) ?{_CLOCK}(?: ?[-–] ?{_CLOCK})?|\b\d{{1,2}}:\d\d\b",
            rf"\b{_PHONE}\b\.?:? ?(?:på )?(?:\+45 ?)?\d[\d ]*\d",
            r"(?<!\d)\d\d \d\d \d\d \d\d(?!\d)|\b\d{8}\b|\b\d{6}-\d{4}\b",
            rf"\b{_PLACE}\.? ?(?:nr\.? ?)?\d+(?:[.,]\d+)*(?: ?(?:[-–]|og) ?\d+)?",
            rf"\b{_FILE}\b\.?:? ?(?:nr\.? ?)?[\w-]*\d[\w/-]*|§+ ?\d+\w?(?:,? stk\. ?\d+)?",
            r"\b(?:20)?\d\d[- ]?(?:pl|p/l)\b|\bCOVID-? ?19\b|\bLPR ?3\b|\bCO2\w*",
            r"\b[\w.]+@[\w.]+\b|https?://\S+|\bEAN\b[: ]*\d+|\bcvr\b[-.: nr]*\d+",
            r"(?m:^\s*\d{1,2}[.)](?= ))|\b\d{1,2}[.)] ?(?:sal|udkast|udgave)\b|\b\d\)",
        )
    ),
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)(?:(?: ?[-–/] ?)(?:19|20)?\d\d\b)?")
_BULLET = re.compile(r"^\s*(?:[-–•*◦]|\d{1,2}[.)])\s+")
_APART = re.compile(r"\bunder ét\b|\bet (?:mål|enkelt)\b", re.IGNORECASE)
_LOWER_START = re.compile(r"(?<=[a-zæøå]{3}[.?!]) (?=[a-zæøå])|(?<=\d[?!]) (?=[a-zæøå])")
"""Where a sentence begins without a capital, as in a hurried mail."""
_SHORT = re.compile(
    r"\b(?:mio|mia|mill|pct|kr|inkl|ekskl|osv|evt|hhv|vedr|tlf|stk|bl\.a|f\.eks|maks|min|ialt)\.$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\s?-?(?:års?|årig\w*|måneder(?:s)?|måned|dage?s?|døgn)\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:halvdelen|halvt? så)\b", re.IGNORECASE)
_SPAN = re.compile(r"\d+(?:[.,]\d+)?\s?(?:[-–]|til)\s?$")
_NOUN = re.compile(r"\s*(?:(?:nye?|ekstra|flere|af|de|aftalte|særlige|såkaldte)\s+)*([a-zæøåé-]+)")
_BREAK = re.compile(
    r"(?:[,;:.–—]\s+(?:og|men|mens|heraf|hvoraf|mod|samt|så)\b|;|\s[–—]\s|\bmens\b|\bhvoraf\b|\bheraf\b|"
    r",|\bog\b|\bsamt\b|\bmod\b)",
    re.IGNORECASE,
)
_BEFORE = 2
_HEDGE = re.compile(
    r"\b(?:knap|ca\.?|cirka|godt|omkring|næsten|omtrent|rundt regnet|i omegnen af|"
    r"lidt (?:over|under)|over|under|op mod|små)\s*$",
    re.IGNORECASE,
)
_STRONG = re.compile(r"[;–—]|mens|[hH]vor?af|[.,]\s+(?:og|men|mens|samt)")


@dataclass(frozen=True)
class Claim:
    """A number of a pasted text."""

    printed: str
    start: int
    end: int
    quantity: Quantity
    high: Decimal | None
    """Upper end of a span ("5-10")."""
    step: Decimal
    """What its last printed digit counts."""
    noun: str
    """What is counted, of a bare number."""
    clause: str
    """The words around it that belong to it alone, numbers left out."""
    sentence: str
    """Its sentence, numbers left out."""
    before: str
    """The two sentences before it."""
    timed: bool
    """A number of years, months or days."""
    hedged: bool
    """Said to be rounded ("knap", "ca.")."""

    @property
    def is_span(self) -> bool:
        """True for "5-10"."""
        return self.high is not None


@dataclass(frozen=True)
class _Number:
    start: int
    end: int
    quantity: Quantity
    high: Decimal | None
    read: str
    timed: bool


def find_claims(text: str) -> list[Claim]:
    """Return every number of a text that may be about an agreement, in order."""
    claims: list[Claim] = []
    earlier: list[str] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        numbers = list(_numbers(sentence))
        plain = _without(sentence, [(n.start, n.end) for n in numbers])
        for place, number in enumerate(numbers):
            first, last = _clause(sentence, numbers, place)
            inside = [(n.start - first, n.end - first) for n in numbers
                      if first <= n.start and n.end <= last]  # fmt: skip
            noun = _NOUN.match(sentence, number.end)
            bare = number.quantity.unit is Unit.NUMBER
            claims.append(
                Claim(
                    printed=sentence[number.start : number.end],
                    start=start + number.start,
                    end=start + number.end,
                    quantity=number.quantity,
                    high=number.high,
                    step=printed_step(number.read),
                    noun=noun[1].lower() if noun and bare else "",
                    clause=_without(sentence[first:last], inside),
                    sentence=plain,
                    before=" ".join(earlier[-_BEFORE:]),
                    timed=number.timed,
                    hedged=_HEDGE.search(sentence[: number.start]) is not None,
                )
            )
        earlier.append(plain)
    return claims


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        offset = bullet.end() if bullet else 0
        for a, b in split_sentences(line[offset:]):
            first = offset + a
            for match in _LOWER_START.finditer(line, first, offset + b):
                if not _SHORT.search(line[first : match.start()]):
                    yield start + first, start + match.start()
                    first = match.end()
            yield start + first, start + offset + b
        start += len(line) + 1


def _numbers(sentence: str) -> Iterator[_Number]:
    """Yield the numbers of one sentence; its offsets, whatever they were written in."""
    hidden = _NO_CLAIM.sub(lambda m: " " * len(m[0]), sentence)
    for pattern in (_YEAR, _APART):
        hidden = pattern.sub(lambda m: " " * len(m[0]), hidden)
    read = to_digits(hidden)
    back = _back(read, hidden)
    done = -1
    for match in _HALF.finditer(hidden):
        yield _Number(
            *match.span(), Quantity(amount=Decimal(50), unit=Unit.PCT), None, "50 pct.", timed=False
        )
    found = list(find_quantities(read))
    for place, (quantity, start, end) in enumerate(found):
        if start < done:
            continue
        time = _TIME.match(read, end)
        end = time.end() if time else end
        high = None
        if place + 1 < len(found) and _SPAN.fullmatch(read[start : found[place + 1][1]]):
            other, _, end = found[place + 1]
            quantity, high = Quantity(amount=quantity.amount, unit=other.unit), other.amount
        done = end
        first, last = back(start), back(end)
        printed = hidden[first:last].strip()
        if printed:
            first += len(hidden[first:last]) - len(hidden[first:last].lstrip())
            yield _Number(
                first, first + len(printed), quantity, high, read[start:end], time is not None
            )


def _back(read: str, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Return the map from an offset in what was read to one in the text."""
    blocks = SequenceMatcher(None, read, text, autojunk=False).get_opcodes()

    def place(offset: int) -> int:
        for kind, a, b, c, d in blocks:
            if a <= offset < b:
                return c + offset - a if kind == "equal" else c
            if offset == b == len(read) or (offset == b and kind != "equal"):
                return d
        return len(text)

    return place


def _clause(sentence: str, numbers: Sequence[_Number], place: int) -> tuple[int, int]:
    """Return the span of the words that belong to one of the numbers of a sentence."""
    first = 0 if not place else _cut(sentence, numbers[place - 1].end, numbers[place].start)
    last = (
        len(sentence)
        if place + 1 == len(numbers)
        else _cut(sentence, numbers[place].end, numbers[place + 1].start)
    )
    return first, last


def _cut(sentence: str, start: int, end: int) -> int:
    """Return where the words between two numbers part: the last strong break, else the last."""
    breaks = list(_BREAK.finditer(sentence, start, end))
    strong = [match for match in breaks if _STRONG.match(match[0])]
    chosen = (strong or breaks)[-1:]
    return chosen[0].start() if chosen else start


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return " ".join(text.split())


def compare(claim: Claim, place: Place) -> Verdict | None:
    """Return whether a number is the printed one, that one rounded, or that one in a wrong unit."""
    own, other = claim.quantity, place.quantity
    if own.unit is not other.unit:
        shares = {own.unit, other.unit} == {Unit.PCT, Unit.PCT_POINT}
        return Verdict.WRONG_UNIT if shares and own.amount == other.amount else None
    if own.amount == other.amount:
        return Verdict.RIGHT if claim.high == place.high else None
    if claim.high is not None or place.high is not None:
        return None
    if abs(own.amount - other.amount) <= _slack(claim) < abs(other.amount) / 10:
        return Verdict.ROUNDED
    factor = own.amount / other.amount if other.amount else Decimal(0)
    thousands = factor in {_THOUSAND, 1 / _THOUSAND, _THOUSAND**2, 1 / _THOUSAND**2}
    return Verdict.WRONG_UNIT if thousands and own.unit is Unit.KR else None


def _slack(claim: Claim) -> Decimal:
    """Return how far a number may be rounded: half its last digit, its zeros too after "knap"."""
    step = claim.step
    if claim.hedged:
        while claim.quantity.amount and claim.quantity.amount % (step * 10) == 0:
            step *= 10
    return step / 2
