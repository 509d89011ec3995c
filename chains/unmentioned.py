"""What a question is about, where none of it stands in what was found: the subject is not there.

Nearness alone takes a question on dentists for one on doctors. A word that says what is asked for
must be met by the sentences found, their headings and everyday words, or the figure's own words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chains.figure_rank import stands_in
from chains.selection import Candidate, asked_stems, stems_near
from chains.understand import Reading
from chains.vocabulary import ASKING, Vocabulary
from corpus.agreed import Series
from corpus.words import content_stems, stem, tokenize

_BEST = 3
_SHORT, _PART, _LONG = 2, 4, 5
"""Letters over which a stem counts, and that parts of compounds have."""
_SEVERAL = 2
_SAYS_NOTHING = frozenset(
    stem(word)
    for word in (
        *ASKING,
        *"midler afsat afsættes afsætter støtte tilskud siger sagt aftalen aftaler aftalt reform "
        "reformen patient patienter borger borgere folk mennesker hjælp hjælpe hjælpes selv nye ny "
        "sundhedsvæsen plan planer går stå står gælder findes bruges bruge brug anvendes anvende "
        "vil skal har lavet gøre gør gøres sker ske år tid dag dele regeringen danske ministeriet "
        "vi vores jer mig notat svar spørgsmål tal slut slutning start begynder hver alle "
        "bordet status situation situationen".split(),
    )
)
"""Words by which a question is asked, or that stand everywhere."""


def unmentioned(
    reading: Reading, candidates: Sequence[Candidate], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return the words of a question's subject when none of them is met; else nothing.

    A single word of the subject that stands elsewhere in the agreements may be said in other words
    here; one that stands nowhere, or several, may not.
    """
    subject = _subject(reading)
    if not subject or _met(subject, _near(candidates[:_BEST])):
        return ()
    nowhere = {one for one in subject if not vocabulary.holds(one)}
    if not nowhere and len(subject) < _SEVERAL:
        return ()
    return _as_asked(reading, nowhere or subject)


def only_elsewhere(
    reading: Reading, vocabulary: Vocabulary, searched: frozenset[str]
) -> tuple[str, ...]:
    """Return a subject that others have words for, and the agreements that are named have none.

    Args:
        reading: The question.
        vocabulary: The words of all agreements.
        searched: The stems of those that the question names.
    """
    subject = _subject(reading)
    held = all(vocabulary.holds(one) for one in subject)
    here = any(other.startswith(one) for one in subject for other in searched)
    return _as_asked(reading, subject) if subject and held and not here else ()


def _as_asked(reading: Reading, stems: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for w in tokenize(reading.standalone) if stem(w) in stems))


def is_met(reading: Reading, series: Series, candidates: Sequence[Candidate]) -> bool:
    """Return whether a figure, or a sentence found that prints it, has a word of the subject."""
    own = set(content_stems(" ".join([series.label, *series.first.aliases])))
    printing = [c for c in candidates[:_BEST] if stands_in(series, c)]
    subject = _subject(reading)
    return not subject or _met(subject, own | _near(printing))


def _subject(reading: Reading) -> frozenset[str]:
    if reading.foreign:
        return frozenset()  # its words are English
    return frozenset(
        one for one in asked_stems(reading) if one not in _SAYS_NOTHING and len(one) > _SHORT
    )


def _near(candidates: Sequence[Candidate]) -> set[str]:
    return {
        one
        for c in candidates
        for one in stems_near(f"{c.passage.section} {c.passage.text}", c.sentence.phrasings)
    }


def _met(subject: Collection[str], near: Collection[str]) -> bool:
    """Return whether a word stands there, alone or as a part of a compound."""
    return any(_same(one, other) for one in subject for other in near)


def _same(one: str, other: str) -> bool:
    """Return whether an asked word is one of the text: "psykiatripenge", but no "skolemad"."""
    if one == other or (len(one) >= _PART and other.startswith(one)):
        return True
    if min(len(one), len(other)) < _LONG:
        return False  # "stop" is not what "hjertestop" is about
    if one.startswith(other) or other.endswith(one):
        return True
    return any(other.startswith(one[i:]) for i in range(_SHORT, len(one) - _LONG))
