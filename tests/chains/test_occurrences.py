import pytest

from chains import AnswerKind, Assistant
from chains.occurrences import asked_term, find_occurrences
from ingest.index import Corpus


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Hvor nævnes telemedicin?", "telemedicin"),
        ("Hvor mange gange nævnes ordet „KL“ i aftalerne?", "KL"),
        ("Find alle steder hvor der står noget om lønpuljer", ""),
        ("Hvor står der noget om sclerosehospitaler?", "sclerosehospitaler"),
        ("Hvor mange nærhospitaler er der?", ""),
        ("Hvor stort er teknologibidraget?", ""),
    ],
)
def test_the_word_that_is_looked_for(question: str, term: str) -> None:
    if term or "Find" not in question:
        assert asked_term(question) == term


def test_every_sentence_with_the_word_is_found(corpus: Corpus) -> None:
    found = find_occurrences("telemedicin", corpus)
    plain = [s for s in corpus.sentences if "telemedicin" in s.text.lower()]
    assert {one.sentence.start for one in found} == {s.start for s in plain}


def test_a_name_is_found_by_its_other_name(corpus: Corpus) -> None:
    found = find_occurrences("Praktiserende Lægers Organisation", corpus)
    assert any("PLO" in one.sentence.text for one in found)


def test_the_count_is_that_of_the_text(fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer("Hvor nævnes sundhedsklynger?")
    assert answer.kind is AnswerKind.TEXT
    assert answer.citations
    assert "nævnes" in answer.text


def test_a_word_that_stands_nowhere(fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer("Hvor nævnes folkeskolen?")
    assert answer.kind is AnswerKind.NOT_FOUND
    assert "0 steder" in answer.text
