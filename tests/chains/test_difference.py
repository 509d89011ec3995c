"""What is new, dropped, changed and continued between two agreements, on made ones."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from chains.difference import find_difference
from chains.export import write_csv, write_xlsx
from corpus import difference_texts as texts
from corpus.agreed import Per, to_series
from corpus.difference import Change, Difference, Row
from corpus.errors import StorageError, UnknownAgreement
from corpus.models import Unit
from corpus.settings import PROJECT, Settings
from eval.made.maker import Made, Original
from eval.made.write import make_many, write_corpus
from ingest.build import process
from ingest.index import Corpus

NEW, OLD = "oekonomiaftale-regioner-2022", "oekonomiaftale-regioner-2021"


@pytest.fixture(scope="module")
def made() -> tuple[Original, Made]:
    return next(iter(make_many(PROJECT / "corpus", 1, 3)))


@pytest.fixture(scope="module")
def both(made: tuple[Original, Made], tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("made")
    write_corpus(PROJECT / "corpus", folder / "corpus", [made[1]])
    return process(Settings(corpus_dir=folder / "corpus", var_dir=folder, _env_file=None))


@pytest.fixture(scope="module")
def found(both: Corpus) -> Difference:
    return find_difference(both, NEW, OLD)


def named(rows: tuple[Row, ...], label: str) -> Row:
    return next(r for r in rows if any(s and s.label == label for s in (r.old, r.new)))


def test_what_the_maker_did_is_told(
    found: Difference, made: tuple[Original, Made], both: Corpus
) -> None:
    truth = made[1].truth
    labels = {(s.agreement_id, s.id): s.label for s in both.series}
    single = {(s.agreement_id, s.id) for s in both.series if len(s.figures) == 1}
    told = {(r.new or r.old).label: r.change for r in found.figures if r.new or r.old}  # type: ignore[union-attr]
    for old, new in truth.figures.items():
        if (OLD, old) in single:
            wanted = Change.CHANGED if old in truth.changed else Change.CONTINUED
            assert told[labels[NEW, new]] is wanted, old
    for new in truth.added_figures:
        assert told[labels[NEW, new]] is Change.NEW
    new_sections = {r.new.label for r in found.sections if r.change is Change.NEW and r.new}
    assert set(truth.added_sections) == new_sections


def test_every_quote_stands_in_its_agreement(found: Difference, both: Corpus) -> None:
    texts_ = {a.id: a.text for a in both.agreements}
    count = 0
    for rows in found.tables.values():
        for row in rows:
            for side, id_ in ((row.old, OLD), (row.new, NEW)):
                for citation in side.citations if side else ():
                    count += 1
                    assert citation.agreement_id == id_
                    assert texts_[id_][citation.start : citation.end] == citation.quote
    assert count > 500
    assert all(side.citations for row in (*found.figures, *found.commitments)
               for side in (row.old, row.new) if side)  # fmt: skip


def test_other_price_levels_are_told_and_never_subtracted(found: Difference) -> None:
    row = named(found.figures, "den årlige effektiviseringsgevinst ved de nye "
                               "kvalitetsfondssygehuse")  # fmt: skip
    assert row.old and row.new
    assert (row.old.price_level, row.new.price_level) == ("21-pl", "22-pl")
    assert row.difference == ""
    assert any("21-pl mod 22-pl" in remark for remark in row.remarks)


@pytest.mark.parametrize(
    ("field", "value", "remark"),
    [
        ("unit", "pct", texts.OTHER_UNIT),
        ("per", "total", texts.OTHER_RUN),
    ],
)
def test_other_units_and_runs_are_told_and_never_subtracted(
    both: Corpus, field: str, value: str, remark: str
) -> None:
    figures = []
    for figure in both.figures:
        if figure.agreement_id == NEW and figure.series == "teknologibidrag":
            if field == "unit":
                quantity = figure.quantity.model_copy(update={"unit": Unit(value)})
                figure = figure.model_copy(update={"quantity": quantity})
            else:
                figure = figure.model_copy(update={field: Per(value)})
        figures.append(figure)
    fields = {name: getattr(both, name) for name in Corpus.model_fields}
    told = find_difference(Corpus(**{**fields, "figures": tuple(figures)}), NEW, OLD)
    label = next(s.label for s in to_series(figures)
                 if s.agreement_id == NEW and s.id == "teknologibidrag")  # fmt: skip
    rows = [r for r in told.figures if r.new and r.new.label == label]
    for row in rows:
        assert row.difference == ""
        assert row.old is None or remark in row.remarks


def test_years_stand_beside_and_the_same_year_is_compared(found: Difference) -> None:
    series = "de øgede driftsudgifter til overvågning af infektioner og smitsomme sygdomme"
    rows = [r for r in found.figures if r.old and r.old.label == series]
    periods = [(r.old.period, r.new.period) for r in rows if r.old and r.new]
    assert ("2021", "2021") in periods and ("2022", "2022") in periods
    alone = next(r for r in rows if r.old and r.old.period == "2020")
    assert alone.change is Change.DROPPED and alone.remarks == (texts.YEAR_NOT_STATED,)


@pytest.mark.parametrize("pair", [(OLD, OLD), (NEW, "findes-ikke"), ("findes-ikke", OLD)])
def test_two_agreements_of_the_collection_are_needed(both: Corpus, pair: tuple[str, str]) -> None:
    with pytest.raises(UnknownAgreement):
        find_difference(both, *pair)


def test_exports_hold_every_row_and_no_formula(found: Difference, tmp_path: Path) -> None:
    row = found.figures[0]
    assert row.new
    evil = [row.model_copy(update={"series": f"{sign}1+1", "difference": "+24 mio. kr."})
            for sign in "=+-@\t"]  # fmt: skip
    shown = found.model_copy(update={"figures": (*evil, *found.figures)})
    write_csv(shown, tmp_path / "a.csv")
    write_xlsx(shown, tmp_path / "a.xlsx")
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    total = sum(len(rows) for rows in shown.tables.values())
    assert len(lines) >= total + 1
    assert not any(cell.lstrip('"').startswith(tuple("=+-@")) for cell in lines[1].split(";"))
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == list(texts.TABLES.values())
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert book["Tal"].cell(2, 3).value == "=1+1"  # text, as it stands
    assert sum(sheet.max_row - 1 for sheet in book) == total
    assert not list(tmp_path.glob(".*"))  # nothing half written


def test_a_folder_that_cannot_be_written(found: Difference, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_csv(found, tmp_path / "not" / "there.csv")
