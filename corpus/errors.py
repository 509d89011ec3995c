"""Every error of ours, as a tree. Front ends map a class to Danish text in `corpus/texts.py`.

AssistantError
├── CorpusError(path)           an agreement or its head file cannot be used
│   ├── HeadError(detail)       the head file is missing, unreadable or has a wrong field
│   ├── SourceMissing           the head names a text file that is not there
│   ├── SourceChanged           the text's sha256 is not the head's
│   ├── SourceEncoding          the text is not UTF-8
│   ├── SourceRefused(reason)   the file is dangerous, holds no text, or is not what it says
│   ├── EverydayError           the file of everyday words does not fit the text
│   ├── FigureError(figure)     the registry of agreed figures does not fit the text
│   ├── CommitmentError(entry)  the registry of commitments does not fit the text
│   └── StructureError          the register of reviewed structure does not fit the text
├── NotAllowed(person)          somebody without the role wants to change the corpus
├── ReviewConflict(by, at)      an item of a review has been decided or has changed meanwhile
├── ReviewRefused(reason)       a decision cannot be kept: the text does not say it
├── NotAdded(reason, detail)    a file cannot be added to the corpus, or an agreement not removed
├── FieldMissing(option)        a field of the head is not in the file and was not given
├── UnknownAgreement(id, known) a question is limited to an agreement that is not in the corpus
├── QuestionTooLong(length, limit)
├── HistoryTooLong(turns, limit)
├── HistoryUnreadable(path)     a history file cannot be read
├── CalculationError(reason)    a calculation cannot be carried out with these numbers
├── QuantityError(text)         no Danish number, or one that can be read two ways
├── EmbeddingError(model)       the embedding model cannot be loaded
├── StorageError(path)          `var/` cannot be written
├── BuildBusy(path)             another process builds, and we were told not to wait
├── BuildRefused(name, reasons) a new version did not pass its gate; the old one answers on
├── ArchiveError(path)          a backup cannot be written, read or put back
├── GoldenError(path, case)     a golden case cannot be used
├── MakerError(agreement, years) no agreement of another year can be made of one
├── WorkerLost(workers)         a process that asks the golden questions ended before its time
├── UnknownPassage(id)          no passage of the current version has this id
├── UnknownEntry(register, id)  no agreed figure, commitment or section has this id
├── NotWorkedOut(said)          a calculator cannot work with the inputs that it was given
├── FieldsRefused(problems)     fields of a calculator are missing, unreadable or out of bounds
├── AskCancelled                whoever asked is no longer waiting for the answer
├── FeedbackConflict            one key was used for two different pieces of feedback
├── ConversationsDown(reason)   the database of conversations is locked, damaged or newer
├── UnknownConversation(id)     no conversation of this owner has this id
├── UnknownShare(id)            no answer is shared under this id
├── ApiError                    a request to the HTTP API is refused
│   ├── NotAuthenticated        no valid token, or no identity from the proxy
│   ├── OriginRefused           a web page of this origin may not use the API
│   └── RetryLater(retry)      the same request may succeed after a while
│       ├── TooManyAsks         one identity asks more often than it may
│       ├── Overloaded          all places are taken
│       ├── AnswerTooSlow       an answer took longer than its deadline
│       └── AnswerLost          the process that made an answer ended before its time
├── UnsafeBinding(host)         without sign-in the API only binds to the machine itself
├── TokensUnreadable(path)      the file with the API's tokens cannot be used
├── RunRefused(reason, detail)  the app may not be started with these settings
├── ModelProblem                the language model cannot be used as the settings say
│   ├── ModelUnknown(name)      no `provider:name`, or no such provider
│   ├── ModelPackageMissing(package)   the provider's package is not installed
│   ├── ModelNoConsent(host)    it is outside the house and nobody has agreed to that
│   └── ModelUnsafe(url)        it is outside the house and not encrypted
├── ModelFailed(reason)         the language model gave no usable answer; it is given without
└── IndexProblem(path)          the index cannot be used
    ├── IndexDamaged            a file of it is missing or does not open
    ├── VectorsDown             the vector server does not answer in time
    └── IndexMismatch(key, expected, found)   it was built by another model or corpus
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class AssistantError(Exception):
    """Root of every error that we raise on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error pass to another process with all it carries, however it is made."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(cls: type[AssistantError], args: tuple[Any, ...], fields: dict[str, Any]) -> Exception:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class CorpusError(AssistantError):
    """An agreement file cannot be used."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}" if detail else str(path))
        self.path = path
        self.detail = detail


class HeadError(CorpusError):
    """The head file of an agreement is missing, unreadable or has a wrong field."""


class SourceMissing(CorpusError):
    """The text file of an agreement is not there or cannot be read."""


class SourceChanged(CorpusError):
    """The text file is not the one that the head file names by its sha256."""


class SourceEncoding(CorpusError):
    """The text file is not UTF-8."""


class SourceRefused(CorpusError):
    """A file is not read: dangerous, without text, or not what its name says."""

    def __init__(self, path: Path, reason: str, detail: str = "") -> None:
        super().__init__(path, f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.data = detail


class EverydayError(CorpusError):
    """The file of everyday words is unreadable or names a sentence that is not there."""


class FigureError(CorpusError):
    """The registry of agreed figures is unreadable, or a figure's words do not say it."""

    def __init__(self, path: Path, figure: str, detail: str) -> None:
        super().__init__(path, f"{figure}: {detail}")
        self.figure = figure


