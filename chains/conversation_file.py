"""The file of the conversations: its tables, what is too old, and what to do when it is damaged."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from corpus.errors import ConversationsDown

FORM = 1
"""Version of the tables, in the file's `user_version`."""
_WAIT_S = 3.0
_LOCK_S = 30.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_PARTS = ("", "-wal", "-shm")
_STAMP = "%Y-%m-%dT%H%M%S"
_TABLES = f"""
begin immediate;
create table if not exists conversation (
    id text primary key,
    owner text not null,
    title text not null,
    created text not null,
    used text not null
);
create index if not exists conversation_owner on conversation (owner, used);
create index if not exists conversation_used on conversation (used);
create table if not exists exchange (
    id integer primary key autoincrement,
    conversation text not null references conversation (id) on delete cascade,
    question text not null,
    answer text not null,
    said text not null,
    asked text not null
);
create index if not exists exchange_conversation on exchange (conversation, id);
create table if not exists shared (
    id text primary key,
    owner text not null,
    conversation text references conversation (id) on delete cascade,
    exchange integer references exchange (id) on delete cascade,
    answer text not null,
    asked text not null,
    used text not null
);
create index if not exists shared_owner on shared (owner, exchange);
create index if not exists shared_exchange on shared (exchange);
create index if not exists shared_conversation on shared (conversation);
pragma user_version = {FORM};
commit;
"""


def open_file(path: Path, oldest: dt.datetime) -> sqlite3.Connection:
    """Open the file, made where it is not there, rid of what was last used before `oldest`.

    Raises:
        ConversationsDown: a newer program made it.
        sqlite3.Error: it is locked or damaged.
    """
    database = sqlite3.connect(path, timeout=_WAIT_S)
    try:
        database.row_factory = sqlite3.Row
        form = database.execute("pragma user_version").fetchone()[0]
        if form > FORM:
            raise ConversationsDown("newer", path, str(form))
        database.execute("pragma foreign_keys = on")
        database.execute("pragma secure_delete = on")
        if form < FORM:
            database.execute("pragma journal_mode = wal")
            database.executescript(_TABLES)
        _erase(database, path, oldest)
    except BaseException:
        database.close()
        raise
    return database


def _erase(database: sqlite3.Connection, path: Path, oldest: dt.datetime) -> None:
    """Erase what nobody has used since, files that were moved aside included."""
    limit = (oldest.isoformat(timespec="seconds"),)
    found = database.execute(
        "select exists (select 1 from conversation where used < ?1) "
        "or exists (select 1 from shared where used < ?1)", limit
    ).fetchone()[0]  # fmt: skip
    if found:
        with database:
            database.execute("delete from conversation where used < ?", limit)
            database.execute("delete from shared where used < ?", limit)
        rub_out(database)
    for kept in set_aside(path):
        if (moved := moved_at(kept)) is not None and moved < oldest:
            for part in _PARTS:
                kept.with_name(kept.name + part).unlink(missing_ok=True)


def rub_out(database: sqlite3.Connection) -> None:
    """Empty the journal, which otherwise still holds what was deleted."""
    database.execute("pragma wal_checkpoint(truncate)").fetchall()


def problem_of(path: Path, error: sqlite3.Error) -> ConversationsDown | None:
    """Return what an error of the database means; None where it cannot be read or written."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return ConversationsDown("damaged", path)
    return ConversationsDown("locked", path) if code in _LOCKED else None


def move_aside(path: Path, now: dt.datetime) -> str:
    """Move a damaged file away under a dated name, and return that name.

    Of several processes that find it damaged one moves it; the others find the fresh one.
    """
    name = f"{path.stem}-damaged-{now.astimezone(dt.UTC).strftime(_STAMP)}{path.suffix}"
    with FileLock(path.with_name(f"{path.name}.lock"), timeout=_LOCK_S):
        if path.exists() and _is_damaged(path):
            for part in _PARTS:
                old = path.with_name(path.name + part)
                if old.exists():
                    old.replace(path.with_name(name + part))
    moved = set_aside(path)
    return moved[-1].name if moved else name


def _is_damaged(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_S)) as database:
            found: list[tuple[str]] = database.execute("pragma integrity_check(1)").fetchall()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return found != [("ok",)]


def set_aside(path: Path) -> list[Path]:
    """Return the damaged files that were moved aside, oldest first."""
    return sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}"))


def moved_at(path: Path) -> dt.datetime | None:
    """Return when a file was moved aside; None where its name does not say so."""
    stamp = path.stem.rpartition("damaged-")[2]
    try:
        return dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
