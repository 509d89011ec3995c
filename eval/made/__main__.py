"""`python -m eval.made FOLDER --count 10`: a corpus with made agreements, questions and truth."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from chains import AssistantError, Settings, texts
from eval.made.write import make_many, real_cases, write_corpus, write_truth


def main(
    folder: Annotated[Path, typer.Argument(help="Hvor de skrives: corpus/ og golden/.")],
    count: Annotated[int, typer.Option(min=1, help="Hvor mange.")] = 10,
    seed: Annotated[int, typer.Option(help="Samme tal giver samme aftaler.")] = 1,
) -> None:
    """Lav aftaler for andre år ud fra de rigtige, med gyldne spørgsmål og facit."""
    settings = Settings()
    try:
        cases = real_cases(settings.corpus_dir)
        made = []
        for original, one in tqdm(make_many(settings.corpus_dir, count, seed), total=count):
            made.append(one)
            write_truth(folder / "golden", original, one, cases)
        write_corpus(settings.corpus_dir, folder / "corpus", made)
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(main)
