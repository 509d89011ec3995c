"""What "Tjek tal" says of a pasted text, number by number; its JSON is part of the contract."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from corpus.models import Citation


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Verdict(StrEnum):
    """What became of a number."""

    RIGHT = "right"
    ROUNDED = "rounded"
    COMPUTED = "computed"
    """Not stated, but rightly worked out from agreed figures."""
    WRONG = "wrong"
    """The agreement has another value."""
    WRONG_UNIT = "wrong_unit"
    """A factor of 1,000, points for per cent, kr. for mio. kr."""
    WRONG_YEAR = "wrong_year"
    """The value stands, for another year."""
    WRONG_SUBJECT = "wrong_subject"
    """The value stands, for something or somebody else."""
    NOT_FOUND = "not_found"


class CheckedNumber(_Model):
    """One number of the pasted text."""

    printed: str
    start: int
    end: int
    """Offsets into the pasted text: text[start:end] == printed."""
    verdict: Verdict
    says: str
    """What the agreement says, in Danish."""
    citations: tuple[Citation, ...] = ()


class Check(_Model):
    """Every number of a pasted text that is about the agreements, in order."""

    numbers: tuple[CheckedNumber, ...]
    corpus_version: str = ""
