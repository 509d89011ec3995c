"""Question + history -> `Reading`: what is asked for, of what, within which limits. By rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from chains.follow_up import stand_alone
from chains.orders import is_english, leave_out_orders, nothing_asked
from corpus.models import Turn
from corpus.places import find_places
from corpus.words import content_stems, split_sentences
from corpus.years import find_years


class Wants(StrEnum):
    """The kind of thing that a question asks for."""

    MONEY = "money"
    AMOUNT = "amount"
    """Money, a share or a count."""
    COUNT = "count"
    SHARE = "share"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    LIST = "list"
    WHY = "why"
    DEFINITION = "definition"
    OVERVIEW = "overview"
    YES_NO = "yes_no"
    LOOKUP = "lookup"


@dataclass(frozen=True)
class Reading:
    """How a question was understood."""

    question: str
    """As typed."""
    cleaned: str
    """Unreadable characters and mark-up removed."""
    standalone: str
    """With what a follow-up leaves out filled in, and orders to the machine left out."""
    earlier: str
    """What was filled in from earlier questions; empty for one that stands alone."""
    focus: str
    """The sentences that ask, where the rest is only the mail around them."""
    wants: Wants
    years: tuple[int, ...]
    """Years that are asked for; those that only name an agreement are not among them."""
    places: tuple[tuple[str, str], ...]
    """(as written, name) of regions, municipalities and towns."""
    named: tuple[NamedAgreement, ...]
    """Agreements, plans and laws that the question names with a year or as the municipalities'."""
    ordered: bool
    """It held an order to the machine, which was left out."""
    asks: int
    """How many things are asked for ("hvor meget ..., og hvad ...": 2)."""
    role: str
    """The role of a person who is asked for ("formand")."""
    asks_opinion: bool
    asks_outcome: bool
    foreign: bool
    """Asked in English."""
    mended: tuple[tuple[str, str], ...] = ()
    """(as typed, as read) of each slip that was mended before it was read."""
    titled: str = ""
    """The standalone question with the titles of agreements, where they have been left out."""

    @property
    def asked_last(self) -> str:
        """What a follow-up asks itself; empty for a question that stands alone."""
        return self.standalone.removeprefix(self.earlier).strip() if self.earlier else ""

    @property
    def limit_years(self) -> tuple[int, ...]:
        """The years that an answer must be of; of a long mail those of the sentences that ask."""
        asked = _years_asked(self.focus.lower())
        return tuple(year for year in self.years if year in asked or not self.is_long)

    @property
    def empty(self) -> bool:
        """True when there is nothing to look for."""
        return not any(character.isalpha() for character in self.cleaned)

    @property
    def is_long(self) -> bool:
        """True when sentences stand around those that ask, and nothing was filled in."""
        words = len(self.standalone.split())
        return not self.earlier and len(self.focus) < len(self.standalone) and words > _MAIL

    @property
    def only_orders(self) -> bool:
        """True when nothing is asked beside an order to the machine."""
        return self.ordered and nothing_asked(self.standalone)


@dataclass(frozen=True)
class NamedAgreement:
    """An agreement, plan or law as a question names it."""

    name: str
    year: int | None
    start: int = field(compare=False)
    end: int = field(compare=False)


_MAIL = 35
"""Words from which on a question may be a mail around the sentences that ask."""
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_BLANKS = re.compile(r"\s+")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]{1,200}>", re.IGNORECASE | re.DOTALL)

