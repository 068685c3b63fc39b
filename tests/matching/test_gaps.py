"""What hosts could change so that more people had somewhere to go: counts only, never who."""

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.profiles import LimitKind, Load, OwnPace, PersonProfile, SharedWith, Stage, Window
from matching import build
from matching.gaps import CHANGEABLE, SLOT, TIMES, Wanted, openings_for
from matching.limits import SAFETY
from tests.matching.drawn import activities, people
from tests.matching.made import TODAY, activity, limit, person, weekly

briefly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
K = LimitKind
NOON, EVENING = 12 * 60, 17 * 60


def crowd(number: int, *limits: object, **known: object) -> list[PersonProfile]:
    return [person(*limits, id=f"p{at}", **known) for at in range(number)]  # type: ignore[arg-type]  # limits of a person


def at(found: tuple[Wanted, ...], activity_id: str | None) -> list[tuple[str, object, int]]:
    return [(w.code, w.detail, w.people) for w in found if w.activity == activity_id]


def test_a_free_place_is_counted_at_the_activity_and_anywhere() -> None:
    index = build([activity(id="a", places_left=0), activity(id="b", places_left=0)], as_of=TODAY)
    found = openings_for(index, crowd(7))
    assert at(found, "a") == at(found, "b") == at(found, None) == [("full", None, 7)]


def test_what_opens_to_more_people_comes_first() -> None:
    town = [activity(id="a", places_left=0), activity(id="b", no_talk_ok=False)]
    quiet = [person(limit(K.NO_TALKING_REQUIRED), id=f"q{at}") for at in range(2)]
    found = openings_for(build(town, as_of=TODAY), [*crowd(3), *quiet])
    assert [(w.activity, w.code, w.people) for w in found] == [
        (None, "full", 5),
        ("a", "full", 5),
        (None, "no_talking_required", 2),
        ("b", "no_talking_required", 2),
    ]


def test_another_time_names_the_half_days_that_people_have() -> None:
    mornings = activity(id="a", openings=weekly(1, 600, 660), own_pace=OwnPace.NO)
    saturday = (Window(frozenset({5}), 13 * 60, 17 * 60),)
    found = openings_for(build([mornings], as_of=TODAY), crowd(4, windows=saturday))
    assert at(found, "a") == at(found, None) == [(SLOT, (5, NOON, EVENING), 4)]


def test_a_half_day_that_is_shorter_than_a_session_does_not_count() -> None:
    long = activity(id="a", openings=weekly(1, 600, 720), minutes=(90, 120), own_pace=OwnPace.NO)
    hour = (Window(frozenset({5}), 13 * 60, 14 * 60),)
    assert openings_for(build([long], as_of=TODAY), crowd(4, windows=hour)) == ()


def test_hours_bind_the_half_days_too() -> None:
    early = activity(id="a", openings=weekly(1, 540, 600), own_pace=OwnPace.NO)
    late = limit(K.NOT_BEFORE, "17:00")
    found = openings_for(build([early], as_of=TODAY), crowd(2, late))
    assert {detail for _, detail, _ in at(found, "a")} == {(d, EVENING, 1440) for d in range(7)}


def test_what_two_things_keep_shut_is_not_opened_by_one() -> None:
    one = activity(id="a", places_left=0, no_talk_ok=False)
    assert openings_for(build([one], as_of=TODAY), crowd(3, limit(K.NO_TALKING_REQUIRED))) == ()


@pytest.mark.parametrize(
    "known", [{"proposals_paused": "休みたい"}, {"stage": Stage.NOT_MET}, {"assessed": False}]
)
def test_whoever_is_held_wants_nothing(known: dict[str, object]) -> None:
    index = build([activity(places_left=0)], as_of=TODAY)
    assert openings_for(index, crowd(3, **known)) == ()


def test_whoever_has_agreed_to_nothing_still_counts() -> None:
    index = build([activity(id="a", places_left=0)], as_of=TODAY)
    found = openings_for(index, crowd(3, shared_with=SharedWith.NONE))
    assert at(found, None) == [("full", None, 3)]


def test_a_person_counts_once_however_often_they_are_given() -> None:
    index = build([activity(id="a", places_left=0)], as_of=TODAY)
    assert at(openings_for(index, crowd(2) * 3), None) == [("full", None, 2)]


def test_without_people_or_activities_nothing_is_wanted() -> None:
    assert openings_for(build([], as_of=TODAY), crowd(2)) == ()
    assert openings_for(build([activity()], as_of=TODAY), []) == ()


def test_the_result_has_no_room_for_who() -> None:
    assert {field.name for field in fields(Wanted)} == {"code", "activity", "detail", "people"}


def test_no_host_is_asked_to_change_what_keeps_people_safe_but_for_the_cost() -> None:
    assert SAFETY & {*CHANGEABLE, *TIMES} == {"no_fee", "money_max_yen"}


def test_less_load_is_a_change_of_the_host() -> None:
    hard = activity(id="a", load=Load(1, 4, 1, 1, 1), just_being_ok=False, accompaniment_ok=False)
    found = openings_for(build([hard], as_of=TODAY), crowd(2, ceiling=Load(3, 1, 3, 3, 3)))
    assert at(found, "a") == [("load.social", None, 2)]


@briefly
@given(activities(), st.lists(people(), max_size=4))
def test_no_count_is_greater_than_the_number_of_people(
    one: object, several: list[PersonProfile]
) -> None:
    index = build([one], as_of=TODAY)  # type: ignore[list-item]  # a drawn activity
    found = openings_for(index, several)
    assert all(0 < w.people <= len({who.id for who in several}) for w in found)
    assert sorted(found, key=lambda w: -w.people) == list(found)
