"""Expected verdicts are worked out from the agreements by hand."""

import pytest

from chains import Assistant, Verdict
from eval.checks import judge_mails, load_mails

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Regionernes teknologibidrag er 400 mio. kr. i 2021.", Verdict.RIGHT),
        ("Regionernes teknologibidrag er 450 mio. kr. i 2021.", Verdict.WRONG),
        ("Regionernes teknologibidrag er 400 mia. kr. i 2021.", Verdict.WRONG_UNIT),
        ("Nærhedsfinansieringen er 1.554 mio. kr. i 2021.", Verdict.ROUNDED),
    ],
)
def test_a_number_beside_the_agreement(assistant: Assistant, text: str, verdict: Verdict) -> None:
    (number,) = assistant.check(text).numbers
    assert number.verdict is verdict
    assert number.citations
    agreements = {agreement.id: agreement.text for agreement in assistant.agreements}
    for citation in number.citations:
        own = agreements[citation.agreement_id]
        assert own[citation.start : citation.end] == citation.quote


def test_a_text_without_numbers_about_the_agreements(assistant: Assistant) -> None:
    assert assistant.check("Vi ses kl. 10 i lokale 4 den 3. maj.").numbers == ()


def test_no_wrong_number_of_the_mails_is_called_right(assistant: Assistant) -> None:
    judged, _ = judge_mails(assistant, load_mails()[::4])
    assert [one for one in judged if one.wrongly_held] == []
