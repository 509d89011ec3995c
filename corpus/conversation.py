"""What is kept of a conversation, and what became of the quotes of an earlier answer."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from corpus.models import Answer, Citation


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Conversation(_Model):
    """A conversation as it stands in its owner's list."""

    id: str
    title: str
    created: dt.datetime
    used: dt.datetime
    """When something was last asked or opened in it; unused for long, it is erased."""
    questions: int


class Exchange(_Model):
    """One question of a conversation with its answer."""

    id: int
    """Grows within a conversation; 0 where it was not kept."""
    question: str
    answer: Answer
    asked: dt.datetime


class SharedAnswer(_Model):
    """One answer that its owner has shared; nothing else of the conversation."""

    id: str
    answer: Answer
    asked: dt.datetime

    def as_exchange(self, answer: Answer) -> Exchange:
        """Return it as an exchange of its own, with the answer as it was looked at again."""
        return Exchange(id=0, question=answer.question, answer=answer, asked=self.asked)


class QuoteState(StrEnum):
    """What became of a quote in the agreements as they are now."""

    HOLDS = "holds"
    MOVED = "moved"
    """It stands word for word, in another place of a changed text."""
    GONE = "gone"
    """The text has changed, and it no longer says it."""
    WITHDRAWN = "withdrawn"
    """The agreement is no longer in the collection."""


class CheckedCitation(_Model):
    """A citation of an earlier answer, held against the agreements as they are now."""

    citation: Citation
    """As it stands now; where it stands no more, as it stood then."""
    state: QuoteState

    @property
    def holds(self) -> bool:
        """Whether it still stands word for word."""
        return self.state in {QuoteState.HOLDS, QuoteState.MOVED}


class CheckedAnswer(_Model):
    """An earlier answer with what became of its quotes."""

    answer: Answer
    """With the citations as they stand now."""
    citations: tuple[CheckedCitation, ...]
    standing: tuple[str, ...]
    """Of each cited agreement that is no longer in force: what became of it."""
    newer: bool
    """The collection is another version than the one that answered."""
