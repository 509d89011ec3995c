"""Tjek tal: a pasted text -> for each number about the agreements a verdict and what they say.

The words around a number are put to the chain as a question, so that the same ranking that answers
tells which agreed figure they mean. Then the number is compared: with that figure, with its other
years and its kin, a thousand times more or less, and with what can be worked out from the figures
that the text itself has named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chains.ask import PARTIES, Ask
from chains.citations import cite
from chains.claims import Claim, compare, find_claims
from chains.compose_numbers import Quotes
from chains.lookup import topic_stems
from chains.mentions import Mentions, find_mentions
from chains.number_asked import DURATIONS
from chains.worked_out import KEPT, Operand, results, sums
from corpus import texts
from corpus.agreed import Figure, Per, Place, Series
from corpus.check import Check, CheckedNumber, Verdict
from corpus.models import Agreement, Unit
from corpus.places import find_places
from ingest.index import Corpus

Rank = Callable[[str], Ask | None]
"""A question -> the figures it may mean, the likeliest first."""

_SENTENCE = 0.5
"""What the sentence weighs beside the clause."""
_NEAR = 2.5
"""How far below the best series (log of odds) one may lie that still is what is spoken of."""
_FAR, _CLOSE = 7.0, 0.7
_SAME_SENTENCE = 250
"""Characters within which two figures may be parts of one sentence."""
_SURE, _VERY_SURE = 0.30, 0.75
"""Share from which on the best series is what is spoken of."""
_WORKED = re.compile(
    r"\b(?:i alt|ialt|tilsammen|sammenlagt|lagt sammen|samlet|sum\w*|svarende til|dvs|altså|"
    r"forskel\w*|stigning\w*|fald\w*|mere end|mindre end|differen\w*|rest\w*|tilbage|gennemsnit\w*|"
    r"snit|pr|per|hver|giver det|det giver|bliver det|det bliver|ca|udgør|andel\w*|del|fylder|"
    r"dermed|så|øvrige|begge|hele|pakken|"
    r"efter de(?:n|t)|over|til og med|regning\w*|opgjort|opgøres|løber)\b",
    re.IGNORECASE,
)
_SURELY_WORKED = re.compile(
    r"\b(?:i alt|ialt|tilsammen|sammenlagt|lagt sammen|forskel\w*|stigning\w*|gennemsnit\w*|"
    r"snit)\b",
    re.IGNORECASE,
)
_DIGITS = 2
"""Digits that a number has at least to be known as worked out; fewer may come out by chance."""
_ASKED = {
    Unit.KR: "Hvor mange kroner: ",
    Unit.KR_PER_INHABITANT: "Kroner pr. indbygger: ",
    Unit.PCT: "Hvor mange procent: ",
    Unit.PCT_POINT: "Hvor mange procent: ",
}


@dataclass(frozen=True)
class _Read:
    """A claim and what it may be about."""

    claim: Claim
    ask: Ask
    mentions: Mentions
    """Of its clause."""
    around: Mentions
    """Of its sentence."""
    scores: Mapping[int, float]
    """Number of a series -> how likely it is what is spoken of (log, best 0)."""
    sure: float


@dataclass(frozen=True)
class _Finding:
    verdict: Verdict
    figures: tuple[Figure, ...] = ()
    place: Place | None = None
    worked: str = ""


def check_text(
    text: str,
    rank: Rank,
    corpus: Corpus,
    agreements: Mapping[str, Agreement],
    reader_url: str = "",
    version: str = "",
) -> Check:
    """Return a verdict for each number of a text that is about the agreements, in order."""
    numbers: list[CheckedNumber] = []
    known: list[Operand] = []
    for claim in find_claims(text):
        read = _read(claim, rank)
        if read is None:
            continue
        finding = _judge(read, known)
        if finding is None:
            continue
        if finding.verdict in {Verdict.RIGHT, Verdict.ROUNDED}:
            known.append((claim.quantity.amount, claim.quantity.unit, finding.figures[0]))
        quotes = Quotes(corpus)
        for figure in finding.figures:
            quotes.mark(figure, finding.place)
        citations = [cite(quote, agreements, n, reader_url)
                     for n, quote in enumerate(quotes.found, 1)]  # fmt: skip
        numbers.append(
            CheckedNumber(
                printed=claim.printed,
                start=claim.start,
                end=claim.end,
                verdict=finding.verdict,
                says=texts.checked(finding.verdict, finding.figures, finding.worked, claim.printed),
                citations=tuple(c for c in citations if c is not None),
            )
        )
    return Check(numbers=tuple(numbers), corpus_version=version)


def _read(claim: Claim, rank: Rank) -> _Read | None:
    asked = _ASKED.get(claim.quantity.unit, f"Hvor mange {claim.noun}: ")
    leans = len(topic_stems(claim.clause)) < _OWN_SUBJECT
    own = rank(f"{asked}{claim.clause}?")
    whole = rank(f"{asked}{claim.before if leans else ''} {claim.sentence}?")
    if own is None and whole is None:
        return None
    first = own or whole
    assert first is not None  # noqa: S101
    totals: dict[int, float] = {}
    for ask, weight in ((own, 1.0), (whole, _SENTENCE)):
        for found in ask.found if ask else ():
            totals[found.number] = totals.get(found.number, 0.0) + weight * found.score
    fitting = {f.number for f in first.found if _kind(f.series, claim)}
    scores = {n: total for n, total in totals.items() if n in fitting}
    if not scores:
        return None
    best = max(scores.values())
    sure = max((f.share for f in first.found if f.number in fitting), default=0.0)
    return _Read(
        claim,
        first,
        _mentions(claim.clause),
        _mentions(claim.sentence),
        {n: score - best for n, score in scores.items()},
        sure,
    )


def _kind(series: Series, claim: Claim) -> bool:
    """Return whether a series is of the kind of a number: money, share or count."""
    unit = claim.quantity.unit
    own = series.first.unit
    if claim.timed or series.first.noun in DURATIONS:
        return claim.timed and series.first.noun in DURATIONS
    shares = {Unit.PCT, Unit.PCT_POINT}
    if unit in shares or own in shares:
        return unit in shares and own in shares
    return (unit is Unit.NUMBER) == (own is Unit.NUMBER)


def _judge(read: _Read, known: Sequence[Operand]) -> _Finding | None:
    """Return the verdict, None where a count is of something else than the agreements."""
    ranked = sorted(read.scores.items(), key=lambda pair: -pair[1])
    near = [number for number, score in ranked if score >= -_NEAR]
    stated = list(_stated(read, near))
    alone = _only_one(read)
    for how in (Verdict.RIGHT, Verdict.ROUNDED):
        for same, figure, place in [*stated, *alone]:
            fits = _fits_year(read, figure, place) and _fits_party(read, figure)
            if same is how and fits and not _is_other_part(read, near[0], figure):
                return _Finding(how, (figure,), place)
    for same, figure, place in stated:
        if same in {Verdict.RIGHT, Verdict.ROUNDED} and not _fits_year(read, figure, place):
            other = _for_year(read, figure)
            return _Finding(Verdict.WRONG_YEAR, (figure, *other), place)
    if worked := _worked_out(read, near, known):
        return worked
    for same, figure, place in stated:
        if same is Verdict.WRONG_UNIT:
            return _Finding(Verdict.WRONG_UNIT, (figure,), place)
    sure = read.sure >= _VERY_SURE or (read.sure >= _SURE and _is_named(read, near))
    best = read.ask.words.series[near[0]]
    meant = _for_year(read, best.first) or (best.first,)
    elsewhere = [figure for same, figure, _ in _stated(read, list(read.scores))
                 if same is Verdict.RIGHT]  # fmt: skip
    if read.claim.quantity.unit is Unit.NUMBER and not sure:
        return None
    if elsewhere and (sure or len(elsewhere) == 1):
        told = (*meant, elsewhere[0]) if sure else (elsewhere[0],)
        return _Finding(Verdict.WRONG_SUBJECT, tuple(dict.fromkeys(told)))
    if sure:
        return _Finding(Verdict.WRONG, meant)
    return _Finding(Verdict.NOT_FOUND)


def _only_one(read: _Read) -> list[tuple[Verdict, Figure, Place]]:
    """Return the figure that alone has the claim's number, if the text has its words too."""
    numbers = [n for n, score in read.scores.items() if score >= -_FAR]
    exact = [one for one in _stated(read, list(read.scores)) if one[0] is Verdict.RIGHT]
    if len({figure.series for _, figure, _ in exact}) != 1:
        return []
    series = read.ask.words.series
    words = read.ask.words.score(f"{read.claim.before} {read.claim.sentence}")
    return [
        one
        for one in exact
        for number in numbers
        if series[number].id == one[1].series and float(words.coverage[number]) > _WORDED
    ]


