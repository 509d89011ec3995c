"""How well the assistant did when it was last measured, as far as this machine knows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.settings import PROJECT, Settings

BASELINE = PROJECT / "eval" / "baseline.json"


class Evaluation(BaseModel):
    """Shares of right answers, by name; names are those of the evaluation."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    source: Literal["report", "baseline"]
    """The last run on this machine, or what came with the program."""
    made: dt.datetime | None = None
    """When it was run; of the program's own none is kept."""
    corpus_version: str = ""
    figures: dict[str, float]


def read_evaluation(settings: Settings, baseline: Path = BASELINE) -> Evaluation | None:
    """Return the last run's figures, else those that came with the program; None without both.

    A file that is damaged counts as none: this is shown, not reckoned with.
    """
    report = _load(settings.var_dir / "eval" / "report.json")
    figures = {
        name: one["value"]
        for name, one in _mapping(report.get("figures")).items()
        if isinstance(one, Mapping) and isinstance(one.get("value"), int | float)
    }
    if figures:
        return Evaluation(
            source="report",
            made=_time(report.get("made")),
            corpus_version=str(report.get("corpus_version") or ""),
            figures=figures,
        )
    shipped = _load(baseline)
    figures = {
        name: value
        for name, value in _mapping(shipped.get("figures")).items()
        if isinstance(value, int | float)
    }
    return Evaluation(source="baseline", figures=figures) if figures else None


def _load(path: Path) -> Mapping[str, object]:
    try:
        return _mapping(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, Mapping) else {}


def _time(found: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(found))
    except ValueError:
        return None
