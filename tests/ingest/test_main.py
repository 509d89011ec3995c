import os
import re
import subprocess
import sys

import pytest

from corpus.models import Agreement
from corpus.settings import PROJECT, Settings
from ingest.__main__ import main

ECONOMY = "oekonomiaftale-regioner-2021"


@pytest.fixture
def folders(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The copied corpus, as the environment of a command."""
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(settings.var_dir))
    return settings


def ingest(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["ingest", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.usefixtures("folders")
def test_check_prints_both_agreements() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "check"],
        cwd=PROJECT,
        env=os.environ,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == b""
    economy, reform, index = done.stdout.decode().splitlines()
    counts = r"\d+ tekststykker, \d+ sætninger – i orden\."
    # 11 chapters, 35 headings, 4 boxes, 2 annexes, 3 boxes of the second.
    assert re.fullmatch(rf"{ECONOMY}: 55 afsnit, {counts}", economy)
    # A title, an introduction, 6 chapters, 1 heading, 10 boxes, 1 annex.
    assert re.fullmatch(rf"sundhedsreform-udmoentning-2022: 20 afsnit, {counts}", reform)
    assert re.fullmatch(
        r"Indekset \w{16} er ikke bygget endnu\. Byg det med: python -m ingest build", index
    )


@pytest.mark.usefixtures("folders")
def test_show_prints_exactly_the_clean_text(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], economy: Agreement
) -> None:
    assert ingest(monkeypatch, "show", ECONOMY) == 0
    assert capsysbinary.readouterr().out == economy.text.encode("utf-8")


@pytest.mark.usefixtures("folders")
def test_show_of_an_unknown_agreement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ingest(monkeypatch, "show", "aftale-2019") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Aftalen „aftale-2019“ findes ikke. Vælg blandt: "
        "oekonomiaftale-regioner-2021, sundhedsreform-udmoentning-2022.\n"
    )


@pytest.mark.parametrize("command", [["check"], ["show", ECONOMY], ["build"]])
def test_a_changed_file_is_one_danish_line(
    folders: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    path = folders.agreements_dir / f"{ECONOMY}.txt"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    assert ingest(monkeypatch, *command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"Aftaleteksten {path} er ændret siden den blev godkendt (sha256 passer ikke). "
        "Læg den oprindelige fil tilbage, eller ret sha256 i hovedfilen.\n"
    )