_MONEY = r"(?:\w*penge|kroner|kr|mio|mia|millioner|milliarder|midler|beløb|støtte|tilskud)\b"
_CUES: tuple[tuple[Wants, re.Pattern[str]], ...] = tuple(
    (wants, re.compile(pattern))
    for wants, pattern in (
        (Wants.OVERVIEW, r"^(?!.*\bhvor (?:mange|meget)\b|.*\bløber .{0,60}\bop i\b).*"
                         r"\b(?:(?<!mit )overblik|opsummer\w*|sammenfat\w*|hovedpunkt\w*|"
                         r"resum[eé]\w*|hvad handler|fortæl (?:mig )?om|hovedtræk\w*)"),
        (Wants.WHEN, r"\b(?:hvorn[åa]a?r|hvor længe|hvor lang tid|hvilket år|hvilke år|"
                     r"hvilken dato|deadline\w*|\w*frist(?:en|er)?|dato\w*|tidspunkt\w*|"
                     r"hvor hurtigt|tidsplan\w*|udløb\w*)\b"),
        (Wants.WHERE, r"\b(?:hvor (?:ligger|henne|skal \w+ ligge|bliver \w+ placeret)|"
                      r"hvilken? by(?:er)?|adresse\w*)\b"),
        (Wants.WHO, r"\b(?:hvem|hvis (?:ansvar|opgave)|hvilken (?:myndighed|styrelse|part|minister|"
                    r"instans|fond|region)|hvilke parter)\b"),
        (Wants.WHY, r"\b(?:hvorfor|årsag\w*|begrundelse\w*|grunden|(?<!det )(?<!dette )formål\w*|"
                    r"hvad skal det gavne)\b"),
        (Wants.SHARE, r"\b(?:procent\w*|pct|hvor stor en (?:andel|del)|hvor stor andel|"
                      r"hvilken andel|hvor stor del)\b|%"),
        (Wants.COUNT, r"\bhvor mange (?!mi[ao]|kr)(?:\w+ ){1,3}er der (?:penge|midler|råd) til"),
        (Wants.MONEY, rf"\bhvor (?:mange|meget|store|stort|stor|høj\w*)\b.*\b{_MONEY}|"
                      r"\b(?:hvor dyrt?|hvad (?:\w+ ){0,3}kost(?:er?|ede)|beløb\w*|prisen|pris på|"
                      r"hvor stort? (?:et |en )?(?:tilskud|beløb|pulje|ramme|budget)\w*|"
                      r"penge til|midler til)\b"),
        (Wants.AMOUNT, r"\bhvor (?:meget|stort?|høj\w*)\b|\bløber .{0,60}\bop i\b|"
                       r"\b(?:er|står|findes|fremgår) (?:der|det) (?:\w+ ){0,3}(?:tal|beløb)\b"),
        (Wants.COUNT, r"\b(?:hvor mange|antal(?:let)?)\b"),
        (Wants.LIST, r"\b(?:hvilke|\w*overskrift\w*|hvad for nogle|hvad for nogen|nævn|oplist|list|"
                     r"remse|"
                     r"hvad er de (?:to|tre|fire|fem|seks|syv|otte|\d+(?! (?:mi|kr|pct|pro))))\b"),
        (Wants.LIST, r"\bde (?:tre|fire|fem|seks|syv|otte|ni|ti) (?!mi[ao]|kr|pct|pro|år|part|reg|"
                     r"kom|beløb|post|først|sidst)[a-zæøå]+"),
        (Wants.DEFINITION, r"\b(?:hvad (?:er|betyder|dækker|vil det sige|menes der med|forstås ved)"
                           r"|definition\w*|forklar)\b"),
        (Wants.MONEY, r"\b(?:kroner|mio|mia|millioner|milliarder|tilskud\w*|bevilling\w*)\b"),
        (Wants.YES_NO, r"^(?!.{0,40}\bnoget (?:\w+ )?om\b)"
                       r"(?:er|har|skal|kan(?! (?:du|i|jeg)\b)|må|får|bliver|vil(?! (?:du|"
                       r"i)\b)|findes|gælder|"
                       r"indgår|kommer|står|var|havde|blev|kunne|følger|giver|betaler|dækker|slipper|bør)\b"),
    )
)  # fmt: skip
_NAMED = re.compile(
    r"\b((?:\w+ (?:om|for) (?:regionernes|kommunernes) økonomi|\w*økonomiaftale\w*|\w*reform\w*|"
    r"finanslov\w*|\w+aftale\w*|\w*aftalen?|(?<!på )\b\w+plan(?:en)?|overenskomst\w*)"
    r"(?: (?:mellem|med|for|om) (?:regionerne|kommunerne|kl|regeringen|danske regioner))*)"
    r"(?:(?: \w+){0,3} fra)?,?(?: (?:for|fra|af|i|den|d\.))?(?: \d{1,2}\.)?"
    r"(?: (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december))?"
    r" ((?:19|20)\d\d)\b(?!\s*[-–]\s*\d)"
)
_NAMED_TOGETHER = re.compile(r"\baftalerne (?:fra|for|af) ((?:19|20)\d\d) og ((?:19|20)\d\d)\b")
_NAMED_BY_YEAR = re.compile(r"\b((?:19|20)\d\d)[- ]?(?:aftale|tekst)(?:n|en)?s?\b")
_MUNICIPAL = re.compile(
    r"\bkommunernes bloktilskud\w*|\bbloktilskud\w* til kommunerne\b|"
    r"\b(?:aftale\w* om )?kommunernes (?:økonomi(?:aftale\w*)?|aftale|service(?:ramme|udgifter))\b|"
    r"\bkommuneaftale\w*|\bkommunernes \w*ramme\b|\bkommunerne\b.*\bderes økonomiaftale\b"
)
_ROLE = re.compile(r"\b(\w*minister(?:en)?|formand\w*|direktør\w*|ordfører\w*|navn(?:e|et|ene)?)\b")
_OPINION = re.compile(
    r"\b(?:synes|hvad mener|mener du|tror (?:du|i)|du tror|holdning|din mening|"
    r"bør(?! (?:vi|jeg|man|der) (?:så |da )?(?:\w*sætte\w*|regne|budgettere|betale|lægge|"
    r"reservere))|burde|"
    r"klogt|fornuftig\w*|"
    r"(?:er|var) (?:det |den |de |aftalen )?(?:en )?(?:god|dårlig|fair)\b.*|godt nok|rimeligt|"
    r"u?retfærdig\w*|urimelig\w*|"
    r"er bedst|bedste aftale|anbefaler du|vil du anbefale|enig i|kritik\w*|"
    r"kommer .{0,60} til at (?:virke|lykkes)|egen vurdering|hvis du skulle vælge)\b|"
    r"^(?:er|bliver) .{0,40}\bnok\?$|\bgod aftale\b|"
    r"^(?:er|var) .{0,60}\b(?:god|godt|gode|dårlig|dårligt|dårlige)\b"
)
_OUTCOME = re.compile(
    r"\b(?:hvordan gik|gik det|er det gået|blev (?:målet|målene|aftalen|planen) (?:nået|indfriet|"
    r"overholdt)|levede\b.{0,40}\bop til|endte .{0,60} med|hvad endte|hvor langt er man|"
    r"er (?:der|man|de) (?:så )?(?:nu|i dag|allerede)|er \w+t i dag|kommet i drift|"
    r"blev gjort op|ser det ud i dag|gælder .{0,40}i dag|"
    r"faktisk (?:oprettet|brugt|nået|åbnet|ansat)|blev der (?:så )?(?:reelt|faktisk)|indtil nu|"
    r"siden hen|sidenhen|nåede (?:man|de|regionerne|regeringen)|lykkedes det|"
    r"(?:faldet|steget|vokset|ændret|nået|blevet|sket) siden|"
    r"(?:står|stod|er) (?:\w+ ){0,2}(?:tomme?|ubrugte?|ledige?|ubenyttede?)|"
    r"hvad (?:viste|sagde|konkluderede) .{0,30}"
    r"(?:evaluering|undersøgelse|analyse|rapport|kommission)\w*|"
    r"kom .{3,60} frem til|kom til at|"
    r"hvor mange .{3,60} (?:klarede|nåede|opfyldte|indfriede)|"
    r"blev (?:den|det|de) (?:vedtaget|gennemført|indført|stemt)|"
    r"blev det endelige|hvordan faldt stemmerne|stemte)\b|"
    r"^blev .{0,80}\b(?:klar|færdig\w*|åbnet|nået|indfriet|ansat|til noget)\b"
)
_QUESTION_WORD = re.compile(
    r"\bog (?:er|skal|må|kan|har|får|bliver) (?:det|der|den|de|vi|man|regionerne|kommunerne)\b|"
    r"(?:^|\bog |[,.?] )(?:hvad|hvem|hvornår|hvorfor|hvilke[nt]?|"
    r"hvor(?= (?:mange|meget|stor|højt?|længe|hurtigt|ligger|henne)))\b"
)
_ASKS = re.compile(
    r"\?|\b(?:hvad|hvem|hvor|hvornår|hvordan|hvorfor|hvilke[nt]?|hvilke|oplys|fortæl|find|nævn)\b",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    r"\b(?:har brug for|skal bruge|mangler|vil (?:\w+ ){0,2}(?:have|vide|kende|sætte|vise|"
    r"opgøre|sammenligne)|ønsker|ønskes|"
    r"(?:bedt|lovet) (?:mig|os|om|at)|finde ud af|vil .{0,15}kunne sige|bedes (?:oplyst|"
    r"beregnet)|giv mig|oplyse?|beregne?|regne?)\b",
    re.IGNORECASE,
)
_HELP = re.compile(r"\b(?:kan|vil|gider|kunne|må) (?:i|du|jeg|nogen) \w+", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:hej\b|kære\b|mvh|venlig hilsen|med venlig|tak\b|på forhånd|hilsen\b|vh\b)", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:det|den|dem|dette|disse|deres|dens|dets|hertil|herom|samme|beløbet|pengene|midlerne|"
    r"puljen|ordningen|året efter|året før|de (?:ikke|skal|kan|får|vil|har|er))\b",
    re.IGNORECASE,
)
_OWN_SUBJECT = 3
"""Content words from which on a sentence has a subject of its own."""


