"""Draft or refusal -> `Answer`: kind, notes, nearest passages, suggestions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains.abstain import Refusal
from chains.citations import verify, verify_numbers
from chains.compose import Draft
from chains.compose_numbers import NumberDraft
from chains.retrieve import Hit
from chains.scope import Scope
from chains.standing import Standing
from chains.understand import Reading
from corpus import texts
from corpus.models import (
    Agreement,
    Answer,
    AnswerKind,
    Head,
    NotFoundReason,
    RankedPassage,
    SectionKind,
)  # fmt: skip

_SUGGESTIONS = 3
_ANSWERS = {AnswerKind.TEXT, AnswerKind.FIGURE, AnswerKind.CALCULATION}
_NUMBERED = re.compile(r"^[\d.]+ ")
_NO_TOPIC = re.compile(r"Boks \d|Bilag|(?:\d+\. )?(?:Indledning|Øvrige)")


@dataclass(frozen=True)
class Frame:
    """What every answer of one corpus version has in common."""

    agreements: Mapping[str, Agreement]
    corpus_version: str
    reader_url: str
    standing: Standing


def finish(
    frame: Frame,
    reading: Reading,
    hits: Sequence[Hit],
    draft: Draft | None,
    refusal: Refusal | None,
    numbers: NumberDraft | None = None,
    scope: Scope | None = None,
) -> Answer:
    """Return the answer; a draft of which nothing holds becomes a "not found"."""
    found = _finish(frame, reading, hits, draft, refusal, numbers, scope)
    more = frame.standing.notes(found, scope)
    return found.model_copy(update={"notes": (*found.notes, *more)}) if more else found


def _finish(
    frame: Frame,
    reading: Reading,
    hits: Sequence[Hit],
    draft: Draft | None,
    refusal: Refusal | None,
    numbers: NumberDraft | None,
    scope: Scope | None,
) -> Answer:
    if reading.empty:
        return _answer(frame, reading, (), AnswerKind.CLARIFY, texts.CLARIFY_EMPTY)
    if reading.only_orders:
        return _answer(frame, reading, (), AnswerKind.REFUSED, texts.REFUSED)
    if (
        numbers is not None
        and (answer := _number(frame, reading, hits, numbers, scope)) is not None
    ):
        return answer
    if draft is not None:
        verified = verify(draft, frame.agreements, frame.reader_url)
        if verified.citations:
            heads = [
                frame.agreements[id_].head
                for id_ in dict.fromkeys(c.agreement_id for c in verified.citations)
            ]
            notes = [frame.standing.provenance(head) for head in heads]
            return _answer(
                frame, reading, hits, AnswerKind.TEXT, verified.text, notes=notes
            ).model_copy(update={"citations": verified.citations})
        refusal = Refusal(NotFoundReason.NOT_STATED, texts.NOT_STATED)
    refusal = refusal or Refusal(NotFoundReason.NOT_STATED, texts.NOT_STATED)
    notes = [texts.searched(_searched(frame, scope))]
    off_topic = refusal.reason is NotFoundReason.OUTSIDE_CORPUS
    return _answer(
        frame, reading, hits, AnswerKind.NOT_FOUND, refusal.text, notes=notes
    ).model_copy(
        update={
            "not_found_reason": refusal.reason,
            "suggestions": texts.EXAMPLES[:_SUGGESTIONS] if off_topic else _suggest(hits),
        }
    )


def _searched(frame: Frame, scope: Scope | None) -> list[Head]:
    """Return the heads of the agreements that were searched."""
    ids = frame.agreements if scope is None or scope.whole else scope.ids
    return [frame.agreements[id_].head for id_ in ids]


def _number(
    frame: Frame,
    reading: Reading,
    hits: Sequence[Hit],
    draft: NumberDraft,
    scope: Scope | None,
) -> Answer | None:
    """Return a figure, a calculation or a question back; None where a check does not hold."""
    verified = verify_numbers(draft, frame.agreements, frame.reader_url)
    if verified is None:
        return None
    cited = dict.fromkeys(citation.agreement_id for citation in verified.citations)
    heads = [frame.agreements[id_].head for id_ in cited]
    notes = [*draft.notes, *(frame.standing.provenance(head) for head in heads)]
    searched = texts.searched(_searched(frame, scope))
    no = draft.kind is AnswerKind.NOT_FOUND
    answer = _answer(
        frame, reading, hits, draft.kind, verified.text, notes=[searched] if no else notes
    )
    return answer.model_copy(
        update={
            "mode": "calculated" if draft.calculation else "quote",
            "citations": verified.citations,
            "calculation": draft.calculation,
            "figures": draft.figures,
            "suggestions": draft.suggestions,
            "not_found_reason": draft.reason,
        }
    )


def _answer(
    frame: Frame,
    reading: Reading,
    hits: Sequence[Hit],
    kind: AnswerKind,
    text: str,
    notes: Sequence[str] = (),
) -> Answer:
    ignored = (texts.NOTE_ORDER_IGNORED,) if reading.ordered and not reading.only_orders else ()
    foreign = (texts.NOTE_FOREIGN,) if reading.foreign and kind in _ANSWERS else ()
    by_words = any(hit.by_words for hit in hits)
    words_only = (texts.NOTE_WORDS_ONLY,) if by_words else ()
    mended = tuple(texts.mended(typed, read) for typed, read in reading.mended)
    return Answer(
        question=reading.question,
        standalone_question=reading.titled or reading.standalone,
        kind=kind,
        text=text,
        passages=tuple(_ranked(hit) for hit in hits),
        notes=(*words_only, *ignored, *foreign, *mended, *notes),
        degraded=by_words,
        corpus_version=frame.corpus_version,
    )


def _ranked(hit: Hit) -> RankedPassage:
    passage = hit.passage
    return RankedPassage(
        passage_id=passage.id,
        agreement_id=passage.agreement_id,
        section=passage.section,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        score=hit.score,
    )


def _suggest(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Offer questions on what lies nearest."""
    topics: dict[str, None] = {}
    for hit in hits:
        name = hit.passage.path[-1]
        if not _NO_TOPIC.match(name) and hit.passage.section_kind is not SectionKind.FRONT:
            topics.setdefault(_NUMBERED.sub("", name))
    return tuple(texts.suggestion(topic) for topic in list(topics)[:_SUGGESTIONS])
