"""Everyday words for the sentences of an agreement (`corpus/everyday/<id>.yaml`).

They say what people who do not know the text would call it ("mundbind, visirer og handsker" for
"værnemidler"). They go into the index beside the text and are never shown or cited. An agreement
without such a file works; it is found by its own words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import EverydayError
from corpus.models import Sentence


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str
    """How the sentence begins; entries stand in the order of the text."""
    words: tuple[str, ...]


_ENTRIES = TypeAdapter(tuple[_Entry, ...])


def add_everyday_words(sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    """Return the sentences with their everyday words.

    Raises:
        EverydayError: the file is unreadable, or an entry names no sentence.
    """
    if not path.is_file():
        return list(sentences)
    try:
        entries = _ENTRIES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise EverydayError(path, str(error).splitlines()[0]) from error
    worded = list(sentences)
    place = 0
    for entry in entries:
        while place < len(worded) and not worded[place].text.startswith(entry.at):
            place += 1
        if place == len(worded):
            raise EverydayError(path, f"at: {entry.at}")
        worded[place] = worded[place].model_copy(update={"everyday": entry.words})
        place += 1
    return worded
