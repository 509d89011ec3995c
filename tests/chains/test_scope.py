"""Which of several agreements of a kind is searched."""

import datetime as dt
from typing import Any

import pytest

from chains.scope import choose_scope, kinds
from chains.understand import understand
from corpus.models import Head, Years

PARTIES = ("Regeringen", "Danske Regioner")


def head(id_: str, title: str, date: str, years: tuple[int, int], **more: Any) -> Head:
    return Head(
        id=id_, title=title, short_title=more.pop("short", title), parties=PARTIES, editor=(),
        date=dt.date.fromisoformat(date), years=Years(first=years[0], last=years[1]),
        status=more.pop("status", "current"), source_url=None, sha256="", **more,
    )  # fmt: skip


def economy(year: int, **more: Any) -> Head:
    title = f"Aftale om regionernes økonomi for {year}"
    return head(f"oek-{year}", title, f"{year - 1}-06-01", (year, year),
                short=f"Økonomiaftalen for {year}", **more)  # fmt: skip


REFORM = "Aftale om udmøntning af en sundhedsreform"
HEADS = [
    economy(2021), economy(2022), economy(2023),
    head("reform-2022", REFORM, "2022-06-13", (2022, 2029), short="Sundhedsreformen 2022"),
    head("reform-2024", REFORM, "2024-06-13", (2024, 2031), short="Sundhedsreformen 2024"),
    head("bus", "Aftale om skolebusser", "2020-01-01", (2020, 2020)),
]  # fmt: skip


def ids(question: str, heads: list[Head] = HEADS, asked: tuple[str, ...] | None = None) -> set[str]:
    return set(choose_scope(understand(question), kinds(heads), asked).ids)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hvor stort er teknologibidraget?", {"oek-2023", "reform-2024", "bus"}),
        ("Hvor stort er teknologibidraget i 2022?", {"oek-2022", "reform-2022", "bus"}),
        ("Hvor stort var bloktilskuddet i 2021?", {"oek-2021", "reform-2024", "bus"}),
        ("Økonomiaftalen for 2021: hvor stort er teknologibidraget?", {"oek-2021"}),
        ("Økonomiaftalen for 2021: hvad koster det hvert år fra 2021?", {"oek-2021"}),
        ("Hvad siger aftalen fra 2022 om nærhospitaler?", {"oek-2023", "reform-2022"}),
        ("Hvad sagde sundhedsreformen 2022 om licensklinikker?", {"reform-2022"}),
        ("Forskellen på økonomiaftalen for 2021 og økonomiaftalen for 2023 om teknologibidrag?",
         {"oek-2021", "oek-2023"}),
        ("Hvor stort var teknologibidraget i 2021 og 2022?",
         {"oek-2021", "oek-2022", "reform-2022", "bus"}),
        ("Hvad var administrationen i 1999?", {"oek-2023", "reform-2024", "bus"}),
    ],
)  # fmt: skip
def test_the_named_one_the_year_or_the_newest(question: str, wanted: set[str]) -> None:
    assert ids(question) == wanted


def test_one_of_each_kind_leaves_the_collection_whole() -> None:
    scope = choose_scope(understand("Hvad er aftalt?"), kinds([HEADS[0], HEADS[3]]), None)
    assert scope.whole and scope.chosen is None and not scope.by_default


def test_the_newest_is_told_to_be_taken_by_default_but_not_what_the_year_says() -> None:
    groups = kinds(HEADS)
    default = choose_scope(understand("Hvor stort er teknologibidraget?"), groups, None)
    assert default.by_default == {"oek-2023", "reform-2024"}
    of_year = choose_scope(understand("Hvor stort er bidraget i 2022?"), groups, None)
    assert "oek-2022" not in of_year.by_default


def test_the_askers_own_choice_goes_first() -> None:
    assert "oek-2021" in ids("Hvor stort er teknologibidraget?", asked=("oek-2021",))
    scope = choose_scope(understand("Hvad?"), kinds(HEADS), ("oek-2021", "reform-2022"))
    assert scope.chosen == ("oek-2021", "reform-2022")


def test_superseded_ones_give_way_and_withdrawn_ones_are_not_searched() -> None:
    heads = [economy(2022), economy(2023, status="superseded"), economy(2024, status="withdrawn")]
    assert ids("Hvor stort er teknologibidraget?", heads) == {"oek-2022"}
    assert ids("Økonomiaftalen for 2023: hvor stort er bidraget?", heads) == {"oek-2023"}
    assert ids("Økonomiaftalen for 2024: hvor stort er bidraget?", heads) == {"oek-2022"}
    assert ids("Hvad?", [economy(2024, status="withdrawn")]) == set()


def test_what_replaces_another_is_of_its_kind_whatever_it_is_called() -> None:
    later = head("ny", "Forlig om noget helt andet", "2025-01-01", (2025, 2030),
                 replaces=("reform-2022",))  # fmt: skip
    (group,) = [g for g in kinds([*HEADS, later]) if later in g]
    assert [h.id for h in group] == ["ny", "reform-2024", "reform-2022"]
