"""Seasons, turns of the year and joined slots, recomputed day by day."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.portrait import AS_SAID, MULTIPURPOSE, NO_MULTIPURPOSE, portray
from catalogue.profiles import ActivityProfile
from catalogue.schedule import Holidays, Recurrence, Season, merged, occurrences, per_month
from catalogue.terms import ActivityTerms

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2033, 12, 31))
HOURS = st.integers(0, 21)


def daily(**bent: object) -> Recurrence:
    return Recurrence(**{"start": time(9), "end": time(10), "rrule": "FREQ=DAILY"} | bent)  # type: ignore[arg-type]  # the fields differ in type


def days_of(recurrence: Recurrence, first: date, last: date) -> list[date]:
    return [opening.start.date() for opening in occurrences(recurrence, first=first, last=last)]


@given(first=DAYS, last=DAYS, day=DAYS)
def test_a_season_of_month_days_holds_every_year_alike(first: date, last: date, day: date) -> None:
    season = Season(f"{first:%m-%d}", f"{last:%m-%d}")
    begin, end, at = ((each.month, each.day) for each in (first, last, day))
    inside = begin <= at <= end if begin <= end else not end < at < begin
    assert season.holds(day) is inside


@given(day=DAYS)
def test_a_season_of_one_day_is_that_day(day: date) -> None:
    season = Season(day.isoformat(), day.isoformat())
    assert season.holds(day)
    assert not season.holds(day + timedelta(days=1))
    assert not season.holds(day - timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last"),
    [("02-30", "03-01"), ("４-01", "05-01"), ("4-1", "5-1"), ("", ""), ("00-01", "01-01"),
     ("2027-02-29", "2027-03-01"), ("2026/4/1", "2026/5/1"), ("20260401", "20260501")],
)  # fmt: skip
def test_a_season_of_no_days_is_refused(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="expected two days"):
        Season(first, last)


def test_a_closed_place_rests_over_the_turn_of_the_year_out_of_rule_but_not_of_announcement() -> (
    None
):
    new_year = date(2027, 1, 1)
    shut = daily(holidays=Holidays.CLOSED, also=(new_year,))
    assert days_of(shut, date(2026, 12, 28), date(2027, 1, 4)) == [
        date(2026, 12, 28),
        new_year,
        date(2027, 1, 4),
    ]


def test_a_day_off_outlives_nothing_but_itself() -> None:
    off = daily(except_=(date(2026, 11, 21),))
    assert days_of(off, date(2026, 11, 20), date(2026, 11, 22)) == [
        date(2026, 11, 20),
        date(2026, 11, 22),
    ]


@given(starts=st.lists(HOURS, min_size=1, max_size=4), first=DAYS, length=st.integers(0, 20))
def test_joined_slots_lose_no_opening_and_stand_in_order_of_time(
    starts: list[int], first: date, length: int
) -> None:
    slots = tuple(
        (str(at), daily(start=time(hour), end=time(hour + 2))) for at, hour in enumerate(starts)
    )
    found = merged(slots, first=first, last=first + timedelta(days=length))
    assert len(found) == len(starts) * (length + 1)
    assert [opening.start for opening in found] == sorted(opening.start for opening in found)
    for at, hour in enumerate(starts):
        own = [opening for opening in found if opening.slot == str(at)]
        assert {opening.start.hour for opening in own} == {hour}
        assert len(own) == length + 1


@given(months=st.sets(st.integers(1, 12), min_size=1))
def test_how_often_a_month_counts_months_out_of_season_as_nothing(months: set[int]) -> None:
    named = ",".join(map(str, sorted(months)))
    rule = f"FREQ=MONTHLY;BYMONTH={named};BYMONTHDAY=1"
    assert per_month(daily(rrule=rule)) == pytest.approx(len(months) / 12, abs=0.0006)


def test_a_toilet_word_says_either_room_or_none() -> None:
    assert not any(word in said for word in MULTIPURPOSE for said in NO_MULTIPURPOSE)


def portrait(terms: ActivityTerms, horizon_days: int = 366) -> ActivityProfile:
    return portray(
        terms, id="x", host="h", title="庭", area="east", slots=(), by_arrangement=True,
        places_left=None, as_of=date(2026, 11, 20), horizon_days=horizon_days,
    )  # fmt: skip


@pytest.mark.parametrize("word", MULTIPURPOSE)
def test_every_word_for_a_roomy_toilet_is_understood_inside_a_sentence(word: str) -> None:
    terms = ActivityTerms.model_validate({"access": {"toilet": f"1階に{word}あり"}})
    assert portrait(terms).access.multipurpose_toilet is True


@pytest.mark.parametrize("said", [True, False])
def test_a_toilet_that_is_ticked_outweighs_the_words(*, said: bool) -> None:
    body = {"access": {"toilet": "和式" if said else "多目的"}, "toilet": {"multipurpose": said}}
    assert portrait(ActivityTerms.model_validate(body)).access.multipurpose_toilet is said


def test_what_a_profile_repeats_stands_in_the_terms_and_in_the_profile() -> None:
    assert set(AS_SAID) <= set(ActivityTerms.model_fields)
    assert set(AS_SAID) <= set(ActivityProfile.__dataclass_fields__)
    assert len(AS_SAID) == len(set(AS_SAID))
