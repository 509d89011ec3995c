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
from chains.compose_numbers import MARK, NumberDraft
from chains.guard import stray_numbers
from corpus import texts
from corpus.models import Agreement, Citation

_COUNT = re.compile(r"\b\d+ gange?\b(?= i \*\*|:)")
"""How often a word stands ("hvor nævnes ..."): counted here, not stated."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")


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
            citation = cite(quote, agreements, len(citations) + 1, reader_url)
            if citation is None:
                dropped.append(f"{quote.passage.id}: {quote.start}-{quote.end}")
                continue
            citations.append(citation)
            lines.append(_line(quote, citation))
        if lines:
            parts.append(f"{texts.lead(part.head.title, part.sections)}\n\n{_lay_out(lines)}")
    opening = [draft.opening] if draft.opening else []
    text = "\n\n".join([*opening, *parts])
    plain = _COUNT.sub("", text)
    names = [*_names(draft.parts), *draft.names]
    loose = stray_numbers(plain, [citation.quote for citation in citations], names)
    if loose:  # nothing unverified is shown: the lead is what may hold a number of its own
        dropped.append(f"numbers: {', '.join(loose)}")
        text = _lay_out([f"„{c.quote}“ [{c.marker}]" for c in citations])
    return Verified(text, tuple(citations), tuple(dropped))


def verify_numbers(
    draft: NumberDraft, agreements: Mapping[str, Agreement], reader_url: str = ""
) -> Verified | None:
    """Return a figure or calculation with its citations, None where anything does not hold.

    A number must stand in a cited quote, in the calculation, or be the asker's; a draft in which
    one does not is dropped whole, for half a calculation is a wrong one.
    """
    citations: list[Citation] = []
    text = draft.text
    for place, quote in enumerate(draft.quotes):
        citation = cite(quote, agreements, place + 1, reader_url)
        if citation is None:
            return None
        citations.append(citation)
        text = text.replace(MARK.format(place), f"[{citation.marker}]")
    quotes = [citation.quote for citation in citations]
    names = [
        name for citation in citations for name in (citation.agreement_title, citation.section)
    ]
    if stray_numbers(text, [*quotes, *draft.sources], names) or not _leads_right(draft):
        return None
    return Verified(text, tuple(citations), ())


def _leads_right(draft: NumberDraft) -> bool:
    """Return whether what stands in bold is the result, not another number of the calculation."""
    work = draft.calculation
    results = [figure.display for figure in draft.figures]
    if work is not None:
        results += [work.result.display, *(row.display for row in work.rows)]
    return not results or set(_BOLD.findall(draft.text)) <= set(results)


def cite(
    quote: Quote, agreements: Mapping[str, Agreement], marker: int, reader_url: str
) -> Citation | None:
    """Return the citation of a quote, None where the agreement does not hold it exactly."""
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
        page=agreement.page_at(quote.start),
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
