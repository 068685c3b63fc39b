"""One window on the calendar: where it lies, how far it bends, and what answers it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.followup.cadence import STANDARD, Count, Occasion, Window
from service.followup.ledger import Left, Told
from service.followup.trends import needs_another_way
from service.followup.windows import Bend, Due, Subject, answered_on, deferred, lay
from service.followup.workdays import is_working_day
from service.placements.lifecycle import Side
from tests.service.followup.cases import HOST, PERSON, PLACEMENT, day, days, told, unreached, window

SUBJECT = Subject(PLACEMENT, Side.PERSON, PLACEMENT, PERSON, HOST)
SINCE = st.dates(date(2024, 1, 1), date(2029, 12, 31))
EVERY = [
    each
    for line in STANDARD.lines
    for each in (*line.person, *line.host)
    if each.every and each.count is Count.ONWARD
]
CLOSURES = st.frozensets(SINCE, max_size=5)


def laid(what: Window, since: date, **more: object) -> Due:
    return lay(what, SUBJECT, Occasion.EARLY, since=since, **more)  # type: ignore[arg-type] - passed on


@given(st.sampled_from(EVERY), SINCE, st.none() | st.sampled_from(Bend), st.none() | SINCE)
def test_no_bend_and_no_promise_leaves_the_bounds_of_the_cadence(
    what: Window, since: date, bend: Bend | None, promised: date | None
) -> None:
    """The earliest day holds as it is; the last gives way to days off only."""
    plain = laid(what, since)
    bent = laid(what, since, bend=bend, promised=promised)
    assert bent.earliest <= bent.due <= bent.late <= plain.late
    assert bent.opens == min(plain.opens, bent.earliest)  # a promise may be sooner than usual


@given(st.sampled_from(EVERY), SINCE)
def test_harder_is_never_later_and_steady_never_sooner(what: Window, since: date) -> None:
    worse, plain, steady = (laid(what, since, bend=b) for b in (Bend.WORSE, None, Bend.STEADY))
    assert worse.due <= plain.due <= steady.due
    assert len({worse.id, plain.id, steady.id}) == 1, "a trend makes no new row of the same contact"


@given(st.sampled_from(EVERY), SINCE, CLOSURES)
def test_what_is_aimed_at_lies_on_a_day_on_which_somebody_is_there(
    what: Window, since: date, closures: frozenset[date]
) -> None:
    found = laid(what, since, closures=closures)
    assert is_working_day(found.due, closures)
    assert is_working_day(found.late, closures)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        # seven days on: 28 December 2026 is a Monday on which the office is open
        ("2026-12-21", ("2026-12-24", "2026-12-28", "2027-01-04")),
        # 29 December to 3 January is the office's rest; 4 January 2027 is a Monday
        ("2026-12-22", ("2026-12-25", "2027-01-04", "2027-01-04")),
        # golden week of 2026: 3 to 6 May are off (the third a Sunday), so Thursday the seventh
        ("2026-04-27", ("2026-04-30", "2026-05-07", "2026-05-07")),
    ],
)
def test_a_week_gives_way_to_the_turn_of_the_year_and_to_holidays(
    since: str, expected: tuple[str, str, str]
) -> None:
    assert window(laid(Window(3, 7, 10, every=True), day(since))) == days(*expected)


def test_a_day_before_the_first_visit_gives_way_backwards() -> None:
    what = Window(-7, -1, -1, count=Count.BACKWARD)
    # the first visit is on Monday 4 January 2027: the office was last there on 28 December
    assert window(laid(what, day("2027-01-04"))) == days("2026-12-28", "2026-12-28", "2026-12-28")


@given(SINCE, st.lists(SINCE, max_size=6), st.lists(SINCE, max_size=3))
def test_the_first_contact_in_the_window_answers_and_none_before_it(
    since: date, talks: list[date], tries: list[date]
) -> None:
    due = laid(Window(3, 7, 10, every=True), since)
    said = [Told(on, "call") for on in talks]
    said += [Told(on, "call", reached=False, answers=False) for on in tries]
    inside = [on for on in talks if on >= since + timedelta(3)]
    assert answered_on(due, said, ()) == min(inside, default=None)


def test_a_reason_not_to_ask_answers_this_row_only_and_not_before_it_opens() -> None:
    due = laid(Window(3, 7, 10, every=True), day("03-10"))
    other = laid(Window(3, 7, 10, every=True), day("03-11"))
    left = [Left(due.id, day("03-11"))]
    assert answered_on(due, (), left) == day("03-13")
    assert answered_on(other, (), left) is None


def test_of_two_deferrals_the_later_day_counts_and_both_are_counted() -> None:
    due = laid(Window(3, 7, 10, every=True), day("03-10"))
    left = [Left(due.id, day("03-17"), day("04-10")), Left(due.id, day("03-18"), day("03-25"))]
    put_off = deferred(due, left, frozenset())
    assert (put_off.back_on, put_off.deferrals) == (day("04-10"), 2)
    # 20 March 2026 is the equinox, so the window ran from the 17th to Monday the 23rd; it keeps
    # its six days: from Friday 10 April to Thursday the 16th
    assert (put_off.due, put_off.late) == (day("04-10"), day("04-16"))


@pytest.mark.parametrize(
    ("tries", "another"),
    [
        ((("03-01", "call"), ("03-15", "call"), ("03-31", "visit")), True),
        ((("03-01", "call"), ("03-15", "call"), ("03-30", "visit")), False),
        ((("03-01", "call"), ("03-15", "call"), ("03-31", "call")), False),
        ((("03-01", "call"), ("03-31", "visit")), False),
        ((), False),
    ],
)
def test_three_tries_in_two_ways_over_thirty_days_ask_for_another_way(
    tries: tuple[tuple[str, str], ...], another: bool
) -> None:
    assert needs_another_way(unreached(*tries)) is another
    assert needs_another_way(tuple(reversed(unreached(*tries)))) is another


def test_reaching_somebody_in_between_begins_the_count_anew() -> None:
    tries = unreached(("03-01", "call"), ("03-15", "call"), ("03-31", "visit"))
    assert not needs_another_way((*tries, *told("03-16")))
    assert needs_another_way((*tries, *told("02-28")))
