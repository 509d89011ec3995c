"""Danish numbers, amounts and percentages: read and print them, exactly.

Everything is a Decimal. A money amount is held in whole kroner, whatever was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from corpus.errors import QuantityError
from corpus.models import Quantity, Unit

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
_STRICT = re.compile(rf"^(?:{_NUMBER})$")
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
    suffix = {Unit.KR_PER_INHABITANT: " kr. pr. indbygger", Unit.PCT: " pct.",
              Unit.PCT_POINT: " procentpoint", Unit.NUMBER: ""}  # fmt: skip
    return format_number(amount) + suffix[unit]
