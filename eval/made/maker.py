"""A real agreement -> a believable one of another year, with what is true of it.

Years move, amounts change (sums and halves still hold), a section is left out and another comes in,
phrases are put otherwise. What is made goes through the pipeline's own reading, structure and
registry checks; what does not hold there is left as it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from corpus.agreed import Figure
from corpus.errors import CommitmentError, FigureError, MakerError
from corpus.models import Agreement, BlockKind, Head, Section, SectionKind
from eval.made.amounts import Amounts, amount_edits, choose_amounts, exact
from eval.made.edits import Edit, Edits, Insertion, edit_file, expected_blocks
from eval.made.registers import Moved, Yaml, move_commitments, move_figures
from eval.made.years import SHORT, YEAR, moved, shift
from ingest.clean import clean
from ingest.commitments import CommitmentRegistry
from ingest.figures import Registry
from ingest.read import Source, read_source
from ingest.structure import structure

HERE = Path(__file__).parent
_PHRASED = 0.35
"""Share of the phrases that are put otherwise."""
_TRIES = 40
_DROPPED, _ADDED = 2, 2
_LONG_ITEM = 250
"""Characters from which on an item of a list is a matter of its own."""
_FEW_FIGURES = 6
"""Figures that a section holds at most that is left out."""


@dataclass(frozen=True)
class Original:
    """A real agreement with its registers."""

    agreement: Agreement
    raw: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    figure_data: Yaml
    commitment_data: Yaml


@dataclass(frozen=True)
class Truth:
    """What became of the original's figures, commitments and sections: old name -> new one."""

    figures: dict[str, str]
    changed: tuple[str, ...]
    """Series (old ids) of which an amount is another."""
    commitments: dict[str, str]
    dropped_sections: tuple[str, ...]
    added_sections: tuple[str, ...]
    added_figures: tuple[str, ...]
    added_commitments: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A made agreement."""

    head: Head
    agreement: Agreement
    raw: str
    figures: Yaml
    commitments: Yaml
    added: tuple[Yaml, ...]
    """The sections of `sections.yaml` that came in, filled in."""
    amounts: Amounts
    moved: Moved
    truth: Truth


def read_original(corpus_dir: Path, id_: str) -> Original:
    """Return a real agreement with its registers.

    Raises:
        CorpusError: a file is missing or does not hold.
    """
    source = read_source(corpus_dir / "agreements" / f"{id_}.yaml")
    agreement = clean(source)
    registry = corpus_dir / "figures" / f"{id_}.yaml"
    return Original(
        agreement=agreement,
        raw=source.raw,
        sections=tuple(section for section, _ in structure(agreement)),
        figures=Registry(registry, agreement).figures,
        figure_data=_load(registry),
        commitment_data=_load(corpus_dir / "commitments" / f"{id_}.yaml"),
    )


def _load(path: Path) -> Any:  # noqa: ANN401 - anything YAML holds
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def make(original: Original, by: int, seed: int, scratch: Path) -> Made:
    """Return an agreement made for `by` years later; the same seed gives the same one.

    Args:
        original: What it is made of.
        by: Years; negative for earlier.
        seed: Of everything that is chosen.
        scratch: A folder in which registers are checked.

    Raises:
        MakerError: no choice passed the checks.
    """
    frozen: set[str] = set()
    still: set[int] = set()
    choice = 0
    for _ in range(_TRIES):
        random = Random(f"{seed}/{by}/{choice}")  # noqa: S311 - no secret, the same each time
        made, found = _attempt(original, by, random, frozen, still, scratch)
        if made is not None:
            return made
        if found.series <= frozen and found.blocks <= still:
            choice += 1  # nothing more can be left as it was: choose anew
        frozen |= found.series
        still |= found.blocks
    raise MakerError(original.agreement.id, by)


@dataclass(frozen=True)
class _Failed:
    """What must stay as it was."""

    series: frozenset[str] = frozenset()
    blocks: frozenset[int] = frozenset()


def _attempt(
    original: Original,
    by: int,
    random: Random,
    frozen: set[str],
    still: set[int],
    scratch: Path,
) -> tuple[Made | None, _Failed]:
    agreement, text = original.agreement, original.agreement.text
    relations = original.figure_data.get("relations") or []
    new = choose_amounts(original.figures, relations, random, frozen)
    if wrong := exact(original.figures, new):
        return None, _Failed(series=_kin(wrong, relations, original.figures))
    dropped = _choose_dropped(original, random)
    added, filled = _choose_added(original, by, dropped, random)
    protected = _protected(original)
    blocked = [(b.start, b.end) for n, b in enumerate(agreement.blocks) if n in still]
    phrased = [
        edit for edit in _phrases(text, random)
        if not any(edit.start < edge < edit.end for edge in protected)
        and not any(a <= edit.start < b for a, b in blocked)
    ]  # fmt: skip
    edits = Edits([*amount_edits(original.figures, new), *_year_edits(original, by), *phrased])
    gone = [(agreement.blocks[d.start].start, agreement.blocks[d.stop - 1].end) for d in dropped]
    raw = edit_file(agreement, original.raw, edits, dropped, added)
    head = _head(agreement.head, by, raw)
    made = clean(Source(head, raw))
    wanted = expected_blocks(agreement, edits, dropped, added)
    got = [(block.kind, made.text[block.start : block.end]) for block in made.blocks]
    if got != wanted:
        return None, _Failed(blocks=_differing(agreement, got, wanted, edits))
    state = Moved(text, edits, gone, by)
    figures, names = move_figures(original.figure_data, original.figures, state, new, random)
    commitments, duties = move_commitments(original.commitment_data, state)
    for one in filled:
        figures["figures"].append(one["figure"])
        commitments["commitments"].append(one["commitment"])
    failed = _check(made, figures, commitments, relations, original, by, scratch)
    if failed is not None:
        return None, failed
    changed = {f.series for f in original.figures if f.id in new}
    truth = Truth(
        figures=names,
        changed=tuple(sorted(changed & set(names))),
        commitments=duties,
        dropped_sections=tuple(text[agreement.blocks[d.start].start : agreement.blocks[d.start].end]
                               for d in dropped),
        added_sections=tuple(one["heading"] for one in filled),
        added_figures=tuple(one["figure"]["id"] for one in filled),
        added_commitments=tuple(one["commitment"]["id"] for one in filled),
    )  # fmt: skip
    return Made(head, made, raw, figures, commitments, filled, new, state, truth), _Failed()


def _check(
    made: Agreement,
    figures: Yaml,
    commitments: Yaml,
    relations: Sequence[Yaml],
    original: Original,
    by: int,
    scratch: Path,
) -> _Failed | None:
    """Return what does not pass the registries' own checks, None where all does."""
    path = scratch / f"{made.id}.yaml"
    try:
        path.write_text(dump(figures), encoding="utf-8")
        Registry(path, made)
        path.write_text(dump(commitments), encoding="utf-8")
        CommitmentRegistry(path, made)
    except FigureError as error:
        back = shift(error.figure, -by)
        series = [f.series for f in original.figures if back in {f.series, f.id}]
        return _Failed(series=_kin(series, relations, original.figures))
    except CommitmentError as error:
        back = shift(error.entry, -by)
        quote = next((e["quote"] for e in original.commitment_data["commitments"]
                      if e["id"] == back), "")  # fmt: skip
        start = original.agreement.text.find(quote)
        return _Failed(blocks=frozenset(
            n for n, b in enumerate(original.agreement.blocks)
            if b.start < start + len(quote) and start < b.end))  # fmt: skip
    finally:
        path.unlink(missing_ok=True)
    return None


