"""A judged run -> the report: what is printed, and the model behind JSON, JUnit XML and HTML.

Of the `test` split a report holds totals only; its cases come in with `reveal`, and the report says
so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from chains import Answer, Settings
from eval.cases import Case
from eval.gate import Verdict
from eval.measures import LABELS, Asked, Figure, Run, latency_ms, over_fitting
from eval.tables import PERTURBATIONS, Table, percent

_SHOWN = {"text", "kind", "not_found_reason", "calculation", "figures", "notes", "suggestions"}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class CaseReport(_Model):
    """A case, what it should have been answered and what it was."""

    id: str
    file: str
    split: str
    type: str
    style: str
    agreements: tuple[str, ...]
    right: bool
    turned_wrong: bool
    question: str
    history: tuple[str, ...]
    wanted_kind: str
    wanted: dict[str, Any]
    """What the case says of its answer: value, unit, must, must_not, reason."""
    evidence: tuple[str, ...]
    answer: dict[str, Any]
    citations: tuple[dict[str, Any], ...]
    passages: tuple[str, ...]
    trace: dict[str, Any]
    ms: float


class Report(_Model):
    """Everything that a run leaves behind."""

    made: dt.datetime
    split: str
    revealed: bool
    """Whether cases of `test` are shown."""
    passed: bool
    corpus: dict[str, str]
    """Agreement id -> version."""
    corpus_version: str
    settings: dict[str, str]
    figures: dict[str, Figure]
    labels: dict[str, str]
    thresholds: dict[str, float]
    tables: tuple[Table, ...]
    latency_ms: tuple[float, float]
    over_fitting: dict[str, tuple[float, float]]
    verdict: Verdict
    cases: tuple[CaseReport, ...]
    lost_to_perturbation: tuple[dict[str, str], ...]


def make_report(
    run: Run,
    figures: Mapping[str, Figure],
    tables: Sequence[Table],
    verdict: Verdict,
    thresholds: Mapping[str, float],
    settings: Settings,
    *,
    split: str = "all",
    reveal: bool = False,
) -> Report:
    """Return the report of a run."""
    shown = [a for a in run.asked if reveal or a.case.split == "dev"]
    right = {a.case.id for a in run.asked if a.right}
    lost = [
        {"rule": PERTURBATIONS[p.rule], "id": p.case.id, "question": p.question}
        for p in run.perturbed
        if p.case.id in right and not p.right and (reveal or p.case.split == "dev")
    ]
    return Report(
        made=dt.datetime.now(dt.UTC).replace(microsecond=0),
        split=split,
        revealed=reveal,
        passed=verdict.passed,
        corpus={agreement.id: agreement.version for agreement in run.agreements},
        corpus_version=run.asked[0].answer.corpus_version if run.asked else "",
        settings={
            "embedding_model": settings.embedding_model,
            "query_threads": str(settings.query_threads),
            "max_question_chars": str(settings.max_question_chars),
            "max_turns": str(settings.max_turns),
        },
        figures=dict(figures),
        labels=LABELS,
        thresholds=dict(thresholds),
        tables=tuple(tables),
        latency_ms=latency_ms(run.asked) if run.asked else (0.0, 0.0),
        over_fitting=over_fitting(run),
        verdict=verdict,
        cases=tuple(_case(a, run.texts, verdict) for a in shown),
        lost_to_perturbation=tuple(lost),
    )


def _case(asked: Asked, texts: Mapping[str, str], verdict: Verdict) -> CaseReport:
    case, answer = asked.case, asked.answer
    wanted = case.entry.model_dump(
        mode="json", include={"must", "must_not", "value", "unit", "range", "rule", "reason"}
    )
    return CaseReport(
        id=case.id,
        file=case.file,
        split=case.split,
        type=case.type,
        style=case.entry.style,
        agreements=case.agreements,
        right=asked.right,
        turned_wrong=case.id in verdict.turned_wrong,
        question=case.question,
        history=case.history,
        wanted_kind=str(case.entry.kind),
        wanted={name: value for name, value in wanted.items() if value},
        evidence=tuple(_evidence(case, texts)),
        answer=_shown(answer),
        citations=tuple(
            c.model_dump(include={"marker", "agreement_title", "section", "quote"})
            for c in answer.citations
        ),
        passages=tuple(f"{p.section}: {p.text[:120]}" for p in answer.passages[:5]),
        trace=asked.trace.model_dump(mode="json") if asked.trace else {},
        ms=round(sum(answer.timings_ms.values()), 1),
    )


def _evidence(case: Case, texts: Mapping[str, str]) -> Iterable[str]:
    for places in case.evidence:
        yield " / ".join(
            dict.fromkeys(texts[place.agreement_id][place.start : place.end] for place in places)
        )


def _shown(answer: Answer) -> dict[str, Any]:
    found = answer.model_dump(mode="json", include=_SHOWN)
    return {name: value for name, value in found.items() if value}


def as_text(report: Report, failures: Sequence[str]) -> str:
    """Return the report as it is printed."""
    parts = [_plain(table) for table in report.tables]
    return "\n".join([*parts, *_remarks(report), *failures]) + "\n"


def as_markdown(report: Report, failures: Sequence[str]) -> str:
    """Return the report as a job summary: the verdict, the diff and the first tables."""
    head = "## Evaluering: bestået" if report.passed else "## Evaluering: ikke bestået"
    tables = [f"### {table.title}\n\n{_markdown(table)}" for table in report.tables[:4]]
    lines = [f"- {line}" for line in (*failures, *_remarks(report)) if line]
    return "\n\n".join([head, "\n".join(lines), *tables]) + "\n"


def _remarks(report: Report) -> list[str]:
    p50, p95 = report.latency_ms
    lines = [f"Svartid p50 {p50:.0f} ms, p95 {p95:.0f} ms; korpus {report.corpus_version}"]
    for kind, (dev, test) in report.over_fitting.items():
        lines.append(
            f"Overtilpasning? {kind}: dev {percent(dev)}, test {percent(test)} "
            f"({percent(dev - test)} point)"
        )
    if report.verdict.turned_right:
        lines.append(f"Nu rigtige: {', '.join(report.verdict.turned_right)}")
    if report.revealed:
        lines.append("De enkelte spørgsmål i test er vist (--reveal)")
    return lines


def failures_of(verdict: Verdict) -> list[str]:
    """Return why a run fails, a line each, the largest shortfall first."""
    lines = [
        f"Under tærsklen: {s.name} ({LABELS[s.name].lstrip('– ')}) {percent(s.value)} "
        f"< {percent(s.least)}"
        for s in verdict.shortfalls
    ]
    if verdict.turned_wrong:
        lines.append(f"Var rigtige før og er det ikke nu: {', '.join(verdict.turned_wrong)}")
    if verdict.leaks:
        lines.append(f"Står i det, som programmet læser: {', '.join(verdict.leaks)}")
    return lines


def _plain(table: Table) -> str:
    columns = table.columns
    lines = [["", *columns]]
    lines += [[name, *(cells.get(c, "") for c in columns)] for name, cells in table.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
    body = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([table.title, *body, ""])


def _markdown(table: Table) -> str:
    rows = [["", *table.columns], ["---", *("---:" for _ in table.columns)]]
    rows += [[name, *(cells.get(c, "") for c in table.columns)] for name, cells in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
