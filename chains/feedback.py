"""What users say of answers, kept in `var/feedback.sqlite`.

Question, answer and reason are kept only where the setting `keep_questions` says so, CPR numbers
masked; otherwise only that an answer of some kind was found right or wrong. Texts older than
`feedback_days` are overwritten whenever the database is opened (SEC-32).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict

from corpus.cpr import mask_cpr
from corpus.errors import FeedbackConflict, StorageError
from corpus.models import Answer
from corpus.settings import Settings

_WAIT_S = 5.0
_TABLE = """
create table if not exists feedback (
    id integer primary key,
    made text not null,
    right integer not null,
    kind text not null,
    corpus_version text not null,
    passages text not null,
    reason text not null,
    question text not null,
    history text not null,
    answer text not null
)
"""


_KEYS = """
create table if not exists sent (key text primary key, piece text not null, made text not null)
"""


class Feedback(BaseModel):
    """One user's word on one answer; texts are empty where they were not kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made: dt.datetime
    right: bool
    kind: str
    corpus_version: str
    passages: tuple[str, ...]
    """Ids of the passages that were cited."""
    reason: str = ""
    question: str = ""
    history: tuple[str, ...] = ()
    """The questions before it."""
    answer: str = ""


def keep_feedback(
    settings: Settings,
    answer: Answer,
    *,
    right: bool,
    reason: str = "",
    history: Sequence[str] = (),
    key: str = "",
) -> Feedback:
    """Keep what a user said of an answer.

    With a `key`, the sender's own name for this piece, the same piece again is not kept again.

    Raises:
        StorageError: `var/` cannot be written.
        FeedbackConflict: the key was used for another piece.
    """
    texts = {
        "reason": mask_cpr(reason),
        "question": mask_cpr(answer.question),
        "history": tuple(mask_cpr(question) for question in history),
        "answer": mask_cpr(answer.text),
    }
    kept = Feedback(
        made=dt.datetime.now(dt.UTC).replace(microsecond=0),
        right=right,
        kind=str(answer.kind),
        corpus_version=answer.corpus_version,
        passages=tuple(citation.passage_id for citation in answer.citations),
        **(texts if settings.keep_questions else {}),
    )
    fields = kept.model_dump(mode="json")
    for name in ("passages", "history"):
        fields[name] = json.dumps(fields[name], ensure_ascii=False)
    names = ", ".join(fields)
    places = ", ".join(f":{name}" for name in fields)
    with _database(settings) as database, database:
        if key and not _claim(database, key, texts, right=right):
            return kept
        database.execute(f"insert into feedback ({names}) values ({places})", fields)  # noqa: S608
    return kept


def _claim(database: sqlite3.Connection, key: str, texts: dict[str, Any], *, right: bool) -> bool:
    """Note a key with a hash of what it names; False where it names the same piece already."""
    named = hashlib.sha256(json.dumps([texts, right], sort_keys=True).encode()).hexdigest()
    name = hashlib.sha256(key.encode()).hexdigest()  # the sender chooses it: it may say anything
    database.execute(_KEYS)
    fresh = database.execute(
        "insert into sent (key, piece, made) values (?, ?, datetime()) on conflict do nothing",
        (name, named),
    ).rowcount
    if fresh:
        database.execute("delete from sent where made < datetime('now', '-1 day')")
        return True
    if database.execute("select piece from sent where key = ?", (name,)).fetchone() != (named,):
        raise FeedbackConflict
    return False


def load_feedback(settings: Settings) -> list[Feedback]:
    """Return everything that was kept, oldest first.

    Raises:
        StorageError: the database cannot be read.
    """
    if not settings.feedback_file.exists():
        return []
    with _database(settings) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("select * from feedback order by id").fetchall()
    return [_read(dict(row)) for row in rows]


def _read(row: dict[str, object]) -> Feedback:
    del row["id"]
    for name in ("passages", "history"):
        row[name] = json.loads(str(row[name]))
    return Feedback.model_validate(row)


def _erase_old(database: sqlite3.Connection, settings: Settings) -> None:
    oldest = dt.datetime.now(dt.UTC) - dt.timedelta(days=settings.feedback_days)
    with database:
        database.execute(
            "update feedback set reason = '', question = '', history = '[]', answer = '' "
            "where made < ? and (reason || question || answer) <> ''",
            (oldest.strftime("%Y-%m-%dT%H:%M:%SZ"),),
        )


@contextmanager
def _database(settings: Settings) -> Iterator[sqlite3.Connection]:
    path = settings.feedback_file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT_S)) as database:
            database.execute("pragma secure_delete = on")
            database.execute(_TABLE)
            _erase_old(database, settings)
            yield database
    except (OSError, sqlite3.Error) as error:
        raise StorageError(path, str(error)) from error
