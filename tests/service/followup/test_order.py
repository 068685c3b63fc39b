"""The documented order of the queue, group by group."""

from dataclasses import replace
from uuid import UUID

import pytest

from service.followup.cadence import Occasion
from service.followup.order import Rank, in_order, place_of, rank_of
from service.followup.windows import Due, Subject
from service.placements.lifecycle import Side
from tests.service.followup.cases import day

TODAY = day("03-10")


def row(number: int, occasion: Occasion, *span: str, side: Side = Side.PERSON, of: int = 0) -> Due:
    """Return a row with a numbered id; rows `of` one number belong to one placement."""
    place = UUID(int=of or number)
    subject = Subject(place, side, placement_id=place)
    earliest, due, late = map(day, span)
    return Due(UUID(int=number), subject, occasion, earliest, earliest, earliest, due, late)


def numbers(*rows: Due) -> list[int]:
    return [each.id.int for each in in_order(rows, TODAY)]


NOW = row(1, Occasion.EARLY, "03-08", "03-10", "03-14")
PAST = row(2, Occasion.EARLY, "03-01", "03-04", "03-07")
FIRST_LATE = row(3, Occasion.AFTER_FIRST, "03-01", "03-02", "03-04")
WORRY = row(4, Occasion.CONCERN, "03-10", "03-12", "03-12")
BACK = replace(row(5, Occasion.EARLY, "02-01", "03-09", "03-12"), back_on=day("03-09"))


def test_the_five_groups_follow_one_another() -> None:
    assert numbers(BACK, NOW, PAST, FIRST_LATE, WORRY) == [4, 3, 2, 1, 5]


@pytest.mark.parametrize(
    ("due", "rank"),
    [
        (WORRY, Rank.CONCERN),
        (FIRST_LATE, Rank.FIRST_OR_LAST_LATE),
        (replace(FIRST_LATE, occasion=Occasion.BEFORE_FIRST), Rank.FIRST_OR_LAST_LATE),
        (replace(FIRST_LATE, occasion=Occasion.EXIT), Rank.FIRST_OR_LAST_LATE),
        (replace(FIRST_LATE, occasion=Occasion.YEARLY), Rank.PAST_DUE),
        (replace(FIRST_LATE, late=TODAY), Rank.PAST_DUE),
        (PAST, Rank.PAST_DUE),
        (NOW, Rank.NOW),
        (BACK, Rank.BACK),
        (replace(BACK, late=day("03-09")), Rank.PAST_DUE),
        (replace(BACK, occasion=Occasion.CONCERN), Rank.CONCERN),
    ],
)
def test_a_row_belongs_to_the_first_group_that_fits(due: Due, rank: Rank) -> None:
    assert rank_of(due, TODAY) is rank


def test_what_is_longest_past_beside_its_window_comes_first() -> None:
    wide = row(1, Occasion.YEARLY, "01-20", "03-01", "03-21")
    narrow = row(2, Occasion.EARLY, "03-04", "03-07", "03-10")
    assert numbers(wide, narrow) == [2, 1]


def test_of_two_alike_the_earlier_day_and_then_the_id_decides() -> None:
    twin = replace(NOW, id=UUID(int=9), subject=replace(NOW.subject, id=UUID(int=9)))
    assert place_of(NOW, TODAY) < place_of(twin, TODAY)


def test_the_host_stands_beside_its_person_before_more_urgent_others() -> None:
    worried = row(1, Occasion.CONCERN, "03-10", "03-12", "03-12", of=1)
    its_host = row(9, Occasion.EARLY, "03-08", "03-10", "03-14", side=Side.HOST, of=1)
    assert numbers(PAST, its_host, worried) == [1, 9, 2]


def test_rows_without_a_placement_stand_alone() -> None:
    alone = Due(
        UUID(int=7),
        Subject(UUID(int=70), Side.HOST, host_id=UUID(int=70)),
        Occasion.UNCONFIRMED,
        day("03-01"),
        day("03-01"),
        day("03-01"),
        day("03-02"),
        day("03-30"),
    )
    assert numbers(NOW, alone) == [7, 1]


def test_an_empty_queue_is_in_order() -> None:
    assert in_order((), TODAY) == []
