"""An answer of before, held against the agreements as they are now."""

from __future__ import annotations

from collections.abc import Mapping

from chains.citations import cite
from chains.compose import Quote
from corpus import chat_texts
from corpus.conversation import CheckedAnswer, CheckedCitation, QuoteState
from corpus.models import Agreement, Answer, Citation
from ingest.index import Corpus


def recheck(answer: Answer, corpus: Corpus, reader_url: str, version: str) -> CheckedAnswer:
    """Return the answer with what became of each of its quotes, by the check that made them."""
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    checked = tuple(_check(one, corpus, agreements, reader_url) for one in answer.citations)
    cited = dict.fromkeys(one.agreement_id for one in answer.citations)
    heads = [agreements[id_].head for id_ in cited if id_ in agreements]
    return CheckedAnswer(
        answer=answer.model_copy(update={"citations": tuple(one.citation for one in checked)}),
        citations=checked,
        standing=tuple(chat_texts.now(head) for head in heads if head.status != "current"),
        newer=answer.corpus_version != version,
    )


def _check(
    old: Citation, corpus: Corpus, agreements: Mapping[str, Agreement], reader_url: str
) -> CheckedCitation:
    agreement = agreements.get(old.agreement_id)
    if agreement is None:
        return CheckedCitation(citation=old, state=QuoteState.WITHDRAWN)
    same = agreement.text[old.start : old.end] == old.quote
    start = old.start if same else agreement.text.find(old.quote)
    if start < 0:
        return CheckedCitation(citation=old, state=QuoteState.GONE)
    end = start + len(old.quote)
    for passage in corpus.passages:
        if passage.agreement_id != agreement.id or not passage.start <= start < end <= passage.end:
            continue
        quote = Quote(passage, start, end, item=False)
        found = cite(quote, agreements, old.marker, reader_url)
        if found is not None:
            state = QuoteState.HOLDS if same else QuoteState.MOVED
            return CheckedCitation(citation=found, state=state)
    return CheckedCitation(citation=old, state=QuoteState.GONE)
