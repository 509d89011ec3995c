from chains import Verdict
from eval.checks import Judged, load_mails


def test_there_are_enough_mails_and_numbers_of_every_kind() -> None:
    mails = load_mails()
    numbers = [number for mail in mails for number in mail.numbers]
    assert len(mails) >= 40
    assert len(numbers) >= 200
    assert {number.verdict for number in numbers} == set(Verdict)
    for mail in mails:
        place = 0
        for number in mail.numbers:
            place = mail.text.index(number.printed, place) + 1


def test_a_wrong_number_called_right_is_told_from_a_miss() -> None:
    wrong = Judged("m", "4", Verdict.WRONG, Verdict.ROUNDED)
    assert wrong.wrongly_held
    assert not wrong.right
    assert not Judged("m", "4", Verdict.WRONG, Verdict.NOT_FOUND).wrongly_held
    assert not Judged("m", "4", Verdict.RIGHT, None).right
