"""What the tests share: a corpus in a folder of its own, an index, assistants."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chains import Assistant, Settings
from chains.weights import Weights
from corpus.models import Agreement
from corpus.settings import PROJECT
from ingest.build import process
from ingest.index import Corpus
from tests.fakes import FakeEmbedder

ECONOMY = "oekonomiaftale-regioner-2021"
REFORM = "sundhedsreform-udmoentning-2022"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The two real agreements, processed."""
    return process(Settings(_env_file=None))


@pytest.fixture(scope="session")
def economy(corpus: Corpus) -> Agreement:
    return next(a for a in corpus.agreements if a.id == ECONOMY)


@pytest.fixture(scope="session")
def reform(corpus: Corpus) -> Agreement:
    return next(a for a in corpus.agreements if a.id == REFORM)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings over a copy of the corpus and an empty `var/`."""
    for name in ("agreements", "everyday", "figures", "commitments", "unanswered"):
        shutil.copytree(PROJECT / "corpus" / name, tmp_path / "corpus" / name)
    shutil.copy(PROJECT / "corpus" / "aliases.yaml", tmp_path / "corpus" / "aliases.yaml")
    return Settings(corpus_dir=tmp_path / "corpus", var_dir=tmp_path / "var", _env_file=None)


@pytest.fixture(scope="session")
def fake_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real agreements behind the fake embedder: words still find what is asked for."""
    settings = Settings(var_dir=tmp_path_factory.mktemp("var"), _env_file=None)
    opened = Assistant.of_corpus(settings, embedder=FakeEmbedder())
    weights = Weights.load()  # the fake's cosines lie elsewhere: let every topic pass
    topic = weights.about_corpus.model_copy(update={"bias": 1_000.0})
    yield opened.with_weights(weights.model_copy(update={"about_corpus": topic}))
    opened.close()


@pytest.fixture(scope="session")
def assistant() -> Iterator[Assistant]:
    """The real thing: the bundled model on the project's own index."""
    opened = Assistant.of_corpus(Settings(_env_file=None))
    yield opened
    opened.close()
