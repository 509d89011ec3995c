"""A question on what the agreements do not name gets a no that says so."""

from __future__ import annotations

import pytest

from chains import Assistant
from corpus.models import AnswerKind, NotFoundReason

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("hvor mange penge er der til rusmidler", "rusmidler"),
        ("Hvad får kommunerne til skolemad?", "skolemad"),
        ("hvor mange penge er der til tandlæger", "tandlæger"),
        ("Hvad siger aftalen om abort?", "abort"),
        ("Er der penge til at hjælpe folk med at stoppe med at ryge?", "ryge"),
    ],
)
def test_what_is_not_named_is_told(question: str, word: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert answer.kind is AnswerKind.NOT_FOUND
    assert answer.not_found_reason is NotFoundReason.OUTSIDE_CORPUS
    assert f"„{word}“" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "hvad med hjertestop",
        "er der flere penge til diabetes",
        "penge til psykiatripladser",
        "Hvad får kommunerne frem til 2029?",
        "How much money goes to local hospitals?",
    ],
)
def test_other_words_for_what_is_named_are_answered(question: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert answer.kind is not AnswerKind.NOT_FOUND
    assert not answer.degraded
