from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import texts
from corpus.agreed import Figure, FigureKind, Per, Period, Qualifier
from corpus.errors import FigureError
from corpus.models import Agreement, Unit
from ingest.figures import Registry, read_qualifier
from ingest.index import Corpus
from tests.ingest.conftest import Agree

TEXT = """Aftale om prøver for 2024

1. Penge til prøver

Der afsættes godt 1,3 mia. kr. i 2024 til prøver. Heraf går 800 mio. kr. til byerne og 504,5 mio. \
kr. til øerne. Samlet løftes prøverne altså med 1.304,5 mio. kr. i 2024. Af byernes penge går 400 \
mio. kr. til skoler.

Der gives op til 90 mio. kr. til læger, mindst 8 mio. kr. til børn og ca. 30 pct. til resten. Et \
team har 8-12 medarbejdere, og ti hold begynder.

Der afsættes 10 mio. kr. i 2024, 12 mio. kr. i 2025 og 14 mio. kr. årligt fra 2026 og frem til \
hjælp. I alt giver det 36 mio. kr. i 2024-2026. Først kommer altså 10 mio. kr. og siden 12 mio. kr.

Administration koster 4,7 mia. kr. og 3,1 mia. kr. til it, i alt 7,9 mia. kr. i 2024. De 4,7 og \
3,1 er uden moms.

Andelen er 0 pct. ved ingen mål, 50 pct. ved 1 mål og 100 pct. ved 2 mål.
"""

REGISTRY = """\
reviewed: {by: Prøveholdet, date: 2026-01-02}
figures:
- id: loeft
  label: løftet af prøverne
  aliases: [prøveløft]
  kind: amount
  value: 1,3 mia. kr.
  per: once
  years: "2024"
  price_level: 24-pl
  receiver: regionerne
  theme: "1"
  argument: Læst af en prøve.
  quote: Der afsættes godt 1,3 mia. kr. i 2024
  repeats:
  - {quote: "prøverne altså med 1.304,5 mio. kr.", value: "1.304,5 mio. kr.", years: "2024"}
- {id: byer, label: byernes del, kind: amount, value: 800 mio. kr.,
   quote: Heraf går 800 mio. kr. til byerne}
- {id: oeer, label: øernes del, kind: amount, value: "504,5 mio. kr.",
   quote: "og 504,5 mio. kr. til øerne"}
- {id: samlet, label: prøverne samlet, kind: amount, value: "1.304,5 mio. kr.",
   quote: "Samlet løftes prøverne altså med 1.304,5 mio. kr."}
- {id: skoler, label: skolernes del, kind: amount, value: 400 mio. kr.,
   quote: går 400 mio. kr. til skoler}
- {id: laeger, label: lægernes del, kind: threshold, value: 90 mio. kr., years: "2024-",
   quote: op til 90 mio. kr. til læger}
- {id: boern, label: børnenes del, kind: threshold, value: 8 mio. kr.,
   quote: mindst 8 mio. kr. til børn}
- {id: rest, label: resten, kind: share, value: 30 pct., quote: ca. 30 pct. til resten}
- {id: team, label: et team, kind: count, value: 8-12, noun: medarbejdere,
   quote: Et team har 8-12 medarbejdere}
- {id: hold, label: hold, kind: count, value: ti, noun: hold, quote: ti hold begynder}
- id: hjaelp
  label: midlerne til hjælp
  kind: amount
  per: once
  values: {"2024": 10 mio. kr., "2025": 12 mio. kr., "2026-": 14 mio. kr.}
  quote: 10 mio. kr. i 2024, 12 mio. kr. i 2025 og 14 mio. kr. årligt fra 2026 og frem
  repeats:
  - {quote: Først kommer altså 10 mio. kr., years: "2024"}
  - {quote: og siden 12 mio. kr., values: {"2025": 12 mio. kr.}}
- {id: hjaelp-i-alt, label: hjælp i alt, kind: amount, value: 36 mio. kr., years: "2024-2026",
   quote: I alt giver det 36 mio. kr. i 2024-2026}
- {id: drift, label: administrationen, kind: amount, value: "4,7 mia. kr.",
   quote: "Administration koster 4,7 mia. kr."}
- {id: it, label: it, kind: amount, value: "3,1 mia. kr.", quote: "og 3,1 mia. kr. til it"}
- {id: adm, label: administration i alt, kind: amount, value: "7,9 mia. kr.",
   quote: "i alt 7,9 mia. kr. i 2024"}
- id: trappe
  label: andelen
  kind: share
  key: opfyldte mål
  years: "2024"
  values: {"0": 0 pct., "1": 50 pct., "2": 100 pct.}
  quotes: {"0": Andelen er 0 pct., "1": 50 pct. ved 1 mål, "2": 100 pct. ved 2 mål}
relations:
- {sum: [byer, oeer], is: samlet}
- {sum: [drift, it], is: adm, rounding: "4,7 + 3,1 = 7,8; teksten siger 7,9"}
- {half: skoler, of: byer}
- {series_sum: [hjaelp], years: "2024-2026", is: hjaelp-i-alt}
set_aside:
- {quote: "De 4,7 og 3,1 er uden moms", numbers: ["4,7", "3,1"], reason: gentagelse}
"""

