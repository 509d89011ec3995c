import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.models import Agreement, Years
from corpus.settings import Settings
from ingest.clean import clean
from ingest.head_fields import find_fields, is_id, make_id, read_date, read_years, split_names
from ingest.read import read_corpus

TEXT = "Parterne er enige om at afsætte 10 mio. kr. til formålet.\n"


def fields_of(agree: Callable[[str], Agreement], text: str):
    source = read_corpus(Settings(_env_file=None).agreements_dir)[0]
    return find_fields(replace(source, raw=text), agree(text))


def test_the_reform_says_all_of_itself() -> None:
    source = read_corpus(Settings(_env_file=None).agreements_dir)[1]
    found = find_fields(source, clean(source))
    assert found.title == source.head.title
    assert found.date == source.head.date
    assert found.parties == source.head.parties
    assert found.years == source.head.years


def test_the_economy_agreement_does_not_say_its_date_or_title() -> None:
    source = read_corpus(Settings(_env_file=None).agreements_dir)[0]
    found = find_fields(source, clean(source))
    assert (found.title, found.date) == (None, None)


def test_years_in_a_title(agree: Callable[[str], Agreement]) -> None:
    found = fields_of(agree, f"Aftale om kommunernes økonomi for 2027\n\n5. juni 2026\n\n{TEXT}")
    assert found.title == "Aftale om kommunernes økonomi for 2027"
    assert found.years == Years(first=2027, last=2027)
    assert found.date == dt.date(2026, 6, 5)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("13. juni 2022", dt.date(2022, 6, 13)),
        ("D. 5. Maj 2026", dt.date(2026, 5, 5)),
        ("2026-06-05", dt.date(2026, 6, 5)),
        ("31. februar 2026", None),
        ("2026-13-05", None),
        ("i går", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "years"),
    [("2027", (2027, 2027)), ("2027-2030", (2027, 2030)), ("2027 – 2030", (2027, 2030)),
     ("2030-2027", None), ("snart", None)],
)  # fmt: skip
def test_periods(text: str, years: tuple[int, int] | None) -> None:
    found = read_years(text)
    assert (None if found is None else (found.first, found.last)) == years


def test_names() -> None:
    assert split_names("regeringen, Danske Regioner og KL") == (
        "Regeringen", "Danske Regioner", "KL",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Aftale om regionernes økonomi for 2027", "aftale-regionernes-oekonomi-2027"),
        ("Aftale om æ, ø og å", "aftale-ae-oe-aa-2026"),
        ("???", "aftale-2026"),
        ("../../etc/passwd", "etc-passwd-2026"),
        ("CON", "aftale-con-2026"),
        ("å" * 300, f"{'aa' * 27}"),
    ],
)
def test_ids_are_made_of_titles(title: str, expected: str) -> None:
    made = make_id(title, 2026, set())
    assert is_id(made)
    assert made == expected
    assert make_id(title, 2026, {made}) == f"{made}-2"


@pytest.mark.parametrize(
    "text", ["", "a", "../x", "A-2027", "aftale 2027", "con", "nul-2027", "-x-", "x" * 61, "æble"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)
