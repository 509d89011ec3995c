"""Question -> everything in it that can go into a calculation, each typed: by rule, no guess.

Numbers in words become digits first; from then on all positions refer to that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.agreed import Period
from corpus.danish import find_quantities
from corpus.models import Quantity, Unit
from corpus.number_words import to_digits

_YEARS = (1900, 2100)
_COMMA = re.compile(r"\b(\d+) komma (\d+)\b")
_THINGS = re.compile(
    r"\s*(?:ton|indbygger|borger|menneske|person|bruger|patient|besøg|stk|kilo|kg|liter|timer|km)"
)
_SHARED = re.compile(r"\s*(?:til|af|og|,|eller|-)\s*(?:de |det )?$")
_TYPED_MINUS = re.compile(r"(?:(?<=er )|(?<=på )|(?<=med ))[-−](?=\d)")
_SIGNED = re.compile(r"(?:(?<=\s)|^)[-−–](?=\d)|\bminus (?=\d)")
_TWO_WAYS = re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?![\d.])(?!\s*(?:januar|februar|marts|april|"
    r"maj|juni|"
                       r"juli|august|september|oktober|november|december))|"
                       r"(?<![\d.,])\d+\.\d{4,}")  # fmt: skip
_REFERENCE = re.compile(r"(?:\b(?:boks|bilag|kapitel|afsnit|tema|punkt)|§)\s*$")
_NOUN = re.compile(r"\s*(?:(?:nye?|ekstra|flere|af|ud|de|den|de [\d.]+|aftalte|opfyldte|"
                   r"nåede|i|stk\.?)\s+)*"
                   r"([a-zæøåé]+)")  # fmt: skip
_SPAN = re.compile(
    r"\b(?:fra |i |mellem |perioden )*((?:19|20)\d\d)\s*(?:-|–|til og med|t\.?o\.?m\.?|"
    r"(?:og )?(?:hele vejen )?(?:frem|op)? ?til(?: og med| udgangen af)?|frem mod|→|->|"
    r"og sluttende med|indtil)\s*((?:19|20)?\d\d)\b(?!\s*(?:mio|mia|kr|pct))"
)
_BETWEEN = re.compile(
    r"(?<!forskellen )(?<!forskel )\b(?:i )?mellem ((?:19|20)\d\d) og ((?:19|20)\d\d)\b"
)
_ENDS = re.compile(
    r"\b(?:årene (?:ind ?)?i ?mellem|årene der(?:i)?mellem|begge (?:år )?(?:inkl\w*|medregnet)|"
    r"begge år med)\b|\b(?:når|til|efter|inden|ved udgangen af|indtil) (?:19|20)\d\d(?: er)? "
    r"(?:er )?(?:talt |regnet )?(?:omme|gået|slut\w*|forbi|med|inkl\w*)|\b(?:19|20)\d\d (?:tæller|"
    r"regnes) (?:også )?med|"
    r"\bfra (?:starten af |og med |begyndelsen af )?(?:19|20)\d\d\b.{0,60}\b(?:ud|"
    r"slutter (?:med|i)) "
    r"(?:19|20)\d\d|\b(?:til og med|til udgangen af|frem til|indtil|"
    r"til slutningen af) (?:19|20)\d\d"
)
_SCALED = re.compile(r"\b(?:mi[ao]|million|milliard)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!-?\s?pl\b)")
_SHORT_END = re.compile(r"\b(?:19|20)\d\d[-–/]$")
_NEXT_YEAR = r"(?:(?:,| og|,? samt| ?\+| ?/| &)? ?'?[123]\d)"
_LIST_OF_YEARS = re.compile(
    rf"\b(?:(?:for|i|årene|år|fra) [12]\d{_NEXT_YEAR}*(?:,| og| samt| ?\+) ?'?[123]\d|"
    rf"20[12]\d{_NEXT_YEAR}+)\b(?![.,]?\d|-?\s?(?:pl\b|mi[ao]|mill|pct|kr|pro|%|ton|indb|borg))"
)
_AFTER = re.compile(r"(\befter )((?:19|20)\d\d)(?=\W*$)")
"""What holds after a year holds in the next one."""
_LEFT_OUT = re.compile(
    r"\b(?:bort fra|bortset fra|undtagen|undtaget|eksklusive|ekskl\.?|ikke medregnet|uden)"
    r" (?:\w+ ){0,2}(?:19|20)\d\d\b(?! ?(?:-|–|til))"
)
_THAT_IS = re.compile(
    r"\b(?:altså|dvs\.?|nemlig|det vil sige) (?:i |for |årene )?"
    r"(?:19|20)\d\d(?:(?:, | og |-|–| til | til og med )(?:19|20)\d\d)+"
)
_NAMES_AGREEMENT = re.compile(
    r"\b(?:økonomiaftale\w*|finanslov\w*|reform\w*|sundhedsreform\w*|udmøntningsaftale\w*)"
    r"(?: (?:mellem|med|om|for) \w+(?: og \w+)?)? (?:for|fra|af) (?:sommeren )?(?:19|20)\d\d\b"
    r"(?!\s*(?:-|–|til|og|,) ?\d)"
)
_YEAR_THEN_UNIT = re.compile(
    r"(?<!på )(?<!med )(?<!af )(?<!for )\b(20[1-4]\d) (?=(?:kr|mi[ao])\b\.?\s*\??$)"
)
"""A year and the unit asked for ("akutberedskaber 2022 kr"), not an amount of so many kroner."""
_ONE_SHORT_YEAR = re.compile(
    r"\bi '?(2[0-9])(?=\s*(?:$|[?,;:–]|\.\s|- |hv|er |var |bliver |får |fik |end |og hv))"
)
_SHORT_SPAN = re.compile(
    r"\b(i|for|fra|perioden|årene|over) '?([12]\d)\s?(?:-|–|til|→|t\.?o\.?m\.?) ?'?([123]\d)\b"
    r"(?![.,]?\d|-?\s?(?:pl\b|mi[ao]|mill|pct|kr|pro|%|ton|pris|indb))"
)
_YEAR_BEFORE = re.compile(r"\båret (?:før|inden|forinden)\b(?! \d)")
_YEAR_AFTER = re.compile(r"\båret efter\b(?! \d)")
_SHORT_YEAR = re.compile(r"(?:\bi |\bår |\bfra |\btil )'(\d\d)\b|(?<=\s)'(\d\d)\b")
_FROM_ON = re.compile(r"\bfra (?:og med )?((?:19|20)\d\d) og (?:frem|årene|efter|fremover)")
_FOR_YEARS = re.compile(
    r"(?:\b(?:over|i|gennem|efter|på)\s+)?(\d{1,3})(?:-årig\w*| år\b(?! siden))"
)
_PRICE_LEVEL = re.compile(
    r"\b(?:20)?(\d\d)-?\s?(?:pl|p/l|priser|pris-|prisniveau|niveau|kroner|pl-niveau)\b|"
    r"\b(?:20(\d\d))\s?(?:pl|p/l|priser|prisniveau|niveau|kroner)\b|"
    r"\b(?:pl|p/l|pris(?:er|niveau)?(?: for| fra| i)?)[ -]?(?:20)(\d\d)\b"
)
_PARTIES = (
    ("regionerne", re.compile(r"\bregions?del\w*|\bregion(?!s[a-zæøå]{2})\w*")),
    ("kommunerne", re.compile(r"\bkommun(?!ik|e\b|alb)\w*|\bkl(?:'?s)?\b")),
    ("staten", re.compile(r"\bstat(?:en|n|ens|ns|slig|slige|sligt|s)?\b|\bregeringen(?:s)?\b")),
)  # fmt: skip
_AT_END = r"[–:,-] ?(?:i )?{}\b\.?(?! ?(?:\d|og\b))|"
_UNIT_ASKED = (
    ("mia. kr.", re.compile(_AT_END.format("mia") + r"\b(?:i|hvor ?mange|antal|til|som|"
        r"omregnet til) (?:hele )?"
                            r"(?:mia\b|milliarder\b)")),
    ("mio. kr.", re.compile(_AT_END.format("mio") + r"\b(?:i|hvor ?mange|antal|til|som|"
        r"omregnet til) (?:hele )?"
                            r"(?:mio\b|millioner\b)")),
    ("kr.", re.compile(_AT_END.format("(?:kroner|kr)") + r"\b(?:i|hvor ?mange|til|ud i|som|"
        r"omregnet til) (?:hele |"
        r"rene )?(?:kroner|kr)\b")),
)  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A number of the question."""

    quantity: Quantity
    start: int
    end: int
    text: str
    noun: str
    """The word after a bare number ("mål"), in lower case."""

    @property
    def amount(self) -> Decimal:
        """The number; money in whole kroner."""
        return self.quantity.amount

    @property
    def unit(self) -> Unit:
        """Its unit."""
        return self.quantity.unit