def dump(data: Any) -> str:  # noqa: ANN401 - anything YAML holds
    """Return data as YAML, in its own order."""
    text: str = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False,
                          width=1_000)  # fmt: skip
    return text


def _kin(
    series: Sequence[str], relations: Sequence[Yaml], figures: Sequence[Figure]
) -> frozenset[str]:
    """Return series with all that they add up with."""
    of = {figure.id: figure.series for figure in figures}
    kin = set(series)
    for _ in relations:
        for relation in relations:
            named = [*relation.get("sum", ()), relation.get("is"), relation.get("half"),
                     relation.get("of")]  # fmt: skip
            own = {of[n] for n in named if n} | set(relation.get("series_sum", ()))
            if own & kin:
                kin |= own
    return frozenset(kin)


def _differing(
    agreement: Agreement,
    got: Sequence[tuple[Any, str]],
    wanted: Sequence[tuple[Any, str]],
    edits: Edits,
) -> frozenset[int]:
    """Return the blocks around the first one that came out otherwise."""
    place = next((i for i, (a, b) in enumerate(zip(got, wanted, strict=False)) if a != b),
                 min(len(got), len(wanted)) - 1)  # fmt: skip
    after = {edits.apply(agreement.text, b.start, b.end): n for n, b in enumerate(agreement.blocks)}
    near = [after[text] for _, text in wanted[max(0, place - 1) : place + 2] if text in after]
    return frozenset(near)


def _year_edits(original: Original, by: int) -> Iterator[Edit]:
    text = original.agreement.text
    numbers = {place.start for f in original.figures for place in (f.place, *f.repeats)}
    for pattern in (YEAR, SHORT):
        for match in pattern.finditer(text):
            if match.start() not in numbers:
                yield Edit(match.start(), match.end(), moved(match, by))


def _phrases(text: str, random: Random) -> Iterator[Edit]:
    for said, *others in _load(HERE / "phrases.yaml"):
        for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", text):
            other = random.choice(others)
            if random.random() < _PHRASED:
                yield Edit(match.start(), match.end(), other)


