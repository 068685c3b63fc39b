"""Codes for people: easy to say, in no order, never twice."""

from hypothesis import given
from hypothesis import strategies as st

from service.persons.codes import FIGURES, PLANTS, free_code

ALL = [f"{plant}{figure:02d}" for plant in PLANTS for figure in range(1, FIGURES)]


def test_there_are_enough_short_codes_for_a_towns_people() -> None:
    assert len(set(ALL)) == len(ALL)
    assert len(ALL) > 3_000


@given(taken=st.sets(st.sampled_from(ALL), max_size=300))
def test_a_drawn_code_is_free_and_short(taken: set[str]) -> None:
    code = free_code(taken)
    assert code not in taken
    assert code in ALL


def test_the_last_short_code_is_found() -> None:
    assert free_code(ALL[1:]) == ALL[0]


def test_a_town_that_has_used_up_all_goes_on_with_longer_ones() -> None:
    code = free_code(ALL)
    assert code not in ALL
    assert len(code) <= 64
