"""Windows against dated openings."""

from datetime import UTC, datetime, timedelta

import pytest

from catalogue.profiles import LimitKind, Opening, OwnPace, Window, WindowStrength
from matching import build, match
from matching.openings import clock
from tests.matching.made import (
    ALL_DAYS,
    TODAY,
    TOKYO,
    activity,
    answer,
    codes,
    limit,
    person,
    tier,
    weekly,
)

TUESDAY = frozenset({1})
AFTERNOON = (Window(TUESDAY, 13 * 60, 17 * 60),)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (13 * 60, 14 * 60, "fits"),
        (12 * 60 + 30, 13 * 60 + 30, "fits"),  # thirty minutes are left: the shortest session
        (12 * 60 + 31, 13 * 60 + 29, "adaptable"),  # one minute less
        (11 * 60, 12 * 60, "excluded"),
        (17 * 60, 18 * 60, "excluded"),
    ],
)
def test_an_opening_serves_if_the_shortest_session_lies_in_a_window(
    start: int, end: int, expected: str
) -> None:
    who = person(windows=AFTERNOON)
    assert tier(activity(openings=weekly(1, start, end)), who) == expected


def test_another_weekday_does_not_serve() -> None:
    assert tier(activity(openings=weekly(2, 840, 900)), person(windows=AFTERNOON)) == "excluded"


def test_a_fixed_pace_is_reached_from_its_beginning() -> None:
    opening = weekly(1, 12 * 60 + 30, 15 * 60)
    who = person(windows=AFTERNOON)
    assert tier(activity(openings=opening), who) == "fits"
    fixed = activity(openings=opening, own_pace=OwnPace.NO)
    assert tier(fixed, who) == "adaptable"
    assert answer(fixed, who).adaptable[0].arrangements[0].kind == "other_slot"


def test_one_fitting_opening_among_others_is_enough_and_only_it_is_shown() -> None:
    mixed = tuple(sorted(weekly(0, 600, 660) + weekly(1, 840, 900), key=lambda o: o.start))
    start = answer(activity(openings=mixed), person(windows=AFTERNOON)).fits[0].start
    assert [day.weekday() for day in start.first_occurrences] == [1, 1, 1]


@pytest.mark.parametrize("mild", [WindowStrength.RATHER_NOT, WindowStrength.NOT_ASKED])
def test_outside_a_mild_window_is_said_and_not_violated(mild: WindowStrength) -> None:
    who = person(windows=(Window(ALL_DAYS, 0, 60, mild),))
    assert tier(activity(), who) == "fits"
    assert "outside_windows" in codes(activity(), who)


def test_a_day_follows_its_own_windows_and_another_the_strictest() -> None:
    mild = Window(TUESDAY, 0, 60, WindowStrength.RATHER_NOT)
    strict = Window(frozenset({2}), 0, 60)
    who = person(windows=(mild, strict))
    assert tier(activity(openings=weekly(1, 840, 900)), who) == "fits"
    assert tier(activity(openings=weekly(2, 840, 900)), who) == "excluded"
    assert tier(activity(openings=weekly(3, 840, 900)), who) == "excluded"


def test_who_has_named_no_times_is_asked() -> None:
    assert tier(activity(), person(windows=())) == "fits"
    assert "windows_unheard" in codes(activity(), person(windows=()))


def test_without_dates_the_host_is_asked_unless_it_is_by_arrangement() -> None:
    assert tier(activity(openings=()), person()) == "ask_host"
    assert tier(activity(openings=(), by_arrangement=True), person()) == "fits"


def test_past_openings_do_not_count() -> None:
    past = tuple(
        Opening(o.start - timedelta(days=365), o.end - timedelta(days=365))
        for o in weekly(1, 840, 900)
    )
    late = Window(frozenset({0}), 0, 60)
    assert tier(activity(openings=past), person(windows=(late,))) == "excluded"
    found = match(build([activity(openings=(*past, *weekly(1, 840, 900)))], as_of=TODAY), person())
    assert all(day.date() >= TODAY for day in found.fits[0].start.first_occurrences)


def test_hours_bind_together_with_windows() -> None:
    opening = weekly(1, 13 * 60, 15 * 60)
    free = person(windows=AFTERNOON)
    late = person(limit(LimitKind.NOT_BEFORE, "14:45"), windows=AFTERNOON)
    assert tier(activity(openings=opening), free) == "fits"
    assert tier(activity(openings=opening), late) == "adaptable"
    assert "not_before" not in codes(activity(openings=opening), free)


def test_an_opening_is_read_in_japanese_time() -> None:
    utc = tuple(
        Opening(o.start.astimezone(UTC), o.end.astimezone(UTC)) for o in weekly(1, 14 * 60, 900)
    )
    assert tier(activity(openings=utc), person(windows=AFTERNOON)) == "fits"


def test_an_evening_past_midnight_keeps_its_weekday() -> None:
    late = weekly(1, 23 * 60, 25 * 60)
    who = person(windows=(Window(TUESDAY, 22 * 60, 24 * 60),))
    assert tier(activity(openings=late), who) == "fits"


@pytest.mark.parametrize(
    ("given", "minutes"), [("13:30", 810), (90, 90), ("朝", None), (None, None), ("1:2:3", 62)]
)
def test_a_clock_reads_hours_or_minutes(given: object, minutes: int | None) -> None:
    assert clock(given) == minutes


def test_the_first_dates_are_japanese() -> None:
    first = answer(activity(), person()).fits[0].start.first_occurrences[0]
    assert first == datetime(2026, 11, 24, 14, 0, tzinfo=TOKYO)
    assert first.isoformat().endswith("+09:00")
