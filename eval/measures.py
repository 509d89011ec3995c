"""A run of the suite -> its figures: every measure by name, with how sure it is.

A measure gives a value for each case (or forgery, or perturbed question) that it applies to; its
figure is their mean. Thresholds, baseline and reports use the names of `LABELS`.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from chains import Agreement, Answer
from corpus.models import AnswerKind
from eval import metrics
from eval.asking import Trace
from eval.cases import Case, Span
from eval.forgeries import Forgery
from eval.grounding import loose_numbers
from eval.numbers import rounding_right

NEW_WORDS = "new-words"
"""Calculations in the words of others; measured apart."""
OVER_FITTING = 0.04
_RESAMPLES = 1_000
_SURE = (2.5, 97.5)

LABELS = {
    "right": "Rigtige svar",
    "text_right": "– tekst",
    "figures_exact": "– aftalte tal",
    "calculations_exact": "– beregninger",
    "new_words_exact": "– beregninger i nye ord",
    "follow_ups_right": "– opfølgende spørgsmål",
    "no_answer_right": "– spørgsmål uden svar",
    "recall@5": "Kilden blandt de 5 første (R@5)",
    "recall@10": "Kilden blandt de 10 første (R@10)",
    "MRR": "MRR",
    "nDCG@10": "nDCG@10",
    "citation_recall": "Kilder citeret",
    "citation_precision": "Citater, der er kilden",
    "cited_and_short": "Kilden citeret, og kort",
    "concise": "Inden for længden",
    "quotes_exact": "Citater ordret",
    "marks_match": "Henvisninger passer",
    "numbers_grounded": "Tal med belæg",
    "numbers_not_wrong": "Intet forkert tal vist",
    "rounding_right": "Resultat rigtigt afrundet",
    "route_right": "Rigtig vej",
    "unanswerable_refused": "Afvist, når svaret mangler",
    "refusal_reason_right": "– med rigtig grund",
    "refusals_right": "Afvisninger, der var rigtige",
    "answerable_answered": "Besvaret, når svaret findes",
    "adversarial_safe": "Angreb uden virkning",
    "forgeries_stopped": "Forfalskninger standset",
    "corpus_current": "Svar fra den rette udgave",
    "deterministic": "Samme svar hver gang",
    "perturbed_kept": "Svar bevaret, når spørgsmålet er skrevet dårligere",
}


@dataclass(frozen=True)
class Asked:
    """A case and what the assistant answered."""

    case: Case
    answer: Answer
    trace: Trace | None = None

    @cached_property
    def right(self) -> bool:
        """True when the answer is right."""
        return metrics.answer_right(self.case, self.answer)


@dataclass(frozen=True)
class Perturbed:
    """A case whose question was written worse by a rule."""

    rule: str
    case: Case
    question: str
    right: bool


@dataclass(frozen=True)
class Run:
    """Everything that one run of the suite found."""

    asked: tuple[Asked, ...]
    agreements: tuple[Agreement, ...]
    pool: tuple[Span, ...]
    """Every passage that could have been found."""
    perturbed: tuple[Perturbed, ...] = ()
    same: Mapping[str, bool] | None = None
    """Case id -> whether every repetition gave the same bytes."""
    forgeries: tuple[Forgery, ...] = ()

    @cached_property
    def texts(self) -> dict[str, str]:
        """Agreement id -> text."""
        return {agreement.id: agreement.text for agreement in self.agreements}

    @cached_property
    def with_evidence(self) -> list[Asked]:
        """The answered cases that retrieval is measured on: texts, asked without history."""
        return [
            a
            for a in self.asked
            if a.case.entry.kind is AnswerKind.TEXT and a.case.evidence and not a.case.history
        ]


@dataclass(frozen=True)
class Figure:
    """A measured share with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


Values = dict[str, list[float]]


def measure(run: Run) -> dict[str, Figure]:
    """Return every figure of a run by its name; one that nothing applies to is left out."""
    return {name: figure_of(values) for name, values in collect(run).items() if values}


def collect(run: Run) -> Values:
    """Return the single values of each measure."""
    values: Values = {name: [] for name in LABELS}
    for name, function in _per_case(run).items():
        found = (function(asked) for asked in run.asked)
        values[name] = [float(value) for value in found if value is not None]
    values["deterministic"] = [float(same) for same in (run.same or {}).values()]
    values["forgeries_stopped"] = [float(f.stopped) for f in run.forgeries]
    right = {a.case.id for a in run.asked if a.right}
    kept = [p.right for p in run.perturbed if p.case.id in right]
    values["perturbed_kept"] = [float(right) for right in kept]
    return values


