"""The chain: named LangChain runnables, each adding to the state.

question, history, agreements
-> understand -> reading, scope (of several agreements of a kind the one that is meant),
                 view (the part of the corpus that is in scope), heads (of what may be quoted),
                 apart (the agreements that are set side by side, none as a rule) and
                 whole (the agreement of which an overview is asked for, none as a rule)
-> retrieve   -> documents   (any `BaseRetriever`)
-> select     -> candidates
-> weigh      -> signals     (is it about the agreements, and is what is asked for stated?)
-> calculate  -> routed      (a calculation, a stated figure, a question back, or none)
-> compose    -> outcome     (a draft, or why there is none)
-> verify     -> answer
-> word       -> answer      (in a language model's words; only where one is set) and told
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from chains import abstain, answer, overview, selection, signals
from chains.ask import Ask, build_ask
from chains.commitments import asked_duties, compose_duties, lead_of
from chains.comparison import compared, says_about_what, side_by_side, subject
from chains.compose import Draft, compose
from chains.compose_numbers import (
    NumberDraft,
    compose_ask_back,
    compose_calculation,
    compose_figure,
)
from chains.number_asked import asks_number
from chains.occurrences import asked_term, compose_occurrences, find_occurrences
from chains.orders import is_english
from chains.retrieve import TOP, Hit, NearIndex, to_hits
from chains.route import Calculated, Route, choose_quoted, choose_route
from chains.scope import choose_scope, kinds
from chains.signals import Signals
from chains.stated import AskBack, FigureAnswer
from chains.titles import leave_out_titles
from chains.understand import Reading, clean_question, understand
from chains.unmentioned import is_met, only_elsewhere, unmentioned
from chains.views import Views
from chains.vocabulary import Vocabulary
from chains.weights import Weights
from chains.wording import Worder
from corpus import calculation_texts, texts
from corpus.models import Answer, NotFoundReason
from ingest.index import Corpus

STAGES = ("understand", "retrieve", "select", "weigh", "calculate", "compose", "verify", "word")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Routed:
    """What was made of the numbers of a question."""

    ask: Ask | None
    route: Route
    quoted: FigureAnswer | None = None
    """The figure in the best sentence, for a question without another route."""


@dataclass(frozen=True)
class Outcome:
    """What composing came to: a draft, or why there is none."""

    draft: Draft | None
    refusal: abstain.Refusal | None
    numbers: NumberDraft | None = None
    """An answer that is a number; it goes before the draft."""


def build_chain(
    retriever: BaseRetriever,
    corpus: Corpus,
    vocabulary: Vocabulary,
    frame: answer.Frame,
    weights: Weights,
    figures: NearIndex,
    unanswered: NearIndex,
    worder: Worder | None = None,
) -> Runnable[dict[str, Any], dict[str, Any]]:
    """Return the chain; its input is {question, history, agreements}, its output the state.

    `worder` words the answers of those who ask for it by `worded` in the input.
    """
    views = Views(corpus)
    groups = kinds(agreement.head for agreement in corpus.agreements)

    def read(state: State, _: RunnableConfig) -> Reading:
        question, history = state["question"], state["history"]
        if is_english(question.lower()):
            return understand(question, history)
        spelling = vocabulary.spell(clean_question(question))
        earlier = [
            turn.model_copy(update={"question": vocabulary.spell(turn.question).text})
            for turn in history
        ]
        reading = understand(spelling.text, earlier)
        return replace(reading, question=question, mended=spelling.mended)

    def set_out(state: State, config: RunnableConfig) -> dict[str, Any]:
        """Read the question, and see what part of the corpus it is about."""
        reading = read(state, config)
        scope = choose_scope(reading, groups, state["agreements"])
        view = views.of(None if scope.whole else scope.ids, scope.chosen)
        ids = scope.chosen or [agreement.id for agreement in view.corpus.agreements]
        heads = [frame.agreements[id_].head for id_ in ids]
        apart = [head.id for head in compared(reading.standalone, heads)]
        whole = overview.asked_agreement(reading, heads)
        if not (apart or whole):
            reading = leave_out_titles(reading, heads)
        return {**state, "reading": reading, "scope": scope, "view": view, "heads": heads,
                "apart": apart, "whole": whole, "agreements": scope.chosen}  # fmt: skip

    def retrieve(state: State, config: RunnableConfig) -> list[Hit]:
        reading, view = state["reading"], state["view"]
        if reading.empty or reading.only_orders or not view.corpus.passages:
            return []
        agreements: Sequence[str] | None = state["agreements"]
        apart: list[str] = state["apart"]
        limits = {"within": view.within} if view.within is not None else {}
        heads = [frame.agreements[id_].head for id_ in apart]
        query = subject(reading.standalone, heads) if apart else reading.standalone
        scopes: list[Sequence[str] | None] = [[id_] for id_ in apart]
        found = [
            to_hits(
                retriever.invoke(
                    query, config, agreements=scope, asked_last=reading.asked_last, **limits
                ),
                corpus,
                scope,
            )
            for scope in scopes or [agreements]
        ]
        return side_by_side(found, TOP)

    def calculate(state: State, _: RunnableConfig) -> Routed:
        reading, view = state["reading"], state["view"]
        stop = reading.empty or reading.only_orders or not state["candidates"]
        if stop or abstain.hard_limit(reading, state["candidates"], corpus) is not None:
            return Routed(None, None)
        if (apart := state["apart"]) and not asks_number(reading):
            # What two agreements say is no sum of what they hold.
            heads = [frame.agreements[id_].head for id_ in apart]
            told = says_about_what(reading.standalone, heads)
            return Routed(None, None if told else AskBack(calculation_texts.COMPARE_WHAT))
        view = views.likeliest(view, (hit.passage.agreement_id for hit in state["hits"]))
        near = view.near_figures(figures, reading.standalone)
        ask = build_ask(reading, state["candidates"], near, view.words, vocabulary, weights.figures,
                        frame.agreements, state["agreements"])  # fmt: skip
        route = choose_route(ask)
        if isinstance(route, FigureAnswer) and not is_met(
            reading, route.series, state["candidates"]
        ):
            route = None
        quoted = choose_quoted(ask, state["candidates"]) if route is None else None
        return Routed(ask, route, quoted)

    def select(state: State, _: RunnableConfig) -> list[selection.Candidate]:
        return selection.rank(state["reading"], state["hits"], weights)

    def weigh(state: State, _: RunnableConfig) -> Signals:
        reading: Reading = state["reading"]
        stop = reading.empty or reading.only_orders
        near = [] if stop else unanswered.nearest(reading.standalone, signals.SEVERAL)
        cosines = [cosine for _, cosine in near]
        return signals.weigh(reading, state["candidates"], state["hits"], vocabulary, cosines)

    def write(state: State, _: RunnableConfig) -> Outcome:
        reading, candidates = state["reading"], state["candidates"]
        seen: Corpus = state["view"].corpus
        if reading.empty or reading.only_orders:
            return Outcome(None, None)
        if term := asked_term(reading.standalone):
            return _places(term, state)
        duties = asked_duties(reading)
        draft = compose_duties(duties, seen, state["agreements"]) if duties else None
        if draft is not None:
            return Outcome(draft, None)
        if state["whole"]:
            keys = overview.key_sentences(state["whole"], seen)
            return Outcome(compose(keys, seen, wants=reading.wants), None)
        apart: list[str] = state["apart"]
        if apart:
            reading = replace(reading, years=())  # they name what is set side by side
        if reading.titled and not state["scope"].whole:
            absent = only_elsewhere(reading, vocabulary, state["view"].stems)
            if absent:
                return Outcome(None, abstain.elsewhere(absent, state["heads"]))
        numbers = _numbers(state["routed"].route, reading, seen)
        missing = unmentioned(reading, candidates, vocabulary)
        refusal = abstain.decide(reading, candidates, state["signals"], corpus, weights, missing)
        if refusal is not None:
            return Outcome(None, refusal, numbers)
        if not apart:
            numbers = numbers or _numbers(state["routed"].quoted, reading, seen)
        chosen = (
            selection.choose_each(candidates, apart, reading, weights)
            if apart
            else selection.choose(candidates, reading, weights)
        )
        draft = compose(chosen, seen, len(apart), reading.wants)
        if chosen and not apart:
            draft = replace(draft, opening=lead_of(chosen[0], reading, seen))
        return Outcome(draft, None, numbers)

    def _places(term: str, state: State) -> Outcome:
        seen: Corpus = state["view"].corpus
        found = find_occurrences(term, seen, state["agreements"])
        if found:
            return Outcome(compose_occurrences(term, found, seen), None)
        titles = [head.short_title for head in state["heads"]]
        text = texts.no_occurrence(term, titles)
        return Outcome(None, abstain.Refusal(NotFoundReason.NOT_STATED, text))

    def verify(state: State, _: RunnableConfig) -> Answer:
        outcome: Outcome = state["outcome"]
        return answer.finish(
            frame, state["reading"], state["hits"], outcome.draft, outcome.refusal, outcome.numbers,
            state["scope"],
        )  # fmt: skip

    chain: Runnable[dict[str, Any], dict[str, Any]] = (
        RunnableLambda(set_out, name="understand")
        | _stage("retrieve", "hits", retrieve)
        | _stage("select", "candidates", select)
        | _stage("weigh", "signals", weigh)
        | _stage("calculate", "routed", calculate)
        | _stage("compose", "outcome", write)
        | _stage("verify", "answer", verify)
    )
    if worder is None:
        return chain

    def word(state: State) -> dict[str, Any]:
        if not state.get("worded"):
            return dict(state)
        answered, told = worder.word(state["answer"], state["outcome"].draft)
        return {**state, "answer": answered, "told": told}

    return chain | RunnableLambda(word, name="word")


def _numbers(route: Route, reading: Reading, corpus: Corpus) -> NumberDraft | None:
    match route:
        case Calculated():
            return compose_calculation(route, corpus, reading.standalone)
        case FigureAnswer():
            draft = compose_figure(route, corpus)
            said = draft.text.lower()
            elsewhere = [name for _, name in reading.places if name.lower() not in said]
            return None if elsewhere else draft
        case AskBack():
            said = " ".join((route.text, *route.choices)).lower()
            known = all(name.lower() in said for _, name in reading.places)
            asks_which = bool(route.choices) and route.reason is None
            if asks_which and not known:
                return None  # which figure does not matter where none is stated for the place
            return compose_ask_back(route, corpus, reading.cleaned)
    return None


def _stage(name: str, key: str, function: Callable[..., Any]) -> Runnable[Any, Any]:
    """Return a runnable that adds `key` to the state; callbacks see it by its name.

    `RunnablePassthrough.assign` would do the same, but starts a thread for each stage.
    """

    def step(state: State, config: RunnableConfig) -> dict[str, Any]:
        return {**state, key: function(state, config)}

    return RunnableLambda(step, name=name)
