"""Windows against dated openings."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from catalogue.profiles import LimitKind, Opening, OwnPace, Window, WindowStrength
from catalogue.schedule import Holidays, Recurrence, occurrences
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
    for who in (person(), person(windows=(late,)), person(windows=())):
        assert tier(activity(openings=past), who) == "ask_host", "when it opens again is not known"
    assert tier(activity(openings=past, open=False), person()) == "excluded"
    assert tier(activity(openings=past, by_arrangement=True), person()) == "fits"
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


SATURDAY = frozenset({5})


def _slot(start: str, end: str, rrule: str, **bends: Any) -> tuple[Opening, ...]:
    recurrence = Recurrence(time.fromisoformat(start), time.fromisoformat(end), rrule, **bends)
    return occurrences(recurrence, first=TODAY, last=TODAY + timedelta(days=365))


@pytest.mark.parametrize(
    ("start", "end", "latest", "expected"),
    [
        ("12:30", "14:00", 12 * 60, "excluded"),
        ("12:00", "14:00", 12 * 60, "excluded"),
        ("11:30", "13:00", 12 * 60, "fits"),  # half an hour is a session
        ("11:40", "13:00", 12 * 60, "adaptable"),
    ],
)
def test_a_fourth_saturday_is_held_to_the_minute(
    start: str, end: str, latest: int, expected: str
) -> None:
    fourth = activity(openings=_slot(start, end, "FREQ=MONTHLY;BYDAY=4SA"))
    assert tier(fourth, person(windows=(Window(SATURDAY, 0, latest),))) == expected


def test_a_fifth_saturday_comes_seldom_and_is_shown_on_its_dates() -> None:
    fifth = activity(openings=_slot("10:00", "12:00", "FREQ=MONTHLY;BYDAY=5SA"))
    (shown,) = answer(fifth, person(windows=(Window(SATURDAY, 540, 720),))).fits
    days = [day.date() for day in shown.start.first_occurrences]
    assert days == [date(2027, 1, 30), date(2027, 5, 29), date(2027, 7, 31)]


def test_holidays_exceptions_and_added_days_move_the_first_dates() -> None:
    # Monday 23 November is a public holiday; the 30th is taken away, Tuesday 1 December is added.
    mondays = _slot(
        "10:00",
        "12:00",
        "FREQ=WEEKLY;BYDAY=MO",
        holidays=Holidays.CLOSED,
        except_=(date(2026, 11, 30),),
        also=(date(2026, 12, 1),),
    )
    anyday = answer(activity(openings=mondays), person()).fits[0].start.first_occurrences
    monday = person(windows=(Window(frozenset({0}), 0, 1440),))
    bound = answer(activity(openings=mondays), monday).fits[0].start.first_occurrences
    assert [day.day for day in anyday] == [1, 7, 14]
    assert [day.day for day in bound] == [7, 14, 21]


def test_a_beginning_in_seven_weeks_is_still_seen() -> None:
    later = _slot("14:00", "15:00", "FREQ=WEEKLY;BYDAY=TU", dtstart=date(2027, 1, 5))
    (shown,) = answer(activity(openings=later), person(windows=AFTERNOON)).fits
    assert shown.start.first_occurrences[0].date() == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([(540, 720), (720, 900)], "fits"),
        ([(720, 900), (540, 720)], "fits"),
        ([(540, 700), (690, 900)], "fits"),
        ([(540, 719), (721, 900)], "adaptable"),  # a gap is a gap: 629 minutes do not join
        ([(540, 720)], "adaptable"),
    ],
)
def test_adjoining_windows_are_one_stretch(windows: list[tuple[int, int]], expected: str) -> None:
    three_hours = activity(
        openings=weekly(1, 630, 810), minutes=(180, 180), own_pace=OwnPace.PARTLY
    )
    who = person(windows=tuple(Window(TUESDAY, low, high) for low, high in windows))
    assert tier(three_hours, who) == expected


def test_windows_join_over_midnight_and_only_on_following_days() -> None:
    night = activity(openings=weekly(1, 23 * 60, 25 * 60), minutes=(120, 120))
    evening = Window(TUESDAY, 22 * 60, 24 * 60)
    assert tier(night, person(windows=(evening, Window(frozenset({2}), 0, 60)))) == "fits"
    assert tier(night, person(windows=(evening, Window(frozenset({3}), 0, 60)))) == "adaptable"
    assert tier(night, person(windows=(Window(frozenset({2}), 0, 60),))) == "adaptable"


def test_sunday_night_runs_into_monday() -> None:
    night = activity(openings=weekly(6, 23 * 60, 25 * 60), minutes=(120, 120))
    both = (Window(frozenset({6}), 22 * 60, 24 * 60), Window(frozenset({0}), 0, 120))
    assert tier(night, person(windows=both)) == "fits"


def test_who_cannot_come_early_cannot_come_after_midnight_either() -> None:
    night = activity(openings=weekly(1, 23 * 60, 26 * 60), minutes=(120, 120))
    assert tier(night, person()) == "fits"
    assert tier(night, person(limit(LimitKind.NOT_BEFORE, "09:00"), windows=())) == "adaptable"


@pytest.mark.parametrize(
    ("kind", "hour"), [(LimitKind.NOT_BEFORE, "14:45"), (LimitKind.NOT_AFTER, "14:15")]
)
@pytest.mark.parametrize("windows", [(), (Window(ALL_DAYS, 0, 60, WindowStrength.NOT_ASKED),)])
def test_who_has_named_an_hour_and_no_windows_may_be_offered_another_time(
    kind: LimitKind, hour: str, windows: tuple[Window, ...]
) -> None:
    found = answer(activity(own_pace=None), person(limit(kind, hour), windows=windows))
    (shown,) = found.adaptable
    assert [made.kind for made in shown.arrangements] == ["other_slot"]


def test_a_slot_by_arrangement_serves_beside_dates_that_do_not() -> None:
    both = activity(by_arrangement=True)
    (shown,) = answer(both, person(windows=(Window(frozenset({3}), 0, 60),))).fits
    assert shown.start.first_occurrences == ()
    dated = answer(both, person(windows=AFTERNOON)).fits[0].start.first_occurrences
    assert [day.hour for day in dated] == [14, 14, 14]


def test_two_slots_at_one_time_are_one_date() -> None:
    twice = tuple(sorted(weekly(1, 840, 900) * 2, key=lambda opening: opening.start))
    (shown,) = answer(activity(openings=twice), person()).fits
    assert [day.day for day in shown.start.first_occurrences] == [24, 1, 8]


def test_dates_may_come_in_any_order() -> None:
    turned = tuple(reversed(weekly(1, 840, 900)))
    assert answer(activity(openings=turned), person()) == answer(activity(), person())


def test_a_shortened_session_is_shown_on_the_dates_that_are_long_enough() -> None:
    mixed = tuple(sorted(weekly(1, 760, 800) + weekly(2, 760, 805), key=lambda o: o.start))
    one = activity(openings=mixed, minutes=(40, 60))
    (shown,) = answer(one, person(windows=(Window(ALL_DAYS, 780, 960),))).adaptable
    assert shown.start.minutes == 25
    assert {day.weekday() for day in shown.start.first_occurrences} == {2}
