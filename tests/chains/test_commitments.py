import pytest

from chains import Assistant
from chains.commitments import Duties, asked_duties, compose_duties
from chains.understand import understand
from ingest.index import Corpus
from tests.conftest import REFORM


@pytest.mark.parametrize(
    ("question", "actors", "years", "timed"),
    [
        ("Hvilke frister er der for regionerne?", ("regionerne",), (), True),
        ("Hvad skal KL nå inden udgangen af 2022?", ("KL",), (2022,), True),
        ("Hvad har regeringen forpligtet sig til?", ("regeringen",), (), False),
    ],
)
def test_a_question_for_commitments(
    question: str, actors: tuple[str, ...], years: tuple[int, ...], timed: bool
) -> None:
    duties = asked_duties(understand(question))
    assert duties is not None
    assert (duties.actors, duties.years, duties.timed) == (actors, years, timed)


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er fristen for evalueringen af sundhedsklyngerne?",
        "Hvad skal kommunerne gøre ved genindlæggelser?",
        "Hvor stort er teknologibidraget?",
    ],
)
def test_a_question_on_one_matter_is_none(question: str) -> None:
    assert asked_duties(understand(question)) is None


def test_deadlines_come_in_order_and_only_of_the_years_asked_for(corpus: Corpus) -> None:
    draft = compose_duties(
        Duties(("regeringen",), (2022,), timed=True, until=False), corpus, [REFORM]
    )
    assert draft is not None
    due = {(c.start, c.end): c.due for c in corpus.commitments if c.agreement_id == REFORM}
    dates = [due[quote.start, quote.end] for part in draft.parts for quote in part.quotes]
    assert dates == sorted(dates)
    assert {date[:4] for date in dates} == {"2022"}


def test_what_the_parties_agree_each_has_agreed(corpus: Corpus) -> None:
    draft = compose_duties(Duties(("KL",), (), timed=False, until=False), corpus, [REFORM])
    actors = {(c.start, c.end): c.actors for c in corpus.commitments if c.agreement_id == REFORM}
    assert draft is not None
    for part in draft.parts:
        for quote in part.quotes:
            assert {"KL", "kommunerne", "parterne"} & set(actors[quote.start, quote.end])


def test_a_list_is_quoted_and_verified(fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer("Hvilke frister er der for regeringen?")
    assert answer.kind == "text"
    assert len(answer.citations) > 1
    assert answer.text.startswith("Aftalte frister for regeringen")