@dataclass(frozen=True)
class Mentions:
    """What a question mentions."""

    text: str
    """The question in lower case, numbers in words as digits."""
    numbers: tuple[Mention, ...]
    """Amounts, percentages and counts; years, references and durations are not among them."""
    years: tuple[int, ...]
    """Every single year and the ends of every span, in order of mention."""
    spans: tuple[Period, ...]
    duration: int | None
    """Of "over fire år"."""
    price_levels: tuple[int, ...]
    """In order of mention."""
    parties: tuple[str, ...]
    unit_asked: str
    two_ways: str
    """A number that can be read two ways ("1.3"), else empty."""
    negative: bool
    """A number is given with a minus, or taken away with one."""
    signed: bool
    """A number is typed with a minus sign of its own."""

    def of_unit(self, *units: Unit) -> tuple[Mention, ...]:
        """Return the numbers of some units."""
        return tuple(mention for mention in self.numbers if mention.unit in units)

    def covered_years(self) -> tuple[int, ...]:
        """Return all years that are asked for, those within spans included."""
        years = set(self.years)
        for span in self.spans:
            years |= set(range(span.first, (span.last or span.first) + 1))
        return tuple(sorted(years))


def find_mentions(question: str) -> Mentions:
    """Read the numbers, years, parties and price levels of a question."""
    text = _COMMA.sub(r"\1,\2", to_digits(question).lower())
    text = _SHORT_YEAR.sub(lambda m: m[0].replace("'", "20"), text)
    text = _YEAR_THEN_UNIT.sub(r"\1, ", text)
    negative = _SIGNED.search(text) is not None
    two_ways = match[0] if (match := _TWO_WAYS.search(text)) else ""
    levels = tuple(
        2000 + int(next(group for group in match.groups() if group))
        for match in _PRICE_LEVEL.finditer(text)
    )
    plain = _PRICE_LEVEL.sub(lambda m: " " * len(m[0]), text)
    plain = _plain_years(plain)
    spans = tuple(_find_spans(plain))
    duration = _find_duration(plain)
    return Mentions(
        text=text,
        numbers=tuple(_find_numbers(plain, duration)),
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(plain))),
        spans=spans,
        duration=duration[0] if duration else None,
        price_levels=levels,
        parties=find_parties(text),
        unit_asked=next((unit for unit, pattern in _UNIT_ASKED if pattern.search(text)), ""),
        two_ways=two_ways,
        negative=negative,
        signed=_TYPED_MINUS.search(text) is not None,
    )


