"""Questions on budgets against the agreed frames, and on the modregning that has no rule."""

from __future__ import annotations

import re

from chains.ask import Ask, own_term
from chains.calculators import conditional_grant
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Term, Worked, add, from_figure, subtract, take_share
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import own_share
from chains.frames.wording import operations
from chains.operands import find_operands
from corpus import calculation_texts as texts
from corpus.agreed import Figure
from corpus.models import NotFoundReason, Unit

_SET_OFF = re.compile(r"\bmodregn\w*|\bbloktilskud\w* .{0,60}(?:sat ned|sættes ned|nedsat|"
    r"beskæres)|"
                      r"\bsat ned\b.*\bmister\b")  # fmt: skip
_OVERRUN = re.compile(r"\bregnskab\w*|\boverskrid\w*|\bover (?:deres|vores|de)? ?\w*budget\w*|"
                      r"\bmerforbrug\w*|\bmere på drift")  # fmt: skip
_SIZE = re.compile(r"\b(?:hvor (?:mange|meget|stor\w*)|beløb|procentdel|hvilken|hvad bliver)\b")
_BUDGET = re.compile(r"\bbudget\w*|\bdriftsbudget\w*|\banlægsbudget\w*|\banlægs budget\w*")
_AGAINST = re.compile(
    r"\b(?:over|under|for højt|skær\w*|barber\w*|spar\w*|ramme niveau\w*|mere end|"
    r"overstiger|i forhold til|luft|plads|overskrid\w*|pilles ud|"
    r"holder|inden for|udenfor|uden for|sprænger|"
    r"råderum|langt)\b"
)
_HEALTH = re.compile(r"\bsundhed\w*|\bsygehus\w*")
_DEVELOPMENT = re.compile(r"\bregional udvikling\w*|\budviklings\w*")
_CAPITAL = re.compile(r"\banlæg\w*")
_INFLOW = re.compile(r"\bhvoraf\b|\bheraf\b|\bafløb\b.*\bpulje")


def read(ask: Ask) -> Outcome:
    """Read a question as a budget against its frame, or as one on the size of a modregning."""
    text, mentions = ask.text, ask.mentions
    grants = ask.role("conditional_grant")
    if _SET_OFF.search(text) and _OVERRUN.search(text) and _SIZE.search(text) and grants:
        return Missing(
            texts.NO_SET_OFF_RULE, 1.0, reason=NotFoundReason.NOT_STATED, figures=(grants[0],)
        )
    money = mentions.of_unit(Unit.KR)
    if (stake := _at_stake(ask)) is not None:
        return stake
    if not (_BUDGET.search(text) and _AGAINST.search(text) and money):
        return None
    frame = _frame(ask)
    if frame is None:
        return None
    years = [year for year in mentions.covered_years() if not frame.covers(year)]
    if years:
        said = texts.NO_YEAR.format(label=frame.label, years=", ".join(str(y) for y in years))
        return Missing(said, 1.0, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)
    if mentions.signed:
        return Missing(texts.NEGATIVE, 1.0)
    own = [m for m in money if m.amount != frame.amount]
    if not own:
        return None
    budget: Term = own_term(own[0])
    if len(own) > 1 and _INFLOW.search(text):
        budget = subtract(budget, own_term(own[1]), budget.name)
    used = frozenset(m.start for m in money)
    if Operation.SHARE in operations(ask.asking):
        return Attempt(work_out(Operation.SHARE, [budget, from_figure(frame)]), 1.0, used)
    return Attempt(conditional_grant.against_frame(budget, from_figure(frame)), 1.0, used)


