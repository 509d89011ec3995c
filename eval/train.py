"""Learn the weights of selection, figures and threshold, on `dev` only: `python -m eval.train`.

The selection is a linear model over `chains.selection.FEATURES`: the weights that give the
sentences of the evidence the highest share (softmax over a question's candidates, ridge penalty).
The thresholds are logistic models over `chains.signals`, learned on what the rules let through,
their bias set so that at most `FALSE_OFF_TOPIC` and `FALSE_UNSTATED` of the answerable questions
fall below it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp, softmax

from chains import Assistant, Explanation, Settings
from chains.figure_rank import FEATURES as FIGURE_FEATURES
from chains.selection import FEATURES
from chains.signals import ABOUT, STATED
from chains.weights import WEIGHTS, Threshold, Weights
from corpus.agreed import Series
from corpus.models import AnswerKind, NotFoundReason
from eval.asking import planted_settings
from eval.cases import Case, load_cases
from eval.numbers import expected
from eval.suite import lay_grounds

RIDGE = 0.003
FIGURE_RIDGE = 0.005
_AROUND = 60
FALSE_OFF_TOPIC, FALSE_UNSTATED = 0.015, 0.025
_HALF = 0.5
Matrix = NDArray[np.float64]


def holds_evidence(case: Case, agreement_id: str, start: int, end: int) -> bool:
    """Return whether a sentence and a snippet share at least half of the shorter one."""
    return any(
        snippet.agreement_id == agreement_id
        and min(end, snippet.end) - max(start, snippet.start)
        >= _HALF * min(end - start, snippet.end - snippet.start)
        for alternatives in case.evidence
        for snippet in alternatives
    )


def learn_selection(explained: list[tuple[Case, Explanation]]) -> dict[str, float]:
    """Return a weight for each feature."""
    data: list[tuple[Matrix, NDArray[np.bool_]]] = []
    for case, explanation in explained:
        rows = np.array([c.features for c in explanation.candidates])
        labels = np.array(
            [
                holds_evidence(case, c.passage.agreement_id, c.sentence.start, c.sentence.end)
                for c in explanation.candidates
            ]
        )
        if labels.any():
            data.append((rows, labels))

    return _softmax_weights(data, FEATURES, RIDGE)


def _softmax_weights(
    data: list[tuple[Matrix, NDArray[np.bool_]]], names: Sequence[str], ridge: float
) -> dict[str, float]:
    """Return the weights that give what is right the highest share."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for rows, labels in data:
            scores = rows @ weights
            right = scores[labels]
            total += float(logsumexp(scores) - logsumexp(right)) / len(data)
            slope = slope + (softmax(scores) @ rows - softmax(right) @ rows[labels]) / len(data)
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True)}


def learn_figures(explained: list[tuple[Case, Explanation]]) -> dict[str, float]:
    """Return a weight for each feature of a series: the one that prints the evidence is right."""
    data: list[tuple[Matrix, NDArray[np.bool_]]] = []
    for case, explanation in explained:
        rows = np.array([found.features for found in explanation.figures])
        labels = np.array([is_series_of(case, found.series) for found in explanation.figures])
        if labels.any() and not labels.all():
            data.append((rows, labels))
    return _softmax_weights(data, FIGURE_FEATURES, FIGURE_RIDGE)


def is_series_of(case: Case, series: Series) -> bool:
    """Return whether a series prints a case's value in its evidence."""
    values = {value for value, _, _ in expected(case)}
    return any(
        snippet.agreement_id == series.agreement_id
        and snippet.start - _AROUND <= place.start < snippet.end
        for figure in series.figures
        for place in (figure.place, *figure.repeats)
        if place.quantity.amount in values or figure.key.rstrip("+") in {str(v) for v in values}
        for alternatives in case.evidence
        for snippet in alternatives
    )


def learn_threshold(
    explained: list[tuple[Case, Explanation]],
) -> Threshold:
    """Return the threshold between what the agreements are about and what they are not.

    Nearness may only speak for an answer (no negative weights).
    """
    outside = NotFoundReason.OUTSIDE_CORPUS
    used = [(c, e) for c, e in explained if c.answerable or c.entry.reason is outside]
    labels = np.array([case.answerable for case, _ in used])
    return _logistic(_rows(used, ABOUT), labels, ABOUT, FALSE_OFF_TOPIC, 0.0)


