"""What the thresholds look at: a question near one that has no answer weighs against it."""

from dataclasses import replace

import pytest

from chains import Assistant
from chains.retrieve import Hit
from chains.selection import Candidate
from chains.signals import ABOUT, STATED, weigh
from chains.understand import understand
from chains.vocabulary import Vocabulary
from ingest.index import Corpus
from tests.conftest import ECONOMY
from tests.fakes import make_candidate


def test_nothing_found_has_no_signals(corpus: Corpus) -> None:
    assert weigh(understand("hvad?"), [], [], Vocabulary(corpus), [0.9]) == {}


def test_questions_without_answers_say_nothing_of_an_unreviewed_sentence(corpus: Corpus) -> None:
    found = make_candidate(corpus, ECONOMY, "Der er enighed om at videreføre de fire kriterier")
    bare = found.sentence.model_copy(update={"everyday": (), "questions": ()})
    vocabulary = Vocabulary(corpus)

    def unanswered(candidate: Candidate, near: float) -> float:
        hit = Hit(candidate.passage, 1.0, 0.5, 1.0, (candidate.scores,))
        reading = understand("Hvilke kriterier gælder?")
        found = weigh(reading, [candidate], [hit], vocabulary, [near])
        assert set(found) == {*ABOUT, *STATED}
        return found["unanswered"]

    assert unanswered(found, 0.9) > unanswered(found, 0.5)
    unreviewed = replace(found, sentence=bare)
    assert unanswered(unreviewed, 0.9) == unanswered(unreviewed, 0.5)


@pytest.mark.model
def test_what_was_weighed_is_explained(assistant: Assistant) -> None:
    signals = assistant.explain("Hvad er nærhedsfinansieringen?").signals
    assert set(signals) == {*ABOUT, *STATED}