class CommitmentError(CorpusError):
    """The registry of commitments is unreadable, or an entry's words are not in the text."""

    def __init__(self, path: Path, entry: str, detail: str) -> None:
        super().__init__(path, f"{entry}: {detail}")
        self.entry = entry


class StructureError(CorpusError):
    """The register of reviewed structure is unreadable, or names a block that is not there."""


class NotAllowed(AssistantError):
    """Somebody who may not change the corpus wants to."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class ReviewConflict(AssistantError):
    """An item of a review is no more as it was when it was shown: decided or changed meanwhile."""

    def __init__(self, item_id: str, by: str = "", at: str = "", mine: str = "") -> None:
        super().__init__(f"{item_id}: {by} {at}")
        self.mine = mine
        self.item_id = item_id
        self.by = by
        self.at = at


class ReviewRefused(AssistantError):
    """A decision cannot be kept: no_reason, no_undo, unknown_field, or what does not fit."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class NotAdded(AssistantError):
    """An agreement cannot be added or removed: exists, same_file, bad_id, reviewed, replaces."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class FieldMissing(AssistantError):
    """A field of an agreement's head is not in the file and was not given, or cannot be read."""

    def __init__(self, option: str, given: str = "") -> None:
        super().__init__(f"{option}: {given}" if given else option)
        self.option = option
        self.given = given


class UnknownAgreement(AssistantError):
    """A question is limited to an agreement that is not in the corpus, or to none."""

    def __init__(self, agreement_id: str, known: tuple[str, ...]) -> None:
        super().__init__(agreement_id)
        self.agreement_id = agreement_id
        self.known = known


class QuestionTooLong(AssistantError):
    """The question holds more characters than the contract allows."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} > {limit}")
        self.length = length
        self.limit = limit


class HistoryTooLong(AssistantError):
    """The history holds more turns than the contract allows."""

    def __init__(self, turns: int, limit: int) -> None:
        super().__init__(f"{turns} > {limit}")
        self.turns = turns
        self.limit = limit


class HistoryUnreadable(AssistantError):
    """The file with the earlier turns of a conversation cannot be read."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class CalculationError(AssistantError):
    """A calculation cannot be carried out: "division_by_zero" or "unit_mismatch"."""

    def __init__(self, reason: str, *details: str) -> None:
        super().__init__(reason, *details)
        self.reason = reason
        self.details = details


class QuantityError(AssistantError, ValueError):
    """The text is no Danish number, or one that can be read two ways."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class EmbeddingError(AssistantError):
    """The embedding model cannot be loaded."""

    def __init__(self, model: str, detail: str = "") -> None:
        super().__init__(f"{model}: {detail}")
        self.model = model
        self.detail = detail


class StorageError(AssistantError):
    """A folder that we must write to cannot be written."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class BuildBusy(AssistantError):
    """Another process builds the index, and we were told not to wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class BuildRefused(AssistantError):
    """A new version did not pass its gate: it was not switched to, the old one answers on."""

    def __init__(self, name: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{name}: {'; '.join(reasons)}")
        self.name = name
        self.reasons = reasons


class ArchiveError(AssistantError):
    """A backup cannot be written, is not whole, or would overwrite what is there."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class GoldenError(AssistantError):
    """A golden case cannot be used."""

    def __init__(self, path: Path, case: str, detail: str) -> None:
        super().__init__(f"{path}: {case}: {detail}")
        self.path = path
        self.case = case
        self.detail = detail


