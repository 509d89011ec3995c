import pytest

from chains import AnswerKind
from eval.grounding import loose_numbers, said
from tests.eval.conftest import LIFT, MakeAnswer


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        ("3 mio. kr.", "der afsættes 3 mio. kr.", True),
        ("3 mio. kr.", "der afsættes 13 mio. kr.", False),
        ("3 mio. kr.", "der afsættes 1,3 mio. kr.", False),
        ("2021", "prisniveau 2021.", True),
        ("2021", "nummer 20211", False),
        ("Novo Nordisk", "novo\n nordisk fonden", True),
        ("67 pct.", "**67 pct.** af midlerne", True),
    ],
)
def test_what_a_text_says(item: str, text: str, expected: bool) -> None:
    assert said(item, text) is expected


@pytest.mark.parametrize(
    ("lead", "loose"),
    [
        ("Løftet er 1,3 mia. kr. i 2021.", []),
        ("Løftet er 1,3 mio. kr. i 2021.", ["1,3 mio"]),
        ("Løftet er 1,4 mia. kr.", ["1,4 mia"]),
        ("Løftet er 1,3 mia. kr. i 2022.", ["2022"]),
        ("Løftet er 1,3 pct.", ["1,3 pct"]),
        ("1. Økonomiaftalen for 2021: COVID-19", []),
    ],
)
def test_a_number_needs_a_quote_with_its_size(
    lead: str, loose: list[str], make_answer: MakeAnswer
) -> None:
    answer = make_answer(LIFT)
    answer = answer.model_copy(update={"text": f"{lead} {answer.text}"})
    assert loose_numbers(answer, ["Økonomiaftalen for 2021"]) == loose


def test_the_askers_own_number_is_backed_by_the_question(make_answer: MakeAnswer) -> None:
    answer = make_answer(LIFT, standalone_question="Hvad med 55 mio. kr.?")
    answer = answer.model_copy(update={"text": "55 mio. kr."})
    assert loose_numbers(answer) == []


def test_a_no_may_repeat_what_was_asked(make_answer: MakeAnswer) -> None:
    assert (
        loose_numbers(make_answer(kind=AnswerKind.NOT_FOUND, text="500 mio. står der ikke")) == []
    )