Load = Callable[..., Registry]


@pytest.fixture
def made_up(agree: Agree) -> Agreement:
    return agree(TEXT)


@pytest.fixture
def load(tmp_path: Path, made_up: Agreement) -> Load:
    """Read the registry with one piece of it exchanged."""

    def change(old: str = "", new: str = "", text: str = REGISTRY) -> Registry:
        assert old in text
        path = tmp_path / "tal.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return Registry(path, made_up)

    return change


@pytest.fixture
def figures(load: Load) -> dict[str, Figure]:
    return {figure.id: figure for figure in load().figures}


def test_each_entry_becomes_its_figures_in_order(load: Load) -> None:
    assert [figure.id for figure in load().figures] == [
        *("loeft", "byer", "oeer", "samlet", "skoler", "laeger", "boern", "rest", "team", "hold"),
        *("hjaelp-2024", "hjaelp-2025", "hjaelp-2026-", "hjaelp-i-alt"),
        *("drift", "it", "adm", "trappe-0", "trappe-1", "trappe-2"),
    ]


def test_a_figure_carries_what_its_entry_says(figures: dict[str, Figure]) -> None:
    figure = figures["loeft"]
    assert (figure.agreement_id, figure.series) == ("proeve-2024", "loeft")
    assert (figure.label, figure.aliases) == ("løftet af prøverne", ("prøveløft",))
    assert (figure.kind, figure.per) == (FigureKind.AMOUNT, Per.ONCE)
    assert (figure.amount, figure.unit) == (Decimal(1_300_000_000), Unit.KR)
    assert figure.printed_unit == "mia. kr."
    assert figure.period == Period(first=2024, last=2024)
    assert (figure.price_level, figure.receiver, figure.theme) == ("24-pl", "regionerne", "1")
    assert figure.argument == "Læst af en prøve."
    assert figure.reviewed == "Prøveholdet, 2026-01-02"


def test_each_figure_stands_where_its_place_says(load: Load, made_up: Agreement) -> None:
    for figure in load().figures:
        for place in (figure.place, *figure.repeats):
            assert made_up.text[place.start : place.end] == place.printed


@pytest.mark.parametrize(
    ("figure", "amount", "high", "unit", "printed_unit", "qualifier"),
    [
        ("loeft", "1300000000", None, Unit.KR, "mia. kr.", Qualifier.OVER),
        ("byer", "800000000", None, Unit.KR, "mio. kr.", Qualifier.EXACT),
        ("oeer", "504500000", None, Unit.KR, "mio. kr.", Qualifier.EXACT),
        ("laeger", "90000000", None, Unit.KR, "mio. kr.", Qualifier.UP_TO),
        ("boern", "8000000", None, Unit.KR, "mio. kr.", Qualifier.AT_LEAST),
        ("rest", "30", None, Unit.PCT, "pct.", Qualifier.ABOUT),
        ("team", "8", "12", Unit.NUMBER, "", Qualifier.RANGE),
        ("hold", "10", None, Unit.NUMBER, "", Qualifier.EXACT),
    ],
)
def test_value_unit_and_qualifier_are_those_of_the_text(
    figures: dict[str, Figure],
    figure: str,
    amount: str,
    high: str | None,
    unit: Unit,
    printed_unit: str,
    qualifier: Qualifier,
) -> None:
    found = figures[figure]
    assert (found.amount, found.unit) == (Decimal(amount), unit)
    assert found.high == (Decimal(high) if high else None)
    assert (found.printed_unit, found.qualifier) == (printed_unit, qualifier)


@pytest.mark.parametrize(
    ("figure", "period"),
    [
        ("loeft", Period(first=2024, last=2024)),
        ("hjaelp-i-alt", Period(first=2024, last=2026)),
        ("laeger", Period(first=2024, last=None)),
        ("rest", None),
    ],
)
def test_years_become_periods(
    figures: dict[str, Figure], figure: str, period: Period | None
) -> None:
    assert figures[figure].period == period


