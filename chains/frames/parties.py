"""Questions on what each party pays of a whole: stated, by a stated share, or what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from chains.ask import PARTIES, Ask, is_share, own_term
from chains.calculators import cost_split, shares
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Row, Term, Worked, add, from_figure, percentage, take_share
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import (
    asks_share,
    averaged,
    main_series,
    names_subject,
    own_money,
    own_share,
    years_of,
)
from chains.frames.wording import operations
from chains.mentions import find_parties
from chains.operands import agreed_numbers
from chains.subjects import Value, by_party, value_of
from corpus import calculation_texts as texts
from corpus.agreed import Series
from corpus.models import NotFoundReason, Unit

_EACH = re.compile(
    r"\b(?:hhv|henholdsvis|hver part\w*|parternes|hver især|de (?:3|tre) parter|til hver\b|"
    r"fordel\w*)\b"
)
_INSTEAD = re.compile(
    r"\b(?:i stedet|frem for|forestil\w*|tænk\w*|antag\w*|hypotetisk\w*|lad os sige|"
    r"hvis .{0,40}(?:var|kun|frigjorde|blev)|kun frigjorde|sæt(?: nu)? at|ikke det aftalte|"
    r"(?:samme|uændret) (?:\w+ ){0,2}(?:fordeling|deling|nøgle|forhold)|(?:1|"
    r"vores) region(?:s|ens)?)\b"
)


def read(ask: Ask) -> Outcome:
    """Read a question as one on the parties' parts of a whole."""
    whole = _whole(ask)
    main = main_series(ask)
    if main is not None and is_share(main.first) and asks_share(ask):
        return None
    if whole is None or whole.is_total or _numbers_named(ask, whole) or not names_subject(ask):
        return None
    wanted = operations(ask.asking)
    years = years_of(ask, wanted)
    parts = by_party(ask, whole, years)
    if not parts:
        return None
    unstated = _unstated(ask, whole, parts)
    if unstated is not None:
        return unstated
    named = [party for party in ask.mentions.parties if party in parts]
    asked = [party for party in ask.asked_parties if party in parts]
    if len(asked) < len(named) and (not _REST.search(ask.asking) or _is_rest(parts, asked)):
        named = asked
    used: set[int] = set()
    worked = _work(ask, whole, parts, named, wanted, used)
    if worked is None:
        return None
    return Attempt(worked, 0.95, frozenset(used))


def _is_rest(parts: Mapping[str, Value], asked: list[str]) -> bool:
    return len(asked) == 1 and parts[asked[0]].term.name == texts.REST_FOR.format(party=asked[0])


def _unstated(ask: Ask, whole: Series, parts: Mapping[str, Value]) -> Missing | None:
    """Say that a party's part is not stated, where what is left was not asked for."""
    named = list(ask.mentions.parties)
    if len(named) != 1 or named[0] not in parts or _REST.search(ask.asking):
        return None
    term = parts[named[0]].term
    if term.name != texts.REST_FOR.format(party=named[0]):
        return None
    said = texts.PART_NOT_STATED.format(party=named[0], label=whole.label)
    return Missing(said, 1.0, reason=NotFoundReason.NOT_STATED, figures=(whole.first,))


_REST = re.compile(
    r"\btag\w* .{0,80}\bfra\b|\bfraregn\w*|\b(?:rest\w*|tilbage|trækkes?|trukket|betalt|minus|"
    r"fratrukket|andre parter\w*)\b"
)


def _numbers_named(ask: Ask, whole: Series) -> bool:
    """Return whether amounts of other figures than the whole are named: they are what is meant."""
    family = {whole.id, *(child.id for child in ask.children(whole))}
    return any(one.id not in family for one in agreed_numbers(ask).values())


def _whole(ask: Ask) -> Series | None:
    """Return the series that parties share, asked for itself or through one of its parts."""
    main = main_series(ask, enough=_SURELY)
    if main is None:
        return None
    if _REST.search(ask.asking):  # what is left of which whole? the one that the words name
        wholes = [f for f in ask.found[:_NEAR] if f.series.first.unit is Unit.KR
                  and _has_parties(ask, f.series)]  # fmt: skip
        if wholes:
            scores = ask.words.score(ask.text).score
            return max(wholes, key=lambda f: scores[f.number] + f.share).series
    if main.first.unit is Unit.KR and _has_parties(ask, main):
        return main
    parent = ask.by_id(main.agreement_id, main.first.part_of) if main.first.part_of else None
    party = main.first.party or (main.first.receiver if is_share(main.first) else "")
    if parent is not None and party in PARTIES and parent.first.unit is Unit.KR:
        return parent
    return None


