"""A PDF, DOCX or HTML edition of a known agreement says what its text says."""

import pytest

from corpus.models import Agreement
from corpus.settings import Settings
from ingest.chunk import chunk
from ingest.structure import structure
from tests.compare_editions import EDITIONS, Comparison, compare

PRECISION, RECALL = 0.95, 0.90


@pytest.fixture(scope="module", params=EDITIONS)
def compared(request: pytest.FixtureRequest) -> list[Comparison]:
    return compare(Settings(_env_file=None), request.param)


def test_sections_and_figures_are_the_same(compared: list[Comparison]) -> None:
    assert len(compared) == 2
    for one in compared:
        assert (one.missing, one.extra) == ((), ())
        assert one.precision >= PRECISION
        assert one.recall >= RECALL


def test_what_surrounds_the_text_is_left_out(compared: list[Comparison]) -> None:
    for one in compared:
        text = one.parsed.text
        assert "Side 2" not in text  # page numbers
        assert "500 aftaler" not in text  # the menu of a page
        assert "72 26 90 00" not in text
        heads = text.count(one.parsed.head.title[:80])
        assert heads <= 2  # the title, and the reform names itself once


def test_notes_stand_behind_whole_paragraphs(compared: list[Comparison]) -> None:
    for one in compared:
        for block in one.parsed.blocks:
            said = one.parsed.text[block.start : block.end]
            assert "hvortil der henvises i note" not in said or len(said) < 120


def test_each_quote_has_its_page(compared: list[Comparison]) -> None:
    for one in compared:
        pages = pages_of(one.parsed)
        if not one.edition.startswith("PDF"):
            assert pages == [None] * len(pages)
            continue
        known = [page for page in pages if page is not None]
        assert len(known) == len(pages)
        assert known[0] == 1
        assert known == sorted(known)
        assert known[-1] >= 10


def pages_of(agreement: Agreement) -> list[int | None]:
    _, sentences = chunk(agreement, structure(agreement))
    assert all(agreement.text[s.start : s.end] == s.text for s in sentences)
    body = [s for s in sentences if "hvortil der henvises" not in s.text]
    return [agreement.page_at(sentence.start) for sentence in body]
