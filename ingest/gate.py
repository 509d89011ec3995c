"""May a finished version answer? Everything is looked at before the switch, nothing after it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import ingest_texts, texts
from corpus.errors import IndexProblem
from ingest.embed import Embedder, Vectors
from ingest.index import Corpus, Index, word_tokens

QUESTIONS = 200
"""Everyday questions that recall is measured by."""
_FEW = 20
"""Below so many questions recall says nothing."""
TOP = 5
LOSS = 0.01
"""How much lower recall may be than that of the version that answers now."""
_SENTINELS = 12
_SAME = 0.999


@dataclass(frozen=True)
class Probe:
    """A question, and the sentence that it was written for."""

    question: str
    agreement_id: str
    sentence: str


def reasons_against(
    index: Index, corpus: Corpus, embedder: Embedder, before: Index | None, *, accept_loss: bool
) -> list[str]:
    """Return in Danish why a version must not answer, nothing where it may.

    Args:
        index: The new version; opening it has compared model, dimension and counts.
        corpus: What it was built from.
        embedder: The model.
        before: The version that answers now, where it can be read.
        accept_loss: Let recall fall.
    """
    try:
        found = [*_counts(index, corpus), *_sentinels(index, embedder)]
        if before is not None and not accept_loss and not found:
            found += _recall_loss(index, before, embedder)
    except IndexProblem as error:
        return [texts.describe_error(error)]
    return found


def _counts(index: Index, corpus: Corpus) -> list[str]:
    index.check_vectors()
    manifest, read = index.manifest, index.corpus
    found = []
    if read != corpus:
        found.append(ingest_texts.GATE_OTHER_CORPUS)
    told = (manifest.passages, manifest.sentences, len(manifest.sources))
    held = (len(read.passages), len(read.sentences), len(read.agreements))
    if told != held:
        found.append(ingest_texts.GATE_COUNTS.format(told=told, held=held))
    filled = {passage.agreement_id for passage in read.passages}
    found += [
        ingest_texts.GATE_EMPTY.format(id=a.id) for a in read.agreements if a.id not in filled
    ]
    return found


def _sentinels(index: Index, embedder: Embedder) -> list[str]:
    """Passages must be found by their own vector and by their own words."""
    passages = index.corpus.passages
    chosen = sorted({int(i) for i in np.linspace(0, len(passages) - 1, _SENTINELS)})
    vectors = embedder.embed_passages([passages[number].text for number in chosen])
    lost = []
    for number, vector in zip(chosen, vectors, strict=True):
        near = index.nearest("passages", vector, TOP)
        same = [c for i, c in near if passages[i].text == passages[number].text]
        words = index.word_passages(word_tokens(passages[number].text))
        if not same or same[0] < _SAME or not words[number] > 0:
            lost.append(passages[number].id)
    return [ingest_texts.GATE_SENTINEL.format(id=id_) for id_ in lost]


def _recall_loss(index: Index, before: Index, embedder: Embedder) -> list[str]:
    probes = choose_probes(before.corpus, index.corpus)
    if len(probes) < _FEW:
        return []
    vectors = embedder.embed_queries([probe.question for probe in probes])
    was, now = (recall(each, probes, vectors) for each in (before, index))
    if now >= was - LOSS:
        return []
    return [
        ingest_texts.GATE_RECALL.format(was=_percent(was), now=_percent(now), count=len(probes))
    ]


def choose_probes(before: Corpus, now: Corpus) -> list[Probe]:
    """Return questions that both versions can answer, the same ones each time."""
    kept = {sentence.text for sentence in before.sentences}
    owner = {passage.id: passage.agreement_id for passage in now.passages}
    known = {agreement.id for agreement in before.agreements}
    probes = [
        Probe(question, owner[s.passage_id], s.text)
        for s in now.sentences
        if s.text in kept and owner[s.passage_id] in known
        for question in s.questions
    ]
    probes.sort(key=lambda probe: hashlib.sha256(probe.question.encode()).digest())
    return probes[:QUESTIONS]


def recall(index: Index, probes: Sequence[Probe], vectors: Vectors) -> float:
    """Return the share of questions whose sentence is among the nearest of its agreement.

    The questions' own vectors, which are in the index too, are left out: they would find
    themselves. Only the question's agreement is looked in: one that is much like it may well stand
    beside it, and which of them is meant is not for a build to know.
    """
    sentences = index.corpus.sentences
    hits = 0
    for probe, vector in zip(probes, vectors, strict=True):
        near = index.nearest("sentences", vector, TOP, within=[probe.agreement_id])
        hits += probe.sentence in {sentences[i].text for i, _ in near}
    return hits / len(probes)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")
