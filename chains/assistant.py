"""The one door to questions and answers: `Assistant.open(settings)`, then `.answer(question)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable

from chains.ask import Ask
from chains.chain import Routed
from chains.check import check_text
from chains.conversations import Conversations
from chains.desk import Desk
from chains.editions import Edition, Editions, open_current, open_held
from chains.feedback import keep_feedback
from chains.figure_rank import Found
from chains.forms import Form
from chains.library import Library
from chains.llm import ChatWriter, open_writer
from chains.selection import Candidate
from chains.self_check import check_reckoning
from chains.signals import Signals
from chains.stage_clock import OnStage, StageClock
from chains.understand import Reading
from chains.weights import Weights
from chains.wording import Told
from corpus import api_texts
from corpus.check import Check
from corpus.errors import (
    HistoryTooLong,
    IndexDamaged,
    IndexMismatch,
    NotWorkedOut,
    QuestionTooLong,
    UnknownAgreement,
)  # fmt: skip
from corpus.models import Agreement, Answer, RankedPassage, Turn
from corpus.settings import Settings
from ingest.build import build, fingerprint, process
from ingest.embed import Embedder, load_embedder
from ingest.index import Index
from ingest.publish import publish
from ingest.versions import hold, read_pointer

OnBuild = Callable[[int, int], None]


@dataclass(frozen=True)
class Explanation:
    """How an answer came about."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    signals: Signals
    figures: tuple[Found, ...]
    """Series of agreed figures, the likeliest first."""
    answer: Answer
    told: Told | None = None
    """What became of a language model's words; None where none was asked."""


