"""What several frames need: the years asked for, the asker's own share, the main series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chains.ask import Ask, own_term
from chains.calculators import series
from chains.calculators.arithmetic import Operation
from chains.calculators.terms import Term, Worked, average
from chains.frames.wording import asks_for_more
from chains.lookup import topic_stems
from chains.mentions import Mention
from chains.operands import agreed_numbers
from chains.subjects import Value, Years, spread
from corpus import calculation_texts as texts
from corpus.agreed import Per, Series
from corpus.models import Unit

ENOUGH = 0.16
"""Share from which on the likeliest series is what the question is about."""
_OWN_SHARE = re.compile(
    r"\d (?:pct\.?|procent|%) af\b|\b(?:\w*andel\w*|vi|vores|os|region|kommune|får|står|bærer|"
    r"tegner|plejer|tage|falder|part)\b"
)
_REFORM_YEAR = re.compile(r"\b(?:reform\w*|\w*aftale\w*)(?: \w+)? fra (?:\w+ )?((?:19|20)\d\d)\b|"
                          r"\bfra sommeren ((?:19|20)\d\d)\b")  # fmt: skip


_APART = re.compile(r"\b(?:efter|siden|før|inden|end|ligesom) ((?:19|20)\d\d)\b")


def years_of(ask: Ask, wanted: Sequence[Operation]) -> Years:
    """Return the years that a question asks for; those that name an agreement are not."""
    mentions = ask.mentions
    naming = {int(next(filter(None, groups))) for groups in _REFORM_YEAR.findall(ask.text)}
    listed = list(ask.years)
    if not mentions.spans:
        listed = [year for year in listed if year not in naming] or []
    beside = {int(year) for year in _APART.findall(ask.text)}
    spanned = {
        y for span in mentions.spans for y in range(span.first, (span.last or span.first) + 1)
    }
    listed = [year for year in listed if year not in beside - spanned] or listed
    span = mentions.spans[0] if len(mentions.spans) == 1 else None
    if span and span.last and mentions.duration == span.last - span.first + 1:
        listed = list(range(span.first, span.last + 1))  # a year outside is told, not asked for
    if len(listed) == 2 and not mentions.spans:
        between = listed[1] - listed[0]
        if mentions.duration in {between, between + 1}:
            listed = listed[:1]  # "fra 2021, tages op igen i 2025: de fire år"
    if mentions.duration and len(listed) == 1 and mentions.duration > 1:
        listed = list(range(listed[0], listed[0] + mentions.duration))
    in_all = Operation.SUM in wanted and _EACH_YEAR.search(ask.asking) is None
    return Years(tuple(listed), in_all, mentions.duration)


_EACH_YEAR = re.compile(
    r"\b(?:får|gives|betal\w*|bidrag\w*|afsat|er der) (?:\w+ ){0,2}(?:pr\.? år|om året|årligt)\b"
)


def own_share(ask: Ask, taken: Sequence[int] = ()) -> tuple[Term, int] | None:
    """Return the asker's own share in per cent and where it stands."""
    if not _OWN_SHARE.search(ask.text):
        return None
    agreed = agreed_numbers(ask)
    for mention in ask.mentions.of_unit(Unit.PCT):
        if mention.start not in taken and mention.start not in agreed:
            return own_term(mention, texts.OWN_SHARE), mention.start
    return None


def is_more_asked(ask: Ask, one: Series) -> bool:
    """Return whether "flere" is a figure's own word ("ekstra sygeplejersker") and no difference."""
    return "ekstra" in one.label and asks_for_more(ask.asking)


def own_money(ask: Ask) -> list[Mention]:
    """Return the amounts of the question that no agreed figure says."""
    agreed = agreed_numbers(ask)
    return [m for m in ask.mentions.of_unit(Unit.KR) if m.start not in agreed]


def all_money(ask: Ask) -> frozenset[int]:
    """Return where the amounts of the question begin."""
    return frozenset(m.start for m in ask.mentions.of_unit(Unit.KR))


def main_series(ask: Ask, *units: Unit, enough: float = ENOUGH) -> Series | None:
    """Return the likeliest series of some units, None where none is likely enough.

    Its share is taken among the series of those units.
    """
    named = {one.id for one in agreed_numbers(ask).values()}
    if len(named) == 1 and (not units or Unit.KR in units):
        only = next(f for f in ask.found if f.series.id in named)
        if only.share > _FLOOR or only.series.first.unit is Unit.KR:
            return only.series
    fitting = [f for f in ask.found if not units or f.series.first.unit in units]
    whole = sum(f.share for f in fitting) or 1.0
    if fitting and fitting[0].share / whole >= enough and fitting[0].share > _FLOOR:
        return fitting[0].series
    return None


_FLOOR = 0.02


SHARE_ASKED = re.compile(r"\bpct\b|\bprocent\w*|\bandel(?:en)?\b(?!.*\bkr\b)")


def asks_share(ask: Ask) -> bool:
    """Return whether a share is asked for and not the money that it comes to."""
    own = ask.mentions.unit_asked or ask.mentions.of_unit(Unit.PCT)
    return SHARE_ASKED.search(ask.asking) is not None and not own


def names_subject(ask: Ask) -> bool:
    """Return whether any word of the question says what it is about."""
    return bool(topic_stems(ask.text)) or bool(agreed_numbers(ask))


_PER_YEAR = re.compile(
    r"\b(?:pr\.? år|om året|i snit om|årlig\w* (?:gennemsnit\w*|snit\w*)|års(?:gennemsnit|snit)\w*|"
    r"(?:gennemsnit|snit)\w* .{0,20}år|hvert år)\b"
)
_EVENLY = re.compile(r"\b(?:jævnt|lige meget|\w*gennemsnit\w*|\w*snit|ligeligt)\b")
_YEARS_NAMED = re.compile(r"\bår\w*|\b(?:19|20)\d\d\b")


def averaged(
    ask: Ask, value: Value, wanted: Sequence[Operation], calculator: str = series.NAME
) -> Worked:
    """Return the mean over years where it is asked for, else the sum."""
    figure = next((t.figure for t in value.term.inputs if t.figure and t.figure.per is Per.TOTAL),
                  value.series.first)  # fmt: skip
    per_year = _PER_YEAR.search(ask.text) or (
        _EVENLY.search(ask.text) and _YEARS_NAMED.search(ask.text)
    )
    if (
        figure.per is Per.TOTAL
        and figure.period
        and figure.period.last
        and per_year
        and (_EVENLY.search(ask.text) or Operation.AVERAGE in wanted)
    ):
        return spread(value, figure.period.last - figure.period.first + 1)
    if value.rows and Operation.AVERAGE in wanted:
        mean = average([row.term for row in value.rows], texts.AVERAGE)
        return Worked(series.NAME, mean, value.rows, by_year=True)
    return value.worked(calculator)
