from collections.abc import Mapping, Set
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from corpus.agreed import Figure, FigureKind, Per, Qualifier
from corpus.models import Agreement, BlockKind, Unit
from corpus.settings import Settings
from ingest.extract import extract_figures
from ingest.figures import Registry
from tests.ingest.conftest import Agree

DATA = Path(__file__).parents[1] / "data"
PRECISION, RECALL = 0.95, 0.90
Reading = tuple[Decimal, str, str]
"""Value, unit and years of a number."""

YEARS = [
    ("Der afsættes 10 mio. kr. i 2024 til hjælp.", [("10 mio. kr.", "2024")]),
    (
        "Der afsættes 10 mio. kr. i 2024, 12 mio. kr. i 2025 og 14 mio. kr. årligt fra 2026.",
        [("10 mio. kr.", "2024"), ("12 mio. kr.", "2025"), ("14 mio. kr.", "2026-")],
    ),
    (
        "Der afsættes 35 mio. kr. i 2025 stigende til 50 mio. kr. i 2028.",
        [("35 mio. kr.", "2025"), ("50 mio. kr.", "2028")],
    ),
    ("Der gives 9 mio. kr. i 2025 og 2026.", [("9 mio. kr.", "2025-2026")]),
    ("Der gives 9 mio. kr. i hvert af årene 2025-2027.", [("9 mio. kr.", "2025-2027")]),
    ("I 2024 gives 8 mio. kr. til læger.", [("8 mio. kr.", "2024")]),
    (  # the years of the sentence before
        "I 2024 gives 8 mio. kr. til læger. Heraf går 3 mio. kr. til øer.",
        [("8 mio. kr.", "2024"), ("3 mio. kr.", "2024")],
    ),
    (  # ... unless it names two
        "Der gives 8 mio. kr. i 2024 og 9 mio. kr. i 2026. Heraf går 3 mio. kr. til øer.",
        [("8 mio. kr.", "2024"), ("9 mio. kr.", "2026"), ("3 mio. kr.", "")],
    ),
    (  # the years of the whole hold for its parts
        "Der gives 100 mio. kr. i 2025-2027, hvoraf 60 mio. kr. går til kommunerne.",
        [("100 mio. kr.", "2025-2027"), ("60 mio. kr.", "2025-2027")],
    ),
    (  # a year at the end of the sentence
        "Der gives 10 mio. kr. til læger og 5 mio. kr. til skoler i 2024.",
        [("10 mio. kr.", "2024"), ("5 mio. kr.", "2024")],
    ),
    (
        "Andelen stiger fra 38 pct. til 50 pct. i 2030.",
        [("38 pct.", ""), ("50 pct.", "2030")],
    ),
    ("Økonomiaftalen fra 2019 gav 4 mio. kr.", [("4 mio. kr.", "")]),
    ("Der gives 20 mio. kr. opgjort i 2024-priser i 2025.", [("20 mio. kr.", "2025")]),
    ("I 2025 tager planen 60 dage.", [("60", "")]),  # a duration has no year
    ("De 21 klynger begynder i 2025.", [("21", "2025")]),
    ("I 2025 mødes de 21 klynger.", [("21", "")]),  # they are there already
]

LISTS = [
    (  # the lead of a list gives its years to the items without
        "I 2024 bruges følgende:\n\n• 5 mio. kr. til læger.\n\n• 7 mio. kr. i 2025 til øer.",
        [("5 mio. kr.", "2024"), ("7 mio. kr.", "2025")],
    ),
    (
        "Der bruges følgende:\n\n• 5 mio. kr. til læger.\n\n• 7 mio. kr. i 2025 til øer.",
        [("5 mio. kr.", ""), ("7 mio. kr.", "2025")],
    ),
    (
        "I 2024 bruges følgende:\n\n• 5 mio. kr. til læger.\n\nDertil gives 7 mio. kr. til øer.",
        [("5 mio. kr.", "2024"), ("7 mio. kr.", "")],
    ),
    (  # ... and so does the title of a box
        "Boks 1\n\nInitiativer i 2025\n\n• Små hold: 12 mio. kr.\n\n• Læger: 8 mio. kr. i 2026.",
        [("12 mio. kr.", "2025"), ("8 mio. kr.", "2026")],
    ),
]

RESPECTIVELY = [
    (
        "Der gives hhv. 10 mio. kr. og 15 mio. kr. i 2024 og 2025.",
        [("10000000", Unit.KR, "2024"), ("15000000", Unit.KR, "2025")],
    ),
    (
        "Der gives hhv. 10, 12 og 14 mio. kr. i 2024, 2025 og 2026.",
        [
            ("10000000", Unit.KR, "2024"),
            ("12000000", Unit.KR, "2025"),
            ("14000000", Unit.KR, "2026"),
        ],
    ),
    (
        "Udviklingen er hhv. 3,4 og 2,9 pct. i 2024 og 2025.",
        [("3.4", Unit.PCT, "2024"), ("2.9", Unit.PCT, "2025")],
    ),
    (
        "Udviklingen er 3,4 og 2,9 pct. i 2024.",
        [("3.4", Unit.PCT, "2024"), ("2.9", Unit.PCT, "2024")],
    ),
]