def _at_stake(ask: Ask) -> Outcome:
    """The conditional block grant: of drift, of anlæg or both, and one's own share of it."""
    text = ask.text
    grants = ask.role("conditional_grant")
    if not (_CONDITIONAL.search(text) or ask.score_of("conditional_grant") > _TOPIC) or not grants:
        return None
    wanted = operations(ask.asking)
    named = {area for area in ("drift", "anlæg") if re.search(rf"\b{area}", text)}
    chosen = [g for g in grants if not named or g.area in named]
    if len(named) == 1 and len(chosen) != 1:
        return None
    others = [o for o in find_operands(ask) if o.series.first.role != "conditional_grant"
              and o.series.id != grants[0].part_of]  # fmt: skip
    if len([o for o in others if o.share > _OTHER and o.score > _TOPIC]) > 1:
        return None
    compared = {Operation.RATIO, Operation.DIFFERENCE} & set(wanted[:1])
    if (
        Operation.SHARE in wanted[:1]
        and len(named) == len(chosen) == 2
        and _IN_PERCENT.search(text)
    ):
        terms = sorted((from_figure(g) for g in chosen), key=lambda t: text.find(t.figure.area))  # type: ignore[union-attr]
        return Attempt(work_out(Operation.SHARE, terms), 1.0)
    if compared and len(named) == len(chosen) == 2:
        terms = sorted((from_figure(g) for g in chosen), key=lambda t: t.amount, reverse=True)
        return Attempt(work_out(wanted[0], terms), 1.0)
    own, ours = own_share(ask), _OUR_SHARE.search(text) is not None
    years = [y for y in ask.mentions.covered_years() if not grants[0].covers(y)]
    if years and (own or wanted):
        said = texts.NO_YEAR.format(label=chosen[0].label, years=", ".join(map(str, years)))
        return Missing(said, 1.0, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)
    together = add([from_figure(g) for g in chosen], texts.IN_ALL)
    if Operation.SHARE in wanted and own is None and not ours and _OF_GRANT.search(text):
        whole = ask.by_id(grants[0].agreement_id, grants[0].part_of)
        if whole is not None:
            worked = work_out(Operation.SHARE, [together, from_figure(whole.first)])
            return Attempt(worked, 1.0)
    whole = ask.by_id(grants[0].agreement_id, grants[0].part_of)
    if Operation.DIFFERENCE in wanted and own is None and whole is not None:
        left = subtract(from_figure(whole.first), together, texts.DIFFERENCE)
        return Attempt(Worked(conditional_grant.NAME, left), 1.0)
    if own is not None and Operation.SHARE not in wanted:
        worked = Worked(conditional_grant.NAME, take_share(own[0], together, texts.OWN_PART))
        return Attempt(worked, 1.0, frozenset({own[1]}))
    if ours and own is None:
        return Missing(texts.MISSING_SHARE, 1.0)
    if (Operation.SUM in wanted or len(named) > 1) and len(chosen) > 1 and len(named) != 1:
        return Attempt(Worked(conditional_grant.NAME, together), 1.0)
    return None


_TOPIC, _OTHER = 0.45, 0.04
_CONDITIONAL = re.compile(
    r"\bbeting\w*|\bbloktilskud\w*.{0,60}\b(?:på spil|i spil|i klemme|i fare|i farezonen)\b"
)
_OF_GRANT = re.compile(r"\b(?:af|udgør) .{0,30}bloktilskud\w*")
_IN_PERCENT = re.compile(
    r"(?:drift|anlæg)\w* (?:\w+ ){0,4}i (?:pct|procent)\.? af (?:\w+ )?(?:drift|anlæg)"
)
_OUR_SHARE = re.compile(r"\b(?:vores|min|egen)(?: \w+)? (?:procent)?andel\b")


def _frame(ask: Ask) -> Figure | None:
    text = ask.text
    if _CAPITAL.search(text):
        frames = ask.role("capital_ceiling")
    elif _DEVELOPMENT.search(text):
        frames = ask.role("operating_ceiling", "regional udvikling")
    elif _HEALTH.search(text):
        frames = ask.role("operating_ceiling", "sundhed")
    else:
        frames = []
    return frames[0] if frames else None
