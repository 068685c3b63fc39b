"""On which days a contact can have been: pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.contacts.rules import Story, mistimed
from service.contacts.words import Channel, Direction, Result
from service.refusals import Kind

DAY = date(2026, 2, 10)
NEAR = st.dates(min_value=DAY - timedelta(days=40), max_value=DAY + timedelta(days=40))


def story(on: date, next_on: date | None = None) -> Story:
    return Story(
        occurred_on=on,
        channel=Channel.CALL,
        direction=Direction.SENT,
        result=Result.TALKED,
        next_on=next_on,
    )


@given(NEAR, st.none() | NEAR)
def test_a_contact_lies_in_the_past_and_its_next_after_it(on: date, next_on: date | None) -> None:
    refusal = mistimed(story(on, next_on), today=DAY)
    assert (refusal is None) == (on <= DAY and (next_on is None or next_on >= on))


def test_the_future_is_a_conflict_and_a_next_date_before_is_malformed() -> None:
    future = mistimed(story(DAY + timedelta(days=1)), today=DAY)
    backwards = mistimed(story(DAY, DAY - timedelta(days=1)), today=DAY)
    assert future is not None
    assert backwards is not None
    assert (future.kind, backwards.kind) == (Kind.CONFLICT, Kind.MALFORMED)
    assert future.facts == {"latest": "2026-02-10"}


def test_the_same_day_is_early_enough_for_the_next() -> None:
    assert mistimed(story(DAY, DAY), today=DAY) is None
