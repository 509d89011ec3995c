"""What cannot be worked out gives a Danish sentence; the registry is the one place of a number."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chains import Assistant, Settings
from chains.ask import build_ask
from chains.lookup import FigureWords, read_words
from chains.route import Calculated, Route, choose_route
from chains.stated import AskBack, FigureAnswer
from chains.understand import understand
from chains.vocabulary import Vocabulary
from chains.weights import Weights
from corpus import calculation_texts as texts
from corpus.errors import FigureError
from corpus.models import Answer, AnswerKind, NotFoundReason
from eval.cases import Case, load_cases
from eval.numbers import number_right
from ingest.build import process
from ingest.index import Corpus, index_texts
from tests.conftest import ECONOMY
from tests.soft_embedder import SoftEmbedder

Routing = Callable[[str], Route]
RANGE = texts.CRITERIA_RANGE.format(count=4)
TRACES = re.compile(
    r"Traceback|Error|Exception|Decimal|None|NaN|Infinity|[a-z_]+\.[a-z_]+\(|\d[eE][+-]?\d|\{|\}"
)


@pytest.fixture(scope="module")
def routing(corpus: Corpus) -> Routing:
    """The rules alone, with a stand-in that says which figures are near."""
    words, vocabulary = FigureWords([read_words(corpus)]), Vocabulary(corpus)
    weights = Weights.load().figures
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    embedder = SoftEmbedder()
    vectors = embedder.embed_passages(index_texts(corpus)["figures"])

    def run(question: str) -> Route:
        near = list(enumerate((vectors @ embedder.embed_queries([question])[0]).tolist()))
        ask = build_ask(understand(question, ()), (), near, words, vocabulary, weights,
                        agreements, None)  # fmt: skip
        return choose_route(ask)

    return run


# --- bad input ---------------------------------------------------------------------------------

ASKED_BACK = [
    ("Fordel -80 mio. kr. efter nøglen 40/40/20", texts.NEGATIVE),
    ("Grundbidrag for -58.000 indbyggere, hvor mange kr.?", texts.NEGATIVE),
    ("Hvad bliver -300 mio. kr. i 2020-priser til i 2021-priser på sundhed?", texts.NEGATIVE),
    ("Vores genindlæggelser er -12 pct. i baseline, hvad er målet i 2030?", texts.NEGATIVE),
    ("Fordel 100000000000000000000 kr. efter nøglen 40/40/20", texts.TOO_LARGE),
    ("Fordel 100.000.000.000.000.000.000 kr. efter nøglen 40/40/20", texts.TOO_LARGE),
    ("Hvad er 100000000000000000000 kr. i 2020-priser i 2021-priser på sundhed?",
     texts.TOO_LARGE),
    ("Grundbidrag for 100000000000000000000 indbyggere, hvor mange kr.?", texts.TOO_LARGE),
    ("nærhedsfinansiering, 5 mål opfyldt, hvor mange mio. kr. beholdes?", RANGE),
    ("5 af 4 kriterier er opfyldt, hvor meget af nærhedsfinansieringen beholdes?", RANGE),
    ("Fem af de fire kriterier er opfyldt, hvor meget beholder regionerne af "
     "nærhedsfinansieringen?", RANGE),
    ("nærhedsfinansiering, -1 mål opfyldt, hvor mange mio. kr. beholdes?", RANGE),
    ("nærhedsfinansiering, 2,5 mål opfyldt, hvor mange mio. kr. beholdes?", RANGE),
    ("nærhedsfinansiering, vores andel er 120 pct., to mål opfyldt, hvad beholder vi?",
     texts.SHARE_RANGE),
    ("Genindlæggelser: vores baseline er 120 pct., hvad er målet i 2030?", texts.SHARE_RANGE),
    ("Fordel 1.3 mia. kr. efter nøglen 40/40/20", texts.TWO_WAYS.format(number="1.3")),
    ("1.3 mia kr. efter nøglen 40/40/20, hvad betaler staten?",
     texts.TWO_WAYS.format(number="1.3")),
    ("Hvor meget får hver licensklinik i 2023, hvis der er 0 licensklinikker?",
     texts.DIVISION_BY_ZERO),
    ("Hvor meget får hvert nærhospital, hvis puljen deles på nul nærhospitaler?",
     texts.DIVISION_BY_ZERO),
    ("Hvor meget får kommunerne i alt til omstillingen fra 2026 til 2023?",
     texts.YEARS_BACKWARDS),
    ("Fordel NaN mio. kr. efter nøglen 40/40/20 på vores projekt", texts.MISSING_AMOUNT),
]  # fmt: skip
NOT_STATED = [
    ("Fremskriv 300 mio. kr. fra 2021-pl til 2023-pl på sundhed", "2023"),
    ("Fremskriv 300 mio. kr. fra 2019-pl til 2021-pl på sundhed", "2019"),
    ("Hvad er 300 mio. kr. i 2020-priser i 2030-priser på anlæg?", "2030"),
]


@pytest.mark.parametrize(("question", "said"), ASKED_BACK)
def test_bad_input_is_asked_back_for(question: str, said: str, fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer(question)
    assert (answer.kind, answer.text) == (AnswerKind.CLARIFY, said)
    assert answer.citations == ()
    assert answer.calculation is None


@pytest.mark.parametrize(("question", "year"), NOT_STATED)
def test_a_year_without_a_rate(question: str, year: str, fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer(question)
    assert answer.kind is AnswerKind.NOT_FOUND
    assert answer.not_found_reason is NotFoundReason.OTHER_YEAR_OR_AGREEMENT
    assert answer.text == texts.NO_RATE.format(first=2020, last=2021, years=year)


SHOWN = [
    ("Fordel 888.888.888.888 kr. efter nøglen 40/40/20", "355.555.555.555,2 kr."),
    ("Hvad bliver 888.888.888.888 kr. i 2020-priser til i 2021-priser på sundhed?",
     "900.444.444.443,5 kr."),
    ("Grundbidrag for 888.888.888.888 indbyggere, hvor mange kr.?", "100.444.444.444.344 kr."),
    ("Fordel 0 kr. efter nøglen 40/40/20", "0 kr."),
    ("Fordel 0,0000000001 kr. efter nøglen 40/40/20", "0,00000000004 kr."),
    ("Grundbidrag for 0 indbyggere, hvor mange kr.?", "0 kr."),
]  # fmt: skip


@pytest.mark.parametrize(("question", "shown"), SHOWN)
def test_a_number_of_any_size_is_printed_in_digits(
    question: str, shown: str, fake_assistant: Assistant
) -> None:
    answer = fake_assistant.answer(question)
    assert answer.calculation is not None
    assert answer.calculation.result.display == shown
    assert set(answer.calculation.result.value) <= set("0123456789.")


@pytest.mark.parametrize(
    "question", [q for q, *_ in (*ASKED_BACK, *NOT_STATED, *SHOWN)], ids=lambda q: q[:40]
)
def test_no_trace_and_no_scientific_notation(question: str, fake_assistant: Assistant) -> None:
    shown = _shown(fake_assistant.answer(question), question)
    assert not TRACES.search(shown), shown


def _shown(answer: Answer, question: str) -> str:
    work = answer.calculation
    steps = () if work is None else (*work.steps, work.read_as, *work.assumptions)
    return "\n".join([answer.text, *answer.notes, *steps]).replace(question, "")


UNITS_APART = [
    "Læg teknologibidraget og antallet af nærhospitaler sammen",
    "Hvor meget er 113 kr. pr. indbygger plus 400 mio. kr. i teknologibidrag?",
    "Hvad er forskellen mellem grundbidraget pr. indbygger og teknologibidraget?",
    "Hvor stor er summen af pris- og lønsatsen på 1,3 pct. og teknologibidraget?",
    "Hvor mange gange går grundbidraget på 113 kr. pr. indbygger op i teknologibidraget?",
]


@pytest.mark.parametrize("question", UNITS_APART)
def test_units_of_different_kinds_are_not_worked_out(question: str, routing: Routing) -> None:
    route = routing(question)
    assert route is None or isinstance(route, AskBack | FigureAnswer)


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange gange større er teknologibidraget end 0 kr.?",
        "Hvor mange gange større er nærhedspuljen end 0 mio. kr.?",
    ],
)
def test_a_ratio_to_nothing_is_asked_back_for(question: str, routing: Routing) -> None:
    route = routing(question)
    assert isinstance(route, AskBack)
    assert route.text == texts.DIVISION_BY_ZERO


@pytest.mark.parametrize("digits", [34, 60])
def test_a_number_of_very_many_digits_is_too_large(digits: int, fake_assistant: Assistant) -> None:
    answer = fake_assistant.answer(f"Fordel {'9' * digits} kr. efter nøglen 40/40/20")
    assert answer.text == texts.TOO_LARGE


@pytest.mark.parametrize(
    "question",
    [
        "Budgettet for sundhed er -121.000 mio. kr. i 2021, hvor meget ligger det over rammen?",
        "Hvor mange pct. er -40 mio. kr. af teknologibidraget?",
    ],
)
def test_every_calculator_refuses_a_negative_amount(question: str, routing: Routing) -> None:
    route = routing(question)
    assert isinstance(route, AskBack)
    assert route.text == texts.NEGATIVE


# --- what went in, and what did not ------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("Fordel 80 mio. kr. efter nøglen 40/40/20", ()),
        ("Fordel 80 mio. kr. i 2019 efter nøglen 40/40/20", ("2019",)),
        ("Grundbidraget for 58.000 indbyggere, hvor mange kr.?", ()),
        ("nærhedsfinansiering, 2 af 4 mål opfyldt, hvor mange mio. kr. beholdes?", ()),
    ],
)
def test_numbers_that_did_not_go_in_are_named(
    question: str, unused: tuple[str, ...], routing: Routing
) -> None:
    route = routing(question)
    assert isinstance(route, Calculated)
    assert route.unused == unused


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("Fordel 80 mio. kr. efter nøglen 40/40/20: hvor meget betaler regionerne?", ()),
        ("Fordel 12 mio. kr. og 8 mio. kr. efter nøglen 40/40/20", ("8 mio. kr.",)),
        ("Hvor mange pct. stiger kommunernes midler til omstillingen til det nære sundhedsvæsen "
         "fra 2023 til 2026?", ()),
    ],
    ids=["the key's own numbers", "a second amount", "years within a span"],
)  # fmt: skip
def test_numbers_that_did_not_go_in(
    question: str, unused: tuple[str, ...], routing: Routing
) -> None:
    route = routing(question)
    assert isinstance(route, Calculated)
    assert route.unused == unused


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Hvor stor er forskellen mellem teknologibidraget og nærhedsfinansieringen?", "1154.4"),
        ("restfinansieringen i 2021, kommunerne og regionerne har betalt, hvor meget er tilbage "
         "til staten?", "53.4"),
        ("Hvor meget får kommunerne i alt til omstillingen til det nære sundhedsvæsen mellem 2023 "
         "og 2026?", "826.1"),
        ("Fordel to hundrede og et mio. kr. efter nøglen 40/40/20: staten?", "80.4"),
    ],
    ids=["difference", "what is left to the state", "between two years", "a number ending in one"],
)  # fmt: skip
def test_questions_that_were_once_misread(question: str, value: str, routing: Routing) -> None:
    route = routing(question)
    assert isinstance(route, Calculated)
    assert route.worked.result.value == Decimal(value)


# --- a value changed in a copied registry ------------------------------------------------------

OLD, NEW = "1.554,4", "1.664,4"
ROUNDED = ("Nærhedsfinansieringen udgør 1,6 mia. kr.", "Nærhedsfinansieringen udgør 1,7 mia. kr.")
"""Chapter 4 says the same amount, rounded."""
LOOKUP = "Hvor stor er nærhedsfinansieringen i 2021?"
SUM = "nærhedsfinansiering, to mål opfyldt, hvor mange mio. kr. beholdes?"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def _change_text(settings: Settings, *changes: tuple[str, str]) -> None:
    """Change the agreement; the head names its text by its hash."""
    text = settings.agreements_dir / f"{ECONOMY}.txt"
    before = hashlib.sha256(text.read_bytes()).hexdigest()
    for old, new in changes:
        _change(text, old, new)
    after = hashlib.sha256(text.read_bytes()).hexdigest()
    _change(settings.agreements_dir / f"{ECONOMY}.yaml", before, after)


def _open(settings: Settings) -> Assistant:
    opened = Assistant.of_corpus(settings, embedder=SoftEmbedder())
    weights = Weights.load()
    topic = weights.about_corpus.model_copy(update={"bias": 1_000.0})
    return opened.with_weights(weights.model_copy(update={"about_corpus": topic}))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = _open(Settings(var_dir=tmp_path_factory.mktemp("var"), _env_file=None))
    yield opened
    opened.close()


@pytest.fixture
def changed(settings: Settings) -> Iterator[Assistant]:
    """An assistant on a copied corpus with another amount."""
    registry = settings.figures_dir / f"{ECONOMY}.yaml"
    shutil.rmtree(settings.commitments_dir)  # they quote the amount that changes
    _change_text(settings, (OLD, NEW), ROUNDED)
    _change(settings.everyday_dir / f"{ECONOMY}.yaml", *ROUNDED)
    _change(registry, OLD, NEW)
    _change(registry, *ROUNDED)
    _change(registry, 'value: "1,6 mia. kr."', 'value: "1,7 mia. kr."')
    opened = _open(settings)
    yield opened
    opened.close()


def _cases(assistant: Assistant, folder: Path, lookup: str, result: str) -> dict[str, Case]:
    """Return golden cases for both questions, with the values that an agreement gives."""
    printed = lookup.replace(",", "").replace(".", "")
    amount = Decimal(printed) / 10
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(
        f"- {{id: a, question: '{LOOKUP}', style: terse, kind: figure, value: '{amount}', "
        f"unit: mio. kr., year: 2021, evidence: ['{lookup} mio. kr. i 2021']}}\n"
        f"- {{id: b, question: '{SUM}', style: terse, kind: calculation, value: '{result}', "
        f"unit: mio. kr., evidence: ['{lookup} mio. kr.']}}\n",
        encoding="utf-8",
    )
    return {case.question: case for case in load_cases(assistant.agreements, folder)}


def test_the_amount_as_agreed(original: Assistant, tmp_path: Path) -> None:
    _check(original, tmp_path / "golden", OLD, "1041.448", "1.041,4 mio. kr.")


def test_lookup_calculator_and_evaluation_follow_the_registry(
    original: Assistant, changed: Assistant, tmp_path: Path
) -> None:
    cases = _check(changed, tmp_path / "golden", NEW, "1115.148", "1.115,1 mio. kr.")
    for question, case in cases.items():
        assert not number_right(case, original.answer(question))
    assert changed.corpus_version != original.corpus_version


def _check(
    assistant: Assistant, folder: Path, stated: str, result: str, display: str
) -> dict[str, Case]:
    lookup, work = assistant.answer(LOOKUP), assistant.answer(SUM)
    assert lookup.kind is AnswerKind.FIGURE
    assert f"{stated} mio. kr." in lookup.text
    assert any(f"{stated} mio. kr." in citation.quote for citation in lookup.citations)
    assert work.calculation is not None
    assert work.calculation.result.value == result
    assert work.calculation.result.display == display
    assert work.calculation.steps[0] == f"67 pct. × {stated} mio. kr. = {display}"
    assert any(f"{stated} mio. kr." in citation.quote for citation in work.citations)
    cases = _cases(assistant, folder, stated, result)
    assert number_right(cases[LOOKUP], lookup)
    assert number_right(cases[SUM], work)
    return cases


@pytest.mark.parametrize("also_the_quote", [False, True], ids=["value", "value and quote"])
def test_a_registry_that_does_not_say_what_the_text_says(
    settings: Settings, also_the_quote: bool
) -> None:
    registry = settings.figures_dir / f"{ECONOMY}.yaml"
    if also_the_quote:
        _change(registry, OLD, NEW)
    else:
        _change(registry, f"value: {OLD} mio. kr.", f"value: {NEW} mio. kr.")
    with pytest.raises(FigureError) as caught:
        process(settings)
    assert caught.value.figure.startswith("naerhedsfinansiering")


def test_a_rounded_amount_must_still_round_to_the_exact_one(settings: Settings) -> None:
    _change_text(settings, (OLD, NEW))
    registry = settings.figures_dir / f"{ECONOMY}.yaml"
    _change(registry, OLD, NEW)
    with pytest.raises(FigureError):
        process(settings)


def test_a_text_that_does_not_say_what_the_registry_says(settings: Settings) -> None:
    _change_text(settings, (OLD, NEW))
    with pytest.raises(FigureError) as caught:
        process(settings)
    assert caught.value.figure.startswith("naerhedsfinansiering")


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange assistenter skal ansættes på de somatiske og psykiatriske sygehuse?",
        "Hvor meget koster nærhospitalerne og akutberedskaberne tilsammen i 2025?",
    ],
    ids=["another thing counted", "one of two summands"],
)
def test_a_figure_of_something_else_is_no_answer(question: str, routing: Routing) -> None:
    assert not isinstance(routing(question), FigureAnswer)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("hvad er den samlede ramme for reformen", "2,4 mia. kr."),
        ("hvad er det samlede budget for sundhedsreformen?", "2,4 mia. kr."),
        ("hvor meget løftes anlægsrammen samlet", "1,0 mia. kr."),
    ],
    ids=["a total and a lasting amount", "the likeliest is none of the tied", "itself the rise"],
)
def test_a_stated_amount_is_not_worked_out(question: str, shown: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert answer.calculation is None
    assert shown in answer.text


@pytest.mark.model
@pytest.mark.parametrize("place", ["region nord", "Region Midt", "Sønderjylland"])
def test_a_count_for_the_country_is_none_for_a_part_of_it(place: str, assistant: Assistant) -> None:
    answer = assistant.answer(f"hvor mange nærhospitaler bygges i {place}")
    assert answer.not_found_reason is NotFoundReason.NOT_STATED
    assert place in answer.text
