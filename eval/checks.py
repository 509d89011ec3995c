"""Tjek tal on made-up mails (`eval/mails.yaml`): is the verdict on each number right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from chains import Assistant, Verdict

MAILS = Path(__file__).with_name("mails.yaml")
HOLDS = {Verdict.RIGHT, Verdict.ROUNDED, Verdict.COMPUTED}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Number(_Model):
    printed: str
    verdict: Verdict
    value: str = ""
    evidence: str = ""
    also: str = ""
    stands_for: str = ""


class Mail(_Model):
    """A pasted text and what its numbers are."""

    id: str
    style: str
    text: str
    numbers: tuple[_Number, ...]


@dataclass(frozen=True)
class Judged:
    """One number of a mail with the verdict it should have and the one it got, if it got one."""

    mail: str
    printed: str
    wanted: Verdict
    got: Verdict | None

    @property
    def right(self) -> bool:
        """True when the verdict is the one it should be."""
        return self.got is self.wanted

    @property
    def wrongly_held(self) -> bool:
        """True when a number that does not hold is said to."""
        return self.got in HOLDS and self.wanted not in HOLDS


def load_mails(path: Path = MAILS) -> tuple[Mail, ...]:
    """Return the mails, each with its numbers in order."""
    text = path.read_text(encoding="utf-8")
    return TypeAdapter(tuple[Mail, ...]).validate_python(yaml.safe_load(text))


def judge_mails(assistant: Assistant, mails: Sequence[Mail]) -> tuple[list[Judged], int]:
    """Return every number judged, and how many others got a verdict without being asked about."""
    judged: list[Judged] = []
    others = 0
    for mail in mails:
        numbers = assistant.check(mail.text).numbers
        place, spans = 0, []
        for wanted in mail.numbers:
            start = mail.text.index(wanted.printed, place)
            place = start + 1
            end = start + len(wanted.printed)
            spans.append((start, end))
            got = next((n.verdict for n in numbers if n.start < end and start < n.end), None)
            judged.append(Judged(mail.id, wanted.printed, wanted.verdict, got))
        others += sum(not any(n.start < b and a < n.end for a, b in spans) for n in numbers)
    return judged, others
