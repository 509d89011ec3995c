"""Orders to the machine in a question: found, left out, and the question kept.

Nothing here is needed for safety: no answer comes from anywhere but the agreements. It is there so
that an order around a real question does not spoil it, and a bare order gets a plain no.
"""

from __future__ import annotations

import re

from corpus.words import (
    STOP_WORDS,
    content_stems,
    ends_with_abbreviation,
    split_sentences,
    tokenize,
)

_MIN_SUBJECT = 3
"""Content words from which on what is left beside an order is something to look for."""
_ASKS = re.compile(r"\?|\b(?:hv(?!is\b)\w+|oplys|fortæl|find|nævn)\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"(?<=\s)hv(?!is\b)\w+\s", re.IGNORECASE)
_MADE_UP = (
    r"(?:tal|beløb\w*|citat\w*|kilde\w*|svar|henvisning\w*|figures?|numbers?|quotes?|sources?)"
)
_RULES = r"(?:instru\w*|regler\w*|rules?|prompt\w*|begrænsninger\w*|kildekrav\w*|retningslinjer)"
_SOURCES = r"(?:kilde\w*|henvisning\w*|citat\w*|citations?|sources?|references?)"
_ORDERS = (
    # forget the rules
    rf"\b(?:ignor[ée]r\w*|glem|se bort fra|så bort fra|tilsidesæt|overhold ikke|disregard|ignore|"
    rf"forget|override|bypass)\b.{{0,60}}\b(?:{_RULES}|ovenfor|tidligere|previous)",
    r"\b(?:dine|your) (?:\w+ )?(?:instruk\w*|regler|instructions?|rules)|\bdin prompt\b",
    r"\b(?:system ?prompt\w*|systembesked\w*)",
    r"\b(?:vis|kopi[ée]r|gengiv|gentag|udskriv|print|reveal|repeat|show|output)\b.{0,60}\b"
    r"(?:instru\w*|prompt\w*|above|ovenover|ovenfor|hemmelig\w*|skjulte?|hidden)",
    # be somebody else
    r"\b(?:du er nu|you are (?:now|dan)|act as|lad som om|pretend|fra nu af (?:er|hedder) du|"
    r"du er i \w+tilstand|(?:is|are) now in \w+ mode|rollespil\w*|role ?play)\b",
    r"\bjeg er din (?:udvikler|skaber|ejer|chef|administrator)|\bas (?:the )?(?:system|your)\b",
    # posing as the system or as an earlier turn
    r"^\W*(?:system\w*|assistant|assistent|developer|user|bruger|admin\w*|override)\s*:|"
    r"^\W*(?:note|besked|meddelelse|instruks) til (?:system\w*|assistent\w*|model\w*|ai\w*)",
    # make things up
    rf"\b(?:opdigt\w*|find (?:selv |bare )?på|digt|fabriker\w*|fabrikér|fabricate|invent|make up|"
    rf"fake|falsk\w*|gæt|sæt|skriv|indsæt)\b.{{0,40}}\b(?:realistisk\w*|nogen|nogle|bare|"
    rf"plausible|et eller andet)\b.{{0,30}}\b(?:{_MADE_UP}|et ind|ind)\b",
    rf"\b(?:opdigt\w*|find (?:selv |bare )?på|digt|fabriker\w*|fabrikér|fabricate|invent|make up|"
    rf"fake|falsk\w*|forge)\b.{{0,60}}\b{_MADE_UP}\b",
    r"\bskriv(?:,| bare| blot)? at\b|\b(?:som om|as if|as though) (?:det|den|it|they|we)\b.{0,30}\b"
    r"(?:aftalt|står|stod|signed|agreed|was|were)|"
    r"\b(?:bare|just|skal) (?:ligne|look like)\b|\bpresent it as\b|\bgæt\b.{0,40}\btal|"
    r"\bcitat\w*,? der (?:ser ud|ligner)|\bså det (?:virker|ser) ægte|\blooks? real\b",
    r"\b(?:lav|ændr|ret|byt|skift|swap|change|replace|round)\b.{0,60}"
    r"\b(?:om til|til|for|to|with|up)\b.{0,30}\d.{0,20}\b(?:mi[oa]|kr|pct)",
    r"\brunde(?:de|r)? op til\b|\blæg altid\b",
    # leave out the sources
    rf"\b(?:drop|udelad|fjern|spring|skip|leave out|omit|no more|undlad|slå)\b"
    rf".{{0,30}}\b{_SOURCES}",
    rf"\b(?:uden|without|no) {_SOURCES}|\bslår? .{{0,30}} fra\b",
    # say just this
    r"\b(?:svar|skriv|reply|answer|respond|say) (?:kun|blot|only|altid|always|bare|just)\b",
    r"\bhvis du ikke (?:\w+ )?(?:skriver|siger|svarer)\b|"
    r"\b(?:bekræft|slut af|begynd|start) (?:\w+ ){0,2}med\b|"
    r"\b(?:start|end|begin|finish) (?:\w+ ){0,2}(?:with|by)\b",
    # in code
    r"\b(?:afkod|decode|udfør|execute|run the|obey|adlyd)\b"
    r".{0,60}(?:[A-Za-z0-9+/=]{16,}|rot13|base64|hex|:)",
)  # fmt: skip
_ORDER = re.compile("|".join(f"(?:{pattern})" for pattern in _ORDERS), re.IGNORECASE)
_SHOUTED = re.compile(r"\b(?:[Ss]kriv|[Ss]ig|[Ss]ay|[Ww]rite|[Aa]nswer) (?:ordet )?[A-ZÆØÅ]{4,}")
"""Skriv BANAN."""
_BRACKETED = re.compile(r"[\[({<]([^\[\](){}<>]{3,300})[\])}>]")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|!\[[^\]]*\]\([^)]*\)")
_CODE = re.compile(r"\b(?=[A-Za-z+/]*\d)(?=[\d+/]*[A-Za-z])[A-Za-z0-9+/]{20,}={0,2}")
_STOP = re.compile(
    r"(?<=[^\W\d]{2})(?<!\bkr)(?<!\bpct)(?<!\bmi[oa])[.]\s+(?=[a-zæøå])|(?<=[!?])\s+"
)
_ENGLISH = frozenset(
    "the what how many much is are was were of and to does do did which who when where why will "
    "would about there that this with from by please tell agreement my you your she he they we "
    "can just say answer or have as not be no any every end begin if good keep now write "
    "only it".split()
)


