import pytest

from chains import Assistant
from chains.comparison import compared
from corpus.models import Agreement


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvad siger de to aftaler om digitale møder?", True),
        ("Står der noget om it i begge tekster?", True),
        ("Hvem leder arbejdet ifølge økonomiaftalen, og hvem ifølge reformen?", True),
        ("2021-aftalen mod reformen: evaluering", True),
        ("Hvad siger aftalen om digitale møder?", False),
        ("Hvad koster reformen regionernes økonomi?", False),
        ("Hvor meget får regionerne i aftalen for 2021?", False),
    ],
)
def test_which_questions_set_agreements_side_by_side(
    question: str, expected: bool, economy: Agreement, reform: Agreement
) -> None:
    heads = [economy.head, reform.head]
    assert compared(question, heads) == (heads if expected else [])
    assert not compared(question, heads[:1])


def test_a_third_agreement_that_is_not_named_is_left_out(
    economy: Agreement, reform: Agreement
) -> None:
    other = economy.head.model_copy(
        update={"id": "havne", "title": "Aftale om havnebassiner", "short_title": "Havneaftalen"}
    )
    question = "Hvem leder arbejdet ifølge økonomiaftalen, og hvem ifølge reformen?"
    assert compared(question, [economy.head, other, reform.head]) == [economy.head, reform.head]


def test_what_many_have_in_common_names_none_of_them(economy: Agreement) -> None:
    many = [economy.head.model_copy(update={"id": f"aftale-{n}"}) for n in range(30)]
    assert not compared("Hvad siger økonomiaftalen og reformen om havne?", many)


@pytest.mark.model
def test_each_agreement_is_quoted(assistant: Assistant) -> None:
    answer = assistant.answer("Hvad siger de to aftaler hver især om telemedicin?")
    cited = [citation.agreement_id for citation in answer.citations]
    assert set(cited) == {agreement.id for agreement in assistant.agreements}
    assert 2 <= len(cited) <= 4
    one = assistant.answer("Hvad siger de to aftaler om telemedicin?", agreements=cited[:1])
    assert {citation.agreement_id for citation in one.citations} == {cited[0]}
