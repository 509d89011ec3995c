"""Questions on an amount for each hospital, clinic, project, readiness team or region."""

from __future__ import annotations

import re

from chains.ask import Ask, is_share
from chains.calculators import per_unit
from chains.calculators.arithmetic import Operation
from chains.calculators.terms import Term, from_figure, subtract
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import main_series, years_of
from chains.frames.wording import operations
from chains.lookup import topic_stems
from chains.mentions import Mention
from chains.subjects import Years, value_of
from corpus import calculation_texts as texts
from corpus.agreed import Figure, FigureKind, Qualifier, Series
from corpus.models import Unit
from corpus.words import stem

_EACH = re.compile(
    r"\b(?:pr\.?|per) (?!år|indbygger|borger|måned)(?:ny |nyt |nye |ekstra )?([a-zæøå]+)|"
    r"\bhver[t]? (?:enkelt |ny |nyt |af de (?:\d+ )?(?:nye |ekstra )?)?([a-zæøå]+)|"
    r"\btil hver[t]?\b(?! af de \d)|\bdelt på\b|"
    r"\bfordel\w* .{0,50}\bpå\b|\b(?:ét|et|1) af dem\b|\bdel(?:es|er)? .{0,60}\bpå\b|\b(?:får|"
    r"til) (?:et|en|ét|én) (\w*(?:projekt|hospital|"
    r"klinik|beredskab)\w*)|\bdeles? .*\bmellem\b|\bdel .{0,40}\bmellem\b|\b(?:for|"
    r"til) hver\b(?= ?[,?])|"
    r"\bhvis .{0,30}deler\b|\bi snit\b|"
    r"\b(?:koster?|kostede|får|få) (?:et|en|ét|én|1) (?:nyt |ny )?([a-zæøå]{5,}) i gennemsnit|"
    r"\bi gennemsnit (?:koster?|kostede|får|få) (?:et|en|ét|én|1) ([a-zæøå]{5,})|"
    r"\bgennemsnits?(?:pris|beløb)\w* (?:for|på|til) (?:et|en|ét|én|1) ([a-zæøå]{5,})|"
    r"^(?:kun )?1 ([a-zæøå]{8,})\b"
)
_A_YEAR = re.compile(r"\b(?:(?:pr\.?|per|om|hvert) år(?:et)?|årligt?)\b")
_NOT_UNITS = frozenset({"år", "part", "især", "måned", "indbygger", "borger", "af"})
_OF_THEM = re.compile(r"\btil hver|\bhvert? af d")
_APART = re.compile(
    r"\b(?:hold\w*|træk\w*|tag\w*|fraregn\w*)\b"
    r".*\b(?:ude\w*|ud|fra|uden for)\b|\b(?:uden|eksklusive?|ekskl)\b"
)


def read(ask: Ask) -> Outcome:
    """Read a question as an amount for each of a number of things."""
    text = ask.text
    said = list(_EACH.finditer(ask.asking))
    if not said:
        return None
    wanted = operations(ask.asking)
    each = next((match for match in said if any(match.groups())), said[0])
    noun = next((g for g in each.groups() if g), "")
    if not noun and _A_YEAR.search(ask.asking) and each[0] == "i snit":
        return None
    if noun in _NOT_UNITS and not _OF_THEM.search(text):
        return None
    noun = "" if noun in _NOT_UNITS else noun
    counts = [
        f.series
        for f in ask.found
        if f.series.first.kind is FigureKind.COUNT and f.series.first.noun not in _TIME
    ]
    count, mention, figure = _count(ask, counts, noun)
    if count is None:
        return None
    amount = _amount(ask, figure)
    if amount is None:
        return None
    if count.amount == 0:
        return Missing(texts.DIVISION_BY_ZERO, 1.0)
    used = {m.start for m in ask.mentions.numbers}
    years = years_of(ask, wanted)
    value = value_of(ask, amount, years)
    if value is None and not years.listed:
        value = value_of(ask, amount, Years((), in_all=True))
    if value is None and amount.is_yearly and not years.listed:
        return Missing(texts.MISSING_YEARS, 0.9)
    if value is None:
        return None
    term = _without_part(ask, amount, value.term)
    note = _stated(figure) if mention is None else ()
    return Attempt(per_unit.each(term, count, texts.EACH), 1.0, frozenset(used), note)


_TIME = frozenset({"år", "dage", "måneder"})