def test_values_make_a_figure_for_each_year(figures: dict[str, Figure]) -> None:
    own = [figure for figure in figures.values() if figure.series == "hjaelp"]
    assert [(str(figure.period), figure.place.printed, figure.key) for figure in own] == [
        ("2024", "10 mio. kr.", ""),
        ("2025", "12 mio. kr.", ""),
        ("2026-", "14 mio. kr.", ""),
    ]
    assert {figure.label for figure in own} == {"midlerne til hjælp"}


def test_values_with_a_key_make_the_rows_of_a_table(figures: dict[str, Figure]) -> None:
    own = [figure for figure in figures.values() if figure.series == "trappe"]
    assert [(figure.key, figure.amount, str(figure.period)) for figure in own] == [
        ("0", Decimal(0), "2024"),
        ("1", Decimal(50), "2024"),
        ("2", Decimal(100), "2024"),
    ]


def test_equal_values_of_a_series_stand_at_their_own_places(agree: Agree, tmp_path: Path) -> None:
    agreement = agree("Aftale\n\nDer gives 5 mio. kr. i 2024 og 5 mio. kr. i 2025 til prøver.\n")
    path = tmp_path / "tal.yaml"
    path.write_text(
        "reviewed: {by: p, date: 2026-01-02}\n"
        "figures:\n"
        "- {id: a, label: a, kind: amount, values: {'2024': 5 mio. kr., '2025': 5 mio. kr.},\n"
        "   quote: 5 mio. kr. i 2024 og 5 mio. kr. i 2025}\n",
        encoding="utf-8",
    )
    first, second = Registry(path, agreement).figures
    assert agreement.text[first.place.end :].startswith(" i 2024")
    assert agreement.text[second.place.end :].startswith(" i 2025")


def test_a_repeat_may_print_the_value_rounded(figures: dict[str, Figure]) -> None:
    (repeat,) = figures["loeft"].repeats
    assert (repeat.printed, repeat.quantity.amount) == ("1.304,5 mio. kr.", Decimal(1_304_500_000))
    assert repeat.period == Period(first=2024, last=2024)
    assert figures["loeft"].rounded == (repeat,)
    assert figures["byer"].repeats == ()


def test_a_repeat_of_a_series_belongs_to_the_year_it_names(figures: dict[str, Figure]) -> None:
    own = [figure for figure in figures.values() if figure.series == "hjaelp"]
    assert [[place.printed for place in figure.repeats] for figure in own] == [
        ["10 mio. kr."],
        ["12 mio. kr."],
        [],
    ]


def test_numbers_set_aside_are_kept_with_their_reason(load: Load) -> None:
    (entry,) = load().set_aside
    assert (entry.numbers, entry.reason) == (("4,7", "3,1"), "gentagelse")


