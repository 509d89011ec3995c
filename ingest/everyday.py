"""Everyday words and questions for the sentences of an agreement, and questions without an answer.

In `corpus/everyday/<id>.yaml` and `corpus/unanswered/<id>.yaml`; `unanswered/elsewhere.yaml` holds
questions about other matters. The index alone knows them.

The words say what people who do not know the text would call it ("mundbind, visirer og handsker"
for "værnemidler"), the questions what a sentence answers. They go into the index beside the text
and are never shown or cited. An agreement without such a file works, found by its own words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import EverydayError
from corpus.models import Sentence
from ingest.yaml_file import read_yaml


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str
    """How the sentence begins; entries stand in the order of the text."""
    words: tuple[str, ...]
    questions: tuple[str, ...] = ()


_ENTRIES = TypeAdapter(tuple[_Entry, ...])
_QUESTIONS = TypeAdapter(tuple[str, ...])
_ALIASES = TypeAdapter(tuple[tuple[str, ...], ...])


def add_everyday_words(sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    """Return the sentences with their everyday words.

    Raises:
        EverydayError: the file is unreadable, or an entry names no sentence.
    """
    if not path.is_file():
        return list(sentences)
    try:
        entries = _ENTRIES.validate_python(read_yaml(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise EverydayError(path, str(error).splitlines()[0]) from error
    worded = list(sentences)
    place = 0
    for entry in entries:
        while place < len(worded) and not worded[place].text.startswith(entry.at):
            place += 1
        if place == len(worded):
            raise EverydayError(path, f"at: {entry.at}")
        worded[place] = worded[place].model_copy(
            update={"everyday": entry.words, "questions": entry.questions}
        )
        place += 1
    return worded


def read_unanswered(path: Path) -> tuple[str, ...]:
    """Return questions that no agreement answers, none where there is no file.

    Raises:
        EverydayError: the file is unreadable.
    """
    if not path.is_file():
        return ()
    try:
        return _QUESTIONS.validate_python(read_yaml(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise EverydayError(path, str(error).splitlines()[0]) from error


def read_aliases(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the names that mean the same, a tuple each; none where there is no file.

    Raises:
        EverydayError: the file is unreadable.
    """
    if not path.is_file():
        return ()
    try:
        return _ALIASES.validate_python(read_yaml(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise EverydayError(path, str(error).splitlines()[0]) from error
