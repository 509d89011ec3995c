"""Years of a text, all moved by as many: spans, the year of a price level, school years."""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
SHORT = re.compile(r"(?<!\d)\d\d(?=-pl\b)|(?<=\b(?:19|20)\d\d/)\d\d\b")


def moved(match: re.Match[str], by: int) -> str:
    """Return a year, written with four digits or two, moved."""
    text = match[0]
    return str(int(text) + by) if len(text) > 2 else f"{(int(text) + by) % 100:02d}"


def shift(text: str, by: int, *, blank: bool = False) -> str:
    """Return a text with its years moved, or left out.

    >>> shift("2023-2028 (21-pl)", 2)
    '2025-2030 (23-pl)'
    """
    for pattern in (YEAR, SHORT):
        text = pattern.sub(lambda m: "" if blank else moved(m, by), text)
    return text
