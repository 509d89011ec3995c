"""Holes that are lived with are written down, none of them for long (DEMANDS SEC-10, SEC-14)."""

import datetime as dt
import re
from pathlib import Path

import yaml

from corpus.settings import PROJECT

WAIVERS = yaml.safe_load((PROJECT / "deploy" / "waivers.yaml").read_text(encoding="utf-8"))
OURS = [
    path
    for folder in ("chains", "corpus", "deploy", "eval", "ingest", "views", "widget")
    for path in (PROJECT / folder).rglob("*")
    if path.is_file() and path.suffix in {".py", ".yaml", ".conf", ".sh"}
] + [PROJECT / "Makefile", PROJECT / "README.md"]


def test_every_waiver_has_a_reason_an_owner_and_at_most_thirty_days() -> None:
    assert WAIVERS
    for waiver in WAIVERS:
        assert all(waiver[key] for key in ("id", "package", "what", "why", "owner"))
        assert waiver["expires"] - waiver["decided"] <= dt.timedelta(days=30)


def test_a_pinned_chroma_with_the_hole_has_its_waiver() -> None:
    pinned = re.search(r"^chromadb==(\S+)$", requirements(), re.MULTILINE)
    assert pinned is not None
    version = tuple(int(part) for part in pinned[1].split("."))
    waived = any(waiver["package"] == "chromadb" for waiver in WAIVERS)
    assert waived == (version <= (1, 5, 9))


def test_the_python_server_is_never_started() -> None:
    started = re.compile(r"chromadb\.app|chromadb\.server\.fastapi|uvicorn\s+chromadb")
    assert not [path.name for path in OURS if started.search(read(path))]


def test_versions_are_above_the_floors_of_known_holes() -> None:
    floors = {"starlette": (1, 1, 0), "python-multipart": (0, 0, 26)}
    for package, floor in floors.items():
        pinned = re.search(rf"^{package}==(\S+)$", requirements(), re.MULTILINE)
        assert pinned is not None
        assert tuple(int(part) for part in pinned[1].split(".")) >= floor


def requirements() -> str:
    return read(PROJECT / "requirements.txt")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
