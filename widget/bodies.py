"""What the routes are given and give beside Answer and Check."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from chains import Agreement, Answer, AnswerKind, Citation, SectionEntry, Turn, api_texts

_QUESTION = 8_000
_ANSWER = 20_000
"""Of an earlier answer; the assistant reads its first 1,500 characters."""
Id = Annotated[str, Field(max_length=200, pattern="^[a-z0-9-]+$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class TurnBody(_Model):
    """An earlier question and the `text` of its answer."""

    question: Annotated[str, Field(max_length=_QUESTION)]
    answer: Annotated[str, Field(max_length=_ANSWER)]


class AskBody(_Model):
    """A question."""

    question: Annotated[str, Field(max_length=_QUESTION, examples=[api_texts.EXAMPLE_QUESTION])]
    history: Annotated[list[TurnBody], Field(max_length=20)] = []
    """Earlier turns, oldest first."""
    agreements: Annotated[list[Id], Field(min_length=1, max_length=500)] | None = None
    """Ids to answer from; null is all."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The earlier turns as the assistant takes them."""
        return tuple(Turn(question=t.question, answer=t.answer) for t in self.history)


class ApiAnswer(Answer):
    """An answer with the id of its request."""

    request_id: str = ""


class CheckBody(_Model):
    """A text whose numbers are held against the agreements."""

    text: Annotated[str, Field(max_length=_QUESTION, examples=[api_texts.EXAMPLE_CHECK])]
    agreements: Annotated[list[Id], Field(min_length=1, max_length=500)] | None = None


class AgreementEntry(_Model):
    """What is known of an agreement besides its text."""

    id: str
    title: str
    short_title: str
    date: dt.date
    parties: tuple[str, ...]
    first_year: int
    last_year: int
    status: Literal["current", "superseded", "withdrawn"]
    source_url: str | None
    replaces: tuple[str, ...]
    replaced_by: str | None
    changed_by: tuple[str, ...]
    editor: tuple[str, ...]
    """Fields that the editor added; they do not stand in the text."""
    version: str
    """Start of the text's sha256."""


class AgreementText(AgreementEntry):
    """An agreement with the text that offsets refer to."""

    text: str
    sections: tuple[SectionEntry, ...]


class CitationBody(Citation):
    """A citation as it was given: nothing is made to fit."""

    model_config = ConfigDict(strict=True)


class FeedbackBody(_Model):
    """What a user says of an answer; its fields are those of the answer."""

    right: StrictBool
    reason: Annotated[str, Field(max_length=1_000, examples=[api_texts.EXAMPLE_REASON])] = ""
    question: Annotated[str, Field(max_length=_QUESTION, examples=[api_texts.EXAMPLE_QUESTION])]
    kind: AnswerKind
    text: Annotated[str, Field(max_length=_ANSWER)] = ""
    citations: Annotated[list[CitationBody], Field(max_length=50)] = []
    corpus_version: Id
    history: Annotated[list[Annotated[str, Field(max_length=_QUESTION)]], Field(max_length=20)] = []
    """The questions before it."""

    @property
    def answer(self) -> Answer:
        """The answer as far as feedback keeps it."""
        return Answer(
            question=self.question, standalone_question=self.question, kind=self.kind,
            text=self.text, citations=tuple(self.citations), corpus_version=self.corpus_version,
        )  # fmt: skip


class FeedbackKept(_Model):
    """A word of thanks."""

    thanks: str


class CalculatorEntry(_Model):
    """A calculator and the JSON schema of its fields."""

    name: str
    title: str
    fields: dict[str, Any]


class Status(_Model):
    """How the process is."""

    status: Literal["ok"] = "ok"
    corpus_version: str = ""


def entry_of(agreement: Agreement) -> dict[str, Any]:
    """Return the fields of an `AgreementEntry`."""
    head = agreement.head
    names = ("id", "title", "short_title", "date", "parties", "status", "source_url", "replaces",
             "replaced_by", "changed_by", "editor")  # fmt: skip
    return {
        **{name: getattr(head, name) for name in names},
        "first_year": head.years.first,
        "last_year": head.years.last,
        "version": agreement.version,
    }
