"""The words by which a question says what it wants done with numbers."""

from __future__ import annotations

import re

from chains.calculators.arithmetic import Operation

PERCENT_ASKED = re.compile(
    r"\bhvor (?:mange|meget) (?:pct|procent|%)|\bhvor (?:mange|stor\w*) \w* ?(?:pct|procent)\b|"
    r"\bprocentdel\w*|\bprocentandel\w*|\bi (?:pct|procent|%)|"
    r"\bhvor mange \w+ ?pct|\bi pct\b|\bandel i pct|\bhvilken procent\w*|\bprocentvis\w*|"
    r"(?<!\d )(?<!\d)\b(?:pct|procent)\.?\s*\??$|\bhvor mange %|"
    r"\bhvor (?:stor|mange) en? (?:del|andel|brøkdel)\b(?! (?:i|af) (?:kroner|kr|mio))"
)
POINTS_ASKED = re.compile(r"\bprocentpoint|\bpct\.?[- ]?point")
_CHANGE = re.compile(
    r"\b(?:stig\w*|voks\w*|vækst\w*|steg|fald\w*|ændr\w*|øges|hæves|løfter|dyrere|billigere|"
    r"udviklingen fra|højere|forøg\w*)\b"
)
_RATIO = re.compile(
    r"\bfaktor\w*\b|\bhvor mange gange\b|\bgange (?:så|større|mere|flere)\b|"
    r"\bforholdet mellem\b"
)
_AVERAGE = re.compile(
    r"\bgennemsnit\w*|\bi snit\b|\bmiddel\w*|\bpr\.? år\b.*\bjævnt\b|\bjævnt\b|"
    r"\blige meget hvert år"
)
_SUM = re.compile(
    r"\b(?:tilsammen|til sammen|tilsamen|i alt|ialt|alt i alt|samlet|samlede|sammenlagt|"
    r"sum(?:men|mer)?|"
    r"lagt (?:sammen|samen)|læg(?:ger)?\b.*\b(?:sammen|oven i|til)|under ét|plus|total\w*|"
    r"akkumuleret|"
    r"oven i|hele (?:perioden|beløbet)|løber .{0,40}op i|kumul\w*|i træk|"
    r"ender .{0,30}med at (?:betale|lægge|give)|"
    r"over (?:de |alle )?\d* ?år\w*|over (?:19|20)\d\d)\b|"
    r"\+|\bet samlet\b"
)
_DIFFERENCE = re.compile(
    r"\b(?:forskel\w*|differen\w*|minus|fratrukket|trukket fra|trækker? .{0,60}\b(?:fra|ud)|"
    r"pil\w* .{0,60}\bud\b|hvor (?:mange|meget) (?:flere|færre|mindre)\b(?! penge)|"
    r"(?:sat op|hævet|løftet|øget|steget)\b.{0,40}\bmed hvilket|til overs|tilbage|rest(?:en)?|"
    r"holde?s? .{0,40}ude af|uden det|uden den|"
    r"hvad ville .{0,80}uden|"
    r"(?:mere|mindre|flere|færre|større|højere|lavere|dyrere|over|under) end|"
    r"(?:større|højere|mere|flere|lavere)\b.{0,90}\bend|lå uden for|mangler .{0,50}(?:op til|"
    r"for at|i at))\b"
)
_CONVERT = re.compile(
    r"\b(?:omregn\w*|skriv\w*|i hele kr|udtrykt|ud i (?:kr|kroner))|"
    r"\bi (?:mia|mio|kr|kroner|millioner|milliarder)\b\.?(?: kr\.?)?\s*\??$|, i mi[ao]\b"
)


def operations(text: str) -> list[Operation]:
    """Return what a question may want done with its figures, the likeliest first."""
    wanted: list[Operation] = []
    percent = PERCENT_ASKED.search(text) is not None
    if _RATIO.search(text):
        wanted.append(Operation.RATIO)
    if percent and _CHANGE.search(text):
        wanted.append(Operation.CHANGE)
    if percent:
        wanted.append(Operation.SHARE)
    if _AVERAGE.search(text):
        wanted.append(Operation.AVERAGE)
    if not percent and (_DIFFERENCE.search(text) or POINTS_ASKED.search(text)
                        or re.search(r"\bhvor ?meget (?:stiger|vokser|falder|"
                            r"øges)", text)):  # fmt: skip
        wanted.append(Operation.DIFFERENCE)
    if _SUM.search(text):
        wanted.append(Operation.SUM)
    if _CONVERT.search(text):
        wanted.append(Operation.CONVERT)
    return wanted
