"""The sentence that opens a calculation: it says what the result is of what."""

from __future__ import annotations

import pytest

from chains import Assistant, Turn

CASES = [
    (
        "Hvor mange procent af det årlige løft til sundhed.dk betaler regionerne?",
        "Regionernes finansiering af løftet af sundhed.dk udgør **75,29 pct.** af løftet af "
        "sundhed.dk's basisbudget.",
    ),  # 6,4 of 8,5
    (
        "vi har ansat 61 af de 1.000 sygeplejersker, hvor mange procent er det",
        "61 sygeplejersker udgør **6,1 pct.** af det aftalte antal ekstra sygeplejersker på "
        "sygehusene.",
    ),
    (
        "Hvad bliver sundhed.dk's løft i alt for 2021-2025?",
        "Løftet af sundhed.dk's basisbudget er i alt **42,5 mio. kr.** i 2021-2025.",
    ),  # 5 × 8,5
    (
        "Hvad er 18 pct. af regionernes samlede anlægsniveau i 2021?",
        "18 pct. af det samlede niveau for regionernes anlægsudgifter er **1,35 mia. kr.**",
    ),  # 0,18 × 7,5
    (
        "Kommunerne får varigt 100 mio. kr. om året til akutfunktionerne. Hvad er det i snit til "
        "hver af de 98 kommuner?",
        "Det giver **1,02 mio. kr.** til hver.",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("question", "lead"), CASES)
def test_a_result_is_told_as_a_sentence(question: str, lead: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert answer.text.split("\n")[0] == lead


TALKS = [
    (
        ["Hvor mange licensklinikker er der lagt op til?", "hvad løber det op i i alle årene"],
        "24 mio. kr.",  # 3 + 3 × 6 + 3
    ),
    (
        ["Midler til nye akutberedskaber i 2023?", "tæl de tre første år sammen"],
        "148,5 mio. kr.",  # 23,5 + 60 + 65
    ),
    (
        ["Hvor mange penge er der til signaturprojekter i 2021?", "hvad bliver det til hvert af"
         " dem"],
        "4,615 mio. kr.",  # 60 / 13
    ),
    (
        ["Hvad skyder Novo-fonden i det nye center for børns trivsel?", "hvad med staten, pr. år"],
        "10 mio. kr.",
    ),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("talk", "result"), TALKS)
def test_a_follow_up_asks_for_other_years_or_parts(
    talk: list[str], result: str, assistant: Assistant
) -> None:
    history = [Turn(question=question, answer="") for question in talk[:-1]]
    answer = assistant.answer(talk[-1], history)
    assert f"**{result}**" in answer.text.split("\n")[0]
