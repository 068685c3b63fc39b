"""How often something is tried, and when somebody has to look."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.outbox.rules import LONGEST_WAIT, Trouble, is_over, listed, wait_after


def test_waits_grow_from_a_minute_to_six_hours() -> None:
    minutes = [wait_after(tries, spread=0) / timedelta(minutes=1) for tries in range(1, 9)]
    assert minutes == [1, 4, 16, 64, 256, 360, 360, 360]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_wait_is_never_shorter_and_at_most_a_quarter_longer(tries: int, spread: float) -> None:
    least = wait_after(tries, spread=0)
    assert least <= wait_after(tries, spread=spread) <= least * 1.25 <= LONGEST_WAIT * 1.25


@given(st.integers(1, 100))
def test_nobody_waits_shorter_after_more_tries(tries: int) -> None:
    assert wait_after(tries, spread=0) <= wait_after(tries + 1, spread=0)


@pytest.mark.parametrize("trouble", Trouble)
def test_what_says_never_is_over_at_once_and_the_rest_after_its_tries(trouble: Trouble) -> None:
    never = trouble in {Trouble.REFUSED, Trouble.BLOCKED}
    assert is_over(trouble, 1, most=8) is never
    assert is_over(trouble, 7, most=8) is never
    assert is_over(trouble, 8, most=8)


def test_a_setting_with_commas_is_a_list() -> None:
    assert listed(" A.example, b.example ,,") == ("a.example", "b.example")
    assert listed("") == ()