class MakerError(AssistantError):
    """No believable agreement of another year can be made of one: no choice passed the checks."""

    def __init__(self, agreement_id: str, years: int) -> None:
        super().__init__(f"{agreement_id}: {years:+d}")
        self.agreement_id = agreement_id
        self.years = years


class WorkerLost(AssistantError):
    """A process that asks the golden questions ended before its time, as when memory runs out."""

    def __init__(self, workers: int) -> None:
        super().__init__(str(workers))
        self.workers = workers


class IndexProblem(AssistantError):
    """The index cannot be used."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class IndexDamaged(IndexProblem):
    """A file of the index is missing or does not open."""


class VectorsDown(IndexProblem):
    """The vector server does not answer in time, or refuses us."""

    def __init__(self, url: str, detail: str = "") -> None:
        super().__init__(Path("CHROMA_URL"), f"{url}: {detail}")
        self.url = url


class IndexMismatch(IndexProblem):
    """The index was built by another model or from another corpus."""

    def __init__(self, path: Path, key: str, expected: str, found: str) -> None:
        super().__init__(path, f"{key}: {found} != {expected}")
        self.key = key
        self.expected = expected
        self.found = found


class UnknownPassage(AssistantError):
    """No passage of the current version has this id."""

    def __init__(self, passage_id: str) -> None:
        super().__init__(passage_id)
        self.passage_id = passage_id


class UnknownEntry(AssistantError):
    """No entry of the current version has this id; `register`: figure, commitment or section."""

    def __init__(self, register: str, entry_id: str) -> None:
        super().__init__(f"{register}: {entry_id}")
        self.register = register
        self.entry_id = entry_id


class NotWorkedOut(AssistantError):
    """A calculator cannot work with what it was given; `said` tells why, in Danish."""

    def __init__(self, calculator: str, said: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(calculator)
        self.calculator = calculator
        self.said = said
        self.suggestions = suggestions


class FieldsRefused(AssistantError):
    """Fields of a calculator cannot be used: (field, what is wrong with it, in Danish)."""

    def __init__(self, calculator: str, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(calculator, *(field for field, _ in problems))
        self.calculator = calculator
        self.problems = problems


class AskCancelled(AssistantError):
    """Whoever asked is no longer waiting for the answer."""


class FeedbackConflict(AssistantError):
    """One key was used for two different pieces of feedback."""


class ConversationsDown(AssistantError):
    """The database of conversations cannot be used: locked, damaged (moved aside) or newer."""

    def __init__(self, reason: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{reason}: {path}: {detail}")
        self.reason = reason
        self.path = path
        self.detail = detail


class UnknownConversation(AssistantError):
    """No conversation of this owner has this id."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(conversation_id)
        self.conversation_id = conversation_id


class UnknownShare(AssistantError):
    """No answer is shared under this id, or not any more."""

    def __init__(self, share_id: str) -> None:
        super().__init__(share_id)
        self.share_id = share_id


class ApiError(AssistantError):
    """A request to the HTTP API is refused."""


class NotAuthenticated(ApiError):
    """No valid token, or no identity from the proxy."""


class OriginRefused(ApiError):
    """A web page of this origin may not use the API."""


class RetryLater(ApiError):
    """The same request may succeed after a while."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"{retry_after_s} s")
        self.retry_after_s = retry_after_s


class TooManyAsks(RetryLater):
    """One identity asks more often than it may, or too many at once."""


class Overloaded(RetryLater):
    """All places are taken."""


class AnswerTooSlow(RetryLater):
    """An answer took longer than its deadline."""


class AnswerLost(RetryLater):
    """The process that made an answer ended before its time."""


class UnsafeBinding(AssistantError):
    """Without sign-in the API only binds to the machine itself."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class TokensUnreadable(AssistantError):
    """The file with the API's tokens is missing or has a wrong field."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class RunRefused(AssistantError):
    """The app may not be started with these settings."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class ModelProblem(AssistantError):
    """The language model cannot be used as the settings say."""


class ModelUnknown(ModelProblem):
    """`LLM_MODEL` is no `provider:name`, or names a provider that there is not."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail


class ModelPackageMissing(ModelProblem):
    """The package of the language model's provider is not installed."""

    def __init__(self, name: str, package: str) -> None:
        super().__init__(f"{name}: {package}")
        self.name = name
        self.package = package


class ModelNoConsent(ModelProblem):
    """The language model is outside the house, and no setting says that this is agreed."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class ModelUnsafe(ModelProblem):
    """The language model is outside the house, and the way to it is not encrypted."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class ModelFailed(AssistantError):
    """The language model gave no usable answer in time: connect, slow, status, garbage ..."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail
