"""How many tokens a language model has used today: counted for all processes on one `var/`."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StorageError

_WAIT_S = 1.0
_TABLE = "CREATE TABLE IF NOT EXISTS used (day TEXT PRIMARY KEY, tokens_in INT, tokens_out INT)"
_ADD = (
    "INSERT INTO used VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET "
    "tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out"
)


class Usage:
    """The count of the day, in UTC."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, tokens_in: int, tokens_out: int) -> None:
        """Count what a call has used.

        Raises:
            StorageError: the file cannot be written in time.
        """
        with self._open() as base:
            base.execute(_ADD, (_today(), tokens_in, tokens_out))

    def today(self) -> int:
        """Return the tokens used today, read and written.

        Raises:
            StorageError: the file cannot be read in time.
        """
        with self._open() as base:
            query = "SELECT tokens_in + tokens_out FROM used WHERE day = ?"
            row = base.execute(query, (_today(),)).fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(self._path, timeout=_WAIT_S)
            try:
                with base:
                    base.execute(_TABLE)
                    yield base
            finally:
                base.close()
        except (OSError, sqlite3.Error) as error:
            raise StorageError(self._path, str(error)) from error


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