def _plain_years(text: str) -> str:
    """Write out short and relative years: "for 22, 23 og 24", "2026 og året før"."""
    if (own := _THAT_IS.search(text)) is not None:  # "de første år, altså 2030, 2031 og 2032"
        before, after = text[: own.start()], text[own.end() :]
        text = _YEAR.sub("    ", before) + own[0] + _YEAR.sub("    ", after)
    text = _AFTER.sub(lambda m: f"{m[1]}{int(m[2]) + 1}", text)
    text = _LEFT_OUT.sub(lambda m: m[0][:-4] + "    ", text)
    text = _NAMES_AGREEMENT.sub(lambda m: m[0][:-4] + "    ", text)
    text = _ONE_SHORT_YEAR.sub(r"i 20\1", text)
    text = _SHORT_SPAN.sub(r"\1 20\2-20\3", text)
    text = _LIST_OF_YEARS.sub(lambda m: re.sub(r"\b\d\d\b", lambda y: f"20{y[0]}", m[0]), text)
    years = _YEAR.findall(text)
    said = _YEAR.search(text)
    if said is not None and len(set(years)) == 1:
        before, after = text[: said.end()], text[said.end() :]
        after = _YEAR_BEFORE.sub(str(int(years[0]) - 1), after)
        text = before + _YEAR_AFTER.sub(str(int(years[0]) + 1), after)
    return text


