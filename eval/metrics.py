"""One function a measure. Not applicable is None, never 0."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from corpus.models import Answer
from corpus.words import content_stems
from eval.cases import Case, Span

HALF = 0.5


def covers(place: Span, snippet: Span) -> bool:
    """Return whether a passage holds at least half of a snippet."""
    return _overlap(place, snippet) >= HALF * (snippet.end - snippet.start)


def _overlap(a: Span, b: Span) -> int:
    if a.agreement_id != b.agreement_id:
        return 0
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def evidence_recall(case: Case, ranking: Sequence[Span], k: int) -> float | None:
    """Return the share of a case's snippets that one of the top k passages covers."""
    if not case.evidence:
        return None
    found = sum(
        any(covers(place, snippet) for place in ranking[:k] for snippet in alternatives)
        for alternatives in case.evidence
    )
    return found / len(case.evidence)


def ranking_measures(
    rankings: Mapping[str, Sequence[Span]], cases: Sequence[Case]
) -> dict[str, float]:
    """Return MRR, nDCG@10 and R@10 over passages (TREC; relevant: covers a snippet)."""
    qrels, run = [], []
    for case in cases:
        if not case.evidence:
            continue
        snippets = [snippet for alternatives in case.evidence for snippet in alternatives]
        for rank, place in enumerate(rankings[case.id]):
            document = f"{place.agreement_id}:{place.start}"
            relevant = any(covers(place, snippet) for snippet in snippets)
            qrels.append(ir_measures.Qrel(case.id, document, int(relevant)))
            run.append(ir_measures.ScoredDoc(case.id, document, -rank))
    found = ir_measures.calc_aggregate([RR, nDCG @ 10, R @ 10], qrels, run)
    return {"MRR": float(found[RR]), "nDCG@10": float(found[nDCG @ 10])}


def words_read(texts: Sequence[str], k: int = 5) -> int:
    """Return the number of words in the top k passages."""
    return sum(len(text.split()) for text in texts[:k])


def any_evidence_cited(case: Case, answer: Answer) -> bool | None:
    """Return whether a citation overlaps the evidence."""
    if not case.evidence:
        return None
    return any(
        _overlap(_span(citation), snippet) > 0
        for citation in answer.citations
        for alternatives in case.evidence
        for snippet in alternatives
    )


def evidence_cited(case: Case, answer: Answer) -> float | None:
    """Return the share of snippets that a citation covers by half."""
    return evidence_recall(case, [_span(citation) for citation in answer.citations], 100)


def citation_precision(case: Case, answer: Answer) -> float | None:
    """Return the share of citations that overlap the evidence."""
    if not case.evidence or not answer.citations:
        return None
    hits = sum(
        any(_overlap(_span(c), s) > 0 for alternatives in case.evidence for s in alternatives)
        for c in answer.citations
    )
    return hits / len(answer.citations)


def _span(citation: object) -> Span:
    return Span(citation.agreement_id, citation.start, citation.end)  # type: ignore[attr-defined]


def quoted_words(answer: Answer) -> int:
    """Return the number of words inside an answer's quotes."""
    return sum(len(citation.quote.split()) for citation in answer.citations)


def quotes_exact(answer: Answer, texts: Mapping[str, str]) -> bool:
    """Return whether every quote is the agreement's own text at its offsets."""
    return all(texts[c.agreement_id][c.start : c.end] == c.quote for c in answer.citations)


def stem_overlap(case: Case, texts: Mapping[str, str]) -> float | None:
    """Return the share of the question's stems, digits left out, that stand in its evidence."""
    if not case.evidence:
        return None
    stems = [stem for stem in content_stems(case.question) if not stem[0].isdigit()]
    evidence: set[str] = set()
    for alternatives in case.evidence:
        for snippet in alternatives:
            evidence |= set(content_stems(texts[snippet.agreement_id][snippet.start : snippet.end]))
    return sum(stem in evidence for stem in stems) / len(stems) if stems else None


def mean(values: Iterable[float | bool | None]) -> float | None:
    """Return the mean of what is applicable."""
    known = [float(value) for value in values if value is not None]
    return statistics.fmean(known) if known else None
