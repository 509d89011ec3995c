"""An overview of a whole agreement names its key amounts, chapter by chapter."""

import pytest

from chains import Assistant
from chains.overview import asked_agreement, key_sentences
from chains.understand import understand
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("Giv mig et overblik over økonomiaftalen for 2021", ECONOMY),
        ("Kan du opsummere sundhedsreformen?", REFORM),
        ("hovedpunkterne i aftalen fra 2022", REFORM),
        ("overblik over lægedækning i reformen", None),
        ("Giv mig et overblik over aftalen for 2019", None),
        ("Giv mig et overblik", None),
        ("Hvor meget koster sundhedsreformen?", None),
    ],
)
def test_which_agreement_is_asked_for(question: str, id_: str | None, corpus: Corpus) -> None:
    heads = [agreement.head for agreement in corpus.agreements]
    assert asked_agreement(understand(question), heads) == id_


def test_chapters_come_in_order_within_the_length(corpus: Corpus) -> None:
    found = key_sentences(REFORM, corpus)
    starts = [candidate.sentence.start for candidate in found]
    assert starts == sorted(starts)
    assert len({candidate.passage.path[0] for candidate in found}) >= 3
    assert "2,4 mia. kr." in found[0].sentence.text
    assert sum(len(c.sentence.text.split()) for c in found) <= 240


def test_an_overview_is_quoted(fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer("Giv mig et overblik over sundhedsreformen")
    assert answer.citations[0].quote.startswith("Med aftalen udmøntes samlet 2,4 mia. kr.")
