"""History + question -> a question that stands alone.

A follow-up leaves out what was said before. One that only names another year or party is the
earlier question with that changed; any other is read together with the question that it leans on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Turn
from corpus.words import STOP_WORDS, content_stems, stem, tokenize
from corpus.years import find_years

_GOES_ON = re.compile(
    r"^(?:og|men|så|også|eller|altså|hvad med|hvad så|hvem ellers|hvad nu|jamen|ok(?:ay)?,?)\b",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"^(?:(?:og |men |så )?(?:tilbage til|apropos|angående|vedrørende|mht\.?|med hensyn til))\s+|"
    r"^(?:og |lige )?(?=(?:\w+ ){1,4}igen[:,])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:det|den|de|dem|dette|disse|deres|dens|dets|hertil|herom|heraf|dertil|deraf|derfor|"
    r"samme)\b(?P<after>\W*\w*)",
    re.IGNORECASE,
)
_GENERIC = (
    r"(?:beløb|penge|midler|pulje|ordning|regel|regler|fordeling|tal|krav|mål|plan|sats|andel|del|"
    r"pris|udgift|indsats|aftale|model|periode|år|\d+)"
)
_POINTS = re.compile(
    rf"\b(?:det|den|de|disse|denne|dette|samme|hele|begge|alle)\s+(?:\w+\s+)?{_GENERIC}"
    r"(?:en|et|erne|ene|ne|s|t)?\b|\b(?:beløbet|pengene|midlerne|puljen|ordningen|tallet|tallene|"
    r"året efter|året før|nogle nye|slagsen|tilsammen|lagt sammen|sammenlagt|hver især|"
    r"pr\. stk)\b|^(?:tæl|læg|regn|slå)\w*\b.{0,50}\bsammen\b|"
    r"\bså\b(?! (?:hurtigt|vidt|mange|meget))",
    re.IGNORECASE,
)
_NO_POINTER = re.compile(
    r"\b(?:den slags|de andre|det hele taget|de enkelte|det vil sige)\b", re.IGNORECASE
)
_AFTER = frozenset(
    "op ud ind ned oppe hen hjem over under helt alle alligevel koster kostede gælder gik går "
    "kommer kom stå står bliver blev betyder sker svarer være vaere løber ligger regnet lagt nu "
    "også egentlig i på til med af for om ved fra gribes".split()
)
_OWN_SUBJECT, _OWN_LONG_SUBJECT = 2, 6
"""Content words from which on a question has a subject of its own, alone or beside a pronoun."""
_FRONTED = re.compile(
    r"^(?:og |men |så )?(?:(?!(?:den|det|de|disse|hele|regionerne|kommunerne|staten|pengene|"
    r"beløbet|midlerne|puljen|resten|ordningen|begge|alle)\b)\w{5,}(?:en|et|erne|ene)), "
    r"(?:hv\w+|er|skal|kan|bliver|har|får) (?:\w+ ){2,}",
    re.IGNORECASE,
)
"""Names what it is about before it asks: "Og sengene, hvornår åbner de?"."""
_NEXT = re.compile(r"\båret efter\b|\bnæste år\b|\bdet følgende år\b", re.IGNORECASE)
_BEFORE = re.compile(r"\båret (?:før|inden|forinden)\b|\bdet foregående år\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?:\s*[-–]\s*(?:19|20)?\d\d)?")
_PARTIES = {
    "kommunerne": re.compile(r"\b(?:kommunerne|kommunernes|kommuner|kommune|kl)\b", re.IGNORECASE),
    "regionerne": re.compile(
        r"\b(?:regionerne|regionernes|regioner|region|danske regioner)\b", re.IGNORECASE
    ),
    "staten": re.compile(r"\b(?:staten|statens|statslige|regeringen|regeringens)\b", re.IGNORECASE),
}
_ASKS = re.compile(
    r"\b(?:hvorn|hvem|hvorfor|hvordan|hvor(?!n)|kost|kron|peng|beløb|betal|pris|proc|pct|andel|del\b|"
    r"gennemsnit|snit|i alt|ialt|tilsammen|samlet|lagt sammen|hver især)",
    re.IGNORECASE,
)
"""What a question asks for; a follow-up that asks for more than the question before stands on."""
_KEPT = 2
"""Earlier questions that a follow-up is read with: the first of the subject and the last."""


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Return a question with what it leaves out filled in from the earlier ones.

    >>> before = [Turn(question="Klyngernes del i 2023?", answer="")]
    >>> stand_alone("og året efter?", before)
    'Klyngernes del i 2024?'
    """
    parts = _parts(question, [turn.question for turn in history])
    return " ".join([*(_ended(part) for part in parts[:-1]), parts[-1]])


def _ended(part: str) -> str:
    """Return a question with a mark at its end, so that the next one is a sentence of its own."""
    return part if part.endswith((".", "?", "!")) else f"{part}?"


