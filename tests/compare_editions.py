"""`python -m tests.compare_editions`: the editions of the two agreements beside their texts.

An edition is as good as its text when the same sections and figures come out of it: figures found
by rule in the edition are held against those found in the text, and against the reviewed registry.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from corpus.agreed import Figure
from corpus.models import Agreement, SectionKind
from corpus.settings import Settings
from ingest.clean import clean
from ingest.extract import extract_figures
from ingest.figures import Registry
from ingest.read import read_corpus, to_source
from ingest.structure import structure
from tests import editions

EDITIONS: dict[str, tuple[str, Callable[[Agreement], bytes]]] = {
    "PDF, one column": ("pdf", lambda one: editions.to_pdf(one, heads=False)),
    "PDF, two columns, notes": ("pdf", lambda one: editions.to_pdf(one, columns=2)),
    "DOCX": ("docx", editions.to_docx),
    "HTML": ("html", editions.to_html),
}
Key = tuple[Decimal, str, Decimal | None, str]


@dataclass(frozen=True)
class Comparison:
    """An edition beside its text; shares of figures that are also in the other."""

    agreement_id: str
    edition: str
    missing: tuple[tuple[str, ...], ...]
    extra: tuple[tuple[str, ...], ...]
    sections: int
    precision: float
    recall: float
    reviewed_precision: float
    reviewed_recall: float
    text_reviewed: tuple[float, float]
    """The same two for the text itself: what the rules reach."""
    seconds: float
    parsed: Agreement


def compare(settings: Settings, name: str) -> list[Comparison]:
    """Return one edition of each of the two agreements, compared."""
    extension, make = EDITIONS[name]
    found = []
    for source in read_corpus(settings.agreements_dir):
        text = clean(source)
        data = make(text)
        began = time.monotonic()
        parsed = clean(to_source(source.head, Path(f"edition.{extension}"), data))
        seconds = time.monotonic() - began
        ours, theirs = (
            list(map(_key, extract_figures(parsed))),
            list(map(_key, extract_figures(text))),
        )
        registry = Registry(settings.figures_dir / f"{text.id}.yaml", text).figures
        reviewed = [_value(figure) for figure in registry]
        values = [_value(figure) for figure in extract_figures(parsed)]
        own = [_value(figure) for figure in extract_figures(text)]
        found.append(
            Comparison(
                text.id,
                name,
                missing=tuple(path for path in _paths(text) if path not in _paths(parsed)),
                extra=tuple(path for path in _paths(parsed) if path not in _paths(text)),
                sections=len(_paths(text)),
                precision=_share(ours, theirs),
                recall=_share(theirs, ours),
                reviewed_precision=_share(values, reviewed),
                reviewed_recall=_share(reviewed, values),
                text_reviewed=(_share(own, reviewed), _share(reviewed, own)),
                seconds=seconds,
                parsed=parsed,
            )
        )
    return found


def _paths(agreement: Agreement) -> list[tuple[str, ...]]:
    """Every section; not what stands before the first, for a title is printed in each edition."""
    return [s.path for s, _ in structure(agreement) if s.kind is not SectionKind.FRONT]


def _key(figure: Figure) -> Key:
    return (*_value(figure), str(figure.period))


def _value(figure: Figure) -> tuple[Decimal, str, Decimal | None]:
    return figure.quantity.amount, figure.quantity.unit.value, figure.high


def _share(those: Iterable[object], of: Iterable[object]) -> float:
    mine, others = Counter(those), Counter(of)
    return sum((mine & others).values()) / max(1, sum(mine.values()))


def main() -> None:
    """Print a row an edition."""
    settings = Settings()
    lines = [
        f"{'agreement':32}{'edition':26}{'sections':>9}{'missing':>9}{'extra':>7}"
        f"{'P':>7}{'R':>7}{'P reg.':>8}{'R reg.':>8}{'s':>6}"
    ]
    for name in EDITIONS:
        for one in compare(settings, name):
            lines.append(
                f"{one.agreement_id:32}{one.edition:26}{one.sections:9}{len(one.missing):9}"
                f"{len(one.extra):7}{one.precision:7.3f}{one.recall:7.3f}"
                f"{one.reviewed_precision:8.3f}{one.reviewed_recall:8.3f}{one.seconds:6.1f}"
            )
            own = one.text_reviewed
            if name == list(EDITIONS)[-1]:
                lines.append(f"{one.agreement_id:32}{'the text itself':26}{'':39}"
                             f"{own[0]:8.3f}{own[1]:8.3f}")  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
