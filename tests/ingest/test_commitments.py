from pathlib import Path

import pytest

from corpus.commitment import Force
from corpus.errors import CommitmentError
from corpus.models import Agreement
from corpus.settings import PROJECT
from ingest.commitments import CommitmentRegistry
from ingest.extract_commitments import extract_commitments, find_actors, fit, is_commitment
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM

FOLDER = PROJECT / "corpus" / "commitments"
ENTRY = """\
reviewed: {{by: test, date: 2026-11-23}}
commitments:
- id: {id}
  theme: styring
  actor: [KL]
  act: "{act}"
  force: skal
  deadline: "{deadline}"
  quote: "{quote}"
"""
QUOTE = "Desuden er aftalt rammerne for en pulje på 4 mia. kr. i perioden 2023-2028"


def write(path: Path, **changed: str) -> Path:
    fields = {"id": "a", "act": "give 4 mia.", "deadline": "2023-2028", "quote": QUOTE, **changed}
    path.write_text(ENTRY.format(**fields), encoding="utf-8")
    return path


@pytest.mark.parametrize("id_", [ECONOMY, REFORM])
def test_every_quote_stands_in_the_text(corpus: Corpus, id_: str) -> None:
    agreement = next(a for a in corpus.agreements if a.id == id_)
    registry = CommitmentRegistry(FOLDER / f"{id_}.yaml", agreement)
    assert len(registry.commitments) > 200
    for one in registry.commitments:
        assert agreement.text[one.start : one.end].strip()
        assert one.actors
        assert one.act


@pytest.mark.parametrize("id_", [ECONOMY, REFORM])
def test_every_sentence_with_a_commitments_words_is_accounted_for(corpus: Corpus, id_: str) -> None:
    agreement = next(a for a in corpus.agreements if a.id == id_)
    sentences = [s for s in corpus.sentences if s.passage_id.startswith(f"{id_}:")]
    registry = CommitmentRegistry(FOLDER / f"{id_}.yaml", agreement)
    assert registry.account_for(sentences).loose == ()


@pytest.mark.parametrize("id_", [ECONOMY, REFORM])
def test_rules_find_most_of_what_was_reviewed(corpus: Corpus, id_: str) -> None:
    agreement = next(a for a in corpus.agreements if a.id == id_)
    sentences = [s for s in corpus.sentences if s.passage_id.startswith(f"{id_}:")]
    registry = CommitmentRegistry(FOLDER / f"{id_}.yaml", agreement)
    quality = fit(extract_commitments(id_, sentences), registry.commitments)
    assert quality.precision >= 0.85
    assert quality.recall >= 0.60


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quote": "Dette står ingen steder"}, "står ikke i teksten"),
        ({"deadline": "2031"}, "står ikke i citatet"),
        ({"act": "give 5 mia."}, "tal uden dækning"),
    ],
)
def test_words_that_are_not_in_the_text_are_refused(
    tmp_path: Path, reform: Agreement, changed: dict[str, str], said: str
) -> None:
    with pytest.raises(CommitmentError, match=said):
        CommitmentRegistry(write(tmp_path / "x.yaml", **changed), reform)


def test_a_right_entry_is_found_where_it_stands(tmp_path: Path, reform: Agreement) -> None:
    (one,) = CommitmentRegistry(write(tmp_path / "x.yaml"), reform).commitments
    assert reform.text[one.start : one.end] == QUOTE
    assert one.force is Force.SHALL


def test_a_file_that_is_no_register_is_refused(tmp_path: Path, reform: Agreement) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("- 1\n- [", encoding="utf-8")
    with pytest.raises(CommitmentError):
        CommitmentRegistry(path, reform)


def test_sentences_by_rule() -> None:
    assert is_commitment("Parterne er enige om at drøfte det.")
    assert not is_commitment("Antallet af ældre stiger.")
    assert find_actors("Regeringen og KL nedsætter et udvalg.") == ("regeringen", "KL")
