"""Drafts with a lie in them, put before the checks of `chains.citations`: each must be stopped.

The program writes no lies of its own, so its answers alone would not show that the checks work.
The true drafts are those that the chain made; each forgery changes one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chains import Agreement, Answer, Assistant
from chains.citations import verify, verify_numbers
from chains.compose import Draft, Quote
from chains.compose_numbers import NumberDraft
from corpus.words import tokenize
from eval.cases import Case
from eval.grounding import loose_numbers

_SIZES = {"mia.": "mio.", "mio.": "mia.", "pct.": "procentpoint", "procentpoint": "pct."}
_SIZED = re.compile(r"\*\*(?P<number>[^*]*?[1-9][^*]*?)(?P<size>mia\.|mio\.|pct\.|procentpoint)")
_NUMBER = re.compile(r"\*\*[^*]*?(?P<digit>[1-8])(?=[\d.,]* )")
_WORD = re.compile(r"[a-zæøå]{6,}")
_LIE = "ophæves"


@dataclass(frozen=True)
class Forgery:
    """A forged draft that was put before the checks."""

    case_id: str
    kind: str
    stopped: bool


def forge(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Forgery]:
    """Yield every forgery of the drafts of the given cases, and whether it was stopped."""
    agreements = {agreement.id: agreement for agreement in assistant.agreements}
    for case in cases:
        state = {"question": case.question, "history": (), "agreements": None}
        made = assistant.chain.invoke(state)
        outcome = made["outcome"]
        if outcome.numbers is not None:
            yield from _forge_number(case.id, outcome.numbers, made["answer"], agreements)
        elif outcome.draft is not None:
            yield from _forge_text(case.id, outcome.draft, agreements)


def _forge_number(
    id_: str, draft: NumberDraft, answer: Answer, agreements: Mapping[str, Agreement]
) -> Iterator[Forgery]:
    lies: dict[str, Callable[[str], str]] = {
        "size": lambda t: _SIZED.sub(lambda m: f"**{m['number']}{_SIZES[m['size']]}", t, count=1),
        "digit": lambda t: _NUMBER.sub(_next_digit, t, count=1),
    }
    for kind, lie in lies.items():
        text = lie(draft.text)
        shown = answer.model_copy(update={"text": text})
        if text != draft.text and loose_numbers(shown):  # else the lie stands in a source too
            verified = verify_numbers(replace(draft, text=text), agreements)
            yield Forgery(id_, kind, verified is None)


def _next_digit(match: re.Match[str]) -> str:
    place = match.start("digit") - match.start()
    return f"{match[0][:place]}{int(match['digit']) + 1}{match[0][place + 1 :]}"


def _forge_text(id_: str, draft: Draft, agreements: Mapping[str, Agreement]) -> Iterator[Forgery]:
    part = draft.parts[0]
    quote = part.quotes[0]
    for kind, forged in (("word", _other_word(quote)), ("place", _beyond(quote))):
        if forged is None:
            continue
        lie = replace(part, quotes=(forged, *part.quotes[1:]))
        found = verify(replace(draft, parts=(lie, *draft.parts[1:])), agreements)
        shown = [c for c in found.citations if (c.start, c.end) == (forged.start, forged.end)]
        yield Forgery(id_, kind, not shown)


def _other_word(quote: Quote) -> Quote | None:
    """Return the quote with one word of its passage exchanged."""
    passage: Any = quote.passage
    start, end = quote.start - passage.start, quote.end - passage.start
    match = _WORD.search(passage.text, start, end)
    if match is None or match[0] in tokenize(_LIE):
        return None
    lie = (_LIE + "." * len(match[0]))[: len(match[0])]
    text = passage.text[: match.start()] + lie + passage.text[match.end() :]
    return replace(quote, passage=passage.model_copy(update={"text": text}))


def _beyond(quote: Quote) -> Quote:
    """Return the quote one character past the end of its passage."""
    return replace(quote, end=quote.passage.end + 1)
