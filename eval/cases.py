"""Golden YAML -> `Case`s, each snippet found in its agreement when loaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import GoldenError
from corpus.models import Agreement, AnswerKind, NotFoundReason

GOLDEN_DIR = Path(__file__).resolve().parent / "golden"


@dataclass(frozen=True)
class Span:
    """A place in an agreement."""

    agreement_id: str
    start: int
    end: int


class _Entry(BaseModel):
    """A case as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    style: Literal["paraphrase", "terse", "typo", "long", "verbatim"]
    wants: Literal["amount", "when", "who", "list", "definition", "why", "yes_no", "lookup",
                   "overview", ""] = ""  # fmt: skip
    kind: AnswerKind = AnswerKind.TEXT
    reason: NotFoundReason | None = None
    category: str = ""
    evidence: tuple[str | tuple[str, ...], ...] = ()
    """Snippets, all needed; a nested list means that either will do."""
    rule: str = ""
    """The calculator asked for; empty for a stated figure."""
    value: str | tuple[str, ...] | None = None
    """Exact machine decimal in `unit`; several where several results are asked for."""
    range: tuple[str, str] | None = None
    unit: str = ""
    own: bool = False
    """The asker's own number goes in."""
    also: tuple[dict[str, str], ...] = ()
    """The same matter stated with another number (rounded)."""
    year: int | None = None


@dataclass(frozen=True)
class Case:
    """A golden question with the places that answer it."""

    file: str
    entry: _Entry
    evidence: tuple[tuple[Span, ...], ...]
    """For each snippet the places where it stands, its alternatives included."""

    @property
    def id(self) -> str:
        """The case's id."""
        return self.entry.id

    @property
    def question(self) -> str:
        """What is asked."""
        return self.entry.question

    @property
    def answerable(self) -> bool:
        """True when the agreements answer it."""
        return self.entry.kind in {AnswerKind.TEXT, AnswerKind.FIGURE, AnswerKind.CALCULATION}

    @property
    def is_number(self) -> bool:
        """True when the answer is a number."""
        return self.entry.kind in {AnswerKind.FIGURE, AnswerKind.CALCULATION}

    @property
    def split(self) -> str:
        """`dev` or `test`, by the first snippet, so that wordings of one fact stay together."""
        first = self.entry.evidence[0] if self.entry.evidence else self.question
        key = first if isinstance(first, str) else first[0]
        return "dev" if hashlib.sha256(key.encode()).digest()[0] % 2 else "test"


def load_cases(agreements: tuple[Agreement, ...], folder: Path = GOLDEN_DIR) -> list[Case]:
    """Return every case of a folder.

    Raises:
        GoldenError: a field is wrong, an id stands twice, or a snippet is not in the text.
    """
    cases: list[Case] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise GoldenError(path, "-", str(error).splitlines()[0]) from error
        for number, fields in enumerate(entries, 1):
            name = str(fields.get("id", f"#{number}")) if isinstance(fields, dict) else f"#{number}"
            try:
                entry = _Entry.model_validate(fields)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise GoldenError(path, name, f"{where}: {first['msg']}") from error
            if entry.id in seen:
                raise GoldenError(path, name, "duplicate id")
            seen.add(entry.id)
            cases.append(Case(path.stem, entry, _locate(path, entry, agreements)))
    return cases


def _locate(
    path: Path, entry: _Entry, agreements: tuple[Agreement, ...]
) -> tuple[tuple[Span, ...], ...]:
    places: list[tuple[Span, ...]] = []
    for snippet in entry.evidence:
        spans: list[Span] = []
        for text in (snippet,) if isinstance(snippet, str) else snippet:
            found = _find(text, agreements)
            if not found:
                raise GoldenError(path, entry.id, f"snippet is not in the text: {text[:60]}")
            spans += found
        places.append(tuple(spans))
    return tuple(places)


def _find(text: str, agreements: tuple[Agreement, ...]) -> list[Span]:
    spans: list[Span] = []
    for agreement in agreements:
        start = agreement.text.find(text)
        while start >= 0:
            spans.append(Span(agreement.id, start, start + len(text)))
            start = agreement.text.find(text, start + 1)
    return spans
