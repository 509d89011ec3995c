"""The review of an agreement: what is asked of a person, what was decided, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ItemKind(StrEnum):
    """What is looked at; in this order, for a heading decides what is a number or a sentence."""

    STRUCTURE = "structure"
    FIGURE = "figure"
    COMMITMENT = "commitment"


class Item(_Model):
    """One thing that a rule found, or that no rule could read, for a person to decide."""

    id: str
    """`<kind>:<start>-<end>`, of structure with the doubt behind it; offsets into the text."""
    kind: ItemKind
    agreement_id: str
    state: str
    """What it looked like; a decision names it, so that none is made on something else."""
    start: int
    end: int
    """Span of the number, sentence or block."""
    before: str
    """Text around it, for reading."""
    text: str
    after: str
    section: str = ""
    page: int | None = None
    doubts: tuple[str, ...] = ()
    """Why it needs a person: keys of `review_texts.DOUBTS` or of `ingest_texts.DOUBTS`."""
    fields: Mapping[str, str]
    """What the rule read, as it can be changed; an empty mapping where there is only yes or no."""


class Decision(_Model):
    """What a person says of an item."""

    item_id: str
    state: str
    accept: bool
    fields: Mapping[str, str] = {}
    """What is otherwise than the rule read it."""
    reason: str = ""
    """Why it is rejected."""


class ReviewStatus(StrEnum):
    """How far the review of an agreement is."""

    UNREVIEWED = "unreviewed"
    PARTLY = "partly"
    REVIEWED = "reviewed"


class Progress(_Model):
    """How far the review of an agreement is."""

    agreement_id: str
    title: str
    standing: str
    """Status of its head: current, superseded or withdrawn."""
    status: ReviewStatus
    left: Mapping[ItemKind, int]
    decided: int
    """Decisions that stand in its registers with a name."""
    reviewers: tuple[str, ...] = ()

    @property
    def remaining(self) -> int:
        """Items that nobody has decided yet."""
        return sum(self.left.values())
