"""Questions that put two or more numbers together: sum, difference, share, ratio, average."""

from __future__ import annotations

import re

from chains.ask import Ask, own_term
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Term, from_figure
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import all_money, is_more_asked, own_money, years_of
from chains.frames.kin import read_kin, read_parts
from chains.frames.named import (
    NAMED_OF_TWO,
    listed,
    meant,
    named_figures,
    of_named_party,
    without_wholes,
)
from chains.frames.own_number import read_own
from chains.frames.wording import RISES_BY, operations_asked
from chains.operands import Operand
from chains.subjects import Years, value_of
from chains.understand import Wants
from corpus import calculation_texts as texts
from corpus.agreed import Per
from corpus.models import Unit

_MINUS = re.compile(r"\bminus\b|−|\btrækker\b|\bfratrukket\b")


def read(ask: Ask) -> Outcome:
    """Read a question as arithmetic over two or more numbers."""
    wanted = operations_asked(ask.asking, ask.text if ask.reading.is_long else "")
    if not wanted or is_more_asked(ask, ask.found[0].series):
        return None
    if ask.mentions.signed:
        return Missing(texts.NEGATIVE, 1.0)
    return (
        read_kin(ask, wanted)
        or read_own(ask, wanted)
        or _figures(ask, wanted)
        or read_parts(ask, wanted)
    )


def _figures(ask: Ask, wanted: list[Operation]) -> Outcome:
    """Two or more agreed figures."""
    operation = wanted[0]
    operands = of_named_party(ask, named_figures(ask, wanted))
    if operation in {Operation.SUM, Operation.AVERAGE}:
        if _SPREAD.search(ask.asking) and ask.found[0].share > _CLEAR:
            return None
        named = [o for o in listed(ask, operands) if meant(o) or _supposed(ask, o)]
        operands = without_wholes(ask, named)
    else:
        operands = [o for o in operands if meant(o, NAMED_OF_TWO)]
    if len(operands) < 2 or _says_itself(ask, operation, operands):
        return None
    years = years_of(ask, wanted)
    terms: list[tuple[Operand, Term]] = []
    for operand in operands:
        own_years = _years_in(ask, operand) or years
        if operand.series.first.per is not Per.YEAR and not _years_in(ask, operand):
            own_years = Years((), in_all=False)
        term = _supposed(ask, operand) or _by_amount(operand)
        if term is None:
            value = value_of(ask, operand.series, own_years)
            if value is None and operand.number is None:
                return None
            term = value.term if value is not None else from_figure(operand.series.first)
        terms.append((operand, term))
    if len({_dimension(t) for _, t in terms}) > 1:
        counts = ask.reading.wants is Wants.COUNT
        terms = [pair for pair in terms if pair[1].is_money != counts]
    if len(terms) < 2:
        return None
    used = all_money(ask) | frozenset(m.start for m in ask.mentions.of_unit(Unit.PCT))
    if operation in {Operation.SUM, Operation.AVERAGE}:
        return Attempt(work_out(operation, [t for _, t in terms]), 0.9, used)
    if operation is Operation.CONVERT:
        return None
    return Attempt(work_out(operation, _in_order(ask, operation, terms[:2])), 0.9, used)


def _says_itself(ask: Ask, operation: Operation, operands: list[Operand]) -> bool:
    """Return whether one of the figures is itself the rise that is asked for."""
    rises = operation is Operation.DIFFERENCE and RISES_BY.search(ask.asking)
    return bool(rises) and any(_RISE.search(o.series.label) for o in operands)


_RISE = re.compile(r"\b\w*(?:løft|stigning|forhøjelse|vækst|fald|forøgelse)(?:et|en|n)?\b")
_SPREAD = re.compile(r"\b(?:om året|pr\.? år|jævnt|ligeligt|hvert år)\b")
_CLEAR = 0.5


def _by_amount(operand: Operand) -> Term | None:
    """Return the one figure of a series by year that the question names by its amount."""
    if operand.number is None or not operand.series.is_yearly:
        return None
    named = [f for f in operand.series.figures if f.amount == operand.number.amount]
    return from_figure(named[0]) if len(named) == 1 else None


def _supposed(ask: Ask, operand: Operand) -> Term | None:
    """Return the asker's own amount for a figure: "hvis byggeriet i stedet trak 4,3 mia."."""
    if not _IF.search(ask.text):
        return None
    for mention in own_money(ask):
        if operand.start <= mention.start < operand.end + _NEXT:
            return own_term(mention, operand.series.label)
    return None


_IF = re.compile(r"\b(?:hvis|sæt nu|forestil\w*|tænk\w*|i stedet|sæt at|tænkt|antag)\b")
_NEXT = 40


def _dimension(term: Term) -> str:
    return "kr" if term.is_money else "pct" if term.unit.startswith(("pct", "procent")) else "antal"


def _years_in(ask: Ask, operand: Operand) -> Years | None:
    found = [
        int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", ask.text[operand.start : operand.end])
    ]
    return Years(tuple(found), in_all=False) if found else None


def _in_order(ask: Ask, operation: Operation, terms: list[tuple[Operand, Term]]) -> list[Term]:
    """Return the two terms in the order that the operation needs."""
    (a, first), (b, second) = terms
    if operation is Operation.SHARE:
        if b.series.id == a.series.first.part_of:
            return [first, second]
        if a.series.id == b.series.first.part_of:
            return [second, first]
        between = ask.text[max(a.end, a.start) : b.start + 4]
        before = ask.text[max(0, a.start - 6) : a.start]
        if re.search(r"\bpct\b|\bi forhold til\b|\bprocent\b", between):
            return [first, second]
        if re.search(r"\baf\b", before) and second.amount <= first.amount:
            return [second, first]
        return sorted([first, second], key=lambda t: t.amount)
    if operation is Operation.CHANGE:
        if re.search(r"\bend\b", ask.text[a.end - 4 : b.start + 4]):
            return [second, first]
        return sorted([first, second], key=lambda t: t.amount)
    if operation is Operation.DIFFERENCE and _MINUS.search(ask.text[a.start : b.end]):
        return [first, second]
    return sorted([first, second], key=lambda t: t.amount, reverse=True)