def understand(question: str, history: Sequence[Turn] = ()) -> Reading:
    """Read a question; an earlier turn fills in what a follow-up leaves out."""
    cleaned = clean_question(question)
    plain, ordered = leave_out_orders(cleaned)
    earlier = [turn.model_copy(update={"question": clean_question(turn.question)})
               for turn in history]  # fmt: skip
    standalone = stand_alone(plain, earlier)
    if not standalone.endswith(plain):
        plain = standalone  # the earlier question with another year or party
    focus = _focus(plain)
    lowered = focus.lower()
    whole = standalone.lower()
    named = find_named(whole)
    years = _years_asked(lowered) or _years_asked(whole)
    wants = _wants(lowered)
    return Reading(
        question=question,
        cleaned=cleaned,
        standalone=standalone,
        earlier=standalone.removesuffix(plain).strip(),
        focus=focus,
        wants=_wants(whole) if wants is Wants.LOOKUP else wants,
        years=tuple(sorted(years)),
        places=tuple(find_places(standalone)),
        named=named,
        ordered=ordered,
        asks=len(_QUESTION_WORD.findall(lowered)),
        role=role[1] if (role := _ROLE.search(lowered)) else "",
        asks_opinion=_OPINION.search(lowered) is not None,
        asks_outcome=_OUTCOME.search(lowered) is not None and "hvis " not in lowered,
        foreign=is_english(whole),
    )


