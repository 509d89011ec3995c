import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from corpus.errors import IndexDamaged, IndexMismatch
from corpus.settings import Settings
from ingest.build import build, index_name
from ingest.embed import Vectors
from ingest.index import FORMAT, Corpus, Index, index_texts, word_tokens, write
from tests.fakes import DIMENSION, FakeEmbedder


@pytest.fixture(scope="module")
def built(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(var_dir=tmp_path_factory.mktemp("var"), _env_file=None)
    return build(settings, corpus, FakeEmbedder())


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return shutil.copytree(built, tmp_path / built.name)


@pytest.fixture(scope="module")
def index(built: Path) -> Iterator[Index]:
    opened = Index.open(built, FakeEmbedder())
    yield opened
    opened.close()


def vector(text: str) -> Vectors:
    return np.asarray(FakeEmbedder().embed_passages([text])[0], np.float32)


def test_what_was_written_is_read(index: Index, corpus: Corpus) -> None:
    assert index.corpus == corpus
    assert index.count("passages") == len(corpus.passages)
    assert index.count("sentences") == len(corpus.sentences)
    assert index.count("everyday") == sum(
        bool(s.everyday) + len(s.questions) for s in corpus.sentences
    )


def test_the_manifest_says_what_it_was_built_from(built: Path, corpus: Corpus) -> None:
    assert json.loads((built / "manifest.json").read_bytes()) == {
        "format": FORMAT,
        "name": index_name(corpus, "fake"),
        "embedding_model": "fake",
        "dimension": DIMENSION,
        "sources": {a.id: a.head.sha256 for a in corpus.agreements},
        "passages": len(corpus.passages),
        "sentences": len(corpus.sentences),
    }


def test_what_is_embedded(corpus: Corpus) -> None:
    texts = index_texts(corpus)
    assert texts["passages"][0] == corpus.passages[0].text
    assert texts["sentences"][-1] == corpus.sentences[-1].text
    assert texts["everyday"][0].startswith("pandemien ramte hospitalerne hårdt i foråret; ")


def test_a_text_is_nearest_to_itself(index: Index, corpus: Corpus) -> None:
    number, sentence = next(
        (i, s) for i, s in enumerate(corpus.sentences) if "1.554,4 mio. kr." in s.text
    )
    found = index.nearest("sentences", vector(sentence.text), 5)
    assert len(found) == 5
    assert found[0][0] == number
    assert found[0][1] == pytest.approx(1.0, abs=1e-4)
    cosines = [cosine for _, cosine in found]
    assert cosines == sorted(cosines, reverse=True)


def test_everyday_words_lead_to_their_sentence(index: Index, corpus: Corpus) -> None:
    number = next(i for i, s in enumerate(corpus.sentences) if s.everyday)
    words = "; ".join(corpus.sentences[number].everyday)
    assert index.nearest("everyday", vector(words), 1)[0][0] == number


def test_questions_lead_to_their_sentence(index: Index, corpus: Corpus) -> None:
    number, sentence = next((i, s) for i, s in enumerate(corpus.sentences) if s.questions)
    assert index.nearest("everyday", vector(sentence.questions[0]), 1)[0][0] == number


def test_the_adapter_turns_all_vectors_but_those_of_figures(tmp_path: Path, corpus: Corpus) -> None:
    passage = corpus.passages[0]
    few = corpus.model_copy(
        update={
            "passages": (passage,),
            "sentences": tuple(s for s in corpus.sentences if s.passage_id == passage.id),
        }
    )
    swap = -np.eye(DIMENSION, dtype=np.float32)  # v + v W = v W': all axes turned by one
    swap += np.roll(np.eye(DIMENSION, dtype=np.float32), 1, axis=1)
    flat = [text for group in index_texts(few).values() for text in group]
    write(tmp_path, "n", "fake", few, FakeEmbedder().embed_passages(flat), swap)
    index = Index.open(tmp_path, FakeEmbedder())
    assert index.nearest("passages", vector(passage.text))[0][1] == pytest.approx(1.0, abs=1e-4)
    label = index_texts(few)["figures"][0]
    assert index.nearest("figures", vector(label), 1)[0][0] == 0
    index.close()
    unturned = chromadb.PersistentClient(path=str(tmp_path / "chroma"))
    kept = np.array(unturned.get_collection("passages").get(include=["embeddings"])["embeddings"])
    assert np.allclose(kept[0], np.roll(vector(passage.text), 1), atol=1e-5)
    own = np.array(unturned.get_collection("figures").get(include=["embeddings"])["embeddings"])
    assert np.allclose(own[0], vector(label), atol=1e-5)


def test_more_is_asked_for_than_there_is(index: Index, corpus: Corpus) -> None:
    found = index.nearest("passages", vector("sygehus"), 10_000)
    assert sorted(number for number, _ in found) == list(range(len(corpus.passages)))


def test_members_share_the_sentences_out(index: Index, corpus: Corpus) -> None:
    for number, members in enumerate(index.members):
        for member in members:
            assert corpus.sentences[member].passage_id == corpus.passages[number].id
    numbers = [member for members in index.members for member in members]
    assert sorted(numbers) == list(range(len(corpus.sentences)))


def test_words_score_where_they_meet(index: Index, corpus: Corpus) -> None:
    scores = index.word_sentences(word_tokens("licensklinikker"))
    best = corpus.sentences[int(scores.argmax())]
    assert "licensklinikker" in best.text
    assert len(scores) == len(corpus.sentences)
    assert (scores == 0).sum() > 0
    passages = index.word_passages(word_tokens("licensklinikker"))
    assert "licensklinikker" in corpus.passages[int(passages.argmax())].text.lower()


def test_unknown_words_score_nothing(index: Index, corpus: Corpus) -> None:
    assert index.word_passages(["qqqq"]).tolist() == [0.0] * len(corpus.passages)
    assert index.word_sentences([]).tolist() == [0.0] * len(corpus.sentences)


def test_word_tokens_open_up_compounds() -> None:
    assert word_tokens("loft") == ["loft", "#^lof", "#loft", "#oft$"]
    assert "#loft" in word_tokens("anlægsloftet")
    assert word_tokens("i 2021") == ["2021"]


class Wider(FakeEmbedder):
    """Vectors one longer, under the same id."""

    def _embed(self, text: str) -> Vectors:
        return np.append(super()._embed(text), np.float32(0))


@pytest.mark.parametrize(
    ("embedder", "key", "expected", "found"),
    [
        (FakeEmbedder("other"), "embedding_model", "other", "fake"),
        (Wider(), "dimension", str(DIMENSION + 1), str(DIMENSION)),
    ],
)
def test_another_model(
    built: Path, embedder: FakeEmbedder, key: str, expected: str, found: str
) -> None:
    with pytest.raises(IndexMismatch) as caught:
        Index.open(built, embedder)
    error = caught.value
    assert (error.path, error.key, error.expected, error.found) == (built, key, expected, found)


def test_another_format(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"format": 0}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(IndexMismatch) as caught:
        Index.open(folder, FakeEmbedder())
    assert (caught.value.key, caught.value.found) == ("format", "0")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database" * 99)


DAMAGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("manifest.json", Path.unlink, "manifest.json"),
    ("manifest.json", cut, "manifest.json"),
    ("corpus.json", Path.unlink, "corpus.json"),
    ("corpus.json", cut, "corpus.json"),
    ("chroma/chroma.sqlite3", Path.unlink, "chroma/chroma.sqlite3"),
    ("chroma/chroma.sqlite3", overwrite, "chroma/chroma.sqlite3"),
    ("chroma", shutil.rmtree, "chroma/chroma.sqlite3"),
    ("words", shutil.rmtree, ""),
    ("words/sentences", shutil.rmtree, ""),
    ("words/passages/vocab.index.json", cut, ""),
    ("words/passages/data.csc.index.npy", cut, ""),
]


