"""What everyday questions and the learned ranker are worth: `python -m eval.ablation`.

The questions for texts and stated figures are asked with everything, without everyday words and
questions, and with plain nearness in place of the learned weights of the selection.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chains import Assistant, Settings
from chains.selection import FEATURES
from chains.weights import Weights
from corpus.models import AnswerKind
from eval.asking import planted_settings
from eval.cases import Case, load_cases
from eval.metrics import answer_right, any_evidence_cited
from eval.suite import lay_grounds


def main() -> None:
    """Print the share right and with evidence cited for each way."""
    settings = Settings()
    every = load_cases(lay_grounds(settings, planted_settings(settings)).agreements)
    cases = [c for c in every if not (c.history or c.entry.corpus or c.is_attack)
             and c.entry.kind in {AnswerKind.TEXT, AnswerKind.FIGURE}]  # fmt: skip
    full = Assistant.of_corpus(settings)
    weights = Weights.load()
    plain = weights.model_copy(
        update={"selection": dict.fromkeys(FEATURES, 0.0) | {"cosine": 1.0, "first_passage": 1.0}}
    )
    sys.stdout.write(f"{'':<44}   right   cited   of {len(cases)}\n")
    sys.stdout.write(_row("everything", full, cases))
    sys.stdout.write(_row("without the learned ranker", full.with_weights(plain), cases))
    full.close()
    with tempfile.TemporaryDirectory() as folder:
        bare = _without_everyday(settings, Path(folder))
        sys.stdout.write(_row("without everyday words and questions", bare, cases))
        sys.stdout.write(_row("without either", bare.with_weights(plain), cases))
        bare.close()


def _without_everyday(settings: Settings, folder: Path) -> Assistant:
    corpus = folder / "corpus"
    corpus.mkdir()
    for path in settings.corpus_dir.iterdir():
        if path.name in {"agreements", "figures", "commitments", "aliases.yaml"}:
            (corpus / path.name).symlink_to(path)
    return Assistant.of_corpus(settings.model_copy(update={"corpus_dir": corpus}))


def _row(name: str, assistant: Assistant, cases: Sequence[Case]) -> str:
    answers = [(case, assistant.answer(case.question)) for case in cases]
    right = sum(answer_right(case, answer) for case, answer in answers) / len(cases)
    cited = sum(bool(any_evidence_cited(case, answer)) for case, answer in answers) / len(cases)
    return f"{name:<44} {100 * right:6.1f}  {100 * cited:6.1f}\n"


if __name__ == "__main__":
    main()
