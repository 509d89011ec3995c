"""Cases and answers -> the table that `python -m eval` prints."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chains import Answer, Assistant
from chains.guard import stray_numbers
from corpus.models import AnswerKind
from eval import metrics
from eval.cases import Case, Span

Row = tuple[str, dict[str, str]]
_DEPTHS = (1, 3, 5, 10)
WORDS_FOR_LOOKUP = 120
QUOTES_FOR_LOOKUP = 3


@dataclass(frozen=True)
class Asked:
    """A case and what the assistant answered."""

    case: Case
    answer: Answer
    titles: tuple[str, ...] = ()
    """Short titles of the agreements, which may stand in an answer with their years."""


def ask_all(
    assistant: Assistant, cases: Sequence[Case], step: Callable[[], None] = lambda: None
) -> list[Asked]:
    """Ask every case."""
    titles = tuple(agreement.head.short_title for agreement in assistant.agreements)
    asked = []
    for case in cases:
        asked.append(Asked(case, assistant.answer(case.question), titles))
        step()
    return asked


def retrieval_row(
    name: str,
    cases: Sequence[Case],
    rankings: Mapping[str, Sequence[Span]],
    texts: Mapping[str, Sequence[str]],
) -> Row:
    """Return evidence recall at each depth, MRR, nDCG and the words in the top 5."""
    cells = {
        f"R@{k}": percent(
            metrics.mean(metrics.evidence_recall(case, rankings[case.id], k) for case in cases)
        )
        for k in _DEPTHS
    }
    measures = metrics.ranking_measures(rankings, cases)
    cells |= {measure: f"{value:.3f}" for measure, value in measures.items()}
    cells["ord i top 5"] = f"{statistics.fmean(metrics.words_read(texts[c.id]) for c in cases):.0f}"
    return name, cells


def answer_row(name: str, asked: Sequence[Asked], texts: Mapping[str, str]) -> Row:
    """Return how well answerable questions were cited, and how long the answers are."""
    cited = [metrics.any_evidence_cited(a.case, a.answer) for a in asked]
    within = [
        bool(metrics.any_evidence_cited(a.case, a.answer)) and is_short(a.answer) for a in asked
    ]
    words = sorted(metrics.quoted_words(a.answer) for a in asked if a.answer.citations)
    return name, {
        "spørgsmål": str(len(asked)),
        "rigtig kilde": percent(metrics.mean(cited)),
        "og kort": percent(metrics.mean(within)),
        "alle kilder": percent(
            metrics.mean(metrics.evidence_cited(a.case, a.answer) for a in asked)
        ),
        "præcision": percent(
            metrics.mean(metrics.citation_precision(a.case, a.answer) for a in asked)
        ),
        "afvist": percent(metrics.mean(not a.answer.citations for a in asked)),
        "citerede ord": f"{words[len(words) // 2]} / {words[int(len(words) * 0.9)]}"
        if words
        else "",
        "citat ≠ tekst": str(sum(not metrics.quotes_exact(a.answer, texts) for a in asked)),
        "løse tal": str(sum(bool(ungrounded(a)) for a in asked)),
    }


def is_short(answer: Answer) -> bool:
    """Return whether an answer keeps the limits of a lookup."""
    words = metrics.quoted_words(answer)
    return len(answer.citations) <= QUOTES_FOR_LOOKUP and words <= WORDS_FOR_LOOKUP


def ungrounded(asked: Asked) -> list[str]:
    """Return the numbers of an answer that stand in no cited quote and in no calculation."""
    answer = asked.answer
    if answer.kind in {AnswerKind.REFUSED, AnswerKind.CLARIFY}:
        return []
    names = [*asked.titles, *(c.agreement_title for c in answer.citations)]
    names += [part for c in answer.citations for part in _section_names(c.section)]
    work = answer.calculation
    sources = [c.quote for c in answer.citations]
    if work or answer.figures:
        sources.append(answer.question)
    if work is not None:
        sources += [*work.steps, work.read_as, work.result.display]
        sources += [f"{row.label} {row.display}" for row in work.rows]
        sources += [f"{n.name} {n.display}" for n in work.inputs]
    elif answer.figures:
        sources += [f"{f.period.rstrip('-')} {f.display}" for f in answer.figures]
    elif answer.kind is AnswerKind.NOT_FOUND:
        return []
    return stray_numbers(answer.text, sources, names)


def _section_names(section: str) -> list[str]:
    return section.split(" › ")


def refusal_rows(asked: Sequence[Asked]) -> list[Row]:
    """Return, for each category of unanswerable questions, how many were refused, and as what."""
    rows: list[Row] = []
    for category in sorted({a.case.entry.category for a in asked}):
        own = [a for a in asked if a.case.entry.category == category]
        right = [
            a.answer.kind is a.case.entry.kind
            and (a.case.entry.reason is None or a.answer.not_found_reason is a.case.entry.reason)
            for a in own
        ]
        kinds = Counter(str(a.answer.not_found_reason or a.answer.kind) for a in own)
        rows.append(
            (
                category,
                {
                    "spørgsmål": str(len(own)),
                    "rigtig art": percent(
                        metrics.mean(a.answer.kind is a.case.entry.kind for a in own)
                    ),
                    "og grund": percent(metrics.mean(right)),
                    "svarede": ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()),
                },
            )
        )
    return rows


def table(title: str, rows: Sequence[Row]) -> str:
    """Return rows as a plain table."""
    if not rows:
        return ""
    columns = list(dict.fromkeys(column for _, cells in rows for column in cells))
    lines = [
        ["", *columns],
        *([name, *(cells.get(c, "") for c in columns)] for name, cells in rows),
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
    body = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([title, *body, ""])


def percent(value: float | None) -> str:
    """Print a share as a percentage."""
    return "–" if value is None else f"{100 * value:.1f}"
