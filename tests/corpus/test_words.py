import unicodedata

import pytest

from corpus.words import (
    char_grams,
    content_stems,
    ends_with_abbreviation,
    fold_letters,
    split_sentences,
    stem,
    tokenize,
)

SENTENCES = [  # | stands where one sentence ends and the next begins
    "Der frigøres 276 mio. kr. (21-pl) årligt frem mod 2025.|Halvdelen fastholdes i regionen.",
    "Aftalen af 26. marts 2020 gælder.|Den 1. september træder modellen i kraft.",
    "Det dækker bl.a. over udgifter.|Det gælder bl.a. Danske Regioner.",
    "Partierne indgik aftale d. 20. maj 2022.|Den er offentlig.",
    "Det følger af lov om regionernes finansiering § 6, stk. 2.",
    "Det følger af § 6, stk. 2.|Regionerne kan mere efter grundforløb 2.|Parterne er enige.",
    "1. Reduktion i antal sygehusforløb pr. borger.",
    "Det udgør 3,5 mia. kr.|Heraf gives 1 mia. kr. i 2021.",
    "Der afsættes 2,4 mio.kr. i 2022 samt 1,4 mio. kr. i 2023.",
    "Det er 5 pct. i 2026, 10 pct. i 2030 og med 15 pct. i 2035.",
    "Grundbidraget er 113 kr. pr. indbygger, svarende til 660,5 mio. kr.|Det reguleres.",
    "Der er behov ift. Boks 2 og jf. PLO’s vision.",
    "Medicin mv. for yderligere 0,9 mia. kr.|Regionerne afsøger muligheden.",
    "Det står på sundhed.dk i dag.|Sundhed.dk har mange brugere.",
    "Bedre indkøb:|Task forcen anbefaler fx SOSU-uddannelserne.",
    "Planen sætter tre mål: bedre kvalitet, mere nærhed og ro.",
    "Hvad nu?|Det ved vi!|Godt.",
    "Der er et ”samlet overblik.”|Det bruges.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_split_sentences(marked: str) -> None:
    text = marked.replace("|", " ")
    assert [text[a:b] for a, b in split_sentences(text)] == marked.split("|")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_sentence_in_blanks(text: str) -> None:
    assert split_sentences(text) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nærhedsfinansiering på Ærø", "naerhedsfinansiering paa aeroe"),
        ("naerhedsfinansiering paa Aeroe", "naerhedsfinansiering paa aeroe"),
        (unicodedata.normalize("NFD", "Århus"), "aarhus"),
        ("Idé", "ide"),
    ],
)
def test_fold_letters(text: str, folded: str) -> None:
    assert fold_letters(text) == folded


def test_tokenize_keeps_numbers_and_inner_points_whole() -> None:
    text = "Der afsættes 1.554,4 mio. kr., bl.a. til E-handel: ½."
    words = ["der", "afsættes", "1.554,4", "mio", "kr", "bl.a", "til", "e", "handel", "½"]
    assert tokenize(text) == words
    assert tokenize(unicodedata.normalize("NFD", text)) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("sygehus", "sygehuset", "sygehusene", "Sygehuse"),
        ("region", "regioner", "regionernes"),
        ("kommune", "kommuner", "kommunernes"),
        ("sygeplejerske", "sygeplejersker"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_other_words_have_other_stems() -> None:
    assert len({stem(word) for word in ("sygehus", "nærhospital", "region", "kommune")}) == 4


def test_content_stems_drop_what_carries_no_meaning() -> None:
    assert content_stems("Hvad er der i sygehusene og sygehuset i 2021?") == [
        stem("sygehus"),
        stem("sygehus"),
        "2021",
    ]


def test_char_grams_let_the_parts_of_a_compound_meet() -> None:
    assert char_grams("loft") == ["^lof", "loft", "oft$"]
    assert set(char_grams("anlaegsloft")) & set(char_grams("loft")) == {"loft", "oft$"}
    assert char_grams("aa") == ["^aa$"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [("Klyngerne skal bl.a.", True), ("gælder fx", True), ("i alt 3 mia. kr.", False), ("", False)],
)
def test_ends_with_abbreviation(text: str, ends: bool) -> None:
    assert ends_with_abbreviation(text) is ends