def leave_out_orders(text: str) -> tuple[str, bool]:
    """Return a question without the orders to the machine in it, and whether there were any.

    Beside a question in Danish, sentences in English are left out too: they are not what is asked.
    """
    whole = text
    text = _TEMPLATE.sub(" ", text)
    text = _BRACKETED.sub(lambda match: "" if _is_order(match[1]) else match[0], text)
    kept = _without_orders(_sentences(text))
    if any(not is_english(part) and len(content_stems(part)) > 1 for part in kept):
        kept = [part for part in kept if not is_english(part)]
    kept = [" ".join(_CODE.sub(" ", part).split()) for part in kept]
    plain = " ".join(part for part in kept if part)
    return plain, len(plain) < len(" ".join(whole.split()))


def nothing_asked(plain: str) -> bool:
    """Return whether nothing to look for is left beside the orders."""
    return _ASKS.search(plain) is None and len(content_stems(plain)) < _MIN_SUBJECT


def is_english(text: str) -> bool:
    """Return whether a text is more English than Danish."""
    words = tokenize(text)
    english = sum(word in _ENGLISH for word in words)
    return english > 1 and english > sum(word in STOP_WORDS for word in words)


def _is_order(sentence: str) -> bool:
    return _ORDER.search(sentence) is not None or _SHOUTED.search(sentence) is not None


def _sentences(text: str) -> list[str]:
    """Return the sentences of hasty writing, which may begin with a small letter."""
    parts: list[str] = []
    for start, end in split_sentences(text):
        sentence, place = text[start:end], 0
        for match in _STOP.finditer(sentence):
            if not ends_with_abbreviation(sentence[: match.end()]):
                parts.append(sentence[place : match.end()].strip())
                place = match.end()
        parts.append(sentence[place:].strip())
    return parts


def _without_orders(sentences: list[str]) -> list[str]:
    """Leave out orders; of "svar kun ja: skal vi ...?" the question is kept.

    What follows the colon of an order belongs to it, unless it asks.
    """
    kept: list[str] = []
    opened = False
    for sentence in sentences:
        if not _is_order(sentence):
            if not opened or _ASKS.search(sentence):
                kept.append(sentence)
            opened = False
            continue
        opened = sentence.endswith(":")
        _, colon, after = sentence.partition(":")
        question = _QUESTION_WORD.search(sentence, _first_order(sentence))
        if colon and after.rstrip().endswith("?") and not _is_order(after):
            kept.append(after.strip())
        elif question and not _is_order(rest := sentence[question.start() :]):
            clause = sentence[: question.start()].rstrip().endswith(",")  # "et tal for, hvad ..."
            if rest.endswith("?") or not clause:
                kept.append(rest)
    return kept


def _first_order(sentence: str) -> int:
    match = _ORDER.search(sentence) or _SHOUTED.search(sentence)
    return match.start() if match else 0
