from pathlib import Path

import pytest

from corpus.models import Agreement
from corpus.settings import Settings
from ingest.coverage import account_for, classified
from ingest.figures import Registry
from tests.conftest import ECONOMY, REFORM
from tests.ingest.conftest import Agree, DropFigure

EMPTY = "reviewed: {by: p, date: 2026-01-02}\nfigures: []\n"

CLASSES = [
    ("Mødet er den 3. december.", {"dato": 1}),
    ("Mødet er den 3. december 2024.", {"dato": 1, "årstal": 1}),
    ("Det gælder i 1998 og 2024-2027.", {"årstal": 3}),
    ("Alt er opgjort i 24-pl.", {"pris- og lønniveau": 1}),
    ("Det står i boks 3 og bilag 1-3.", {"henvisning": 3}),
    ("Det står i kapitel 2.1, tema 4 og kriterium 2.", {"henvisning": 3}),
    ("Det følger af § 16, stk. 2, i lov nr. 871.", {"paragraf": 3}),
    ("Vi ses kl. 12.30 i uge 42.", {"tidspunkt": 2}),
    ("Det kommer i 4. kvartal eller 2. halvår.", {"tidspunkt": 2}),
    ("Borgere over 80 år og mellem 18 og 65 år.", {"alder": 3}),
    ("Det gælder COVID-19, LPR3 og CO2.", {"navn": 3}),
    ("1. Penge til 3 prøver\n\nDer er penge til prøver.", {"overskrift": 2}),
    ("Vi vil:\n\n1. Gøre noget for prøver.\n\n2. Gøre mere for prøver.", {"nummer på liste": 2}),
]

LOOSE = [
    ("Der er 5 hold.", ["5"]),
    ("Der er tolv hold og fem læger.", ["tolv", "fem"]),
    ("Det er 1.554,4 mio. kr.", ["1.554,4"]),
    ("Det er ½ mia. kr. og 2½ time.", ["½", "2½"]),
    ("Halvdelen bliver, halvanden kommer.", ["Halvdelen", "halvanden"]),
    ("En tiårig plan.", ["ti"]),
    ("Det er 1 mia. kr. over 10 år (2023-2032).", ["1", "10"]),  # a term, not an age
    ("Et team har 8-12 medarbejdere.", ["8", "12"]),
    ("Titusinder og femkanter er ingen tal.", []),
    ("Den 3. læge og den 4. time.", ["3", "4"]),
]

REGISTERED = """\
reviewed: {by: p, date: 2026-01-02}
figures:
- id: a
  label: løftet
  kind: amount
  value: 20 mio. kr.
  quote: gives 20 mio. kr. til
  repeats:
  - {quote: altså 20 mio. kr. igen}
set_aside:
- {quote: type 2 diabetes, numbers: ["2"], reason: navn}
"""


def registry(folder: Path, agreement: Agreement, text: str = EMPTY) -> Registry:
    path = folder / "tal.yaml"
    path.write_text(text, encoding="utf-8")
    return Registry(path, agreement)


@pytest.mark.parametrize("fixture", ["economy", "reform"])
def test_every_number_of_both_agreements_is_accounted_for(
    request: pytest.FixtureRequest, fixture: str, settings: Settings
) -> None:
    agreement: Agreement = request.getfixturevalue(fixture)
    own = Registry(settings.figures_dir / f"{agreement.id}.yaml", agreement)
    coverage = account_for(agreement, own)
    assert coverage.loose == ()
    assert coverage.share == 1
    assert sum(coverage.by_class.values()) == coverage.numbers
    assert coverage.by_class["tal i registret"] >= len(own.figures)


@pytest.mark.parametrize(
    ("fixture", "id_", "figure", "numbers", "around"),
    [
        ("economy", ECONOMY, "genindlaeggelse-dage", ["30"], "genindlæggelse indenfor 30 dage"),
        ("economy", ECONOMY, "efterregulering", ["0", "0", "1", "33", "2", "67", "3", "100"],
         "3+ 100 pct."),
        ("reform", REFORM, "sundhedspleje-forsoegskommuner", ["16"], "afprøvet i 16 kommuner"),
    ],
)  # fmt: skip
def test_a_figure_taken_out_leaves_its_numbers_loose(
    request: pytest.FixtureRequest,
    drop_figure: DropFigure,
    fixture: str,
    id_: str,
    figure: str,
    numbers: list[str],
    around: str,
) -> None:
    agreement: Agreement = request.getfixturevalue(fixture)
    coverage = account_for(agreement, Registry(drop_figure(id_, figure), agreement))
    assert [loose.text for loose in coverage.loose] == numbers
    assert all(agreement.text[loose.start : loose.end] == loose.text for loose in coverage.loose)
    assert around in coverage.loose[-1].around
    assert coverage.share == 1 - len(numbers) / coverage.numbers


@pytest.mark.parametrize(("text", "classes"), CLASSES)
def test_numbers_that_are_no_figures_by_their_class(
    agree: Agree, tmp_path: Path, text: str, classes: dict[str, int]
) -> None:
    agreement = agree(f"Aftale om prøver\n\n{text}\n")
    coverage = account_for(agreement, registry(tmp_path, agreement))
    assert coverage.by_class == classes
    assert coverage.loose == ()


@pytest.mark.parametrize(("text", "numbers"), LOOSE)
def test_numbers_that_nobody_accounts_for(
    agree: Agree, tmp_path: Path, text: str, numbers: list[str]
) -> None:
    agreement = agree(f"Aftale om prøver\n\n{text}\n")
    coverage = account_for(agreement, registry(tmp_path, agreement))
    assert [loose.text for loose in coverage.loose] == numbers


def test_figures_repeats_and_numbers_set_aside(agree: Agree, tmp_path: Path) -> None:
    agreement = agree(
        "Aftale om prøver\n\n"
        "Der gives 20 mio. kr. til type 2 diabetes, altså 20 mio. kr. igen. Dertil 7 mio. kr.\n"
    )
    coverage = account_for(agreement, registry(tmp_path, agreement, REGISTERED))
    assert coverage.by_class == {"tal i registret": 1, "gentagelse": 1, "sat til side": 1}
    (loose,) = coverage.loose
    assert (loose.text, loose.start) == ("7", agreement.text.index("7 mio."))
    assert coverage.numbers == 4
    assert coverage.share == 0.75


def test_a_text_without_numbers_is_covered(agree: Agree, tmp_path: Path) -> None:
    agreement = agree("Aftale om prøver\n\nDer gives penge til prøver.\n")
    coverage = account_for(agreement, registry(tmp_path, agreement))
    assert (coverage.numbers, coverage.by_class, coverage.share) == (0, {}, 1)


def test_classified_spans_hold_the_words_that_tell(agree: Agree) -> None:
    agreement = agree("Aftale om prøver\n\nBorgere over 80 år, jf. boks 2, mødes den 1. marts.\n")
    spans = [(agreement.text[a:b], kind) for a, b, kind in classified(agreement)]
    assert sorted(spans) == [
        ("1. marts", "dato"),
        ("Borgere over 80 år", "alder"),
        ("boks 2", "henvisning"),
    ]
