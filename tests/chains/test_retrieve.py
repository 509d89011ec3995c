from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.config import Settings as ChromaSettings
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from chains import Assistant, Settings
from chains.retrieve import HybridRetriever, fuse, to_hits
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM
from tests.fakes import FakeEmbedder


def test_fusion_by_reciprocal_rank() -> None:
    # 1/(10+1) + 1/(10+2) for item 7; 1/11 for 3; 1/12 for 5.
    fused = dict(fuse([[7, 5], [3, 7]]))
    assert fused[7] == pytest.approx(1 / 11 + 1 / 12)
    assert fused[3] == pytest.approx(1 / 11)
    assert [item for item, _ in fuse([[7, 5], [3, 7]])] == [7, 3, 5]


def test_passages_are_ranked_with_their_own_text(fake_assistant: Assistant) -> None:
    passages = fake_assistant.retrieve("Hvad er grundbidraget pr. indbygger?")
    texts = {agreement.id: agreement.text for agreement in fake_assistant.agreements}
    assert "grundbidrag på 113 kr. pr. indbygger" in passages[0].text
    assert len(passages) >= 10
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    for passage in passages:
        assert texts[passage.agreement_id][passage.start : passage.end] == passage.text
        assert passage.passage_id == f"{passage.agreement_id}:{passage.start}-{passage.end}"


def test_only_the_chosen_agreements_are_searched(fake_assistant: Assistant) -> None:
    passages = fake_assistant.retrieve("nærhospitaler", [ECONOMY])
    assert {passage.agreement_id for passage in passages} == {ECONOMY}


def test_words_typed_without_danish_letters_meet(fake_assistant: Assistant) -> None:
    typed = fake_assistant.retrieve("naerhedsfinansiering boks")
    assert "Nærhedsfinansiering" in typed[0].section


class LastPassages(BaseRetriever):
    """A foreign retriever: always the last passages of the corpus, and one that is not of it."""

    corpus: Any

    def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Document]:
        own = [
            Document(page_content=p.text, metadata={"passage_id": p.id})
            for p in self.corpus.passages[-3:]
        ]
        return [Document(page_content="?", metadata={"passage_id": "unknown:0-1"}), *own]


def test_another_retriever_can_take_the_place(fake_assistant: Assistant, corpus: Corpus) -> None:
    other = Assistant(
        fake_assistant._index,
        fake_assistant.embedder,
        Settings(_env_file=None),
        retriever=LastPassages(corpus=corpus),
    )
    answer = other.answer("Hvad skal vurderingen af lovgivningen om folkesundheden se på?")
    assert [p.passage_id for p in answer.passages] == [p.id for p in corpus.passages[-3:]]
    allowed = to_hits(LastPassages(corpus=corpus).invoke("x"), corpus, [ECONOMY])
    assert allowed == []
    assert {p.agreement_id for p in answer.passages} == {REFORM}


@pytest.fixture
def own_assistant(tmp_path: Path) -> Iterator[Assistant]:
    settings = Settings(var_dir=tmp_path, _env_file=None)
    opened = Assistant.of_corpus(settings, embedder=FakeEmbedder())
    yield opened
    opened.close()


def test_without_vectors_there_is_no_vector_ranking(own_assistant: Assistant) -> None:
    retriever = own_assistant.retriever
    assert isinstance(retriever, HybridRetriever)
    before = retriever.invoke("xyzzy")  # no such word: only vectors can find anything
    assert before
    client: Any = chromadb.PersistentClient(
        path=str(own_assistant._index.folder / "chroma"),
        settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False),
    )
    for collection in client.list_collections():
        collection.delete(ids=collection.get(include=[])["ids"])
    client.close()
    assert retriever.invoke("xyzzy") == []
    assert retriever.invoke("nærhospitaler"), "words still find"


def test_a_question_over_the_models_window_is_searched_by_sentence(
    fake_assistant: Assistant,
) -> None:
    filler = "Vi sidder her og skriver et langt brev om alt muligt andet i dag. " * 60
    passages = fake_assistant.retrieve(f"{filler} Hvad er grundbidraget pr. indbygger?")
    assert any("grundbidrag" in passage.text for passage in passages[:5])
