import re

import pytest

from chains.fidelity import Source, judge
from chains.sentence_facts import read_sentence
from corpus.words import tokenize
from eval.wording import MOST_REJECTED, failures, judge_wordings, load_wordings
from ingest.index import Corpus

MONEY = "Der afsættes 35 mio. kr. i 2022 og 60 mio. kr. varigt fra 2023 til kommunerne."


def verdict(claim: str, *sources: str) -> list[str]:
    held = [Source(read_sentence(source), frozenset()) for source in sources]
    return [failure.rule for failure in judge(claim, held).failures]


def test_forgeries_are_stopped_and_right_wordings_let_through(corpus: Corpus) -> None:
    judged = list(judge_wordings(load_wordings(corpus)))
    through, rejected = failures(judged)
    forged = sum(bool(one.wording.lie) for one in judged)
    assert forged >= 60 and len(judged) - forged >= 60
    assert [one.wording.text for one in through] == []
    assert len(rejected) <= MOST_REJECTED * (len(judged) - forged)


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("Kommunerne får 35 mio. kr. i 2022.", None),
        ("Kommunerne får varigt 60 mio. kr. fra 2023.", None),
        ("Kommunerne får 35 mio. kr. i 2023.", "year"),
        ("Kommunerne får 60 mio. kr. i 2023.", "period"),
        ("Kommunerne får 36 mio. kr. i 2022.", "number"),
        ("Kommunerne får 35 mia. kr. i 2022.", "number"),
        ("Kommunerne får op til 35 mio. kr. i 2022.", "reservation"),
        ("Kommunerne får 35 mio. kr. om året i 2022.", "period"),
        ("Regionerne får 35 mio. kr. i 2022.", "actor"),
        ("Kommunerne får 35 mio. kr. i 2022 til læger.", "word"),
        ("Kommunerne får ikke 35 mio. kr. i 2022.", "added"),
    ],
)
def test_amounts(claim: str, rule: str | None) -> None:
    found = verdict(claim, MONEY)
    assert (rule in found) if rule else found == []


@pytest.mark.parametrize(
    ("source", "claim", "right"),
    [
        ("Staten betaler 2 mio. kr. til regionerne.", "Regionerne får 2 mio. kr. af staten.", True),
        ("Staten betaler 2 mio. kr. til regionerne.", "Staten får 2 mio. kr. fra regionerne.",
         False),
        ("Udvalget kan ikke ændre planen.", "Udvalget kan ændre planen.", False),
        ("Udvalget kan ikke ændre planen.", "Planen kan udvalget ikke ændre.", True),
        ("Udvalget skal drøfte planen.", "Udvalget skal gennemføre planen.", False),
        ("Planen skal styrke samarbejdet.", "Samarbejdet skal styrke planen.", False),
        ("Regionerne kan købe udstyr, og kommunerne skal drive tilbud.",
         "Regionerne kan drive tilbud.", False),
        ("Regionerne kan købe udstyr, og kommunerne skal drive tilbud.",
         "Kommunerne skal drive tilbud.", True),
        ("Udgiften stiger fra 5 mio. kr. til 8 mio. kr.",
         "Udgiften stiger fra 8 mio. kr. til 5 mio. kr.", False),
        ("Ordningen forventes udvidet i 2024.", "Ordningen udvides i 2024.", False),
        ("Arbejdet skal være færdigt senest i 2024.", "Arbejdet skal være færdigt i 2024.", False),
        ("Regionerne og kommunerne ansøger om midlerne.", "Regionerne ansøger om midlerne.", False),
    ],
)  # fmt: skip
def test_who_does_what(source: str, claim: str, right: bool) -> None:
    assert (verdict(claim, source) == []) is right


def test_every_sentence_of_the_agreements_says_what_it_says(corpus: Corpus) -> None:
    plain = [
        s.text for s in corpus.sentences if re.fullmatch(r"[^„”“\"»«\[\]\n]{40,350}\.", s.text)
    ]
    assert len(plain) > 400
    wrong = [text for text in plain[::4] if verdict(text, text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (r"(?<![\d.,-])(\d+)(?=(?:,\d+)? (?:mio|mia|pct))", lambda m: str(int(m[1]) + 1)),
        (r"\bmio\.", lambda m: "mia."),
        (r"\bpct\.", lambda m: "procentpoint"),
        (r"\bskal\b", lambda m: "kan"),
        (r"\bkan\b", lambda m: "skal"),
        (r"\b(?=til|på)\b", lambda m: "kun "),
        (r"\bstig", lambda m: "fald"),
        (r"\bregionerne\b", lambda m: "ministrene"),
    ],
)
def test_every_sentence_with_a_lie_in_it_is_stopped(
    said: str, instead: object, corpus: Corpus
) -> None:
    """One thing is changed in sentences of the agreements; at most one in 50 may be missed."""
    tried, missed = 0, []
    for sentence in corpus.sentences:
        lie = re.sub(said, instead, sentence.text, count=1)  # type: ignore[call-overload]
        if lie == sentence.text or not 40 < len(lie) < 350 or "\n" in lie or tried >= 60:
            continue
        tried += 1
        if not verdict(lie, sentence.text):
            missed.append(lie)
    assert tried >= 5
    assert len(missed) <= tried // 50, missed


def test_words_of_the_heading_may_be_used() -> None:
    source = Source(
        read_sentence("Der afsættes 4 mio. kr."), frozenset(tokenize("Boks 1, Lægehuse"))
    )
    assert not judge("Der afsættes 4 mio. kr. til lægehuse.", [source]).failures
    assert judge("Der afsættes 4 mio. kr. til sygehuse.", [source]).failures
