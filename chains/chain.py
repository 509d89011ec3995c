"""The chain: named LangChain runnables, each adding one key to the state.

question, history, agreements
-> understand -> reading
-> retrieve   -> documents   (any `BaseRetriever`)
-> select     -> candidates
-> compose    -> outcome     (a draft, or why there is none)
-> verify     -> answer
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from chains import abstain, answer, selection
from chains.compose import Draft, compose
from chains.retrieve import Hit, to_hits
from chains.understand import Reading, understand
from chains.vocabulary import Vocabulary
from chains.weights import Weights
from corpus.models import Answer
from ingest.index import Corpus

STAGES = ("understand", "retrieve", "select", "compose", "verify")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What composing came to: a draft, or why there is none."""

    draft: Draft | None
    refusal: abstain.Refusal | None


def build_chain(
    retriever: BaseRetriever,
    corpus: Corpus,
    vocabulary: Vocabulary,
    frame: answer.Frame,
    weights: Weights,
) -> Runnable[dict[str, Any], dict[str, Any]]:
    """Return the chain; its input is {question, history, agreements}, its output the state."""

    def read(state: State, _: RunnableConfig) -> Reading:
        return understand(state["question"], state["history"])

    def retrieve(state: State, config: RunnableConfig) -> list[Hit]:
        reading: Reading = state["reading"]
        if reading.empty or reading.only_orders:
            return []
        agreements: Sequence[str] | None = state["agreements"]
        query = vocabulary.restore_letters(reading.standalone)
        documents = retriever.invoke(query, config, agreements=agreements)
        return to_hits(documents, corpus, agreements)

    def select(state: State, _: RunnableConfig) -> list[selection.Candidate]:
        return selection.rank(state["reading"], state["hits"], weights)

    def write(state: State, _: RunnableConfig) -> Outcome:
        reading, candidates = state["reading"], state["candidates"]
        if reading.empty or reading.only_orders:
            return Outcome(None, None)
        refusal = abstain.decide(reading, candidates, state["hits"], corpus, weights)
        if refusal is not None:
            return Outcome(None, refusal)
        return Outcome(compose(selection.choose(candidates, reading, weights), corpus), None)

    def verify(state: State, _: RunnableConfig) -> Answer:
        return answer.finish(frame, state["reading"], state["hits"], state["outcome"].draft,
                             state["outcome"].refusal)  # fmt: skip

    return (
        _stage("understand", "reading", read)
        | _stage("retrieve", "hits", retrieve)
        | _stage("select", "candidates", select)
        | _stage("compose", "outcome", write)
        | _stage("verify", "answer", verify)
    )


def _stage(name: str, key: str, function: Callable[..., Any]) -> Runnable[Any, Any]:
    """Return a runnable that adds `key` to the state; callbacks see it by its name.

    `RunnablePassthrough.assign` would do the same, but starts a thread for each stage.
    """

    def step(state: State, config: RunnableConfig) -> dict[str, Any]:
        return {**state, key: function(state, config)}

    return RunnableLambda(step, name=name)
