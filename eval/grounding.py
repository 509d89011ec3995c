"""Is every number of an answer backed? Written apart from `chains.guard`, so that it checks it too.

A number is read here by a plain pattern: digits with the word after them that gives its size and
unit. It must stand so in a quote, in the question, or in the steps, inputs and results of the
calculation, each of which is shown with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.models import Answer, AnswerKind

_BLANKS = re.compile(r"\s+")
_MARK = re.compile(r"\[\d+\]")
_BOLD = re.compile(r"\*\*")
_ITEM = re.compile(r"(?:^|\n)\d+\. ")
_SCALES = {"mia": "mia", "milliarder": "mia", "milliard": "mia", "mio": "mio", "millioner": "mio",
           "million": "mio", "pct": "pct", "procent": "pct", "%": "pct",
           "procentpoint": "point"}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w,.])(?<![A-Za-z]-)(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d])"
    r"(?:\s*[-–]\s*(\d+(?:[.,]\d+)*))?\s*(procentpoint|pct|procent|%|mia|milliard(?:er)?|mio|"
    r"million(?:er)?)?\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalvdelen\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:20)?(\d\d)-pl\b")
_LOOSE = {AnswerKind.REFUSED, AnswerKind.CLARIFY, AnswerKind.NOT_FOUND}
Number = tuple[str, str]


def said(item: str, text: str) -> bool:
    """Return whether a text says something: case, blanks and bold print are as one.

    A number is not said by a longer one ("3 mio." by "13 mio.").
    """
    wanted = _plain(item)
    start = r"(?<![\d,.])" if wanted[:1].isdigit() else ""
    end = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return re.search(f"{start}{re.escape(wanted)}{end}", _plain(text)) is not None


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", _BOLD.sub("", text)).strip().lower()


def loose_numbers(answer: Answer, names: Iterable[str] = ()) -> list[str]:
    """Return the numbers of an answer that nothing shown with it holds; `names` are titles."""
    if answer.kind in _LOOSE:
        return []
    quotes = [citation.quote for citation in answer.citations]
    titles = [*names, *(c.agreement_title for c in answer.citations)]
    titles += [part for c in answer.citations for part in c.section.split(" › ")]
    sources = [*quotes, *_worked(answer)]
    allowed = {number for source in sources for number in _numbers(source)}
    plain = _MARK.sub(" ", _BOLD.sub("", answer.text))
    for title in sorted(titles, key=len, reverse=True):
        plain = plain.replace(title, " ")
    return [" ".join(n).strip() for n in _numbers(_ITEM.sub("\n", plain)) if n not in allowed]


def _worked(answer: Answer) -> list[str]:
    """Return what a number may rest on beside the quotes."""
    work = answer.calculation
    if work is not None:
        rows = [f"{row.label} {row.display}" for row in work.rows]
        inputs = [f"{n.name} {n.display}" for n in work.inputs]
        shown = [work.read_as, work.result.display, *work.steps, *rows, *inputs]
        return [answer.standalone_question, *shown]
    periods = [figure.period for figure in answer.figures]
    return [answer.standalone_question, *periods]


def _numbers(text: str) -> list[Number]:
    found: list[Number] = []
    if _HALF.search(text):
        found.append(("50", "pct"))
    for match in _NUMBER.finditer(_LEVEL.sub(r"\1-pl", text)):
        scale = _SCALES.get((match[3] or "").lower(), "")
        found += [(_digits(part), scale) for part in match.group(1, 2) if part]
    return found


def _digits(number: str) -> str:
    whole, _, part = number.replace(".", "").partition(",")
    return f"{whole},{part.rstrip('0')}".rstrip(",")