def _is_other_part(read: _Read, best: int, figure: Figure) -> bool:
    """Return whether the text speaks of another figure of the same sentence than this one.

    Of 7,9 that is 4,7 without IT and 3,1 for IT, "the IT part is 4,7" is no small miss.
    """
    series = read.ask.words.series
    top = series[best]
    if top.id == figure.series or top.agreement_id != figure.agreement_id:
        return False
    own = next(n for n in read.scores if series[n].id == figure.series
               and series[n].agreement_id == figure.agreement_id)  # fmt: skip
    same = abs(top.first.place.start - figure.place.start) < _SAME_SENTENCE
    return same and read.scores[own] < -_CLOSE


def _stated(read: _Read, numbers: Sequence[int]) -> Iterator[tuple[Verdict, Figure, Place]]:
    """Yield how the claim's number stands among the figures of some series."""
    for number in numbers:
        for figure in read.ask.words.series[number].figures:
            for place in (figure.place, *figure.repeats):
                same = compare(read.claim, place)
                if same is not None:
                    yield same, figure, place


def _years(read: _Read) -> tuple[int, ...]:
    return read.mentions.covered_years() or read.around.covered_years()


def _mentions(text: str) -> Mentions:
    """Return what some words mention; the year in an agreement's name is none of theirs."""
    return find_mentions(_NAME.sub(" ", text))


