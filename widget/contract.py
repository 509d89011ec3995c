"""Does a new OpenAPI document break those who use the old one? Adding is free, all else is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_LIMITS = ("maxLength", "maxItems", "maximum", "minLength", "minItems", "minimum", "pattern",
           "exclusiveMinimum", "exclusiveMaximum")  # fmt: skip
Document = Mapping[str, Any]


def breaks(old: Document, new: Document) -> list[str]:
    """Return what a user of the old document would miss, be refused, or not understand in the new.

    A path, operation, response, parameter or field that is gone; another type or operation id; a
    field of an answer that may now be left out; a field or parameter of a request that is now
    demanded, or has another limit; a value that is no longer taken.
    """
    return sorted({*_operations(old, new), *_schemas(old, new)})


def _operations(old: Document, new: Document) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, was in methods.items():
            name = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{name} is gone"
                continue
            if was["operationId"] != now["operationId"]:
                yield f"{name} has another operationId"
            yield from (
                f"{name} no longer answers {code}"
                for code in was["responses"].keys() - now["responses"].keys()
            )
            yield from _parameters(name, was, now)


def _parameters(name: str, was: Document, now: Document) -> Iterator[str]:
    before = {(p["in"], p["name"]): p for p in was.get("parameters", ())}
    after = {(p["in"], p["name"]): p for p in now.get("parameters", ())}
    yield from (f"{name}: parameter {key[1]} is gone" for key in before.keys() - after.keys())
    for key, parameter in after.items():
        if parameter.get("required") and not before.get(key, {}).get("required"):
            yield f"{name}: parameter {key[1]} is now demanded"
        if key in before:
            yield from _changed(f"{name}: {key[1]}", before[key]["schema"], parameter["schema"])


def _schemas(old: Document, new: Document) -> Iterator[str]:
    before, after = old["components"]["schemas"], new["components"]["schemas"]
    asked = _asked(new) | _asked(old)
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            yield f"{name} is gone"
            continue
        demanded, promised = set(now.get("required", ())), set(was.get("required", ()))
        if name in asked:
            yield from (f"{name}.{field} is now demanded" for field in demanded - promised)
        else:
            yield from (f"{name}.{field} may be left out" for field in promised - demanded)
        yield from _changed(name, was, now)


def _changed(name: str, was: Any, now: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield what differs of two schemas, fields that were added left aside."""
    for field, schema in was.get("properties", {}).items():
        if field in now.get("properties", {}):
            yield from _changed(f"{name}.{field}", schema, now["properties"][field])
        else:
            yield f"{name}.{field} is gone"
    for key in ("type", "$ref", "format", *_LIMITS):
        if was.get(key) != now.get(key):
            yield f"{name}: another {key}"
    if set(was.get("enum", ())) - set(now.get("enum", ())):
        yield f"{name}: a value is gone"
    if "items" in was:
        yield from _changed(f"{name}[]", was["items"], now.get("items", {}))
    choices = now.get("anyOf", [])
    yield from (f"{name}: a type is gone" for one in was.get("anyOf", ()) if one not in choices)


def _asked(document: Document) -> set[str]:
    """Return the names of the schemas that requests are made of."""
    schemas = document["components"]["schemas"]
    waiting = [
        operation.get("requestBody", {})
        for methods in document["paths"].values()
        for operation in methods.values()
    ]
    found: set[str] = set()
    while waiting:
        for name in _references(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(schemas.get(name, {}))
    return found


def _references(part: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
