"""Dates and windows: early arrival, fixed pace, mild times, two a day, leap day, year end."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from catalogue.profiles import (
    ActivityProfile,
    LimitKind,
    Opening,
    OwnPace,
    PersonProfile,
    Tried,
    Window,
    WindowStrength,
)
from matching import Proposal, build, match
from matching.answer import ArrangementKind
from matching.case import consider
from matching.factors import FACTORS
from tests.matching.made import (
    ALL_DAYS,
    TODAY,
    TOKYO,
    WHOLE_WEEK,
    activity,
    answer,
    codes,
    limit,
    person,
    tier,
    weekly,
)

Kind = ArrangementKind
TUE, WED = frozenset({1}), frozenset({2})
MILD = WindowStrength.RATHER_NOT
LEAP = date(2028, 2, 28)  # a Monday


def _at(day: date, start: int, end: int) -> Opening:
    midnight = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
    return Opening(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))


def _mixed(*parts: tuple[Opening, ...]) -> tuple[Opening, ...]:
    return tuple(sorted((o for part in parts for o in part), key=lambda o: (o.start, o.end)))


def _on(day: date, one: ActivityProfile, who: PersonProfile) -> Proposal:
    found = match(build([one], as_of=day), who)
    return (*found.fits, *found.adaptable, *found.ask_host)[0]


def _hours(one: ActivityProfile, who: PersonProfile, day: date = TODAY) -> float:
    case = consider(build([one], as_of=day), who)
    return float(FACTORS["hours"].score(case)[0])


# PLAIN's opening is Tuesday 14:00-15:00, half an hour at least.
@pytest.mark.parametrize(
    ("pace", "start", "end", "expected"),
    [
        (OwnPace.NO, 840, 900, "fits"),
        (OwnPace.NO, 780, 870, "fits"),  # there from the beginning, home after half an hour
        (OwnPace.NO, 780, 869, "adaptable"),
        (OwnPace.NO, 841, 960, "adaptable"),  # a minute late is late
        (OwnPace.PARTLY, 841, 960, "fits"),
        (OwnPace.YES, 870, 960, "fits"),
        (OwnPace.YES, 871, 960, "adaptable"),
        (None, 870, 960, "fits"),
        (None, 871, 960, "adaptable"),
        (OwnPace.YES, 900, 960, "excluded"),  # it ends when the person may come
        (OwnPace.NO, 780, 840, "excluded"),
    ],
)
def test_windows_meet_a_pace(pace: OwnPace | None, start: int, end: int, expected: str) -> None:
    who = person(windows=(Window(TUE, start, end),))
    assert tier(activity(own_pace=pace), who) == expected


@pytest.mark.parametrize(
    ("pace", "kind"),
    [
        (OwnPace.YES, Kind.SHORTER),
        (OwnPace.PARTLY, Kind.SHORTER),
        (OwnPace.NO, Kind.OTHER_SLOT),
        (None, Kind.OTHER_SLOT),  # an unknown pace is not one's own
    ],
)
def test_who_comes_too_late_comes_shorter_or_asks_for_another_time(
    pace: OwnPace | None, kind: Kind
) -> None:
    who = person(windows=(Window(TUE, 880, 960),))
    (made,) = answer(activity(own_pace=pace), who).adaptable[0].arrangements
    assert made.kind is kind


def test_a_session_shorter_than_its_stated_minutes_needs_only_its_length() -> None:
    brief = activity(openings=weekly(1, 840, 860), minutes=(30, 60))
    assert tier(brief, person(windows=(Window(TUE, 840, 860),))) == "fits"
    assert tier(brief, person(windows=(Window(TUE, 840, 859),))) == "adaptable"


@pytest.mark.parametrize(("hour", "expected"), [("14:00", "fits"), ("14:01", "adaptable")])
def test_a_fixed_session_may_begin_at_the_very_hour(hour: str, expected: str) -> None:
    fixed = activity(own_pace=OwnPace.NO)
    assert tier(fixed, person(limit(LimitKind.NOT_BEFORE, hour))) == expected


def test_the_strictest_of_several_hours_binds() -> None:
    two = (limit(LimitKind.NOT_BEFORE, "9:00"), limit(LimitKind.NOT_BEFORE, "14:31"))
    found = answer(activity(), person(*two)).adaptable[0]
    assert [(made.kind, made.to) for made in found.arrangements] == [(Kind.SHORTER, 29)]
    assert found.start.minutes == 29


def test_windows_and_hours_that_fail_only_together_are_told_as_windows() -> None:
    one = activity(openings=weekly(1, 780, 900))
    who = person(limit(LimitKind.NOT_BEFORE, "14:20"), windows=(Window(TUE, 780, 869),))
    assert tier(one, who) == "adaptable"
    assert tier(one, person(limit(LimitKind.NOT_BEFORE, "14:20"))) == "fits"
    (made,) = answer(one, who).adaptable[0].arrangements
    assert made.kind is Kind.OTHER_SLOT, "nine minutes are left"


def test_dates_before_the_hour_are_not_shown_to_who_has_named_no_windows() -> None:
    one = activity(openings=_mixed(weekly(1, 540, 600), weekly(2, 840, 900)))
    found = answer(one, person(limit(LimitKind.NOT_BEFORE, "13:00"), windows=())).fits[0]
    assert [(o.weekday(), o.hour) for o in found.start.first_occurrences] == [(2, 14)] * 3


def test_of_mild_and_strict_days_only_the_mild_are_shown() -> None:
    one = activity(openings=_mixed(weekly(1, 840, 900), weekly(2, 840, 900)))
    who = person(windows=(Window(TUE, 0, 60, MILD), Window(WED, 0, 60)))
    found = answer(one, who).fits[0]
    assert "outside_windows" in codes(one, who)
    assert [o.weekday() for o in found.start.first_occurrences] == [1, 1, 1]


def test_too_short_a_date_is_not_shown_outside_the_windows_either() -> None:
    one = activity(openings=_mixed(weekly(1, 840, 900), weekly(2, 840, 900)), own_pace=OwnPace.NO)
    who = person(limit(LimitKind.NOT_AFTER, "14:35"), windows=(Window(TUE, 0, 60, MILD),))
    shown = answer(one, who).fits[0].start.first_occurrences
    assert {o.weekday() for o in shown} == {1, 2}
    early = person(limit(LimitKind.NOT_AFTER, "14:20"), windows=(Window(TUE, 0, 60, MILD),))
    assert not answer(one, early).fits


def test_a_window_that_serves_keeps_mild_days_out_of_the_first_dates() -> None:
    one = activity(openings=_mixed(weekly(1, 840, 900), weekly(2, 840, 900)))
    who = person(windows=(Window(TUE, 780, 960, MILD), Window(WED, 0, 60, MILD)))
    assert "outside_windows" not in codes(one, who)
    days = answer(one, who).fits[0].start.first_occurrences
    assert [o.weekday() for o in days] == [1, 1, 1]


def test_two_openings_on_one_day_are_two_dates_in_order() -> None:
    one = activity(openings=_mixed(weekly(1, 600, 660, weeks=2), weekly(1, 840, 900, weeks=2)))
    shown = answer(one, person()).fits[0].start.first_occurrences
    assert [(o.day, o.hour) for o in shown] == [(24, 10), (24, 14), (1, 10)]


def test_of_two_openings_on_one_day_only_the_one_in_the_window_is_shown() -> None:
    one = activity(openings=_mixed(weekly(1, 600, 660), weekly(1, 840, 900)))
    shown = answer(one, person(windows=(Window(TUE, 780, 960),))).fits[0].start.first_occurrences
    assert [o.hour for o in shown] == [14, 14, 14]


def test_an_opening_earlier_today_still_counts_as_today() -> None:
    today = activity(openings=(_at(TODAY, 0, 60),))
    assert _on(TODAY, today, person()).start.first_occurrences == (today.openings[0].start,)


def test_fewer_than_three_dates_are_shown_as_they_are() -> None:
    one = activity(openings=weekly(1, 840, 900, weeks=2))
    assert len(answer(one, person()).fits[0].start.first_occurrences) == 2
    assert (
        answer(activity(openings=(), by_arrangement=True), person()).fits[0].start.first_occurrences
        == ()
    )


def test_the_leap_day_is_a_day_like_any_other() -> None:
    one = activity(openings=(_at(LEAP + timedelta(days=1), 840, 900),))
    found = _on(LEAP, one, person(windows=(Window(TUE, 840, 900),)))
    assert [o.isoformat() for o in found.start.first_occurrences] == ["2028-02-29T14:00:00+09:00"]


@pytest.mark.parametrize(("day", "expected"), [(LEAP, 0), (LEAP + timedelta(days=1), 1)])
def test_ninety_days_are_counted_through_a_leap_february(day: date, expected: int) -> None:
    passed = Tried("a", "h", "passed", date(2027, 12, 1))  # 30 + 31 + 29 days to the leap day
    late = activity(openings=(), by_arrangement=True)
    assert len(match(build([late], as_of=day), person(tried=(passed,))).fits) == expected


def test_the_year_turns_between_two_dates() -> None:
    eve = date(2026, 12, 31)
    days = (eve, date(2027, 1, 1), date(2027, 1, 7))
    one = activity(openings=tuple(_at(day, 840, 900) for day in days))
    thursdays = person(windows=(Window(frozenset({3}), 0, 1440),))
    assert [o.date() for o in _on(eve, one, thursdays).start.first_occurrences] == [eve, days[2]]
    assert [o.date() for o in _on(days[1], one, person()).start.first_occurrences] == [
        *days[1:],
    ]


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 12, 31), 0), (date(2027, 1, 1), 1)])
def test_a_rest_over_the_year_end_ends_on_its_day(day: date, shown: int) -> None:
    resting = activity(resting_until=date(2027, 1, 1), openings=(), by_arrangement=True)
    assert len(match(build([resting], as_of=day), person()).fits) == shown


@pytest.mark.parametrize(
    ("openings", "expected"),
    [
        (weekly(1, 840, 900, weeks=48), 0.6 + 0.3 + 0.1),  # four a month, in four days
        (weekly(1, 840, 900, weeks=24), 0.6 * 0.85 + 0.3 + 0.1),
        (weekly(1, 840, 900, weeks=12), 0.6 * 0.7 + 0.3 + 0.1),
        (weekly(1, 840, 900, weeks=6), 0.6 * 0.5 + 0.3 + 0.1),
        ((_at(TODAY + timedelta(days=30), 840, 900),), 0.6 * 0.35 / 3 + 0.3 * 0.8 + 0.1),
        ((_at(TODAY + timedelta(days=366), 840, 900),), 0.6 * 0.35 / 3 + 0.1),
    ],
)
def test_the_factor_of_hours_weighs_how_often_and_how_soon(
    openings: tuple[Opening, ...], expected: float
) -> None:
    assert _hours(activity(openings=openings), person()) == pytest.approx(expected)


def test_a_share_of_the_dates_counts_a_tenth() -> None:
    both = _mixed(weekly(1, 840, 900, weeks=48), weekly(2, 840, 900, weeks=48))
    tuesdays = person(windows=(Window(TUE, 0, 1440),))
    assert _hours(activity(openings=both), tuesdays) == pytest.approx(0.6 + 0.3 + 0.05)


@pytest.mark.parametrize("changes", [{"openings": ()}, {"openings": (), "by_arrangement": True}])
def test_what_has_no_dates_names_no_hours_as_a_reason(changes: dict[str, Any]) -> None:
    found = answer(activity(**changes), person(windows=WHOLE_WEEK))
    (shown,) = (*found.fits, *found.ask_host)
    assert "hours" not in {reason.code for reason in shown.reasons}


def test_a_window_over_every_day_is_the_same_as_seven_windows() -> None:
    one = activity(openings=_mixed(weekly(1, 600, 660), weekly(4, 840, 900)))
    seven = tuple(Window(frozenset({day}), 540, 960) for day in range(7))
    once = answer(one, person(windows=(Window(ALL_DAYS, 540, 960),)))
    assert answer(one, person(windows=seven)) == once
