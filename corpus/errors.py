"""Every error of ours, as a tree. Front ends map a class to Danish text in `corpus/texts.py`.

AssistantError
├── CorpusError(path)           an agreement or its head file cannot be used
│   ├── HeadError(detail)       the head file is missing, unreadable or has a wrong field
│   ├── SourceMissing           the head names a text file that is not there
│   ├── SourceChanged           the text's sha256 is not the head's
│   ├── SourceEncoding          the text is not UTF-8
│   ├── EverydayError           the file of everyday words does not fit the text
│   ├── FigureError(figure)     the registry of agreed figures does not fit the text
│   └── CommitmentError(entry)  the registry of commitments does not fit the text
├── UnknownAgreement(id, known) a question is limited to an agreement that is not in the corpus
├── QuestionTooLong(length, limit)
├── HistoryTooLong(turns, limit)
├── HistoryUnreadable(path)     a history file cannot be read
├── CalculationError(reason)    a calculation cannot be carried out with these numbers
├── QuantityError(text)         no Danish number, or one that can be read two ways
├── EmbeddingError(model)       the embedding model cannot be loaded
├── StorageError(path)          `var/` cannot be written
├── GoldenError(path, case)     a golden case cannot be used
├── WorkerLost(workers)         a process that asks the golden questions ended before its time
└── IndexProblem(path)          the index cannot be used
    ├── IndexDamaged            a file of it is missing or does not open
    └── IndexMismatch(key, expected, found)   it was built by another model or corpus
"""

from __future__ import annotations

from pathlib import Path


class AssistantError(Exception):
    """Root of every error that we raise on purpose."""


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


class GoldenError(AssistantError):
    """A golden case cannot be used."""

    def __init__(self, path: Path, case: str, detail: str) -> None:
        super().__init__(f"{path}: {case}: {detail}")
        self.path = path
        self.case = case
        self.detail = detail


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


class IndexMismatch(IndexProblem):
    """The index was built by another model or from another corpus."""

    def __init__(self, path: Path, key: str, expected: str, found: str) -> None:
        super().__init__(path, f"{key}: {found} != {expected}")
        self.key = key
        self.expected = expected
        self.found = found
