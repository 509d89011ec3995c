"""Agreements that a question names: they are where to look, and are not looked for."""

import datetime as dt

import pytest

from chains.titles import find_names, leave_out_titles, named_whole
from chains.understand import understand
from corpus.models import Head, Years


def head(id_: str, title: str, short: str, date: str, years: tuple[int, int]) -> Head:
    return Head(
        id=id_, title=title, short_title=short, parties=("Regeringen",), editor=(),
        date=dt.date.fromisoformat(date), years=Years(first=years[0], last=years[1]),
        status="current", source_url=None, sha256="",
    )  # fmt: skip


HEADS = [
    head("vej-2031", "Aftale om kommunernes vejøkonomi for 2031", "Vejøkonomiaftalen for 2031",
         "2030-06-01", (2031, 2031)),
    head("vej-2032", "Aftale om kommunernes vejøkonomi for 2032", "Vejøkonomiaftalen for 2032",
         "2031-06-01", (2032, 2032)),
    head("havn", "Aftale mellem regeringen, KL og havnene om en stor havnereform",
         "Havnereformaftalen 2030", "2030-03-01", (2030, 2035)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Vejøkonomiaftalen for 2031: hvor mange broer er der?", "hvor mange broer er der?"),
        ("Hvor mange broer er der i Aftale om kommunernes vejøkonomi for 2031?",
         "Hvor mange broer er der?"),
        ("Hvor mange broer er der ifølge aftalen om kommunernes vejøkonomi for 2031?",
         "Hvor mange broer er der?"),
        ("hvor mange kajer giver aftale mellem regeringen KL og havnene om en stor havnereform",
         "hvor mange kajer giver"),
        ("Hvad siger vejøkonomiaftalen om broer?", "Hvad siger om broer?"),
        ("Hvad koster kajerne i aftalen fra 2030?", "Hvad koster kajerne?"),
        ("Hvad koster kajerne i 2030-aftalen?", "Hvad koster kajerne?"),
        ("Havnereformen - hvor mange kajer?", "hvor mange kajer?"),
    ],
)  # fmt: skip
def test_what_is_asked_beside_a_name(question: str, left: str) -> None:
    reading = leave_out_titles(understand(question), HEADS)
    assert reading.standalone == left
    assert reading.titled == understand(question).standalone


@pytest.mark.parametrize(
    "question",
    [
        "Hvad blev aftalt om broer i vejøkonomiaftalen for 2019?",
        "Hvad koster havnereformen i alt?",
        "hvor mange penge er der i havnereformen til kajer?",
        "hvem vandt forhandlingerne om vejøkonomiaftalen",
        "Hvordan er aftalen finansieret?",
        "Hvad er vejøkonomiaftalen for 2031?",
        "Hvor mange broer er der?",
    ],
)
def test_what_names_none_of_ours_or_is_itself_asked_for_stays(question: str) -> None:
    assert leave_out_titles(understand(question), HEADS) == understand(question)


def test_a_follow_up_keeps_what_it_took_over_in_front() -> None:
    reading = understand("Hvor mange broer er der i Vejøkonomiaftalen for 2031?")
    plain = leave_out_titles(reading, HEADS)
    assert plain.standalone.startswith(plain.earlier)
    assert find_names(plain.standalone, HEADS) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("vejøkonomiaftalen for 2032", ["vej-2032"]),
        ("Vejøkonomiaftalen", []),
        ("aftale om kommunernes vejøkonomi for 2031 og vejøkonomiaftalen for 2032",
         ["vej-2031", "vej-2032"]),
        ("vejøkonomiaftalen for 2019", []),
    ],
)  # fmt: skip
def test_a_title_with_its_year_is_one_agreement(text: str, ids: list[str]) -> None:
    assert [one.id for one in named_whole(text, HEADS)] == ids


def test_a_title_of_signs_alone_is_met_nowhere() -> None:
    odd = head("x", "?! 2031", "...", "2030-01-01", (2031, 2031))
    assert find_names("hvad koster broerne i 2031 ...?", [odd]) == []