@pytest.mark.parametrize(("what", "damage", "named"), DAMAGES)
def test_a_damaged_index_does_not_open(
    folder: Path, what: str, damage: Callable[[Path], None], named: str
) -> None:
    damage(folder / what)
    with pytest.raises(IndexDamaged) as caught:
        Index.open(folder, FakeEmbedder())
    assert caught.value.path == folder / named


def test_an_emptied_collection_has_no_neighbours_and_does_not_open_again(folder: Path) -> None:
    index = Index.open(folder, FakeEmbedder())
    client: Any = chromadb.PersistentClient(
        path=str(folder / "chroma"),
        settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False),
    )
    collection = client.get_collection("passages", embedding_function=None)
    collection.delete(ids=collection.get(include=[])["ids"])
    assert index.nearest("passages", vector("sygehus")) == []
    assert len(index.nearest("sentences", vector("sygehus"), 3)) == 3
    client.close()
    index.close()
    with pytest.raises(IndexDamaged):
        Index.open(folder, FakeEmbedder())


def test_a_corpus_without_everyday_words(tmp_path: Path, corpus: Corpus) -> None:
    bare = {"everyday": (), "questions": ()}
    sentences = [s.model_copy(update=bare) for s in corpus.sentences]
    plain = corpus.model_copy(update={"sentences": tuple(sentences)})
    settings = Settings(var_dir=tmp_path, _env_file=None)
    index = Index.open(build(settings, plain, FakeEmbedder()), FakeEmbedder())
    assert index.nearest("everyday", vector("sygehus")) == []
    index.close()
