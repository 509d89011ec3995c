"""The calculators hold no numbers of the agreements: those come from the registry alone."""

import ast
from pathlib import Path

import pytest

import chains.calculators

FOLDER = Path(chains.calculators.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
ALLOWED = {0, 1, 2}


def numbers_of(source: str) -> list[tuple[int, str]]:
    """Return (line, literal) of every number, those in strings made `Decimal` included."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and _is_number(node.value):
            found.append((node.lineno, repr(node.value)))
        if isinstance(node, ast.Call):
            given = [a for a in node.args if isinstance(a, ast.Constant)]
            found += [(a.lineno, str(a.value)) for a in given if _is_digits(a.value)]
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def _is_digits(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).replace("-", "", 1).isdigit()


def is_allowed(literal: str) -> bool:
    """Return whether a literal is 0, 1, 2, 100 or another power of ten."""
    if not literal.isdigit():
        return False
    return int(literal) in ALLOWED or str(int(literal)).strip("0") == "1"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_calculator_holds_no_number_of_its_own(path: Path) -> None:
    numbers = numbers_of(path.read_text(encoding="utf-8"))
    assert [(line, number) for line, number in numbers if not is_allowed(number)] == []


def test_all_calculators_are_read() -> None:
    assert {path.stem for path in FILES} >= {
        "arithmetic", "basic_contribution", "conditional_grant", "cost_split", "per_unit",
        "price_level", "proximity_funding", "series", "shares", "target", "terms",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 1554.4", ["1554.4"]),
        ("x = f(a, 67)", ["67"]),
        ("x = Decimal('0.67')", ["0.67"]),
        ("x = -33", ["33"]),
        ("x = True", []),
        ("x = '40/40/20'", []),
        ("x = [5, 10]", ["5"]),
        ("x = 0 + 1 + 2 + 10 + 100 + 1000 + 10**6", ["6"]),
        ("x = 200 + 101 + 28", ["101", "200", "28"]),
    ],
)
def test_what_counts_as_a_number(source: str, found: list[str]) -> None:
    assert sorted(n for _, n in numbers_of(source) if not is_allowed(n)) == found
