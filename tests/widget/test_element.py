"""The element's file: small, without markup from texts, and every text it shows is served."""

import gzip
import re

import pytest
from starlette.testclient import TestClient

from corpus.settings import PROJECT

SOURCE = (PROJECT / "widget" / "aftale-assistent.js").read_text(encoding="utf-8")
LIMIT = 30_000


def test_it_is_small() -> None:
    assert len(gzip.compress(SOURCE.encode(), 9)) < LIMIT


@pytest.mark.parametrize(
    "word",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
     "cookie =", "localStorage", "sessionStorage", "indexedDB", "import(", "style="],
)  # fmt: skip
def test_it_makes_no_markup_of_texts_and_keeps_nothing(word: str) -> None:
    assert word not in SOURCE


def test_every_text_it_shows_is_served(api: TestClient) -> None:
    used = set(re.findall(r"\b(?:t|this\.#texts)\.([a-z_]+)", SOURCE))
    assert len(used) > 30
    assert used <= api.get("/api/v1/texts").json().keys()


def test_the_demo_page_runs_nothing_of_its_own(api: TestClient) -> None:
    page = api.get("/demo").text
    assert "<script>" not in page
    assert not re.search(r"\son\w+=", page)
    assert "style=" not in page
    assert api.get("/demo/demo.css").status_code == 200
