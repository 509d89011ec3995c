"""What a link into an agreement points at, and where words stand in its text."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.models import Agreement

Span = tuple[int, int]
_MOST_DIGITS = 9
_LONGEST = 200
"""Characters that are searched for at most."""
_SPELLINGS = {"ae": "(?:ae|æ)", "oe": "(?:oe|ø)", "aa": "(?:aa|å)"}
_DIGRAPH = re.compile("ae|oe|aa", re.IGNORECASE)


class LinkState(StrEnum):
    """What became of the place that a link points at."""

    SAME = "same"
    """The text is the one that was cited."""
    MOVED = "moved"
    """The agreement has changed since; the quote still stands, perhaps elsewhere."""
    GONE = "gone"
    """The agreement has changed since, and the quote no longer stands in it."""
    UNKNOWN = "unknown"
    """The agreement has changed since, and its old text has not been kept."""
    BAD = "bad"
    """The numbers are none, or lie outside the text."""


class Link(BaseModel):
    """A link into an agreement, looked up."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    state: LinkState
    start: int = 0
    end: int = 0
    """Span of the quote in the text of today, where it stands there."""
    quote: str = ""
    """What was quoted, as far as that is known."""


def follow_link(agreement: Agreement, version: str, first: str, last: str, kept: Path) -> Link:
    """Return what a link with these parameters points at.

    Args:
        agreement: As it is today.
        version: Of the text that was cited; empty: today's.
        first: Where the quote begins, as typed in the link.
        last: Where it ends.
        kept: Folder of the texts of earlier versions, `<agreement>/<version>.txt`.
    """
    span = _span(first, last)
    if span is None:
        return Link(state=LinkState.BAD)
    if version in {"", agreement.version}:
        return _at(agreement.text, span, LinkState.SAME)
    old = _kept_text(kept, agreement.id, version)
    if old is None:
        return Link(state=LinkState.UNKNOWN)
    cited = _at(old, span, LinkState.GONE)
    if cited.state is LinkState.BAD:
        return cited
    places = [m.start() for m in re.finditer(re.escape(cited.quote), agreement.text)]
    if not places:
        return Link(state=LinkState.GONE, quote=cited.quote)
    start = min(places, key=lambda place: abs(place - span[0]))
    return Link(state=LinkState.MOVED, start=start, end=start + len(cited.quote), quote=cited.quote)


def _span(first: str, last: str) -> Span | None:
    numbers = [n for n in (first, last) if n.isascii() and n.isdigit() and len(n) <= _MOST_DIGITS]
    if len(numbers) != 2:
        return None
    start, end = map(int, numbers)
    return (start, end) if start < end else None


def _at(text: str, span: Span, state: LinkState) -> Link:
    quote = text[span[0] : span[1]]
    if span[1] > len(text) or not quote.strip():
        return Link(state=LinkState.BAD)
    return Link(state=state, start=span[0], end=span[1], quote=quote)


def _kept_text(kept: Path, agreement_id: str, version: str) -> str | None:
    if not re.fullmatch(r"[0-9a-f]{6,64}", version):  # a name of ours, and no path
        return None
    try:
        return (kept / agreement_id / f"{version}.txt").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def find_words(text: str, words: str) -> tuple[Span, ...]:
    r"""Return every place where words stand one after the other, in any case and spelling of æøå.

    >>> find_words("Sundhed og\nsundheds-pleje", "sundhed")
    ((0, 7), (11, 18))
    >>> find_words("På anlæg", "anlaeg")
    ((3, 8),)
    """
    wanted = words[:_LONGEST].split()
    if sum(map(len, wanted)) < 2:
        return ()
    pattern = r"[\s\u00ad]+".join(_DIGRAPH.sub(_either, re.escape(word)) for word in wanted)
    return tuple(m.span() for m in re.finditer(pattern, text, re.IGNORECASE))


def _either(match: re.Match[str]) -> str:
    return _SPELLINGS[match[0].lower()]


def slug_of(section_id: str, agreement_id: str) -> str:
    """Return a section's id as it stands in a link: without the agreement's."""
    return section_id.removeprefix(f"{agreement_id}/")