BAD = [
    ("an unknown field", "  per: once\n", "  pr: once\n", "figures.0.pr"),
    ("an unknown kind", "  kind: amount\n", "  kind: beløb\n", "figures.0.kind"),
    ("no label", "  label: løftet af prøverne\n", "", "figures.0.label"),
    ("value and values", '  years: "2024"\n', '  values: {"2025": 1 kr.}\n', "loeft"),
    ("neither value nor values", "  value: 1,3 mia. kr.\n", "", "loeft"),
    ("a value that is not in its quote", "value: 800 mio. kr.", "value: 700 mio. kr.", "byer"),
    ("a value a thousand times smaller", "value: 1,3 mia. kr.", "value: 1,3 mio. kr.", "loeft"),
    ("a value with another digit", "value: 1,3 mia. kr.", "value: 1,4 mia. kr.", "loeft"),
    ("a value printed another way", "value: 1,3 mia. kr.", "value: 1.300 mio. kr.", "loeft"),
    ("a part of a number", 'value: "504,5 mio. kr."', 'value: "4,5 mio. kr."', "oeer"),
    ("a number cut short", "value: 30 pct.", 'value: "3"', "rest"),
    ("a value that is no number", "value: ti,", "value: hold,", "hold"),
    ("a quote that is not there", "quote: ti hold", "quote: otte hold", "hold"),
    ("a quote that stands twice", "quote: ti hold begynder", "quote: prøver", "hold"),
    ("no quote", ", quote: ti hold begynder", "", "hold"),
    ("an id that stands twice", "id: byer", "id: oeer", "oeer"),
    ("years that are none", '"2024-2026",\n', '"næste år",\n', "hjaelp-i-alt"),
    ("a repeat with another value", "1.304,5 mio. kr.\", y", "504,5 mio. kr.\", y", "loeft"),
    ("a sum that does not add up", "sum: [byer, oeer]", "sum: [byer, skoler]", "samlet"),
    ("a rounded sum without a word on it", ', rounding: "4,7 + 3,1 = 7,8; teksten siger 7,9"', "",
     "adm"),
    ("a half that is none", "half: skoler, of: byer", "half: skoler, of: samlet", "skoler"),
    ("a series that does not add up", 'years: "2024-2026", is', 'years: "2024-2027", is',
     "hjaelp-i-alt"),
    ("an unknown id in a sum", "sum: [byer, oeer]", "sum: [byer, skove]", "skove"),
    ("an unknown whole", "is: samlet", "is: helhed", "helhed"),
    ("an unknown series", "series_sum: [hjaelp]", "series_sum: [støtte]", "støtte"),
    ("a relation to the series, not its figure", "is: samlet", "is: hjaelp", "hjaelp"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "figure"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_bad_input_names_file_and_figure(
    load: Load, tmp_path: Path, old: str, new: str, figure: str
) -> None:
    with pytest.raises(FigureError) as caught:
        load(old, new)
    assert (caught.value.path, caught.value.figure) == (tmp_path / "tal.yaml", figure)
    said = texts.describe_error(caught.value)
    assert "tal.yaml" in said
    assert figure in said


@pytest.mark.parametrize(
    "text",
    ["", "- en liste", "hej", "figures: [", "figures: []", "reviewed: {by: p}\nfigures: []"],
    ids=["empty", "a list", "a word", "no YAML", "not reviewed", "no date"],
)
def test_a_file_that_is_no_registry(load: Load, tmp_path: Path, text: str) -> None:
    with pytest.raises(FigureError) as caught:
        load(text=text)
    assert caught.value.path == tmp_path / "tal.yaml"
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path, made_up: Agreement) -> None:
    with pytest.raises(FigureError) as caught:
        Registry(tmp_path / "væk.yaml", made_up)
    assert caught.value.path == tmp_path / "væk.yaml"


def test_a_file_that_is_not_utf8(tmp_path: Path, made_up: Agreement) -> None:
    path = tmp_path / "tal.yaml"
    path.write_bytes(REGISTRY.encode("latin-1"))
    with pytest.raises(FigureError):
        Registry(path, made_up)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("godt 1,3 mia. kr.", "godt 1,3 mio. kr."),  # a thousand times smaller
        ("godt 1,3 mia. kr.", "godt 1,35 mia. kr."),
        ("godt 1,3 mia. kr.", "godt 11,3 mia. kr."),
    ],
)
def test_a_text_that_says_another_number(agree: Agree, tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "tal.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    with pytest.raises(FigureError) as caught:
        Registry(path, agree(TEXT.replace(old, new)))
    assert caught.value.figure == "loeft"


@pytest.mark.parametrize(
    ("before", "after", "qualifier"),
    [
        ("løftes med ", " i 2024", Qualifier.EXACT),
        ("løftes med godt ", "", Qualifier.OVER),
        ("løftes med over ", " til læger", Qualifier.OVER),
        ("mere end ", "", Qualifier.OVER),
        ("lidt over ", "", Qualifier.OVER),
        ("fordelt over ", " år", Qualifier.EXACT),  # a duration, not more than
        ("fordelt over ", " måneder", Qualifier.EXACT),
        ("mere end ", " dage", Qualifier.OVER),
        ("ca. ", "", Qualifier.ABOUT),
        ("Cirka ", "", Qualifier.ABOUT),
        ("omtrent ", "", Qualifier.ABOUT),
        ("omkring ", "", Qualifier.ABOUT),
        ("knap ", "", Qualifier.ABOUT),
        ("op til ", "", Qualifier.UP_TO),
        ("op til et ", "", Qualifier.UP_TO),
        ("højst ", "", Qualifier.UP_TO),
        ("maksimalt ", "", Qualifier.UP_TO),
        ("mindst ", "", Qualifier.AT_LEAST),
        ("som minimum ", "", Qualifier.AT_LEAST),
        ("mindst én læge og ", "", Qualifier.EXACT),  # belongs to the number before
        ("det var så godt, at ", "", Qualifier.EXACT),
        ("", "", Qualifier.EXACT),
    ],
)
def test_read_qualifier(before: str, after: str, qualifier: Qualifier) -> None:
    assert read_qualifier(before, after) is qualifier


def test_the_reviewed_figures_are_marked_and_stand_in_the_text(corpus: Corpus) -> None:
    texts_by_id = {agreement.id: agreement.text for agreement in corpus.agreements}
    assert {figure.agreement_id for figure in corpus.figures} == set(texts_by_id)
    for figure in corpus.figures:
        assert figure.reviewed, figure.id
        for place in (figure.place, *figure.repeats):
            text = texts_by_id[figure.agreement_id]
            assert text[place.start : place.end] == place.printed, figure.id
