"""Questions that put two or more numbers together: sum, difference, share, ratio, average."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise

from chains.ask import Ask, is_share, own_term
from chains.calculators import series
from chains.calculators.arithmetic import Operation, work_out
from chains.calculators.terms import Term, add, from_figure, subtract
from chains.frames.attempt import Attempt, Missing, Outcome
from chains.frames.common import main_series, own_money, years_of
from chains.frames.wording import operations
from chains.lookup import topic_stems
from chains.mentions import Mention
from chains.operands import Operand, agreed_numbers, find_operands
from chains.subjects import Years, value_of
from chains.understand import Wants
from corpus import calculation_texts as texts
from corpus.agreed import Per, Series
from corpus.models import Unit
from corpus.words import stem, tokenize

_BINARY = (Operation.RATIO, Operation.CHANGE, Operation.SHARE, Operation.DIFFERENCE)
_GROWTH = {*_BINARY, Operation.AVERAGE}
_MINUS = re.compile(r"\bminus\b|−|\btrækker\b|\bfratrukket\b")
_WHOLE_AFTER = re.compile(r"\b(?:af|i pct\.? af|i procent af|i forhold til|ud af)\s")


def read(ask: Ask) -> Outcome:
    """Read a question as arithmetic over two or more numbers."""
    wanted = operations(ask.asking)
    if not wanted:
        return None
    if ask.mentions.signed:
        return Missing(texts.NEGATIVE, 1.0)
    return (
        _of_both(ask, wanted)
        or _growth(ask, wanted)
        or _replaced(ask, wanted)
        or _own_and_figure(ask, wanted)
        or _figures(ask, wanted)
        or _of_its_whole(ask, wanted)
        or _of_its_total(ask, wanted)
    )


def _growth(ask: Ask, wanted: list[Operation]) -> Outcome:
    """One series in two years."""
    years = list(dict.fromkeys(ask.mentions.years))
    ends = [y for span in ask.mentions.spans for y in (span.first, span.last or span.first)]
    years = list(dict.fromkeys([*years, *ends]))
    if len(years) != 2 or not set(wanted) & _GROWTH:
        return None
    if Operation.AVERAGE in wanted and ask.mentions.spans:
        return None
    main = main_series(ask)
    if main is None or _others(ask, main):
        return None
    points = [value_of(ask, main, Years((year,), in_all=False)) for year in sorted(years)]
    if points[0] is None or points[1] is None:
        return None
    old, new = points[0].term, points[1].term
    if old.amount == new.amount and not main.is_yearly:
        return None  # the same amount each year: no series
    if Operation.AVERAGE in wanted:
        return Attempt(work_out(Operation.AVERAGE, [old, new]), 0.95, _all_money(ask))
    if Operation.RATIO in wanted:
        return Attempt(work_out(Operation.RATIO, [new, old]), 0.95)
    percent = Operation.DIFFERENCE not in wanted or Operation.CHANGE in wanted
    if not percent and old.amount > new.amount and _LESS.search(ask.asking):
        old, new = new, old  # "hvor meget mindre", "hvor meget større ... end"
    return Attempt(series.growth(old, new, in_percent=percent), 0.95)


def _of_both(ask: Ask, wanted: list[Operation]) -> Outcome:
    """One of two named parts in per cent of both: "af A og B's indkøb, hvor mange pct. var A's"."""
    if wanted[0] is not Operation.SHARE or not _AND.search(ask.text):
        return None
    likely = [f.series for f in ask.found[:_FEW] if f.share > _LEAST and f.series.first.part_of]
    for a, b in combinations(likely, 2):
        if (a.agreement_id, a.first.part_of) != (b.agreement_id, b.first.part_of):
            continue
        counts = [_times_named(ask, one, other) for one, other in ((a, b), (b, a))]
        if min(counts) == 1 and max(counts) > 1:
            part, other = (a, b) if counts[0] > 1 else (b, a)
            terms = [value_of(ask, one, years_of(ask, wanted)) for one in (part, other)]
            if terms[0] is None or terms[1] is None:
                return None
            both = add([terms[0].term, terms[1].term], texts.IN_ALL)
            return Attempt(work_out(Operation.SHARE, [terms[0].term, both]), 0.95)
    return None


_FEW, _LEAST = 6, 0.02


def _times_named(ask: Ask, one: Series, other: Series) -> int:
    """Return how often the question says a word of one label that the other has not."""
    own = set(topic_stems(one.label)) - set(topic_stems(other.label))
    words = [stem(word) for word in tokenize(ask.text)]
    return max((sum(word.startswith(s) for word in words) for s in own), default=0)


_LESS = re.compile(r"\b(?:end|mindre|lavere|lettere|færre|fald\w*|billigere)\b")
_SURE = 0.75


def _others(ask: Ask, main: Series) -> list[Operand]:
    return [
        o
        for o in find_operands(ask)
        if o.series.id != main.id
        and o.series.first.part_of != main.id
        and o.score > _SURE
        and o.share > _LIKELY
        and o.series.first.unit is main.first.unit
    ]


_LIKELY = 0.1


def _all_money(ask: Ask) -> frozenset[int]:
    return frozenset(m.start for m in ask.mentions.of_unit(Unit.KR))


def _replaced(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A level and the one it took the place of."""
    main = main_series(ask, Unit.KR)
    if main is None or not set(wanted) & {Operation.CHANGE, Operation.DIFFERENCE}:
        return None
    old = ask.by_id(main.agreement_id, main.first.replaces)
    if old is None or not _OLD_AND_NEW.search(ask.text):
        return None
    terms = [from_figure(old.first), from_figure(main.first)]
    if Operation.CHANGE in wanted:
        return Attempt(work_out(Operation.CHANGE, terms), 0.9, _all_money(ask))
    return Attempt(work_out(Operation.DIFFERENCE, terms[::-1]), 0.9, _all_money(ask))


