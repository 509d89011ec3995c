"""`python -m eval.difference`: is the pairing of two agreements right, where the truth is known?

Agreements made of the real ones are compared with them. Of each kind: precision and recall of the
pairs, and how many of the figures are told rightly as new, dropped, changed or continued.
`without` leaves out what a reviewer gives (labels, aliases): figures and commitments by rule alone,
matched to the truth by where they stand.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from chains import AssistantError, Settings, texts
from chains.difference import find_difference
from chains.matching import (
    COMMITMENT_LEAST,
    FIGURE_LEAST,
    SECTION_LEAST,
    Pairs,
    pair_commitments,
    pair_sections,
    pair_series,
)
from corpus.agreed import Figure
from corpus.commitment import Commitment
from corpus.difference import Change
from eval.made.maker import Made, Original
from eval.made.write import make_many, write_corpus
from ingest.build import process
from ingest.index import Corpus

Names = set[tuple[str, str]]
Pair = Callable[[Corpus, str, str, float], Pairs]
_SWEEP = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
_WORD = re.compile(r"[a-zæøå]{3,}", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """How many pairs were found, right, and there to be found."""

    found: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of those there that were found."""
        return self.right / self.there if self.there else 1.0


def score(found: Names, true: Names) -> Score:
    """Hold found pairs against the true ones."""
    return Score(len(found), len(found & true), len(true))


def add(scores: Iterable[Score]) -> Score:
    """Return scores taken together."""
    listed = list(scores)
    return Score(*(sum(getattr(s, name) for s in listed) for name in ("found", "right", "there")))


def figures_score(corpus: Corpus, original: Original, made: Made, least: float) -> Score:
    """Return how well series are paired."""
    old_id, new_id = original.agreement.id, made.head.id
    own = [[s for s in corpus.series if s.agreement_id == i] for i in (old_id, new_id)]
    pairs = pair_series(corpus, old_id, new_id, least)
    return score({(own[0][i].id, own[1][j].id) for i, j, _ in pairs},
                 set(made.truth.figures.items()))  # fmt: skip


def bare_score(corpus: Corpus, original: Original, made: Made, least: float) -> Score:
    """Return how well figures found by rule are paired; their place tells what they are."""
    old_id, new_id = original.agreement.id, made.head.id
    own = [[s for s in corpus.series if s.agreement_id == i] for i in (old_id, new_id)]

    def moved(start: int) -> str | None:
        """Return the words before a place as the made agreement has them."""
        first = max(0, start - 60)
        return made.moved.quote(made.moved.text[first:start], first)

    text = made.agreement.text
    starts = {s.first.place.start: s.id for s in own[1]}
    true: Names = set()
    for series in own[0]:
        before = moved(series.first.place.start)
        if before and text.count(before) == 1:
            there = text.index(before) + len(before)
            if there in starts:
                true.add((series.id, starts[there]))
    known = {a for a, _ in true}
    pairs = pair_series(corpus, old_id, new_id, least)
    found = {(own[0][i].id, own[1][j].id) for i, j, _ in pairs}
    return score({pair for pair in found if pair[0] in known}, true)


def commitments_score(corpus: Corpus, original: Original, made: Made, least: float) -> Score:
    """Return how well commitments are paired."""
    old_id, new_id = original.agreement.id, made.head.id
    own = [[c for c in corpus.commitments if c.agreement_id == i] for i in (old_id, new_id)]
    pairs = pair_commitments(corpus, old_id, new_id, least)
    return score({(own[0][i].id, own[1][j].id) for i, j, _ in pairs},
                 set(made.truth.commitments.items()))  # fmt: skip


def sections_score(corpus: Corpus, original: Original, made: Made, least: float) -> Score:
    """Return how well sections are paired; each has its own heading, years moved."""
    old_id, new_id = original.agreement.id, made.head.id
    own = [[s for s in corpus.sections if s.agreement_id == i] for i in (old_id, new_id)]
    gone, added = set(made.truth.dropped_sections), set(made.truth.added_sections)
    kept = [s for s in own[0] if s.heading not in gone]
    came = [s for s in own[1] if s.heading not in added]
    true = {(a.id, b.id) for a, b in zip(kept, came, strict=True)}
    pairs = pair_sections(corpus, old_id, new_id, least)
    return score({(own[0][i].id, own[1][j].id) for i, j, _ in pairs}, true)


def changes_right(corpus: Corpus, original: Original, made: Made) -> tuple[int, int]:
    """Return (right, all) of what single figures are told to be: new, dropped, changed, the same.

    Series over several years are left out: of those the calendar years are compared.
    """
    told = find_difference(corpus, made.head.id, original.agreement.id)
    single = {s.id for s in corpus.series if len(s.figures) == 1}
    truth = made.truth
    wanted: Counter[tuple[str, Change]] = Counter()
    labels = {(s.agreement_id, s.id): s.label for s in corpus.series}
    for series in corpus.series:
        if series.id not in single or series.agreement_id != original.agreement.id:
            continue
        new = truth.figures.get(series.id)
        change = (Change.DROPPED if new is None else Change.CHANGED
                  if series.id in truth.changed else Change.CONTINUED)  # fmt: skip
        wanted[labels[original.agreement.id, series.id], change] += 1
    for new in truth.added_figures:
        wanted[labels[made.head.id, new], Change.NEW] += 1
    sides = [(row.old or row.new, row.change) for row in told.figures]
    got = Counter((side.label, change) for side, change in sides if side)
    return sum((got & wanted).values()), sum(wanted.values())


