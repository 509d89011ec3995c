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


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Hvad siger økonomiaftalen for 2021 om nærhospitaler?", "nærhospitaler"),
        ("Økonomiaftalen for 2021: hvor mange nærhospitaler?", "nærhospitaler"),
        ("Hvad siger udmøntningsaftalen om sundhedsreformen 2022 om teknologibidraget?",
         "teknologibidraget"),
    ],
)  # fmt: skip
def test_what_only_another_agreement_names_is_told(
    question: str, word: str, assistant: Assistant
) -> None:
    answer = assistant.answer(question)
    assert answer.not_found_reason == NotFoundReason.OTHER_YEAR_OR_AGREEMENT
    assert f"„{word}“" in answer.text
    assert "en anden aftale i samlingen" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvad siger økonomiaftalen for 2021 om supersygehuse?",
        "Hvad står der i aftalen fra 2022 om licensklinikker?",
        "Hvad siger aftalen fra 2022 om bloktilskud?",
    ],
)
def test_what_the_named_agreement_says_in_its_own_words_is_answered(
    question: str, assistant: Assistant
) -> None:
    answer = assistant.answer(question)
    assert answer.kind == "text"
    assert len({citation.agreement_id for citation in answer.citations}) == 1


@pytest.mark.parametrize("year", [2022, 2023])
def test_an_agreement_that_ours_only_mention_is_not_answered_for(
    year: int, assistant: Assistant
) -> None:
    answer = assistant.answer(f"hvad står der i økonomiaftalen for {year} om medicin")
    assert answer.not_found_reason == NotFoundReason.OTHER_YEAR_OR_AGREEMENT
    assert str(year) in answer.text
