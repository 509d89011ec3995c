"""What a parser hands back: lines, the pages they stand on, what was hidden, what is in doubt."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = 1
"""Count it up whenever a parser gives another text: parsed texts are kept by it."""
MAX_CHARS = 5_000_000


@dataclass(frozen=True)
class ParsedLine:
    """One printed line, or a whole block where the format has blocks."""

    text: str
    opens: str | None
    """title, heading, paragraph, bullet, sub_bullet, numbered, row or note; None: it goes on."""
    page: int | None = None
    box: int | None = None
    """Number of the frame it stands in."""


@dataclass(frozen=True)
class Hidden:
    """Text that a reader of the document would not see."""

    how: str
    """invisible, tiny, off_page, rotated, style, zero_width, tag or bidi."""
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Parsed:
    """A document as lines."""

    lines: tuple[ParsedLine, ...]
    hidden: tuple[Hidden, ...] = ()
    doubts: tuple[str, ...] = ()
    """`<what>` or `<what>:<page>`: empty_page, dropped_frame, merged_cells, unit_from_corner."""
    pages: int | None = None


class Refused(Exception):
    """A document that is not read; `reason` is a key of `ingest_texts.REFUSALS`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def to_json(parsed: Parsed) -> str:
    """Return a parsed document as JSON that `from_json` reads."""
    return json.dumps(dataclasses.asdict(parsed), ensure_ascii=False)


def from_json(text: str | bytes) -> Parsed:
    """Return a parsed document from its JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        fields = json.loads(text)
        return Parsed(
            lines=tuple(ParsedLine(**line) for line in fields["lines"]),
            hidden=tuple(Hidden(**one) for one in fields["hidden"]),
            doubts=tuple(fields["doubts"]),
            pages=fields["pages"],
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def check_size(lines: Iterable[ParsedLine]) -> None:
    """Refuse a document without text, or with more than anybody would write.

    Raises:
        Refused: no_text or too_long.
    """
    size = sum(len(line.text) for line in lines)
    if size > MAX_CHARS:
        raise Refused("too_long", str(size))
    if size < 40:
        raise Refused("no_text", str(size))