VALUES = [
    ("Det er 1.554,4 mio. kr. i 2024.", "1554400000", None, Unit.KR),
    ("Det er ½ mia. kr. i 2024.", "500000000", None, Unit.KR),
    ("Det er halvanden mia. kr. i 2024.", "1500000000", None, Unit.KR),
    ("Det er 200 millioner kroner i 2024.", "200000000", None, Unit.KR),
    ("Det er 8,9 mio. i 2024.", "8900000", None, Unit.KR),
    ("Det er 2 mio. ton i 2024.", "2000000", None, Unit.NUMBER),
    ("Det er 212 kr. pr. indbygger i 2024.", "212", None, Unit.KR_PER_INHABITANT),
    ("Det er 0,8 procentpoint i 2024.", "0.8", None, Unit.PCT_POINT),
    ("Der ansættes fem læger i 2024.", "5", None, Unit.NUMBER),
    ("Der ansættes femogtyve læger i 2024.", "25", None, Unit.NUMBER),
    ("Halvdelen går til kommunerne.", "50", None, Unit.PCT),
    ("En tiårig plan lægges.", "10", None, Unit.NUMBER),
    ("En 10-års plan lægges.", "10", None, Unit.NUMBER),
    ("Der gives et halvt år til planen.", "0.5", None, Unit.NUMBER),
    ("Et team har 8-12 medarbejdere.", "8", "12", Unit.NUMBER),
    ("Et team har 8 til 12 medarbejdere.", "8", "12", Unit.NUMBER),
    ("Der mangler mellem 14.000 og 16.000 læger.", "14000", "16000", Unit.NUMBER),
    ("Det er 15-20 pct. af besøgene.", "15", "20", Unit.PCT),
    ("Der gives 5 til 7 mio. kr. i 2024.", "5000000", "7000000", Unit.KR),
]

NONE = [
    "Mødet er den 1. marts 2026 kl. 12, jf. boks 2 og § 7 i lov nr. 871.",
    "Det gælder COVID-19 for borgere over 80 år.",
    "En læge gives et råd.",
    "Der gives 1.3 mio. kr. i 2024.",  # can be read two ways
    "Der gives 30 mio. kr. varigt.",  # since when?
    "Der gives 30 mio. kr. årligt til læger.",
    "1. Penge til 30 prøver i 2024",
]


def read(agreement: Agreement) -> list[tuple[str, str]]:
    return [(f.place.printed, str(f.period or "")) for f in extract_figures(agreement)]


def only(agreement: Agreement) -> Figure:
    (figure,) = extract_figures(agreement)
    return figure


@pytest.mark.parametrize(("text", "found"), [*YEARS, *LISTS])
def test_the_years_of_each_number(agree: Agree, text: str, found: list[tuple[str, str]]) -> None:
    assert read(agree(f"Aftale om prøver\n\n1. Penge\n\n{text}\n")) == found


@pytest.mark.parametrize(("text", "found"), RESPECTIVELY)
def test_numbers_in_a_row_share_unit_and_years(
    agree: Agree, text: str, found: list[tuple[str, Unit, str]]
) -> None:
    figures = extract_figures(agree(f"Aftale om prøver\n\n1. Penge\n\n{text}\n"))
    assert [(figure.amount, figure.unit, str(figure.period)) for figure in figures] == [
        (Decimal(amount), unit, years) for amount, unit, years in found
    ]


@pytest.mark.parametrize(("text", "amount", "high", "unit"), VALUES)
def test_value_and_unit(agree: Agree, text: str, amount: str, high: str | None, unit: Unit) -> None:
    figure = only(agree(f"Aftale om prøver\n\n{text}\n"))
    assert (figure.amount, figure.unit) == (Decimal(amount), unit)
    assert figure.high == (Decimal(high) if high else None)
    assert (figure.qualifier is Qualifier.RANGE) == (high is not None)


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_are_no_figures(agree: Agree, text: str) -> None:
    assert read(agree(f"Aftale om prøver\n\n{text}\n")) == []


def test_the_key_of_a_table_row_is_no_figure(economy: Agreement) -> None:
    rows = [block for block in economy.blocks if block.kind is BlockKind.ROW]
    places = [figure.place for figure in extract_figures(economy)]
    found = {
        economy.text[row.start : row.end]: [
            place.printed for place in places if row.start <= place.start < row.end
        ]
        for row in rows
    }
    assert found["2 67 pct."] == ["67 pct."]
    assert found["3+ 100 pct."] == ["100 pct."]


