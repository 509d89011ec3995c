import os
import re
import subprocess
import sys

import pytest

from corpus.models import Agreement
from corpus.settings import PROJECT, Settings
from ingest.__main__ import main
from tests.ingest.conftest import DropFigure

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
    *lines, economy, reform, index = done.stdout.decode().splitlines()
    figures, commitments = lines[:2], lines[2:]
    agreed = (
        r"\d+ aftalte forhold; \d+ sætninger med aftaleord, 100,0 pct\. gjort rede for \(.+\)\."
    )
    assert len(commitments) == 2
    assert all(re.search(agreed, line) for line in commitments)
    covered = r"\d+ aftalte tal; \d+ tal i teksten, 100,0 pct\. gjort rede for \(\d+ \w+, .+\)\."
    assert len(figures) == 2
    assert re.fullmatch(rf"{ECONOMY}: {covered}", figures[0])
    assert re.fullmatch(rf"sundhedsreform-udmoentning-2022: {covered}", figures[1])
    counts = r"\d+ tekststykker, \d+ sætninger – i orden\."
    # 11 chapters, 35 headings, 4 boxes, 2 annexes, 3 boxes of the second.
    assert re.fullmatch(rf"{ECONOMY}: 55 afsnit, {counts}", economy)
    # A title, an introduction, 6 chapters, 1 heading, 10 boxes, 1 annex.
    assert re.fullmatch(rf"sundhedsreform-udmoentning-2022: 20 afsnit, {counts}", reform)
    assert re.fullmatch(
        r"Indekset \w{16} er ikke bygget endnu\. Byg det med: python -m ingest build", index
    )


@pytest.mark.usefixtures("folders")
def test_check_names_each_number_that_nobody_accounts_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    drop_figure: DropFigure,
    economy: Agreement,
) -> None:
    drop_figure(ECONOMY, "genindlaeggelse-dage")
    assert ingest(monkeypatch, "check") == 1
    said = capsys.readouterr()
    assert said.err == ""
    coverage, loose, *rest = said.out.splitlines()
    assert coverage.startswith(f"{ECONOMY}: ")
    assert ", 99,7 pct. gjort rede for (" in coverage  # all but 1 of 354
    place = economy.text.index("indenfor 30 dage") + len("indenfor ")
    start = f"  ikke gjort rede for: 30 (tegn {place}) i „… "
    assert loose.startswith(start)
    assert "indenfor 30 dage" in loose.removeprefix(start)
    assert not any("ikke gjort rede for" in line for line in rest)


def test_check_says_which_agreement_nobody_has_reviewed(
    folders: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folders.figures_dir / f"{ECONOMY}.yaml").unlink()
    assert ingest(monkeypatch, "check") == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"{ECONOMY}: tallene er fundet med regler og ikke gennemgået."


def test_check_refuses_a_figure_that_the_text_does_not_say(
    folders: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folders.figures_dir / f"{ECONOMY}.yaml"
    path.chmod(0o644)
    text = path.read_text(encoding="utf-8")
    assert text.count('value: "30"\n  noun: dage\n') == 1
    path.write_text(
        text.replace('value: "30"\n  noun: dage\n', 'value: "60"\n  noun: dage\n'),
        encoding="utf-8",
    )
    assert ingest(monkeypatch, "check") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert str(path) in said.err
    assert "genindlaeggelse-dage" in said.err
    assert said.err.count("\n") == 1


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
