import pytest

from chains import Answer, Assistant
from chains.selection import find_facts, leans_on_previous, meets_demand
from chains.understand import Wants

pytestmark = pytest.mark.model


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Heraf finansierer staten 40 pct.", True),
        ("Kommunernes andel heraf udgør 53,4 mio. kr.", True),
        ("Midlerne udmøntes via bloktilskuddet.", True),
        ("Staten betaler halvdelen.", False),
        ("Danske Regioner inddrages i arbejdet.", False),
    ],
)
def test_what_leans_on_the_sentence_before(text: str, leans: bool) -> None:
    assert leans_on_previous(text) is leans


@pytest.mark.parametrize(
    ("wants", "text", "meets"),
    [
        (Wants.MONEY, "Der afsættes 5 mio. kr.", True),
        (Wants.MONEY, "Der afsættes 5 pct.", False),
        (Wants.COUNT, "Der oprettes ti pladser.", True),
        (Wants.COUNT, "Der er COVID-19 i 2020.", False),
        (Wants.SHARE, "Staten betaler 40 pct.", True),
        (Wants.WHEN, "Det sker senest ultimo april.", True),
        (Wants.AMOUNT, "Andelen falder med 5 pct.", True),
        (Wants.LOOKUP, "Hvad som helst.", None),
    ],
)
def test_what_meets_a_demand(wants: Wants, text: str, meets: bool | None) -> None:
    assert meets_demand(wants, find_facts(text)) is meets


def test_a_leaning_sentence_brings_what_it_leans_on(assistant: Assistant) -> None:
    found = quotes(assistant.answer("Hvem betaler for MitID og Digital Post?"))
    shares = next(quote for quote in found if "hver 40 pct." in quote)
    assert "247,4 mio. kr." in shares
    assert not any(quote.startswith("Kommunernes andel heraf") for quote in found)


def test_the_list_that_a_colon_opens_follows(assistant: Assistant) -> None:
    answer = assistant.answer("Hvilke udgifter dækker de 3,1 mia. kr. til COVID-19?")
    found = quotes(answer)
    opens = next(i for i, quote in enumerate(found) if quote.endswith("følgende udgifter:"))
    assert found[opens + 1].startswith("Staten, kommunerne og regionerne har koordineret")
    assert f"- „{found[opens + 1]}“" in answer.text


def test_a_lookup_keeps_its_limits(assistant: Assistant) -> None:
    for question in (
        "Hvad er der aftalt om lægedækning?",
        "Hvad skal sundhedsklyngerne lave?",
        "Hvem betaler for sundhed.dk, og hvor meget?",
    ):
        found = quotes(assistant.answer(question))
        assert 1 <= len(found) <= 3
        assert sum(len(quote.split()) for quote in found) <= 120


@pytest.mark.parametrize(
    "question", ["Hvor skal nærhospitalerne ligge?", "Hvem er formand for kommissionen?"]
)
def test_a_place_or_a_person_that_is_not_named_is_a_no(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).not_found_reason == "not_stated"


def test_what_goes_on_about_the_same_is_quoted_with_it(assistant: Assistant) -> None:
    found = quotes(assistant.answer("Hvad skal ministeriets aftaler med regionerne om læger?"))
    assert any("Disse aftaler skal indeholde en beskrivelse" in quote for quote in found)
