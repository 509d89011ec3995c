import datetime as dt
import pickle
from pathlib import Path

import pytest

from corpus import errors, ingest_texts, texts
from corpus.models import Agreement, Passage
from corpus.wording import format_date, join_words
from ingest.index import Corpus

PATH = Path("mappe/aftale.txt")
EVERY = [
    (errors.HeadError(PATH, "date: mangler"), ["mappe/aftale.txt", "date: mangler"]),
    (errors.SourceMissing(PATH), ["mappe/aftale.txt", "mangler"]),
    (errors.SourceChanged(PATH), ["mappe/aftale.txt", "ændret"]),
    (errors.SourceEncoding(PATH, "byte 7"), ["mappe/aftale.txt", "UTF-8", "byte 7"]),
    (errors.SourceRefused(PATH, "scanned", "1, 2"), ["mappe/aftale.txt", "indscannet", "1, 2"]),
    (errors.NotAdded("exists", "vej-2027"), ["vej-2027", "--id"]),
    (errors.FieldMissing("--date"), ["Dato", "--date"]),
    (errors.EverydayError(PATH, "at: Det"), ["mappe/aftale.txt", "at: Det"]),
    (errors.UnknownAgreement("x", ("a", "b")), ["„x“", "a, b"]),
    (errors.QuestionTooLong(9_000, 8_000), ["9000", "8000"]),
    (errors.HistoryTooLong(21, 20), ["21", "20"]),
    (errors.HistoryUnreadable(PATH, "linje 2"), ["mappe/aftale.txt", "linje 2"]),
    (errors.CommitmentError(PATH, "klynge", "står ikke"), ["mappe/aftale.txt", "står ikke"]),
    (errors.FigureError(PATH, "pulje", "står ikke"), ["mappe/aftale.txt", "pulje", "står ikke"]),
    (errors.StructureError(PATH, "intet afsnit"), ["mappe/aftale.txt", "intet afsnit"]),
    (errors.NotAllowed("bo"), ["ASSISTANT_ADMINS"]),
    (
        errors.ReviewConflict("figure:1-2", "Anna", "2026-11-23T16:40:00", "afvist"),
        ["Anna", "16:40", "afvist"],
    ),
    (errors.ReviewRefused("value_elsewhere", "7 pct."), ["7 pct."]),
    (errors.CalculationError("division_by_zero"), ["nul"]),
    (errors.CalculationError("unit_mismatch", "pct.", "mio. kr."), ["pct.", "mio. kr."]),
    (errors.UnknownPassage("a:1-2"), ["a:1-2"]),
    (errors.UnknownEntry("figure", "a/b"), ["a/b", "siden Tal"]),
    (errors.UnknownEntry("commitment", "a/b"), ["a/b", "siden Aftalt"]),
    (errors.NotWorkedOut("target", "Skriv et tal."), ["Skriv et tal."]),
    (errors.FieldsRefused("target", (("baseline", "Skriv et tal."),)), ["Skriv et tal."]),
    (errors.AskCancelled(), ["afbrudt"]),
    (errors.FeedbackConflict(), ["Idempotency-Key"]),
    (errors.ConversationsDown("locked", PATH), ["prøv igen", "gemmes ikke"]),
    (errors.UnknownConversation("x"), ["findes ikke"]),
    (errors.UnknownShare("x"), ["findes ikke", "linket"]),
    (errors.NotAuthenticated(), ["nøgle"]),
    (errors.OriginRefused(), ["oprindelser"]),
    (errors.TooManyAsks(7), ["7 sekunder"]),
    (errors.Overloaded(1), ["1 sekund."]),
    (errors.AnswerTooSlow(5), ["5 sekunder"]),
    (errors.AnswerLost(5), ["gik tabt", "5 sekunder"]),
    (errors.UnsafeBinding("0.0.0.0"), ["0.0.0.0", "ASSISTANT_API_AUTH"]),  # noqa: S104
    (errors.TokensUnreadable(PATH, "tokens.0"), ["mappe/aftale.txt", "tokens.0", "widget token"]),
    (errors.RunRefused("port", "8501"), ["8501", "--port"]),
    (errors.QuantityError("1.3"), ["„1.3“", "1.300"]),
    (errors.EmbeddingError("m", "mangler"), ["m", "EMBEDDING_MODEL"]),
    (errors.StorageError(PATH, "fuld"), ["mappe/aftale.txt", "ASSISTANT_VAR_DIR"]),
    (errors.MakerError("oekonomiaftale-regioner-2021", 2), "+2"),
    (errors.WorkerLost(2), ["--workers 1"]),
    (errors.GoldenError(PATH, "case-1", "tom"), ["mappe/aftale.txt", "case-1", "tom"]),
    (errors.BuildBusy(PATH), ["mappe/aftale.txt", "--no-wait"]),
    (errors.BuildRefused("v2", ("Tomt.",)), ["v2", "Tomt.", "forrige version"]),
    (errors.ArchiveError(PATH, "ikke hel"), ["mappe/aftale.txt", "ikke hel"]),
    (errors.VectorsDown("http://v:8000", "tid"), ["http://v:8000", "CHROMA_URL", "tid"]),
    (errors.ModelUnknown("gpt"), ["LLM_MODEL=gpt", "openai:"]),
    (errors.ModelPackageMissing("ollama:x", "langchain-ollama"), ["pip install langchain-ollama"]),
    (errors.ModelNoConsent("api.x.dk"), ["api.x.dk", "ASSISTANT_LLM_OUTSIDE_CONSENT"]),
    (errors.ModelUnsafe("http://x"), ["http://x", "https"]),
    (errors.ModelFailed("slow"), ["slow", "uden"]),
    (errors.IndexDamaged(PATH), ["mappe/aftale.txt", "ingest build --force"]),
    (errors.IndexMismatch(PATH, "dimension", "384", "64"), ["dimension", "64", "384", "--force"]),
]


