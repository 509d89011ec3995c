"""Does a golden question stand in what the program reads? Then it no longer measures anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chains import Agreement
from corpus.settings import PROJECT
from corpus.words import tokenize
from eval.cases import Case

IN_A_ROW = 5
_FOLDERS = ("corpus", "ingest", "chains")
_KINDS = {".py", ".yaml", ".json"}
_APART = re.compile(r'", "|, ')
_NAMES = ("Center for Sundt Liv og Trivsel",)
"""Names of five words, which have no other wording."""
_NAMED = re.compile("|".join(name.replace(" ", "[ -]") for name in _NAMES), re.IGNORECASE)


def find_leaks(cases: Iterable[Case], agreements: Sequence[Agreement]) -> list[str]:
    """Return the ids of the cases that share five words in a row with code or registers.

    The agreements' own words are nobody's leak.
    """
    own = {run for agreement in agreements for run in _runs(agreement.text)}
    read = _read_by_the_program() - own
    return [case.id for case in cases if _runs(case.question) & read]


def _read_by_the_program() -> set[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for folder in _FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in _KINDS and path.parent.name != "agreements":
                for line in path.read_text(encoding="utf-8").splitlines():
                    for phrase in _APART.split(line):
                        runs |= _runs(phrase)
    return runs


def _runs(text: str) -> set[tuple[str, ...]]:
    words = tokenize(_NAMED.sub("N", text))
    return {tuple(words[i : i + IN_A_ROW]) for i in range(len(words) - IN_A_ROW + 1)}
