"""Questions on nærhedsfinansiering: amount, number of fulfilled criteria, kept or settled."""

from __future__ import annotations

import re
from decimal import Decimal

from chains.ask import Ask, own_term
from chains.calculators import proximity_funding
from chains.calculators.terms import Term, from_figure, take_share
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.mentions import Mention
from corpus import calculation_texts as texts
from corpus.agreed import Figure
from corpus.models import Unit

_TOPIC = re.compile(r"\bnærheds-?\s?(?:fin|pulje|penge|midler|tilskud|model|pose|kasse)\w*|"
                    r"\b\d (?:ud )?af (?:de )?4 (?:mål|krav|kriteri|betingelse)|"
                    r"\bnærhedskriteri\w*|\b(?:kriteri|krav)\w*.{0,60}\bnære\b|"
                    r"\befterreguler\w*|\b(?:det|de) nære (?:tilskud|penge|midler)")  # fmt: skip
_CRITERION = re.compile(
    r"\b(?:mål\w*|(?:nærheds)?kriteri\w*|kriterie\w*|betingelse\w*|krav\w*|delmål\w*)\b"
)
_NONE = re.compile(
    r"\b(?:ingen|intet|ikke (?:\w+ )?(?:én|ét|et|en|1) eneste|ikke (?:én|ét|1)\b|ikke nogen|"
    r"nul|0)\b.{0,25}"
    r"(?:mål|kriteri|nå|opfyld|lykkes|betingelse|krav)|"
    r"\brammer ingen|\bingen af (?:dem|målene|kriterierne)"
)
_ALL = re.compile(r"\balle (?:de )?(?:(?:fire|4) )?(?:mål|kriteri|krav|betingelse|delmål)\w*|"
                  r"\balle (?:fire|4)\b|\bsamtlige\b")  # fmt: skip
_MISSED = re.compile(
    r"\b(?:ikke (?:bliver |er |blev )?(?:nå|opfyld|lykkes|indfri)\w*|glipper|mangler|misser|"
    r"missede|"
    r"mislykkes|dumper|kiks\w*|fejler|ikke når|ikke i mål|glippet|bliver ikke|svigter)\b"
)
_SETTLED = re.compile(
    r"\b(?:retur|tilbagebetal\w*|betales? tilbage|betale \w* ?tilbage|betal\w* .{0,30}tilbage|"
    r"tilbagebetaling|aflevere\w*|efterregul\w*|mister?|miste|af med|"
    r"lever\w* .{0,20}tilbage|(?:går|gå) glip af|"
    r"ofre\w*|sende\w* .{0,20}(?:retur|"
    r"tilbage)|"
    r"gå\w* (?:retur|tilbage)|ryger|koster|trækkes|modregn\w*|tab\w*|tilbage til staten)\b"
)
_KEPT = re.compile(r"\b(?:behold\w*|bliver i|forbliver|har (?:vi|de|den) tilbage|"
    r"tilbage (?:har|hos|,)|"
                   r"får lov|holde på|sikre[rt]?|stå\w* tilbage)\b")  # fmt: skip
_STEP = re.compile(
    r"\b(?:værd|gevinst\w*|forskel\w*|ekstra|mere|merværdi\w*|oven ?(?:i|på)|flere|glip af|"
    r"i også at nå|ét til|"
    r"et til|én til|1 til|"
    r"frem for|i ?stedet for|kontra)\b"
)
_CRITERIA = re.compile(r"\b(?:del)?mål\w*|\bkriteri\w*|\bkrav\w*|\bbetingelse\w*")
_NOT_ALL = re.compile(r"\bik(?:ke)? (?:\w+ ){0,2}(?:når?|opfylder?|klarer?|"
                      r"indfrier?) (?:helt )?alle\b|"
                      r"\bik(?:ke)? alle\b")  # fmt: skip
_UNSURE = re.compile(r"\b(?:nogle|et par|enkelte|flere) af (?:mål|kriteri|dem|krav)\w*")