def test_a_figure_found_by_rule_says_so_and_carries_its_sentence(agree: Agree) -> None:
    agreement = agree("Aftale om prøver\n\n• Staten giver godt 3,5 mio. kr. (24-pl) i 2024.\n")
    figure = only(agreement)
    assert figure.reviewed == ""
    assert figure.agreement_id == "proeve-2024"
    assert figure.label == "Staten giver godt 3,5 mio. kr. (24-pl) i 2024"
    assert (figure.kind, figure.per) == (FigureKind.AMOUNT, Per.ONCE)
    assert (figure.qualifier, figure.price_level) == (Qualifier.OVER, "24-pl")
    assert (figure.party, figure.printed_unit) == ("staten", "mio. kr.")
    assert figure.id == f"{figure.place.start}-{figure.place.end}"
    assert agreement.text[figure.place.start : figure.place.end] == "3,5 mio. kr."


@pytest.mark.parametrize(
    ("text", "kind", "per"),
    [
        ("Der gives 5 mio. kr. i 2024.", FigureKind.AMOUNT, Per.ONCE),
        ("Der gives 5 mio. kr. årligt i 2024-2026.", FigureKind.AMOUNT, Per.YEAR),
        ("Der gives 5 mio. kr. årligt fra 2024.", FigureKind.AMOUNT, Per.YEAR),
        ("Der gives i alt 5 mio. kr. i 2024-2026.", FigureKind.AMOUNT, Per.TOTAL),
        ("Der gives 5 mio. kr. i perioden 2024-2026.", FigureKind.AMOUNT, Per.TOTAL),
        ("Der gives 5 pct. i 2024.", FigureKind.SHARE, None),
        ("Der kommer 5 læger i 2024.", FigureKind.COUNT, None),
    ],
)
def test_how_an_amount_runs(agree: Agree, text: str, kind: FigureKind, per: Per | None) -> None:
    figure = only(agree(f"Aftale om prøver\n\n{text}\n"))
    assert (figure.kind, figure.per) == (kind, per)


def by_rule(agreement: Agreement) -> dict[int, Reading]:
    return {
        figure.place.start: (figure.amount, figure.unit.value, str(figure.period or ""))
        for figure in extract_figures(agreement)
    }


def labelled(name: str, agreement: Agreement) -> dict[int, set[Reading]]:
    """The labels of a made-up agreement, by where their number stands."""
    labels = yaml.safe_load((DATA / f"{name}.labels.yaml").read_text(encoding="utf-8"))
    readings: dict[int, set[Reading]] = {}
    for label in labels:
        assert agreement.text.count(label["at"]) == 1, label["at"]
        reading = (Decimal(label["value"]), label["unit"], label["years"])
        readings.setdefault(agreement.text.index(label["at"]), set()).add(reading)
    assert len(readings) == len(labels)
    return readings


def reviewed(agreement: Agreement, registry: Registry) -> dict[int, set[Reading]]:
    """The reviewed figures and their repeats, by where they are printed; headings left out."""
    headings = [(b.start, b.end) for b in agreement.blocks if b.kind.is_heading]
    readings: dict[int, set[Reading]] = {}
    for figure in registry.figures:
        for place in (figure.place, *figure.repeats):
            if any(start <= place.start < end for start, end in headings):
                continue
            years = str(place.period or figure.period or "")
            reading = (place.quantity.amount, figure.unit.value, years)
            readings.setdefault(place.start, set()).add(reading)
    return readings


def measure(
    name: str, found: Mapping[int, Reading], wanted: Mapping[int, Set[Reading]], text: str
) -> None:
    """Print and check precision and recall on value, unit and years."""
    right = {start for start in found if found[start] in wanted.get(start, ())}
    precision, recall = len(right) / len(found), len(right) / len(wanted)
    said = (
        f"{name}: {len(right)} right of {len(found)} found and {len(wanted)} wanted, "
        f"precision {precision:.3f}, recall {recall:.3f}"
    )
    print(said)  # noqa: T201
    wrong = sorted((found.keys() | wanted.keys()) - right)
    lines = [
        f"  {found.get(start)} for {wanted.get(start)}: {text[max(0, start - 40) : start + 40]!r}"
        for start in wrong
    ]
    assert precision >= PRECISION, "\n".join([said, *lines])
    assert recall >= RECALL, "\n".join([said, *lines])


@pytest.mark.parametrize("name", ["made-up-kommuner-2024", "made-up-aeldre-2025"])
def test_precision_and_recall_on_made_up_agreements(agree: Agree, name: str) -> None:
    agreement = agree((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    measure(name, by_rule(agreement), labelled(name, agreement), agreement.text)


@pytest.mark.parametrize("fixture", ["economy", "reform"])
def test_precision_and_recall_on_the_reviewed_figures(
    request: pytest.FixtureRequest, settings: Settings, fixture: str
) -> None:
    agreement: Agreement = request.getfixturevalue(fixture)
    registry = Registry(settings.figures_dir / f"{agreement.id}.yaml", agreement)
    measure(agreement.id, by_rule(agreement), reviewed(agreement, registry), agreement.text)
