"""`python -m eval.dead_model`: does a language model that is down slow answers down?

The same questions are asked of an assistant without a model and of one whose model cannot be
reached, in turn. From the sixth request on the breaker is open, and both should take as long.
"""

from __future__ import annotations

import socket
import statistics
import sys
import time

from chains import Assistant, Settings
from eval.asking import planted_settings
from eval.cases import load_cases
from eval.suite import lay_grounds

_QUESTIONS, _FAILURES = 200, 5
_ALLOWED = 1.1


def main() -> None:
    """Print both p95s and their ratio; exit 1 over the limit."""
    settings = Settings(_env_file=None, llm_model="")
    plain = Assistant.of_corpus(settings)
    with socket.socket() as held:  # bound, and nobody listens
        held.bind(("127.0.0.1", 0))
        given = {"llm_model": "openai:none", "llm_failures": _FAILURES, "llm_open_s": 600.0,
                 "llm_base_url": f"http://127.0.0.1:{held.getsockname()[1]}/v1"}  # fmt: skip
        dead = Assistant.of_corpus(settings.model_copy(update=given), embedder=plain.embedder)
        questions = _answered(plain)
        first = [_ms(dead, question) for question in questions[:_FAILURES]]
        apart = [(_ms(plain, question), _ms(dead, question)) for question in questions[_FAILURES:]]
    dead.close()
    p95s = [statistics.quantiles(times, n=20)[-1] for times in zip(*apart, strict=True)]
    ratio = p95s[1] / p95s[0]
    sys.stdout.write(
        f"the first {_FAILURES}: at most {max(first):.0f} ms\n"
        f"from then on ({len(apart)} questions): p95 {p95s[0]:.0f} ms without a model, "
        f"{p95s[1]:.0f} ms with a dead one: {ratio:.2f} (limit {_ALLOWED})\n"
    )
    sys.exit(0 if ratio <= _ALLOWED else 1)


def _answered(assistant: Assistant) -> list[str]:
    """Return questions that get an answer: only those are put to a model."""
    settings = Settings(_env_file=None)
    cases = load_cases(lay_grounds(settings, planted_settings(settings)).agreements)
    plain = [c.question for c in cases if not (c.history or c.entry.corpus or c.is_attack)]
    some = plain[:: len(plain) // (2 * _QUESTIONS)]
    return [question for question in some if assistant.answer(question).citations][:_QUESTIONS]


def _ms(assistant: Assistant, question: str) -> float:
    began = time.perf_counter()
    assistant.answer(question)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
