"""`python -m eval.wording`: do the checks of a model's words let lies through, or stop the truth?

Forged wordings of real drafts must all be stopped, right ones let through: `eval/wording.yaml`.
Exit 1 when one forgery gets through or more than 5 % of the right ones do not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from chains import Agreement, Settings
from chains.wording import Claim, Claims, Material, check, own_words
from corpus.errors import GoldenError
from corpus.models import Passage
from corpus.words import split_sentences
from ingest.build import process
from ingest.index import Corpus

FILE = Path(__file__).with_suffix(".yaml")
MOST_REJECTED = 0.05


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    quotes: tuple[tuple[str, str], ...]
    """(agreement, how the sentence begins)."""
    lead: str = ""
    calculation: tuple[str, ...] = ()
    right: tuple[str, ...]
    forged: tuple[tuple[str, str], ...]
    """(what is wrong, the text)."""


@dataclass(frozen=True)
class Wording:
    """A text that a model may have written, and what must become of it."""

    source: str
    text: str
    lie: str
    """What is wrong with it, empty for a right one."""
    material: Material


@dataclass(frozen=True)
class Judged:
    """What became of a wording."""

    wording: Wording
    stopped: bool
    why: str


def load_wordings(corpus: Corpus, path: Path = FILE) -> list[Wording]:
    """Return every wording of the file with the draft that it is of.

    Raises:
        GoldenError: the file is unreadable or names a sentence that is not there.
    """
    try:
        entries = [_Entry.model_validate(e) for e in yaml.safe_load(path.read_text("utf-8"))]
    except (OSError, yaml.YAMLError, ValidationError, TypeError) as error:
        raise GoldenError(path, "-", str(error).splitlines()[0]) from error
    agreements = {agreement.id: agreement for agreement in corpus.agreements}
    found: list[Wording] = []
    for entry in entries:
        material = _material(entry, agreements, corpus.passages, path)
        found += [Wording(entry.source, text, "", material) for text in entry.right]
        found += [Wording(entry.source, text, lie, material) for lie, text in entry.forged]
    return found


def _material(
    entry: _Entry, agreements: dict[str, Agreement], passages: Sequence[Passage], path: Path
) -> Material:
    quotes: list[tuple[int, str, str]] = []
    for mark, (id_, begins) in enumerate(entry.quotes, 1):
        start = agreements[id_].text.find(begins) if id_ in agreements else -1
        held = [p for p in passages if p.agreement_id == id_ and p.start <= start < p.end]
        if start < 0 or not held:
            raise GoldenError(path, entry.source, begins)
        rest = held[0].text[start - held[0].start :]
        quotes.append((mark, held[0].section, rest[: split_sentences(rest)[0][1]]))
    rows = tuple(row for row in entry.calculation if "=" not in row)
    return Material(own_words(entry.lead), rows, tuple(quotes))


def judge_wordings(wordings: Sequence[Wording]) -> Iterator[Judged]:
    """Yield what the program's own checks make of each, as if a model had written it."""
    for one in wordings:
        claim = Claim(text=one.text, marks=tuple(sorted(one.material.marks)))
        checked = check(Claims(claims=(claim,)), one.material)
        why = "; ".join(str(failure) for _, failure in checked.dropped)
        yield Judged(one, not checked.kept, why)


def as_table(judged: Sequence[Judged]) -> str:
    """Return what got through and what did not, by kind of lie."""
    lines = [f"{'':30} {'i alt':>6} {'standset':>9}"]
    for lie in sorted({one.wording.lie for one in judged}):
        own = [one for one in judged if one.wording.lie == lie]
        name = f"falsk: {lie}" if lie else "rigtig"
        lines.append(f"{name:30} {len(own):6} {sum(one.stopped for one in own):9}")
    through, rejected = failures(judged)
    forged = sum(bool(one.wording.lie) for one in judged)
    lines += [
        "",
        f"forfalskninger sluppet igennem: {len(through)} af {forged}",
        f"rigtige afvist: {len(rejected)} af {len(judged) - forged}"
        f" ({100 * len(rejected) / max(1, len(judged) - forged):.1f} pct.)",
        *(f"  igennem: [{one.wording.lie}] {one.wording.text}" for one in through),
        *(f"  afvist: {one.wording.text} ({one.why})" for one in rejected),
    ]
    return "\n".join(lines)


def failures(judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    """Return the forgeries that got through and the right ones that did not."""
    through = [one for one in judged if one.wording.lie and not one.stopped]
    rejected = [one for one in judged if not one.wording.lie and one.stopped]
    return through, rejected


def main() -> None:
    """Hold forged and right wordings against the checks, and print what became of them."""
    judged = list(judge_wordings(load_wordings(process(Settings()))))
    sys.stdout.write(as_table(judged) + "\n")
    through, rejected = failures(judged)
    right = sum(not one.wording.lie for one in judged)
    if through or len(rejected) > MOST_REJECTED * right:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
