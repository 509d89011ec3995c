"""An agreement's text -> what of its head stands in it: title, date, parties, period."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.models import Agreement, BlockKind, Years
from corpus.words import fold_letters
from ingest.read import Source

_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
           "oktober", "november", "december")  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}})\. ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)\b", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?\b")
_SPAN_IN_TEXT = re.compile(r"\bi (?:perioden|årene) ((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)\b")
_TITLE = re.compile(r"(?:\w*[Aa]ftale|Udmøntning|Forlig|Delaftale)\b")
_BETWEEN = re.compile(r"\bmellem (.+?) om\b")
_NAME = r"(?:KL|Danske Regioner|[Rr]egeringen|[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+){0,3})"
_AGREE = re.compile(
    rf"\b({_NAME}(?:, {_NAME})* og {_NAME})(?: er| har)\b[^.]{{0,100}}?\b(?:enige|indgået|aftalt)"
)
_FIRST_BLOCKS = 14
_TITLE_MAX = 250
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:-.*)?")
_SLUG_WORDS = 6
_SMALL_WORDS = {
    "om",
    "og",
    "af",
    "for",
    "mellem",
    "en",
    "et",
    "den",
    "det",
    "de",
    "i",
    "til",
    "med",
}


@dataclass(frozen=True)
class Fields:
    """What is known of an agreement's head; None where the text does not say."""

    title: str | None = None
    date: dt.date | None = None
    parties: tuple[str, ...] = ()
    years: Years | None = None


def find_fields(source: Source, agreement: Agreement) -> Fields:
    """Return what a document says of itself; nothing is guessed beyond its own words."""
    title = _find_title(source, agreement)
    first = [agreement.text[b.start : b.end] for b in agreement.blocks[:_FIRST_BLOCKS]]
    dates = [read_date(match[0]) for text in first if len(text) < 90 or text == title
             for match in _DATE.finditer(text)]  # fmt: skip
    parties = _parties_of(title or "") or _parties_who_agree(" ".join(first))
    years = read_years(title or "") if title and _YEARS.search(title) else None
    if years is None and (span := _SPAN_IN_TEXT.search(agreement.text)):
        years = read_years(f"{span[1]}-{span[2]}")
    return Fields(title, next((date for date in dates if date), None), parties, years)


def _find_title(source: Source, agreement: Agreement) -> str | None:
    lines = source.parsed.lines if source.parsed else ()
    for i, line in enumerate(lines[:40]):
        if line.opens == "title":
            rest = []
            for other in lines[i + 1 :]:
                if other.opens is not None:
                    break
                rest.append(other.text)
            return " ".join([line.text, *rest])[:_TITLE_MAX]
    for block in agreement.blocks[:6]:
        text = agreement.text[block.start : block.end]
        usual = block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if usual and _TITLE.match(text) and len(text) < _TITLE_MAX and not text.endswith("."):
            return text
    return None


def _parties_of(title: str) -> tuple[str, ...]:
    match = _BETWEEN.search(title)
    return split_names(match[1]) if match else ()


def _parties_who_agree(text: str) -> tuple[str, ...]:
    match = _AGREE.search(text)
    return split_names(match[1]) if match else ()


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a list: "regeringen, Danske Regioner og KL"."""
    names = [name.strip() for name in re.split(r"[,;]| og | samt ", text)]
    return tuple(name[:1].upper() + name[1:] for name in names if name)


def read_date(text: str) -> dt.date | None:
    """Read a date: "13. juni 2022" or "2022-06-13"; None where it is none.

    >>> read_date("13. juni 2022")
    datetime.date(2022, 6, 13)
    """
    match = _DATE.search(text)
    iso = _ISO_DATE.fullmatch(text.strip())
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if match:
            return dt.date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None  # 31. februar
    return None


def read_years(text: str) -> Years | None:
    """Read a period: "2021" or "2022-2029"; None where it is none.

    >>> read_years("2022-2029").last
    2029
    """
    match = _YEARS.search(text)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return Years(first=first, last=last) if first <= last else None


def make_id(title: str, year: int, taken: set[str]) -> str:
    """Return an id made of a title's words, and of nothing that the sender chose.

    >>> make_id("Aftale om regionernes økonomi for 2021", 2020, set())
    'aftale-regionernes-oekonomi-2021'
    """
    folded = re.sub(r"[^a-z0-9]+", " ", fold_letters(title))
    words = [word for word in folded.split() if word not in _SMALL_WORDS][:_SLUG_WORDS]
    if not any(re.fullmatch(r"(?:19|20)\d\d", word) for word in words):
        words.append(str(year))
    name = "-".join(words)[:54].strip("-")
    if not is_id(name) or name.isdigit():
        name = f"aftale-{name}"[:54].strip("-")
    found, count = name, 2
    while found in taken:
        found, count = f"{name}-{count}", count + 1
    return found


def is_id(text: str) -> bool:
    """Return whether a text can name an agreement and its files, on every system."""
    return _ID.fullmatch(text) is not None and _DEVICES.fullmatch(text) is None
