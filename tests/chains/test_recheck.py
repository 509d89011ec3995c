import pytest

from chains import Answer, AnswerKind
from chains.citations import cite
from chains.compose import Quote
from chains.recheck import recheck
from corpus.conversation import QuoteState
from corpus.models import Agreement, Head
from ingest.index import Corpus
from tests.conftest import ECONOMY, REFORM

QUOTE = "De første midler forventes udmøntet i 2023."


@pytest.fixture
def answer(corpus: Corpus) -> Answer:
    passage = next(p for p in corpus.passages if QUOTE in p.text)
    start = passage.start + passage.text.index(QUOTE)
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    citation = cite(Quote(passage, start, start + len(QUOTE), item=False), agreements, 1, "")
    assert citation is not None
    return Answer(question="?", standalone_question="?", kind=AnswerKind.TEXT, text="[1]",
                  citations=(citation,), corpus_version="old")  # fmt: skip


def with_reform(corpus: Corpus, text: str, **head: object) -> Corpus:
    """Return the corpus with another text and head of the reform; its passages move along."""

    def changed(agreement: Agreement) -> Agreement:
        if agreement.id != REFORM:
            return agreement
        new: Head = agreement.head.model_copy(update=head)
        return agreement.model_copy(update={"text": text, "version": "new", "head": new})

    shift = text.find(QUOTE) - next(a.text for a in corpus.agreements if a.id == REFORM).find(QUOTE)
    passages = tuple(
        p.model_copy(update={"start": p.start + shift, "end": p.end + shift})
        if p.agreement_id == REFORM
        else p
        for p in corpus.passages
    )
    agreements = tuple(changed(agreement) for agreement in corpus.agreements)
    return corpus.model_copy(update={"agreements": agreements, "passages": passages})


def test_a_quote_that_stands_where_it_stood_holds(answer: Answer, corpus: Corpus) -> None:
    checked = recheck(answer, corpus, "", "old")
    assert [one.state for one in checked.citations] == [QuoteState.HOLDS]
    assert checked.answer == answer
    assert not checked.newer
    assert checked.standing == ()


def test_a_quote_that_moved_is_cited_where_it_stands_now(
    answer: Answer, corpus: Corpus, reform: Agreement
) -> None:
    checked = recheck(answer, with_reform(corpus, f"Nyt.\n\n{reform.text}"), "", "new")
    one = checked.citations[0]
    assert one.state is QuoteState.MOVED
    assert one.holds
    assert one.citation.start == answer.citations[0].start + len("Nyt.\n\n")
    assert one.citation.agreement_version == "new"
    assert checked.answer.citations == (one.citation,)
    assert checked.newer


def test_a_quote_that_was_changed_is_gone(
    answer: Answer, corpus: Corpus, reform: Agreement
) -> None:
    text = reform.text.replace(QUOTE, QUOTE.replace("2023", "2024"))
    checked = recheck(answer, with_reform(corpus, text), "", "new")
    assert checked.citations[0].state is QuoteState.GONE
    assert not checked.citations[0].holds
    assert checked.citations[0].citation == answer.citations[0]


def test_an_agreement_that_is_no_longer_there_is_told(answer: Answer, corpus: Corpus) -> None:
    left = tuple(a for a in corpus.agreements if a.id == ECONOMY)
    checked = recheck(answer, corpus.model_copy(update={"agreements": left}), "", "new")
    assert checked.citations[0].state is QuoteState.WITHDRAWN


def test_an_agreement_that_has_been_superseded_is_told(
    answer: Answer, corpus: Corpus, reform: Agreement
) -> None:
    checked = recheck(answer, with_reform(corpus, reform.text, status="superseded"), "", "new")
    assert [note.endswith("er nu afløst.") for note in checked.standing] == [True]
