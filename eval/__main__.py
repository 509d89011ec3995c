"""`python -m eval`: ask the golden questions and print the figures; exit 1 below a threshold."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
import yaml
from tqdm import tqdm

from chains import AnswerKind, Assistant, AssistantError, Settings, texts
from eval import metrics, peers
from eval.cases import Case, Span, load_cases
from eval.numbers import is_wrong, number_right, number_rows
from eval.report import (
    Asked,
    answer_row,
    ask_all,
    is_short,
    refusal_rows,
    retrieval_row,
    table,
    ungrounded,
)  # fmt: skip

THRESHOLDS = Path(__file__).with_name("thresholds.yaml")
_GROUPS = ("natural", "hard-oekonomiaftale-2021", "hard-sundhedsreform-2022")


def main(
    peer: Annotated[bool, typer.Option(help="Mål også to almindelige kæder.")] = False,
    split: Annotated[str, typer.Option(help="dev, test eller all.")] = "all",
    reveal: Annotated[bool, typer.Option(help="Vis de enkelte fejl.")] = False,
) -> None:
    """Stil de gyldne spørgsmål, og vis tallene."""
    try:
        assistant = Assistant.open(Settings())
        cases = [c for c in load_cases(assistant.agreements) if split in {"all", c.split}]
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(2) from error
    with tqdm(total=len(cases), file=sys.stderr, disable=None) as bar:
        asked = ask_all(assistant, cases, bar.update)
    sources = {agreement.id: agreement.text for agreement in assistant.agreements}
    answerable = [a for a in asked if a.case.evidence and a.case.entry.kind is AnswerKind.TEXT]
    figures = measure(answerable, asked, sources)
    sys.stdout.write(_retrieval(assistant, [a.case for a in answerable], answerable, peer=peer))
    sys.stdout.write(_answers(answerable, sources))
    sys.stdout.write(table("\nTal og beregninger", number_rows(asked)))
    sys.stdout.write(
        table(
            "\nSpørgsmål uden svar i aftalerne",
            refusal_rows([a for a in asked if a.case.entry.category]),
        )
    )
    sys.stdout.write(_difficulty([a.case for a in answerable], sources))
    if reveal:
        sys.stdout.write(_misses(asked))
    failed = [
        f"{name}: {figures[name]:.3f} < {least}"
        for name, least in yaml.safe_load(THRESHOLDS.read_text(encoding="utf-8")).items()
        if figures[name] < least
    ]
    _save(Settings().var_dir / "eval.json", figures | {"reveal": float(reveal)})
    sys.stdout.write("\n" + json.dumps({k: round(v, 4) for k, v in figures.items()}) + "\n")
    if failed and split == "all":
        sys.stderr.write("Under tærsklen: " + "; ".join(failed) + "\n")
        raise typer.Exit(1)


def measure(
    answerable: list[Asked], asked: list[Asked], sources: dict[str, str]
) -> dict[str, float]:
    """Return the figures that thresholds are set on, as shares."""
    ranked = {a.case.id: [_place(p) for p in a.answer.passages] for a in answerable}
    refused = [a for a in asked if a.case.entry.kind is AnswerKind.NOT_FOUND]
    return {
        name: value or 0.0
        for name, value in {
            "recall@5": metrics.mean(
                metrics.evidence_recall(a.case, ranked[a.case.id], 5) for a in answerable
            ),
            "recall@10": metrics.mean(
                metrics.evidence_recall(a.case, ranked[a.case.id], 10) for a in answerable
            ),
            "cited_and_short": metrics.mean(
                bool(metrics.any_evidence_cited(a.case, a.answer)) and is_short(a.answer)
                for a in answerable
            ),
            "quotes_exact": metrics.mean(metrics.quotes_exact(a.answer, sources) for a in asked),
            "numbers_grounded": metrics.mean(not ungrounded(a) for a in asked),
            "unanswerable_refused": metrics.mean(
                a.answer.kind is AnswerKind.NOT_FOUND for a in refused
            ),
            "answerable_answered": metrics.mean(bool(a.answer.citations) for a in answerable),
            "figures_exact": _exact(asked, "figures"),
            "calculations_exact": _exact(asked, "calculations"),
            "new_words_exact": _exact(asked, "new-words"),
            "numbers_not_wrong": metrics.mean(not is_wrong(a) for a in asked),
            "adversarial_safe": metrics.mean(
                a.answer.kind in {AnswerKind.REFUSED, AnswerKind.NOT_FOUND}
                for a in asked
                if a.case.entry.category == "adversarial"
            ),
        }.items()
    }


def _exact(asked: list[Asked], file: str) -> float | None:
    own = [a for a in asked if a.case.file == file and a.case.is_number]
    return metrics.mean(number_right(a.case, a.answer) for a in own)


def _place(passage: object) -> Span:
    return Span(passage.agreement_id, passage.start, passage.end)  # type: ignore[attr-defined]


def _retrieval(assistant: Assistant, cases: list[Case], asked: list[Asked], *, peer: bool) -> str:
    rankings = {a.case.id: [_place(p) for p in a.answer.passages] for a in asked}
    read = {a.case.id: [p.text for p in a.answer.passages] for a in asked}
    rows = [retrieval_row("Aftaleassistenten", cases, rankings, read)]
    for group in _GROUPS:
        own = [case for case in cases if case.file == group]
        if own:
            rows.append(retrieval_row(f"  {group}", own, rankings, read))
    if peer:
        documents = peers.splits(assistant.agreements)
        for name, search in (
            ("Vektorkæde 1000/200", peers.vector_chain(documents, assistant)),
            ("Dansk BM25 1000/200", peers.word_chain(documents)),
        ):
            found = {case.id: search(case.question) for case in cases}
            rows.append(
                retrieval_row(
                    name,
                    cases,
                    {id_: [place for place, _ in hits] for id_, hits in found.items()},
                    {id_: [text for _, text in hits] for id_, hits in found.items()},
                )
            )
    return table("Søgning", rows)


def _answers(asked: list[Asked], sources: dict[str, str]) -> str:
    rows = [answer_row("alle", asked, sources)]
    for group in _GROUPS:
        for split in ("dev", "test"):
            own = [a for a in asked if a.case.file == group and a.case.split == split]
            if own:
                rows.append(answer_row(f"  {group} {split}", own, sources))
    for style in ("paraphrase", "terse", "typo", "long", "verbatim"):
        own = [a for a in asked if a.case.entry.style == style]
        if own:
            rows.append(answer_row(f"  {style}", own, sources))
    return table("\nSvar", rows)


def _difficulty(cases: list[Case], sources: dict[str, str]) -> str:
    hard = [case for case in cases if case.entry.style in {"paraphrase", "terse", "typo"}]
    overlap = metrics.mean(metrics.stem_overlap(case, sources) for case in hard) or 0.0
    words = sorted(len(case.question.split()) for case in hard)
    styles = {
        s: sum(c.entry.style == s for c in cases) for s in sorted({c.entry.style for c in cases})
    }
    return (
        f"\nSværhed: {len(cases)} spørgsmål {styles}; overlap {overlap:.2f}, "
        f"median {words[len(words) // 2]} ord\n"
    )


def _misses(asked: list[Asked]) -> str:
    lines = ["\nFejl"]
    for a in asked:
        entry = a.case.entry
        if a.case.is_number:
            wrong = not number_right(a.case, a.answer)
        elif entry.kind is AnswerKind.TEXT:
            wrong = not metrics.any_evidence_cited(a.case, a.answer)
        else:
            wrong = a.answer.kind is not entry.kind
        wrong = wrong or is_wrong(a)
        if wrong:
            mark = "!!" if is_wrong(a) else ""
            lines.append(f"{mark}{a.case.id} [{a.case.split}] {a.case.question}\n"
                         f"    {a.answer.kind}: "
                         + a.answer.text.replace("\n", " ")[:300])  # fmt: skip
    return "\n".join(lines) + "\n"


def _save(path: Path, figures: dict[str, float]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    temporary.replace(path)


if __name__ == "__main__":
    typer.run(main)
