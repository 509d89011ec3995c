import time
import unicodedata

import numpy as np
import pytest

from corpus.errors import EmbeddingError
from corpus.settings import Settings
from ingest.embed import SentenceTransformerEmbedder, embedder_id, load_embedder

pytestmark = pytest.mark.model

TEXTS = [
    "Nærhedsfinansieringen udgør 1,6 mia. kr. i 2021.",
    "Der afsættes 4 mia. kr. til op til 25 nærhospitaler.",
    "Parterne er enige om at styrke lægedækningen i hele landet.",
]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return load_embedder(Settings(_env_file=None))


def test_vectors_have_unit_length_and_384_dimensions(embedder: SentenceTransformerEmbedder) -> None:
    passages = embedder.embed_passages(TEXTS)
    queries = embedder.embed_queries(TEXTS)
    assert passages.shape == queries.shape == (3, 384)
    assert passages.dtype == queries.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert np.linalg.norm(queries, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_the_id_is_known_before_loading(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.id == embedder_id(Settings(_env_file=None))
    assert embedder.id == "multilingual-e5-small@1571fc98"


def test_a_question_is_embedded_otherwise_than_a_passage(
    embedder: SentenceTransformerEmbedder,
) -> None:
    difference = embedder.embed_queries(TEXTS[:1]) - embedder.embed_passages(TEXTS[:1])
    assert np.abs(difference).max() > 0.001


def test_a_question_finds_its_passage(embedder: SentenceTransformerEmbedder) -> None:
    questions = ["Hvor stor er nærhedsfinansieringen?", "Hvor mange små hospitaler kommer der?"]
    cosines = embedder.embed_queries(questions) @ embedder.embed_passages(TEXTS).T
    assert cosines.argmax(axis=1).tolist() == [0, 1]


def test_each_vector_belongs_to_its_text_whatever_the_order(
    embedder: SentenceTransformerEmbedder,
) -> None:
    texts = [f"{text} {'Det er aftalt. ' * i}" for i, text in enumerate(TEXTS * 6)]  # two batches
    done: list[int] = []
    together = embedder.embed_passages(texts, done.append)
    assert sum(done) == 18
    alone = np.stack([embedder.embed_passages([text])[0] for text in texts[:3]])
    assert np.abs(together[:3] - alone).max() < 1e-4


@pytest.mark.parametrize("kind", ["embed_queries", "embed_passages"])
def test_ways_of_typing_meet(embedder: SentenceTransformerEmbedder, kind: str) -> None:
    embed = getattr(embedder, kind)
    text = "Hvad er målene på området, også for én patient?"
    typed = f"  {unicodedata.normalize('NFD', text)}\n "
    assert typed.strip() != text
    assert np.array_equal(embed([typed]), embed([text]))


def test_a_question_that_does_not_fit_the_window(embedder: SentenceTransformerEmbedder) -> None:
    words = "Hvad er der aftalt om lægedækning og sundhedsklynger i kommunerne? "
    assert not embedder.fits((words * 200)[:8_000])
    assert embedder.fits(words)
    assert embedder.fits(words * 20)  # 1,340 characters, some 300 tokens of 512


def test_a_model_folder_that_is_not_there_fails_at_once() -> None:
    settings = Settings(embedding_model="/no/such/folder", _env_file=None)
    start = time.monotonic()
    with pytest.raises(EmbeddingError) as caught:
        load_embedder(settings)
    assert caught.value.model == "/no/such/folder"
    assert time.monotonic() - start < 5  # the network would be asked for 70 seconds
