"""The words by which a question says what it wants done with numbers."""

from __future__ import annotations

import re

from chains.calculators.arithmetic import Operation


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


PERCENT_ASKED = _any(
    r"\bhv\w{0,2} ?(?:mange|meget|stor\w*)(?: \w+)? ?(?:pct|procent|%)",
    r"\b(?:procent|pct\.?)-?(?:del|andel|vis)\w*",
    r"\bi (?:pct|procent|%)",
    r"\bhvilken (?:procent|andel|del)\w*",
    r"(?<!\d )(?<!\d)\b(?:pct|procent)\.?\s*\??$",
    r"(?<![\d½] )(?<!\d)\b(?:pct|procent)\.? af\b|\bprocenten\b|\bprocenttal\w*",
    r"(?<!\d)(?<!\d )%\s*\??$",
    r"\bhvor (?:stor|mange) en? (?:del|andel|brøkdel)\b(?! (?:i|af) (?:kroner|kr|mio))",
    r"\bhvor (?:stor|tungt|meget) (?:\w+ ){0,4}(?:fylder|vejer|vægter)\b|\bhvor meget fylder\b",
    r"\b(?:sæt|set|stil|mål\w*|holdt) (?:\w+ ){0,4}i forhold til\b",
)
POINTS_ASKED = _any(r"\bprocentpoint", r"\bpct\.?[- ]?point")
_CHANGE = _any(
    r"\b(?:stig\w*|voks\w*|(?:til)?vækst\w*|steg|fald\w*|ændr\w*|øge[sr]?|øget|hæve[srt]?|løfte[srt]?|"
    r"dyrere|billigere|sat op|sættes op|udviklingen fra|højere|forøg\w*|opad|gået op|går op|"
    r"ligger .{0,40} over|"
    r"fremgang\w*|sprunget|hop\w*)\b"
)
_RATIO = _any(
    r"\bfaktor\w*\b",
    r"\bhvor mange gange\b",
    r"\bgange (?:så|større|mere|flere|højere)\b",
    r"\bforholdet mellem\b",
    r"\bantal gange\b",
    r"\bgår .{0,60}\bop i\b",
)
_AVERAGE = _any(
    r"\b(?:\w*gennemsnit\w*|gns|\w*snit(?:tet|beløb\w*|pris\w*)?|middel\w*)\b",
    r"\bpr\.? år\b.*\bjævnt\b|\bjævnt\b|\bligeligt\b",
    r"\blige meget hvert år",
)
_SUM = _any(
    r"\b(?:\w+sum|tilsammen|til sammen|tilsamen|ialt|i alt|alt i alt|alt ialt|samlet|"
    r"samlede|samle[rst]?|"
    r"sammenlagt\w*|sammentalt|sammentælling\w*|sum(?:men|mer\w*|mér\w*)?|opsummer\w*|delsum\w*|"
    r"under (?:ét|et|1)|i (?:ét|et|1) (?:hug|beløb|tal)|plus|totale?n?t?|totalsum\w*|"
    r"a?k+umuler\w*|kumul\w*|i træk|hele .{0,20}periode\w*|alle årene|hele (?:beløbet|"
    r"molevitten|svineriet|rækken))\b",
    r"\b(?:lagt|læg\w*|talt|tæl\w*|tal|regn\w*|sat|slå\w*|føj\w*)\b.{0,90}"
    r"\b(?:samm?en|oven i|oveni|ihop|op til ét|til hinanden)\b|\blagt til\b",
    r"\blæg(?:ger|ge)?\b.*\b(?:til|oveni)\b",
    r"\boven ?(?:i|på)\b|\boveni\b|\bi (?:den )?samme (?:kasse|pulje|gryde|bunke|pose)\b|"
    r"\bstabl\w*",
    r"\bløber? .{0,60}\bop i\b|\b(?:når|kommer|ender|lander) .{0,60}\b(?:op på|oppe på)\b",
    r"\bender .{0,30}med at (?:betale|lægge|give)",
    r"\b(?:over|gennem|i løbet af) (?:de |alle )?\d* ?år\w*|\bover (?:19|20)\d\d\b|"
    r"\bårene igennem\b",
    r"\+|\bet samlet\b|\bbundlinje\w*|\b(?:talt|lagt|regnet) op\b|\b(?:regnes|tælles|tages|"
    r"regnet|talt|taget) (?:\w+ )?med\b|"
    r"\bhv(?:ad|or meget) bliver det\b|\b(?:ender|lander) .{0,30}\bpå\b|\bi (?:én|1) linje\b|"
    r"\bbegge dele\b|\bsom (?:ét|et|én|en|1) (?:\w+ )?(?:pose|pulje|kasse)\b|"
    r"\balle .{0,30}\bår\b|\bsom (?:ét|et) (?:tal|beløb)\b",
)
_DIFFERENCE = _any(
    r"\b(?:\w*forskel\w*|\w*differen\w*|afstand\w*|minus|spænd(?:et)?|gab(?:et)?|forspring\w*)\b",
    r"\b(?:fratrukket|fratrækk?\w*|fradrag\w*|fraregn\w*|trukket (?:fra|ud)|eksklusive?|ekskl)\b",
    r"\b(?:træk(?:ker|kes|ke)?|tag\w*) .{0,90}\b(?:fra|ud)\b(?! (?:19|20)\d\d)",
    r"\b(?:pil\w*|skær\w*) .{0,60}\b(?:ud|væk)\b",
    r"\bhvor (?:mange|meget)(?: \w+)? (?:flere|færre|mindre|mere|lavere|højere|lettere|tungere|"
    r"billigere|dyrere)\b(?! penge)",
    r"\b(?:sat op|hævet|løftet|øget|steget|vokset|forhøjet)\b.{0,40}\bmed hvilket",
    r"\b(?:skræl\w*|rens\w*|ryd\w*) .{0,20}\b(?:af|fra|for)\b|\bmanko\w*|\blevnes\b",
    r"\b(?:til overs|tilovers|tilbage|rest(?:en|beløb\w*)?|resterer|til rest)\b",
    r"\bhold\w*? .{0,60}\b(?:ude af|udenfor|uden for|ude)\b|\buden (?:det|den|de)\b",
    r"\bhvad ville .{0,80}uden|\blå uden for\b|\b(?:andet|andre) end\b",
    r"\b(?:før|inden|uden) (?:det|den|de) (?:\w+ )?(?:løft\w*|forhøj\w*|ekstra\w*|stigning\w*)",
    r"\b(?:mere|mindre|flere|færre|større|højere|lavere|dyrere|billigere|over|under) end\b",
    r"\b(?:større|højere|mere|flere|lavere|mindre)\b.{0,90}\bend\b",
    r"\bmangler .{0,60}(?:op til|for at|i at|før)\b",
    r"\b(?:spares|findes|skæres|barberes|hentes) .{0,40}\bfor at (?:\w+ ){0,3}(?:ned|"
    r"overhold\w*|holde)",
    r"\b(?:overstig\w*|overskrid\w*|merbeløb\w*|mer(?:udgift|indtægt|forbrug)\w*|tilvækst\w*)\b",
)
_CONVERT = _any(
    r"\b(?:omregn\w*|omsæt\w*|skriv\w*|i hele kr|udtrykt|angiv\w*|ud i (?:kr|kroner))",
    r"\bi (?:mia|mio|kr|kroner|millioner|milliarder)\b\.?(?: kr\.?)?\s*\??$|, i mi[ao]\b",
)
_PART_OF_WHOLE = re.compile(r"\bhvor (?:stor|mange) en? (?:del|andel|brøkdel)\b|\bandel\w* af\b")
_PART_IN_MONEY = re.compile(
    r"\bhvor stor en? (?:del|andel)\b.{0,160}\bi (?:kroner|kr|mio|mia|millioner|milliarder)\b\W*$"
)
RISES_BY = re.compile(
    r"\bhvor ?meget (?:\w+ ){0,12}(?:stiger|vokser|falder|øges|steg|voksede|faldt|hæves|løftes)|"
    r"\b(?:stigning|vækst|forøgelse|fald|løft|hop)\w*,? (?:fra |i |over )?"
    r"(?:19|20)\d\d (?:til|-|–) |"
    r"\bhvor (?:stort?|højt?) (?:er |var |bliver )?(?:et |en )?(?:\w+ )?"
    r"(?:hop|spring|stigning|fald|vækst|ændring)\w*|\bhvor stort et (?:\w+ )?løft\b"
)


