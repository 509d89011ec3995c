"""A run -> the tables of its report, each a title and rows of ready-made cells, in Danish."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.models import AnswerKind
from eval import metrics
from eval.cases import Case, Span
from eval.checks import Judged
from eval.gate import Baseline
from eval.measures import LABELS, Asked, Figure, Run, mean
from eval.peers import Peer

_DEPTHS = (1, 3, 5, 10)
_HARD_STYLES = {"paraphrase", "terse", "typo"}
_RETRIEVAL_FILES = ("natural", "hard-oekonomiaftale-2021", "hard-sundhedsreform-2022", "kinds")
PERTURBATIONS = {
    "agreement_named": "aftalen nævnt",
    "ascii_letters": "æ, ø, å som ae, oe, aa",
    "bare_letters": "æ, ø, å som a, o, a",
    "typos": "slåfejl",
    "lower_case": "små bogstaver",
    "inflection": "anden bøjning",
    "word_order": "anden rækkefølge",
    "filler": "fyldsætninger",
    "compounds_split": "sammensatte ord delt",
    "compounds_joined": "ord skrevet sammen",
}


@dataclass(frozen=True)
class Table:
    """Rows of cells under a title."""

    title: str
    rows: tuple[tuple[str, dict[str, str]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order in which they turn up."""
        return tuple(dict.fromkeys(column for _, cells in self.rows for column in cells))


def percent(value: float | None) -> str:
    """Print a share as a percentage, as a Dane reads it; what is not applicable as a dash."""
    return "–" if value is None else f"{100 * value:.1f}".replace(".", ",")


def make_tables(
    run: Run,
    figures: Mapping[str, Figure],
    thresholds: Mapping[str, float],
    baseline: Baseline,
    peers: Sequence[Peer] = (),
    judged: Sequence[Judged] = (),
) -> list[Table]:
    """Return every table of a report; empty ones are left out."""
    tables = [
        headline(figures, thresholds, baseline),
        by_split(run),
        retrieval(run, peers),
        _right_by("Efter type", run.asked, lambda c: c.type),
        _right_by("Efter stil", run.asked, lambda c: c.entry.style),
        _right_by("Efter regel", [a for a in run.asked if a.case.entry.rule], _rule),
        refusals(run.asked),
        refusal_precision(run.asked),
        perturbations(run),
        checked_numbers(judged),
        difficulty(run),
    ]
    return [table for table in tables if table.rows]


def headline(
    figures: Mapping[str, Figure], thresholds: Mapping[str, float], baseline: Baseline
) -> Table:
    """Return every figure with its interval, threshold and what it was in the baseline."""
    rows = []
    for name, label in LABELS.items():
        if name not in figures:
            continue
        figure = figures[name]
        cells = {
            "pct.": percent(figure.value),
            "95 pct. sikkert": f"{percent(figure.low)} – {percent(figure.high)}",
            "af": str(figure.n),
            "mindst": percent(thresholds.get(name)),
            "før": percent(baseline.figures.get(name)),
        }
        rows.append((label, cells))
    return Table("Tal i alt", tuple(rows))


def checked_numbers(judged: Sequence[Judged]) -> Table:
    """Return how many verdicts of Tjek tal are right, and which wrong numbers it calls right."""
    groups: dict[str, list[Judged]] = {"alle": list(judged)}
    for one in judged:
        groups.setdefault(one.wanted, []).append(one)
    rows = [
        (
            name,
            {
                "tal": str(len(own)),
                "rigtig dom": percent(mean(one.right for one in own)),
                "forkert, men godkendt": str(sum(one.wrongly_held for one in own)),
            },
        )
        for name, own in groups.items()
        if own
    ]
    return Table("Tjek tal", tuple(rows))


def by_split(run: Run) -> Table:
    """Return right answers on `dev` and `test` by kind of question."""
    groups = _group(run.asked, lambda c: str(c.entry.kind))
    rows = [("alle", list(run.asked)), *groups]
    return Table(
        "dev og test",
        tuple(
            (
                name,
                {
                    f"{split}{suffix}": cell
                    for split in ("dev", "test")
                    for own in [[a for a in found if a.case.split == split]]
                    for suffix, cell in (
                        (": spørgsmål", str(len(own))),
                        (": rigtige", percent(mean(a.right for a in own))),
                    )
                },
            )
            for name, found in rows
        ),
    )


def retrieval(run: Run, peers: Sequence[Peer]) -> Table:
    """Return evidence recall at each depth, MRR, nDCG and words read, beside plain chains."""
    asked = run.with_evidence
    if not asked:
        return Table("Søgning", ())
    cases = [a.case for a in asked]
    rankings = {a.case.id: [metrics.place_of(p) for p in a.answer.passages] for a in asked}
    texts = {a.case.id: [p.text for p in a.answer.passages] for a in asked}
    rows = [("Aftaleassistenten", _retrieval_row(cases, rankings, texts, run.pool))]
    for file in _RETRIEVAL_FILES:
        own = [case for case in cases if case.file == file]
        if own:
            rows.append((f"  {file}", _retrieval_row(own, rankings, texts, run.pool)))
    for peer in peers:
        found = {case.id: peer.search(case.question) for case in cases}
        places = {id_: [place for place, _ in hits] for id_, hits in found.items()}
        read = {id_: [text for _, text in hits] for id_, hits in found.items()}
        rows.append((peer.name, _retrieval_row(cases, places, read, peer.pool)))
    return Table("Søgning", tuple(rows))


