"""The one door to questions and answers: `Assistant.open(settings)`, then `.answer(question)`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.retrievers import BaseRetriever

from chains.answer import Frame
from chains.ask import Ask
from chains.chain import STAGES, Routed, build_chain
from chains.check import check_text
from chains.feedback import keep_feedback
from chains.figure_rank import Found
from chains.retrieve import HybridRetriever, NearIndex, QueryVectors
from chains.selection import Candidate
from chains.signals import Signals
from chains.understand import Reading
from chains.vocabulary import Vocabulary
from chains.weights import Weights
from corpus.check import Check
from corpus.errors import HistoryTooLong, QuestionTooLong, UnknownAgreement
from corpus.models import Agreement, Answer, RankedPassage, Turn
from corpus.settings import Settings
from ingest.build import build, process
from ingest.embed import Embedder, load_embedder
from ingest.index import Index

OnStage = Callable[[str], None]
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


class Assistant:
    """Answers questions on one version of the corpus; safe to share between threads."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        settings: Settings,
        retriever: BaseRetriever | None = None,
        weights: Weights | None = None,
    ) -> None:
        """Put the parts together; `retriever` and `weights` take the place of our own."""
        self._index, self._settings, self.embedder = index, settings, embedder
        self._agreements = {agreement.id: agreement for agreement in index.corpus.agreements}
        vectors = QueryVectors(embedder)
        self.retriever = retriever or HybridRetriever(index=index, vectors=vectors)
        self._vocabulary = Vocabulary(index.corpus)
        self.chain = build_chain(
            self.retriever,
            index.corpus,
            self._vocabulary,
            Frame(self._agreements, index.manifest.name, settings.reader_url),
            weights or Weights.load(),
            NearIndex(index, vectors, "figures"),
            NearIndex(index, vectors, "unanswered"),
        )

    @classmethod
    def open(
        cls,
        settings: Settings,
        on_build: OnBuild | None = None,
        embedder: Embedder | None = None,
    ) -> Assistant:
        """Load the model and the index; the index is built first where it is missing.

        Args:
            settings: Where things lie.
            on_build: Called with (texts embedded, texts to embed) while the index is built.
            embedder: Takes the place of the configured model, for tests.

        Raises:
            CorpusError: an agreement file cannot be used.
            EmbeddingError: the model cannot be loaded.
            IndexProblem: the index is damaged or was built by another model.
            StorageError: `var/` cannot be written.
        """
        corpus = process(settings)
        embedder = embedder or load_embedder(settings)
        folder = build(settings, corpus, embedder, on_build)
        return cls(Index.open(folder, embedder), embedder, settings)

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
            on_stage: Called with the name of each stage as it begins.

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
        self._check(text, (), agreements)

        def rank(question: str) -> Ask | None:
            routed: Routed = self._run(question, (), agreements, None)["routed"]
            return routed.ask

        return check_text(text, rank, self._index.corpus, self._agreements,
                          self._settings.reader_url, self.corpus_version)  # fmt: skip

    def with_weights(self, weights: Weights) -> Assistant:
        """Return an assistant on the same index with other weights, for training."""
        return Assistant(self._index, self.embedder, self._settings, self.retriever, weights)

    def keep_feedback(
        self, answer: Answer, *, right: bool, reason: str = "", history: Sequence[str] = ()
    ) -> None:
        """Keep what a user says of an answer; texts only where the settings allow it.

        Args:
            answer: The answer.
            right: Whether the user finds it right.
            reason: In the user's own words.
            history: The questions before it.

        Raises:
            StorageError: `var/` cannot be written.
        """
        keep_feedback(self._settings, answer, right=right, reason=reason, history=history)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Every agreement of the corpus, with its text."""
        return tuple(self._agreements.values())

    @property
    def max_turns(self) -> int:
        """How many earlier turns a question may bring along."""
        return self._settings.max_turns

    @property
    def corpus_version(self) -> str:
        """The name of the index that answers."""
        return self._index.manifest.name

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _run(
        self,
        question: str,
        history: Sequence[Turn],
        agreements: Sequence[str] | None,
        on_stage: OnStage | None,
    ) -> dict[str, Any]:
        self._check(question, history, agreements)
        limit = self._settings.max_turn_chars
        turns = tuple(Turn(question=t.question, answer=t.answer[:limit]) for t in history)
        clock = _StageClock(on_stage)
        state = self.chain.invoke(
            {"question": question, "history": turns, "agreements": agreements},
            {"callbacks": [clock]},
        )
        answer: Answer = state["answer"]
        state["answer"] = answer.model_copy(update={"timings_ms": clock.timings_ms()})
        return state

    def _check(
        self, question: str, history: Sequence[Turn], agreements: Sequence[str] | None
    ) -> None:
        settings = self._settings
        if len(question) > settings.max_question_chars:
            raise QuestionTooLong(len(question), settings.max_question_chars)
        if len(history) > settings.max_turns:
            raise HistoryTooLong(len(history), settings.max_turns)
        if agreements is not None:
            known = tuple(self._agreements)
            for id_ in agreements or [""]:
                if id_ not in known:
                    raise UnknownAgreement(id_, known)


class _StageClock(BaseCallbackHandler):
    """Tells of each stage as it begins and keeps how long it took."""

    def __init__(self, on_stage: OnStage | None) -> None:
        self._on_stage = on_stage
        self._running: dict[UUID, tuple[str, float]] = {}
        self._done: dict[str, float] = {}

    def on_chain_start(
        self,
        serialized: dict[str, Any],
        inputs: Any,
        *,
        run_id: UUID,
        **kwargs: Any,
    ) -> None:
        name = kwargs.get("name")
        if name in STAGES:
            self._running[run_id] = (name, time.perf_counter())
            if self._on_stage:
                self._on_stage(name)

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **kwargs: Any) -> None:
        if run_id in self._running:
            name, start = self._running.pop(run_id)
            self._done[name] = (time.perf_counter() - start) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Return milliseconds by stage."""
        return {name: round(ms, 3) for name, ms in self._done.items()}
