"""The forms that files, HTTP bodies and stored rows share."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from catalogue.profiles import OwnPace
from catalogue.schedule import Holidays, Season
from catalogue.terms import ActivityTerms, Levels, Minutes, ScheduleItem
from catalogue.terms.times import clock_text, read_clock, read_day
from catalogue.terms.values import read_hazard


def test_terms_need_nothing_and_then_know_nothing() -> None:
    terms = ActivityTerms()
    assert (terms.hazards, terms.company, terms.minutes, terms.capacity) == (None,) * 4
    assert terms.load == Levels()
    assert terms.load.physical is None
    assert terms.model_dump(mode="json", exclude_defaults=True) == {}


def test_null_text_is_text_that_nobody_wrote() -> None:
    assert ActivityTerms.model_validate({"dose": None, "worry": None}) == ActivityTerms()


def test_a_form_that_is_null_says_nothing() -> None:
    said = {"load": None, "access": None, "needs": None, "load_just_being": None}
    assert ActivityTerms.model_validate(said) == ActivityTerms()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (True, OwnPace.YES),
        (False, OwnPace.NO),
        ("yes", OwnPace.YES),
        ("partly", OwnPace.PARTLY),
        (None, None),
    ],
)
def test_own_pace_takes_the_truths_that_yaml_makes_of_yes_and_no(
    said: object, meant: OwnPace | None
) -> None:
    assert ActivityTerms.model_validate({"own_pace": said}).own_pace is meant


def test_text_that_no_database_can_keep_is_refused() -> None:
    bodies = (
        {"dose": "a\x00"},
        {"tags": ["\x00"]},
        {"hazards": ["other:\x00b"]},
        {"dose": "\ud800"},
    )
    for body in bodies:
        with pytest.raises(ValidationError, match="without control or hidden signs"):
            ActivityTerms.model_validate(body)


def test_text_may_have_lines_and_faces() -> None:
    said = "雨の日は休み\n😀"
    assert ActivityTerms(rain_rule=said).rain_rule == said


def test_an_unknown_key_is_refused_at_every_level() -> None:
    for body in ({"colour": "red"}, {"access": {"lift": True}}, {"needs": {"love": "much"}}):
        with pytest.raises(ValidationError, match="Extra inputs"):
            ActivityTerms.model_validate(body)


def test_minutes_do_not_fall() -> None:
    assert Minutes(min=30, max=30).max == 30
    with pytest.raises(ValidationError, match="min not above max"):
        Minutes(min=31, max=30)


def test_a_season_is_given_as_a_value() -> None:
    terms = ActivityTerms(season=["04-01", "09-30"])
    assert terms.period() == Season("04-01", "09-30")
    assert ActivityTerms().period() is None


@pytest.mark.parametrize(
    ("months", "days"),
    [([4, 11], ["04-01", "11-30"]), ([12, 2], ["12-01", "02-29"]), ([7, 7], ["07-01", "07-31"])],
)
def test_a_season_may_be_told_in_months(months: list[int], days: list[str]) -> None:
    terms = ActivityTerms.model_validate({"season": months})
    assert terms.season == days
    assert ActivityTerms.model_validate(terms.model_dump(mode="json")) == terms


@pytest.mark.parametrize("season", [[0, 3], [4, 13], [4], [True, True], [4, "11-30"], "summer"])
def test_a_season_that_is_none_is_refused(season: object) -> None:
    with pytest.raises(ValidationError):
        ActivityTerms.model_validate({"season": season})


def test_a_schedule_item_becomes_a_recurrence_bent_by_the_activity() -> None:
    item = ScheduleItem.model_validate(
        {
            "rrule": "FREQ=WEEKLY;BYDAY=FR",
            "start": "9:30",
            "end": "11:00",
            "except": ["2026-12-04"],
            "also": ["2026-12-09"],
            "holidays": "closed",
        }
    )
    found = item.recurrence(
        season=Season("10-01", "03-31"),
        closed_until=date(2026, 11, 10),
        next_dates=(date(2026, 12, 4), date(2026, 12, 6)),
    )
    assert (found.start, found.end) == (time(9, 30), time(11))
    assert found.except_ == (date(2026, 12, 4),)
    assert found.also == (date(2026, 12, 6), date(2026, 12, 9))
    assert found.holidays is Holidays.CLOSED
    assert found.season == Season("10-01", "03-31")
    assert found.closed_until == date(2026, 11, 10)


def test_a_schedule_item_is_stored_in_the_words_of_the_format() -> None:
    body = {"rrule": "FREQ=DAILY", "start": "09:30", "end": "11:00", "except": ["2026-12-04"]}
    item = ScheduleItem.model_validate(body)
    assert item.model_dump(mode="json", exclude_defaults=True) == body
    assert ScheduleItem.model_validate(item.model_dump(mode="json")) == item


def test_a_faulty_first_day_is_told_once() -> None:
    body = {"dtstart": "soon", "rrule": "FREQ=WEEKLY", "start": "09:30", "end": "11:00"}
    with pytest.raises(ValidationError) as refused:
        ScheduleItem.model_validate(body)
    assert [error["loc"] for error in refused.value.errors()] == [("dtstart",)]


def test_a_rule_without_days_is_possible_beside_a_first_day() -> None:
    body = {"dtstart": "2026-11-20", "rrule": "FREQ=WEEKLY", "start": "09:30", "end": "11:00"}
    assert ScheduleItem.model_validate(body).recurrence().dtstart == date(2026, 11, 20)


@given(at=st.times())
def test_a_time_of_day_is_written_as_it_is_read(at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    assert read_clock(clock_text(minute)) == minute


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_iso_writes_it(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(day) == day


@pytest.mark.parametrize("said", ["24:00", "9", "09-30", "09:60", "", 930, None, True])
def test_a_value_that_is_no_time_of_day_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        read_clock(said)


@pytest.mark.parametrize("said", ["2026-13-01", "20261120", "2026/11/20", "", 20261120, None])
def test_a_value_that_is_no_day_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_day(said)


@pytest.mark.parametrize("word", ["bees", "allergen:そば", "other:ぬれた石"])
def test_a_hazard_is_a_word_or_names_an_allergen_or_something_else(word: str) -> None:
    assert read_hazard(word) == word


@pytest.mark.parametrize("word", ["", "bee", "allergen:", "other: ", "Bees", "allergen"])
def test_a_word_that_is_no_hazard_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="expected one of bees"):
        read_hazard(word)
