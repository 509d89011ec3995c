import time

from chains.breaker import Breaker


def test_it_opens_after_the_failures_that_are_borne() -> None:
    breaker = Breaker(failures=3, open_s=60)
    for _ in range(3):
        assert breaker.enter()
        breaker.fail()
    assert not breaker.enter()


def test_a_success_begins_the_count_anew() -> None:
    breaker = Breaker(failures=2, open_s=60)
    breaker.fail()
    breaker.succeed()
    breaker.fail()
    assert breaker.enter()


def test_after_a_while_one_is_let_through_and_decides() -> None:
    breaker = Breaker(failures=1, open_s=0.01)
    breaker.fail()
    deadline = time.monotonic() + 10
    while not breaker.enter():
        assert time.monotonic() < deadline
    assert not breaker.enter()  # only one tries
    breaker.succeed()
    assert breaker.enter() and breaker.enter()


def test_a_failed_trial_keeps_it_open() -> None:
    breaker = Breaker(failures=5, open_s=0.01)
    for _ in range(5):
        breaker.fail()
    deadline = time.monotonic() + 10
    while not breaker.enter():
        assert time.monotonic() < deadline
    breaker = _opened_again(breaker)
    assert not breaker.enter()


def _opened_again(breaker: Breaker) -> Breaker:
    breaker._open_s = 60
    breaker.fail()
    return breaker
