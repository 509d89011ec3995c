"""A verified answer -> the same in a language model's words, each sentence verified against it.

The model gets the draft, its quotes and its calculation, and fills in claims with the marks they
rest on. What a claim gets wrong is told to it once; what is still wrong is dropped. Where nothing
is left, or the number that was asked for is lost, the answer stays as it was. Quotes, figures and
calculation are never the model's: it only writes what stands before them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from chains import prompts
from chains.compose import Draft
from chains.fidelity import Source, judge
from chains.fidelity_numbers import Failure
from chains.llm import Writer
from chains.selection import leans_on_previous
from chains.sentence_facts import read_sentence
from corpus import model_texts
from corpus.danish import find_quantities
from corpus.errors import ModelFailed
from corpus.models import Answer, AnswerKind
from corpus.number_words import to_digits
from corpus.words import split_sentences, tokenize

MOST = 4
"""Claims that are asked for."""
_KINDS = frozenset({AnswerKind.TEXT, AnswerKind.FIGURE, AnswerKind.CALCULATION})
_TOO_MANY = 8
"""Quotes; more are a list that reads best as it is."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_TITLE = re.compile(r" \([^()]*aftale[^()]*\)")
_MARK = re.compile(r"\s*\[\d+\]")
_END = re.compile(r"[.!?]$")


class Claim(BaseModel):
    """A sentence of the model's and what it says it rests on."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(max_length=1_000)
    marks: tuple[int, ...] = Field(default=(), max_length=20)


class Claims(BaseModel):
    """What the model fills in."""

    model_config = ConfigDict(frozen=True)

    claims: tuple[Claim, ...] = Field(max_length=12)


@dataclass(frozen=True)
class Material:
    """A verified answer as the model gets it, and what its claims are held against."""

    lead: str
    """What the answer says itself, without bold print and marks."""
    rows: tuple[str, ...]
    """Inputs, results and rows of the calculation."""
    quotes: tuple[tuple[int, str, str], ...]
    """(mark, section, quote)."""

    def told(self) -> str:
        """Return it as text for the model."""
        own = [f"[0] {line}" for line in (self.lead, *self.rows) if line]
        quoted = [f"[{mark}] ({section}) „{quote}“" for mark, section, quote in self.quotes]
        return "\n".join([*own, *quoted])

    def sources(self, marks: Sequence[int]) -> tuple[list[Source], list[int]]:
        """Return the sentences that marks stand for, and the mark of each."""
        sources: list[Source] = []
        owners: list[int] = []
        for mark, section, quote in self.quotes:
            if mark in marks:
                found = list(
                    _sentences(quote, frozenset(tokenize(f"{_nearest(section)} {self._label}")))
                )
                sources += found
                owners += [mark] * len(found)
        if 0 in marks and self.lead:
            sources.append(Source(read_sentence(self.lead), frozenset()))
            owners.append(0)
            if self.rows:
                listed = "; ".join([*self.rows, self.lead])
                sources.append(Source(read_sentence(listed, listed=True), frozenset()))
                owners.append(0)
        return sources, owners

    @property
    def _label(self) -> str:
        """What a figure is called; its words may stand beside its quote's."""
        return "" if self.rows else self.lead

    @property
    def marks(self) -> frozenset[int]:
        """Every mark that there is."""
        return frozenset(mark for mark, _, _ in self.quotes) | ({0} if self.lead else frozenset())


def _nearest(section: str) -> str:
    return section.rsplit(" › ", 1)[-1]


def _sentences(quote: str, context: frozenset[str]) -> Iterator[Source]:
    for line in quote.split("\n"):
        before: frozenset[str] = frozenset()
        for start, end in split_sentences(line):
            text = line[start:end]
            leans = before if leans_on_previous(text) else frozenset()
            yield Source(read_sentence(text), context | leans)
            before = frozenset(tokenize(text))


def material_of(answer: Answer, draft: Draft | None) -> Material:
    """Return what the model gets of an answer."""
    lead = _lead(answer, draft)
    work = answer.calculation
    rows: list[str] = []
    if work is not None:
        rows = [f"{one.name}: {one.display}" for one in work.inputs]
        rows += [f"{row.label}: {row.display}" for row in work.rows]
    quotes = tuple((c.marker, c.section, c.quote) for c in answer.citations)
    lead = own_words(lead) if answer.kind is not AnswerKind.TEXT else ""
    return Material(lead, tuple(rows), quotes)


def own_words(lead: str) -> str:
    """Return what a lead says, without bold print, marks and the agreement's title."""
    return _TITLE.sub("", _MARK.sub("", lead.replace("**", "")))


def _lead(answer: Answer, draft: Draft | None) -> str:
    """Return the part of the text that the model's words take the place of."""
    if answer.kind is AnswerKind.TEXT:
        opening = draft.opening if draft else ""
        return opening if opening and answer.text.startswith(f"{opening}\n\n") else ""
    paragraphs = answer.text.split("\n\n")
    own: list[str] = []
    for paragraph in paragraphs:
        if not _BOLD.search(paragraph) or paragraph.startswith("- "):
            break
        own.append(paragraph)
    return "\n\n".join(own)


@dataclass(frozen=True)
class Told:
    """What became of the model's words, for `--explain`."""

    kept: tuple[str, ...] = ()
    dropped: tuple[tuple[str, Failure], ...] = ()
    failed: str = ""
    """Why the model gave nothing, else empty."""
    lead_lost: bool = False