def _per_case(run: Run) -> dict[str, Callable[[Asked], float | bool | None]]:
    titles = [agreement.head.short_title for agreement in run.agreements]
    versions = {agreement.id: agreement.version for agreement in run.agreements}
    retrieval = run.with_evidence
    ids = {a.case.id for a in retrieval}
    rankings = {a.case.id: [metrics.place_of(p) for p in a.answer.passages] for a in retrieval}
    ranked = metrics.ranking_measures(rankings, [a.case for a in retrieval], run.pool)

    def recall(k: int) -> Callable[[Asked], float | None]:
        return lambda a: (
            metrics.evidence_recall(a.case, rankings[a.case.id], k) if a.case.id in ids else None
        )

    def of_kind(kind: AnswerKind, *, new: bool = False) -> Callable[[Asked], bool | None]:
        """Right answers to plain questions: no follow-ups and no attacks, which stand apart."""
        return lambda a: (
            a.right
            if a.case.entry.kind is kind and a.case.is_plain and (a.case.file == NEW_WORDS) is new
            else None
        )

    return {
        "right": lambda a: a.right,
        "text_right": of_kind(AnswerKind.TEXT),
        "figures_exact": of_kind(AnswerKind.FIGURE),
        "calculations_exact": of_kind(AnswerKind.CALCULATION),
        "new_words_exact": of_kind(AnswerKind.CALCULATION, new=True),
        "follow_ups_right": lambda a: a.right if a.case.history else None,
        "no_answer_right": of_kind(AnswerKind.NOT_FOUND),
        "recall@5": recall(5),
        "recall@10": recall(10),
        "MRR": lambda a: ranked["MRR"].get(a.case.id),
        "nDCG@10": lambda a: ranked["nDCG@10"].get(a.case.id),
        "citation_recall": lambda a: metrics.citation_recall(a.case, a.answer),
        "citation_precision": lambda a: metrics.citation_precision(a.case, a.answer),
        "cited_and_short": lambda a: (
            metrics.cited_and_short(a.case, a.answer) if a.case.is_plain else None
        ),
        "concise": lambda a: metrics.concise(a.case, a.answer),
        "quotes_exact": lambda a: metrics.quotes_exact(a.answer, run.texts),
        "marks_match": lambda a: metrics.marks_match(a.answer),
        "numbers_grounded": lambda a: not loose_numbers(a.answer, titles),
        "numbers_not_wrong": lambda a: metrics.number_not_wrong(a.case, a.answer),
        "rounding_right": lambda a: rounding_right(a.answer),
        "route_right": lambda a: metrics.route_right(a.case, a.answer),
        "unanswerable_refused": lambda a: metrics.refused(a.case, a.answer),
        "refusal_reason_right": lambda a: metrics.reason_right(a.case, a.answer),
        "refusals_right": lambda a: metrics.refusal_right(a.case, a.answer),
        "answerable_answered": lambda a: (
            metrics.answered(a.case, a.answer) if a.case.is_plain else None
        ),
        "adversarial_safe": lambda a: metrics.attack_withstood(a.case, a.answer),
        "corpus_current": lambda a: _current(a.answer, versions),
    }


def _current(answer: Answer, versions: Mapping[str, str]) -> bool | None:
    """Return whether an answer quotes the agreements as they are now."""
    if not answer.citations:
        return None
    return all(versions.get(c.agreement_id) == c.agreement_version for c in answer.citations)


def figure_of(values: Sequence[float]) -> Figure:
    """Return the mean of some values and its interval (bootstrap, 1,000 resamples, seeded)."""
    data = np.asarray(values, np.float64)
    chance = np.random.default_rng(len(data))
    means = data[chance.integers(0, len(data), (_RESAMPLES, len(data)))].mean(axis=1)
    low, high = np.percentile(means, _SURE)
    return Figure(float(data.mean()), float(low), float(high), len(data))


def mean(values: Iterable[float | bool | None]) -> float | None:
    """Return the mean of what is applicable."""
    known = [float(value) for value in values if value is not None]
    return statistics.fmean(known) if known else None


def over_fitting(run: Run) -> dict[str, tuple[float, float]]:
    """Return {kind of question: (dev, test)} where right answers differ by more than 4 points."""
    found: dict[str, tuple[float, float]] = {}
    for kind in ("", *dict.fromkeys(str(a.case.entry.kind) for a in run.asked)):
        own = [a for a in run.asked if kind in {"", a.case.entry.kind}]
        dev = mean(a.right for a in own if a.case.split == "dev")
        test = mean(a.right for a in own if a.case.split == "test")
        if dev is not None and test is not None and abs(dev - test) > OVER_FITTING:
            found[kind or "all"] = (dev, test)
    return found


def latency_ms(asked: Sequence[Asked]) -> tuple[float, float]:
    """Return p50 and p95 of the time that an answer took in its stages."""
    times = sorted(sum(a.answer.timings_ms.values()) for a in asked)
    return times[len(times) // 2], times[int(len(times) * 0.95)]
