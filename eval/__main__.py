"""`python -m eval`: ask the golden questions, judge the answers, leave a report.

Exit 0 when every threshold holds and no case that was right has turned wrong; 1 otherwise; 2 when
the suite itself cannot be used; 130 when interrupted, the last report untouched.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from chains import Assistant, AssistantError, Settings, texts
from eval import feedback, llm_run, mutations
from eval.asking import WORKERS, asking, planted_settings
from eval.cases import load_cases
from eval.checks import judge_mails, load_mails
from eval.files import write_whole
from eval.gate import (
    REASONS,
    judge,
    load_baseline,
    load_thresholds,
    save_baseline,
    to_baseline,
    undeclared,
)
from eval.junit import to_junit
from eval.leaks import find_leaks
from eval.measures import Run, measure
from eval.page import to_html
from eval.peers import peers_of
from eval.report import Report, as_markdown, as_text, failures_of, make_report
from eval.suite import Grounds, lay_grounds, load_chosen, run_suite
from eval.tables import make_tables

_INTERRUPTED = 130


def main(
    split: Annotated[str, typer.Option(help="dev, test eller all.")] = "all",
    reveal: Annotated[bool, typer.Option(help="Vis også de enkelte spørgsmål i test.")] = False,
    peer: Annotated[bool, typer.Option(help="Mål også to almindelige kæder.")] = False,
    quick: Annotated[bool, typer.Option(help="Uden gentagelser og dårligere skrevne.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processer, der spørger.")] = WORKERS,
    summary: Annotated[Path | None, typer.Option(help="Skriv også et resumé i Markdown.")] = None,
    update_baseline: Annotated[bool, typer.Option(help="Gør dette til den nye base.")] = False,
    reason: Annotated[str, typer.Option(help="Hvorfor rigtige svar må blive forkerte.")] = "",
    given_up_since: Annotated[
        Path | None, typer.Option(help="Sammenlign basen med en ældre; stil ingen spørgsmål.")
    ] = None,
    mutate: Annotated[
        bool, typer.Option("--mutations", help="Prøv, om 12 fejl bliver opdaget.")
    ] = False,
    llm: Annotated[
        bool, typer.Option("--llm", help="Sammenlign med og uden sprogmodel (LLM_MODEL).")
    ] = False,
    sample: Annotated[int, typer.Option(min=0, help="Så mange spørgsmål til --llm.")] = 0,
    from_feedback: Annotated[
        bool, typer.Option(help="Vis svar, som brugere har meldt forkerte, som udkast.")
    ] = False,
) -> None:
    """Stil de gyldne spørgsmål, døm svarene, og skriv en rapport."""
    settings = Settings()
    try:
        if from_feedback:
            sys.stdout.write(feedback.drafts(settings))
        elif llm:
            raise typer.Exit(llm_run.run(settings, sample))
        elif given_up_since is not None:
            _compare(given_up_since)
        elif mutate:
            raise typer.Exit(0 if mutations.main(settings) else 1)
        else:
            if split not in {"dev", "test", "all"}:
                raise typer.BadParameter(split, param_hint="--split")
            whole = split == "all" and not quick
            report, run = _run(settings, split, workers, peer=peer, quick=quick, reveal=reveal)
            _leave(report, settings.var_dir / "eval", summary)
            if update_baseline:
                _update(run, report, reason, whole=whole)
            elif not report.passed:
                raise typer.Exit(1)
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(2) from error
    except KeyboardInterrupt:
        sys.stderr.write("\nAfbrudt; den forrige rapport er urørt.\n")
        raise typer.Exit(_INTERRUPTED) from None


def _compare(older: Path) -> None:
    """Exit 1 when the baseline gives up a right case that its reasons do not name."""
    reasons = REASONS.read_text(encoding="utf-8") if REASONS.exists() else ""
    if lost := undeclared(load_baseline(older), load_baseline(), reasons):
        sys.stderr.write(f"Opgivet uden begrundelse i baseline.md: {', '.join(lost)}\n")
        raise typer.Exit(1)


def _run(
    settings: Settings, split: str, workers: int, *, peer: bool, quick: bool, reveal: bool
) -> tuple[Report, Run]:
    planted = planted_settings(settings)
    grounds = lay_grounds(settings, planted)
    every = load_cases(grounds.agreements)
    chosen, thresholds, baseline = load_chosen(every), load_thresholds(), load_baseline()
    cases = [case for case in every if split in {"all", case.split}]
    if quick:
        chosen = chosen.once()
    with tqdm(file=sys.stderr, disable=None, unit=" samtaler") as bar:
        assistant = Assistant.of_corpus(settings)
        ask, fresh = asking(settings, planted, workers), asking(settings, planted, 1)
        run = run_suite(assistant, cases, chosen, grounds, ask, fresh, bar.update)
        peers = peers_of(assistant) if peer else []
        figures = measure(run)
        judged, _ = ([], 0) if quick else judge_mails(assistant, load_mails())
        tables = make_tables(run, figures, thresholds, baseline, peers, judged)
        assistant.close()
    verdict = judge(run, figures, thresholds, baseline, _leaks(grounds, run))
    report = make_report(
        run, figures, tables, verdict, thresholds, settings, split=split, reveal=reveal
    )
    return report, run


def _leaks(grounds: Grounds, run: Run) -> list[str]:
    return find_leaks([a.case for a in run.asked], grounds.agreements)


def _leave(report: Report, folder: Path, summary: Path | None) -> None:
    """Write the report in all its forms, each in one step, and print it."""
    failures = failures_of(report.verdict)
    write_whole(folder / "report.json", report.model_dump_json(indent=1))
    write_whole(folder / "junit.xml", to_junit(report))
    write_whole(folder / "report.html", to_html(report))
    if summary is not None:
        write_whole(summary, as_markdown(report, failures))
    sys.stdout.write(as_text(report, []))
    for line in failures:
        sys.stderr.write(line + "\n")


def _update(run: Run, report: Report, reason: str, *, whole: bool) -> None:
    """Make a whole run the baseline."""
    if not whole:
        raise typer.BadParameter("kun med alle spørgsmål", param_hint="--update-baseline")
    lost = save_baseline(to_baseline(run, report.figures), reason, dt.datetime.now(dt.UTC).date())
    sys.stdout.write(f"Basen er opdateret; {len(lost)} rigtige svar er opgivet.\n")


if __name__ == "__main__":
    typer.run(main)
