"""Questions on the grundbidrag: inhabitants to kroner and back."""

from __future__ import annotations

import re

from chains.ask import Ask, own_term
from chains.calculators import basic_contribution, shares
from chains.calculators.terms import PER_INHABITANT, Term, add, from_figure
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import own_share
from chains.mentions import Mention
from corpus import calculation_texts as texts
from corpus.models import NotFoundReason, Unit

_TOPIC = re.compile(r"\bgrund?bidrag\w*|\budviklingsbidrag\w*")
_PEOPLE = re.compile(r"\bindbygger\w*|\binbygger\w*|\bborger\w*|\bmennesker|\bpersoner|"
    r"\bsjæle|\bfamilie|"
                     r"\bhoveder|\bbor\b|\bbeboere")  # fmt: skip
_RATE_OF_OWN = re.compile(
    r"\s*(?:pr\.?|per|for hver|om året pr\.?|til hver) "
    r"(?:indbygger|inbygger|borger|person|næse|snude|hoved|mand|menneske|sjæl|stk)"
)
_HIGHER = re.compile(
    r"\s*(?:kr\.?|kroner)?\s*(?:højere|mere|ekstra|oveni)\b.{0,12}\b(?:pr|per|for hver)\b"
)
_LEAST_PEOPLE = 500
"""A bare number from which on people are meant."""
_HOW_MANY = re.compile(r"\bfolkerig\w*|\bhvor (?:stor|mange) .{0,30}(?:befolkning\w*|\bbo\b|"
                       r"\bfolk\b)|"
                       r"\bindbyggergrundlag\w*|\bbefolkningstal\w*|\bindbyggertal\w*|"
                       r"\bhvor mange (?:indbyggere?|"
    r"borgere?|mennesker|personer)|"
                       r"\bantal(?:let)? (?:af )?(?:indbyggere|borgere)")  # fmt: skip
_OURS = re.compile(
    r"\b(?:hos os|vores (?:region|kommune)|alle indbyggere|vores indbyggere|"
    r"vores borgere|vores område)\b"
)
_IN_ALL = re.compile(r"\b(?:samle\w*|i alt|hele|tilsammen)\b")
_PERCENT = re.compile(r"\b(?:pct|procent)\w*")


def read(ask: Ask) -> Outcome:
    """Read a question as one about the grundbidrag."""
    text, mentions = ask.text, ask.mentions
    rates, totals = ask.role("basic_contribution"), ask.role("basic_contribution_total")
    rated = rates and any(m.amount == rates[0].amount and _RATE_OF_OWN.match(text, m.end)
                          for m in mentions.numbers)  # fmt: skip
    if not (_TOPIC.search(text) or rated) or not rates or not totals or mentions.price_levels:
        return None
    rate, total = from_figure(rates[0]), from_figure(totals[0])
    others = [m for m in mentions.of_unit(Unit.KR, Unit.KR_PER_INHABITANT)
              if m.unit is Unit.KR_PER_INHABITANT or _RATE_OF_OWN.match(text, m.end)]  # fmt: skip
    higher = next((m for m in mentions.of_unit(Unit.KR) if _HIGHER.match(text, m.end)), None)
    people = [m for m in mentions.numbers if m not in others and _is_people(m, text)]
    money = [m for m in mentions.of_unit(Unit.KR) if m not in (*people, *others)]
    used = frozenset(m.start for m in (*people, *money))
    years = [year for year in mentions.covered_years() if not rates[0].covers(year)]
    if years and (people or money):
        years_text = ", ".join(str(year) for year in years)
        said = texts.NO_YEAR.format(label=rates[0].label, years=years_text)
        return Missing(said, 1.0, reason=NotFoundReason.OTHER_YEAR_OR_AGREEMENT)
    if mentions.negative and (people or money):
        return Missing(texts.NEGATIVE, 1.0)
    if people:
        count = add([_people(m) for m in people], texts.INHABITANTS)
        if higher is not None:
            raised = add([rate, Term(texts.OWN_NUMBER, higher.amount, PER_INHABITANT, "question")])
            worked = basic_contribution.contribution(raised, count)
            return Attempt(worked, 1.0, used | {higher.start})
        other = next((m for m in others if m.amount != rate.amount), None)
        if other is not None:
            own = Term(texts.OWN_NUMBER, other.amount, PER_INHABITANT, "question")
            worked = basic_contribution.beyond_agreed(rate, own, count)
            return Attempt(worked, 1.0, used | {other.start})
        if _PERCENT.search(text):
            return Attempt(basic_contribution.share_of_total(rate, count, total), 1.0, used)
        return Attempt(basic_contribution.contribution(rate, count), 1.0, used)
    part = own_share(ask)
    if part is not None and _IN_ALL.search(text):
        return Attempt(shares.take(part[0], total, texts.OWN_PART), 1.0, used | {part[1]})
    if _OURS.search(text) and not money:
        return Missing(texts.MISSING_INHABITANTS, 1.0)
    if _HOW_MANY.search(text):
        amount = next(
            (own_term(m) for m in money if m.amount not in {total.amount, rate.amount}), total
        )
        return Attempt(basic_contribution.inhabitants(amount, rate), 1.0, used)
    if _OURS.search(text):
        return Missing(texts.MISSING_INHABITANTS, 1.0)
    return None


def _is_people(mention: Mention, text: str) -> bool:
    """Return whether a number counts people: "58.000 indbyggere", "1,3 mio. indbyggere"."""
    if mention.unit is Unit.KR and "kr" in mention.text:
        return False
    if mention.unit not in {Unit.NUMBER, Unit.KR}:
        return False
    after, before = text[mention.end :][:30], text[: mention.start][-30:]
    return bool(
        _PEOPLE.match(after.lstrip())
        or re.match(r"\s*\w* ?(?:indbygger|borger|menneske)", after)
        or re.search(r"\b(?:famili\w* på|bor|er vi|den anden|vi er|tal på)\s*$", before)
        or (
            mention.unit is Unit.NUMBER
            and not mention.noun.startswith(("mi", "kr", "år"))
            and mention.amount >= _LEAST_PEOPLE
        )
    )


def _people(mention: Mention) -> Term:
    return Term(texts.INHABITANTS, mention.amount, texts.INHABITANTS, "question")