_NEAR = 8
_SURELY = 0.25


def _has_parties(ask: Ask, series: Series) -> bool:
    return any((child.first.party or (child.first.receiver if is_share(child.first) else ""))
               in PARTIES for child in ask.children(series))  # fmt: skip


def _work(
    ask: Ask,
    whole: Series,
    parts: Mapping[str, Value],
    named: list[str],
    wanted: list[Operation],
    used: set[int],
) -> Worked | None:
    text = ask.text
    total = value_of(ask, whole, years_of(ask, wanted))
    money = own_money(ask)
    years = ask.years
    if set(wanted[:1]) & _BETWEEN_YEARS and len(years) == 2 and len(named) < 2:
        return None
    main = main_series(ask)
    if len(money) == 1 and total is not None and _INSTEAD.search(text):
        own, party = own_term(money[0]), named[0] if named else ""
        if len(named) > 1:
            used.add(money[0].start)
            rows = tuple(
                Row(p, shares.take(percentage(parts[p].term, total.term), own, p).result)
                for p in named
            )
            return Worked(cost_split.NAME, rows[0].term, rows)
        share = _share_term(ask, whole, party)
        if share is None and main is not None and is_share(main.first):
            share = from_figure(main.first)
        if share is None and party:
            share = percentage(parts[party].term, total.term)
        if share is not None:
            used.add(money[0].start)
            name = texts.PART_OF_PARTY.format(party=party) if party else texts.THAT_PART
            return shares.take(share, own, name)
    joined = _AND.search(text)
    if len(named) > 2 and joined is not None and Operation.SUM in wanted:
        named = [party for party in find_parties(joined[0]) if party in parts]
    if len(named) == 2:
        first, second = (parts[party].term for party in named)
        if Operation.RATIO in wanted:
            return work_out(Operation.RATIO, sorted([first, second], key=_amount, reverse=True))
        if Operation.DIFFERENCE in wanted and not _RESIDUAL.search(text):
            return work_out(
                Operation.DIFFERENCE, sorted([first, second], key=_amount, reverse=True)
            )
        if Operation.SHARE not in wanted and (Operation.SUM in wanted or _AND.search(text)):
            return Worked(cost_split.NAME, add([first, second], texts.IN_ALL))
    if Operation.SHARE in wanted and named and total is not None:
        if _share_term(ask, whole, named[0]) is not None or not _names(ask, whole):
            return None  # a stated share is looked up
        asked = _asked_party(text, named)
        return work_out(Operation.SHARE, [parts[asked].term, total.term])
    if (
        len(parts) > 1
        and len(named) != 1
        and (_EACH.search(text) or (len(named) > 2 and not ask.reading.is_long))
    ):
        rows = tuple(Row(party, value.term) for party, value in parts.items())
        return Worked(cost_split.NAME, rows[0].term, rows)
    if not named:
        return None
    value = parts[_asked_party(text, named)]
    if not value.term.steps and not value.rows:
        stated = own_share(ask)
        if stated is None:
            return None  # stated as it is: a lookup
        used.add(stated[1])
        return shares.take(stated[0], value.term, texts.OWN_PART)
    worked = averaged(ask, value, wanted, cost_split.NAME)
    if (part_of_own := own_share(ask)) is not None:
        used.add(part_of_own[1])
        return Worked(cost_split.NAME, take_share(part_of_own[0], worked.result, texts.OWN_PART))
    return worked


_BETWEEN_YEARS = {Operation.DIFFERENCE, Operation.CHANGE, Operation.RATIO}
_AND = re.compile(r"\b(?:stat\w*|region\w*|kommun\w*) og (?:stat\w*|region\w*|kommun\w*)\b")
_RESIDUAL = re.compile(r"\b(?:tilbage til|trækkes? (?:ud|fra)|trukket fra|når .{0,60}betalt)\b")


def _amount(term: Term) -> Decimal:
    return term.amount


def _asked_party(text: str, named: list[str]) -> str:
    """Return the party that is asked for: not those whose parts are taken away."""
    if len(named) == 1 or not _RESIDUAL.search(text):
        return named[0]
    return next(
        (p for p in named if re.search(rf"\btil {p[:5]}|^.{{0,60}}\b{p[:4]}", text)), named[0]
    )


def _names(ask: Ask, whole: Series) -> bool:
    number = ask.words.series.index(whole)
    return float(ask.words.score(ask.text).coverage[number]) > _NAMED


_NAMED = 0.3


def _share_term(ask: Ask, whole: Series, party: str) -> Term | None:
    for child in ask.children(whole):
        if is_share(child.first) and party in {child.first.party, child.first.receiver}:
            return from_figure(child.first)
    return None