def _count(
    ask: Ask, counts: list[Series], noun: str
) -> tuple[Term | None, Mention | None, Figure | None]:
    """Return the number of things: the asker's own, else the agreed one, and the agreed figure."""
    text = ask.text
    agreed = _agreed_count(counts, text, noun)
    own = [m for m in ask.mentions.of_unit(Unit.NUMBER) if m.noun not in _TIME
           and m.amount != 1 and _is_count(m, text) and m.noun != "af"
           and not m.noun.startswith("part")]  # fmt: skip
    if own:
        mention = own[-1]
        if agreed is not None and mention.noun and not _same_noun(mention.noun, agreed.noun):
            alone = len(own) > 1 or not noun
            agreed = None if alone else agreed
        if agreed is not None and agreed.high is None and mention.amount == agreed.amount:
            return from_figure(agreed), mention, agreed
        name = agreed.noun if agreed else mention.noun
        return Term(texts.OWN_NUMBER, mention.amount, name, "question"), mention, agreed
    if agreed is None:
        return None, None, None
    return from_figure(agreed), None, agreed


def _same_noun(noun: str, other: str) -> bool:
    a, b = stem(noun), stem(other.split()[-1]) if other else ""
    return bool(b) and (a in b or b in a or noun in _JOIN)


def _is_count(mention: Mention, text: str) -> bool:
    before = text[max(0, mention.start - 18) : mention.start]
    return bool(mention.noun and mention.noun not in _JOIN) or bool(
        re.search(r"\b(?:på|mellem|kun|alle|bliver|med)\s*$", before)
    )


_JOIN = frozenset({"i", "og", "til", "af", "fra", "mio", "kr"})


def _agreed_count(counts: list[Series], text: str, noun: str) -> Figure | None:
    stems = {stem(noun)} if noun else set()
    for series in counts:
        own = stem(series.first.noun.split()[-1]) if series.first.noun else ""
        if own and (own in stems or any(own == s or s.startswith(own) or own.startswith(s)
                                        for s in stems if len(s) > 3)):  # fmt: skip
            return series.first
    words = set(topic_stems(text))
    for series in counts[:8]:
        own = stem(series.first.noun.split()[-1]) if series.first.noun else ""
        if own and any(own in word or word in own for word in words if len(word) > 4):
            return series.first
    return None


def _amount(ask: Ask, figure: Figure | None) -> Series | None:
    """Return the money that is shared out: related to what is counted, else the likeliest."""
    words = set(topic_stems(figure.noun)) if figure else set()
    if _APART.search(ask.text):
        top = next((f.series for f in ask.found if f.series.first.unit is Unit.KR), None)
        whole = ask.by_id(top.agreement_id, top.first.part_of) if top else None
        if whole is not None and whole.first.unit is Unit.KR:
            return whole
    likeliest = ask.found[0]
    if is_share(likeliest.series.first) and _HALF.search(ask.text):
        return likeliest.series
    for found in ask.found[:_LIKELY]:
        one = found.series
        if one.first.unit is not Unit.KR or found.share < _FLOOR:
            continue
        if figure is None or one.id == figure.part_of or one.id == figure.series:
            return one
        label = set(topic_stems(one.label))
        if any(a in b or b in a for a in words for b in label):
            return one
    if figure is None or not words & set(topic_stems(ask.text)):
        main = main_series(ask)
        if main is not None and main.first.figure_key != (figure.figure_key if figure else None):
            return main
    return None


_LIKELY, _FLOOR = 20, 0.003
_HALF = re.compile(r"\bhalv(?:del|part)\w*")
_PART = 0.2


def _without_part(ask: Ask, whole: Series, term: Term) -> Term:
    """Take a named part out of the amount: "hold delrammen ude og del resten"."""
    wanted = operations(ask.asking)
    if Operation.DIFFERENCE not in wanted and not _APART.search(ask.text):
        return term
    for found in ask.found[:_LIKELY]:
        part = found.series
        if found.share < _PART:
            break
        if part.first.part_of == whole.id and part.first.unit is Unit.KR:
            return subtract(term, from_figure(part.first), texts.DIFFERENCE)
    return term


def _stated(figure: Figure | None) -> tuple[str, ...]:
    if figure is None or figure.qualifier in {Qualifier.EXACT, Qualifier.RANGE}:
        return ()
    said = texts.QUALIFIERS[figure.qualifier]
    return (texts.STATED_COUNT.format(qualifier=said, count=figure.place.printed),)
