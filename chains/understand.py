"""Question + history -> `Reading`: what is asked for, of what, within which limits. By rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Turn
from corpus.words import content_stems, split_sentences, tokenize
from corpus.years import find_years


class Wants(StrEnum):
    """The kind of thing that a question asks for."""

    MONEY = "money"
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
    """As typed, unreadable characters removed."""
    standalone: str
    """With what a follow-up leaves out filled in."""
    focus: str
    """The sentences that ask, where the rest is only the mail around them."""
    wants: Wants
    years: tuple[int, ...]
    regions: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """True when there is nothing to look for."""
        return not any(character.isalpha() for character in self.standalone)


_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_BLANKS = re.compile(r"\s+")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]{1,200}>", re.IGNORECASE | re.DOTALL)

_MONEY = (r"(?:penge|kroner|kr|mio|mia|millioner|milliarder|midler|beløb|støtte|tilskud)\b")
_CUES: tuple[tuple[Wants, re.Pattern[str]], ...] = tuple(
    (wants, re.compile(pattern))
    for wants, pattern in (
        (Wants.OVERVIEW, r"\b(?:overblik|opsummer\w*|sammenfat\w*|hovedpunkt\w*|resum[eé]\w*|"
                         r"hvad handler|fortæl (?:mig )?om|hovedtræk\w*)"),
        (Wants.SHARE, r"\b(?:procent\w*|pct|hvor stor en (?:andel|del)|hvor stor andel|"
                      r"hvilken andel|hvor stor del|hvor mange %)|%"),
        (Wants.MONEY, rf"\bhvor (?:mange|meget|store|stort|stor|høj\w*)\b.*\b{_MONEY}|"
                      r"\b(?:hvor meget|hvor dyrt?|hvad koster|hvad kostede|beløb\w*|budget\w*|"
                      r"prisen|pris på|hvor stort? (?:et |en )?(?:tilskud|beløb|pulje|ramme)\w*|"
                      rf"hvor mange {_MONEY}|hvad får|økonomien i|penge til|midler til)\b"),
        (Wants.COUNT, r"\b(?:hvor mange|antal(?:let)?)\b"),
        (Wants.WHEN, r"\b(?:hvornår|hvor længe|hvilket år|hvilke år|hvilken dato|deadline\w*|"
                     r"frist\w*|dato\w*|tidspunkt\w*|hvor hurtigt|tidsplan\w*|senest hvornår)\b"),
        (Wants.WHO, r"\b(?:hvem|hvis (?:ansvar|opgave)|hvilken (?:myndighed|styrelse|part|minister|"
                    r"instans|fond|region)|hvilke parter)\b"),
        (Wants.WHY, r"\b(?:hvorfor|årsag\w*|begrundelse\w*|grunden|formål\w*|hvad skal det gavne|"
                    r"med hvilket formål)\b"),
        (Wants.LIST, r"\b(?:hvilke|hvad for nogle|hvad for nogen|nævn|oplist|list|remse|"
                     r"hvad er de (?:to|tre|fire|fem|seks|syv|otte|\d+))\b"),
        (Wants.WHERE, r"\b(?:hvor (?:ligger|henne|bliver .* placeret|skal .* ligge|i landet)|"
                      r"adresse\w*|hvilke byer|hvilken by)\b"),
        (Wants.DEFINITION, r"\b(?:hvad (?:er|betyder|dækker|vil det sige|menes der med|forstås ved)"
                           r"|definition\w*|forklar)\b"),
        (Wants.MONEY, r"\b(?:kroner|mio|mia|millioner|milliarder|tilskud\w*|bevilling\w*)\b"),
        (Wants.YES_NO, r"^(?:er|har|skal|kan|må|får|bliver|vil|findes|gælder|indgår|kommer|står|"
                       r"var|havde|blev|kunne|følger|giver|betaler|dækker|slipper|bør)\b"),
    )
)  # fmt: skip
_REGIONS = re.compile(
    r"\bregion (hovedstaden|sj[æa]e?lland|syddanmark|midtjylland|nordjylland)\b|"
    r"\b(hovedstaden|syddanmark|midtjylland|nordjylland)\b"
)
_SCOPE_YEARS = re.compile(
    r"\b(?:aftale\w*|økonomiaftale\w*|oekonomiaftale\w*|\w*reform\w*|\w*aftalen)"
    r"(?: \w+){0,3}? (?:for|fra|af|i)? ?(?:juni |maj )?((?:19|20)\d\d)\b"
)
_ASKS = re.compile(
    r"\?|\b(?:hvad|hvem|hvor|hvornår|hvordan|hvorfor|hvilke[nt]?|hvilke|oplys|fortæl|find|nævn)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:hej\b|kære\b|mvh|venlig hilsen|med venlig|tak\b|på forhånd|hilsen\b|vh\b)", re.IGNORECASE
)
_REFERS = re.compile(
    r"^(?:og|men|så|også|eller|hvad med|hvad så|hvem ellers)\b|"
    r"\b(?:det|den|de|dem|dette|disse|deres|dens|dets|her|hertil|der|samme|beløbet|pengene|"
    r"midlerne|puljen|året efter|året før)\b",
    re.IGNORECASE,
)
_SHORT_FOLLOW_UP = 4


def understand(question: str, history: Sequence[Turn] = ()) -> Reading:
    """Read a question; an earlier turn fills in what a follow-up leaves out."""
    cleaned = clean_question(question)
    standalone = _stand_alone(cleaned, history)
    focus = _focus(standalone)
    lowered = focus.lower()
    years = find_years(_SCOPE_YEARS.sub(" ", lowered)).years
    return Reading(
        question=cleaned,
        standalone=standalone,
        focus=focus,
        wants=_wants(lowered),
        years=tuple(sorted(years)),
        regions=tuple(a or b for a, b in _REGIONS.findall(lowered)),
    )


def clean_question(question: str) -> str:
    """Return the question without control and zero-width characters or mark-up."""
    text = unicodedata.normalize("NFC", question)
    text = _MARKUP.sub(" ", text)
    kept = (c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return _BLANKS.sub(" ", "".join(kept)).strip()


def _wants(lowered: str) -> Wants:
    for wants, pattern in _CUES:
        if pattern.search(lowered):
            return wants
    return Wants.LOOKUP


def _stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Put the earlier question before one that cannot be understood alone."""
    if not history:
        return question
    stems = content_stems(question)
    refers = _REFERS.search(question) is not None
    if len(stems) < _SHORT_FOLLOW_UP and (refers or len(tokenize(question)) < _SHORT_FOLLOW_UP):
        return f"{_stand_alone(clean_question(history[-1].question), history[:-1])} {question}"
    return question


def _focus(text: str) -> str:
    """Return the sentences that ask; the whole text where none does."""
    sentences = [text[a:b] for a, b in split_sentences(text)]
    if len(sentences) < 2:
        return text
    body = [s for s in sentences if not (_POLITE.match(s) and "?" not in s)]
    asking = [s for s in body if s.endswith("?")] or [s for s in body if _ASKS.search(s)]
    return " ".join(asking or body or sentences)
