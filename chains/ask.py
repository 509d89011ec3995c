"""Everything that frames look at: the question's mentions and the figures it may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains.calculators.terms import Term
from chains.figure_rank import Found, rank_series
from chains.lookup import FigureWords
from chains.mentions import Mention, Mentions, find_mentions, find_parties, merge_followup
from chains.selection import Candidate
from chains.understand import Reading
from chains.vocabulary import Vocabulary
from corpus import calculation_texts as texts
from corpus.agreed import Figure, FigureKind, Series
from corpus.danish import UNIT_NAMES
from corpus.models import Agreement, Unit

PARTIES = ("staten", "kommunerne", "regionerne")


@dataclass(frozen=True)
class Ask:
    """One question, as the frames see it."""

    reading: Reading
    mentions: Mentions
    focus: Mentions
    """What the asking sentences alone mention; of a short question the same."""
    found: tuple[Found, ...]
    """All series of the chosen agreements, the likeliest first."""
    words: FigureWords
    agreements: dict[str, Agreement]
    own: str = ""
    """What a follow-up asks itself, like `text`."""

    @property
    def text(self) -> str:
        """The question in lower case, numbers as digits."""
        return self.mentions.text

    @property
    def asking(self) -> str:
        """The sentences that ask, like `text`; the rest of a long mail left out."""
        return self.focus.text

    @property
    def asked_last(self) -> str:
        """What the last question itself asks, like `text`; of one that stands alone `asking`."""
        return self.own or self.asking

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are asked for; of a long mail those of the asking sentences, if any."""
        own = self.focus.covered_years()
        if len(own) == 1 and any(own[0] == span.last for span in self.mentions.spans):
            return self.mentions.covered_years()
        return own or self.mentions.covered_years()

    @property
    def asked_parties(self) -> tuple[str, ...]:
        """Return the parties that the last asking sentence names; else all that are named."""
        last = self.asking.rstrip(" ?.!").rsplit("?", 1)[-1]
        last = re.split(r"(?<=[a-zæøå])[.:] ", last)[-1]
        return find_parties(last) or find_parties(self.asking) or self.mentions.parties

    def role(self, role: str, area: str = "") -> list[Figure]:
        """Return the figures that a calculator knows by a role, of the likeliest agreement."""
        figures = [
            figure
            for found in self.found
            for figure in found.series.figures
            if figure.role == role and area in {"", figure.area}
        ]
        first = figures[0].agreement_id if figures else ""
        return [figure for figure in figures if figure.agreement_id == first]

    def score_of(self, role: str) -> float:
        """Return the best share of the series with a role."""
        return max((f.share for f in self.found if f.series.first.role == role), default=0.0)

    def children(self, series: Series) -> list[Series]:
        """Return the series that are part of one."""
        return [
            found.series
            for found in self.found
            if found.series.first.part_of == series.id
            and found.series.agreement_id == series.agreement_id
        ]

    def by_id(self, agreement_id: str, id_: str) -> Series | None:
        """Return a series by its id."""
        return next(
            (f.series for f in self.found
             if f.series.id == id_ and f.series.agreement_id == agreement_id), None)  # fmt: skip


def build_ask(
    reading: Reading,
    candidates: Sequence[Candidate],
    near: Sequence[tuple[int, float]],
    words: FigureWords,
    vocabulary: Vocabulary,
    weights: Mapping[str, float],
    agreements: Mapping[str, Agreement],
    chosen: Sequence[str] | None,
) -> Ask:
    """Return what the frames look at."""
    mentions = read_mentions(reading, vocabulary)
    focus = find_mentions(_mended(reading.focus, vocabulary)) if reading.is_long else mentions
    found = rank_series(reading, mentions, words, near, candidates, weights, chosen)
    own = find_mentions(_mended(reading.asked_last, vocabulary)).text if reading.earlier else ""
    return Ask(reading, mentions, focus, tuple(found), words, dict(agreements), own)


def read_mentions(reading: Reading, vocabulary: Vocabulary) -> Mentions:
    """Return what a question mentions; a follow-up's own numbers take the place of the earlier."""
    own = reading.standalone.removeprefix(reading.earlier).strip() or reading.standalone
    text = _mended(own, vocabulary)
    if reading.earlier:
        text = merge_followup(_mended(reading.earlier, vocabulary), text)
    return find_mentions(text)


def _mended(text: str, vocabulary: Vocabulary) -> str:
    return vocabulary.mend(_PL.sub("pl", text))


_PL = re.compile(r"\bp/l\b", re.IGNORECASE)


def own_term(mention: Mention, name: str = "") -> Term:
    """Return a number of the asker's as a term, in the unit it was given in."""
    return Term(name or texts.OWN_NUMBER, mention.amount, unit_of(mention), "question")


def unit_of(mention: Mention) -> str:
    """Return the unit a number was given in."""
    match mention.unit:
        case Unit.KR:
            text = mention.text
            if "mia" in text or "milliard" in text:
                return "mia. kr."
            return "mio. kr." if "mio" in text or "million" in text else "kr."
        case Unit.NUMBER:
            return mention.noun
        case unit:
            return UNIT_NAMES[unit]


def is_share(figure: Figure) -> bool:
    """Return whether a figure is a share of something."""
    return figure.kind is FigureKind.SHARE and figure.unit is Unit.PCT
