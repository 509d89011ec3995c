"""A sentence -> the plain text that its facts are read from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from chains.lexicon import load_lexicon
from corpus.danish import fold_spaces
from corpus.number_words import to_digits

WORD = re.compile(r"[a-zæøåéüö]+(?:-[a-zæøåéüö]+)*|\d+")
_NAMES = ((re.compile(r"covid-? ?19"), "covidepidemi"),
          (re.compile(r"lpr ?3"), "landspatientregister"), (re.compile(r"co2(?:-e)?"), "kuldioxid"),
          (re.compile(r"\bjf\.? (?:også )?(?:boks|bilag|kriterium|afsnit)(?:[^,.;)]|\.\d)*"), " "),
          (re.compile(r"\b(?:boks|bilag) \d+(?:\.\d+)?"), " "))  # fmt: skip


def plain_text(sentence: str) -> str:
    """Return a sentence in lower case with numbers as digits and phrases as one word."""
    text = fold_spaces(unicodedata.normalize("NFC", sentence)).lower()
    for pattern, name in _NAMES:
        text = pattern.sub(name, text)
    for phrase, plain in load_lexicon().phrases:
        text = phrase.sub(plain, text)
    return to_digits(fold_spaces(text))


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with blanks where the spans stand; all else stays in its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