def _years_asked(lowered: str) -> frozenset[int]:
    """Return the years of a text but for those that only name an agreement."""
    plain = _NAMED_BY_YEAR.sub(" ", _NAMED_TOGETHER.sub(" ", lowered))
    return find_years(_NAMED.sub(lambda m: m[0] if _in_year(m) else " ", plain)).years


def _in_year(match: re.Match[str]) -> bool:
    """Return whether a year is one that a reform is asked for ("reformen i 2030"), not its name."""
    return "reform" in match[1] and match[0][: match.start(2) - match.start()].endswith(" i ")


def find_named(lowered: str) -> tuple[NamedAgreement, ...]:
    """Return the agreements, plans and laws that a text names with a year or by who made them."""
    named = [
        NamedAgreement(m[1], int(m[2]), *m.span())
        for m in _NAMED.finditer(lowered)
        if not _in_year(m)
    ]
    for match in _NAMED_TOGETHER.finditer(lowered):
        named += [NamedAgreement("aftalen", int(year), *match.span()) for year in match.groups()]
    named += [
        NamedAgreement("aftalen", int(m[1]), *m.span()) for m in _NAMED_BY_YEAR.finditer(lowered)
    ]
    if municipal := _MUNICIPAL.search(lowered):
        named.append(NamedAgreement(municipal.group(), None, *municipal.span()))
    return tuple(named)


def clean_question(question: str) -> str:
    """Return the question without control and zero-width characters or mark-up."""
    text = unicodedata.normalize("NFC", question)
    text = _MARKUP.sub(" ", text)
    kept = (c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return _BLANKS.sub(" ", "".join(kept)).strip()


@lru_cache(maxsize=20_000)
def asked_kind(question: str) -> Wants:
    """Return the kind of thing that a question asks for."""
    return _wants(question.lower())


def _wants(lowered: str) -> Wants:
    for wants, pattern in _CUES:
        if pattern.search(lowered):
            return wants
    return Wants.LOOKUP


def _leans(sentence: str) -> bool:
    """Return whether a question says nothing of its own: "Hvad bliver det?"."""
    words = [stem for stem in content_stems(sentence) if not stem[0].isdigit()]
    return _REFERS.search(sentence) is not None and len(words) < _OWN_SUBJECT


def _focus(text: str) -> str:
    """Return the sentences that ask; the whole text where none does."""
    sentences = [text[a:b] for a, b in split_sentences(text)]
    if len(sentences) < 2:
        return text
    body = [s for s in sentences if not (_POLITE.match(s) and "?" not in s)]
    asking = [s for s in body if s.endswith("?")]
    if all(_HELP.search(s) or _leans(s) for s in asking):
        asking = [s for s in body if s in asking or _NEEDS.search(s)]
    asking = asking or [s for s in body if _ASKS.search(s)]
    return " ".join(asking or body or sentences)
