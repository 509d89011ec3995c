"""`python -m eval --llm`: the suite over a language model, beside the run without one.

With `LLM_MODEL` set it is that model; without, one that tells the truth by rule (`eval.truthful`).
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Sequence
from contextlib import nullcontext

from tqdm import tqdm

from chains import Answer, Assistant, Settings
from eval.asking import asking_of, planted_settings
from eval.cases import Case, load_cases
from eval.measures import LABELS, Figure, Run, measure
from eval.suite import Chosen, Grounds, lay_grounds, run_suite
from eval.truthful import truthful_model

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?:](?=\s|$)")
_LONG = 6
_TOLERANCE = 1e-9


def run(settings: Settings, sample: int = 0) -> int:
    """Print each figure without and with the model; return 1 where one is lower with it.

    Args:
        settings: With or without a model.
        sample: How many cases to ask, spread over all; 0 is all that need no planted agreement.
    """
    plain = settings.model_copy(update={"llm_model": ""})
    grounds = lay_grounds(settings, planted_settings(settings))
    cases = [case for case in load_cases(grounds.agreements) if not case.entry.corpus]
    cases = cases[:: max(1, len(cases) // sample)] if sample else cases
    scripted = not settings.llm_model
    with truthful_model() if scripted else nullcontext("") as url:
        given = {"llm_model": "openai:truthful", "llm_base_url": url} if scripted else {}
        without = _ask(plain, cases, grounds)
        with_model = _ask(settings.model_copy(update=given), cases, grounds)
    sys.stdout.write(as_table(without, with_model) + "\n")
    return int(bool(lower(measure(without), measure(with_model))))


def _ask(settings: Settings, cases: Sequence[Case], grounds: Grounds) -> Run:
    assistant = Assistant.of_corpus(settings)
    with tqdm(file=sys.stderr, disable=None, unit=" samtaler") as bar:
        found = run_suite(assistant, cases, Chosen((), (), ()), grounds, asking_of(assistant),
                          step=bar.update)  # fmt: skip
    assistant.close()
    return found


def lower(without: dict[str, Figure], with_model: dict[str, Figure]) -> list[str]:
    """Return the names of the figures that are lower with the model."""
    return [
        name
        for name, figure in without.items()
        if name not in with_model or with_model[name].value < figure.value - _TOLERANCE
    ]


def as_table(without: Run, with_model: Run) -> str:
    """Return every figure of both runs, what the model came to, and how readable both are."""
    first, second = measure(without), measure(with_model)
    lines = [f"{'':45} {'uden':>7} {'med':>7}"]
    for name, figure in first.items():
        other = second[name].value if name in second else float("nan")
        sign = "  lavere" if name in lower(first, second) else ""
        lines.append(f"{LABELS[name]:45} {100 * figure.value:7.2f} {100 * other:7.2f}{sign}")
    answers = [asked.answer for asked in with_model.asked]
    could = [a for a in answers if a.mode == "model" or a.degraded]
    worded = [a for a in could if a.mode == "model"]
    lines += [
        "",
        f"formuleret af modellen: {len(worded)} af {len(could)} svar, der kunne",
        f"lix, svarets begyndelse: {_lix(without, worded):.1f} uden, "
        f"{_lix(with_model, worded):.1f} med",
    ]
    return "\n".join(lines)


def _lix(run_: Run, worded: Sequence[Answer]) -> float:
    """Return the mean readability of how the answers begin: low is easy (Björnsson's LIX)."""
    asked = {answer.question for answer in worded}
    begins = [
        a.answer.text.split("\n\n")[0] for a in run_.asked if a.answer.question in asked
    ]  # fmt: skip
    return statistics.fmean(map(lix, begins)) if begins else float("nan")


def lix(text: str) -> float:
    """Return words a sentence plus the share of words over six letters, in per cent.

    >>> lix("Vi har en lang sygehusliste. Den er ny.")
    16.5
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    long = sum(len(word) > _LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)
