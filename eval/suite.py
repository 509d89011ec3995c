"""One run of the suite: cases, repetitions, worse-written questions and forgeries are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from chains import Agreement, Answer, Assistant, Settings
from corpus.errors import GoldenError
from corpus.words import tokenize
from eval.asking import Ask, Job, Reply, job_of
from eval.cases import Case, Span
from eval.forgeries import forge
from eval.measures import Asked, Perturbed, Run
from eval.metrics import answer_right
from eval.perturb import perturb, rules
from ingest.build import process

CHOSEN = Path(__file__).with_name("chosen.yaml")
REPEATS = 3
"""Times that a case is asked again in the same processes; once more in a fresh one."""
Step = Callable[[int], object]


@dataclass(frozen=True)
class Grounds:
    """What answers are compared with."""

    agreements: tuple[Agreement, ...]
    """Those of the corpus, and the made-up ones that some cases ask about."""
    pool: tuple[Span, ...]
    """Every passage of the corpus."""
    words: frozenset[str]
    """The words of its agreements, in lower case."""


def lay_grounds(settings: Settings, planted: Settings) -> Grounds:
    """Read the agreements anew, apart from any index.

    Raises:
        CorpusError: an agreement file cannot be used.
    """
    corpus = process(settings)
    made_up = process(planted).agreements
    every = {agreement.id: agreement for agreement in (*corpus.agreements, *made_up)}
    return Grounds(
        agreements=tuple(every.values()),
        pool=tuple(Span(p.agreement_id, p.start, p.end) for p in corpus.passages),
        words=frozenset(w for a in corpus.agreements for w in tokenize(a.text)),
    )


@dataclass(frozen=True)
class Chosen:
    """The fixed cases that are asked more than once."""

    repeated: tuple[str, ...]
    perturbed: tuple[str, ...]
    mutated: tuple[str, ...]

    def once(self) -> Chosen:
        """Return the same with nothing asked more than once."""
        return Chosen((), (), self.mutated)


def load_chosen(cases: Sequence[Case], path: Path = CHOSEN) -> Chosen:
    """Return the fixed lists of ids.

    Raises:
        GoldenError: the file is unreadable or names a case that there is not.
    """
    try:
        lists = {name: tuple(ids) for name, ids in yaml.safe_load(path.read_text("utf-8")).items()}
        chosen = Chosen(**lists)
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise GoldenError(path, "-", str(error).splitlines()[0]) from error
    known = {case.id for case in cases}
    for ids in lists.values():
        for id_ in ids:
            if id_ not in known:
                raise GoldenError(path, id_, "no such case")
    return chosen


def run_suite(
    assistant: Assistant,
    cases: Sequence[Case],
    chosen: Chosen,
    grounds: Grounds,
    ask: Ask,
    fresh: Ask | None = None,
    step: Step = lambda _: None,
) -> Run:
    """Ask everything and return the run.

    Args:
        assistant: Makes the drafts that are forged.
        cases: Those to ask.
        chosen: Which of them are repeated and written worse; others are asked once.
        grounds: What the answers are compared with.
        ask: Asks jobs, in as many processes as it likes.
        fresh: Asks jobs in a process that was not used before; None leaves repetitions out.
        step: Called with 1 for each conversation that was had.
    """
    repeated = [case for case in cases if case.id in chosen.repeated and fresh]
    single = [case for case in cases if not (case.history or case.entry.corpus)]
    forged = [case for case in single if case.id in chosen.repeated]
    worse = _written_worse(cases, chosen.perturbed, grounds)
    prefixes = {(case.entry.corpus, *case.history) for case in cases}
    whole = [c for c in cases if _key(c) not in prefixes]
    jobs = [job_of(case) for case in whole]
    jobs += [Job((question,), case.entry.corpus) for _, case, question in worse]
    again = [job_of(case) for case in repeated]
    replies = ask([*jobs, *again * (REPEATS - 1)], step)
    told = _by_turn(jobs[: len(whole)], replies)
    asked = [Asked(case, *told[_key(case)]) for case in cases]
    found = replies[len(whole) : len(jobs)]
    perturbed = [
        Perturbed(rule, case, question, answer_right(case, reply[-1][0]))
        for (rule, case, question), reply in zip(worse, found, strict=True)
    ]
    more = replies[len(jobs) :] + (fresh(again, step) if fresh and again else [])
    return Run(
        asked=tuple(asked),
        agreements=grounds.agreements,
        pool=grounds.pool,
        perturbed=tuple(perturbed),
        same=_same(repeated, told, more),
        forgeries=tuple(forge(assistant, forged)),
    )


def _key(case: Case) -> tuple[str, ...]:
    return (case.entry.corpus, *case.history, case.question)


def _written_worse(
    cases: Sequence[Case], ids: Sequence[str], grounds: Grounds
) -> list[tuple[str, Case, str]]:
    """Return (rule, case, question) for every rule that changes a case's question."""
    titles = {agreement.id: agreement.head.short_title for agreement in grounds.agreements}
    return [
        (name, case, changed)
        for case in cases
        if case.id in ids
        for name, rule in rules(grounds.words, _title(case, titles)).items()
        if (changed := perturb(case.question, case.id, rule)) is not None
    ]


def _title(case: Case, titles: Mapping[str, str]) -> str:
    """Return the title of the one agreement that answers a case, else nothing."""
    named = {span.agreement_id for places in case.evidence for span in places}
    return titles.get(next(iter(named)), "") if len(named) == 1 else ""


def _by_turn(jobs: Sequence[Job], replies: Sequence[list[Reply]]) -> dict[tuple[str, ...], Reply]:
    """Return the reply to each question by the corpus and the questions up to it."""
    return {
        (job.corpus, *job.questions[:turn]): reply
        for job, found in zip(jobs, replies, strict=False)
        for turn, reply in enumerate(found, 1)
    }


def _same(
    cases: Sequence[Case],
    first: Mapping[tuple[str, ...], Reply],
    more: Sequence[list[Reply]],
) -> dict[str, bool]:
    """Return for each case whether all its answers were the same bytes, but for the timings."""
    count = len(cases)
    return {
        case.id: all(
            _bytes(reply[-1][0]) == _bytes(first[_key(case)][0]) for reply in more[place::count]
        )
        for place, case in enumerate(cases)
    }


def _bytes(answer: Answer) -> str:
    return answer.model_dump_json(exclude={"timings_ms"})
