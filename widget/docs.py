"""The API's description: OpenAPI 3.1, and a page of it that loads nothing from anywhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from widget.problems import Problem

_REF = "#/components/schemas/{model}"


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an app, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=_REF)
    schemas.update({**problem.pop("$defs", {}), "Problem": problem})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{}, {"bearer": []}]
    app.openapi_schema = document
    return document


def render(document: dict[str, Any]) -> str:
    """Return the document as a plain page."""
    rows = [f"<h1>{escape(document['info']['title'])}</h1>",
            f"<p>{escape(document['info']['description'])}</p>",
            '<p><a href="/openapi.json">openapi.json</a></p>']  # fmt: skip
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            rows.append(f"<h2><code>{method.upper()} {escape(path)}</code></h2>")
            rows.append(f"<p>{escape(route.get('summary', ''))}</p>")
            if "requestBody" in route:
                rows.append(_schema(route["requestBody"]["content"]["application/json"]["schema"]))
            codes = ", ".join(route["responses"])
            rows.append(f"<p><code>{escape(codes)}</code></p>")
    rows.append("<h1>Schemas</h1>")
    for name, schema in document["components"]["schemas"].items():
        rows.append(f'<h2 id="{escape(name)}">{escape(name)}</h2>{_schema(schema)}')
    return f'<!doctype html><html lang="da"><meta charset="utf-8">{"".join(rows)}</html>'


def _schema(schema: dict[str, Any]) -> str:
    return f"<pre>{escape(json.dumps(schema, ensure_ascii=False, indent=2))}</pre>"
