"""Who may let a packet go: never who prepared it, and never a stranger to it."""

from datetime import date, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import SharedWith
from service.disclosures.lifecycle import (
    MOVES,
    OPEN,
    Action,
    Hands,
    NoSuchMove,
    NotYourMove,
    Part,
    State,
    advance,
    earliest,
    is_for,
    only,
    possible,
    seen_as,
    why_not,
)

OWNER, COORDINATOR, COLLEAGUE, OTHER = (uuid4() for _ in range(4))
STAFF = (OWNER, COORDINATOR, COLLEAGUE, OTHER)
DAY = date(2026, 11, 20)


def may_release(caller: UUID, preparer: UUID, *, two_people: bool = True) -> bool:
    hands = Hands(caller, OWNER, preparer, two_people)
    return why_not(State.PREPARED, Action.RELEASE, hands) is None


def test_nobody_releases_what_they_prepared_over_all_pairs() -> None:
    allowed = {
        (caller, preparer)
        for caller, preparer in product(STAFF, STAFF)
        if may_release(caller, preparer)
    }
    assert not any(caller == preparer for caller, preparer in allowed)
    assert allowed == {
        *((OWNER, preparer) for preparer in STAFF if preparer != OWNER),
        *((caller, OWNER) for caller in STAFF if caller != OWNER),
    }


def test_where_one_person_is_enough_the_own_worker_releases_and_nobody_elses_preparer() -> None:
    for caller, preparer in product(STAFF, STAFF):
        expected = OWNER in (caller, preparer)
        assert may_release(caller, preparer, two_people=False) is expected, (caller, preparer)


def test_the_rule_catches_a_planted_owner_who_prepared() -> None:
    """The control: were two people not asked for, the same pair would be let through."""
    assert not may_release(OWNER, OWNER)
    assert may_release(OWNER, OWNER, two_people=False)


def test_every_state_part_and_action_stands_in_the_table() -> None:
    assert {move.action for move in MOVES} == set(Action)
    assert {part for move in MOVES for part in move.by} == set(Part)
    assert {move.start for move in MOVES} | {move.end for move in MOVES} == set(State)
    assert len({(move.start, move.action) for move in MOVES}) == len(MOVES)


def test_what_was_refused_or_has_ended_stays_so() -> None:
    for state, caller in product((State.REFUSED, State.ENDED), STAFF):
        assert possible(state, Hands(caller, OWNER, COORDINATOR)) == ()


@given(st.sampled_from(State), st.sampled_from(Action), st.sampled_from(STAFF))
def test_a_move_is_possible_exactly_when_nothing_is_said_against_it(
    state: State, action: Action, caller: UUID
) -> None:
    hands = Hands(caller, OWNER, COORDINATOR)
    assert (action in possible(state, hands)) is (why_not(state, action, hands) is None)


def test_a_refused_move_says_what_is_possible() -> None:
    with pytest.raises(NoSuchMove) as refused:
        advance(State.DRAFT, Action.RELEASE, Hands(OWNER, OWNER, None))
    assert refused.value.facts["possible"] == ["prepare", "end"]
    with pytest.raises(NotYourMove):
        advance(State.PREPARED, Action.RELEASE, Hands(COLLEAGUE, OWNER, COORDINATOR))


@given(st.sampled_from(State), st.booleans(), st.none() | st.integers(-3, 3).map(timedelta))
def test_without_its_consent_or_after_its_last_day_nothing_is_read_as_open(
    state: State, holds: bool, ahead: timedelta | None
) -> None:
    until = None if ahead is None else DAY + ahead
    read = seen_as(state, holds=holds, until=until, on=DAY)
    if holds and (until is None or until >= DAY):
        assert read is state
    else:
        assert read not in OPEN
        assert read is (State.ENDED if state in OPEN else state)


def test_the_first_day_that_is_given_is_the_last_day() -> None:
    assert earliest(None, None) is None
    assert earliest(None, DAY) == earliest(DAY, None) == DAY
    assert earliest(DAY + timedelta(1), DAY) == DAY


@pytest.mark.parametrize("circle", SharedWith)
def test_a_consent_is_for_a_host_when_it_names_it_or_all(circle: SharedWith) -> None:
    told = circle is SharedWith.HOSTS
    assert is_for(circle, None, OWNER) is told
    assert is_for(circle, OWNER, OWNER) is told
    assert not is_for(circle, OTHER, OWNER)


def test_only_what_is_covered_is_told_in_the_order_of_the_table() -> None:
    assert only({"c", "a", "unknown"}, ["a", "b", "c"]) == ("a", "c")
