"""Registers to look up, to reckon with and to take along, on the real agreements."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chains.calculators.arithmetic import Operation
from chains.export import Sheet, to_csv, to_xlsx
from chains.library import Library
from chains.standing import Standing
from corpus.errors import CalculationError, NotWorkedOut, UnknownAgreement, UnknownEntry
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM

TECHNOLOGY = f"{ECONOMY}/teknologibidrag"
HEALTH_RATE = f"{ECONOMY}/pl-sundhed"


@pytest.fixture(scope="module")
def library(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Library:
    kept: Path = tmp_path_factory.mktemp("texts")
    return Library(corpus, Standing(corpus), "v1", kept, "https://laes.example")


def test_every_figure_says_its_words_theme_and_number(library: Library) -> None:
    assert len(library.figures) == len({f.entry_key for f in library.figures})
    for entry in library.figures:
        text = library.agreement(entry.agreement_id).text
        start, end = library.sentence(entry.agreement_id, entry.start)
        assert entry.printed in text[start:end].replace("\n", " ") or entry.printed in text
        assert start <= entry.start < end
        assert entry.theme
    frame = next(f for f in library.figures if f.printed == "120.718,0 mio. kr.")
    assert (frame.number, frame.unit) == ("120.718", "mio. kr.")
    assert library.figure(TECHNOLOGY).theme == "Behandlingsomstilling og god opgaveløsning"


def test_what_is_not_there_is_named(library: Library) -> None:
    with pytest.raises(UnknownEntry):
        library.figure("findes-ikke")
    with pytest.raises(UnknownEntry):
        library.commitment(f"{ECONOMY}/findes-ikke")
    with pytest.raises(UnknownEntry):
        library.chart([f"{ECONOMY}/findes-ikke"])
    with pytest.raises(UnknownAgreement):
        library.follow("findes-ikke", "", "1", "2")


def test_relations_lead_both_ways(library: Library) -> None:
    part = f"{ECONOMY}/kvalitetsfond-gevinster-rest"
    whole = f"{ECONOMY}/kvalitetsfond-gevinster"
    related = {
        key: [(how, other.entry_key) for how, other in library.relations(library.figure(key))]
        for key in (part, whole)
    }
    assert ("part_of", whole) in related[part]
    assert ("whole_of", part) in related[whole]


def test_a_sum_shows_its_steps_and_quotes(library: Library) -> None:
    keys = [f"{REFORM}/omstilling-kommuner-{year}" for year in (2022, 2023, 2024)]
    worked = library.work_out(Operation.SUM, keys)
    assert worked.calculation.result.display == "444,5 mio. kr."
    assert worked.calculation.steps == (
        "35 mio. kr. + 203,9 mio. kr. + 205,6 mio. kr. = 444,5 mio. kr.",
    )
    text = library.agreement(REFORM).text
    for citation in worked.citations:
        assert text[citation.start : citation.end] == citation.quote
        assert citation.url.startswith("https://laes.example/aftaler?")


def test_units_and_price_levels_are_never_mixed_in_silence(library: Library) -> None:
    with pytest.raises(CalculationError):
        library.work_out(Operation.SUM, [TECHNOLOGY, HEALTH_RATE])
    levels: dict[str, str] = {}
    for entry in library.figures:
        if entry.price_level and entry.measure == "kr":
            levels.setdefault(entry.price_level, entry.entry_key)
    assert len(levels) == 2
    with pytest.raises(NotWorkedOut) as told:
        library.work_out(Operation.SUM, list(levels.values()))
    assert "prisniveauer (20-pl og 21-pl)" in told.value.said


def test_a_part_beside_its_whole_is_told(library: Library) -> None:
    keys = [f"{REFORM}/kommuner-2022-2029", f"{REFORM}/omstilling-kommuner-2022"]
    notes = library.work_out(Operation.SUM, keys).notes
    assert any("tæller delen med to gange" in note for note in notes)


@pytest.mark.parametrize(
    ("operation", "count"), [(Operation.SUM, 1), (Operation.SUM, 0), (Operation.DIFFERENCE, 3)]
)
def test_too_few_or_too_many_figures_are_told(
    library: Library, operation: Operation, count: int
) -> None:
    keys = [f.entry_key for f in library.figures if f.measure == "kr"][:count]
    with pytest.raises(NotWorkedOut) as told:
        library.work_out(operation, keys)
    assert told.value.said.startswith("Vælg")


def test_price_levels_are_converted_by_the_agreed_rate(library: Library) -> None:
    worked = library.convert([TECHNOLOGY], HEALTH_RATE, 2021, 2020)
    assert worked.calculation.result.value == "405.2"  # 400 x 1.013
    assert any("dit eget valg" in note for note in worked.notes)
    back = library.convert([TECHNOLOGY], HEALTH_RATE, 2020, 2021)
    assert back.calculation.result.display == "394,9 mio. kr."  # 400 / 1.013
    for to_year, from_year in ((2021, None), (2021, 2021), (2030, 2020)):
        with pytest.raises(NotWorkedOut):
            library.convert([TECHNOLOGY], HEALTH_RATE, to_year, from_year)
    with pytest.raises(CalculationError):
        library.convert([HEALTH_RATE], HEALTH_RATE, 2021, 2020)


def test_a_chart_spreads_years_names_parties_and_refuses_mixed_units(library: Library) -> None:
    keys = [f"{REFORM}/omstilling-kommuner", f"{REFORM}/omstilling-regioner"]
    chart = library.chart(keys)
    assert {bar.series for bar in chart.bars} == {"kommunerne", "regionerne"}
    ours = {bar.at: bar.value for bar in chart.bars if bar.series == "kommunerne"}
    assert ours["2027"] == ours["2028"] == 229.4
    theirs = {bar.at: bar.value for bar in chart.bars if bar.series == "regionerne"}
    assert theirs == {"2022": 15.0} | {str(year): 25.0 for year in range(2023, 2030)}  # lasting
    assert len(chart.lasting) == 2
    with pytest.raises(CalculationError):
        library.chart([keys[0], f"{REFORM}/genindlaeggelser"])


def test_sheets_carry_numbers_quotes_and_links(library: Library) -> None:
    sheets = library.figure_sheets([library.figure(TECHNOLOGY)])
    book = load_workbook(io.BytesIO(to_xlsx(sheets)))
    assert book.sheetnames == [sheet.name for sheet in sheets]
    head, row = book.worksheets[0].iter_rows(values_only=True)
    got = dict(zip(head, row, strict=True))
    assert (got["Værdi"], got["Enhed"]) == (400, "mio. kr.")
    assert str(got["Citat"]) in library.agreement(ECONOMY).text
    assert "fra=" in str(got["Link"])
    table = library.commitment_sheets(library.commitments[:3])[0]
    assert to_csv(table).decode("utf-8-sig").count("\r\n") >= 4


def test_no_cell_becomes_a_formula() -> None:
    table = Sheet("Prøve", ["Hvad"], [["=1+1"], ["@x"], [Decimal("-2.5")]])
    assert to_csv(table).decode("utf-8-sig") == "Hvad\r\n'=1+1\r\n'@x\r\n-2,5\r\n"
    sheet = load_workbook(io.BytesIO(to_xlsx([table]))).worksheets[0]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s", "n"]