@pytest.mark.parametrize(("error", "parts"), EVERY, ids=lambda x: type(x).__name__)
def test_every_error_is_one_danish_line_with_its_data(
    error: errors.AssistantError, parts: list[str]
) -> None:
    said = texts.describe_error(error)
    assert [part for part in parts if part not in said] == []
    assert "\n" not in said
    assert not said.startswith("Noget gik galt")


@pytest.mark.parametrize(("error", "parts"), EVERY, ids=lambda x: type(x).__name__)
def test_every_error_passes_to_another_process(
    error: errors.AssistantError, parts: list[str]
) -> None:
    passed = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(passed) is type(error)
    assert texts.describe_error(passed) == texts.describe_error(error)


@pytest.mark.parametrize("reason", ingest_texts.REFUSALS)
def test_every_refusal_says_why(reason: str) -> None:
    said = texts.describe_error(errors.SourceRefused(PATH, reason, "x"))
    assert ingest_texts.REFUSALS[reason] in said
    assert "\n" not in said


@pytest.mark.parametrize("reason", ["exists", "same_file", "bad_id", "reviewed"])
def test_every_reason_not_to_add(reason: str) -> None:
    assert "vej-2027" in texts.describe_error(errors.NotAdded(reason, "vej-2027"))


@pytest.mark.parametrize("option", ingest_texts.ADD_ASK)
def test_a_missing_field_names_its_option(option: str) -> None:
    assert option in texts.describe_error(errors.FieldMissing(option))
    assert "„i går“" in texts.describe_error(errors.FieldMissing(option, "i går"))


def test_every_error_class_is_in_the_table() -> None:
    def leaves(cls: type[errors.AssistantError]) -> set[type[errors.AssistantError]]:
        children = cls.__subclasses__()
        return {cls} if not children else set().union(*(leaves(child) for child in children))

    assert leaves(errors.AssistantError) == {type(error) for error, _ in EVERY}


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")],
)
def test_join_words(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_format_date() -> None:
    assert format_date(dt.date(2022, 6, 13)) == "13. juni 2022"
    assert format_date(dt.date(2020, 12, 1)) == "1. december 2020"


def test_provenance_names_date_years_and_what_is_not_there(
    economy: Agreement, reform: Agreement
) -> None:
    said = texts.provenance(economy.head)
    assert said.startswith("Aftale om regionernes økonomi for 2021 er indgået 29. maj 2020")
    assert "dækker 2021. Senere aftaler er ikke i samlingen" in said
    assert "dækker 2022-2029." in texts.provenance(reform.head)


def test_searched_names_all_agreements(economy: Agreement, reform: Agreement) -> None:
    assert texts.searched([economy.head, reform.head]) == (
        "Der er ledt i Økonomiaftalen for 2021 (29. maj 2020) og Udmøntningsaftalen om "
        "sundhedsreformen 2022 (13. juni 2022). Senere aftaler er ikke i samlingen."
    )


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("Nærhedsfinansieringen udgør 1,6 mia. kr.", "Nærhedsfinansiering"),
        ("Strategien er grundet COVID-19", "Boks 1, Bedre indkøb"),
        ("3+ 100 pct.", "Boks 3"),
        ("inklusiv medicin", "Bilag 2. Regionernes økonomi for 2021, Boks 3"),
    ],
)
def test_section_name(corpus: Corpus, quote: str, name: str) -> None:
    def holds(passage: Passage) -> bool:
        return quote in passage.text

    assert [texts.section_name(p) for p in filter(holds, corpus.passages)] == [name]


def test_suggestion_lowers_a_first_letter_but_no_acronym() -> None:
    assert texts.suggestion("Nærhospitaler") == "Hvad er aftalt om nærhospitaler?"
    assert texts.suggestion("COVID-19") == "Hvad er aftalt om COVID-19?"
