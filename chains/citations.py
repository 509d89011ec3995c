"""Draft -> text and citations: every quote compared, every number found in a quote.

A `Citation` is made here and nowhere else, so holding one means that its quote is in the agreement.
What does not hold is left out, and an answer of which nothing is left is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from chains.compose import Draft, Part, Quote
from corpus import texts
from corpus.models import Agreement, Citation

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|½")
_NUMBER_WORD = re.compile(
    r"\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|tredive|fyrre|halvtreds|hundrede|"
    r"tusind|million(?:er)?|milliard(?:er)?|halvanden|halvdelen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verified:
    """What is left of a draft after every check."""

    text: str
    citations: tuple[Citation, ...]
    dropped: tuple[str, ...]


def verify(draft: Draft, agreements: Mapping[str, Agreement], reader_url: str = "") -> Verified:
    """Return the text with its marks and the citations; quotes that do not hold are dropped."""
    citations: list[Citation] = []
    dropped: list[str] = []
    parts: list[str] = []
    for part in draft.parts:
        lines: list[str] = []
        for quote in part.quotes:
            citation = _cite(quote, agreements, len(citations) + 1, reader_url)
            if citation is None:
                dropped.append(f"{quote.passage.id}: {quote.start}-{quote.end}")
                continue
            citations.append(citation)
            lines.append(_line(quote, citation))
        if lines:
            parts.append(f"{texts.lead(part.head.title, part.sections)}\n\n{_lay_out(lines)}")
    text = "\n\n".join(parts)
    loose = loose_numbers(text, citations, _names(draft.parts))
    if loose:  # nothing unverified is shown: the lead is what may hold a number of its own
        dropped.append(f"numbers: {', '.join(loose)}")
        text = _lay_out([f"„{c.quote}“ [{c.marker}]" for c in citations])
    return Verified(text, tuple(citations), tuple(dropped))


def _cite(
    quote: Quote, agreements: Mapping[str, Agreement], marker: int, reader_url: str
) -> Citation | None:
    agreement = agreements.get(quote.passage.agreement_id)
    if agreement is None:
        return None
    inside = quote.passage.start <= quote.start < quote.end <= quote.passage.end
    text = agreement.text[quote.start : quote.end]
    own = quote.passage.text[quote.start - quote.passage.start : quote.end - quote.passage.start]
    if not inside or not text.strip() or text != own:
        return None
    query = {"id": agreement.id, "v": agreement.version, "fra": quote.start, "til": quote.end}
    return Citation(
        marker=marker,
        agreement_id=agreement.id,
        agreement_title=agreement.head.title,
        section=quote.passage.section,
        passage_id=quote.passage.id,
        quote=text,
        start=quote.start,
        end=quote.end,
        agreement_version=agreement.version,
        url=f"{reader_url}/aftaler?{urlencode(query)}",
    )


def _line(quote: Quote, citation: Citation) -> str:
    line = f"„{citation.quote}“ [{citation.marker}]"
    return f"- {line}" if quote.item else line


def _lay_out(lines: Sequence[str]) -> str:
    """Put list items one below the other, everything else apart."""
    text = ""
    for before, line in pairwise(["", *lines]):
        items = before.startswith("- ") and line.startswith("- ")
        text += (("\n" if items else "\n\n") if before else "") + line
    return text


def _names(parts: Sequence[Part]) -> list[str]:
    return [name for part in parts for name in (part.head.title, *part.sections)]


def loose_numbers(text: str, citations: Sequence[Citation], names: Sequence[str]) -> list[str]:
    """Return the numbers of a text that stand in no cited quote.

    Marks, agreement titles and section names are not looked at.
    """
    quoted = " ".join(citation.quote for citation in citations)
    plain = re.sub(r"\[\d+\]", " ", text)
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, " ")
    allowed = set(_NUMBER.findall(quoted)) | {word.lower() for word in _NUMBER_WORD.findall(quoted)}
    found = _NUMBER.findall(plain) + [word.lower() for word in _NUMBER_WORD.findall(plain)]
    return [number for number in found if number not in allowed]
