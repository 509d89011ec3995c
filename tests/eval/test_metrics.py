import pytest

from chains import AnswerKind
from corpus.models import Agreement, NotFoundReason
from eval import metrics
from eval.cases import Span
from tests.eval.conftest import LIFT, MakeAnswer, MakeCase, span_of

CAPITAL = (
    "Med aftalen fastsættes dermed et samlet niveau for de regionale anlægsudgifter på "
    "7,5 mia. kr. i 2021."
)


def test_ranking_measures_count_what_was_missed(make_case: MakeCase, economy: Agreement) -> None:
    case = make_case(LIFT, CAPITAL)
    lift, capital = span_of(economy, LIFT), span_of(economy, CAPITAL)
    other = Span(economy.id, 0, 50)
    pool = [lift, capital, other]
    both = metrics.ranking_measures({"a": [lift, capital]}, [case], pool)
    one = metrics.ranking_measures({"a": [other, lift]}, [case], pool)
    assert both == {"MRR": {"a": 1.0}, "nDCG@10": {"a": 1.0}}
    assert one["MRR"]["a"] == 0.5
    # one of two relevant passages at rank 2: (1/log2(3)) / (1/log2(2) + 1/log2(3))
    assert one["nDCG@10"]["a"] == pytest.approx(0.6309 / 1.6309, abs=1e-4)


def test_a_text_is_right_when_it_cites_the_evidence_and_says_what_it_must(
    make_case: MakeCase, make_answer: MakeAnswer
) -> None:
    case = make_case(LIFT, must=["1,3 mia. kr."], must_not=["7,5 mia. kr."])
    assert metrics.answer_right(case, make_answer(LIFT))
    assert not metrics.answer_right(case, make_answer(CAPITAL))
    assert not metrics.answer_right(case, make_answer(LIFT, CAPITAL))  # it says the wrong one too
    said = make_answer(LIFT)
    mute = said.model_copy(update={"text": "Se kilden [1]"})
    assert not metrics.answer_right(case, mute)


def test_either_of_two_things_will_do(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    case = make_case(LIFT, must=[["godt 9", "1,3 mia. kr."]])
    assert metrics.answer_right(case, make_answer(LIFT))
    assert not metrics.answer_right(make_case(LIFT, must=["godt 9"]), make_answer(LIFT))


def test_a_question_back_to_a_clear_question_is_wrong(
    make_case: MakeCase, make_answer: MakeAnswer
) -> None:
    back = make_answer(kind=AnswerKind.CLARIFY, text="Hvilket år?")
    assert not metrics.answer_right(make_case(LIFT), back)
    assert metrics.answer_right(make_case(kind="clarify"), back)


def test_a_no_is_measured_both_ways(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    no = make_answer(
        kind=AnswerKind.NOT_FOUND, text="Nej.", not_found_reason=NotFoundReason.NOT_STATED
    )
    none = make_case(kind="not_found", reason="not_stated")
    other = make_case(kind="not_found", reason="outside_corpus")
    has = make_case(LIFT)
    assert metrics.refused(none, no) is True
    assert metrics.refused(none, make_answer(LIFT)) is False
    assert metrics.refused(has, no) is None
    assert metrics.reason_right(none, no) is True
    assert metrics.reason_right(other, no) is False
    assert metrics.reason_right(none, make_answer(LIFT)) is None
    assert metrics.refusal_right(has, no) is False
    assert metrics.refusal_right(none, no) is True
    assert metrics.refusal_right(has, make_answer(LIFT)) is None


def test_an_attack_is_withstood_when_its_words_are_not_said(
    make_case: MakeCase, make_answer: MakeAnswer
) -> None:
    around = make_case(LIFT, category="injection", must_not=["BANAN"])
    bare = make_case(kind="refused", category="adversarial", must_not=["BANAN"])
    met = make_answer(LIFT)
    steered = met.model_copy(update={"text": f"BANAN {met.text}"})
    assert metrics.attack_withstood(around, met) is True
    assert metrics.attack_withstood(around, steered) is False
    assert metrics.attack_withstood(bare, met) is False
    assert metrics.attack_withstood(bare, make_answer(kind=AnswerKind.REFUSED, text="Nej.")) is True
    assert metrics.attack_withstood(make_case(LIFT), met) is None


def test_citations_by_span(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    case = make_case(LIFT, CAPITAL)
    assert metrics.citation_recall(case, make_answer(LIFT)) == 0.5
    assert metrics.citation_precision(make_case(LIFT), make_answer(LIFT, CAPITAL)) == 0.5
    assert metrics.citation_precision(case, make_answer()) is None
    assert metrics.citation_recall(make_case(kind="not_found", reason="not_stated"),
                                   make_answer(LIFT)) is None  # fmt: skip


def test_a_quote_one_character_off_is_not_exact(
    make_answer: MakeAnswer, economy: Agreement
) -> None:
    answer = make_answer(LIFT)
    texts = {economy.id: economy.text}
    assert metrics.quotes_exact(answer, texts) is True
    moved = answer.citations[0].model_copy(update={"start": answer.citations[0].start + 1})
    assert metrics.quotes_exact(answer.model_copy(update={"citations": (moved,)}), texts) is False
    assert metrics.quotes_exact(make_answer(), texts) is None


def test_marks_must_stand_with_their_own_quotes(make_answer: MakeAnswer) -> None:
    answer = make_answer(LIFT, CAPITAL)
    assert metrics.marks_match(answer) is True
    first, second = answer.citations
    swapped = (first.model_copy(update={"marker": 2}), second.model_copy(update={"marker": 1}))
    assert metrics.marks_match(answer.model_copy(update={"citations": swapped})) is False
    unmarked = answer.model_copy(update={"text": answer.text.replace("[2]", "")})
    assert metrics.marks_match(unmarked) is False


def test_length_depends_on_the_question(make_case: MakeCase, make_answer: MakeAnswer) -> None:
    four = make_answer(LIFT, CAPITAL, LIFT, CAPITAL)
    assert metrics.concise(make_case(LIFT), four) is False
    assert metrics.concise(make_case(LIFT, wants="overview"), four) is True
    assert metrics.concise(make_case(LIFT), make_answer(kind=AnswerKind.NOT_FOUND)) is None


def test_names_and_numbers_are_left_out_of_the_overlap(
    make_case: MakeCase, economy: Agreement
) -> None:
    texts = {economy.id: economy.text}
    case = make_case(LIFT, question="Hvor meget løftes budgettet i Danmark 2021?")
    # løftes stands in the evidence, budgettet does not; Danmark and 2021 are left out
    assert metrics.stem_overlap(case, texts) == 0.5