def read(ask: Ask) -> Outcome:
    """Read a question as one about nærhedsfinansiering."""
    text = ask.text
    topic = max(0.9 * bool(_TOPIC.search(text)), ask.score_of("retained_share"))
    amounts, table = ask.role("proximity_funding"), ask.role("retained_share")
    criteria = ask.role("criteria_count")
    if topic < _ENOUGH or not (amounts and table and criteria):
        return None
    if _COUNT_ASKED.search(ask.asking):
        return None
    count = int(criteria[0].amount)
    fulfilled, used, bad = _fulfilled(ask, count)
    if bad:
        return Missing(texts.CRITERIA_RANGE.format(count=count), 1.0)
    wants_step = len(fulfilled) > 1 or (_STEP.search(text) and not _SETTLED.search(text)
                                        and not _KEPT_ONE.search(text))  # fmt: skip
    money = list(ask.mentions.of_unit(Unit.KR))
    shares = [m for m in ask.mentions.of_unit(Unit.PCT) if m.amount not in _values(table)]
    asks_effect = _SETTLED.search(text) or _KEPT.search(text) or wants_step
    if not fulfilled:
        by_word = _SETTLED.search(text) or _KEPT.search(text) or _CRITERIA.search(text)
        if wants_step and not by_word:
            return None  # "forskellen mellem nærhedsfinansieringen og ..." is no step
        if asks_effect and (money or shares or _CALCULATE.search(text) or wants_step
                            or _UNSURE.search(text) or _SETTLED.search(text)):  # fmt: skip
            return Missing(texts.MISSING_CRITERIA, topic, choices=_choices(count))
        return None
    base = from_figure(amounts[0])
    own = next((m for m in money if m.amount not in _printed(amounts[0])), None)
    if own is not None:
        base, used = own_term(own, texts.OWN_PART), used | {own.start}
    used |= {m.start for m in money if m.amount in _printed(amounts[0])}
    if shares:
        share = own_term(shares[0], texts.OWN_SHARE)
        if not 0 <= share.amount <= 100:
            return Missing(texts.SHARE_RANGE, 1.0)
        base, used = take_share(share, base, texts.OWN_PART), used | {shares[0].start}
    rows = [_share(table, number) for number in fulfilled]
    if not (
        asks_effect or money or shares or ask.mentions.unit_asked or ask.reading.wants in _MONEY
    ):
        return None  # "hvor mange procent beholder man ved to mål?" is a lookup
    plain = not (money or shares or ask.mentions.unit_asked) and len(rows) == 1
    if plain and _SHARE_ASKED.search(ask.asking):
        return None
    if len(rows) > 1:
        low, high = sorted(fulfilled)[0], sorted(fulfilled)[-1]
        worked = proximity_funding.one_more(base, _share(table, low), _share(table, high))
    else:
        side = "settled" if _is_settled(text) else "kept"
        worked = proximity_funding.settle(base, rows[0], side)  # type: ignore[arg-type]
    return Attempt(worked, 1.0, frozenset(used))


_ENOUGH = 0.5
_COUNT_ASKED = re.compile(r"\bhvor mange (?:af )?(?:de )?(?:\w+ )?(?:kriteri|mål\b|målene|"
    r"krav|betingelse)|"
                          r"\bantal(?:let)? (?:af )?(?:kriteri|mål)")  # fmt: skip
_SHARE_ASKED = re.compile(r"\bandel\w*|\banddel\w*|\bprocent\w*|\bpct\b|\bhvor stor (?:en )?del\b")
_MONEY = ("money", "amount")
_CALCULATE = re.compile(r"\bregn\b|\bberegne?\b|\bhvor mange (?:mio|kr|mia)|\bbeløbet\b")
_KEPT_ONE = re.compile(r"\b(?:behold\w*)\b(?!.*\bmere\b)")


def _is_settled(text: str) -> bool:
    if _SPARED.search(text):
        return False
    settled, kept = _SETTLED.search(text), _KEPT.search(text)
    if settled and kept:
        return settled.start() > kept.start() and not _KEPT_LAST.search(text)
    return settled is not None


_SPARED = re.compile(r"\b(?:slipper?|undgår?|fri for)\b")
_KEPT_LAST = re.compile(r"\bhvad (?:har|beholder|bliver)|\bhvor meget beholder")


def _values(table: list[Figure]) -> set[Decimal]:
    return {figure.amount for figure in table}


def _printed(figure: Figure) -> set[Decimal]:
    return {place.quantity.amount for place in (figure.place, *figure.repeats)}


