"""`python -m chains`: what it prints of an answer's making and of a checked text."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from chains import Assistant, Check
from chains.__main__ import main, render_check, render_explanation
from corpus import texts

pytestmark = pytest.mark.model


def test_an_explanation_tells_reading_way_and_scores(assistant: Assistant) -> None:
    told = assistant.explain("Hvor stort er teknologibidraget?")
    shown = render_explanation(told)
    for label in (texts.EXPLAIN_READ, texts.EXPLAIN_WAY, texts.EXPLAIN_SIGNALS):
        assert label in shown
    assert "regionernes teknologibidrag" in shown


def test_a_check_is_plain_text_and_json(
    assistant: Assistant, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("chains.__main__._open", lambda: assistant)
    path = tmp_path / "mail.txt"
    path.write_text("Teknologibidraget er 450 mio. kr. i 2021.", encoding="utf-8")
    main(check=path)
    assert "Afviger fra aftalen" in capfdbinary.readouterr().out.decode()
    main(check=path, as_json=True)
    (number,) = json.loads(capfdbinary.readouterr().out)["numbers"]
    assert number["printed"] == "450 mio. kr."
    assert number["verdict"] == "wrong"
    assert path.read_text(encoding="utf-8")[number["start"] : number["end"]] == number["printed"]
    assert render_check(Check(numbers=())) == texts.CHECK_NONE


@pytest.mark.parametrize("given", [{}, {"question": "Hvad?", "check": Path("x")}])
def test_one_thing_at_a_time(given: dict[str, object]) -> None:
    with pytest.raises(typer.Exit) as stopped:
        main(**given)  # type: ignore[arg-type]
    assert stopped.value.exit_code == 2


def test_a_file_that_is_not_there(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chains.__main__._open", lambda: assistant)
    with pytest.raises(typer.Exit) as stopped:
        main(check=Path("not-there.txt"))
    assert stopped.value.exit_code == 2


def test_a_difference_is_plain_text_json_and_tables(
    assistant: Assistant, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("chains.__main__._open", lambda: assistant)
    new, old = "sundhedsreform-udmoentning-2022", "oekonomiaftale-regioner-2021"
    main(difference=new, against=old)
    shown = capfdbinary.readouterr().out.decode()
    assert "Tal (Nyt:" in shown and "Udgået: " in shown
    csv, xlsx = tmp_path / "a.csv", tmp_path / "a.xlsx"
    main(difference=new, against=old, as_csv=csv, as_xlsx=xlsx)
    assert capfdbinary.readouterr().out == b""
    assert csv.stat().st_size > 10_000 and xlsx.stat().st_size > 10_000
    main(difference=new, against=old, as_json=True)
    found = json.loads(capfdbinary.readouterr().out)
    assert found["new"]["id"] == new and found["figures"][0]["change"]


@pytest.mark.parametrize(
    "given",
    [
        {"difference": "sundhedsreform-udmoentning-2022"},
        {"question": "Hvad?", "against": "oekonomiaftale-regioner-2021"},
        {"question": "Hvad?", "as_csv": Path("a.csv")},
        {"difference": "findes-ikke", "against": "oekonomiaftale-regioner-2021"},
    ],
)
def test_a_difference_needs_two_agreements(
    given: dict[str, Any], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chains.__main__._open", lambda: assistant)
    with pytest.raises(typer.Exit) as stopped:
        main(**given)
    assert stopped.value.exit_code == 2
