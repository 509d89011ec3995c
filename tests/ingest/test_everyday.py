from pathlib import Path

import pytest

from corpus.errors import EverydayError
from corpus.models import Sentence
from ingest.everyday import add_everyday_words, read_unanswered
from ingest.index import Corpus

TEXTS = ("Der indkøbes værnemidler.", "Det aftales.", "Der indkøbes medicin.", "Det aftales.")
SENTENCES = [
    Sentence(passage_id="a:0-90", block=0, start=20 * i, end=20 * i + len(text), text=text)
    for i, text in enumerate(TEXTS)
]


def add(folder: Path, yaml: str) -> list[tuple[str, ...]]:
    path = folder / "a.yaml"
    path.write_text(yaml, encoding="utf-8")
    worded = add_everyday_words(SENTENCES, path)
    assert [s.text for s in worded] == list(TEXTS)
    return [sentence.everyday for sentence in worded]


def test_words_land_on_their_sentence_in_the_order_of_the_text(tmp_path: Path) -> None:
    yaml = (
        '- {at: "Der indkøbes", words: [mundbind, visirer]}\n'
        '- {at: "Der indkøbes", words: [piller]}\n'
        '- {at: "Det aftales", words: [enige]}\n'
    )
    # The same beginning twice: the second entry is the next such sentence.
    assert add(tmp_path, yaml) == [("mundbind", "visirer"), (), ("piller",), ("enige",)]


@pytest.mark.parametrize(
    "yaml",
    [
        '- {at: "Der sælges", words: [salg]}',
        '- {at: "Der indkøbes medicin", words: [piller]}\n- {at: "Der indkøbes v", words: [b]}',
    ],
)
def test_an_entry_that_names_no_sentence(tmp_path: Path, yaml: str) -> None:
    with pytest.raises(EverydayError) as caught:
        add(tmp_path, yaml)
    assert caught.value.path == tmp_path / "a.yaml"
    assert caught.value.detail.startswith("at: Der ")


@pytest.mark.parametrize(
    "yaml",
    ["", "words: [a]", "- {at: Det, word: [a]}", "- {at: Det, words: a}", "- [", "- {at: 3}"],
)
def test_a_file_of_another_form(tmp_path: Path, yaml: str) -> None:
    with pytest.raises(EverydayError) as caught:
        add(tmp_path, yaml)
    assert caught.value.path == tmp_path / "a.yaml"


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("- {at: Det, words: [køb]}".encode("latin-1"))
    with pytest.raises(EverydayError):
        add_everyday_words(SENTENCES, path)


def test_no_file_leaves_the_sentences_alone(tmp_path: Path) -> None:
    assert add_everyday_words(SENTENCES, tmp_path / "not-there.yaml") == SENTENCES


def test_the_words_of_the_real_agreements(corpus: Corpus) -> None:
    (mask,) = (s for s in corpus.sentences if s.text.startswith("Regionerne har i den seneste tid"))
    assert "pandemien ramte hospitalerne hårdt i foråret" in mask.everyday
    worded = sum(bool(sentence.everyday) for sentence in corpus.sentences)
    assert worded / len(corpus.sentences) > 0.95


def test_questions_without_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "unanswered.yaml"
    assert read_unanswered(path) == ()
    path.write_text("- hvad koster en is\n- hvem vandt\n", encoding="utf-8")
    assert read_unanswered(path) == ("hvad koster en is", "hvem vandt")
    path.write_text("hvad: koster\n", encoding="utf-8")
    with pytest.raises(EverydayError):
        read_unanswered(path)


def test_a_question_is_not_both_answered_and_not(corpus: Corpus) -> None:
    answered = {q.lower().rstrip("?") for s in corpus.sentences for q in s.questions}
    assert len(corpus.unanswered) > 5_000
    assert not answered & {question.lower().rstrip("?") for question in corpus.unanswered}
