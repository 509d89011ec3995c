"""`python -m tests.small_model FILE.gguf`: a small real model that mostly lies words our answers.

Wants `xllamacpp` beside what is installed, and a model's file; neither is a dependency. A grammar
makes the model fill in our form, so that what it says is held against the quotes instead of being
put aside for its shape. Every sentence that got through is printed below its sources, to be read.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from tqdm import tqdm

from chains import Assistant, Settings
from eval.asking import planted_settings
from eval.cases import load_cases
from eval.load import free_port
from eval.suite import lay_grounds

_GRAMMAR = r"""
root ::= "{\"claims\": [" claim (", " claim)? "]}"
claim ::= "{\"text\": \"" text "\", \"marks\": [" [0-5] "]}"
text ::= [A-ZÆØÅ] [^"\\\x00-\x1f]{20,200} "."
"""
_SLOW_S = 120.0
_CONTEXT = 8_192
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def serve(model: Path) -> Any:
    """Return the model's server, which stops when it is let go of, listening on a free port."""
    import xllamacpp  # late: not a dependency

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.port = _CONTEXT, 1, free_port()
    params.sampling.temp, params.sampling.seed = 0.3, 1
    grammar = xllamacpp.CommonGrammar()
    grammar.type = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
    grammar.grammar = _GRAMMAR
    params.sampling.grammar = grammar
    return xllamacpp.Server(params)


@app.command()
def main(
    model: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    sample: Annotated[int, typer.Option(min=1, help="How many questions.")] = 60,
) -> None:
    """Print what got through and how many sentences were stopped by which rule."""
    server = serve(model)
    settings = Settings(_env_file=None)
    waits = dict.fromkeys(("llm_first_token_s", "llm_gap_s", "llm_total_s"), _SLOW_S)
    given = {"llm_model": "openai:small", "llm_base_url": f"{server.listening_address}/v1",
             "llm_json_mode": False, "llm_failures": 1_000, **waits}  # fmt: skip
    assistant = Assistant.of_corpus(settings.model_copy(update=given))
    stopped: Counter[str] = Counter()
    for question in tqdm(_questions(settings, sample), file=sys.stderr, disable=None):
        explanation = assistant.explain(question)
        told = explanation.told
        if told is None:
            stopped["not asked"] += 1
            continue
        stopped.update(wrong.rule for _, wrong in told.dropped)
        stopped["no words"] += bool(told.failed)
        stopped["through"] += len(told.kept)
        if told.kept:
            sys.stdout.write(f"? {question}\n")
            quoted = explanation.answer.citations
            sys.stdout.write("".join(f"  [{c.marker}] {c.quote}\n" for c in quoted))
            sys.stdout.write("".join(f"  > {text}\n" for text in told.kept))
    sys.stdout.write(f"{', '.join(f'{rule} {n}' for rule, n in stopped.most_common())}\n")
    assistant.close()


def _questions(settings: Settings, sample: int) -> list[str]:
    cases = load_cases(lay_grounds(settings, planted_settings(settings)).agreements)
    plain = [c.question for c in cases if not (c.history or c.entry.corpus or c.is_attack)]
    return plain[:: max(1, len(plain) // sample)]


if __name__ == "__main__":
    app()
