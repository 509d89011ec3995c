"""Answers that users found wrong -> draft cases for a person to review."""

from __future__ import annotations

from typing import Any

import yaml

from chains import Settings
from chains.feedback import Feedback, load_feedback

_HEAD = """\
# Udkast fra brugernes tilbagemeldinger: svar, som er meldt forkerte. Gennemgå hvert: skriv den
# rigtige kilde ordret af i evidence, skriv i must, hvad svaret skal sige, ret style, wants og
# kind, slet review, og flyt det til en fil i eval/golden/.
"""
_NO_TEXT = (
    "# {count} tilbagemeldinger uden tekst er udeladt; "
    "ASSISTANT_KEEP_QUESTIONS=true gemmer teksten fremover.\n"
)
_LONG_WORDS, _TERSE_WORDS = 35, 6


def drafts(settings: Settings) -> str:
    """Return the YAML of draft cases, each question once, the latest word on it.

    Raises:
        StorageError: the feedback cannot be read.
    """
    wrong = [feedback for feedback in load_feedback(settings) if not feedback.right]
    told = {(*f.history, f.question): f for f in wrong if f.question}
    text = _HEAD
    if without := sum(not f.question for f in wrong):
        text += _NO_TEXT.format(count=without)
    if not told:
        return text + "[]\n"
    entries = [_draft(f"user-{i:03}", f) for i, f in enumerate(told.values(), 1)]
    return text + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)


def _draft(id_: str, feedback: Feedback) -> dict[str, Any]:
    case = {
        "question": feedback.question,
        "style": _style(feedback.question),
        "kind": feedback.kind,
        "evidence": [],
        "must": [],
        "must_not": [],
    }
    told = {"meldt": f"{feedback.made:%Y-%m-%d}", "grund": feedback.reason,
            "svarede": feedback.answer, "citerede": list(feedback.passages)}  # fmt: skip
    if not feedback.history:
        return {"id": id_, **case, "review": told}
    earlier = [{"question": question, "style": _style(question)} for question in feedback.history]
    return {"id": id_, "turns": [*earlier, case], "review": told}


def _style(question: str) -> str:
    words = len(question.split())
    if words >= _LONG_WORDS:
        return "long"
    return "terse" if words <= _TERSE_WORDS and "?" not in question else "paraphrase"
