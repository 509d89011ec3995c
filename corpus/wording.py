"""How Danes join words and print dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
           "oktober", "november", "december")  # fmt: skip


def join_words(words: Sequence[str]) -> str:
    """Join the Danish way: "a", "a og b", "a, b og c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"


def format_date(date: dt.date) -> str:
    """Print a date: "13. juni 2022"."""
    return f"{date.day}. {_MONTHS[date.month - 1]} {date.year}"
