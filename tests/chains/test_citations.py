import pytest

from chains.citations import verify
from chains.compose import Draft, Part, Quote
from chains.guard import stray_numbers
from corpus.models import Agreement, PageRun, Passage
from ingest.index import Corpus


@pytest.fixture
def passage(corpus: Corpus) -> Passage:
    return next(p for p in corpus.passages if "op til 25 nærhospitaler" in p.text)


@pytest.fixture
def agreements(corpus: Corpus) -> dict[str, Agreement]:
    return {agreement.id: agreement for agreement in corpus.agreements}


def draft(agreement: Agreement, *quotes: Quote, section: str = "Boks 1.1") -> Draft:
    return Draft((Part(agreement.head, (section,), quotes),))


def quote_of(passage: Passage, text: str, shift: int = 0) -> Quote:
    start = passage.start + passage.text.index(text)
    return Quote(passage, start + shift, start + shift + len(text), item=False)


def test_a_quote_is_the_agreements_own_text(
    passage: Passage, agreements: dict[str, Agreement], reform: Agreement
) -> None:
    text = "De første midler forventes udmøntet i 2023."
    verified = verify(draft(reform, quote_of(passage, text)), agreements, "https://reader")
    citation = verified.citations[0]
    assert citation.quote == text == reform.text[citation.start : citation.end]
    assert verified.text.endswith(f"„{text}“ [1]")
    assert citation.url == (
        f"https://reader/aftaler?id={reform.id}&v={reform.version}"
        f"&fra={citation.start}&til={citation.end}"
    )
    assert verified.dropped == ()


@pytest.mark.parametrize(("runs", "page"), [((), None), (((0, 1),), 1), (((0, 1), (9, 7)), 7)])
def test_a_citation_names_the_page(
    passage: Passage, reform: Agreement, runs: tuple[tuple[int, int], ...], page: int | None
) -> None:
    pages = tuple(PageRun(start=start, page=number) for start, number in runs)
    printed = reform.model_copy(update={"pages": pages})
    quote = quote_of(passage, "De første midler forventes udmøntet i 2023.")
    verified = verify(draft(reform, quote), {reform.id: printed})
    assert verified.citations[0].page == page
    assert f'"page":{"null" if page is None else page}' in verified.citations[0].model_dump_json()


def test_a_quote_outside_its_passage_is_dropped(
    passage: Passage, agreements: dict[str, Agreement], reform: Agreement
) -> None:
    beyond = Quote(passage, passage.end - 5, passage.end + 20, item=False)
    verified = verify(draft(reform, beyond), agreements)
    assert verified.citations == ()
    assert verified.text == ""
    assert len(verified.dropped) == 1


def test_a_quote_from_another_version_of_the_text_is_dropped(
    passage: Passage, agreements: dict[str, Agreement], reform: Agreement
) -> None:
    other = passage.model_copy(update={"text": passage.text.replace("25", "30")})
    quote = quote_of(other, "op til 30 nærhospitaler")
    assert verify(draft(reform, quote), agreements).citations == ()


def test_marks_count_only_what_holds(
    passage: Passage, agreements: dict[str, Agreement], reform: Agreement
) -> None:
    bad = Quote(passage, passage.end, passage.end + 9, item=False)
    good = quote_of(passage, "De første midler forventes udmøntet i 2023.")
    verified = verify(draft(reform, bad, good), agreements)
    assert [citation.marker for citation in verified.citations] == [1]


def test_a_lead_with_a_number_of_its_own_is_not_shown(
    passage: Passage, agreements: dict[str, Agreement], reform: Agreement
) -> None:
    part = Part(
        reform.head.model_copy(update={"title": "Aftalen"}),
        ("Afsnittet",),
        (quote_of(passage, "De første midler forventes udmøntet i 2023."),),
    )
    assert verify(Draft((part,)), agreements).dropped == ()


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("Der er 25 steder [1]", []),
        ("Der er 26 steder [1]", ["26"]),
        ("Der er 2.500 steder [1]", ["2.500"]),
        ("Der er fire steder [1]", ["4"]),
        ("Der er 25 mio. kr. [1]", ["25 mio. kr."]),
        ("Der er 25 pct. [1]", ["25 pct."]),
        ("Ifølge Aftale 2021 (4. Nærhed): 25 [12]", []),
    ],
)
def test_numbers_must_stand_in_a_cited_quote(
    text: str,
    loose: list[str],
    passage: Passage,
    agreements: dict[str, Agreement],
    reform: Agreement,
) -> None:
    quote = quote_of(passage, "op til 25 nærhospitaler")
    citations = verify(draft(reform, quote), agreements).citations
    quotes = [citation.quote for citation in citations]
    assert stray_numbers(text, quotes, ["Aftale 2021", "4. Nærhed"]) == loose
