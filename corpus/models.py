"""Every type that flows, in the order it flows: head, agreement, section, passage, hit, answer.

All are frozen. Offsets are Unicode code points into the agreement's clean text.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from corpus.calculation import Calculation, StatedFigure


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Unit(StrEnum):
    """What a quantity counts; money is always whole kroner."""

    KR = "kr"
    KR_PER_INHABITANT = "kr_per_inhabitant"
    PCT = "pct"
    PCT_POINT = "pct_point"
    NUMBER = "number"


class Quantity(_Model):
    """An exact amount in one unit."""

    amount: Decimal
    unit: Unit


class Years(_Model):
    """The years that an agreement covers, both included."""

    first: int
    last: int

    @model_validator(mode="after")
    def _in_order(self) -> Years:
        if self.first > self.last:
            raise ValueError(f"{self.first} > {self.last}")
        return self


class Head(_Model):
    """What is known of an agreement besides its text (`corpus/agreements/<id>.yaml`)."""

    id: str
    title: str
    short_title: str
    date: dt.date
    parties: tuple[str, ...]
    years: Years
    status: Literal["current", "superseded", "withdrawn"]
    source_url: str | None
    sha256: str
    replaces: tuple[str, ...] = ()
    """Ids of the agreements whose place it takes."""
    replaced_by: str | None = None
    """Id of the agreement that took its place."""
    changed_by: tuple[str, ...] = ()
    """Ids of the agreements that changed parts of it."""
    editor: tuple[str, ...]
    """Fields that the editor added: they are not in the text and are never cited."""


class BlockKind(StrEnum):
    """What a block of the clean text is."""

    CHAPTER = "chapter"
    HEADING = "heading"
    BOX = "box"
    BOX_TITLE = "box_title"
    ANNEX = "annex"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    SUB_BULLET = "sub_bullet"
    NUMBERED = "numbered"
    ROW = "row"
    NOTE = "note"

    @property
    def is_heading(self) -> bool:
        """True for the lines that open a section."""
        return self in {
            BlockKind.CHAPTER, BlockKind.HEADING, BlockKind.BOX, BlockKind.BOX_TITLE,
            BlockKind.ANNEX,
        }  # fmt: skip

    @property
    def is_item(self) -> bool:
        """True for list items and table rows."""
        return self in {
            BlockKind.BULLET, BlockKind.SUB_BULLET, BlockKind.NUMBERED, BlockKind.ROW,
        }  # fmt: skip


class Block(_Model):
    """One paragraph, heading, list item or table row of the clean text."""

    kind: BlockKind
    start: int
    end: int
    page_start: bool = False
    """The first block of a printed page."""
    after_box: bool = False
    """Body text that goes on behind a box whose end is known."""


class SourceRun(_Model):
    """`length` characters from `start` of the clean text stand at `source` in the file."""

    start: int
    source: int
    length: int


class PageRun(_Model):
    """From `start` of the clean text, up to the next run, stands what is printed on `page`."""

    start: int
    page: int


class Agreement(_Model):
    """One agreement: its head, its clean text and the way back to the file."""

    head: Head
    text: str
    version: str
    """Start of the clean text's sha256."""
    blocks: tuple[Block, ...]
    origin: tuple[SourceRun, ...]
    dropped: tuple[tuple[int, str], ...]
    """(source offset, characters) of page numbers, letterhead and other left-overs."""
    pages: tuple[PageRun, ...] = ()
    """Of a PDF; empty for formats without pages."""

    @property
    def id(self) -> str:
        """The agreement's id, as in its head."""
        return self.head.id

    def page_at(self, offset: int) -> int | None:
        """Return the page on which a character of the clean text is printed."""
        place = bisect_right(self.pages, offset, key=lambda run: run.start)
        return self.pages[place - 1].page if place else None


class SectionKind(StrEnum):
    """What a section is."""

    FRONT = "front"
    CHAPTER = "chapter"
    HEADING = "heading"
    BOX = "box"
    ANNEX = "annex"


class Section(_Model):
    """A chapter, heading, box or annex. Its span holds its children's spans."""

    id: str
    agreement_id: str
    kind: SectionKind
    number: str
    """"4", "2.1", "1"; empty for a bare heading."""
    heading: str
    """The heading as printed, its number included; of a box name and title ("Boks 3: ...")."""
    path: tuple[str, ...]
    """Labels from the chapter down to this one; a box by its name alone ("Boks 3")."""
    start: int
    end: int


class Sentence(_Model):
    """One sentence, list item or table row: the smallest thing that is quoted."""

    passage_id: str
    block: int
    """Number of its block in the agreement."""
    start: int
    end: int
    text: str
    everyday: tuple[str, ...] = ()
    """What people who do not know the text would call it; for the index only."""
    questions: tuple[str, ...] = ()
    """What it answers, as people ask; for the index only."""

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Everyday words and questions."""
        return (*self.everyday, *self.questions)


class Passage(_Model):
    """A piece of one section, at most some 160 words; the unit of retrieval."""

    id: str
    """`<agreement>:<start>-<end>`."""
    agreement_id: str
    section_id: str
    section_kind: SectionKind
    path: tuple[str, ...]
    """Breadcrumb: the section's path and, in a box, the item's own lead."""
    heading: str
    """The section's heading; of a box its name and title."""
    start: int
    end: int
    text: str

    @property
    def section(self) -> str:
        """The breadcrumb as people read it."""
        return " › ".join(self.path)


class Turn(_Model):
    """An earlier question of the conversation and the text of its answer."""

    question: str
    answer: str


class Citation(_Model):
    """A quote that was found in its agreement, character by character."""

    marker: int
    agreement_id: str
    agreement_title: str
    section: str
    passage_id: str
    quote: str
    start: int
    end: int
    agreement_version: str
    url: str
    page: int | None = None
    """The printed page that the quote begins on; None for formats without pages."""


class RankedPassage(_Model):
    """A passage as it stands in an answer."""

    passage_id: str
    agreement_id: str
    section: str
    text: str
    start: int
    end: int
    score: float
    """Only the order means anything."""


class AnswerKind(StrEnum):
    """What an answer is."""

    TEXT = "text"
    FIGURE = "figure"
    CALCULATION = "calculation"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"
    REFUSED = "refused"


class NotFoundReason(StrEnum):
    """Which kind of "no" an answer is."""

    OUTSIDE_CORPUS = "outside_corpus"
    NOT_STATED = "not_stated"
    OTHER_YEAR_OR_AGREEMENT = "other_year_or_agreement"


class Answer(_Model):
    """The public answer; its JSON is the contract with every front end."""

    question: str
    standalone_question: str
    kind: AnswerKind
    mode: Literal["quote", "calculated", "model"] = "quote"
    degraded: bool = False
    text: str
    citations: tuple[Citation, ...] = ()
    calculation: Calculation | None = None
    figures: tuple[StatedFigure, ...] = ()
    passages: tuple[RankedPassage, ...] = ()
    not_found_reason: NotFoundReason | None = None
    suggestions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corpus_version: str
    timings_ms: dict[str, float] = {}
