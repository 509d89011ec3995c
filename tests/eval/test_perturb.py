import pytest

from eval.perturb import Rule, perturb, rules
from eval.suite import Grounds

QUESTION = "Hvor mange læger skal der være på sygehusene i 2021?"


@pytest.fixture(scope="module")
def known(grounds: Grounds) -> dict[str, Rule]:
    return rules(grounds.words, "Havneaftalen for 2031")


@pytest.mark.parametrize(
    ("rule", "question", "expected"),
    [
        ("ascii_letters", QUESTION, "Hvor mange laeger skal der vaere paa sygehusene i 2021?"),
        ("bare_letters", QUESTION, "Hvor mange lager skal der vare pa sygehusene i 2021?"),
        ("lower_case", QUESTION, "hvor mange læger skal der være på sygehusene i 2021"),
        ("lower_case", "antal læger", None),
        ("word_order", QUESTION, "I 2021, hvor mange læger skal der være på sygehusene?"),
        ("word_order", "antal læger", None),
        ("inflection", "antal senge på sygehusene", "antal senge på sygehus"),
        ("compounds_split", "økonomien i sundhedsvæsenet?", "økonomien i sundheds væsenet?"),
        ("compounds_joined", "penge til sundheds væsenet", "penge til sundhedsvæsenet"),
        ("agreement_named", "antal læger?", "antal læger ifølge havneaftalen for 2031?"),
        ("compounds_joined", "hvad er sundheds-it", "hvad er sundhedsit"),
    ],
)
def test_a_rule_does_what_its_name_says(
    rule: str, question: str, expected: str | None, known: dict[str, Rule]
) -> None:
    assert perturb(question, "a", known[rule]) == expected


def test_no_agreement_is_named_where_none_alone_answers(grounds: Grounds) -> None:
    assert perturb(QUESTION, "a", rules(grounds.words)["agreement_named"]) is None


def test_slips_are_few_and_the_same_each_time(known: dict[str, Rule]) -> None:
    first = perturb(QUESTION, "a", known["typos"])
    assert first == perturb(QUESTION, "a", known["typos"])
    assert first is not None
    changed = [a for a, b in zip(first.split(), QUESTION.split(), strict=True) if a != b]
    assert len(changed) == 1


def test_numbers_are_never_touched(known: dict[str, Rule]) -> None:
    question = "Fordel 133,5 mio. kr. efter fordelingsnøglen 40/40/20 i 2022"
    for rule in known.values():
        changed = perturb(question, "a", rule) or question
        for number in ("133,5", "40/40/20", "2022"):
            assert number in changed
