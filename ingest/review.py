"""Decisions of a review, written one by one: who decided what, when.

Each is in its register before the call returns, and the register was read back and held against
the text before it took the old one's place; a kill leaves the old one or the new one. A decision
names the state of the item it was made on, so of two people at once the second is told. Each
decision and each undoing is also a line of `corpus/reviews/<id>.jsonl`, which only grows.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import (
    CommitmentError,
    CorpusError,
    FigureError,
    ReviewConflict,
    ReviewRefused,
    StorageError,
    StructureError,
)  # fmt: skip
from corpus.review import Decision, Item, ItemKind, Progress, ReviewStatus
from corpus.review_texts import own_decision
from corpus.settings import Settings
from ingest.add import changing
from ingest.commitments import CommitmentRegistry
from ingest.coverage import account_for
from ingest.figures import Registry
from ingest.review_entries import LISTS, entries_of, entry_for
from ingest.review_queue import Material, queue_of, read_material
from ingest.structure_register import StructureRegister
from ingest.versions import write_whole
from ingest.yaml_file import read_yaml

Register = dict[str, Any]
"""A register as it is written."""
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def next_item(settings: Settings, agreement_id: str, skipped: Sequence[str] = ()) -> Item | None:
    """Return the next item that nobody has decided; None where the agreement is reviewed.

    Args:
        settings: Where things lie.
        agreement_id: The agreement.
        skipped: Ids of items that this person leaves for later; they come when all else is done.

    Raises:
        UnknownAgreement: there is none of this id.
        CorpusError: its files cannot be used.
    """
    queue = queue_of(settings, read_material(settings, agreement_id))
    items = [item for kind in ItemKind for item in queue[kind]]
    return min(items, key=lambda item: item.id in skipped, default=None)


def progress_of(settings: Settings, agreement_id: str) -> Progress:
    """Return how far the review of an agreement is.

    Raises:
        UnknownAgreement: there is none of this id.
        CorpusError: its files cannot be used.
    """
    material = read_material(settings, agreement_id)
    left = {kind: len(items) for kind, items in queue_of(settings, material).items()}
    decided = [
        entry["reviewed"] for kind in ItemKind
        for entry in entries_of(_load(_path(settings, kind, agreement_id))) if "reviewed" in entry
    ]  # fmt: skip
    written = any(_path(settings, kind, agreement_id).is_file() for kind in ItemKind)
    status = (
        ReviewStatus.REVIEWED if not sum(left.values())
        else ReviewStatus.PARTLY if decided or written
        else ReviewStatus.UNREVIEWED
    )  # fmt: skip
    return Progress(
        agreement_id=agreement_id,
        title=material.agreement.head.short_title,
        standing=material.agreement.head.status,
        status=status,
        left=left,
        decided=len(decided),
        reviewers=tuple(dict.fromkeys(str(one["by"]) for one in decided)),
    )


def decide(settings: Settings, agreement_id: str, decision: Decision, by: str) -> None:
    """Keep a decision in the agreement's register.

    Raises:
        ReviewConflict: the item has been decided or has changed since it was shown; nothing is
            written.
        ReviewRefused: the text does not say what was decided, or a reason is missing.
        UnknownAgreement: there is none of this id.
        CorpusError: the agreement's files cannot be used.
        StorageError: the corpus cannot be written.
    """
    with changing(settings):
        material = read_material(settings, agreement_id)
        queue = queue_of(settings, material)
        items = {item.id: item for of_kind in queue.values() for item in of_kind}
        item = items.get(decision.item_id)
        if item is None or item.state != decision.state:
            raise _conflict(settings, agreement_id, decision)
        name, entry = entry_for(material, item, decision)
        mark = _mark(by, item.id)
        data = _load(_path(settings, item.kind, agreement_id))
        for other in LISTS[item.kind]:
            data.setdefault(other, [])
        data[name].append(entry | {"reviewed": mark})
        _save(settings, item.kind, data, material, item)
        action = "accept" if decision.accept else "reject"
        _log(settings, agreement_id, mark, action, entry)


def undo(settings: Settings, agreement_id: str, by: str) -> str:
    """Take a person's last decision on an agreement back; returns the text that it was about.

    Raises:
        ReviewRefused: there is none.
        UnknownAgreement: there is none of this id.
        CorpusError: the agreement's files cannot be used.
        StorageError: the corpus cannot be written.
    """
    with changing(settings):
        material = read_material(settings, agreement_id)
        own = [
            (str(entry["reviewed"]["at"]), kind, name, place)
            for kind in ItemKind
            for name in LISTS[kind]
            for place, entry in enumerate(_load(_path(settings, kind, agreement_id)).get(name, []))
            if entry.get("reviewed", {}).get("by") == by and entry["reviewed"].get("at")
        ]
        if not own:
            raise ReviewRefused("no_undo", by)
        _, kind, name, place = max(own, key=lambda one: one[0])
        path = _path(settings, kind, agreement_id)
        data = _load(path)
        entry = data[name].pop(place)
        # The log goes first: no decision vanishes without a line that says who took it back.
        was = entry.pop("reviewed")
        _log(settings, agreement_id, _mark(by, was["item"]), "undo", entry)
        if entries_of(data):
            _save(settings, kind, data, material)
        else:
            path.unlink()
        return str(entry.get("quote", entry.get("begins", "")))


def _mark(by: str, item_id: str) -> dict[str, Any]:
    now = dt.datetime.now(tz=dt.UTC)
    at = now.isoformat(timespec="microseconds")
    return {"by": by, "date": now.date(), "at": at, "item": item_id}


def _path(settings: Settings, kind: ItemKind, agreement_id: str) -> Path:
    folder = {
        ItemKind.STRUCTURE: settings.structure_dir,
        ItemKind.FIGURE: settings.figures_dir,
        ItemKind.COMMITMENT: settings.commitments_dir,
    }[kind]
    return folder / f"{agreement_id}.yaml"


def _load(path: Path) -> Register:
    """Return a register as it is written; empty where there is none yet."""
    if not path.is_file():
        return {}
    try:
        data = read_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(path, str(error).splitlines()[0]) from error
    if not isinstance(data, dict):
        raise CorpusError(path, "no mapping")
    return data


def _save(
    settings: Settings,
    kind: ItemKind,
    data: Register,
    material: Material,
    item: Item | None = None,
) -> None:
    """Write a register that was held against the text; where it does not fit the old one stays."""
    path = _path(settings, kind, material.agreement.id)
    marks = [entry["reviewed"] for entry in entries_of(data) if entry.get("reviewed")]
    names = dict.fromkeys(str(mark["by"]) for mark in marks)
    whole: Register = {
        "reviewed": {"by": ", ".join(names), "date": _latest(marks)},
        "by_queue": True,
        **{name: rows for name, rows in data.items() if name not in {"reviewed", "by_queue"}},
    }
    dumped = yaml.dump(whole, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100)
    trial = settings.var_dir / "review" / f"{kind}-{path.name}"
    try:
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_text(dumped, encoding="utf-8")
        _check(kind, trial, material, item)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, dumped.encode())
        trial.unlink()
    except OSError as error:
        raise StorageError(path, str(error)) from error


def _latest(marks: Sequence[Register]) -> dt.date:
    """Return the last date, an object of its own: YAML writes one that is used twice as a link."""
    return dt.date.fromisoformat(str(max(mark["date"] for mark in marks)))


def _check(kind: ItemKind, trial: Path, material: Material, item: Item | None) -> None:
    """Refuse a register that does not fit the text, or that does not settle an item."""
    try:
        if kind is ItemKind.STRUCTURE:
            StructureRegister(trial, material.raw)
            return
        if kind is ItemKind.FIGURE:
            register = Registry(trial, material.agreement)
            numbers = account_for(material.agreement, register).loose
            loose = [(one.start, one.end) for one in numbers]
            _check_reading(register, material, item)
        else:
            commitments = CommitmentRegistry(trial, material.agreement)
            loose = [(s.start, s.end) for s in commitments.account_for(material.sentences).loose]
    except (FigureError, CommitmentError, StructureError) as error:
        raise ReviewRefused("does_not_fit", error.detail) from error
    if item and any(start < item.end and item.start < end for start, end in loose):
        raise ReviewRefused("not_covered", item.text)


def _check_reading(register: Registry, material: Material, item: Item | None) -> None:
    """Refuse a figure whose words alone say another number than the sentence ("12 og 14 mio.")."""
    if item is None:
        return
    by_rule = [f for f in material.figures if item.start <= f.place.start < item.end]
    for kept in register.figures:
        same = [f for f in by_rule if f.place.start == kept.place.start]
        if (
            same
            and same[0].place.printed == kept.place.printed
            and ((same[0].quantity, same[0].high) != (kept.quantity, kept.high))
        ):
            raise ReviewRefused("reads_otherwise", kept.place.printed)


def _conflict(settings: Settings, agreement_id: str, decision: Decision) -> ReviewConflict:
    """Return who was faster, where a register says it."""
    mine = own_decision(decision.accept, decision.fields, decision.reason)
    for kind in ItemKind:
        for entry in entries_of(_load(_path(settings, kind, agreement_id))):
            mark = entry.get("reviewed", {})
            if mark.get("item") == decision.item_id:
                return ReviewConflict(decision.item_id, str(mark["by"]), str(mark["at"]), mine)
    return ReviewConflict(decision.item_id, mine=mine)


def read_log(settings: Settings, agreement_id: str) -> list[dict[str, Any]]:
    """Return what was decided and undone on an agreement, the first first.

    A line that a power cut broke off is left out: its decision stands in the register.
    """
    path = settings.reviews_dir / f"{agreement_id}.jsonl"
    if not path.is_file():
        return []
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue
    return lines


def _log(
    settings: Settings, agreement_id: str, mark: Register, action: str, entry: Register
) -> None:
    """Add a line to the log; one that was broken off before it keeps its own."""
    path = settings.reviews_dir / f"{agreement_id}.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.seek(0, os.SEEK_END)
            broken = False
            if file.tell():
                file.seek(-1, os.SEEK_END)
                broken = file.read(1) != b"\n"
            line = mark | {"action": action, "entry": entry}
            text = json.dumps(line, ensure_ascii=False, default=str)
            file.write(("\n" * broken + text + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(path, str(error)) from error
