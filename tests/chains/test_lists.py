"""What a sentence announces follows it: the items below, or of the box that it refers to."""

import pytest

from chains import Assistant
from chains.lists import Span, items_below, items_of_box
from corpus.models import Answer
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM
from tests.fakes import make_candidate


def said(spans: list[Span], corpus: Corpus, id_: str) -> list[str]:
    text = next(a.text for a in corpus.agreements if a.id == id_)
    return [text[start:end] for _, start, end in spans]


def test_a_box_that_is_referred_to(corpus: Corpus) -> None:
    found = make_candidate(corpus, ECONOMY, "Der er enighed om at videreføre de fire kriterier")
    items = said(items_of_box(found, corpus), corpus, ECONOMY)
    assert len(items) == 4
    assert items[0] == "Reduktion i antal sygehusforløb pr. borger."
    assert items[3] == "Stigning i andel af virtuelle sygehusforløb."


def test_a_box_of_long_items_is_told_by_their_first_sentences(corpus: Corpus) -> None:
    found = make_candidate(corpus, ECONOMY, "I sin afrapportering peger task forcen")
    items = said(items_of_box(found, corpus), corpus, ECONOMY)
    assert [item.split(":")[0] for item in items][:2] == [
        "Styrket rekruttering og fastholdelse på social- og sundhedsuddannelserne",
        "Bedre overgange mellem skole og praktik",
    ]
    assert len(items) == 5


def test_themes_that_follow_a_full_stop(corpus: Corpus) -> None:
    found = make_candidate(corpus, REFORM, "Med planen udmøntes de afsatte midler")
    items = said(items_below(found, corpus), corpus, REFORM)
    assert len(items) == 6
    assert items[0] == "Omstilling til det nære sundhedsvæsen"
    assert items[-1] == "Mere lighed i sundhed"


def test_a_sentence_that_announces_nothing(corpus: Corpus) -> None:
    found = make_candidate(
        corpus, REFORM, "Der er afsat 10 mio. kr. i 2023 til rehabiliteringstilbud"
    )
    assert items_below(found, corpus) == []
    assert items_of_box(found, corpus) == []


@pytest.mark.model
def test_a_list_that_is_asked_for_is_followed_into_its_box(assistant: Assistant) -> None:
    answer: Answer = assistant.answer("Nævn de fire kriterier i nærhedsfinansieringen")
    quotes = [citation.quote for citation in answer.citations]
    at = quotes.index("Reduktion i antal sygehusforløb pr. borger.")
    assert quotes[at + 3] == "Stigning i andel af virtuelle sygehusforløb."
