import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, StorageError
from corpus.settings import PROJECT, Settings
from ingest.build import build, index_name, process
from ingest.index import Corpus, Index, index_texts
from ingest.versions import folders, leftovers
from tests.fakes import FakeEmbedder

ECONOMY = "oekonomiaftale-regioner-2021"
Edit = Callable[[str, bytes, bytes], Path]


@pytest.fixture(scope="module")
def small(corpus: Corpus) -> Corpus:
    return annex(corpus)


def annex(corpus: Corpus) -> Corpus:
    """The passages of Bilag 2 alone, so that a build is quick."""
    passages = tuple(p for p in corpus.passages if p.section_id.startswith(f"{ECONOMY}/bilag-2"))
    ids = {passage.id for passage in passages}
    sentences = tuple(s for s in corpus.sentences if s.passage_id in ids)
    return corpus.model_copy(update={"passages": passages, "sentences": sentences})


def texts(corpus: Corpus) -> int:
    """How many texts are embedded: a passage of one sentence has the sentence's text."""
    return len({text for group in index_texts(corpus).values() for text in group})


def test_the_same_corpus_has_the_same_name(settings: Settings, corpus: Corpus) -> None:
    assert index_name(process(settings), "fake") == index_name(corpus, "fake")


def test_the_name_changes_with_the_model(corpus: Corpus) -> None:
    assert index_name(corpus, "fake") != index_name(corpus, "other")


def test_the_name_changes_with_a_text(settings: Settings, corpus: Corpus, edit: Edit) -> None:
    shutil.rmtree(settings.commitments_dir)  # they quote the words that change
    edit(ECONOMY, b"regulering i medf", b"korrektion i medf")
    assert index_name(process(settings), "fake") != index_name(corpus, "fake")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"agreements/{ECONOMY}.yaml", "status: current", "status: superseded"),
        (f"everyday/{ECONOMY}.yaml", "pandemien ramte", "virus ramte"),
    ],
)
def test_the_name_changes_with_a_head_and_with_everyday_words(
    settings: Settings, corpus: Corpus, path: str, old: str, new: str
) -> None:
    file = settings.corpus_dir / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert index_name(process(settings), "fake") != index_name(corpus, "fake")


def test_a_second_build_embeds_nothing(settings: Settings, small: Corpus) -> None:
    embedder = FakeEmbedder()
    first = build(settings, small, embedder)
    assert first == settings.index_dir / index_name(small, "fake")
    assert embedder.passages_embedded == texts(small)
    manifest = (first / "manifest.json").stat().st_mtime_ns
    assert build(settings, small, embedder) == first
    assert embedder.passages_embedded == texts(small)
    assert (first / "manifest.json").stat().st_mtime_ns == manifest


def test_a_changed_text_embeds_only_what_is_new(
    settings: Settings, small: Corpus, edit: Edit
) -> None:
    shutil.rmtree(settings.commitments_dir)  # they quote the words that change
    embedder = FakeEmbedder()
    first = build(settings, small, embedder)
    edit(ECONOMY, b"regulering i medf", b"korrektion i medf")
    second = build(settings, annex(process(settings)), embedder)
    # One sentence, and the passage it stands in.
    assert embedder.passages_embedded == texts(small) + 2
    assert second != first
    index = Index.open(second, embedder)
    assert sum("korrektion i medf" in s.text for s in index.corpus.sentences) == 1
    index.close()


def test_another_model_embeds_all_again(settings: Settings, small: Corpus) -> None:
    build(settings, small, FakeEmbedder())
    other = FakeEmbedder("other")
    build(settings, small, other)
    assert other.passages_embedded == texts(small)


def test_force_builds_again_beside_what_is_there(settings: Settings, small: Corpus) -> None:
    embedder = FakeEmbedder()
    folder = build(settings, small, embedder)
    (folder / "corpus.json").unlink()
    assert build(settings, small, embedder) == folder
    assert not (folder / "corpus.json").exists()
    again = build(settings, small, embedder, force=True)
    assert again.name == f"{folder.name}-2"
    assert folder.is_dir()
    assert build(settings, small, embedder) == again
    index = Index.open(again, embedder)
    assert index.corpus == small
    index.close()


def test_progress_counts_up_to_all(settings: Settings, small: Corpus) -> None:
    seen: list[tuple[int, int]] = []
    build(settings, small, FakeEmbedder(), lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, texts(small))
    assert seen[-1] == (texts(small), texts(small))
    assert seen == sorted(seen)


def test_leftovers_of_a_killed_build_are_removed(settings: Settings, small: Corpus) -> None:
    name = index_name(small, "fake")
    for left in (".building-xyz", f".building-{name}", name):
        (settings.index_dir / left / "chroma").mkdir(parents=True)
        (settings.index_dir / left / "corpus.json").write_text("{", encoding="utf-8")
    folder = build(settings, small, FakeEmbedder())
    assert folders(settings.index_dir) == [folder]
    assert leftovers(settings.index_dir) == []
    index = Index.open(folder, FakeEmbedder())
    assert index.corpus == small
    index.close()


def test_a_var_folder_that_cannot_be_written(tmp_path: Path, small: Corpus) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = Settings(var_dir=tmp_path / "file" / "var", _env_file=None)
    with pytest.raises(StorageError) as caught:
        build(settings, small, FakeEmbedder())
    assert caught.value.path == settings.index_dir


BUILDER = """
import sys, time
from pathlib import Path
from corpus.settings import Settings
from ingest.build import build, process
from ingest.index import Index
from tests.fakes import FakeEmbedder

class Slow(FakeEmbedder):
    def embed_passages(self, texts, progress=None):
        time.sleep(1)
        return super().embed_passages(texts, progress)

settings = Settings(var_dir=Path(sys.argv[1]), _env_file=None)
embedder = Slow()
folder = build(settings, process(settings), embedder)
index = Index.open(folder, embedder)
print(folder.name, embedder.passages_embedded, index.count("sentences"))
"""


def test_two_processes_at_once_make_one_index(tmp_path: Path, corpus: Corpus) -> None:
    command = [sys.executable, "-c", BUILDER, str(tmp_path)]
    both = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = sorted(process.communicate(timeout=300)[0].strip() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    name = index_name(corpus, "fake")
    assert [path.name for path in folders(tmp_path / "index")] == [name]
    count = len(corpus.sentences)
    one, other = sorted(int(line.split()[1]) for line in printed)
    assert one == 0  # it waited
    assert other > count
    assert {(line.split()[0], int(line.split()[2])) for line in printed} == {(name, count)}


def test_a_damaged_cache_of_vectors_is_made_anew(settings: Settings, small: Corpus) -> None:
    embedder = FakeEmbedder()
    build(settings, small, embedder)
    cache = next((settings.var_dir / "vectors").glob("*.sqlite"))
    cache.write_bytes(cache.read_bytes()[:-5_000])
    Index.open(build(settings, small, embedder, force=True), embedder).close()
    assert embedder.passages_embedded == 2 * texts(small)


@pytest.mark.parametrize("part", ["words", "chroma/chroma.sqlite3"])
def test_the_mend_that_the_error_names_helps_the_running_process(
    settings: Settings, small: Corpus, part: str
) -> None:
    embedder = FakeEmbedder()
    folder = build(settings, small, embedder)
    if part == "words":
        shutil.rmtree(folder / part)
    else:
        (folder / part).write_bytes(b"garbage" * 1_000)
    for _ in range(2):
        with pytest.raises(IndexDamaged):
            Index.open(folder, embedder)
    Index.open(build(settings, small, embedder, force=True), embedder).close()