def _share(table: list[Figure], fulfilled: int) -> Term:
    """Return the share that stays; the last row of the table is "3+"."""
    for figure in table:
        if figure.key == str(fulfilled):
            return from_figure(figure)
    last = max(table, key=lambda figure: int(figure.key.rstrip("+")))
    return from_figure(last)


def _choices(count: int) -> tuple[str, ...]:
    return tuple(f"{number} {texts.CRITERIA}" for number in range(count + 1))


def _fulfilled(ask: Ask, count: int) -> tuple[list[int], set[int], bool]:
    """Return the numbers of fulfilled criteria, where they stand, and whether one is impossible."""
    text = ask.text
    numbers = [m for m in ask.mentions.of_unit(Unit.NUMBER) if _counts_criteria(text, m)]
    used = {m.start for m in numbers}
    if ask.mentions.negative and numbers:
        return [], used, True
    numbers = [m for m in numbers if not _ONE_MORE.match(text[m.end : m.end + 24])]
    if _HALF_OF.search(text):
        numbers = [m for m in numbers if m.amount != count]
        half = count // 2
        return [count - half if _MISSED.search(text) else half], used, False
    of_all = [m for m in numbers if _OUT_OF.search(text[: m.start][-14:])]
    own = [m for m in numbers if m not in of_all]
    if any(m.amount != m.amount.to_integral_value() or not 0 <= m.amount <= count for m in own):
        return [], used, True
    values = [int(m.amount) for m in own]
    if (numbered := _NUMBERED.search(text)) is not None and 1 <= int(numbered[1]) <= count:
        return [int(numbered[1]) - 1, int(numbered[1])], used, False
    if _THIRD.search(text):
        values += [int(_ORDINALS[m[1] or m[2]]) for m in _THIRD.finditer(text)]
    if _NOT_ALL.search(text) and not values:
        return [], used, False
    if _ALL.search(text) and _MISSED.search(text):
        return [0], used, False
    if _NONE.search(text):
        values = [0, *[v for v in values if v and (v != count or len(values) > 1)]]
        if not _STEP.search(text) or not any(values):
            return [0], used, False
    elif _ALL.search(text):
        values = [v for v in values if v != count] + [count]
    elif (
        len(values) > 1 and count in values and not _STEP.search(text) and not _FROM_TO.search(text)
    ):
        values = [v for v in values if v != count] or values
    values = list(dict.fromkeys(values))
    if len(values) == 1 and _MISSED.search(text) and not _NONE.search(text):
        values = [count - values[0]]
    if len(values) == 1 and _STEP_UP.search(text):
        values = [values[0], min(count, values[0] + 1)]
    return values, used, False


_ONE_MORE = re.compile(r"\s*(?:mål |kriterium )?(?:til|mere)\b(?! \d)")
_HALF_OF = re.compile(r"\bhalvdelen af (?:de |kriteri|mål|krav)")
_OUT_OF = re.compile(r"\b(?:af|ud af)(?: de)? $")
_FROM_TO = re.compile(r"\bfra \d til \d\b|\b\d og \d\b|\b\d (?:frem for|kontra|i stedet for) \d\b")
_STEP_UP = re.compile(r"\b1 (?:mål |kriterium )?(?:til|mere)\b(?! \d)|\bdet næste\b")
_ORDINALS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}
_THIRD = re.compile(
    r"\b(?:det )?(første|andet|tredje|fjerde)\b(?= (?:\w+ )?(?:kriteri|mål|krav))|"
    r"\bdet (første|andet|tredje|fjerde)\b"
)
_NUMBERED = re.compile(r"\b(?:mål|kriterium|krav) (?:nummer|nr\.?) (\d)\b")


_OTHER_THING = re.compile(r"region|kommun|stat|år|måned|hospital|ton|person")


def _counts_criteria(text: str, mention: Mention) -> bool:
    after = text[mention.end : mention.end + 60]
    before = text[max(0, mention.start - 40) : mention.start]
    if mention.amount > 10 or _OTHER_THING.match(mention.noun):
        return False
    return (
        _CRITERION.match(mention.noun) is not None
        or re.match(
            r"\s*(?:af|ud af|af de|opfyld|nåe|i mål|og \d|til \d|frem for|kontra|\?|,|/)", after
        )
        is not None
        or _CRITERION.search(before) is not None
        or re.match(r".{0,25}(?:mål|kriteri|krav|betingelse)", after) is not None
    )
