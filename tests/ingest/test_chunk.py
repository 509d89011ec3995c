import pytest

from corpus.models import Agreement, Passage, Sentence
from ingest.chunk import MAX_WORDS
from ingest.index import Corpus


def sentences_of(corpus: Corpus, passage: Passage) -> list[Sentence]:
    return [sentence for sentence in corpus.sentences if sentence.passage_id == passage.id]


def passage_with(corpus: Corpus, quote: str) -> Passage:
    (passage,) = (p for p in corpus.passages if quote in p.text)
    return passage


def test_a_passage_never_crosses_a_section_or_box(corpus: Corpus) -> None:
    sections = {section.id: section for section in corpus.sections}
    for passage in corpus.passages:
        own = sections[passage.section_id]
        assert own.start <= passage.start < passage.end <= own.end
        assert passage.path[: len(own.path)] == own.path
        inner = [
            other
            for other in corpus.sections
            if other.agreement_id == passage.agreement_id
            and other.start < passage.end
            and other.end > passage.start
            and own.path == other.path[: len(own.path)]
            and other.id != own.id
        ]
        assert inner == []


def test_no_passage_is_long_but_by_a_single_sentence(corpus: Corpus) -> None:
    assert MAX_WORDS == 160
    long = [p for p in corpus.passages if len(p.text.split()) > 160]
    assert [p.id for p in long if len(sentences_of(corpus, p)) > 1] == []


def test_passages_and_headings_cover_the_text_exactly_once(corpus: Corpus) -> None:
    for agreement in corpus.agreements:
        spans = [(b.start, b.end) for b in agreement.blocks if b.kind.is_heading]
        spans += [(p.start, p.end) for p in corpus.passages if p.agreement_id == agreement.id]
        spans.sort()
        place = 0
        for start, end in spans:
            assert agreement.text[place:start].strip() == ""  # also false where spans overlap
            assert place <= start
            place = end
        assert place == len(agreement.text)


def test_sentences_cover_their_passage_but_for_list_marks(corpus: Corpus) -> None:
    for passage in corpus.passages:
        rest = passage.text
        for sentence in sentences_of(corpus, passage):
            before, _, rest = rest.partition(sentence.text)
            assert before.strip(" \n•◦") in {"", *(f"{n}." for n in range(1, 7))}
        assert rest == ""


def test_offsets_lead_to_the_text(corpus: Corpus) -> None:
    texts = {agreement.id: agreement.text for agreement in corpus.agreements}
    passages = {passage.id: passage for passage in corpus.passages}
    for passage in corpus.passages:
        assert passage.id == f"{passage.agreement_id}:{passage.start}-{passage.end}"
        assert texts[passage.agreement_id][passage.start : passage.end] == passage.text
    for sentence in corpus.sentences:
        passage = passages[sentence.passage_id]
        assert texts[passage.agreement_id][sentence.start : sentence.end] == sentence.text
        assert passage.start <= sentence.start < sentence.end <= passage.end
        block = next(a for a in corpus.agreements if a.id == passage.agreement_id).blocks[
            sentence.block
        ]
        assert sentence.end <= block.end


def test_all_stand_in_the_order_of_the_text(corpus: Corpus) -> None:
    order = {agreement.id: i for i, agreement in enumerate(corpus.agreements)}
    places = [(order[p.agreement_id], p.start) for p in corpus.passages]
    assert places == sorted(set(places))
    starts = [(order[s.passage_id.split(":")[0]], s.start) for s in corpus.sentences]
    assert starts == sorted(set(starts))


def test_a_table_is_one_sentence_with_its_column_names(corpus: Corpus) -> None:
    passage = passage_with(corpus, "3+ 100 pct.")
    assert [sentence.text for sentence in sentences_of(corpus, passage)] == [
        "Antal opfyldte mål Nærhedsfinansiering (andel, der forbliver i regionerne)\n"
        "0 0 pct.\n1 33 pct.\n2 67 pct.\n3+ 100 pct."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bedre indkøb. Regionerne har udarbejdet en ny fælles strategi på indkøbsområdet for "
        "perioden 2020-2025.",
        "Unge med mental mistrivsel: Fx fælles kompetenceudviklingstiltag og fælles videndeling "
        "om hinandens tilbud.",
        "God start og fastholdelse i faget: Task forcen anbefaler, at der lokalt arbejdes videre "
        "med strukturerede introforløb og seniorpolitikker, og at karriere- og "
        "videreuddannelsesmuligheder synliggøres.",
        "10 nye licensklinikker. Der udmøntes 3 mio. kr. i 2022, 6 mio. kr. om året i perioden "
        "2023-2025 og 3 mio. kr. i 2026 til regionerne til at fremme etablering af 10 nye "
        "licensklinkker i samarbejde med de praktiserende læger i lægedækningstruede områder.",
    ],
)
def test_a_run_in_lead_stays_with_its_sentence(corpus: Corpus, sentence: str) -> None:
    assert [s.text for s in corpus.sentences if s.text.startswith(sentence[:20])] == [sentence]


def test_items_of_a_list_are_sentences_without_their_marks(corpus: Corpus) -> None:
    passage = passage_with(corpus, "4. Stigning i andel af virtuelle sygehusforløb.")
    assert [sentence.text for sentence in sentences_of(corpus, passage)] == [
        "Reduktion i antal sygehusforløb pr. borger.",
        "Reduktion i sygehusaktivitet pr. kroniker (KOL og diabetes).",
        "Reduktion i andelen af somatiske indlæggelser, der fører til en akut genindlæggelse "
        "indenfor 30 dage.",
        "Stigning i andel af virtuelle sygehusforløb.",
    ]


@pytest.mark.parametrize(
    ("quote", "path"),
    [
        (
            "Strategien er grundet COVID-19",
            "4. Behandlingsomstilling og god opgaveløsning › Teknologibidrag › Boks 1 › "
            "Bedre indkøb",
        ),
        (
            "10 nye licensklinikker. Der",
            "2. Flere læger til almen praksis og bedre lægedækning › Boks 2.1 › Særlig indsats "
            "for flere læger til områder med lægemangel › 10 nye licensklinikker",
        ),
        (
            "engangs- eller opstartsudgifter",  # the sentence that Boks 2.1 interrupts: body text
            "2. Flere læger til almen praksis og bedre lægedækning",
        ),
    ],
)
def test_breadcrumb_of_a_passage(corpus: Corpus, quote: str, path: str) -> None:
    assert passage_with(corpus, quote).section == path


def test_the_annex_whose_table_is_missing_has_only_its_title(
    corpus: Corpus, reform: Agreement
) -> None:
    annex = [p for p in corpus.passages if p.section_id == f"{reform.id}/bilag"]
    assert [[s.text for s in sentences_of(corpus, p)] for p in annex] == [
        ["1. Økonomioversigt med fordeling på initiativer og hhv. kommuner/regioner."]
    ]
