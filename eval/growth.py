"""`python -m eval.growth --beside 10,50`: are answers as right when near-duplicates stand beside?

For each number so many agreements made of the real ones are put beside them, and the same golden
questions are asked with and without them. Named: questions that name their agreement, of the real
agreements and of the newest made ones. Not named: questions that name neither year nor agreement;
right is then what the newest says. A mixed answer quotes two agreements of one kind.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from tqdm import tqdm

from chains import Answer, AnswerKind, Assistant, AssistantError, Settings, texts
from chains.scope import kinds
from corpus.models import Head, NotFoundReason
from eval.cases import Case, load_cases
from eval.files import write_whole
from eval.made.maker import Made, Original
from eval.made.questions import is_named, name
from eval.made.write import make_many, real_cases, write_corpus, write_truth
from eval.metrics import answer_right
from ingest.embed import Embedder, load_embedder

_CITED = {AnswerKind.TEXT, AnswerKind.FIGURE, AnswerKind.CALCULATION}
_REAL, _NEW, _PLAIN, _NOES = 0.35, 0.35, 0.25, 0.05
"""Shares of the sample."""


@dataclass(frozen=True)
class Asked:
    """A case, how it is asked, and the collection without anything beside."""

    case: Case
    question: str
    group: str
    alone: str


@dataclass(frozen=True)
class Outcome:
    """What became of a question with nothing beside, and with so many."""

    asked: Asked
    before: bool
    after: bool
    newest: bool
    """Answered from the newest alone, or asked back, or a no."""
    mixed: bool


def sample_cases(
    settings: Settings, made: Sequence[tuple[Original, Made]], folder: Path, size: int, seed: int
) -> list[Asked]:
    """Return a seeded sample of the questions."""
    random = Random(seed)  # noqa: S311 - no secret, the same each time
    real = real_cases(settings.corpus_dir)
    newest = newest_of(made)
    heads = {o.agreement.id: o.agreement.head for o, _ in made}
    groups: dict[str, list[Asked]] = {"nævnt": [], "nævnt, nyeste": [], "ikke nævnt": [], "nej": []}
    for case in real:
        ours = case.is_plain and len(case.agreements) == 1 and case.entry.style != "long"
        if ours and case.entry.wants != "comparison":
            asked = name(case.question, heads[case.agreements[0]])
            groups["nævnt"].append(Asked(case, asked, "nævnt", "real"))
        no = case.entry.reason is NotFoundReason.NOT_STATED and case.is_plain
        if no and not is_named(case.question):
            groups["nej"].append(Asked(case, case.question, "nej", "newest"))
    for original, one in newest:
        write_truth(folder, original, one, [c for c in real if c.is_plain])
    for kind, group in (("named", "nævnt, nyeste"), ("plain", "ikke nævnt")):
        for _, one in newest:
            own = folder / "own" / one.head.id / kind
            text = (folder / kind / f"{one.head.id}.yaml").read_text(encoding="utf-8")
            write_whole(own / f"{one.head.id}.yaml", text)
            for case in load_cases((one.agreement,), own):
                groups[group].append(Asked(case, case.question, group, "newest"))
    sizes = dict(zip(groups, (_REAL, _NEW, _PLAIN, _NOES), strict=True))
    return [
        asked
        for group, every in groups.items()
        for asked in random.sample(every, min(len(every), round(size * sizes[group])))
    ]


def newest_of(made: Sequence[tuple[Original, Made]]) -> list[tuple[Original, Made]]:
    """Return the newest made agreement of each original."""
    newest: dict[str, tuple[Original, Made]] = {}
    for original, one in made:
        known = newest.get(original.agreement.id)
        if known is None or one.head.date > known[1].head.date:
            newest[original.agreement.id] = (original, one)
    return list(newest.values())


def judge(asked: Asked, before: Answer, after: Answer, groups: Sequence[Sequence[Head]]) -> Outcome:
    """Return what became of a question."""
    cited = {citation.agreement_id for citation in after.citations}
    newest = {group[0].id for group in groups}
    return Outcome(
        asked=asked,
        before=answer_right(asked.case, before),
        after=answer_right(asked.case, after),
        newest=after.kind not in _CITED or cited <= newest,
        mixed=any(len(cited & {head.id for head in group}) > 1 for group in groups),
    )


def table(beside: int, outcomes: Sequence[Outcome]) -> list[str]:
    """Return the figures of one run, a line each."""
    lines = [f"{beside} ved siden af:"]
    for group in dict.fromkeys(o.asked.group for o in outcomes):
        own = [o for o in outcomes if o.asked.group == group]
        before, after = (sum(o.before for o in own), sum(o.after for o in own))
        loss = 100 * (before - after) / len(own)
        lost = sum(o.before and not o.after for o in own)
        lines.append(
            f"  {group}: {before} → {after} af {len(own)} rigtige, tab {loss:.1f} point "
            f"({lost} tabt, {after - before + lost} vundet); "
            f"blandede svar {sum(o.mixed for o in own)}"
        )
    plain = [o for o in outcomes if o.asked.group == "ikke nævnt"]
    if plain:
        share = 100 * sum(o.newest for o in plain) / len(plain)
        lines.append(f"  ikke nævnt: fra den nyeste, et valg eller et nej: {share:.1f} pct.")
    return lines


def run(
    settings: Settings, count: int, size: int, seed: int, embedder: Embedder,
    say: Callable[[str], object],
) -> list[Outcome]:  # fmt: skip
    """Ask a sample with nothing beside and with `count` made agreements beside."""
    folder = settings.var_dir / "eval" / "growth" / str(count)
    made = list(tqdm(make_many(settings.corpus_dir, count, seed), total=count, file=sys.stderr))
    newest = [one for _, one in newest_of(made)]
    write_corpus(settings.corpus_dir, folder / "real", [])
    write_corpus(settings.corpus_dir, folder / "newest", newest, originals=False)
    write_corpus(settings.corpus_dir, folder / "beside", [one for _, one in made])
    sample = sample_cases(settings, made, folder / "golden", size, seed)
    answers: dict[str, dict[int, Answer]] = {}
    groups: list[list[Head]] = []
    for place in ("real", "newest", "beside"):
        own = settings.model_copy(update={"corpus_dir": folder / place})
        start = time.monotonic()
        with tqdm(total=0, desc=place, file=sys.stderr) as bar:

            def progress(done: int, total: int, bar: tqdm = bar) -> None:
                bar.set_description_str(texts.embedded(done, total))

            assistant = Assistant.of_corpus(own, progress, embedder)
        opened = time.monotonic()
        groups = kinds(a.head for a in assistant.agreements)
        chosen = {i: a for i, a in enumerate(sample) if place in {"beside", a.alone}}
        answers[place] = {
            i: assistant.answer(a.question)
            for i, a in tqdm(chosen.items(), desc=place, file=sys.stderr)
        }
        spent = (time.monotonic() - opened) / max(1, len(chosen))
        assistant.close()
        say(f"{place}: åbnet på {opened - start:.0f} s, {1000 * spent:.0f} ms pr. spørgsmål")
    return [
        judge(asked, answers[asked.alone][i], answers["beside"][i], groups)
        for i, asked in enumerate(sample)
    ]


def main(
    beside: Annotated[str, typer.Option(help="Hvor mange, adskilt af komma.")] = "10",
    size: Annotated[int, typer.Option(min=20, help="Hvor mange spørgsmål.")] = 200,
    seed: Annotated[int, typer.Option(help="Samme tal giver samme aftaler og spørgsmål.")] = 1,
    lost: Annotated[bool, typer.Option("--lost", help="Vis de spørgsmål, der blev tabt.")] = False,
) -> None:
    """Mål tabet i rigtige svar, når næsten ens aftaler står ved siden af."""
    settings = Settings()
    try:
        embedder = load_embedder(settings)
        for count in (int(number) for number in beside.split(",")):
            outcomes = run(settings, count, size, seed, embedder,
                           lambda text: sys.stderr.write(text + "\n"))  # fmt: skip
            sys.stdout.write("\n".join(table(count, outcomes)) + "\n")
            for outcome in outcomes if lost else ():
                if (outcome.before and not outcome.after) or outcome.mixed:
                    sys.stdout.write(f"    {outcome.asked.group}: {outcome.asked.question}\n")
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(main)