def learn_stated(explained: list[tuple[Case, Explanation]]) -> Threshold:
    """Return the threshold between what the agreements state and what is only near them."""
    used = [(c, e) for c, e in explained if e.answer.kind is AnswerKind.TEXT]
    labels = np.array([case.answerable for case, _ in used])
    return _logistic(_rows(used, STATED), labels, STATED, FALSE_UNSTATED, None)


def _rows(used: Sequence[tuple[Case, Explanation]], names: Sequence[str]) -> Matrix:
    return np.array([[explanation.signals[name] for name in names] for _, explanation in used])


def _logistic(
    rows: Matrix, labels: NDArray[np.bool_], names: Sequence[str], false: float, low: float | None
) -> Threshold:
    """Return a balanced logistic model, below 0 for the share `false` of what is answerable.

    `low` is the least weight of a signal.
    """
    balance = np.where(labels, 1 / labels.sum(), 1 / (~labels).sum())
    signs = np.where(labels, 1.0, -1.0)

    def loss(parameters: Matrix) -> float:
        weights, bias = parameters[:-1], parameters[-1]
        losses = -np.log(expit(signs * (rows @ weights + bias)) + 1e-12)
        return float(balance @ losses) + 0.01 * float(weights @ weights)

    bounds: list[tuple[float | None, float | None]] = [(low, None) for _ in names]
    start = np.zeros(len(names) + 1)
    found = minimize(loss, start, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    cut = float(np.quantile((rows @ found[:-1])[labels], false))
    learned = {name: round(float(w), 3) for name, w in zip(names, found[:-1], strict=True)}
    return Threshold(bias=round(-cut, 3), signals=learned)


def by_rule(explanation: Explanation) -> bool:
    """Return whether a rule says no before the thresholds are asked."""
    reading = explanation.reading
    return reading.asks_opinion or reading.asks_outcome or bool(reading.places)


def main() -> None:
    """Learn from `dev` and write the weights, in one step, to `chains/weights.json`.

    Those of figures only with `--figures`. Learned anew beside today's sentences, or on what
    calculations are worked out from too, they are right more often on `dev` and less often on
    `test` (13 of 1,194 cases).
    """
    settings = Settings()
    assistant = Assistant.of_corpus(settings)
    every = load_cases(lay_grounds(settings, planted_settings(settings)).agreements)
    alone = [case for case in every if not (case.history or case.entry.corpus)]
    cases = [case for case in alone if case.split == "dev"]
    asked = [c for c in cases if c.entry.kind in {AnswerKind.TEXT, AnswerKind.NOT_FOUND}]
    figures = [case for case in cases if case.entry.kind is AnswerKind.FIGURE]
    open_ = Threshold(bias=1_000.0, signals={})
    weights = Weights.load().model_copy(update={"stated": open_, "about_corpus": open_})
    assistant = assistant.with_weights(weights)
    stated = [case for case in [*asked, *figures] if case.evidence]
    learned = learn_selection([(case, assistant.explain(case.question)) for case in stated])
    weights = weights.model_copy(update={"selection": learned})
    assistant = assistant.with_weights(weights)
    if "--figures" in sys.argv:
        found = [(case, assistant.explain(case.question)) for case in figures]
        weights = weights.model_copy(update={"figures": learn_figures(found)})
        assistant = assistant.with_weights(weights)  # the threshold looks at the best under these
    weighed = [(case, assistant.explain(case.question)) for case in asked]
    weighed = [pair for pair in weighed if pair[1].signals and not by_rule(pair[1])]
    weights = weights.model_copy(update={"about_corpus": learn_threshold(weighed)})
    assistant = assistant.with_weights(weights)  # learned on what everything else lets through
    answered = [(case, assistant.explain(case.question)) for case in asked]
    weights = weights.model_copy(update={"stated": learn_stated(answered)})
    temporary = WEIGHTS.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(weights.model_dump_json(indent=2) + "\n", encoding="utf-8")
    temporary.replace(WEIGHTS)
    sys.stdout.write(WEIGHTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