def _retrieval_row(
    cases: Sequence[Case],
    rankings: Mapping[str, Sequence[Span]],
    texts: Mapping[str, Sequence[str]],
    pool: Sequence[Span],
) -> dict[str, str]:
    cells = {
        f"R@{k}": percent(
            mean(metrics.evidence_recall(case, rankings[case.id], k) for case in cases)
        )
        for k in _DEPTHS
    }
    for name, values in metrics.ranking_measures(rankings, cases, pool).items():
        cells[name] = percent(mean(values.values()))
    words = statistics.fmean(metrics.words_read(texts[case.id]) for case in cases)
    return cells | {"ord i top 5": f"{words:.0f}"}


def _rule(case: Case) -> str:
    return f"{case.entry.rule}{' (nye ord)' if case.file == 'new-words' else ''}"


def _group(asked: Iterable[Asked], key: Callable[[Case], str]) -> list[tuple[str, list[Asked]]]:
    groups: dict[str, list[Asked]] = {}
    for a in asked:
        groups.setdefault(key(a.case), []).append(a)
    return sorted(groups.items())


def _right_by(title: str, asked: Sequence[Asked], key: Callable[[Case], str]) -> Table:
    """Return right answers, wrong numbers shown, questions back and noes for each group."""
    rows = []
    for name, own in _group(asked, key):
        kinds = Counter(a.answer.kind for a in own)
        wrong = sum(not metrics.number_not_wrong(a.case, a.answer) for a in own)
        cells = {
            "spørgsmål": str(len(own)),
            "rigtige": percent(mean(a.right for a in own)),
            "forkert tal vist": str(wrong),
            "spurgt tilbage": str(kinds[AnswerKind.CLARIFY]),
            "afvist": str(kinds[AnswerKind.NOT_FOUND] + kinds[AnswerKind.REFUSED]),
            "citerede ord p50 / p90": _words([a for a in own if a.answer.citations]),
        }
        rows.append((name, cells))
    return Table(title, tuple(rows))


def _words(asked: Sequence[Asked]) -> str:
    words = sorted(metrics.quoted_words(a.answer) for a in asked)
    return f"{words[len(words) // 2]} / {words[int(len(words) * 0.9)]}" if words else "–"


def refusals(asked: Sequence[Asked]) -> Table:
    """Return, for each kind of question without an answer, how many got a no, and which."""
    none = [a for a in asked if a.case.entry.kind in {AnswerKind.NOT_FOUND, AnswerKind.REFUSED}]
    rows = []
    for name, own in _group(none, lambda c: c.entry.category or f"({c.file})"):
        kinds = Counter(str(a.answer.not_found_reason or a.answer.kind) for a in own)
        cells = {
            "spørgsmål": str(len(own)),
            "afvist": percent(mean(a.answer.kind is a.case.entry.kind for a in own)),
            "rigtig grund": percent(mean(metrics.reason_right(a.case, a.answer) for a in own)),
            "svarede": ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()),
        }
        rows.append((name, cells))
    return Table("Spørgsmål uden svar (genkald)", tuple(rows))


def refusal_precision(asked: Sequence[Asked]) -> Table:
    """Return, for each kind of no that was given, how many were right to be given."""
    given = [a for a in asked if a.answer.kind is AnswerKind.NOT_FOUND]
    groups: dict[str, list[Asked]] = {}
    for a in given:
        groups.setdefault(str(a.answer.not_found_reason), []).append(a)
    rows = []
    for name, own in sorted(groups.items()):
        right = percent(mean(metrics.refusal_right(a.case, a.answer) for a in own))
        rows.append((name, {"givet": str(len(own)), "rigtigt at afvise": right}))
    return Table("Afvisninger (præcision)", tuple(rows))


def perturbations(run: Run) -> Table:
    """Return, for each way of writing worse, the share of right answers that stay right."""
    right = {a.case.id for a in run.asked if a.right}
    rows = []
    for rule, label in PERTURBATIONS.items():
        own = [p for p in run.perturbed if p.rule == rule and p.case.id in right]
        if own:
            kept = percent(mean(p.right for p in own))
            rows.append((label, {"rigtige før": str(len(own)), "bevaret": kept}))
    return Table("Skrevet dårligere", tuple(rows))


def difficulty(run: Run) -> Table:
    """Return how far the questions are from the words of their evidence, and how long."""
    cases = [
        a.case
        for a in run.asked
        if a.case.answerable and not a.case.history and not a.case.is_number
        and a.case.entry.style in _HARD_STYLES
    ]  # fmt: skip
    if not cases:
        return Table("Spørgsmålenes sværhed", ())
    styles = Counter(a.case.entry.style for a in run.asked)
    overlap = mean(metrics.stem_overlap(case, run.texts) for case in cases)
    length = statistics.median(len(case.question.split()) for case in cases)
    cells = {
        "spørgsmål": str(len(cases)),
        "ordstammer i kilden": percent(overlap),
        "median, ord": f"{length:.0f}",
        "alle stilarter": ", ".join(f"{style} {n}" for style, n in styles.most_common()),
    }
    return Table("Spørgsmålenes sværhed", (("omskrevne, korte og fejlskrevne", cells),))
