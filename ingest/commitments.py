"""Reviewed commitments (`corpus/commitments/<id>.yaml`) -> `Commitment`s, each at its exact quote.

The build fails when a quote stands nowhere, when a deadline or condition is not in it, or when what
was agreed holds a number that the quote does not. A sentence with the words of a commitment that is
none is listed with a reason, so that `python -m ingest check` can account for every one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.commitment import Commitment, Force
from corpus.errors import CommitmentError
from corpus.models import Agreement, Sentence
from ingest.extract_commitments import is_commitment, overlap
from ingest.yaml_file import read_yaml

_DATE = r"^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?$"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Reviewed(_Model):
    by: str
    date: Any
    at: str = ""
    """The moment of a decision in the review queue; of two by one person the later is undone."""
    item: str = ""
    """What was decided on, as the queue names it."""


class _Entry(_Model):
    id: str
    theme: str
    actor: tuple[str, ...] = Field(min_length=1)
    with_: tuple[str, ...] = Field(default=(), alias="with")
    act: str = ""
    """What, as an infinitive clause; empty where the reviewer left it to the quote."""
    aliases: tuple[str, ...] = ()
    force: Force
    deadline: str = ""
    due: str = Field(default="", pattern=f"{_DATE}|^$")
    starts: str = Field(default="", pattern=f"{_DATE}|^$")
    condition: str = ""
    quote: str = Field(min_length=1)
    reviewed: _Reviewed | None = None
    """Who decided on this entry, where it is not the same person for all."""


class _NoCommitment(_Model):
    quote: str
    why: str
    reviewed: _Reviewed | None = None


class _File(_Model):
    reviewed: _Reviewed
    by_queue: bool = False
    """Written by the review queue: what it does not account for yet is found by rule."""
    commitments: tuple[_Entry, ...]
    none: tuple[_NoCommitment, ...] = ()


@dataclass(frozen=True)
class CommitmentCoverage:
    """What became of every sentence that has the words of a commitment."""

    sentences: int
    loose: tuple[Sentence, ...]
    """In no commitment and not listed as none."""

    @property
    def share(self) -> float:
        """Share of the sentences that are accounted for."""
        return 1 - len(self.loose) / self.sentences if self.sentences else 1.0


class CommitmentRegistry:
    """The reviewed commitments of one agreement."""

    def __init__(self, path: Path, agreement: Agreement) -> None:
        """Read a registry and find each quote.

        Raises:
            CommitmentError: a field is wrong, or words are not where they should be.
        """
        self.path = path
        self._text = agreement.text
        try:
            self._file = _File.model_validate(read_yaml(path))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
            raise CommitmentError(path, "fil", " ".join(str(error).split())[:200]) from error
        self.by_queue = self._file.by_queue
        self.commitments = tuple(self._found(agreement.id))
        ids = [commitment.id for commitment in self.commitments]
        for id_ in ids:
            if ids.count(id_) > 1:
                raise CommitmentError(path, id_, "id står to gange")
        self._none: list[tuple[int, int]] = []
        for none in self._file.none:
            self._find("none", none.quote, 0)
            places = re.finditer(re.escape(none.quote), self._text)
            self._none += [match.span() for match in places]

    def _found(self, agreement_id: str) -> Iterator[Commitment]:
        last = 0
        for entry in self._file.commitments:
            reviewed = entry.reviewed or self._file.reviewed
            start = last = self._find(entry.id, entry.quote, last)
            self._check(entry)
            yield Commitment(
                agreement_id=agreement_id,
                actors=entry.actor,
                partners=entry.with_,
                start=start,
                end=start + len(entry.quote),
                reviewed=f"{reviewed.by}, {reviewed.date}",
                **entry.model_dump(exclude={"actor", "with_", "quote", "reviewed"}),
            )

    def _find(self, id_: str, quote: str, after: int) -> int:
        """Return where a quote stands; of several places the next after the entry before."""
        start = self._text.find(quote, after)
        if start < 0:
            start = self._text.find(quote)
        if start < 0:
            raise CommitmentError(self.path, id_, f"citatet står ikke i teksten: {quote[:60]}")
        return start

    def _check(self, entry: _Entry) -> None:
        for words in (entry.deadline, entry.condition):
            if words not in entry.quote:
                raise CommitmentError(self.path, entry.id, f"står ikke i citatet: {words[:60]}")
        loose = set(_NUMBER.findall(entry.act)) - set(_NUMBER.findall(entry.quote))
        if loose:
            raise CommitmentError(self.path, entry.id, f"tal uden dækning: {min(loose)}")

    def account_for(self, sentences: Sequence[Sentence]) -> CommitmentCoverage:
        """Return which sentences with the words of a commitment are in none and not set aside."""
        spans = [*((c.start, c.end) for c in self.commitments), *self._none]
        return account_for_sentences(sentences, spans)


def account_for_sentences(
    sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]]
) -> CommitmentCoverage:
    """Return which sentences with the words of a commitment no span covers."""
    worded = [sentence for sentence in sentences if is_commitment(sentence.text)]
    loose = [s for s in worded if not any(overlap(s.start, s.end, *span) for span in spans)]
    return CommitmentCoverage(len(worded), tuple(loose))
