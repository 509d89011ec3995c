"""What of one agreement answers to what of another: figures, commitments, sections. By rule.

Each pair gets a likeness from 0 to 1, the best one-to-one pairing is taken (Hungarian method), and
pairs below a threshold are none. Ids are not looked at: another person has given them. The
thresholds and weights were chosen on made agreements, where it is known what became of what
(`python -m eval.difference`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from chains.lookup import topic_stems
from corpus.agreed import Series
from corpus.commitment import Commitment
from corpus.models import Section, Unit
from corpus.words import content_stems
from ingest.index import Corpus

FIGURE_LEAST, COMMITMENT_LEAST, SECTION_LEAST = 0.5, 0.35, 0.5
_LABEL, _WORDING, _TRAITS = 0.45, 0.4, 0.15
_ACT, _ACTED = 0.35, 0.15
_HEADING, _PLACE = 0.55, 0.1
_NEAR = 50
"""Characters before and behind a number that tell it from others of its sentence."""
_OTHER_UNIT = 0.25
"""What it takes from the likeness that one is money and the other is not."""
_ORDER = 0.02
"""What it gives that both stand in the same place of their sentence."""
_MONEY = {Unit.KR, Unit.KR_PER_INHABITANT}
_NUMBER = re.compile(r"^(?:Boks |Bilag )?\d+(?:\.\d+)?\.?:? ?")
_TOP = "top"
"""Stands for the place of what stands in no other section."""
Matrix = NDArray[np.float64]
Pairs = list[tuple[int, int, float]]
"""(number among the old, among the new, likeness)."""
Stems = frozenset[str]


class Rarity:
    """How rare each word is in the two agreements; a rare one tells more."""

    def __init__(self, groups: Sequence[Stems]) -> None:
        counts = Counter(word for group in groups for word in group)
        self._numbers = {word: i for i, word in enumerate(counts)}
        self._root = np.sqrt([math.log(1 + len(groups) / n) for n in counts.values()])

    def likeness(self, olds: Sequence[Stems], news: Sequence[Stems]) -> Matrix:
        """Return (old, new): the share of words in common, rare ones counting more (Dice)."""
        a, b = self._weighed(olds), self._weighed(news)
        shared: Matrix = a @ b.T
        whole = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None, :]
        alike: Matrix = np.divide(2 * shared, whole, out=np.zeros_like(shared), where=whole > 0)
        return alike

    def _weighed(self, groups: Sequence[Stems]) -> Matrix:
        rows = np.zeros((len(groups), len(self._numbers)))
        for row, group in enumerate(groups):
            own = [self._numbers[word] for word in group if word in self._numbers]
            rows[row, own] = self._root[own]
        return rows


def best_pairs(scores: Matrix, least: float) -> Pairs:
    """Return the one-to-one pairs with the greatest likeness in all, none below `least`."""
    if not scores.size:
        return []
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return [
        (int(i), int(j), float(scores[i, j]))
        for i, j in zip(rows, columns, strict=True)
        if scores[i, j] >= least
    ]


@dataclass(frozen=True)
class _Known:
    """A series with the words it is known by."""

    series: Series
    phrases: tuple[Stems, ...]
    sentence: Stems
    near: Stems
    place: int
    """How many figures stand before it in its sentence."""

    @property
    def sides(self) -> frozenset[str]:
        """Who pays, receives or has a share."""
        first = self.series.first
        return frozenset({first.payer, first.receiver, first.party} - {""})


def pair_series(corpus: Corpus, old_id: str, new_id: str, least: float = FIGURE_LEAST) -> Pairs:
    """Return which series of figures answer to which; numbers count the agreement's own series."""
    old, new = _series_of(corpus, old_id), _series_of(corpus, new_id)
    if not old or not new:
        return []
    rarity = Rarity([p for one in (*old, *new) for p in (*one.phrases, one.sentence)])
    worded = rarity.likeness([o.sentence for o in old], [o.sentence for o in new])
    worded = (worded + rarity.likeness([o.near for o in old], [o.near for o in new])) / 2
    traits = np.array([[_traits(a, b) for b in new] for a in old])
    scores = _LABEL * _best_phrases(rarity, old, new) + _WORDING * worded + traits
    return best_pairs(scores, least)


def _best_phrases(rarity: Rarity, old: Sequence[_Known], new: Sequence[_Known]) -> Matrix:
    """Return (old, new): likeness of the two labels or aliases that are most alike."""
    alike = rarity.likeness(
        [p for o in old for p in o.phrases], [p for o in new for p in o.phrases]
    )
    rows = np.cumsum([0, *(len(o.phrases) for o in old[:-1])])
    columns = np.cumsum([0, *(len(o.phrases) for o in new[:-1])])
    best = np.maximum.reduceat(np.maximum.reduceat(alike, rows, axis=0), columns, axis=1)
    return np.asarray(best, np.float64)


