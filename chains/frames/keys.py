"""Questions that share an amount out by the agreed cost key."""

from __future__ import annotations

import re

from chains.ask import PARTIES, Ask, own_term
from chains.calculators import cost_split
from chains.calculators.terms import Row, Term, Worked, from_figure, subtract, take_share, whole_of
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import own_money, own_share, years_of
from chains.frames.wording import operations
from chains.operands import agreed_numbers
from chains.subjects import value_of
from corpus import calculation_texts as texts
from corpus.models import Unit

_KEY = re.compile(
    r"\b\d\d/\d\d/\d\d\b|\b\d\d-\d\d-\d\d\b|\b\w*nøgle(?!tal)\w*\b|\b\w+-fordeling\w*\b"
)
_LIKE = re.compile(
    r"\b(?:ligesom|som ved|som driften|på samme måde|samme (?:måde|fordeling|nøgle))\b"
)
_AS_THE_KEY_IS = re.compile(r"\b(?:som|ligesom|lig|efter|à la|a la)\b")
_DIVIDE = re.compile(r"\b(?:del\w*|fordel\w*|efter|brug\w*|delt|split\w*)\b")
_WHOLE = re.compile(
    r"\btotal\w*|\bsamlede (?:regning|pris|udgift)\w*|\bhele (?:regning\w*|beløb\w*|"
    r"udgift\w*)|\bregningen i alt|\bhvor stor er hele"
)
_RISE = re.compile(r"\bstigning\w*|\bstiger\b|\bforhøj\w*|\bsættes op\b|\bløftes\b|\bmerudgift\w*")
_NAMED, _NAMED_BESIDE = 0.45, 0.3
_OURS = re.compile(r"\b(?:vores|jeres|min|et) (?:projekt|regning|udgift|system)\w*")


def read(ask: Ask) -> Outcome:
    """Read a question as one on the cost key."""
    text = ask.text
    shares = key_of(ask)
    explicit = _KEY.search(text) is not None
    divided = _DIVIDE.search(text) is not None
    borrowed = divided and _LIKE.search(text) is not None
    if shares and divided and own_money(ask) and _AS_THE_KEY_IS.search(text):
        borrowed = borrowed or _names_base(ask, _NAMED_BESIDE)
    if not shares or not (explicit or borrowed):
        return None
    if ask.mentions.negative:
        return Missing(texts.NEGATIVE, 1.0)
    used: set[int] = set()
    base, assumptions = _base(ask, used)
    if base is None:
        return Missing(texts.MISSING_AMOUNT, 1.0)
    spans = [match.span() for match in _KEY.finditer(text)]
    used |= {
        m.start
        for m in ask.mentions.numbers
        if m.unit is Unit.PCT or any(start <= m.start < end for start, end in spans)
    }
    parties = [p for p in ask.mentions.parties if p in PARTIES]
    used |= {m.start for m in ask.mentions.numbers
             if m.unit is Unit.NUMBER and m.noun.startswith("part")}  # fmt: skip
    part = _part_of_whole(ask, base, shares, parties)
    if part is not None:
        return Attempt(part, 1.0, frozenset(used), assumptions)
    wanted = _wanted(ask, parties)
    rows = [r for r in cost_split.split(base, shares) if not wanted or r.label in wanted]
    if len(rows) == 1:
        term = rows[0].term
        if (own := own_share(ask, [*used])) is not None:
            term = take_share(own[0], term, texts.OWN_PART)
            used.add(own[1])
        return Attempt(Worked(cost_split.NAME, term), 1.0, frozenset(used), assumptions)
    worked = Worked(cost_split.NAME, rows[0].term, tuple(rows))
    return Attempt(worked, 1.0, frozenset(used), assumptions)


def key_of(ask: Ask) -> list[Row]:
    """Return the agreed cost key, party by party."""
    rows = [Row(figure.party, from_figure(figure)) for figure in ask.role("cost_split")]
    return sorted(rows, key=lambda row: PARTIES.index(row.label))


def _base(ask: Ask, used: set[int]) -> tuple[Term | None, tuple[str, ...]]:
    """Return the amount to share out: the asker's, an agreed one, else the key's own."""
    beyond = (texts.KEY_BEYOND_TEXT,)
    money = ask.mentions.of_unit(Unit.KR)
    agreed = agreed_numbers(ask)
    terms: list[Term] = []
    for mention in money:
        series = agreed.get(mention.start)
        figures = series.figures if series else ()
        figure = next((f for f in figures if f.amount == mention.amount), None)
        terms.append(from_figure(figure) if figure else own_term(mention))
    if len(terms) > 1 and _RISE.search(ask.text):
        used |= {mention.start for mention in money[:2]}
        low, high = sorted(terms[:2], key=lambda term: term.amount)
        return subtract(high, low, texts.DIFFERENCE), beyond
    own = ask.role("split_base")
    if terms:
        used.add(money[0].start)
        is_own_base = bool(own) and terms[0].amount == own[0].amount
        return terms[0], () if is_own_base else beyond
    named = own and _names_base(ask)
    if not named or _OURS.search(ask.text):
        return None, ()
    series = ask.by_id(own[0].agreement_id, own[0].series)
    value = value_of(ask, series, years_of(ask, operations(ask.asking))) if series else None
    return (value.term, ()) if value else (from_figure(own[0]), ())


def _names_base(ask: Ask, enough: float = _NAMED) -> bool:
    """Return whether the words of the question name what the key is stated for."""
    number = next(i for i, s in enumerate(ask.words.series) if s.first.role == "split_base")
    return float(ask.words.score(ask.text).coverage[number]) > enough


def _wanted(ask: Ask, parties: list[str]) -> list[str]:
    """Return the parties whose part is asked for; all where all three are named or none."""
    if len(parties) == len(PARTIES):
        last = re.search(r"hvor (?:mange|meget|stor).*|hvad skal.*|[^.:–]*\?$", ask.text)
        if last is not None:
            asked = [p for p in parties if p[:6] in last[0]]
            if len(asked) == 1:
                return asked
        return []
    return parties


def _part_of_whole(ask: Ask, base: Term, shares: list[Row], parties: list[str]) -> Worked | None:
    """Return the whole bill, or another party's part, where the amount is one party's part."""
    share_of = {row.label: row.term for row in shares}
    if _WHOLE.search(ask.text) and parties:
        return cost_split.whole_bill(base, share_of[parties[0]])
    if len(parties) == 2 and _OWN_PART.search(ask.text):
        whole = whole_of(share_of[parties[0]], base, texts.WHOLE_BILL)
        return Worked(cost_split.NAME, take_share(share_of[parties[1]], whole, parties[1]))
    return None


_OWN_PART = re.compile(
    r"\bsvarer til deres\b|\ber deres (?:del|andel)\b|\b(?:deres|dens|sin|"
    r"sine|vores) (?:del på )?\d+ (?:pct|procent)"
)
