"""Danish numbers, amounts and percentages: read and print them, exactly.

Everything is a Decimal. A money amount is held in whole kroner, whatever was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel.numbers import format_decimal

from corpus.errors import QuantityError
from corpus.models import Quantity, Unit
from corpus.number_words import to_digits

MIO = Decimal(10) ** 6
MIA = Decimal(10) ** 9
_TUSIND = Decimal(10) ** 3
_HALF = Decimal("0.5")
_SCALES = {"mia": MIA, "milliard": MIA, "milliarder": MIA, "mio": MIO, "million": MIO,
           "millioner": MIO, "tusind": _TUSIND, "t": _TUSIND}  # fmt: skip

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u00ad]+")
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?![\d])|\d+)(?:,\d+)?½?|½"
_SCALE = r"(?:mia|mio|milliard(?:er)?|million(?:er)?|tusind)\b\.?|t\.(?=\s*kr)"
# "8,9 mio. i 2023" stands in the reform agreement without its kr.; "2 mio. ton" is no money.
_NOT_MONEY = re.compile(
    r"\s*(?!(?:i|til|fra|om|pr|per|årligt|varigt|og|eller|af|på|ved)\b)[a-zæøå]"
)
_QUANTITY = re.compile(
    rf"(?<![\w,.½])(?<![a-zæøå]-)(?P<number>{_NUMBER})(?![\d½]|[.,]\d|-[a-zæøå])"
    rf"(?:\s*(?P<scale>{_SCALE}))?"
    r"(?:\s*(?P<unit>kr\.?(?:\s+pr\.\s+indbygger)?(?!\w)|kroner(?!\w)|"
    r"procentpoint|pct\.?[- ]?point|pct\.?(?!\w)|procent(?!\w)|%))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_STRICT = re.compile(rf"^(?:{_NUMBER})$")
_SPAN = re.compile(rf"(?P<low>{_NUMBER})\s*[-–]\s*(?P<high>{_NUMBER})(?P<rest>.*)", re.DOTALL)
_HALVES = {"halvdelen": Quantity(amount=Decimal(50), unit=Unit.PCT),
           "halvt": Quantity(amount=_HALF, unit=Unit.NUMBER),
           "et halvt": Quantity(amount=_HALF, unit=Unit.NUMBER)}  # fmt: skip
UNIT_NAMES = {Unit.KR: "kr.", Unit.KR_PER_INHABITANT: "kr. pr. indbygger", Unit.PCT: "pct.",
              Unit.PCT_POINT: "procentpoint", Unit.NUMBER: ""}  # fmt: skip
MONEY_UNITS = {"kr.": Decimal(1), "mio. kr.": MIO, "mia. kr.": MIA}
"""Units that money is shown in, in whole kroner."""
_SIGNIFICANT = 4
_PRECISION = 28
_UNITS = {"kr": Unit.KR, "kroner": Unit.KR, "pct": Unit.PCT, "procent": Unit.PCT, "%": Unit.PCT}


def fold_spaces(text: str) -> str:
    """Return the text with every run of blanks, also no-break and soft hyphen, as one blank.

    >>> fold_spaces("400\u00a0mio.  kr.")
    '400 mio. kr.'
    """
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def parse_number(text: str) -> Decimal:
    """Read one Danish number: point for thousands, comma for decimals, ½ for a half.

    >>> parse_number("120.718,0")
    Decimal('120718.0')
    >>> parse_number("2½")
    Decimal('2.5')

    Raises:
        QuantityError: no number, or one that could be read two ways ("1.3").
    """
    folded = fold_spaces(text)
    if not _STRICT.match(folded):
        raise QuantityError(text)
    half = _HALF if folded.endswith("½") else Decimal(0)
    digits = folded.rstrip("½").replace(".", "").replace(",", ".")
    return (Decimal(digits) if digits else Decimal(0)) + half


def parse_quantity(text: str) -> Quantity:
    """Read one Danish quantity, as agreements print it.

    >>> parse_quantity("1,4 mia. kr.")
    Quantity(amount=Decimal('1400000000.0'), unit=<Unit.KR: 'kr'>)
    >>> parse_quantity("113 kr. pr. indbygger").unit
    <Unit.KR_PER_INHABITANT: 'kr_per_inhabitant'>

    Raises:
        QuantityError: no number, or one that could be read two ways ("1.3").
    """
    folded = fold_spaces(text)
    match = _QUANTITY.fullmatch(folded)
    if match is None:
        raise QuantityError(text)
    return _to_quantity(match)


def find_quantities(text: str) -> Iterator[tuple[Quantity, int, int]]:
    """Yield each number of a text with its unit and where it stands, in order.

    A bare number (a year, a count) has `Unit.NUMBER`. One that can be read two ways is left out.

    >>> [(str(q.amount), q.unit.value) for q, _, _ in find_quantities("5 pct. af ½ mia. kr.")]
    [('5', 'pct'), ('500000000.0', 'kr')]
    """
    for match in _QUANTITY.finditer(text):
        unit = (match["unit"] or "").lower()
        if _YEAR.match(match["number"]) and (
            (match["scale"] and not unit) or unit[:1] in {"p", "%"}
        ):
            number = parse_number(match["number"])  # "løft 2021 mia?"
            yield Quantity(amount=number, unit=Unit.NUMBER), match.start(), match.end("number")
        else:
            yield _to_quantity(match), match.start(), match.end()


def _to_quantity(match: re.Match[str]) -> Quantity:
    amount = parse_number(match["number"])
    scale = (match["scale"] or "").rstrip(".").lower()
    if scale:
        amount *= _SCALES[scale]
    unit = (match["unit"] or "").lower()
    if "indbygger" in unit:
        return Quantity(amount=amount, unit=Unit.KR_PER_INHABITANT)
    if "point" in unit:
        return Quantity(amount=amount, unit=Unit.PCT_POINT)
    if not unit:
        counted = _NOT_MONEY.match(match.string, match.end())
        return Quantity(amount=amount, unit=Unit.KR if scale and not counted else Unit.NUMBER)
    return Quantity(amount=amount, unit=_UNITS[unit.rstrip(".")])


def parse_printed(value: str, after: str = "") -> tuple[Quantity, Decimal | None]:
    """Read a figure as an agreement prints it: a quantity, a span, a number word, a half.

    `after` is the text that follows ("2 mio." before " ton" is no money). The second value is the
    upper end of a span.

    >>> parse_printed("5-10")
    (Quantity(amount=Decimal('5'), unit=<Unit.NUMBER: 'number'>), Decimal('10'))
    >>> parse_printed("Halvdelen")[0].unit, parse_printed("ti")[0].amount
    (<Unit.PCT: 'pct'>, Decimal('10'))

    Raises:
        QuantityError: no number, or one that could be read two ways.
    """
    half = _HALVES.get(value.lower())
    if half is not None:
        return half, None
    span = _SPAN.fullmatch(value)
    if span is not None:
        high = parse_quantity(span["high"] + span["rest"])
        low = parse_quantity(span["low"] + span["rest"])
        return low, high.amount
    digits = to_digits(value)
    for quantity, start, end in find_quantities(digits + after[:20]):
        if start == 0 and end >= len(digits.rstrip()):
            return quantity, None
        break
    return parse_quantity(digits), None


def printed_unit(value: str, quantity: Quantity) -> str:
    """Return the unit in which a quantity was printed, empty for a count.

    >>> printed_unit("8,9 mio.", parse_quantity("8,9 mio."))
    'mio. kr.'
    """
    if quantity.unit is Unit.KR:
        lowered = value.lower()
        return next((u for u in ("mia. kr.", "mio. kr.") if u[:3] in lowered), "kr.")
    return UNIT_NAMES[quantity.unit]


def printed_step(value: str) -> Decimal:
    """Return what the last printed digit of a figure counts: 0,1 mia. kr. of "1,6 mia. kr."."""
    match = _QUANTITY.match(to_digits(value))
    if match is None:
        return Decimal(0)
    decimals = len(match["number"].partition(",")[2])
    if match["number"].endswith("½"):
        decimals = 1
    scale = _SCALES.get((match["scale"] or "").rstrip(".").lower(), Decimal(1))
    return scale.scaleb(-decimals)


def in_unit(amount: Decimal, unit: str) -> Decimal:
    """Return an amount of whole kroner in a unit of money; anything else as it is."""
    with localcontext(prec=_PRECISION):
        return amount / MONEY_UNITS.get(unit, Decimal(1))


def format_rounded(number: Decimal, *, whole: bool = False) -> str:
    """Print a result: four significant figures or one decimal, whichever shows more.

    Rounded half-up, trailing zeros dropped. `whole` is for people and things.

    >>> format_rounded(Decimal("1041.448")), format_rounded(Decimal("45.24"))
    ('1.041,4', '45,24')
    """
    decimals = 0 if whole else max(1, _SIGNIFICANT - 1 - (number.adjusted() if number else 0))
    with localcontext(prec=max(_PRECISION, number.adjusted() + decimals + 2)):
        rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return format_number(rounded.normalize() + 0)


def format_number(number: Decimal, decimals: int | None = None) -> str:
    """Print a number the Danish way, rounded half-up to `decimals` places if given.

    >>> format_number(Decimal("1554.40"))
    '1.554,4'
    >>> format_number(Decimal("2.25"), 1)
    '2,3'
    """
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return str(format_decimal(number, format=pattern, locale="da", decimal_quantization=False))


def format_quantity(quantity: Quantity) -> str:
    """Print a quantity in the unit that a Dane would choose for its size.

    >>> format_quantity(parse_quantity("1554,4 mio. kr."))
    '1.554,4 mio. kr.'
    >>> format_quantity(parse_quantity("113 kr. pr. indbygger"))
    '113 kr. pr. indbygger'
    """
    amount, unit = quantity.amount, quantity.unit
    if unit is Unit.KR:
        if abs(amount) >= MIO:
            return f"{format_number(amount / MIO)} mio. kr."
        return f"{format_number(amount)} kr."
    return f"{format_number(amount)} {UNIT_NAMES[unit]}".rstrip()