def _parts(question: str, earlier: Sequence[str]) -> list[str]:
    """Return what a question has to be read with, the first of the subject first, and itself."""
    if not earlier:
        return [question]
    if match := _RETURNS.match(question):
        return [*_about(question[match.end() :], earlier), question[match.end() :]]
    if not leans(question, earlier[-1]):
        return [question]
    before = _parts(earlier[-1], earlier[:-1])
    changed = _other_year(before, question) or _other_party(before, question)
    if changed:
        return changed
    return [*(before if len(before) <= _KEPT else [before[0], before[-1]]), question]


def leans(question: str, before: str = "") -> bool:
    """Return whether a question cannot be understood without the one before."""
    words = _subject(question)
    if len(words) < _OWN_SUBJECT:
        return not words or any(word in STOP_WORDS for word in tokenize(question))
    if len(words) >= _OWN_LONG_SUBJECT:
        return False
    if _FRONTED.match(question):
        return False
    numbers = set(re.findall(r"\d[\d.,]*", before))
    question = _NO_POINTER.sub(" ", question)
    points = any(
        (after := match["after"].strip(" ,.?!").lower()) in STOP_WORDS | _AFTER or not after
        for match in _PRONOUN.finditer(question)
        if len(_subject(question[: match.start()])) <= _OWN_SUBJECT  # else it means what it says
    )
    return (
        points
        or _GOES_ON.match(question) is not None
        or _POINTS.search(question) is not None
        or bool(numbers & set(re.findall(r"\d[\d.,]*", question)) - _years(question))
    )


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text))


def _subject(question: str) -> list[str]:
    """Return the stems that say what a question is about, numbers left out."""
    plain = _GOES_ON.sub("", question)
    return [s for s in content_stems(plain) if not s[0].isdigit() and s not in _EMPTY]


_EMPTY = frozenset(
    stem(word)
    for word in "året år beløb penge kroner mio mia procent tilsammen sammen lagt hver især hvert "
    "gælder koster betaler står starter slutter færdig færdige gang mere ellers stedet alt ialt "
    "helt oppe køre kører fuldt indfaset egentlig nu tal tallet snit gennemsnit pct del andel "
    "hvornaar hvornar hvad hvor mange".split()
)


def _about(subject: str, earlier: Sequence[str]) -> list[str]:
    """Return the latest earlier question that shares a word with a subject that is returned to."""
    named = set(_subject(re.split("[,:]", subject, maxsplit=1)[0]))
    for place in reversed(range(len(earlier))):
        own = set(content_stems(earlier[place]))
        if any(a.startswith(b[:5]) or b.startswith(a[:5]) for a in named for b in own):
            return _parts(earlier[place], earlier[:place])[:1]
    return []


def _asks_more(question: str, before: str) -> bool:
    """Return whether a question asks for something that the one before did not ask for."""
    return bool(_asked(question) - _asked(before))


def _asked(text: str) -> set[str]:
    return {cue.lower() for cue in _ASKS.findall(text)}


def _other_year(before: Sequence[str], question: str) -> list[str] | None:
    """Return the earlier question for another year, where nothing else is asked."""
    if _asks_more(question, " ".join(before)) or _subject(_NEXT.sub("", _BEFORE.sub("", question))):
        return None
    place = next((n for n in reversed(range(len(before))) if _YEAR.search(before[n])), 0)
    base = before[place]
    said = [int(year) for year in sorted(find_years(base).years)]
    if _NEXT.search(question):
        years = [str(said[-1] + 1)] if said else []
    elif _BEFORE.search(question):
        years = [str(said[0] - 1)] if said else []
    else:
        years = _YEAR.findall(question)
    if len(years) != 1:
        return None
    written = list(_YEAR.finditer(base))
    if len(written) == 1:
        changed = f"{base[: written[0].start()]}{years[0]}{base[written[0].end() :]}"
        return [*before[:place], changed, *before[place + 1 :]]
    if written:
        return None
    return [f"{base.rstrip('?. ')} i {years[0]}?", *before[1:]]


def _other_party(before: Sequence[str], question: str) -> list[str] | None:
    """Return the earlier question for another party, where nothing else is asked."""
    named = [party for party, words in _PARTIES.items() if words.search(question)]
    plain = question
    for words in _PARTIES.values():
        plain = words.sub("", plain)
    if len(named) != 1 or _subject(plain) or _asks_more(plain, " ".join(before)):
        return None
    base = before[0]
    others = [p for p, words in _PARTIES.items() if p != named[0] and words.search(base)]
    if len(others) != 1 or _PARTIES[named[0]].search(base):
        return None
    changed = _PARTIES[others[0]].sub(
        lambda match: f"{named[0]}{'s' * match[0].endswith('s')}", base, count=1
    )
    return [changed, *before[1:]]
