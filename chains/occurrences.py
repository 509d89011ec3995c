"""Every place where a word, a compound of it or another name stands ("Hvor nævnes ...")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from chains.citations import cite
from chains.compose import Draft, Part, Quote
from corpus import texts
from corpus.models import Agreement, Citation, Passage, Sentence
from corpus.words import STOP_WORDS, stem
from ingest.index import Corpus

_ASKED = re.compile(
    r"^(?:og )?(?:hvor (?:mange gange|ofte|tit) (?:er|bliver|blev)"
    r"(?=.* (?:nævnt|omtalt|skrevet|brugt)\b)|"
    r"hvor (?:mange gange |henne |i aftalerne? |ofte )?(?:nævnes|omtales|optræder|"
    r"står der (?:noget )?om|bruges ordet|forekommer|er der nævnt|findes ordet)|"
    r"hvor mange steder (?:nævnes|omtales|står|optræder|forekommer)|"
    r"(?:find|vis|oplist|list) (?:mig )?(?:alle |hvert )?(?:de )?(?:steder?|forekomster?)"
    r"(?:,? hvor| med| af| der nævner)|hvilke steder (?:nævnes|omtales|står))\s+"
    r"(?:der )?(?:ordet |begrebet |udtrykket |noget om |om )?(?P<term>[^?]{2,80}?)"
    r"(?: (?:nævnt|omtalt|skrevet|brugt|henne|i (?:de to |begge )?aftale(?:n|rne)?|nævnes|"
    r"omtales|nævnt i .*))*"
    r"[\s?.!]*$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"^[\"„“”'»«]+(?P<term>[^\"„“”'»«]+)[\"„“”'»«]+$")
_WORD = re.compile(r"[A-Za-zÆØÅæøåÉéÜü0-9]+(?:-[A-Za-zÆØÅæøåÉé0-9]+)*")
_MIN_PART = 4
"""Letters that a word has at least to be looked for inside others."""
MOST_TERM = 80
"""Characters of what is looked for."""
_MOST_WORDS = 6
_MOST_QUOTES, _MOST_QUOTED, _MOST_FORMS = 10, 300, 6
"""Sentences, words of them and other forms that are shown."""


@dataclass(frozen=True)
class Occurrence:
    """A sentence that names what was looked for."""

    passage: Passage
    sentence: Sentence
    printed: tuple[str, ...]
    """The words as they stand, in order; a compound counts whole."""


def asked_term(question: str) -> str:
    """Return the word or name whose places a question asks for, else nothing.

    >>> asked_term("Hvor nævnes ordet telemedicin i aftalerne?")
    'telemedicin'
    """
    match = _ASKED.match(question.strip())
    if match is None:
        return ""
    term = match["term"].strip(" ,.:\"„“”'»«")
    if quoted := _ONLY.match(match["term"].strip()):
        term = quoted["term"]
    words = _WORD.findall(term)
    return term if 0 < len(words) <= _MOST_WORDS and not _is_asking(words) else ""


def _is_asking(words: Sequence[str]) -> bool:
    return all(word.lower() in STOP_WORDS for word in words)


def find_occurrences(
    term: str, corpus: Corpus, agreements: Sequence[str] | None = None
) -> list[Occurrence]:
    """Return every sentence that holds a term, a compound or inflection of it, or an alias.

    In the order of the texts. A term of several words must stand in that order.
    """
    passages = {passage.id: passage for passage in corpus.passages}
    wanted = [_stems(name) for name in _names(term, corpus.aliases)]
    wanted = [stems for stems in wanted if stems]
    found: list[Occurrence] = []
    for sentence in corpus.sentences:
        passage = passages[sentence.passage_id]
        if agreements is not None and passage.agreement_id not in agreements:
            continue
        printed = _printed(sentence.text, wanted)
        if printed:
            found.append(Occurrence(passage, sentence, tuple(printed)))
    return found


def _stems(name: str) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(name) if word.lower() not in STOP_WORDS]
    return tuple(stem(word) for word in words or _WORD.findall(name))


def _names(term: str, aliases: Iterable[Sequence[str]]) -> list[str]:
    """Return a term and what else it is called."""
    own = _stems(term)
    others = [names for names in aliases if any(_stems(name) == own for name in names)]
    return list(dict.fromkeys([term, *(name for names in others for name in names)]))


def _printed(text: str, wanted: Sequence[Sequence[str]]) -> list[str]:
    words = [word for word in _WORD.findall(text) if word.lower() not in STOP_WORDS]
    stems = [stem(word) for word in words]
    found: dict[int, str] = {}
    for name in wanted:
        for place in range(len(words) - len(name) + 1):
            if all(_meets(a, b) for a, b in zip(name, stems[place:], strict=False)):
                found.setdefault(place, " ".join(words[place : place + len(name)]))
    return [found[place] for place in sorted(found)]


def _meets(wanted: str, other: str) -> bool:
    if wanted == other:
        return True
    return len(wanted) >= _MIN_PART and (other.startswith(wanted) or other.endswith(wanted)
                                         or f"s{wanted}" in other)  # fmt: skip


def compose_occurrences(term: str, found: Sequence[Occurrence], corpus: Corpus) -> Draft:
    """Return how often a term stands and where, with its sentences; of many one a section."""
    shown = list(found)
    if len(shown) > _MOST_QUOTES or _words(shown) > _MOST_QUOTED:
        first = {(o.passage.agreement_id, o.passage.section_id): o for o in reversed(shown)}
        shown = sorted(first.values(), key=lambda o: shown.index(o))[:_MOST_QUOTES]
        while len(shown) > 1 and _words(shown) > _MOST_QUOTED:
            shown.pop()
    parts = []
    counts = []
    for agreement in corpus.agreements:
        own = [one for one in found if one.passage.agreement_id == agreement.id]
        sections = dict.fromkeys(texts.section_name(one.passage) for one in own)
        places = sum(len(one.printed) for one in own)
        counts.append((agreement.head.short_title, places, list(sections)))
        quotes = [
            Quote(o.passage, o.sentence.start, o.sentence.end, item=True) for o in shown if o in own
        ]
        if quotes:
            names = dict.fromkeys(texts.section_name(quote.passage) for quote in quotes)
            parts.append(Part(agreement.head, tuple(names), tuple(quotes)))
    forms = dict.fromkeys(word.lower() for one in found for word in one.printed)
    also = [form for form in forms if form != term.lower()][:_MOST_FORMS]
    opening = texts.occurrences(term, counts, also, whole=len(shown) == len(found))
    named = [name for title, _, found_in in counts for name in (title, *found_in)]
    return Draft(tuple(parts), opening, tuple(named))


class Place(BaseModel):
    """A sentence that names what was looked for, as it is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    printed: tuple[str, ...]
    """The words as they stand, in order."""
    citation: Citation


