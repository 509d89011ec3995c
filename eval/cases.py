"""Golden YAML -> `Case`s, each snippet found in its agreement when loaded.

A file holds a list; an entry is a question of its own, or `{id, turns: [...]}`, a conversation
whose turns become cases `<id>.1`, `<id>.2`, ... with the questions before them as history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.errors import GoldenError
from corpus.models import Agreement, AnswerKind, NotFoundReason

GOLDEN_DIR = Path(__file__).resolve().parent / "golden"
PLANTED_DIR = GOLDEN_DIR / "planted"
"""Made-up agreements with orders to the machine in them, for cases with `corpus: planted`."""
ANSWERED = {AnswerKind.TEXT, AnswerKind.FIGURE, AnswerKind.CALCULATION}
ATTACKS = {"adversarial", "injection", "planted"}
_NUMBERS = {AnswerKind.FIGURE, AnswerKind.CALCULATION}
_MAX_TURNS = 4


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
                   "overview", "comparison", ""] = ""  # fmt: skip
    kind: AnswerKind = AnswerKind.TEXT
    """The route that answers."""
    reason: NotFoundReason | None = None
    category: str = ""
    """Which kind of unanswerable question, or of attack."""
    evidence: tuple[str | tuple[str, ...], ...] = ()
    """Snippets, all needed; a nested list means that either will do."""
    must: tuple[str | tuple[str, ...], ...] = ()
    """What a right answer shows; of a nested list any will do."""
    must_not: tuple[str, ...] = ()
    """What only a wrong answer shows."""
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
    corpus: Literal["", "planted"] = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in _NUMBERS:
            values = (self.value,) if isinstance(self.value, str) else (self.value or ())
            for value in (*values, *(self.range or ())):
                _check_decimal(value)
            if not (values or self.range):
                raise ValueError("a number without its value")
            if not self.unit:
                raise ValueError("a value without its unit")
        if self.kind in ANSWERED and not self.evidence:
            raise ValueError("an answer without evidence")
        if self.kind is AnswerKind.TEXT and not self.must:
            raise ValueError("a text without what its answer must say")
        if self.kind is AnswerKind.NOT_FOUND and self.reason is None:
            raise ValueError("a no without its reason")
        return self


def _check_decimal(value: str) -> None:
    try:
        Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"no decimal: {value}") from error


@dataclass(frozen=True)
class Case:
    """A golden question with the places that answer it."""

    file: str
    entry: _Entry
    evidence: tuple[tuple[Span, ...], ...]
    """For each snippet the places where it stands, its alternatives included."""
    history: tuple[str, ...] = ()
    """The questions before it, oldest first."""
    fact: str = ""
    """What decides the split: the first snippet of the case, or of its conversation."""

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
        return self.entry.kind in ANSWERED

    @property
    def is_number(self) -> bool:
        """True when the answer is a number."""
        return self.entry.kind in _NUMBERS

    @property
    def is_attack(self) -> bool:
        """True when the question or its corpus holds an order to the machine."""
        return self.entry.category in ATTACKS

    @property
    def is_plain(self) -> bool:
        """True for a question of its own without an attack."""
        return not (self.history or self.is_attack)

    @property
    def type(self) -> str:
        """What kind of question it is: of a text what is wanted, of a no its category."""
        if self.history:
            return "follow_up"
        if self.entry.category:
            return self.entry.category
        return self.entry.wants or str(self.entry.kind)

    @property
    def agreements(self) -> tuple[str, ...]:
        """Ids of the agreements that hold the evidence."""
        found = (span.agreement_id for places in self.evidence for span in places)
        return tuple(dict.fromkeys(found))

    @cached_property
    def split(self) -> str:
        """`dev` or `test`, by the first snippet, so that wordings of one fact stay together."""
        return "dev" if hashlib.sha256(self.fact.encode()).digest()[0] % 2 else "test"


def load_cases(agreements: tuple[Agreement, ...], folder: Path = GOLDEN_DIR) -> list[Case]:
    """Return every case of a folder.

    `agreements` are those of the corpus, and those of `PLANTED_DIR` where a case asks about them.

    Raises:
        GoldenError: a field is wrong, an id stands twice, or a snippet is not in the text.
    """
    cases: list[Case] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        for conversation in _read(path):
            fact = _fact(conversation)
            for turn, entry in enumerate(conversation):
                if entry.id in seen:
                    raise GoldenError(path, entry.id, "duplicate id")
                seen.add(entry.id)
                history = tuple(earlier.question for earlier in conversation[:turn])
                evidence = _locate(path, entry, agreements)
                cases.append(Case(path.stem, entry, evidence, history, fact))
    return cases


def _read(path: Path) -> Iterator[list[_Entry]]:
    """Yield the conversations of a file; a question of its own is one of one turn."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldenError(path, "-", str(error).splitlines()[0]) from error
    for number, fields in enumerate(entries, 1):
        name = str(fields.get("id", f"#{number}")) if isinstance(fields, dict) else f"#{number}"
        if not isinstance(fields, dict) or "turns" not in fields:
            yield [_validate(path, name, fields)]
            continue
        turns = fields["turns"]
        if set(fields) != {"id", "turns"} or not 1 < len(turns) <= _MAX_TURNS:
            raise GoldenError(path, name, f"a conversation is id and 2-{_MAX_TURNS} turns")
        yield [
            _validate(path, f"{name}.{turn}", {**own, "id": f"{name}.{turn}"})
            for turn, own in enumerate(turns, 1)
        ]


def _validate(path: Path, name: str, fields: Any) -> _Entry:  # noqa: ANN401 - anything YAML holds
    try:
        return _Entry.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise GoldenError(path, name, f"{where}: {first['msg']}".lstrip(": ")) from error


def _fact(conversation: Sequence[_Entry]) -> str:
    first = next((entry.evidence[0] for entry in conversation if entry.evidence), None)
    if first is None:
        return conversation[0].question
    return first if isinstance(first, str) else first[0]


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
