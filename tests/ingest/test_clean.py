from dataclasses import replace

import pytest

from corpus.models import Agreement
from corpus.settings import Settings
from ingest.clean import clean
from ingest.read import Source, read_corpus

SOURCES = read_corpus(Settings(_env_file=None).agreements_dir)


@pytest.fixture(params=SOURCES, ids=lambda source: source.head.id)
def source(request: pytest.FixtureRequest) -> Source:
    assert isinstance(request.param, Source)
    return request.param


def to_source(agreement: Agreement) -> dict[int, int]:
    """Offset in the clean text -> offset in the file."""
    return {run.start + i: run.source + i for run in agreement.origin for i in range(run.length)}


def made_up(source: Source, *lines: str) -> str:
    """Clean text of these printed lines, under the head of a real agreement."""
    return clean(replace(source, raw="\n".join(lines))).text


def test_two_runs_are_equal(source: Source) -> None:
    assert clean(source) == clean(source)


def test_nothing_of_the_file_is_lost(source: Source) -> None:
    agreement, raw = clean(source), source.raw
    mapped = list(to_source(agreement).values())
    assert len(mapped) == len(set(mapped))
    there = set(mapped)
    for start, text in agreement.dropped:
        assert raw[start : start + len(text)] == text
        there |= set(range(start, start + len(text)))
    lost = [i for i, letter in enumerate(raw) if not letter.isspace() and i not in there]
    divided = [i for i in lost if raw[i] == "-" and raw[i + 1 :].lstrip()[0].islower()]
    assert lost == divided


def test_nothing_is_added_but_blanks_and_bullets(source: Source) -> None:
    agreement = clean(source)
    known = to_source(agreement)
    ours = {letter for i, letter in enumerate(agreement.text) if i not in known}
    assert ours <= {" ", "\n", "•"}  # the reform's bullets lost their marks


def test_every_character_is_that_of_the_file(source: Source) -> None:
    agreement = clean(source)
    changed = {
        (source.raw[there], agreement.text[here])
        for here, there in to_source(agreement).items()
        if source.raw[there] != agreement.text[here]
    }
    assert changed <= {("\uf0b7", "•"), ("o", "◦"), ("-", "•")}


def test_blocks_and_gaps_make_up_the_text(source: Source) -> None:
    agreement = clean(source)
    place = 0
    for block in agreement.blocks:
        assert agreement.text[place : block.start].strip("\n") == ""
        assert agreement.text[block.start : block.end].strip() != ""
        place = block.end
    assert place == len(agreement.text)


def test_what_is_dropped_by_hand(economy: Agreement, reform: Agreement) -> None:
    dropped = [text for _, text in economy.dropped]
    assert dropped == ["Regeringen", "Danske Regioner", ".", "L", "l"]
    assert [text for _, text in reform.dropped] == ["12"]


@pytest.mark.parametrize(
    "text",
    [
        "følge af udviklingen af smitten med",  # udvik- / lingen
        "overblik over samtlige COVID-19 relaterede mer- og mindreudgifter",  # COVID- / 19, a page
        "Sundheds- og Ældreministeriet",
        "tilbud på sundheds- og ældreområdet",
        "Flere hænder på sundheds-, ældre- og socialområdet",
        "herunder bl.a. KL og Danske Regioners tidlige input",  # Dan- / ske, across a page
        "COVID-19-epidemien har fokus",
        "sprog-, kultur- og læringsstøtte",
        "Kvalitetsfondsbyggerier - Viden og evaluering",
        "reduktion af CO2-udledning",
        "hvori midlerne i overvejende grad",  # a paragraph that runs on over a page
    ],
)
def test_hyphens_of_a_text_with_divided_words(economy: Agreement, text: str) -> None:
    assert text in economy.text


@pytest.mark.parametrize(
    "text",
    [
        "nye kvalitetskrav og -anbefalinger til de kommunale",  # og - / anbefalinger
        "en 10-årig solnedgangsklausul",  # 10- / årig
        "dække engangs- eller opstartsudgifter omkring",  # engangs- / eller
        "medicineres karrierevalg og –veje",
        "bedre sundheds- og ældredata",
        "til 5-10 ekstra akutberedskaber",
    ],
)
def test_hyphens_of_a_text_without_divided_words(reform: Agreement, text: str) -> None:
    assert text in reform.text


def test_no_divided_word_is_left(economy: Agreement) -> None:
    assert "- \n" not in economy.text
    assert "-\n" not in economy.text


def test_the_sentence_that_a_box_interrupts_is_whole_and_behind_it(reform: Agreement) -> None:
    whole = (
        "med henblik på fx at dække særlige etableringsudgifter, hvor regionen yder særlig "
        "økonomisk støtte til at dække engangs- eller opstartsudgifter"
    )
    last_of_box = "relation til partnerskabet om bedre lægedækning.\n\nBedre muligheder for"
    assert reform.text.index("Boks 2.1\n") < reform.text.index(last_of_box)
    assert reform.text.index(last_of_box) < reform.text.index(whole)
    assert reform.text.index(whole) < reform.text.index("Boks 2.2\n")


def test_list_marks_are_one_for_all(economy: Agreement, reform: Agreement) -> None:
    assert "• Det statslige betingede tilskud (Nærhedsfinansiering) udgør" in economy.text
    assert "• Apotekernes rolle i det nære sundhedsvæsen" in reform.text
    assert "◦ 10 nye licensklinikker. Der udmøntes 3 mio. kr." in reform.text
    assert "\uf0b7" not in economy.text


def test_a_table_keeps_its_rows(economy: Agreement) -> None:
    assert "regionerne)\n0 0 pct.\n1 33 pct.\n2 67 pct.\n3+ 100 pct.\n\nParterne" in economy.text


def test_typos_of_the_source_stay(reform: Agreement) -> None:
    for typo in ("Initaitiver", "licensklinkker", "parterneskabet"):
        assert typo in reform.text


def test_odd_blanks_become_one(source: Source) -> None:
    assert made_up(source, "Der afsættes\u00a0400\tmio.  kr.  ") == "Der afsættes 400 mio. kr."


def test_one_divided_word_among_many_lines_is_a_real_hyphen(source: Source) -> None:
    plain = ["Parterne er enige om at mødes hvert år og gøre status over målene i den aftale"] * 60
    assert "COVID-smitte" in made_up(source, *plain, "de har indgået om COVID-", "smitte i år.")


def test_many_divided_words_are_mended(source: Source) -> None:
    lines = (
        "Parterne er enige om at styrke regi-",
        "onernes arbejde på sundheds-",
        "og ældreområdet med at bekæmpe COVID-",
        "19.",
    )
    assert made_up(source, *lines) == (
        "Parterne er enige om at styrke regionernes arbejde på sundheds- og ældreområdet med at "
        "bekæmpe COVID-19."
    )
