import statistics
from collections import Counter
from pathlib import Path

import pytest
import yaml

from corpus.errors import GoldenError
from corpus.settings import PROJECT
from eval import metrics
from eval.cases import Span, load_cases
from eval.leaks import find_leaks
from eval.measures import mean
from eval.suite import Grounds
from ingest.index import Corpus
from tests.eval.conftest import MakeCase

LIFT = "Med aftalen løftes det regionale udgiftsniveau på sundhedsområdet med godt 1,3 mia. kr."
SNIPPET = "De første midler forventes udmøntet i 2023."


def write(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "cases.yaml"
    path.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return path


def entry(**fields: object) -> dict[str, object]:
    given = {"id": "a", "question": "?", "style": "terse", "evidence": [SNIPPET], "must": ["2023"]}
    return given | fields


def test_the_golden_set_is_large_enough_in_every_kind(grounds: Grounds) -> None:
    cases = load_cases(grounds.agreements)
    types = Counter(case.type for case in cases)
    assert len(cases) >= 500
    assert len({case.id.rsplit(".", 1)[0] for case in cases if case.history}) >= 50
    assert sum(case.entry.kind == "not_found" for case in cases) >= 120
    assert sum(types[kind] for kind in ("adversarial", "injection", "planted")) >= 60
    wanted = ("lookup list definition who when overview comparison other_year per_region "
              "missing_table later_events near_corpus off_topic false_premise opinion")  # fmt: skip
    for kind in wanted.split():
        assert types[kind] >= 10, kind


def test_golden_questions_are_hard_in_the_way_the_readme_says(grounds: Grounds) -> None:
    texts = {agreement.id: agreement.text for agreement in grounds.agreements}
    cases = [c for c in load_cases(grounds.agreements) if c.answerable and c.evidence]
    cases = [c for c in cases if c.file != "new-words"]  # four styles in equal parts
    asked = [c for c in cases if c.entry.style in {"paraphrase", "terse", "typo"}]
    overlap = mean(metrics.stem_overlap(case, texts) for case in asked)
    assert overlap is not None
    assert overlap <= 0.30
    assert statistics.median(len(c.question.split()) for c in asked) <= 14
    assert sum(c.entry.style == "paraphrase" for c in cases) >= len(cases) / 2
    assert sum(c.entry.style == "verbatim" for c in cases) <= len(cases) / 5


def test_every_section_is_asked_about(corpus: Corpus, grounds: Grounds) -> None:
    snippets = [
        snippet
        for case in load_cases(grounds.agreements)
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


def test_no_golden_question_stands_in_what_the_program_reads(grounds: Grounds) -> None:
    assert find_leaks(load_cases(grounds.agreements), grounds.agreements) == []


def test_a_question_that_stands_in_a_register_is_found(
    grounds: Grounds, make_case: MakeCase
) -> None:
    label = grounds_label()
    leak = make_case(LIFT, id="leak", question=f"Hvad er {label}?")
    assert find_leaks([leak, make_case(LIFT)], grounds.agreements) == ["leak"]


def grounds_label() -> str:
    """The longest label of a registry: words of ours, not of the agreement."""
    path = PROJECT / "corpus" / "figures" / "sundhedsreform-udmoentning-2022.yaml"
    figures = yaml.safe_load(path.read_text(encoding="utf-8"))
    return str(max((f["label"] for f in figures["figures"]), key=len))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"evidence": ["Dette står der ikke."]}, "snippet is not in the text"),
        ({"style": "poetic"}, "style"),
        ({"wants": "gold"}, "wants"),
        ({"kind": "nonsense"}, "kind"),
        ({"unknown": 1}, "unknown"),
        ({"kind": "figure", "value": "3"}, "a value without its unit"),
        ({"kind": "figure", "unit": "mio. kr."}, "a number without its value"),
        ({"kind": "figure", "value": "3 mio", "unit": "kr."}, "no decimal"),
        ({"evidence": []}, "an answer without evidence"),
        ({"must": []}, "without what its answer must say"),
        ({"kind": "not_found"}, "a no without its reason"),
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


def test_a_conversation_becomes_cases_with_their_history(tmp_path: Path, corpus: Corpus) -> None:
    first = {k: v for k, v in entry(question="Hvornår?").items() if k != "id"}
    none = {"question": "Og i 2030?", "style": "terse", "kind": "not_found", "reason": "not_stated"}
    write(tmp_path, {"id": "talk", "turns": [first, none]})
    one, two = load_cases(corpus.agreements, tmp_path)
    assert (one.id, one.history) == ("talk.1", ())
    assert (two.id, two.history) == ("talk.2", ("Hvornår?",))
    assert one.split == two.split
    assert two.type == "follow_up"


def test_a_conversation_has_two_to_four_turns(tmp_path: Path, corpus: Corpus) -> None:
    write(tmp_path, {"id": "talk", "turns": [{}]})
    with pytest.raises(GoldenError, match="2-4 turns"):
        load_cases(corpus.agreements, tmp_path)


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