def asks_for_more(text: str) -> bool:
    """Return whether "hvor mange flere" counts what is added, with nothing to hold it against."""
    return _MORE.search(text) is not None and not _THAN.search(text)


_MORE = re.compile(r"\bhvor (?:mange|meget) (?:flere|mere|ekstra)\b")
_THAN = re.compile(r"\bend\b|\bforskel\w*|\bvoks\w*|\bstig\w*|\bfald\w*")


def operations_asked(asking: str, mail: str) -> list[Operation]:
    """Return what the asking sentences want done; of a mail that asks "hvad bliver det?" all of it.

    Only adding up is read from the rest of a mail, where much is told and little is asked.
    """
    return operations(asking) or ([Operation.SUM] if _ONE_SUM.search(mail) else [])


_ONE_SUM = re.compile(
    r"\bi (?:én|1) (?:sum|linje)\b|\blagt sammen\b|\b\w*sum(?:men)?\b|"
    r"\b(?:de|disse) [2-9] (?:\w+ )?(?:beløb|post|bevilling|indtægt|pulje|tal)\w*"
)


def operations(text: str) -> list[Operation]:
    """Return what a question may want done with its figures, the likeliest first."""
    wanted: list[Operation] = []
    percent = PERCENT_ASKED.search(text) is not None and not _PART_IN_MONEY.search(text)
    part_of_whole = _PART_OF_WHOLE.search(text) is not None
    if _RATIO.search(text):
        wanted.append(Operation.RATIO)
    if percent and _CHANGE.search(text) and not part_of_whole:
        wanted.append(Operation.CHANGE)
    if percent:
        wanted.append(Operation.SHARE)
    if _AVERAGE.search(text):
        wanted.append(Operation.AVERAGE)
    apart = _DIFFERENCE.search(text) or POINTS_ASKED.search(text) or RISES_BY.search(text)
    if not percent and apart:
        wanted.append(Operation.DIFFERENCE)
    if _SUM.search(text):
        wanted.append(Operation.SUM)
    if _CONVERT.search(text):
        wanted.append(Operation.CONVERT)
    return wanted
