"""A report -> one HTML page that needs nothing beside it: charts, filters, every case."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.report import Report, failures_of
from eval.tables import percent

_FOLDER = Path(__file__).resolve().parent
_TEMPLATE = "page.html.j2"


def to_html(report: Report) -> str:
    """Return the page."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["percent"] = percent
    cases = json.dumps([case.model_dump(mode="json") for case in report.cases], ensure_ascii=False)
    return environment.get_template(_TEMPLATE).render(
        report=report,
        failures=failures_of(report.verdict),
        cases=cases.replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " "),
        types=sorted({case.type for case in report.cases}),
        styles=sorted({case.style for case in report.cases}),
        files=sorted({case.file for case in report.cases}),
        agreements=sorted({a for case in report.cases for a in case.agreements}),
    )
