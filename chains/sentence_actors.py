"""Who acts and who receives in a sentence: by name, and by the word before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chains.lexicon import load_lexicon

_ROLES = (
    ("SAID", re.compile(r"\bifølge\s*$")),
    ("INV", re.compile(r"\b(?:inddragelse|høring|rådgivning) af\s*$")),
    ("BEHALF", re.compile(r"\bpå vegne af\s*$")),
    ("MED", re.compile(r"\b(?:sammen|samarbejde|dialog|drøftelse\w*|inddrages) med\s*$")),
    ("WITH", re.compile(r"\b(?:med|mellem|blandt andet|blandt)\s*$")),
    ("TIL", re.compile(r"\b(?:til|tilgår|tilfalder)(?: de(?:n|t)?)?\s*$")),
    ("FRA", re.compile(r"\bfra\s*$")),
    ("AF", re.compile(r"\baf(?: de(?:n|t)?)?\s*$")),
    ("IN", re.compile(r"\b(?:i|for|hos|på|blandt|over for)(?: de(?:n|t)?)?\s*$")),
)  # fmt: skip
_JOINED = re.compile(r"\s*(?:,|og|eller|samt|/|, og)\s*(?:de(?:n|t)? )?")
_ADJECTIVE = re.compile(r"(?:regional|kommunal|statslig)(?:e|t)?$")


@dataclass(frozen=True)
class Actor:
    """Somebody who acts or receives."""

    name: str
    role: str
    """SUBJ, GEN, ADJ, TIL, FRA, AF, MED, WITH, IN, INV, BEHALF, SAID."""
    group: int
    """Those joined by "og" have the same number."""
    start: int
    end: int


def find_actors(text: str) -> list[Actor]:
    """Return who a sentence names, in order; those joined by "og" share the role of the first."""
    found: list[tuple[int, int, str]] = []
    taken = text
    for name, pattern in load_lexicon().actors:
        for match in pattern.finditer(taken):
            found.append((match.start(), match.end(), name or match[0].removesuffix("s")))
        taken = pattern.sub(lambda m: " " * len(m[0]), taken)
    actors: list[Actor] = []
    group = 0
    for start, end, name in sorted(found):
        before = text[:start]
        role = next((role for role, form in _ROLES if form.search(before)), "SUBJ")
        last = actors[-1] if actors else None
        if last is not None and _JOINED.fullmatch(text[last.end : start]):
            role = last.role if role == "SUBJ" else role
        else:
            group += 1
        word = text[start:end]
        if re.match(r"\s*vegne\b", text[end:]):
            role = "BEHALF"
        elif re.match(r"\s*side\b", text[end:]):
            role = "SUBJ"  # "fra statens side"
        elif _ADJECTIVE.match(word):
            role = "ADJ"
        elif word.endswith("s"):
            role = "GEN"
        actors.append(Actor(name, role, group, start, end))
    return actors
