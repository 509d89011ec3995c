"""Danish numbers in words -> digits: "halvanden mia. kr." becomes "1,5 mia. kr."."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

_WORD = re.compile(r"[a-zæøåé]+", re.IGNORECASE)
_FRACTIONS = {
    "halvanden": Decimal("1.5"),
    "halvandet": Decimal("1.5"),
    "halvtredje": Decimal("2.5"),
}
_HALF, _QUARTER, _HUNDRED = Decimal("0.5"), Decimal("0.25"), Decimal(100)
_ARTICLES = frozenset({"en", "et"})
_STRESSED = {"én": Decimal(1), "ét": Decimal(1), "een": Decimal(1), "eet": Decimal(1)}
_SCALE_WORDS = frozenset(
    "million millioner milliard milliarder mio mia tusind tusinde hundrede hundred".split()
)
_UNITS = frozenset("kr kroner pct procent mio mia ton".split())
_BIG = frozenset("million millioner milliard milliarder".split())
_PART = re.compile(
    r"\b(?:(?P<whole>(?!tre kvart)\w+)(?: og)? )?(?:en |et )?"
    r"(?P<part>halve?t?|kvart|trekvart|tre kvart)(?= (?:mi[ao]\b|milliard|million|hundrede|"
    r"tusind|pct\b|procent))",
    re.IGNORECASE,
)
_PARTS = {"halv": _HALF, "halvt": _HALF, "halve": _HALF, "kvart": _QUARTER,
          "trekvart": 3 * _QUARTER, "tre kvart": 3 * _QUARTER}  # fmt: skip
_THE_SCALE = re.compile(r"\b(den|hele) (milliard|million)\b", re.IGNORECASE)
_ONE_AS_COUNT = re.compile(
    r"\b(?:kun|bare|blot|præcis|netop|præcist|højst|mindst|opfyldt?e?r?|når?|klarer?) (en|et)\b"
    r"(?! (?:halv|kvart))|\bfra (en|et)(?= til\b)|"
    r"\b(?:i ?stedet for|frem for|kontra|end) (en|et)(?=\W*$|\W*[,?]| mål| kriteri)|\b(en|"
    r"et) (?=ud af|af de (?:fire|4)|"
    r"kriteri|mål\b|enkelt)",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def word_value(word: str) -> Decimal | None:
    """Return the value of one word, None for a word that is no number; articles are none.

    >>> word_value("femogtyve"), word_value("halvanden"), word_value("en")
    (Decimal('25'), Decimal('1.5'), None)
    """
    lowered = word.lower()
    if lowered in _FRACTIONS:
        return _FRACTIONS[lowered]
    if lowered in _STRESSED:
        return _STRESSED[lowered]
    if lowered in _ARTICLES or lowered in _BIG or len(lowered) < 2:
        return None
    return _parse(lowered)


def _parse(phrase: str) -> Decimal | None:
    try:
        return Decimal(text2num(phrase, "da"))
    except ValueError:
        return None


def to_digits(text: str) -> str:
    """Return a text with its numbers in words as digits; everything else as it is.

    >>> to_digits("to mål af fire og tredive mio. kr.")
    '2 mål af 4 og 30 mio. kr.'
    >>> to_digits("en halv milliard, to og en halv mio., et hundrede og tyve")
    '0,5 milliard, 2,5 mio., 120'
    """
    text = _THE_SCALE.sub(r"\1 1 \2", _PART.sub(_to_part, text))
    text = _ONE_AS_COUNT.sub(lambda m: re.sub(r"\b(?:en|et)\b", "1", m[0], flags=re.I), text)
    return _replace_runs(text)


def _to_part(match: re.Match[str]) -> str:
    part = _PARTS[match["part"].lower()]
    whole = match["whole"] or ""
    if whole.lower() in _ARTICLES or not whole:
        return _print(1 + part if " og " in match[0].lower() else part)
    value = _parse(whole.lower()) if not whole.isdigit() else Decimal(whole)
    if value is None:
        kept = match[0][: match[0].lower().rfind(match["part"].lower())]
        return re.sub(r"\b(?:en|et) $", "", kept, flags=re.I) + _print(part)
    return _print(value + part)


def _replace_runs(text: str) -> str:
    words = list(_WORD.finditer(text))
    pieces: list[str] = []
    done = place = 0
    while place < len(words):
        run = _longest_run(text, words, place)
        if run is None:
            place += 1
            continue
        last, value = run
        pieces += [text[done : words[place].start()], _print(value)]
        done = words[last].end()
        place = last + 1
    return "".join([*pieces, text[done:]])


def _longest_run(text: str, words: list[re.Match[str]], first: int) -> tuple[int, Decimal] | None:
    """Return (last word, value) of the longest number that begins at a word."""
    start = words[first][0].lower()
    single = word_value(start)
    follows = words[first + 1][0].lower() if first + 1 < len(words) else ""
    if single is None and not (start in _ARTICLES and follows in _SCALE_WORDS - {"mio", "mia"}):
        if start in _ARTICLES and follows in {"mio", "mia"}:
            return first, Decimal(1)
        return None
    best = (first, single) if single is not None else None
    last = first
    while last + 1 < len(words) and text[words[last].end() : words[last + 1].start()] == " ":
        last += 1
        word = words[last][0].lower()
        if word == "og":
            if best is None or best[1] < _HUNDRED:
                break  # "fire og tredive" are two numbers; thirty-four is one word
            continue
        if word in _ARTICLES:
            after = words[last + 1][0].lower() if last + 1 < len(words) else ""
            if best and best[0] == last - 2 and best[1] >= _HUNDRED and after in _UNITS:
                return last, best[1] + 1  # "to hundrede og et mio."
            continue
        if word_value(word) is None or word in _FRACTIONS:
            break
        value = _parse(" ".join(w[0].lower() for w in words[first : last + 1]))
        if value is None:
            break
        best = (last, value)
    if best is None and start in _ARTICLES:
        return first, Decimal(1)  # "en million": the scale is read with the unit
    return best


def _print(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")
