"""Spelling toward the words of the texts: what is mended, and what is left as typed."""

import pytest

from chains import Assistant
from chains.vocabulary import Vocabulary
from corpus import texts
from ingest.index import Corpus


@pytest.fixture(scope="module")
def vocabulary(corpus: Corpus) -> Vocabulary:
    return Vocabulary(corpus)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hvad koster naerhospitaler?", "Hvad koster nærhospitaler?"),
        ("hvad skal regionerne sorge for", "hvad skal regionerne sørge for"),
        ("Hvad er nærhedsfinansieringn?", "Hvad er nærhedsfinansieringen?"),
        ("hvem leder sundhesklynger", "hvem leder sundhedsklynger"),
        ("Hvad er økonomiafalen?", "Hvad er økonomiaftalen?"),
    ],
)
def test_slips_are_mended_toward_the_texts(typed: str, read: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.spell(typed).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "Hvor mange cykler købte Ringsted?",
        "Hvad får Ballerup og Jørgensen?",
        "Hvad betyder løft af lønnen på området?",
        "Må man fiske i søen om vinteren?",
    ],
)
def test_right_words_and_names_are_left(typed: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.spell(typed).text == typed


def test_letters_without_their_marks_are_no_slip_that_is_told(vocabulary: Vocabulary) -> None:
    spelling = vocabulary.spell("hvad skal laegerne i sundhesklynger")
    assert spelling.mended == (("sundhesklynger", "sundhedsklynger"),)


@pytest.mark.model
def test_what_was_mended_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("Hvad er nærhedsfinansieringn?")
    note = texts.mended("nærhedsfinansieringn", "nærhedsfinansieringen")
    assert note in answer.notes