def _traits(a: _Known, b: _Known) -> float:
    """Return what unit, noun, run over time, parties and place in the sentence give and take."""
    one, other = a.series.first, b.series.first
    shared = len(a.sides & b.sides) / max(1, len(a.sides | b.sides))
    same = (one.unit is other.unit, one.noun == other.noun, one.per == other.per,
            one.kind is other.kind, len(a.series.figures) == len(b.series.figures))  # fmt: skip
    sides = shared if a.sides or b.sides else 1.0
    given = _TRAITS * (sum(same) / len(same) + sides) / 2 + _ORDER * (a.place == b.place)
    return given - _OTHER_UNIT * ((one.unit in _MONEY) != (other.unit in _MONEY))


def _series_of(corpus: Corpus, agreement_id: str) -> list[_Known]:
    text = next(a.text for a in corpus.agreements if a.id == agreement_id)
    passages = {p.id for p in corpus.passages if p.agreement_id == agreement_id}
    sentences = sorted((s for s in corpus.sentences if s.passage_id in passages),
                       key=lambda s: s.start)  # fmt: skip
    starts = [s.start for s in sentences]
    seen: Counter[int] = Counter()
    found: list[_Known] = []
    for series in (s for s in corpus.series if s.agreement_id == agreement_id):
        place = series.first.place
        before, behind = text[max(0, place.start - _NEAR) : place.start], text[place.end :][:_NEAR]
        number = bisect_right(starts, place.start) - 1
        inside = number >= 0 and place.start < sentences[number].end
        near = _words(f"{before} {behind}")
        sentence = _words(sentences[number].text) if inside else near
        said = [frozenset(topic_stems(p)) for p in (series.label, *series.first.aliases)]
        phrases = tuple(stems for stems in said if stems) or (frozenset[str](),)
        found.append(_Known(series, phrases, sentence, near, seen[number]))
        seen[number] += 1
    return found


def _words(text: str) -> Stems:
    """Return the stems of a text without its numbers."""
    return frozenset(s for s in content_stems(text) if not s[0].isdigit())


def pair_commitments(
    corpus: Corpus, old_id: str, new_id: str, least: float = COMMITMENT_LEAST
) -> Pairs:
    """Return which commitments answer to which."""
    texts = {a.id: a.text for a in corpus.agreements}
    old, new = ([c for c in corpus.commitments if c.agreement_id == i] for i in (old_id, new_id))
    if not old or not new:
        return []

    def quoted(all_: Sequence[Commitment]) -> list[Stems]:
        return [_words(texts[c.agreement_id][c.start : c.end]) for c in all_]

    rarity = Rarity([*quoted(old), *quoted(new)])
    worded = rarity.likeness(quoted(old), quoted(new))
    acts = [[_words(" ".join([c.act, *c.aliases])) for c in all_] for all_ in (old, new)]
    told = np.array([[bool(a.act and b.act) for b in new] for a in old])
    acted = np.where(told, rarity.likeness(*acts), worded)
    who = np.array([[_overlap(a.actors, b.actors) for b in new] for a in old])
    return best_pairs((1 - _ACT - _ACTED) * worded + _ACT * acted + _ACTED * who, least)


def _overlap(a: Sequence[str], b: Sequence[str]) -> float:
    return len(set(a) & set(b)) / max(1, len(set(a) | set(b)))


def pair_sections(corpus: Corpus, old_id: str, new_id: str, least: float = SECTION_LEAST) -> Pairs:
    """Return which sections answer to which; a box is no chapter."""
    texts = {a.id: a.text for a in corpus.agreements}
    old, new = ([s for s in corpus.sections if s.agreement_id == i] for i in (old_id, new_id))
    if not old or not new:
        return []

    def words(of: Callable[[Section], str]) -> list[list[Stems]]:
        return [[_words(of(section)) for section in sections] for sections in (old, new)]

    bodies = words(lambda s: texts[s.agreement_id][s.start : s.end])
    heads = words(lambda s: _NUMBER.sub("", s.heading))
    places = words(lambda s: " ".join(s.path[:-1]) or _TOP)
    rarity = Rarity([*bodies[0], *bodies[1], frozenset({_TOP})])
    alike = rarity.likeness(*bodies)
    bare = np.array([not head for head in heads[0]])[:, None]
    headed = np.where(bare, alike, rarity.likeness(*heads))
    same_kind = np.array([[a.kind is b.kind for b in new] for a in old])
    rest = 1 - _HEADING - _PLACE
    scores = _HEADING * headed + rest * alike + _PLACE * rarity.likeness(*places)
    return best_pairs(np.where(same_kind, scores, 0.0), least)
