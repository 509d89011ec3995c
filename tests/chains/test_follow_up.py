import pytest

from chains.follow_up import stand_alone
from corpus.models import Turn


def follow(*questions: str) -> str:
    history = [Turn(question=question, answer="…") for question in questions[:-1]]
    return stand_alone(questions[-1], history)


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Hvad får klyngerne i 2023?", "og i 2024?", "Hvad får klyngerne i 2024?"),
        ("Hvad får klyngerne i 2023?", "hvad med året før", "Hvad får klyngerne i 2022?"),
        ("Hvad får klyngerne?", "og i 2025", "Hvad får klyngerne i 2025?"),
        ("Hvad er kommunernes del?", "og regionernes?", "Hvad er regionernes del?"),
        ("Hvad betaler staten til it?", "hvad med kommunerne", "Hvad betaler kommunerne til it?"),
    ],
)
def test_another_year_or_party_changes_the_earlier_question(
    before: str, question: str, expected: str
) -> None:
    assert follow(before, question) == expected


def test_a_long_talk_is_read_with_its_first_and_its_last_question() -> None:
    said = ("Hvad er lånepuljen?", "Hvem søger den?", "Hvornår lukker den?", "hvorfor det?")
    assert follow(*said) == "Hvad er lånepuljen? Hvornår lukker den? hvorfor det?"


def test_who_returns_to_a_subject_is_read_with_it() -> None:
    said = ("Hvad koster klyngerne i 2023?", "Hvem leder sundhedsrådet i regionen?",
            "tilbage til klyngerne, hvem betaler?")  # fmt: skip
    assert follow(*said) == "Hvad koster klyngerne i 2023? klyngerne, hvem betaler?"


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange læger skal uddannes i 2023?",
        "Er der stadig udløbsdato på klinikker, eller ryger den?",
        "sundhedsklynger",
    ],
)
def test_a_question_with_a_subject_of_its_own_stands_alone(question: str) -> None:
    assert follow("Hvad er lånepuljen?", question) == question


def test_a_year_beside_a_question_of_its_own_is_no_other_year() -> None:
    before = "Hvor mange klinikker kommer der?"
    assert follow(before, "hvad koster de i 2024") == f"{before} hvad koster de i 2024"


def test_the_next_year_takes_the_place_of_the_one_asked_for_last() -> None:
    said = ("Hvor mange klinikker kommer der?", "hvad koster de i 2024", "og i 2026")
    assert follow(*said) == "Hvor mange klinikker kommer der? hvad koster de i 2026"