def _protected(original: Original) -> set[int]:
    """Return the edges of all quotes and of headings: no phrase may cross them."""
    text = original.agreement.text
    edges: set[int] = set()
    entries = [*original.figure_data["figures"], *original.commitment_data["commitments"],
               *(original.figure_data.get("set_aside") or []),
               *(original.commitment_data.get("none") or [])]  # fmt: skip
    for entry in entries:
        quotes = [entry.get("quote"), *(entry.get("quotes") or {}).values(),
                  *(r["quote"] for r in entry.get("repeats", ())),
                  entry.get("deadline"), entry.get("condition")]  # fmt: skip
        for quote in quotes:
            for match in re.finditer(re.escape(quote), text) if quote else ():
                edges |= {match.start(), match.end()}
    for block in original.agreement.blocks:
        if block.kind.is_heading:
            edges |= set(range(block.start, block.end + 1))
    return edges


def _choose_dropped(original: Original, random: Random) -> list[range]:
    """Return the blocks that are left out: bare headings' sections or long items, few figures."""
    agreement = original.agreement
    spans = [
        (section.start, section.end)
        for section in original.sections
        if section.kind is SectionKind.HEADING and not _holds_others(section, original.sections)
    ]
    spans += [(b.start, b.end) for b in agreement.blocks
              if b.kind is BlockKind.BULLET and b.end - b.start > _LONG_ITEM]  # fmt: skip
    choices: list[range] = []
    for start, end in spans:
        own = [n for n, b in enumerate(agreement.blocks) if start <= b.start < end]
        figures = {f for f in original.figures
                   if any(start <= p.start < end for p in (f.place, *f.repeats))}  # fmt: skip
        after = own[-1] + 1
        fits = after < len(agreement.blocks) and not agreement.blocks[after].page_start
        followed = fits and agreement.blocks[after].kind is BlockKind.SUB_BULLET
        few = len({f.series for f in figures}) <= _FEW_FIGURES and not any(f.role for f in figures)
        few = few and all(start <= p.start < end for f in figures for p in (f.place, *f.repeats))
        if fits and few and not followed and not agreement.blocks[own[0]].page_start:
            choices.append(range(own[0], after))
    chosen: list[range] = []
    for one in random.sample(choices, len(choices)):
        if all(one.stop < other.start or other.stop < one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen[:_DROPPED], key=lambda gone: gone.start)


def _holds_others(section: Section, sections: Sequence[Section]) -> bool:
    return any(s is not section and section.start <= s.start < section.end for s in sections)


def _choose_added(
    original: Original, by: int, dropped: Sequence[range], random: Random
) -> tuple[list[Insertion], tuple[Yaml, ...]]:
    """Return new sections, each before a bare heading, filled in with year and amount."""
    agreement = original.agreement
    year = agreement.head.years.first + by
    opens = {SectionKind.HEADING, SectionKind.CHAPTER}
    heads = {s.start for s in original.sections if s.kind in opens}
    heads |= {s.end for s in original.sections if s.kind is SectionKind.CHAPTER}
    places = [
        n for n, block in enumerate(agreement.blocks)
        if n and block.start in heads and agreement.blocks[n - 1].kind is BlockKind.PARAGRAPH
        and not any(n in gone or n == gone.stop for gone in dropped)
    ]  # fmt: skip
    chosen = random.sample(_load(HERE / "sections.yaml"), _ADDED)
    insertions, filled = [], []
    for place, one in zip(random.sample(places, _ADDED), chosen, strict=True):
        amount = f"{random.randrange(30, 600) / 10:.1f}".replace(".", ",")
        section = _fill(one, {"{y}": str(year), "{a}": amount})
        figure = section["figure"]
        figure |= {"kind": "amount", "per": "once", "years": str(year)}
        insertions.append(Insertion(place, section["heading"], tuple(section["paragraphs"])))
        filled.append(section)
    return insertions, tuple(filled)


def _fill(value: Any, known: dict[str, str]) -> Any:  # noqa: ANN401 - anything YAML holds
    if isinstance(value, str):
        for name, said in known.items():
            value = value.replace(name, said)
        return value
    if isinstance(value, list):
        return [_fill(one, known) for one in value]
    return {k: _fill(v, known) for k, v in value.items()} if isinstance(value, dict) else value


def _head(head: Head, by: int, raw: str) -> Head:
    date = dt.date(head.date.year + by, head.date.month, min(head.date.day, 28))
    return replace_head(
        head,
        id=shift(head.id, by),
        title=shift(head.title, by),
        short_title=shift(head.short_title, by),
        date=date,
        years={"first": head.years.first + by, "last": head.years.last + by},
        source_url=None,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
    )


def replace_head(head: Head, **fields: Any) -> Head:  # noqa: ANN401 - any field of a head
    """Return a head with other fields, checked."""
    return Head.model_validate({**head.model_dump(), **fields})
