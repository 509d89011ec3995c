"""`python -m ingest build | check | show ID | adapt`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from tqdm import tqdm

from corpus import texts
from corpus.errors import AssistantError, UnknownAgreement
from corpus.models import Agreement
from corpus.settings import Settings
from ingest import adapter
from ingest.build import build, index_name, process
from ingest.commitments import CommitmentRegistry
from ingest.coverage import account_for
from ingest.embed import embedder_id, load_embedder
from ingest.extract_commitments import extract_commitments, fit
from ingest.figures import Registry
from ingest.index import Corpus, Index

app = typer.Typer(help=texts.CLI_INGEST, no_args_is_help=True, add_completion=False)


@app.command("build")
def build_command(
    force: Annotated[bool, typer.Option(help="Byg igen, også hvis indekset findes.")] = False,
) -> None:
    """Byg søgeindekset."""
    settings = Settings()
    corpus = process(settings)
    with tqdm(desc=texts.LOADING_MODEL, unit="stk", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.set_description_str(texts.BUILDING_INDEX)
            bar.total = total
            bar.update(done - bar.n)

        embedder = load_embedder(settings)
        folder = build(settings, corpus, embedder, progress, force=force)
    manifest = Index.open(folder, embedder).manifest
    typer.echo(
        texts.CLI_BUILT.format(
            name=manifest.name, passages=manifest.passages, sentences=manifest.sentences
        )
    )


@app.command("check")
def check_command() -> None:
    """Kontrollér aftalerne, deres hverdagsord, deres tal og det, der er aftalt."""
    settings = Settings()
    corpus = process(settings)
    covered = [_check_figures(settings, agreement) for agreement in corpus.agreements]
    covered += [_check_commitments(settings, agreement, corpus) for agreement in corpus.agreements]
    for agreement in corpus.agreements:
        counts = {
            "sections": sum(s.agreement_id == agreement.id for s in corpus.sections),
            "passages": sum(p.agreement_id == agreement.id for p in corpus.passages),
            "sentences": sum(s.passage_id.startswith(f"{agreement.id}:") for s in corpus.sentences),
        }
        typer.echo(texts.CLI_OK.format(id=agreement.id, **counts))
    name = index_name(corpus, embedder_id(settings))
    there = (settings.index_dir / name / "manifest.json").is_file()
    typer.echo((texts.CLI_INDEX_OK if there else texts.CLI_NO_INDEX).format(name=name))
    if not all(covered):
        raise typer.Exit(1)


def _check_figures(settings: Settings, agreement: Agreement) -> bool:
    """Print what became of every number of an agreement; False where one is unaccounted for."""
    path = settings.figures_dir / f"{agreement.id}.yaml"
    if not path.is_file():
        typer.echo(texts.CLI_UNREVIEWED.format(id=agreement.id))
        return True
    registry = Registry(path, agreement)
    coverage = account_for(agreement, registry)
    classes = ", ".join(f"{count} {name}" for name, count in sorted(coverage.by_class.items()))
    typer.echo(
        texts.CLI_COVERAGE.format(
            id=agreement.id,
            figures=len(registry.figures),
            numbers=coverage.numbers,
            share=_percent(coverage.share),
            classes=classes,
        )
    )
    for loose in coverage.loose:
        typer.echo(
            texts.CLI_LOOSE.format(number=loose.text, place=loose.start, around=loose.around)
        )
    return not coverage.loose


def _check_commitments(settings: Settings, agreement: Agreement, corpus: Corpus) -> bool:
    """Print what became of each sentence with a commitment's words; False where one is loose."""
    path = settings.commitments_dir / f"{agreement.id}.yaml"
    sentences = [s for s in corpus.sentences if s.passage_id.startswith(f"{agreement.id}:")]
    by_rule = extract_commitments(agreement.id, sentences)
    if not path.is_file():
        typer.echo(texts.CLI_COMMITMENTS_BY_RULE.format(id=agreement.id, count=len(by_rule)))
        return True
    registry = CommitmentRegistry(path, agreement)
    coverage = registry.account_for(sentences)
    quality = fit(by_rule, registry.commitments)
    typer.echo(
        texts.CLI_COMMITMENTS.format(
            id=agreement.id,
            count=len(registry.commitments),
            sentences=coverage.sentences,
            share=_percent(coverage.share),
            precision=_percent(quality.precision),
            recall=_percent(quality.recall),
        )
    )
    for loose in coverage.loose:
        typer.echo(texts.CLI_LOOSE_SENTENCE.format(place=loose.start, text=loose.text))
    return not coverage.loose


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


@app.command("show")
def show_command(id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Vis præcis den tekst, som alle tegnpositioner henviser til."""
    agreements = {agreement.id: agreement for agreement in process(Settings()).agreements}
    if id_ not in agreements:
        raise UnknownAgreement(id_, tuple(agreements))
    sys.stdout.buffer.write(agreements[id_].text.encode())


@app.command("adapt")
def adapt_command() -> None:
    """Lær søgemodellens tilpasning af spørgsmålene i corpus/everyday."""
    settings = Settings()
    loss = adapter.train(process(settings), load_embedder(settings))
    typer.echo(texts.CLI_ADAPTED.format(loss=f"{loss:.3f}".replace(".", ",")))


def main() -> None:
    """Run a command; an error of ours is one Danish line and exit 1 (2 for a wrong id)."""
    try:
        app()
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        sys.exit(2 if isinstance(error, UnknownAgreement) else 1)


if __name__ == "__main__":
    main()