class Places(BaseModel):
    """Every place of a term."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    term: str
    names: tuple[str, ...]
    """What was looked for: the term and what else it is called."""
    places: tuple[Place, ...]
    searched: tuple[str, ...]
    """Short titles of the agreements that were searched."""

    @property
    def count(self) -> int:
        """How often it is named, a sentence with two counted twice."""
        return sum(len(place.printed) for place in self.places)


def list_places(
    term: str,
    corpus: Corpus,
    agreements: Mapping[str, Agreement],
    chosen: Sequence[str] | None,
    reader_url: str,
) -> Places:
    """Return every place of a term with its quote; each was compared with its agreement."""
    places: list[Place] = []
    for one in find_occurrences(term, corpus, chosen):
        quote = Quote(one.passage, one.sentence.start, one.sentence.end, item=False)
        citation = cite(quote, agreements, len(places) + 1, reader_url)
        if citation is not None:
            places.append(Place(printed=one.printed, citation=citation))
    searched = [agreements[id_].head for id_ in agreements if chosen is None or id_ in chosen]
    return Places(
        term=term,
        names=tuple(_names(term, corpus.aliases)),
        places=tuple(places),
        searched=tuple(head.short_title for head in searched),
    )


def _words(found: Sequence[Occurrence]) -> int:
    return sum(len(one.sentence.text.split()) for one in found)
