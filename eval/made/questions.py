"""Golden questions of a real agreement -> those of one made of it, with the answers it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from corpus.danish import MONEY_UNITS
from corpus.models import AnswerKind, Head
from eval.cases import Case, Span
from eval.made.maker import Made, Original
from eval.made.years import SHORT, YEAR, shift

_DIGIT = re.compile(r"\d")
_KINDS = {AnswerKind.FIGURE, AnswerKind.TEXT}
_NAMED = re.compile(r"\b(?:økonomi|reform|sundheds)?aftale\w*|\breform\w*", re.IGNORECASE)
_OF_TWO = {"comparison"}
Entry = dict[str, Any]


def derive(case: Case, original: Original, made: Made) -> Entry | None:
    """Return a case for the made agreement; None where its answer cannot be told from the edits.

    Numbers in the question, other than years, and what the answer must not say are reasons to
    leave a case out: they are about the original's own amounts.
    """
    entry = case.entry
    spans = [span for places in case.evidence for span in places]
    ours = original.agreement.id
    usable = (
        case.is_plain and entry.kind in _KINDS and entry.wants not in _OF_TWO
        and bool(spans) and all(span.agreement_id == ours for span in spans)
        and not _DIGIT.search(_without_years(case.question)) and not entry.also
    )  # fmt: skip
    if not usable or entry.style == "long":
        return None
    evidence = [_evidence(places, made) for places in case.evidence]
    if not all(evidence):
        return None
    must = [_said(wanted, spans, made) for wanted in entry.must]
    if not all(must):
        return None
    derived: Entry = {
        "id": f"{made.head.id}:{case.id}",
        "question": shift(case.question, made.moved.by),
        "style": entry.style,
        "wants": entry.wants,
        "kind": entry.kind.value,
        "evidence": evidence,
        "must": must,
        "unit": entry.unit,
    }
    if entry.kind is AnswerKind.FIGURE:
        value = _value(case, spans, original, made)
        if value is None:
            return None
        derived |= {"value": value}
        if entry.year:
            derived["year"] = entry.year + made.moved.by
    return derived


def added_questions(made: Made) -> list[Entry]:
    """Return the questions on the sections that only the made agreement has."""
    entries: list[Entry] = []
    for section in made.added:
        for number, asked in enumerate(section["questions"], 1):
            figure = section["figure"]
            own: Entry = {
                "id": f"{made.head.id}:added-{figure['id']}-{number}",
                "question": asked["question"],
                "style": "paraphrase",
                "kind": asked["kind"],
                "evidence": [asked.get("evidence") or figure["quote"]],
                "must": asked.get("must", []),
                "wants": asked.get("wants", "amount"),
            }
            if asked["kind"] == "figure":
                number_text, _, unit = figure["value"].partition(" ")
                own |= {"value": number_text.replace(",", "."), "unit": unit}
            entries.append(own)
    return entries


def is_named(question: str) -> bool:
    """Return whether a question names a year or an agreement."""
    return _without_years(question) != question or _NAMED.search(question) is not None


def name(question: str, head: Head) -> str:
    """Return a question that names its agreement."""
    return f"{head.short_title}: {question}"


def _without_years(text: str) -> str:
    return SHORT.sub("", YEAR.sub("", text))


def _evidence(places: Sequence[Span], made: Made) -> list[str] | None:
    """Return the snippets that answer now; alternatives that are gone are left out."""
    found: list[str] = []
    for span in places:
        said = made.moved.quote(made.moved.text[span.start : span.end], span.start)
        if said is not None and said in made.agreement.text:
            found.append(said)
    return list(dict.fromkeys(found)) or None


def _said(wanted: str | tuple[str, ...], spans: Sequence[Span], made: Made) -> list[str] | None:
    """Return what a right answer shows now."""
    found: list[str] = []
    for one in (wanted,) if isinstance(wanted, str) else wanted:
        inside = [
            said
            for span in spans
            if (at := made.moved.text.find(one, span.start, span.end)) >= 0
            and (said := made.moved.quote(one, at)) is not None
        ]
        if inside:
            found.append(inside[0])
        elif not _DIGIT.search(one) and not _touched(spans, made):
            found.append(one)
    return found or None


def _touched(spans: Sequence[Span], made: Made) -> bool:
    return any(made.moved.edits.within(span.start, span.end) for span in spans)


def _value(
    case: Case, spans: Sequence[Span], original: Original, made: Made
) -> str | list[str] | None:
    """Return the value that a figure has now, in the unit of the case."""
    wanted = case.entry.value
    if not isinstance(wanted, str):
        return None
    scale = MONEY_UNITS.get(case.entry.unit, Decimal(1))
    for figure in original.figures:
        places = (figure.place, *figure.repeats)
        stands = any(s.start <= p.start < s.end for s in spans for p in places)
        if stands and figure.amount == Decimal(wanted) * scale:
            amount = made.amounts.get(figure.id, figure.amount) / scale
            return format(amount.normalize() + 0, "f")
    return None