_OLD_AND_NEW = re.compile(
    r"\b(?:sat op|hævet|gamm?el\w*|nye?t?\b|før|hidtil\w*|dyrere|"
    r"stig\w*|højere|løft\w*)"
)


def _of_its_whole(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A figure in per cent of the one it is a part of, or that one without it."""
    main = main_series(ask, Unit.KR)
    apart = Operation.DIFFERENCE in wanted and _TAKEN_OUT.search(ask.text) is not None
    if main is None or not (Operation.SHARE in wanted or apart) or own_money(ask):
        return None
    named = list(agreed_numbers(ask).values())
    if named and main.id == named[0].id and Operation.SHARE in wanted:
        inside = [f for f in ask.found[:_FEW] if f.series.first.part_of == main.id]
        if inside and inside[0].share > _PART:
            terms = [from_figure(inside[0].series.first), from_figure(main.first)]
            return Attempt(work_out(Operation.SHARE, terms), 0.9, _all_money(ask))
    whole = ask.by_id(main.agreement_id, main.first.part_of)
    second = ask.found[1].series
    if second.first.part_of == main.id and ask.found[1].share > _PART:
        main, whole = second, main
    if whole is None or whole.first.unit is not Unit.KR or main.first.unit is not Unit.KR:
        return None
    number = ask.words.series.index(whole)
    if float(ask.words.score(ask.text).coverage[number]) < _NAMES_WHOLE:
        return None
    years = years_of(ask, wanted)
    part, total = value_of(ask, main, years), value_of(ask, whole, years)
    if part is None or total is None:
        return None
    terms = [total.term, part.term] if apart else [part.term, total.term]
    if not apart and _WITHOUT.search(ask.text):
        terms = [part.term, subtract(total.term, part.term, texts.DIFFERENCE)]
    operation = Operation.DIFFERENCE if apart else Operation.SHARE
    return Attempt(work_out(operation, terms), 0.9, _all_money(ask))


def _of_its_total(ask: Ask, wanted: list[Operation]) -> Outcome:
    """A party's part of a stated total in per cent of it."""
    main = main_series(ask, Unit.KR)
    named = ask.mentions.parties
    if main is None or not main.is_total or Operation.SHARE not in wanted or len(named) != 1:
        return None
    parts = [c for c in ask.children(main) if c.first.party == named[0] and c.is_total]
    if len(parts) != 1 or own_money(ask):
        return None
    terms = [from_figure(parts[0].first), from_figure(main.first)]
    return Attempt(work_out(Operation.SHARE, terms), 0.9, _all_money(ask))


_TAKEN_OUT = re.compile(
    r"\b(?:uden|rens\w*|skræl\w*|før|inden|fratrukket|fraregnet|ud af|trukket|træk\w*|"
    r"til overs|tilbage|resten)\b"
)
_WITHOUT = re.compile(r"\bi forhold til\b.{0,60}\b(?:havde|ville|var)\b.{0,40}\buden\b")
_NAMES_WHOLE, _PART = 0.3, 0.12


def _own_and_figure(ask: Ask, wanted: list[Operation]) -> Outcome:
    """The asker's own number and an agreed figure."""
    binary = [op for op in wanted if op in _BINARY]
    own = own_money(ask) or [m for m in ask.mentions.of_unit(Unit.NUMBER) if _is_thing(m, ask)]
    if not binary or len(own) != 1:
        return None
    mention = own[0]
    unit = Unit.KR if mention.unit is Unit.KR else Unit.NUMBER
    if unit is Unit.NUMBER and "mio" in mention.text:
        unit = Unit.NUMBER
    main = _like(ask, unit)
    if main is None or main.first.role == "criteria_count":
        return None
    alike = [f for f in ask.found if f.series.first.unit is main.first.unit]
    if not any(f.series is main and f.share > _ABOUT * sum(a.share for a in alike) for f in alike):
        return None
    if _two_alike(ask, main):
        return Missing(texts.WHICH_FIGURE, 0.95, _labels(ask, main))
    value = value_of(ask, main, years_of(ask, wanted))
    if value is None:
        return None
    mine, agreed = own_term(mention), value.term
    if unit is Unit.NUMBER:
        agreed = Term(agreed.name, agreed.amount, agreed.unit, agreed.source, agreed.figure,
                      agreed.high, agreed.year)  # fmt: skip
    used = frozenset({mention.start})
    match binary[0]:
        case Operation.SHARE:
            terms = [agreed, mine] if _own_is_whole(ask, mention) else [mine, agreed]
            if terms[0].amount > terms[1].amount and not _EXPLICIT.search(ask.text):
                terms.reverse()
        case Operation.CHANGE:
            terms = [agreed, mine]
        case _:
            terms = sorted([mine, agreed], key=lambda t: t.amount, reverse=True)
    return Attempt(work_out(binary[0], terms), 0.9, used)


def _is_thing(mention: Mention, ask: Ask) -> bool:
    stated = {figure.amount for found in ask.found[:2] for figure in found.series.figures}
    own = mention.start not in agreed_numbers(ask) and mention.amount not in stated
    return mention.amount > 1 and own and bool(mention.noun)


_ABOUT = 0.25
_EXPLICIT = re.compile(r"\bi (?:pct\.?|procent) af\b|\bi forhold til\b|\bpct\.? af\b")


def _own_is_whole(ask: Ask, mention: Mention) -> bool:
    """Return whether the own number follows "af": "... pct. af et budget på 44 mio."."""
    before = ask.text[max(0, mention.start - 30) : mention.start]
    return re.search(r"\baf (?:en|et|vores) (?:\w+ ){0,3}på $", before) is not None


def _like(ask: Ask, unit: Unit) -> Series | None:
    return main_series(ask, unit)


def _two_alike(ask: Ask, main: Series) -> bool:
    """Return whether two figures fit alike that differ in nothing the question decides."""
    scores = ask.words.score(ask.text).score
    fitting = [f for f in ask.found if f.series.first.unit is main.first.unit]
    fitting = sorted(fitting, key=lambda f: -scores[f.number])[:2]
    if len(fitting) < 2:
        return False
    first, second = (f.series.first for f in fitting)
    twins = (first.role, first.channel) == (second.role, second.channel) and bool(
        first.role or first.channel
    )
    near = scores[fitting[0].number] - scores[fitting[1].number] < _ALIKE
    return twins and near and not _AREA.search(ask.text)


_ALIKE = 0.1
_AREA = re.compile(r"\b(?:sundhed\w*|sygehus\w*|regional udvikling|udvikling\w*|anlæg\w*)\b")


def _labels(ask: Ask, main: Series) -> tuple[str, ...]:
    fitting = [f.series for f in ask.found if f.series.first.unit is main.first.unit][:3]
    return tuple(one.label for one in fitting)


def _figures(ask: Ask, wanted: list[Operation]) -> Outcome:
    """Two or more agreed figures."""
    operation = wanted[0]
    operands = _of_named_party(ask, _operands(ask, wanted))
    if operation in {Operation.SUM, Operation.AVERAGE}:
        if _SPREAD.search(ask.asking) and ask.found[0].share > _CLEAR:
            return None
        operands = [o for o in _without_wholes(_listed(ask, operands)) if _meant(o)]
    else:
        operands = [o for o in operands if _meant(o, _NAMED_OF_TWO)]
    if len(operands) < 2:
        return None
    years = years_of(ask, wanted)
    terms: list[tuple[Operand, Term]] = []
    for operand in operands:
        own_years = _years_in(ask, operand) or years
        if operand.series.first.per is not Per.YEAR and not _years_in(ask, operand):
            own_years = Years((), in_all=False)
        value = value_of(ask, operand.series, own_years)
        if value is None:
            return None
        terms.append((operand, _supposed(ask, operand) or value.term))
    if len({_dimension(t) for _, t in terms}) > 1:
        counts = ask.reading.wants is Wants.COUNT
        terms = [pair for pair in terms if pair[1].is_money != counts]
    if len(terms) < 2:
        return None
    used = _all_money(ask) | frozenset(m.start for m in ask.mentions.of_unit(Unit.PCT))
    if operation in {Operation.SUM, Operation.AVERAGE}:
        return Attempt(work_out(operation, [t for _, t in terms]), 0.9, used)
    if operation is Operation.CONVERT:
        return None
    return Attempt(work_out(operation, _in_order(ask, operation, terms[:2])), 0.9, used)


def _of_named_party(ask: Ask, operands: list[Operand]) -> list[Operand]:
    """Drop another party's part of a theme where the question names one party alone."""
    named = ask.mentions.parties
    if len(named) != 1:
        return operands
    swapped = [replace(o, series=_counterpart(ask, o.series, named[0])) for o in operands]
    operands = list({(o.series.agreement_id, o.series.id): o for o in swapped[::-1]}.values())[::-1]
    themes = {o.series.first.theme for o in operands if o.series.first.receiver in named}
    return [
        o
        for o in operands
        if o.series.first.receiver in {"", *named} or o.series.first.theme not in themes - {""}
    ]


def _counterpart(ask: Ask, one: Series, party: str) -> Series:
    """Return the named party's series of the same thing, if a series is another's."""
    if one.first.receiver in {"", party}:
        return one
    same = [f.series for f in ask.found if f.series.first.receiver == party
            and f.series.agreement_id == one.agreement_id
            and f.series.first.theme == one.first.theme
            and set(topic_stems(one.label)) <= set(topic_stems(f.series.label))]  # fmt: skip
    return same[0] if same else one


_SPREAD = re.compile(r"\b(?:om året|pr\.? år|jævnt|ligeligt|hvert år)\b")
_CLEAR = 0.5


def _without_wholes(operands: list[Operand]) -> list[Operand]:
    """Drop what is the whole of another operand: parts are never added to their whole."""
    wholes = {(o.series.agreement_id, whole) for o in operands
              for whole in (o.series.first.part_of, o.series.first.inside)}  # fmt: skip
    return [o for o in operands if (o.series.agreement_id, o.series.id) not in wholes]


_SUMMAND, _NAMED, _NAMED_OF_TWO = 0.04, 0.9, 0.88


def _meant(operand: Operand, named: float = _NAMED) -> bool:
    """Return whether an operand is surely meant: a spurious summand makes a wrong sum."""
    return operand.share > _SUMMAND or operand.score > named


def _listed(ask: Ask, operands: list[Operand]) -> list[Operand]:
    """Return the operands that a question lists: "A og B", "A plus B", "A oven i B"."""
    kept: list[Operand] = []
    for before, after in pairwise(operands):
        between = ask.text[before.end - 1 : after.start + 1]
        if _AND.search(between) or (before.start, after.start) == (0, 0):
            kept += [o for o in (before, after) if o not in kept]
    return kept


_AND = re.compile(r"\bog\b|\bsamt\b|\bplus\b|\+|,|\boven i\b|\bsammen med\b|\bdels\b|\btil\b|/")


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


def _operands(ask: Ask, wanted: list[Operation]) -> list[Operand]:
    """Return the figures that the question names, by words or by their amounts, in order."""
    agreed = agreed_numbers(ask)
    if not agreed and wanted[0] in _BINARY and (siblings := _siblings(ask)):
        return siblings
    if len({one.id for one in agreed.values()}) > 1:
        return [Operand(one, start, start, 1.0) for start, one in sorted(agreed.items())]
    operands = _named_in(ask, wanted)
    for start, one in agreed.items():
        if all(o.series.id != one.id for o in operands):
            inside = [o for o in operands if o.start <= start < o.end]
            for o in inside:
                operands.remove(o)
            operands.append(Operand(one, start, start, 1.0))
    if len(operands) < 2:  # one piece may hold two: the likeliest two of the whole question
        likely = [f for f in ask.found[:2] if f.share > _BOTH and f.series.first.unit is Unit.KR]
        if (
            ask.found and ask.found[0].series.first.unit is not Unit.KR
        ):  # "A, B": the same thing, from two payers
            likely = [f for f in ask.found[:3] if f.share > _EACH_OF_TWO
                      and f.series.first.unit is Unit.KR][:2]  # fmt: skip
        if len(likely) == 2 and not _related(*(f.series for f in likely)):
            return [Operand(f.series, 0, 0, 1.0, f.share) for f in likely]
    return sorted(operands, key=lambda o: o.start)


def _named_in(ask: Ask, wanted: list[Operation]) -> list[Operand]:
    """Return the figures that words name; of a long mail that names many those of the asking."""
    agreed = agreed_numbers(ask).values()
    money = ask.mentions.unit_asked or any(one.first.unit is Unit.KR for one in agreed)
    units = {Unit.KR, Unit.KR_PER_INHABITANT} if money else None
    named = [o for o in find_operands(ask, units=units) if not is_share(o.series.first)]
    if ask.reading.is_long and len(named) > 2 and wanted[0] in _BINARY:
        asked = find_operands(replace(ask, mentions=ask.focus), units=units)
        asked = [o for o in asked if not is_share(o.series.first)]
        return asked if len(asked) > 1 else named
    return named


def _siblings(ask: Ask) -> list[Operand]:
    """Return two parts of one whole if the question says of each what the other has not."""
    likely = [f for f in ask.found[:_FEW] if f.share > _SIBLING and f.series.first.part_of]
    for a, b in combinations(likely, 2):
        same = (a.series.agreement_id, a.series.first.part_of) == (
            b.series.agreement_id, b.series.first.part_of)  # fmt: skip
        both = _times_named(ask, a.series, b.series) and _times_named(ask, b.series, a.series)
        if same and both and not a.series.first.party:
            return [Operand(f.series, 0, 0, 1.0, f.share) for f in (a, b)]
    return []


_SIBLING = 0.15
_BOTH, _EACH_OF_TWO = 0.15, 0.08


def _related(a: Series, b: Series) -> bool:
    return (
        a.id == b.first.part_of
        or b.id == a.first.part_of
        or a.first.part_of == b.first.part_of != ""
    )


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
