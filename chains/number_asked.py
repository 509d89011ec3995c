"""Does a question ask for a number?"""

from __future__ import annotations

import re

from chains.ask import Ask
from chains.understand import Reading, Wants
from corpus.models import Unit

_NUMERIC = {Wants.MONEY, Wants.AMOUNT, Wants.COUNT, Wants.SHARE}
_MAYBE = {Wants.LOOKUP, Wants.DEFINITION, Wants.WHERE}
_TERSE = 9
"""Words up to which a question without a verb of asking may be one for a number."""
_MONEY = {Unit.KR, Unit.KR_PER_INHABITANT}


def wants_number(ask: Ask, sure: bool) -> bool:
    """Return whether a number is asked for; `sure` is whether a figure is known to be meant."""
    reading, text = ask.reading, ask.asking
    if _ASKS_CONTENT.search(text) and not _HOW_MUCH.search(text):
        return False
    if reading.wants in _NUMERIC or ask.mentions.unit_asked:
        return True
    if reading.wants is Wants.WHEN:
        return (
            sure
            and _HOW_LONG.search(text) is not None
            and ask.found[0].series.first.noun in DURATIONS
        )
    if reading.wants not in _MAYBE:
        return False
    own = ask.asked_last
    terse = len(own.split()) <= _TERSE and not _VERB.search(own)
    return bool(_ASKS_NUMBER.search(text)) or (
        sure
        and (terse or (_PAYS.search(text) is not None and ask.found[0].series.first.unit in _MONEY))
    )


def asks_number(reading: Reading) -> bool:
    """Return whether the words of a question alone ask for a number."""
    asked = _ASKS_NUMBER.search(reading.standalone.lower())
    return reading.wants in _NUMERIC or asked is not None


DURATIONS = {"år", "dage", "måneder"}
_HOW_LONG = re.compile(r"\bhvor l(?:ænge|ang tid)\b")
_VERB = re.compile(
    r"\b(?:hvad(?! med)|hvordan|er|skal|kan|må|bliver|har|vil|hvilke\w*|hvorfor|hvem|hvornår)\b"
)


_HOW_MUCH = re.compile(r"\bhvor ?(?:m\w+|stor\w*|høj\w*)\b|\bhvad koster\b")
_ASKS_NUMBER = re.compile(
    r"\b(?:hvor ?m\w+|hvor stor\w*|hvor høj\w*|hvor længe|antal\w*|beløb\w*|pct|procent|mio|mia|kr|"
    r"bevilling\w*|budget\w*|ramme\w*|sats\w*|loft\w*|niveau\w*|måltal\w*|regning\w*|\w+satsen|"
    r"\w*loftet?|\w*rammen)\b"
)
_PAYS = re.compile(
    r"\bhvad (?:\w+ ){0,3}?(?:betal\w*|kost\w*|får|fik|giv\w*|gav|kom|går|gik|bruger?|regn\w*|"
    r"er der|var der|køb\w*|brug\w*|skyd\w*|ender|"
    r"lægger|sætt\w*|afsat|afsætt\w*|bidrag\w*\b(?! med\b)|"
    r"sparer?|sparet|udgør|bliver der|lyder|er \w+\b)|"
    r"\bhvad (?:har|skal|må|kan|vil) .{0,60}(?:betale|spar\w*|bruge|give|lægge|finde|få|hente)\b"
)


_ASKS_CONTENT = re.compile(
    r"\bhvad .{0,60}\b(?:ud på|til for|indebærer)\b|\b(?:ide|idé|idéen|ideen|meningen|tanken)\b|"
    r"\bindhold\w*|\bhvad (?:tæller|regnes|gælder) .{0,20}som\b|\bbrug\w* (?:\w+ ){0,4}til\b|"
    r"\bhvad .{0,60}\bmærke til\b|\bhvilket års\b|\bprisniveau\w* (?:er|bruges|gælder)\b|"
    r"\b(?:i hovedtræk|kort fortalt|og planer)\b"
)
