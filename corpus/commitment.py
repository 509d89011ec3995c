"""Commitments: what an agreement says that somebody shall, will or may do, and the words for it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Force(StrEnum):
    """The status word of a commitment."""

    AGREED = "enige"
    SHALL = "skal"
    WILL = "vil"
    MAY = "kan"
    DISCUSS = "drøfter"
    NOTES = "noterer"


class Commitment(BaseModel):
    """One thing that was agreed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: str
    """Unique in its agreement."""
    agreement_id: str
    theme: str = ""
    actors: tuple[str, ...]
    """Who acts, in base form ("regeringen", "Danske Regioner")."""
    partners: tuple[str, ...] = ()
    """Who is involved or heard."""
    act: str = ""
    """What, as an infinitive clause without the actors; empty for one found by rule."""
    aliases: tuple[str, ...] = ()
    force: Force
    deadline: str = ""
    """By when, as printed in the quote."""
    due: str = ""
    """The deadline as YYYY or YYYY-MM."""
    starts: str = ""
    """From when, as YYYY or YYYY-MM."""
    condition: str = ""
    """On what condition, as printed in the quote."""
    reviewed: str = ""
    """Who reviewed it, and when; empty for one found by rule."""
    start: int
    end: int
    """Span of the quote in the agreement's clean text."""
