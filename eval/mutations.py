"""`python -m eval --mutations`: twelve faults, each of which the suite must notice.

A fault is put into the running program from outside: a function is exchanged while a fixed set of
cases, all answered rightly by the sound program, is asked. The run must fail, and the measure that
belongs to the fault must be among those that fell below their threshold or, where none did, be the
one that fell most.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from tqdm import tqdm

from chains import Assistant, Settings
from chains.abstain import Refusal
from chains.citations import Verified, verify
from corpus import words
from corpus.danish import format_number
from corpus.models import Citation, NotFoundReason
from eval.asking import asking_of, planted_settings
from eval.cases import Case, load_cases
from eval.gate import Baseline, Verdict, judge, load_thresholds, to_baseline
from eval.measures import LABELS, Figure, measure
from eval.suite import Chosen, Grounds, lay_grounds, load_chosen, run_suite
from eval.tables import Table, percent
from ingest.index import Corpus

Fault = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Mutation:
    """A fault and the measures, one of which must tell of it."""

    name: str
    measures: tuple[str, ...]
    fault: Fault
    reopen: bool = False
    """The index is read again, or another one is opened."""


@dataclass(frozen=True)
class Found:
    """What the suite said of a fault."""

    mutation: Mutation
    verdict: Verdict
    fell: tuple[tuple[str, float, float], ...]
    """(measure, before, now): below their threshold, or else the three that fell most."""

    @property
    def noticed(self) -> bool:
        """True when the run failed and the right measure told."""
        names = [name for name, _, _ in self.fell]
        short = [s.name for s in self.verdict.shortfalls]
        told = short or names[:1]
        return not self.verdict.passed and any(m in told for m in self.mutation.measures)


def main(settings: Settings) -> bool:
    """Print the table of faults; return whether every one was noticed.

    Raises:
        GoldenError: a case or a list cannot be used.
    """
    grounds = lay_grounds(settings, planted_settings(settings))
    every = load_cases(grounds.agreements)
    chosen = load_chosen(every)
    cases = [case for case in every if case.id in chosen.mutated]
    sound = Assistant.of_corpus(settings)
    figures, _, baseline = _measure(sound, cases, grounds, Baseline(figures={}, right=(), wrong=()))
    if baseline.wrong:
        sys.stderr.write(f"Forkerte allerede uden fejl: {', '.join(baseline.wrong)}\n")
    found: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        for mutation in tqdm(_mutations(settings, Path(folder)), file=sys.stderr, disable=None):
            with mutation.fault() as assistant:
                asked = assistant or sound
                if mutation.reopen:
                    asked = Assistant.of_corpus(settings, embedder=sound.embedder)
                now, verdict, _ = _measure(asked, cases, grounds, baseline)
            found.append(Found(mutation, verdict, _fell(figures, now, verdict)))
    sys.stdout.write(_table(found, len(cases)))
    return all(one.noticed for one in found)


def _measure(
    assistant: Assistant, cases: Sequence[Case], grounds: Grounds, baseline: Baseline
) -> tuple[dict[str, Figure], Verdict, Baseline]:
    repeated = Chosen(tuple(c.id for c in cases if c.is_number or not c.history), (), ())
    ask = asking_of(assistant)
    run = run_suite(assistant, cases, repeated, grounds, ask)
    figures = measure(run)
    verdict = judge(run, figures, load_thresholds(), baseline)
    return figures, verdict, to_baseline(run, figures)


def _fell(
    before: dict[str, Figure], now: dict[str, Figure], verdict: Verdict
) -> tuple[tuple[str, float, float], ...]:
    falls = {
        name: (figure.value, now[name].value) for name, figure in before.items() if name in now
    }
    if verdict.shortfalls:
        return tuple((s.name, *falls[s.name]) for s in verdict.shortfalls if s.name in falls)
    order = sorted(falls, key=lambda name: falls[name][1] - falls[name][0])
    return tuple((name, *falls[name]) for name in order[:3])


def _table(found: Sequence[Found], cases: int) -> str:
    rows = []
    for one in found:
        falls = [f"{LABELS[n].lstrip('– ')} {percent(a)} → {percent(b)}" for n, a, b in one.fell]
        rows.append(
            (
                one.mutation.name,
                {
                    "opdaget": "ja" if one.noticed else "NEJ",
                    "blev forkerte": str(len(one.verdict.turned_wrong)),
                    "mål": "; ".join(falls[:4]),
                },
            )
        )
    table = Table(f"12 fejl, {cases} spørgsmål", tuple(rows))
    lines = [f"{name:<28}{'  '.join(cells.values())}" for name, cells in table.rows]
    return "\n".join([table.title, *lines, ""])


def _mutations(settings: Settings, folder: Path) -> list[Mutation]:
    def changed(path: str, new: object) -> Fault:
        return lambda: _exchange((path, new))

    return [
        Mutation("søgning slået fra", ("recall@5", "recall@10"), changed(
            "chains.retrieve.HybridRetriever._get_relevant_documents", lambda *_, **__: [])),
        Mutation("tal gange 1.000", ("figures_exact", "calculations_exact"), changed(
            "ingest.index.Corpus.model_validate_json", _times_thousand()), reopen=True),
        Mutation("citater forskudt ét tegn", ("quotes_exact",), changed(
            "chains.answer.verify", _shifted())),
        Mutation("afvisninger slået fra", ("unanswerable_refused",), lambda: _exchange(
            ("chains.abstain.decide", lambda *_: None),
            ("chains.abstain.hard_limit", lambda *_: None))),
        Mutation("afviser alt", ("answerable_answered",), lambda: _exchange(
            ("chains.abstain.decide", lambda *_: Refusal(NotFoundReason.NOT_STATED, "Nej.")),
            ("chains.chain.choose_route", lambda *_: None))),
        Mutation("tidligere spørgsmål glemt", ("follow_ups_right",), changed(
            "chains.understand.stand_alone", lambda question, _: question)),
        Mutation("ordstammer slået fra", ("figures_exact", "calculations_exact", "recall@5"),
                 lambda: _without_stems(settings, folder)),
        Mutation("forkert afrunding", ("rounding_right",), changed(
            "chains.calculators.terms.format_rounded", _cut_off)),
        Mutation("citater byttet om", ("marks_match",), changed(
            "chains.answer.verify", _swapped())),
        Mutation("forældet indeks", ("corpus_current", "quotes_exact"),
                 lambda: _stale(settings, folder)),
        Mutation("hele afsnit som svar", ("concise", "citation_precision"), changed(
            "chains.compose._span", lambda c, *_: (c.passage.start, c.passage.end))),
        Mutation("talkontrol slået fra", ("forgeries_stopped",), changed(
            "chains.citations.stray_numbers", lambda *_: [])),
    ]  # fmt: skip


@contextmanager
def _exchange(*exchanges: tuple[str, object]) -> Iterator[Assistant | None]:
    patches = [patch(path, new) for path, new in exchanges]
    for each in patches:
        each.start()
    try:
        yield None
    finally:
        for each in reversed(patches):
            each.stop()


def _times_thousand() -> Callable[[bytes], Corpus]:
    read = Corpus.model_validate_json

    def wrong(data: bytes) -> Corpus:
        corpus = read(data)
        figures = [
            figure.model_copy(
                update={
                    "quantity": figure.quantity.model_copy(update={"amount": figure.amount * 1_000})
                }
            )
            for figure in corpus.figures
        ]
        return corpus.model_copy(update={"figures": tuple(figures)})

    return wrong


def _verified(change: Callable[[tuple[Citation, ...]], tuple[Citation, ...]]) -> object:
    def wrong(*arguments: Any) -> Verified:  # noqa: ANN401 - passed on as they are
        found = verify(*arguments)
        return Verified(found.text, change(found.citations), found.dropped)

    return wrong


def _shifted() -> object:
    return _verified(
        lambda found: tuple(
            c.model_copy(update={"start": c.start + 1, "end": c.end + 1}) for c in found
        )
    )


def _swapped() -> object:
    def swap(found: tuple[Citation, ...]) -> tuple[Citation, ...]:
        marks = [citation.marker for citation in found]
        turned = zip(found, reversed(marks), strict=True)
        return tuple(c.model_copy(update={"marker": mark}) for c, mark in turned)

    return _verified(swap)


def _cut_off(number: Decimal, *, whole: bool = False) -> str:
    del whole
    return format_number(number.quantize(Decimal(1), rounding=ROUND_DOWN))


@contextmanager
def _without_stems(settings: Settings, folder: Path) -> Iterator[Assistant]:
    """Build and ask an index in which every word stands for itself."""
    words.stem.cache_clear()
    with patch("corpus.words._stemmer", lambda: _Unstemmed()):
        yield Assistant.of_corpus(settings.model_copy(update={"var_dir": _var(settings, folder)}))
    words.stem.cache_clear()


class _Unstemmed:
    def stemWord(self, word: str) -> str:
        return word


@contextmanager
def _stale(settings: Settings, folder: Path) -> Iterator[Assistant]:
    """Ask the index of a text to which a paragraph has been added since."""
    corpus = folder / "stale"
    for name in ("agreements", "everyday", "figures", "commitments"):
        shutil.copytree(settings.corpus_dir / name, corpus / name)
    for head in sorted((corpus / "agreements").glob("*.yaml")):
        path = head.with_suffix(".txt")
        text = path.read_bytes().replace(
            b"2. ", "Et afsnit, der siden er gået ud.\n\n2. ".encode(), 1
        )
        path.write_bytes(text)
        fields = yaml.safe_load(head.read_text(encoding="utf-8"))
        fields["sha256"] = hashlib.sha256(text).hexdigest()
        head.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    yield Assistant.of_corpus(
        settings.model_copy(update={"corpus_dir": corpus, "var_dir": _var(settings, folder)})
    )


def _var(settings: Settings, folder: Path) -> Path:
    """Return a `var/` of its own with the models and the vectors of the real one."""
    var = folder / "var"
    var.mkdir(exist_ok=True)
    for name in ("models", "vectors"):
        if not (var / name).exists():
            shutil.copytree(settings.var_dir / name, var / name)
    return var
