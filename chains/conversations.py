"""Users' conversations in `var/conversations.sqlite`: each belongs to one owner and to nobody else.

CPR numbers are masked before anything is written, what is deleted is overwritten, and what nobody
has used for `conversation_days` is erased whenever the database is opened. A damaged database is
moved aside under a dated name, and a fresh one begun.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from chains.conversation_file import (
    FORM,
    move_aside,
    moved_at,
    open_file,
    problem_of,
    rub_out,
    set_aside,
)
from chains.kept_answers import masked, read_kept
from corpus.conversation import Conversation, Exchange, SharedAnswer
from corpus.cpr import mask_cpr
from corpus.errors import StorageError, UnknownConversation, UnknownShare
from corpus.models import Answer
from corpus.settings import Settings

_TITLE_CHARS = 60
_TOLD_FOR = dt.timedelta(days=3)

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def owner_of(kind: str, *names: str) -> str:
    """Return what stands for an owner in the database, so that a copy of it names nobody.

    Args:
        kind: "oidc", "proxy" or "browser".
        *names: What the owner is known by, such as issuer and subject, or a cookie's value.
    """
    return hashlib.sha256(json.dumps([kind, *names]).encode()).hexdigest()


class Conversations:
    """The conversations of one owner. Every call opens the file, does one thing and closes it.

    Raises, of every method:
        ConversationsDown: the database is locked, damaged or of a newer program.
        StorageError: it cannot be written.
    """

    def __init__(self, settings: Settings, owner: str, now: Clock = _now) -> None:
        """Take the owner that `owner_of` gives."""
        self._settings, self._owner, self._now = settings, owner, now

    def find(self, words: str = "") -> tuple[Conversation, ...]:
        """Return the conversations that hold every word, the last used first."""
        wanted = words.casefold().split()
        # What was said is read only to search it: the list is drawn at every click.
        said = "c.title || ' ' || coalesce(group_concat(e.said, ' '), '')" if wanted else "''"
        with self._database() as database:
            rows = database.execute(
                "select c.id, c.title, c.created, c.used, count(e.id) as questions, "  # noqa: S608
                f"{said} as said from conversation c left join exchange e on e.conversation = c.id "
                "where c.owner = ? group by c.id order by c.used desc, c.rowid desc",
                (self._owner,),
            ).fetchall()
        return tuple(
            Conversation.model_validate({name: row[name] for name in Conversation.model_fields})
            for row in rows
            if all(word in row["said"].casefold() for word in wanted)
        )

    def read(self, conversation_id: str) -> tuple[Exchange, ...]:
        """Return a conversation, oldest question first, and note that it was used.

        Raises:
            UnknownConversation: this owner has none with this id.
        """
        with self._database() as database, database:
            self._touch(database, conversation_id)
            rows = database.execute(
                "select id, question, answer, asked from exchange where conversation = ? "
                "order by id",
                (conversation_id,),
            ).fetchall()
        return tuple(_exchange(dict(row)) for row in rows)

    def add(
        self, conversation_id: str, question: str, answer: Answer, asked: dt.datetime | None = None
    ) -> tuple[str, Exchange]:
        """Keep an answer; without a conversation one is begun.

        Args:
            conversation_id: One of this owner's, or empty.
            question: As it was asked.
            answer: The answer.
            asked: When, if not now.

        Returns:
            The id of the conversation and what was kept.

        Raises:
            UnknownConversation: this owner has none with this id (any more).
        """
        kept = masked(answer)
        now = self._now().replace(microsecond=0)
        asked = (asked or now).replace(microsecond=0)
        question = mask_cpr(question)
        said = f"{question} {kept.text}"
        with self._database() as database, database:
            if conversation_id:
                self._touch(database, conversation_id)
            else:
                conversation_id = secrets.token_urlsafe(12)
                database.execute(
                    "insert into conversation values (?, ?, ?, ?, ?)",
                    (conversation_id, self._owner, _title(question), asked.isoformat(),
                     now.isoformat()),
                )  # fmt: skip
            row = database.execute(
                "insert into exchange (conversation, question, answer, said, asked) "
                "values (?, ?, ?, ?, ?)",
                (conversation_id, question, kept.model_dump_json(), said, asked.isoformat()),
            ).lastrowid
        exchange = Exchange(id=row or 0, question=question, answer=kept, asked=asked)
        return conversation_id, exchange

    def cut(self, conversation_id: str, exchange_id: int) -> None:
        """Delete a question and all that came after it.

        Raises:
            UnknownConversation: this owner has none with this id.
        """
        with self._erasing() as database, database:
            self._touch(database, conversation_id)
            database.execute(
                "delete from exchange where conversation = ? and id >= ?",
                (conversation_id, exchange_id),
            )

    def rename(self, conversation_id: str, title: str) -> str:
        """Give a conversation another title and return it as kept; an empty one changes nothing.

        Raises:
            UnknownConversation: this owner has none with this id.
        """
        with self._erasing() as database, database:
            self._touch(database, conversation_id)
            if kept := _title(mask_cpr(title)):
                database.execute(
                    "update conversation set title = ? where id = ?", (kept, conversation_id)
                )
        return kept

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation for good, and the answers of it that were shared."""
        with self._erasing() as database, database:
            database.execute(
                "delete from conversation where owner = ? and id = ?",
                (self._owner, conversation_id),
            )

    def delete_all(self) -> None:
        """Delete everything that is kept of the owner, for good."""
        with self._erasing() as database, database:
            for table in ("conversation", "shared"):
                database.execute(f"delete from {table} where owner = ?", (self._owner,))  # noqa: S608

    def moved_aside(self) -> str:
        """Return the name of a damaged database that was moved aside of late, else nothing."""
        since = self._now() - _TOLD_FOR
        every = set_aside(self._settings.conversations_file)
        return next((p.name for p in every if (at := moved_at(p)) and at >= since), "")

    def export(self) -> dict[str, Any]:
        """Return everything that is kept of the owner, ready for JSON."""
        conversations = [
            {
                **one.model_dump(mode="json"),
                "exchanges": [e.model_dump(mode="json") for e in self._peek(one.id)],
            }
            for one in self.find()
        ]
        with self._database() as database:
            rows = database.execute(
                "select id, answer, asked from shared where owner = ? order by asked",
                (self._owner,),
            ).fetchall()
        shared = [_shared(dict(row)).model_dump(mode="json") for row in rows]
        return {"form": FORM, "exported": self._now().isoformat(timespec="seconds"),
                "conversations": conversations, "shared": shared}  # fmt: skip

    def share(self, conversation_id: str, exchange: Exchange) -> str:
        """Keep a copy of one answer for everybody who has its id, and return that id.

        The same answer is shared once.
        """
        answer = masked(exchange.answer).model_dump_json()
        now = self._now().replace(microsecond=0).isoformat()
        with self._database() as database, database:
            known = database.execute(
                "select id from conversation where owner = ? and id = ?",
                (self._owner, conversation_id),
            ).fetchone()
            place = (known["id"], exchange.id) if known and exchange.id else (None, None)
            before = database.execute(
                "select id from shared where owner = ? and conversation = ? and exchange = ?",
                (self._owner, *place),
            ).fetchone()
            if before:
                return str(before["id"])
            share_id = secrets.token_urlsafe(16)
            database.execute(
                "insert into shared values (?, ?, ?, ?, ?, ?, ?)",
                (share_id, self._owner, *place, answer, exchange.asked.isoformat(), now),
            )
        return share_id

    def unshare(self, share_id: str) -> None:
        """Delete the copy of an answer that this owner has shared."""
        with self._erasing() as database, database:
            database.execute(
                "delete from shared where owner = ? and id = ?", (self._owner, share_id)
            )

    def shared(self, share_id: str) -> SharedAnswer:
        """Return an answer that anybody has shared.

        Raises:
            UnknownShare: none is shared under this id, or not any more.
        """
        with self._database() as database, database:
            row = database.execute(
                "update shared set used = ? where id = ? returning id, answer, asked",
                (self._now().isoformat(timespec="seconds"), share_id),
            ).fetchone()
        if row is None:
            raise UnknownShare(share_id)
        return _shared(dict(row))

    def _peek(self, conversation_id: str) -> list[Exchange]:
        """Return the exchanges of one of the owner's, without noting that it was used."""
        with self._database() as database:
            rows = database.execute(
                "select id, question, answer, asked from exchange where conversation = ? "
                "order by id",
                (conversation_id,),
            ).fetchall()
        return [_exchange(dict(row)) for row in rows]

    def _touch(self, database: sqlite3.Connection, conversation_id: str) -> None:
        changed = database.execute(
            "update conversation set used = ? where owner = ? and id = ?",
            (self._now().isoformat(timespec="seconds"), self._owner, conversation_id),
        ).rowcount
        if not changed:
            raise UnknownConversation(conversation_id)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        path = self._settings.conversations_file
        oldest = self._now() - dt.timedelta(days=self._settings.conversation_days)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(open_file(path, oldest)) as database:
                yield database
        except OSError as error:
            raise StorageError(path, str(error)) from error
        except sqlite3.Error as error:
            problem = problem_of(path, error)
            if problem is None:
                raise StorageError(path, str(error)) from error
            if problem.reason == "damaged":
                problem.detail = move_aside(path, self._now())
            raise problem from error

    @contextmanager
    def _erasing(self) -> Iterator[sqlite3.Connection]:
        """Give the database; what is deleted in it is nowhere in its files afterwards."""
        with self._database() as database:
            yield database
            rub_out(database)


def _title(question: str) -> str:
    """Return a question as a title: one line, cut at a word.

    >>> _title("  Hvad  er aftalt? ")
    'Hvad er aftalt?'
    """
    line = " ".join(question.split())
    if len(line) <= _TITLE_CHARS:
        return line
    begin = line[: _TITLE_CHARS + 1].rpartition(" ")[0] or line[:_TITLE_CHARS]
    return f"{begin} …"


def _exchange(row: dict[str, Any]) -> Exchange:
    return Exchange.model_validate({**row, "answer": read_kept(row["answer"], row["question"])})


def _shared(row: dict[str, Any]) -> SharedAnswer:
    return SharedAnswer.model_validate({**row, "answer": read_kept(row["answer"], "")})
