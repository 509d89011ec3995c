"""The figure in the sentence that answers: told where it is asked for, and only there."""

import pytest

from chains import Assistant
from corpus.models import AnswerKind

pytestmark = pytest.mark.model


def test_the_figure_of_the_best_sentence_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("Hvad får kommunerne hvert år på lang sigt til akutfunktioner?")
    assert answer.kind is AnswerKind.FIGURE
    assert answer.text.startswith("Midlerne til kommunerne til kvalitetspakker for de kommunale")
    assert "**100 mio. kr.**" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Hvad skal regionernes midler til akutfunktionerne bruges til?",
        "Hvad er tanken bag teknologibidraget?",
        "Hvem får pengene til akutfunktionerne?",
        "Hvad går kvalitetspakkerne ud på?",
        "Hvad er der aftalt om hjerteløbere?",
        "Må kommunerne bruge penge til nærhospitaler?",
        "Hvad sker der, hvis regionerne bruger for mange penge?",
    ],
)
def test_a_question_for_words_is_answered_by_words(question: str, assistant: Assistant) -> None:
    assert assistant.answer(question).kind in {AnswerKind.TEXT, AnswerKind.NOT_FOUND}


def test_two_things_asked_for_are_quoted_both(assistant: Assistant) -> None:
    asked = "Hvor meget får kommunerne til patientrettet forebyggelse i 2023, og er det en pulje?"
    answer = assistant.answer(asked)
    assert answer.kind is AnswerKind.TEXT
    assert "102,9 mio. kr." in answer.text
