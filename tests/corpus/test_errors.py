import re
from pathlib import Path

import pytest

from corpus import errors


def tree(root: type[Exception]) -> set[type[Exception]]:
    return {root}.union(*(tree(child) for child in root.__subclasses__()))


def test_the_drawn_tree_names_every_class() -> None:
    drawn = set(re.findall(r"^(?:[│ ]*[├└]── )?([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE))
    assert {cls.__name__ for cls in tree(errors.AssistantError)} <= drawn


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (errors.SourceChanged(Path("a.txt")), "a.txt"),
        (errors.HeadError(Path("a.yaml"), "date: missing"), "a.yaml: date: missing"),
        (errors.QuantityError("1.3"), "1.3"),
        (errors.QuestionTooLong(9_000, 8_000), "9000 > 8000"),
        (errors.IndexMismatch(Path("i"), "dimension", "384", "64"), "i: dimension: 64 != 384"),
    ],
)
def test_messages_carry_the_data(error: errors.AssistantError, message: str) -> None:
    assert str(error) == message
