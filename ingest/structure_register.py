"""What a person said of headings and paragraphs (`corpus/structure/<id>.yaml`) -> the blocks.

Only what a block is can be changed, never its text, so every offset stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import StructureError
from corpus.models import Agreement, Block, BlockKind
from ingest.yaml_file import read_yaml

BEGINS = 80
"""Characters of a block that an entry quotes."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Reviewed(_Model):
    by: str
    date: Any
    at: str = ""
    item: str = ""


class _Entry(_Model):
    """What was doubtful about a block, and what it is."""

    doubt: str
    begins: str
    nth: int = 1
    """Which of the blocks that begin so."""
    kind: BlockKind | None = None
    """What it is, if other than the rule said."""
    why: str = ""
    reviewed: _Reviewed | None = None


class _File(_Model):
    reviewed: _Reviewed
    by_queue: bool = False
    blocks: tuple[_Entry, ...] = ()


class StructureRegister:
    """The reviewed structure of one agreement."""

    def __init__(self, path: Path, agreement: Agreement) -> None:
        """Read a register and find each of its blocks.

        Raises:
            StructureError: it cannot be read, or a block is not there.
        """
        self.path = path
        try:
            file = _File.model_validate(read_yaml(path))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
            raise StructureError(path, " ".join(str(error).split())[:200]) from error
        self.decided: set[tuple[str, int]] = set()
        """(doubt, start of the block) of all that a person has looked at."""
        self.kinds: dict[int, BlockKind] = {}
        for entry in file.blocks:
            block = _find(path, agreement, entry)
            self.decided.add((entry.doubt, block.start))
            if entry.kind is not None:
                self.kinds[block.start] = entry.kind


def _find(path: Path, agreement: Agreement, entry: _Entry) -> Block:
    there = blocks_beginning(agreement, entry.begins)
    if not 1 <= entry.nth <= len(there):
        raise StructureError(path, f"intet afsnit begynder: {entry.begins[:60]}")
    return there[entry.nth - 1]


def blocks_beginning(agreement: Agreement, begins: str) -> list[Block]:
    """Return the blocks that begin with some words, in order."""
    return [b for b in agreement.blocks if agreement.text.startswith(begins, b.start, b.end)]


def read_structure(folder: Path, agreement: Agreement) -> StructureRegister | None:
    """Return an agreement's register of structure, None where nobody has reviewed any.

    Raises:
        StructureError: it does not fit the text.
    """
    path = folder / f"{agreement.id}.yaml"
    return StructureRegister(path, agreement) if path.is_file() else None


def apply_structure(agreement: Agreement, folder: Path) -> Agreement:
    """Return an agreement whose blocks are what a person said they are.

    Raises:
        StructureError: the register does not fit the text.
    """
    register = read_structure(folder, agreement)
    if register is None or not register.kinds:
        return agreement
    blocks = tuple(
        block.model_copy(update={"kind": register.kinds.get(block.start, block.kind)})
        for block in agreement.blocks
    )
    return agreement.model_copy(update={"blocks": blocks})