_NAME = re.compile(
    r"\b\w*(?:aftale|reform)\w*(?: \w+){0,2} (?:for|fra|af) (?:19|20)\d\d\b(?! ?[-–])",
    re.IGNORECASE,
)


def _fits_year(read: _Read, figure: Figure, place: Place) -> bool:
    """Return whether a figure holds for the years that the text names, if it names any."""
    period = place.period or figure.period
    years = _years(read)
    if not years or period is None:
        return True
    if figure.per in {Per.ONCE, None} or period.last is None:
        return any(year in period for year in years)
    return any(year in period for year in years)


def _for_year(read: _Read, figure: Figure) -> tuple[Figure, ...]:
    """Return the figure of the same series that is stated for the year that the text names."""
    years = _years(read)
    series = next(s for s in read.ask.words.series
                  if (s.agreement_id, s.id) == (figure.agreement_id, figure.series))  # fmt: skip
    return tuple(f for f in series.figures if f.period and len(years) == 1 and years[0] in f.period)


def _fits_party(read: _Read, figure: Figure) -> bool:
    """Return whether a figure is that of a party the clause names, if it is one party's."""
    places = {name for _, name in find_places(read.claim.clause)}
    theirs = {name for _, name in find_places(f"{figure.label} {figure.party}")}
    if places and theirs and not places & theirs:
        return False
    named = set(read.mentions.parties)
    own = figure.party or (figure.receiver if figure.receiver in _RECEIVERS else "")
    return own not in PARTIES or not named or own in named


_RECEIVERS = {"kommunerne", "regionerne"}


def _is_named(read: _Read, near: Sequence[int]) -> bool:
    """Return whether the words of the sentence name the best series."""
    texts_ = (read.claim.clause, f"{read.claim.before} {read.claim.sentence}")
    scores = [read.ask.words.score(text) for text in texts_]
    named = max(float(words.coverage[near[0]] + words.phrase[near[0]]) for words in scores)
    return bool(topic_stems(read.claim.clause)) and named > _WORDED


_WORDED = 0.5
_OWN_SUBJECT = 2
"""Words of a subject from which on a clause is understood without the sentences before."""
_LIKELY = 3


def _worked_out(read: _Read, near: Sequence[int], known: Sequence[Operand]) -> _Finding | None:
    """Return the calculation that gives a number, from the text's figures or those of a series."""
    said = f"{read.claim.clause} {read.claim.sentence}"
    amount = read.claim.quantity.amount
    digits = len(amount.normalize().as_tuple().digits)
    if digits < _DIGITS or not _WORKED.search(said):
        return None
    stands = any(same is Verdict.RIGHT for same, _, _ in _stated(read, list(read.scores)))
    if stands and not _SURELY_WORKED.search(said):
        return None
    first = [found.number for found in read.ask.found[:1] if found.share > _SURE]
    likely = near[:_LIKELY] if _SURELY_WORKED.search(said) else near[:1]
    operands = [*known[-KEPT:], *_of_series(read, [*likely, *first])]
    series = [read.ask.words.series[number] for number in near[:_LIKELY]]
    found = [*sums(series, _years(read)), *results(operands, read.claim.quantity.unit)]
    for value, figures, worked in found:
        if worked == texts.WORKED_PART and read.claim.quantity.unit is Unit.PCT:
            continue  # a share of a share
        if abs(value - read.claim.quantity.amount) <= read.claim.step / 2:
            return _Finding(Verdict.COMPUTED, figures, worked=worked)
    return None


def _of_series(read: _Read, near: Sequence[int]) -> list[Operand]:
    """Return the figures of the likely series for the years that the text names."""
    years = _years(read)
    return [
        (figure.amount, figure.unit, figure)
        for number in near
        for figure in read.ask.words.series[number].figures
        if not years or (figure.period and any(year in figure.period for year in years))
    ]