_NOT_ONLY = re.compile(
    r"\bikke (?:kun|bare|alene|blot) \w+|"
    r"\b(?:bort fra|bortset fra|foruden|ud ?over) (?:\w+ )?(?:region|kommun|stat)\w+"
)


def find_parties(text: str) -> tuple[str, ...]:
    """Return the parties that a text in lower case names, in order."""
    text = _NOT_ONLY.sub(lambda match: " " * len(match[0]), text)
    found = [(match.start(), name) for name, pattern in _PARTIES for match in [pattern.search(text)]
             if match]  # fmt: skip
    return tuple(name for _, name in sorted(found))


def _find_numbers(text: str, duration: tuple[int, int, int] | None) -> list[Mention]:
    found: list[Mention] = []
    first, last = _YEARS
    for quantity, start, end in find_quantities(text):
        bare = quantity.unit is Unit.NUMBER
        if bare and first < quantity.amount < last and len(text[start:end]) == len("2021"):
            continue
        if _REFERENCE.search(text[:start]) or (bare and _SHORT_END.search(text[:start])):
            continue
        if duration and duration[1] <= start < duration[2]:
            continue
        if bare and _SCALED.search(text[start:end]) and not _THINGS.match(text, end):
            quantity = Quantity(amount=quantity.amount, unit=Unit.KR)
            bare = False
        noun = match[1] if bare and (match := _NOUN.match(text, end)) else ""
        found.append(Mention(quantity, start, end, text[start:end], noun))
    return _share_units(text, found)


def _share_units(text: str, found: list[Mention]) -> list[Mention]:
    """Give "fra 1,5 til 2,5 mio. kr." and "1,5 af 2,5 mia." one unit."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        own, following = shared[place], shared[place + 1]
        joined = _SHARED.fullmatch(text[own.end : following.start])
        scaled = following.unit is Unit.KR and _SCALED.search(following.text)
        if own.unit is Unit.NUMBER and "," in own.text and joined and scaled:
            unit = re.sub(r"^[\d.,½]+", "", following.text)
            for quantity, _, _ in find_quantities(f"{own.text}{unit} kr."):
                shared[place] = Mention(quantity, own.start, own.end, f"{own.text}{unit}", "")
                break
    return shared


def _find_spans(text: str) -> list[Period]:
    spans: list[Period] = []
    named = list(dict.fromkeys(_YEAR.findall(text)))
    if len(named) in {2, 3} and _ENDS.search(text):
        return [Period(first=int(min(named)), last=int(max(named)))]
    for match in [*_SPAN.finditer(text), *_BETWEEN.finditer(text)]:
        last = match[2] if len(match[2]) == len("2021") else match[1][:2] + match[2]
        if int(match[1]) < int(last):
            spans.append(Period(first=int(match[1]), last=int(last)))
    return spans


def _find_duration(text: str) -> tuple[int, int, int] | None:
    match = _FOR_YEARS.search(text)
    return (int(match[1]), match.start(), match.end()) if match else None


_OTHER_YEARS = re.compile(
    r"\b(?:de \d+ (?:første|sidste) år|alle (?:\d+ )?år\w*|hele perioden|alle årene|i alle år)\b"
)
"""A follow-up that asks for other years than the one before, without naming them."""


def merge_followup(earlier: str, question: str) -> str:
    """Return a follow-up with what it leaves out; its own numbers, years and parties replace.

    >>> merge_followup("Hvor stor var puljen i 2023?", "og i 2024?")
    'hvor stor var puljen i ? og i 2024?'
    """
    before, own = find_mentions(earlier), find_mentions(question)
    text = before.text
    units = {mention.unit for mention in own.numbers}
    for mention in reversed(before.numbers):
        if mention.unit in units:
            text = text[: mention.start] + text[mention.end :]
    if own.years or _OTHER_YEARS.search(own.text):
        text = _YEAR.sub("", text)
    if own.price_levels:
        text = _PRICE_LEVEL.sub("", text)
    if own.parties:
        for _, pattern in _PARTIES:
            text = pattern.sub("", text)
    return f"{text} {question}"