class Assistant:
    """Answers questions on the current version of the corpus; safe to share between threads."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        settings: Settings,
        retriever: BaseRetriever | None = None,
        weights: Weights | None = None,
        writer: ChatWriter | None = None,
    ) -> None:
        """Put the parts together; `retriever` and `weights` take the place of our own."""
        edition = Edition(index, embedder, settings, retriever, weights, writer=writer)
        self._writer = writer
        self._settings, self.embedder, self._editions = settings, embedder, Editions(edition)

    @classmethod
    def open(
        cls,
        settings: Settings,
        on_build: OnBuild | None = None,
        embedder: Embedder | None = None,
    ) -> Assistant:
        """Load the model and the current version, and go on to each new one that comes.

        Where there is none yet, or none that this program reads, it is built first.

        Args:
            settings: Where things lie.
            on_build: Called with (texts embedded, texts to embed) while the index is built.
            embedder: Takes the place of the configured model, for tests.

        Raises:
            ModelProblem: the language model cannot be used as the settings say.
            CorpusError: an agreement file cannot be used.
            EmbeddingError: the model cannot be loaded.
            IndexProblem: the index is damaged.
            BuildRefused: the first version did not pass its gate.
            StorageError: `var/` cannot be written.
        """
        writer = open_writer(settings)
        given = embedder or load_embedder(settings)
        try:
            edition = open_current(settings, given, writer)
        except IndexMismatch:  # made by another model or by an earlier program
            edition = None
        if edition is None:
            publish(settings, process, given, on_build)
            edition = open_current(settings, given, writer)
        if edition is None:
            raise IndexDamaged(settings.index_dir, "no pointer")
        assistant = cls._on(edition, given, settings, writer)
        assistant._editions.follow(settings, lambda: open_current(settings, given, writer))
        return assistant

    @classmethod
    def of_corpus(
        cls,
        settings: Settings,
        on_build: OnBuild | None = None,
        embedder: Embedder | None = None,
    ) -> Assistant:
        """Load the model and the version of exactly what the corpus files now say, and stay on it.

        It is built where it is missing, and is not what others answer from: for evaluation,
        training and tests. Arguments and errors are those of `open`.
        """
        writer = open_writer(settings)
        corpus = process(settings)
        given = embedder or load_embedder(settings)
        held = None
        while held is None:  # it may be reclaimed between being found and being held
            held = hold(build(settings, corpus, given, on_build))
        return cls._on(open_held(held, settings, given, writer), given, settings, writer)

    @classmethod
    def _on(
        cls, edition: Edition, embedder: Embedder, settings: Settings, writer: ChatWriter | None
    ) -> Assistant:
        assistant = cls.__new__(cls)
        assistant._settings, assistant.embedder, assistant._writer = settings, embedder, writer
        assistant._editions = Editions(edition)
        return assistant

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        agreements: Sequence[str] | None = None,
        on_stage: OnStage | None = None,
    ) -> Answer:
        """Answer a question; every quote and number in the answer has been verified.

        Args:
            question: In Danish, at most 8,000 characters.
            history: Earlier turns, oldest first; they fill in what a follow-up leaves out.
            agreements: Ids to answer from; None is all.
            on_stage: Called with the name of each stage as it begins; what it raises ends it.

        Raises:
            QuestionTooLong, HistoryTooLong: over the limits of the settings.
            UnknownAgreement: an id is not in the corpus, or the list is empty.
        """
        answer: Answer = self._run(question, history, agreements, on_stage)["answer"]
        return answer

    def retrieve(
        self, question: str, agreements: Sequence[str] | None = None
    ) -> tuple[RankedPassage, ...]:
        """Return the passages nearest to a question, best first."""
        return self.answer(question, (), agreements).passages

    def explain(
        self,
        question: str,
        history: Sequence[Turn] = (),
        agreements: Sequence[str] | None = None,
    ) -> Explanation:
        """Return how a question was read and what was weighed, with the answer."""
        state = self._run(question, history, agreements, None)
        ask = state["routed"].ask
        return Explanation(
            reading=state["reading"],
            candidates=tuple(state["candidates"]),
            signals=state["signals"],
            figures=ask.found if ask else (),
            answer=state["answer"],
            told=state.get("told"),
        )

    def check(self, text: str, agreements: Sequence[str] | None = None) -> Check:
        """Hold each number of a pasted text against the agreed figures.

        Args:
            text: A mail or a draft, at most 8,000 characters.
            agreements: Ids to check against; None is all.

        Raises:
            QuestionTooLong: over the limit of the settings.
            UnknownAgreement: an id is not in the corpus, or the list is empty.
        """
        with self._editions.using() as edition:
            self._check(edition, text, (), agreements)

            def rank(question: str) -> Ask | None:
                state = self._run_on(edition, question, (), agreements, None, worded=False)
                routed: Routed = state["routed"]
                return routed.ask

            return check_text(text, rank, edition.index.corpus, edition.agreements,
                              self._settings.reader_url, edition.version)  # fmt: skip

    def desk(self, person: str) -> Desk:
        """Return what a person with the role may do to the corpus: add, review, let it answer.

        Raises:
            NotAllowed: the settings do not name this person.
        """
        return Desk(self._settings, self.embedder, person, self._editions.look)

    def conversations(self, owner: str) -> Conversations:
        """Return the conversations of one owner, as `owner_of` names one."""
        return Conversations(self._settings, owner)

    def with_weights(self, weights: Weights) -> Assistant:
        """Return an assistant on the same index with other weights, for training."""
        return Assistant(
            self._index, self.embedder, self._settings, self.retriever, weights, self._writer
        )

    def probe(self) -> None:
        """Ask the version for a vector and a calculator for a sum, as a sign that it can answer.

        Raises:
            IndexDamaged: vectors are missing.
            VectorsDown: the vector server does not answer.
            CalculationError: a calculator does not reckon right.
        """
        with self._editions.using() as edition:
            edition.index.check_vectors()
        check_reckoning()

    def calculate(self, name: str, form: Form, on_stage: OnStage | None = None) -> Answer:
        """Return the answer of a calculator to the fields of its form, with steps and quotes.

        Raises:
            NotWorkedOut: with these fields there is no result of this calculator.
        """
        question = form.question()
        answer = self.answer(question, on_stage=on_stage)
        work = answer.calculation
        if work is None or work.calculator != name:
            said = answer.text if work is None and not answer.citations else ""
            unread = api_texts.CALCULATOR_NO_RESULT.format(question=question)
            raise NotWorkedOut(name, said or unread, answer.suggestions)
        return answer

    @property
    def settings(self) -> Settings:
        """What it was opened with."""
        return self._settings

    @property
    def library(self) -> Library:
        """The agreements of the current version, to read and look up."""
        return self._editions.current.library

    @property
    def is_behind(self) -> bool:
        """Whether the corpus files have changed since the current version was made of them."""
        pointer = read_pointer(self._settings.index_dir)
        return pointer is not None and pointer.corpus != fingerprint(self._settings)

    @property
    def _index(self) -> Index:
        return self._editions.current.index

    @property
    def retriever(self) -> BaseRetriever:
        """What searches."""
        return self._editions.current.retriever

    @property
    def chain(self) -> Runnable[dict[str, Any], dict[str, Any]]:
        """The chain that answers."""
        return self._editions.current.chain

    def keep_feedback(
        self,
        answer: Answer,
        *,
        right: bool,
        reason: str = "",
        history: Sequence[str] = (),
        key: str = "",
    ) -> None:
        """Keep what a user says of an answer; texts only where the settings allow it.

        Args:
            answer: The answer.
            right: Whether the user finds it right.
            reason: In the user's own words.
            history: The questions before it.
            key: The sender's name for this piece; the same again is kept once.

        Raises:
            StorageError: `var/` cannot be written.
            FeedbackConflict: the key was used for another piece.
        """
        keep_feedback(self._settings, answer, right=right, reason=reason, history=history, key=key)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Every agreement of the corpus, with its text."""
        return tuple(self._editions.current.agreements.values())

    @property
    def corpus_version(self) -> str:
        """The name of the index that answers."""
        return self._editions.current.version

    def close(self) -> None:
        """Let go of the index and of the language model."""
        self._editions.close()
        if self._writer is not None:
            self._writer.close()

    def _run(
        self,
        question: str,
        history: Sequence[Turn],
        agreements: Sequence[str] | None,
        on_stage: OnStage | None,
    ) -> dict[str, Any]:
        with self._editions.using() as edition:
            return self._run_on(edition, question, history, agreements, on_stage)

    def _run_on(
        self,
        edition: Edition,
        question: str,
        history: Sequence[Turn],
        agreements: Sequence[str] | None,
        on_stage: OnStage | None,
        *,
        worded: bool = True,
    ) -> dict[str, Any]:
        self._check(edition, question, history, agreements)
        limit = self._settings.max_turn_chars
        turns = tuple(Turn(question=t.question, answer=t.answer[:limit]) for t in history)
        clock = StageClock(on_stage)
        state = edition.chain.invoke(
            {"question": question, "history": turns, "agreements": agreements, "worded": worded},
            {"callbacks": [clock]},
        )
        answer: Answer = state["answer"]
        state["answer"] = answer.model_copy(update={"timings_ms": clock.timings_ms()})
        return state

    def _check(
        self,
        edition: Edition,
        question: str,
        history: Sequence[Turn],
        agreements: Sequence[str] | None,
    ) -> None:
        settings = self._settings
        if len(question) > settings.max_question_chars:
            raise QuestionTooLong(len(question), settings.max_question_chars)
        if len(history) > settings.max_turns:
            raise HistoryTooLong(len(history), settings.max_turns)
        if agreements is not None:
            known = tuple(edition.agreements)
            for id_ in agreements or [""]:
                if id_ not in known:
                    raise UnknownAgreement(id_, known)
