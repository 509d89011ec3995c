"""Figures and commitments of an agreement -> those of the one made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from corpus.agreed import Figure
from eval.made.amounts import Amounts, reprint
from eval.made.edits import Edits
from eval.made.years import YEAR, shift

_ALIAS_LABEL = 0.3
"""Share of the figures that are called by one of their aliases."""
_KEPT_ALIASES = 0.5
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
Yaml = dict[str, Any]


@dataclass(frozen=True)
class Moved:
    """An agreement's text, its edits and what of it is gone."""

    text: str
    edits: Edits
    gone: Sequence[tuple[int, int]]
    """Spans of the dropped sections."""
    by: int
    """Years."""

    def quote(self, quote: str, after: int = 0) -> str | None:
        """Return a quote as it reads now; None where it is gone or cut."""
        start = self.text.find(quote, after)
        start = start if start >= 0 else self.text.find(quote)
        end = start + len(quote)
        if start < 0 or self.edits.straddles(start, end):
            return None
        if any(a < end and start < b for a, b in self.gone):
            return None
        return self.edits.apply(self.text, start, end)


def move_figures(
    data: Yaml, figures: Sequence[Figure], moved: Moved, new: Amounts, random: Random
) -> tuple[Yaml, dict[str, str]]:
    """Return the registry of the made agreement, and old series id -> new series id."""
    by_id = {figure.id: figure for figure in figures}
    entries: list[Yaml] = []
    names: dict[str, str] = {}
    for entry in data["figures"]:
        own = _entry(entry, by_id, moved, new, random)
        if own is not None:
            entries.append(own)
            names[entry["id"]] = own["id"]
    known = {entry["id"] for entry in entries}
    for entry in entries:
        for field in ("part_of", "replaces", "inside"):
            if entry.get(field) and entry[field] not in known | {"outside"}:
                del entry[field]
    ids = {f"{e['id']}-{name}" for e in entries for name in e.get("values", ())} | known
    relations = [
        moved_relation
        for relation in data.get("relations") or []
        if _known(moved_relation := _shifted(relation, moved.by), ids)
    ]
    aside = []
    for one in data.get("set_aside") or []:
        quote = moved.quote(one["quote"])
        if quote is not None:
            numbers = [shift(f"{n}-pl", moved.by)[:-3] if f"{n}-pl" in one["quote"]
                       else shift(n, moved.by) for n in one["numbers"]]  # fmt: skip
            aside.append({**one, "quote": quote, "numbers": numbers})
    made = {"reviewed": data["reviewed"], "figures": entries, "relations": relations,
            "set_aside": aside}  # fmt: skip
    return made, names


def _known(relation: Yaml, ids: set[str]) -> bool:
    named = [*relation.get("sum", ()), *relation.get("series_sum", ()),
             relation.get("is"), relation.get("half"), relation.get("of")]  # fmt: skip
    return all(name in ids for name in named if name)


def _entry(
    entry: Yaml, by_id: Mapping[str, Figure], moved: Moved, new: Amounts, random: Random
) -> Yaml | None:
    id_ = str(entry["id"])
    names = list(entry.get("values") or {"": entry.get("value")})
    figures = {name: by_id[f"{id_}-{name}" if name else id_] for name in names}
    calls = random.random() < _ALIAS_LABEL
    made: Yaml = {k: v for k, v in entry.items() if k not in {"argument", "repeats"}}
    quotes = entry.get("quotes") or {}
    for field, quote in (("quote", entry.get("quote")), *quotes.items()):
        if not quote:
            continue
        said = moved.quote(quote)
        if said is None:
            return None
        if field == "quote":
            made["quote"] = said
    is_table = bool(entry.get("key"))

    def key(name: str) -> str:
        return name if is_table else shift(name, moved.by)

    if quotes:
        made["quotes"] = {key(name): moved.quote(quote) for name, quote in quotes.items()}
    values = {key(name): _value(figures[name], new) for name in names}
    if "" in values:
        made["value"] = values[""]
    else:
        made["values"] = values
    aliases = [shift(a, moved.by) for a in entry.get("aliases", ())
               if not _DIGITS.search(YEAR.sub("", a))]  # fmt: skip
    kept = random.sample(aliases, int(len(aliases) * _KEPT_ALIASES))
    label = shift(entry["label"], moved.by)
    if calls and kept:
        label, kept = kept[0], kept[1:]
    made |= {"id": shift(id_, moved.by), "label": label, "aliases": kept}
    for field in ("years", "price_level", "part_of", "replaces", "inside"):
        if made.get(field):
            made[field] = shift(str(made[field]), moved.by)
    made["repeats"] = list(_repeats(entry, figures, moved, new))
    return made


