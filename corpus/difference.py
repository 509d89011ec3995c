"""What is new, dropped, changed or continued between two agreements; its JSON is public."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from corpus.models import Citation


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Change(StrEnum):
    """What became of something from one agreement to the other."""

    NEW = "new"
    DROPPED = "dropped"
    CHANGED = "changed"
    CONTINUED = "continued"


class Side(_Model):
    """How one of the two agreements has it."""

    label: str
    """What it is called there: a figure's label, what was agreed, a heading."""
    said: str = ""
    """An amount as printed; of a commitment what somebody shall, will or may do."""
    period: str = ""
    """The years of a figure, the deadline of a commitment."""
    price_level: str = ""
    actors: tuple[str, ...] = ()
    reviewed: bool = True
    citations: tuple[Citation, ...] = ()
    """Verified; none where no sentence holds it whole."""


class Row(_Model):
    """One line of the comparison."""

    change: Change
    theme: str = ""
    series: str = ""
    """What the rows of one series of figures have in common."""
    old: Side | None = None
    new: Side | None = None
    difference: str = ""
    """New less old, absolute and in per cent; empty where they cannot be compared."""
    remarks: tuple[str, ...] = ()
    """Why they cannot be compared, or what else is another."""


class Compared(_Model):
    """One of the two agreements."""

    id: str
    title: str
    date: dt.date
    version: str


class Difference(_Model):
    """Two agreements side by side."""

    new: Compared
    old: Compared
    figures: tuple[Row, ...]
    commitments: tuple[Row, ...]
    sections: tuple[Row, ...]
    notes: tuple[str, ...]
    corpus_version: str = ""

    @property
    def tables(self) -> dict[str, tuple[Row, ...]]:
        """Name -> rows."""
        return {"figures": self.figures, "commitments": self.commitments,
                "sections": self.sections}  # fmt: skip
