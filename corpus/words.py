"""Danish words: sentences, tokens, stems and the folding that makes typed variants meet.

All functions are pure. What they return is for comparing and indexing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import Stemmer

_TOKEN = re.compile(r"[a-zæøåéüöä]+(?:\.[a-zæøå]+)*|\d+(?:[.,]\d+)*|½", re.IGNORECASE)
_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ä": "ae", "ö": "oe"}
_NEVER_ENDS = frozenset(
    "jf ca d pr nr stk inkl ekskl hhv bl.a bl fx evt ift osv.m vedr kl dvs m.fl.a anm f.eks".split()
)
_SENTENCE_END = re.compile(r"[.!?:]+[”“\"»)]*(?=\s+[„”\"»\[]?[A-ZÆØÅ0-9§])|[.!?]+[”“\"»)]*(?=\s*$)")

STOP_WORDS = frozenset(
    "ad af aldrig alle alt anden andet andre at bare bl.a blev blive bliver bruge da de dem den "
    "denne der deres det dette dig din disse dog du efter eller en end er et fik for fordi fra få "
    "får før gør gøre ham han hans har havde have hele hen hende her hos hun hvad hvem hver hvilke "
    "hvilken hvilket hvis hvor hvordan hvorfor hvornår i ifølge ikke ind ja jeg jer jo kan kom "
    "komme kommer kunne lige man mange med meget men mere mig min mod mon må måtte nej noget nogen "
    "nogle nu når nå og også om op os over på samt sig sin sit skal skulle som så sådan thi til "
    "ud under var vi vil ville vor vær være været ved der's egentlig gerne hej lidt altså tak "
    "mvh venlig hilsen kære står stå aftalen aftale aftalt aftaler fx mv bl".split()
)


def fold_letters(text: str) -> str:
    """Return lower case with æ, ø, å as ae, oe, aa, so that either way of typing meets.

    >>> fold_letters("Nærhedsfinansiering på Ærø")
    'naerhedsfinansiering paa aeroe'
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(_LETTERS.get(letter, letter) for letter in lowered)


def tokenize(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case, punctuation dropped."""
    return [
        token.rstrip(".") for token in _TOKEN.findall(unicodedata.normalize("NFC", text.lower()))
    ]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the Danish Snowball stem of one word, letters folded.

    >>> stem("sygehusene") == stem("sygehus")
    True
    """
    return fold_letters(_stemmer().stemWord(word.lower()))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("danish")


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, with repeats."""
    return [stem(token) for token in tokenize(text) if token not in STOP_WORDS]


def char_grams(word: str, size: int = 4) -> list[str]:
    """Return the character n-grams of a folded word with its edges marked.

    They let the parts of a compound meet ("anlægsloft" and "loft").

    >>> char_grams("loft")
    ['^lof', 'loft', 'oft$']
    """
    marked = f"^{word}$"
    if len(marked) <= size:
        return [marked]
    return [marked[i : i + size] for i in range(len(marked) - size + 1)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of one block of text; they cover it but for blanks.

    A full stop after an abbreviation ("mio.", "bl.a.", "d.") or an ordinal ("13. juni") does not
    end a sentence unless what follows can only be a new one.

    >>> text = "Der afsættes 4 mia. kr. i 2023. Midlerne søges, jf. Boks 2. Det sker nu."
    >>> [text[a:b] for a, b in split_sentences(text)][0]
    'Der afsættes 4 mia. kr. i 2023.'
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() < len(text) and not _ends_sentence(text, match):
            continue
        if text[start : match.end()].strip():
            spans.append(_trim(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append(_trim(text, start, len(text)))
    return spans


def ends_with_abbreviation(text: str) -> bool:
    """Return whether the last word is one after which no sentence ends ("skal bl.a.").

    >>> ends_with_abbreviation("Klyngerne skal bl.a.")
    True
    """
    return _last_word(text) in _NEVER_ENDS


def _last_word(text: str) -> str:
    words = text[-60:].split()
    return words[-1].lower().strip('(„”"»)').rstrip('.!?:”"»)') if words else ""


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    word = _last_word(text[max(0, match.end() - 60) : match.end()])
    after = text[match.end() :].lstrip()
    if ":" in match.group() and not word.isdigit():
        # "Bedre indkøb: Task forcen anbefaler" is a lead and its sentence.
        return after[:1].isupper()
    if word in _NEVER_ENDS:
        return False
    if after[:1].isdigit():  # "mio. 5", "pct. 3": only a whole word ends a sentence before a digit
        return len(word) > 4 and not word.isdigit()
    if word.isdigit():  # "1. Reduktion" counts; "grundforløb 2. Task forcen" ends
        return " " in text[: match.start()].lstrip()
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
