"""`python -m ingest build | check | add | review | remove | show | doctor | backup | restore`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from corpus import ingest_texts, review_texts, texts
from corpus.errors import AssistantError, FieldMissing, UnknownAgreement
from corpus.models import Agreement
from corpus.settings import Settings
from ingest import adapter
from ingest.add_command import add_command, remove_command
from ingest.backup import back_up, restore
from ingest.build import find_version, index_name, process
from ingest.commitments import CommitmentRegistry
from ingest.coverage import account_for
from ingest.doctor import examine
from ingest.embed import embedder_id, load_embedder
from ingest.extract_commitments import extract_commitments, fit
from ingest.figures import Registry
from ingest.index import Corpus, read_manifest
from ingest.publish import publish
from ingest.review_command import review_command
from ingest.versions import writing

app = typer.Typer(help=texts.CLI_INGEST, no_args_is_help=True, add_completion=False)


@app.command("build")
def build_command(
    force: Annotated[bool, typer.Option(help="Byg igen, også hvis indekset findes.")] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Vent ikke på en anden, der bygger.")
    ] = False,
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Tag versionen i brug trods ringere genfinding.")
    ] = False,
) -> None:
    """Byg en ny version af søgeindekset, kontrollér den, og tag den i brug."""
    settings = Settings()
    with writing(settings.index_dir, wait=not no_wait, on_wait=_say_waiting):
        pass  # a second writer hears of the first before a model is loaded
    process(settings)  # and of an agreement that cannot be used
    with tqdm(desc=texts.LOADING_MODEL, unit="stk", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.set_description_str(texts.BUILDING_INDEX)
            bar.total = total
            bar.update(done - bar.n)

        embedder = load_embedder(settings)
        folder = publish(
            settings,
            process,
            embedder,
            progress,
            force=force,
            accept_loss=accept_loss,
            wait=not no_wait,
            on_wait=_say_waiting,
        )
    manifest = read_manifest(folder)
    typer.echo(
        texts.CLI_BUILT.format(
            name=manifest.name, passages=manifest.passages, sentences=manifest.sentences
        )
    )


def _say_waiting(seconds: float) -> None:
    sys.stderr.write(f"\r{ingest_texts.WAITING_FOR_BUILD} {seconds:.0f} s")
    sys.stderr.flush()


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
    there = find_version(settings.index_dir, name)
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
    return _is_settled(agreement.id, registry.by_queue, len(coverage.loose))


def _is_settled(agreement_id: str, by_queue: bool, left: int) -> bool:
    """Return whether nothing is left, or what is left stands in the queue of a review."""
    if left and by_queue:
        typer.echo(review_texts.CLI_LEFT.format(id=agreement_id, left=left))
    return by_queue or not left


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
    return _is_settled(agreement.id, registry.by_queue, len(coverage.loose))


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


app.command("add")(add_command)
app.command("remove")(remove_command)
app.command("review")(review_command)


@app.command("doctor")
def doctor_command() -> None:
    """Undersøg indeks, registre, versioner, model og plads, og sig, hvad der afhjælper fejl."""
    wrong = False
    for finding in examine(Settings()):
        shown = ingest_texts.DOCTOR_WRONG if finding.wrong else ingest_texts.DOCTOR_OK
        typer.echo(shown.format(text=finding.text, mend=finding.mend))
        wrong = wrong or finding.wrong
    if wrong:
        raise typer.Exit(1)


@app.command("backup")
def backup_command(file: Annotated[Path, typer.Argument(metavar="FIL")]) -> None:
    """Gem kilder, registre og den version, der er i brug, i én fil."""
    made = back_up(Settings(), file)
    typer.echo(
        ingest_texts.BACKED_UP.format(path=file, version=made.version, files=len(made.files))
    )


@app.command("restore")
def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FIL")],
    force: Annotated[bool, typer.Option(help="Sæt kopien i stedet for det, der er der.")] = False,
) -> None:
    """Læg en sikkerhedskopi tilbage; det, der var, bliver liggende ved siden af."""
    put = restore(Settings(), file, force=force)
    typer.echo(
        ingest_texts.RESTORED.format(
            path=file, version=put.version, files=len(put.files), made=f"{put.made:%d.%m.%Y %H:%M}"
        )
    )


def main() -> None:
    """Run a command; an error of ours is one Danish line and exit 1 (2 for a wrong id or field)."""
    try:
        app()
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        sys.exit(2 if isinstance(error, UnknownAgreement | FieldMissing) else 1)


if __name__ == "__main__":
    main()
