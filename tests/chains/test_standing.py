"""What answers say of how their agreements stand, on a corpus with made agreements beside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from chains import AnswerKind, Assistant, Settings
from chains.weights import Weights
from corpus.settings import PROJECT
from eval.made.maker import Made, Original
from eval.made.write import make_many, write_corpus
from tests.soft_embedder import SoftEmbedder

ECONOMY, REFORM = "oekonomiaftale-regioner-2021", "sundhedsreform-udmoentning-2022"
NEW_ECONOMY, NEW_REFORM = "oekonomiaftale-regioner-2022", "sundhedsreform-udmoentning-2023"
CONTRIBUTION = "Hvor stort er regionernes teknologibidrag?"
Made_ = list[tuple[Original, Made]]


@pytest.fixture(scope="module")
def made() -> Made_:
    return list(make_many(PROJECT / "corpus", 2, 5))


def opened(
    folder: Path, made: Made_, heads: dict[str, dict[str, object]], bare: str = ""
) -> Assistant:
    """Return an assistant on the real and the made agreements; of `bare` nothing is reviewed."""
    write_corpus(PROJECT / "corpus", folder / "corpus", [one for _, one in made])
    for kind in ("figures", "commitments") if bare else ():
        (folder / "corpus" / kind / f"{bare}.yaml").unlink()
    for id_, fields in heads.items():
        path = folder / "corpus" / "agreements" / f"{id_}.yaml"
        path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), **fields}))
    for kind in ("everyday", "unanswered"):  # the fake model needs none, and time is saved
        for path in (folder / "corpus" / kind).glob("*.yaml"):
            path.unlink()
    settings = Settings(corpus_dir=folder / "corpus", var_dir=folder / "var", _env_file=None)
    assistant = Assistant.open(settings, embedder=SoftEmbedder())
    weights = Weights.load()
    open_ = weights.about_corpus.model_copy(update={"bias": 1_000.0})
    return assistant.with_weights(
        weights.model_copy(update={"about_corpus": open_, "stated": open_})
    )


@pytest.fixture(scope="module")
def grown(made: Made_, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = opened(tmp_path_factory.mktemp("grown"), made, {})
    yield assistant
    assistant.close()


def test_the_newest_answers_and_says_so(grown: Assistant) -> None:
    answer = grown.answer(CONTRIBUTION)
    assert {c.agreement_id for c in answer.citations} == {NEW_ECONOMY}
    assert any("nævner ikke år eller aftale" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Hvor stort er regionernes teknologibidrag i 2021?", ECONOMY),
        (f"Økonomiaftalen for 2021: {CONTRIBUTION}", ECONOMY),
        (f"Økonomiaftalen for 2022: {CONTRIBUTION}", NEW_ECONOMY),
    ],
)
def test_the_year_or_the_name_says_which(grown: Assistant, question: str, cited: str) -> None:
    answer = grown.answer(question)
    assert answer.kind in {AnswerKind.FIGURE, AnswerKind.TEXT}
    assert {c.agreement_id for c in answer.citations} == {cited}
    assert not any("nævner ikke år eller aftale" in note for note in answer.notes)
    newer = any("En nyere aftale af samme slags er i samlingen" in note for note in answer.notes)
    assert newer == (cited == ECONOMY)


def test_an_older_agreement_in_force_that_says_otherwise_is_warned_of(grown: Assistant) -> None:
    answer = grown.answer(
        "Hvor mange penge får kommunerne til omstillingen til det nære sundhedsvæsen i 2024?"
    )
    assert answer.kind is AnswerKind.FIGURE
    assert {c.agreement_id for c in answer.citations} == {NEW_REFORM}
    assert any(note.startswith("OBS: Udmøntningsaftalen om sundhedsreformen 2022")
               and "205,6 mio. kr." in note for note in answer.notes)  # fmt: skip


def test_what_replaced_or_changed_an_agreement_and_who_reviewed_it_is_told(
    made: Made_, tmp_path: Path
) -> None:
    assistant = opened(tmp_path, made, {
        ECONOMY: {"status": "superseded", "changed_by": ["tillaeg-2021"]},
        NEW_ECONOMY: {"replaces": [ECONOMY]},
        NEW_REFORM: {"status": "withdrawn"},
    }, bare=NEW_ECONOMY)  # fmt: skip
    try:
        answer = assistant.answer(f"Økonomiaftalen for 2021: {CONTRIBUTION}")
        assert {c.agreement_id for c in answer.citations} == {ECONOMY}
        notes = " ".join(answer.notes)
        assert "er afløst af Økonomiaftalen for 2022" in notes
        assert "er ændret ved tillaeg-2021" in notes
        assert "ikke gennemgået" not in notes
        for question in (CONTRIBUTION, "Hvad er aftalt om psykiatri?"):
            unreviewed = assistant.answer(f"Økonomiaftalen for 2022: {question}")
            assert {c.agreement_id for c in unreviewed.citations} == {NEW_ECONOMY}
            assert any("ikke gennemgået af en person" in note for note in unreviewed.notes)
        reform = assistant.answer("Hvor mange nærhospitaler kan der oprettes?")
        assert {c.agreement_id for c in reform.citations} == {REFORM}
        assert NEW_REFORM in {a.id for a in assistant.agreements}  # old citations resolve
        gone = assistant.answer("Hvor mange nærhospitaler?", agreements=[NEW_REFORM])
        assert gone.kind is AnswerKind.NOT_FOUND and not gone.passages
    finally:
        assistant.close()
