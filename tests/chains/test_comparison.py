import pytest

from chains import Assistant
from chains.comparison import compares
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
    assert compares(question, heads) is expected
    assert not compares(question, heads[:1])


@pytest.mark.model
def test_each_agreement_is_quoted(assistant: Assistant) -> None:
    answer = assistant.answer("Hvad siger de to aftaler hver især om telemedicin?")
    cited = [citation.agreement_id for citation in answer.citations]
    assert set(cited) == {agreement.id for agreement in assistant.agreements}
    assert 2 <= len(cited) <= 4
    one = assistant.answer("Hvad siger de to aftaler om telemedicin?", agreements=cited[:1])
    assert {citation.agreement_id for citation in one.citations} == {cited[0]}