def main(
    count: Annotated[int, typer.Option(min=2, help="Hvor mange lavede aftaler.")] = 6,
    seed: Annotated[int, typer.Option(help="Samme tal giver samme aftaler.")] = 11,
    sweep: Annotated[bool, typer.Option(help="Prøv flere tærskler.")] = False,
) -> None:
    """Mål parringen af tal, aftalte forhold og afsnit på aftaler, hvor facit kendes."""
    settings = Settings()
    try:
        made = list(make_many(settings.corpus_dir, count, seed))
        for line in measure(settings, made, sweep=sweep):
            sys.stdout.write(line + "\n")
    except AssistantError as error:
        sys.stderr.write(texts.describe_error(error) + "\n")
        raise typer.Exit(1) from error


def reword(corpus: Corpus, ids: Sequence[str], share: float = 0.5) -> Corpus:
    """Return a corpus in which some agreements say it in other words.

    Labels and aliases of theirs have no phrase in common with the others', and each word of their
    texts is struck out with a chance of `share`: harder than what the maker's phrases do.
    """
    chance = Random(share)  # noqa: S311 - no secret, the same each time

    def struck(text: str) -> str:
        return _WORD.sub(lambda m: m[0] if chance.random() > share else "x" * len(m[0]), text)

    made = frozenset(ids)
    texts_ = {a.id: struck(a.text) if a.id in made else a.text for a in corpus.agreements}
    owner = {p.id: p.agreement_id for p in corpus.passages}

    def called(f: Figure) -> Figure:
        own = f.aliases[1::2] if f.agreement_id in made else f.aliases[::2]
        label = own[0] if f.agreement_id in made and own else f.label
        return f.model_copy(update={"aliases": own, "label": label})

    def acted(c: Commitment) -> Commitment:
        own = c.aliases[1::2] if c.agreement_id in made else c.aliases[::2]
        act = own[0] if c.agreement_id in made and own else c.act
        return c.model_copy(update={"aliases": own, "act": act})

    return Corpus(
        agreements=tuple(a.model_copy(update={"text": texts_[a.id]}) for a in corpus.agreements),
        sections=corpus.sections,
        passages=corpus.passages,
        sentences=tuple(
            s.model_copy(update={"text": texts_[owner[s.passage_id]][s.start : s.end]})
            for s in corpus.sentences
        ),
        figures=tuple(map(called, corpus.figures)),
        commitments=tuple(map(acted, corpus.commitments)),
    )


def unrelated(pair: Pair, corpus: Corpus, original: Original, made: Made, least: float) -> Score:
    """Return how many are paired with those of the other real agreement: hardly one is right."""
    others = [a.id for a in corpus.agreements
              if a.id != original.agreement.id and a.head.title != made.head.title
              and not made.head.id.startswith(a.id[:8])]  # fmt: skip
    found = pair(corpus, others[0], made.head.id, least)
    return Score(len(found), 0, 0)


def measure(
    settings: Settings, made: Sequence[tuple[Original, Made]], *, sweep: bool = False
) -> list[str]:
    """Return the table, a line each."""
    lines = ["hvad, tærskel: fundet, rigtige, facit; præcision, dækning (pct.)"]
    with tempfile.TemporaryDirectory() as folder:
        corpora = {}
        for name, bare in (("", False), ("uden gennemgang", True)):
            write_corpus(settings.corpus_dir, Path(folder) / "c", [m for _, m in made])
            if bare:
                for kind in ("figures", "commitments"):
                    for path in (Path(folder) / "c" / kind).glob("*.yaml"):
                        path.unlink()
            own = settings.model_copy(update={"corpus_dir": Path(folder) / "c"})
            corpora[name] = process(own)
    whole, bare_corpus = corpora[""], corpora["uden gennemgang"]
    other_words = reword(whole, [m.head.id for _, m in made])
    measures = (
        ("tal i andre ord", other_words, figures_score, FIGURE_LEAST),
        ("tal i en ubeslægtet aftale", whole, partial(unrelated, pair_series), FIGURE_LEAST),
        (
            "aftalte forhold i en ubeslægtet aftale",
            whole,
            partial(unrelated, pair_commitments),
            COMMITMENT_LEAST,
        ),
        ("aftalte forhold i andre ord", other_words, commitments_score, COMMITMENT_LEAST),
        ("tal", whole, figures_score, FIGURE_LEAST),
        ("tal uden gennemgang", bare_corpus, bare_score, FIGURE_LEAST),
        ("aftalte forhold", whole, commitments_score, COMMITMENT_LEAST),
        ("afsnit", whole, sections_score, SECTION_LEAST),
    )
    for name, corpus, function, least in measures:
        for value in _SWEEP if sweep else [least]:
            total = add(function(corpus, original, one, value) for original, one in made)
            lines.append(
                f"{name}, {value}: {total.found}, {total.right}, {total.there}; "
                f"{100 * total.precision:.1f}, {100 * total.recall:.1f}"
            )
    told = [changes_right(whole, original, one) for original, one in made]
    right, there = sum(r for r, _ in told), sum(n for _, n in told)
    lines.append(f"ændring rigtigt angivet (enkelte tal): {right} af {there}")
    return lines


if __name__ == "__main__":
    typer.run(main)