def _value(figure: Figure, new: Amounts) -> str:
    printed = figure.place.printed
    if figure.id not in new:
        return printed
    return reprint(printed, new[figure.id], figure.amount)


def _repeats(
    entry: Yaml, figures: Mapping[str, Figure], moved: Moved, new: Amounts
) -> Iterator[Yaml]:
    """Yield the other places of an entry; the dropped ones are left out."""
    for repeat in entry.get("repeats", ()):
        quote = moved.quote(repeat["quote"])
        if quote is None:
            continue
        start = moved.text.find(repeat["quote"])
        span = range(start, start + len(repeat["quote"]))
        said: dict[str, str] = {}
        for name, figure in figures.items():
            for place in figure.repeats:
                if place.start in span and name not in said:
                    printed = place.printed
                    if figure.id in new:
                        printed = reprint(printed, new[figure.id], place.quantity.amount)
                    said[name] = printed
        made: Yaml = {"quote": quote}
        if repeat.get("years"):
            made["years"] = shift(str(repeat["years"]), moved.by)
        if repeat.get("values"):
            keep = entry.get("key")
            made["values"] = {
                (name if keep else shift(name, moved.by)): said[name]
                for name in repeat["values"] if name in said
            }  # fmt: skip
        elif said:
            made["value"] = next(iter(said.values()))
        yield made


def _shifted(value: Any, by: int) -> Any:  # noqa: ANN401 - anything YAML holds
    if isinstance(value, str):
        return shift(value, by)
    if isinstance(value, list):
        return [_shifted(one, by) for one in value]
    return {k: _shifted(v, by) for k, v in value.items()} if isinstance(value, dict) else value


def move_commitments(data: Yaml, moved: Moved) -> tuple[Yaml, dict[str, str]]:
    """Return the commitments of the made agreement, and old id -> new id."""
    entries: list[Yaml] = []
    names: dict[str, str] = {}
    last = 0
    for entry in data["commitments"]:
        found = moved.text.find(entry["quote"], last)
        start = found if found >= 0 else moved.text.find(entry["quote"])
        last = max(start, 0)
        quote = moved.quote(entry["quote"], start)
        if quote is None:
            continue
        made = {**entry, "quote": quote, "id": shift(entry["id"], moved.by)}
        numbers = {moved.text[e.start : e.end]: e.new
                   for e in moved.edits.within(start, start + len(entry["quote"]))}  # fmt: skip
        made["act"] = _DIGITS.sub(lambda m, n=numbers: n.get(m[0], m[0]), entry["act"])  # type: ignore[misc]
        for field in ("deadline", "condition"):
            if entry.get(field):
                at = start + entry["quote"].find(entry[field])
                made[field] = moved.quote(entry[field], at) or ""
                if made[field] not in quote:
                    made[field] = ""
        for field in ("due", "starts"):
            if entry.get(field):
                made[field] = shift(str(entry[field]), moved.by)
        made["aliases"] = [a for a in entry.get("aliases", ()) if not _DIGITS.search(a)]
        entries.append(made)
        names[entry["id"]] = made["id"]
    none = [{**one, "quote": quote} for one in data.get("none") or []
            if (quote := moved.quote(one["quote"])) is not None]  # fmt: skip
    return {"reviewed": data["reviewed"], "commitments": entries, "none": none}, names
