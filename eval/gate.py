"""Does a run pass? Thresholds, and a stored baseline of the cases that were right.

`thresholds.yaml` holds the least share for each measure. `baseline.json` holds the ids of the cases
that are answered rightly: one of them turning wrong fails a run. It is changed by
`python -m eval --update-baseline` only, which asks for a reason where a right case turns wrong and
writes it, with the cases, to `baseline.md`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import GoldenError
from eval.files import write_whole
from eval.measures import LABELS, Figure, Run

THRESHOLDS = Path(__file__).with_name("thresholds.yaml")
BASELINE = Path(__file__).with_name("baseline.json")
REASONS = Path(__file__).with_name("baseline.md")


class Baseline(BaseModel):
    """What an accepted run was like."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: dict[str, float]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Shortfall:
    """A measure below its threshold."""

    name: str
    value: float | None
    least: float


@dataclass(frozen=True)
class Verdict:
    """Why a run fails, if it does, and what changed."""

    shortfalls: tuple[Shortfall, ...]
    turned_wrong: tuple[str, ...]
    turned_right: tuple[str, ...]
    new: tuple[str, ...]
    """Cases that the baseline does not know."""
    leaks: tuple[str, ...]
    """Questions that stand in what the program reads."""

    @property
    def passed(self) -> bool:
        """True when nothing speaks against the run."""
        return not (self.shortfalls or self.turned_wrong or self.leaks)


def judge(
    run: Run,
    figures: Mapping[str, Figure],
    thresholds: Mapping[str, float],
    baseline: Baseline,
    leaks: Collection[str] = (),
) -> Verdict:
    """Return the verdict on a run; a measure that nothing applied to is not judged."""
    short = [
        Shortfall(name, figures[name].value, least)
        for name, least in thresholds.items()
        if name in figures and figures[name].value < least
    ]
    short.sort(key=lambda s: (s.value or 0.0) - s.least)
    right = {a.case.id for a in run.asked if a.right}
    wrong = {a.case.id for a in run.asked} - right
    return Verdict(
        shortfalls=tuple(short),
        turned_wrong=tuple(sorted(wrong & set(baseline.right))),
        turned_right=tuple(sorted(right & set(baseline.wrong))),
        new=tuple(sorted((right | wrong) - {*baseline.right, *baseline.wrong})),
        leaks=tuple(leaks),
    )


def load_thresholds(path: Path = THRESHOLDS) -> dict[str, float]:
    """Return the least share for each measure.

    Raises:
        GoldenError: the file is unreadable or names a measure that there is not.
    """
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        thresholds = {str(name): float(least) for name, least in found.items()}
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise GoldenError(path, "-", str(error).splitlines()[0]) from error
    for name in thresholds:
        if name not in LABELS:
            raise GoldenError(path, name, "unknown measure")
    return thresholds


def load_baseline(path: Path = BASELINE) -> Baseline:
    """Return the stored baseline.

    Raises:
        GoldenError: it is missing or unreadable.
    """
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise GoldenError(path, "-", str(error).splitlines()[0]) from error


def to_baseline(run: Run, figures: Mapping[str, Figure]) -> Baseline:
    """Return a run as a baseline."""
    right = sorted(a.case.id for a in run.asked if a.right)
    wrong = sorted(a.case.id for a in run.asked if not a.right)
    return Baseline(
        figures={name: round(figure.value, 4) for name, figure in figures.items()},
        right=tuple(right),
        wrong=tuple(wrong),
    )


def given_up(old: Baseline, new: Baseline) -> tuple[str, ...]:
    """Return the cases that were right in one baseline and are not in the next."""
    return tuple(sorted(set(old.right) - set(new.right)))


def save_baseline(
    new: Baseline,
    reason: str,
    today: dt.date,
    path: Path = BASELINE,
    reasons: Path = REASONS,
) -> tuple[str, ...]:
    """Store a baseline; return the cases that it gives up.

    Raises:
        GoldenError: a right case turned wrong and there is no reason; nothing is stored.
    """
    lost = given_up(load_baseline(path), new) if path.exists() else ()
    if lost and not reason.strip():
        raise GoldenError(path, lost[0], "turned wrong, and no reason given")
    if lost:
        entry = f"\n## {today:%Y-%m-%d}\n\n{reason.strip()}\n\n"
        entry += "".join(f"- {id_}\n" for id_ in lost)
        before = reasons.read_text(encoding="utf-8") if reasons.exists() else ""
        write_whole(reasons, before + entry)
    data = json.dumps(new.model_dump(mode="json"), indent=1, ensure_ascii=False)
    write_whole(path, data + "\n")
    return lost


def undeclared(old: Baseline, new: Baseline, reasons: str) -> tuple[str, ...]:
    """Return the cases that a changed baseline gives up without naming them in the reasons."""
    named = set(reasons.replace("- ", " ").split())
    return tuple(id_ for id_ in given_up(old, new) if id_ not in named)
