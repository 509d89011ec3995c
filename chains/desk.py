"""The editors' desk: add and remove agreements, review what rules found, let the result answer.

Whoever has no role gets no desk, so a page that should not have been shown can still do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.errors import AssistantError, FieldMissing, NotAllowed
from corpus.models import Head
from corpus.review import Decision, Item, ItemKind, Progress
from corpus.settings import Settings
from ingest.add import Received, make_head, put, receive, remove
from ingest.build import process
from ingest.embed import Embedder
from ingest.head_fields import Fields, read_date, read_years, split_names
from ingest.parse.content import MAX_BYTES
from ingest.publish import publish
from ingest.review import decide, next_item, progress_of, undo
from ingest.review_entries import CHOICES
from ingest.vector_cache import Progress as OnProgress

LOCAL = "local"
"""In `ASSISTANT_ADMINS`: whoever sits at the machine itself."""


class Desk:
    """What a person with the role may do to the corpus."""

    max_bytes = MAX_BYTES
    """How much a received file may hold."""

    def __init__(
        self, settings: Settings, embedder: Embedder, person: str, take: Callable[[], None]
    ) -> None:
        """Open the desk for a person; `take` lets the assistant beside it take a new version.

        Raises:
            NotAllowed: the settings do not name this person.
        """
        if not person or person not in settings.admins:
            raise NotAllowed(person)
        self._settings, self._embedder, self.person = settings, embedder, person
        self._take = take

    @staticmethod
    def choices(kind: ItemKind, field: str) -> tuple[str, ...]:
        """Return what a field of an item may be; nothing where it is free text."""
        return CHOICES.get(f"{kind}.{field}", ())

    def progress(self) -> tuple[Progress, ...]:
        """Return every agreement of the corpus with its status and how far its review is.

        Raises:
            CorpusError: an agreement's files cannot be used.
        """
        ids = sorted(path.stem for path in self._settings.agreements_dir.glob("*.yaml"))
        return tuple(progress_of(self._settings, id_) for id_ in ids)

    def next_item(self, agreement_id: str, skipped: Sequence[str] = ()) -> Item | None:
        """Return the next item of a review; None where the agreement is reviewed.

        Raises:
            UnknownAgreement, CorpusError: as for `ingest.review.next_item`.
        """
        return next_item(self._settings, agreement_id, skipped)

    def decide(self, agreement_id: str, decision: Decision, reviewer: str = "") -> None:
        """Keep a decision, under the name of the person or, at the machine itself, of the reviewer.

        Raises:
            ReviewConflict, ReviewRefused, CorpusError, StorageError: as for `ingest.review.decide`.
        """
        decide(self._settings, agreement_id, decision, self._name(reviewer))

    def undo(self, agreement_id: str, reviewer: str = "") -> str:
        """Take the person's last decision back; returns the words that it was about.

        Raises:
            ReviewRefused, CorpusError, StorageError: as for `ingest.review.undo`.
        """
        return undo(self._settings, agreement_id, self._name(reviewer))

    def _name(self, reviewer: str) -> str:
        """Only where nobody signs in may a name be given; else it would be anybody's."""
        given = " ".join(reviewer.split())[:80]
        return given or self.person if self.person == LOCAL else self.person

    def receive(self, name: str, data: bytes) -> Received:
        """Read a file without writing anything; its size is looked at before it is parsed.

        Raises:
            SourceRefused, SourceEncoding, StorageError: as for `ingest.add.receive`.
        """
        return receive(self._settings, name, data)

    def add(
        self,
        received: Received,
        *,
        title: str,
        date: str,
        parties: str,
        period: str,
        replaces: Sequence[str] = (),
    ) -> Head:
        """Put a received file into the corpus, with its head as a person typed or left it.

        Raises:
            FieldMissing: a field is empty or cannot be read.
            NotAdded, UnknownAgreement, StorageError: as for `ingest.add.put`.
            CorpusError: the corpus cannot be processed with it; it is taken out again.
        """
        fields = Fields(
            title=" ".join(title.split()) or None,
            date=read_date(date),
            parties=split_names(parties),
            years=read_years(period),
        )
        options = {"--title": (fields.title, title), "--date": (fields.date, date),
                   "--parties": (fields.parties, parties),
                   "--period": (fields.years, period)}  # fmt: skip
        for option, (read, given) in options.items():
            if not read:
                raise FieldMissing(option, given.strip()[:80])
        head = make_head(self._settings, received, fields, replaces=tuple(replaces))
        put(self._settings, head, received)
        try:
            process(self._settings)
        except AssistantError:
            remove(self._settings, head.id)  # it would stop every other agreement
            raise
        return head

    def remove(self, agreement_id: str) -> str:
        """Take an agreement that nobody has reviewed out of the corpus; returns where it lies now.

        Raises:
            UnknownAgreement, NotAdded, StorageError: as for `ingest.add.remove`.
        """
        return str(remove(self._settings, agreement_id))

    def publish(self, progress: OnProgress | None = None) -> None:
        """Let a version of what the corpus now says answer: here at once, elsewhere in seconds.

        Raises:
            CorpusError, BuildRefused, StorageError, VectorsDown: as for `ingest.publish.publish`.
        """
        publish(self._settings, process, self._embedder, progress)
        self._take()