@dataclass(frozen=True)
class Checked:
    """Claims after the checks."""

    kept: tuple[str, ...]
    """Sentences with their marks."""
    dropped: tuple[tuple[str, Failure], ...]


def check(claims: Claims, material: Material, figure_marks: Sequence[int] = ()) -> Checked:
    """Return the claims that hold, as sentences with marks, and the others with what is wrong.

    `figure_marks` are the marks of a claim that rests on the draft's own figure.
    """
    kept: dict[str, None] = {}
    dropped: list[tuple[str, Failure]] = []
    for claim in claims.claims:
        text = " ".join(_MARK.sub("", claim.text).split())
        marks = [mark for mark in claim.marks if mark in material.marks]
        if not marks or len(marks) < len(claim.marks):
            dropped.append((text, Failure("marks", str(list(claim.marks)))))
            continue
        sources, owners = material.sources(marks)
        found = [judge(text[a:b], sources) for a, b in split_sentences(text)]
        wrong = [failure for verdict in found for failure in verdict.failures]
        if wrong or not found:
            dropped.append((text, wrong[0] if wrong else Failure("empty", "")))
            continue
        rests = sorted({owners[verdict.source] for verdict in found})
        shown = [m for m in dict.fromkeys(rests) if m] or list(figure_marks)
        signs = "".join(f" [{mark}]" for mark in shown)
        kept.setdefault(f"{text[0].upper()}{_END.sub('', text)[1:]}{signs}.")
    return Checked(tuple(kept), tuple(dropped))


@dataclass(frozen=True)
class Worder:
    """Lets a model word verified answers."""

    writer: Writer
    total_s: float
    spent: frozenset[str] = field(default=frozenset({"budget"}))

    def word(self, answer: Answer, draft: Draft | None) -> tuple[Answer, Told | None]:
        """Return an answer in the model's words, or as it was, and what became of the words.

        A "no", a question back and a long list are no draft for the model: they stay as they are.
        """
        listed = draft is not None and bool(draft.names)
        if answer.kind not in _KINDS or len(answer.citations) > _TOO_MANY or listed:
            return answer, None
        material = material_of(answer, draft)
        until = time.monotonic() + self.total_s
        messages = prompts.ask(answer.standalone_question, material.told(), MOST)
        marks = sorted({f.marker for f in answer.figures if f.marker is not None})
        try:
            first = self.writer.write(messages, Claims, until)
        except ModelFailed as error:
            budget = error.reason in self.spent
            note = model_texts.NOTE_SPENT if budget else model_texts.NOTE_DOWN
            return _unworded(answer, note), Told(failed=error.reason)
        checked = check(first, material, marks)
        if checked.dropped:
            checked = self._repair(messages, first, checked, material, marks, until)
        lost = not _holds_numbers(answer, draft, checked.kept)
        told = Told(checked.kept, checked.dropped, lead_lost=lost and bool(checked.kept))
        if lost or not checked.kept:
            return _unworded(answer, model_texts.NOTE_UNUSED), told
        return _worded(answer, draft, checked.kept), told

    def _repair(
        self,
        messages: Sequence[tuple[str, str]],
        first: Claims,
        checked: Checked,
        material: Material,
        marks: Sequence[int],
        until: float,
    ) -> Checked:
        """Ask once more with what failed; what the second round has lost stays lost."""
        failed = [
            model_texts.dropped(text, wrong.rule, wrong.said) for text, wrong in checked.dropped
        ]
        again = prompts.ask_again(messages, first.model_dump_json(), failed)
        try:
            second = check(self.writer.write(again, Claims, until), material, marks)
        except ModelFailed:
            return checked
        kept = second.kept if len(second.kept) >= len(checked.kept) else checked.kept
        both = dict.fromkeys((*checked.dropped, *second.dropped))
        return Checked(kept, tuple(both))


def _holds_numbers(answer: Answer, draft: Draft | None, kept: Sequence[str]) -> bool:
    """Return whether the numbers that the answer leads with are in the model's words too."""
    if answer.kind is AnswerKind.TEXT:
        return True
    wanted = _quantities(" ".join(_BOLD.findall(_lead(answer, draft))))
    return wanted <= _quantities(_MARK.sub("", " ".join(kept)))


def _quantities(text: str) -> set[tuple[str, str]]:
    found = find_quantities(to_digits(text))
    return {(str(quantity.amount.normalize()), quantity.unit.value) for quantity, _, _ in found}


def _worded(answer: Answer, draft: Draft | None, kept: Sequence[str]) -> Answer:
    lead = _lead(answer, draft)
    rest = answer.text.removeprefix(lead).removeprefix("\n\n")
    said = " ".join(kept)
    for number in _BOLD.findall(lead) if answer.kind is not AnswerKind.TEXT else []:
        said = said.replace(number, f"**{number}**", 1)
    return answer.model_copy(
        update={
            "text": f"{said}\n\n{rest}" if rest else said,
            "mode": "model",
            "notes": (*answer.notes, model_texts.NOTE_WORDED),
        }
    )


def _unworded(answer: Answer, note: str) -> Answer:
    return answer.model_copy(update={"degraded": True, "notes": (*answer.notes, note)})
