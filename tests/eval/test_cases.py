import re
from pathlib import Path

import pytest
import yaml

from corpus.errors import GoldenError
from corpus.settings import PROJECT
from corpus.words import tokenize
from eval import metrics
from eval.cases import Span, load_cases
from ingest.index import Corpus

SNIPPET = "De første midler forventes udmøntet i 2023."

_NAME = "Center for Sundt Liv og Trivsel"


def write(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "cases.yaml"
    path.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return path


def entry(**fields: object) -> dict[str, object]:
    return {"id": "a", "question": "?", "style": "terse", "evidence": [SNIPPET]} | fields


def test_every_golden_snippet_stands_in_the_text(corpus: Corpus) -> None:
    cases = load_cases(corpus.agreements)
    answerable = [case for case in cases if case.answerable]
    assert len(answerable) >= 100
    for case in answerable:
        assert case.evidence, case.id


def test_golden_questions_are_hard_in_the_way_the_readme_says(corpus: Corpus) -> None:
    texts = {agreement.id: agreement.text for agreement in corpus.agreements}
    cases = [c for c in load_cases(corpus.agreements) if c.answerable and c.evidence]
    cases = [c for c in cases if c.file != "new-words"]  # four styles in equal parts
    asked = [c for c in cases if c.entry.style in {"paraphrase", "terse", "typo"}]
    overlap = metrics.mean(metrics.stem_overlap(case, texts) for case in asked)
    assert overlap is not None
    assert overlap <= 0.30
    assert sum(c.entry.style == "paraphrase" for c in cases) >= len(cases) / 2
    assert sum(c.entry.style == "verbatim" for c in cases) <= len(cases) / 5


def test_every_section_is_asked_about(corpus: Corpus) -> None:
    snippets = [
        snippet
        for case in load_cases(corpus.agreements)
        if case.answerable
        for alternatives in case.evidence
        for snippet in alternatives
    ]
    unasked = [
        section.id
        for section in corpus.sections
        if section.kind in {"box", "annex", "chapter"}
        and not any(
            s.agreement_id == section.agreement_id and section.start <= s.start < section.end
            for s in snippets
        )
    ]
    assert unasked == []


def five_words(text: str) -> set[tuple[str, ...]]:
    words = tokenize(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_no_five_words_of_a_golden_question_stand_in_what_the_program_reads(
    corpus: Corpus,
) -> None:
    own = {gram for a in corpus.agreements for gram in five_words(a.text)}  # the agreements' words
    shared: set[tuple[str, ...]] = set()
    files = [
        path
        for folder in ("corpus", "ingest", "chains")
        for path in (PROJECT / folder).rglob("*")
        if path.suffix in {".py", ".yaml", ".json"} and path.parent.name != "agreements"
    ]
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            for phrase in re.split(r'", "|, ', line.replace(_NAME, "C")):
                shared |= five_words(phrase)
    known = [
        case.id
        for case in load_cases(corpus.agreements)
        if five_words(case.question.replace(_NAME, "C")) & shared - own
    ]
    assert known == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"evidence": ["Dette står der ikke."]}, "snippet is not in the text"),
        ({"style": "poetic"}, "style"),
        ({"wants": "gold"}, "wants"),
        ({"kind": "nonsense"}, "kind"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_a_bad_case_names_file_and_case(
    fields: dict[str, object], says: str, tmp_path: Path, corpus: Corpus
) -> None:
    path = write(tmp_path, entry(id="bad-1", **fields))
    with pytest.raises(GoldenError) as caught:
        load_cases(corpus.agreements, tmp_path)
    assert caught.value.path == path
    assert caught.value.case == "bad-1"
    assert says in caught.value.detail


def test_an_id_may_stand_once(tmp_path: Path, corpus: Corpus) -> None:
    write(tmp_path, entry(), entry())
    with pytest.raises(GoldenError, match="duplicate id"):
        load_cases(corpus.agreements, tmp_path)


def test_wordings_of_one_fact_are_in_the_same_split(tmp_path: Path, corpus: Corpus) -> None:
    write(tmp_path, entry(), entry(id="b", question="En anden ordlyd?"))
    first, second = load_cases(corpus.agreements, tmp_path)
    assert first.split == second.split


def test_recall_counts_a_snippet_when_half_of_it_is_covered(tmp_path: Path, corpus: Corpus) -> None:
    write(tmp_path, entry(evidence=[SNIPPET, ["Midlerne kan gå til ombygning", SNIPPET]]))
    case = load_cases(corpus.agreements, tmp_path)[0]
    place = case.evidence[0][0]
    middle = (place.start + place.end) // 2
    half = Span(place.agreement_id, middle - 1, place.end)
    less = Span(place.agreement_id, middle + 2, place.end)
    assert metrics.evidence_recall(case, [half], 1) == 1.0
    assert metrics.evidence_recall(case, [less], 1) == 0.0
    assert metrics.evidence_recall(case, [less, half], 1) == 0.0
    assert metrics.evidence_recall(case, [less, half], 2) == 1.0
