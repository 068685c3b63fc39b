"""What a page tells of an activity: dates over the turn of the year, and every word there is."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.profiles import Company, Hazard, OwnPace, Reward, Setting
from catalogue.tables import Activity, Slot
from catalogue.terms import ActivityTerms
from service.hosts import leaflet
from service.hosts.words import COMPANY_WORDS, LOADS, PACE_WORDS, REWARD_WORDS, SETTING_WORDS

TUESDAYS = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "start": "10:00", "end": "11:30"}


def terms(**said: Any) -> ActivityTerms:
    return ActivityTerms.model_validate(said)


def days(
    *recurrences: dict[str, Any] | None, today: date, capacity: int = 2, **said: Any
) -> list[date]:
    activity = Activity(
        municipality_id=uuid4(),
        ref="a",
        host_id=uuid4(),
        area_id=uuid4(),
        title="a",
        terms=terms(**said).model_dump(mode="json", exclude_defaults=True),
    )
    slots = [
        Slot(
            municipality_id=activity.municipality_id,
            activity_id=activity.id,
            position=position,
            recurrence=recurrence,
            capacity=capacity,
        )
        for position, recurrence in enumerate(recurrences)
    ]
    found = leaflet.openings(activity, slots, today=today)
    return [opening.start.date() for opening in found]


def test_holidays_and_the_turn_of_the_year_close_only_where_it_says_so() -> None:
    eve = date(2026, 12, 22)
    assert days(TUESDAYS, today=eve)[:3] == [
        date(2026, 12, 22),
        date(2026, 12, 29),
        date(2027, 1, 5),
    ]
    closed = TUESDAYS | {"holidays": "closed"}
    assert days(closed, today=eve)[:2] == [date(2026, 12, 22), date(2027, 1, 5)]


def test_today_counts_and_yesterday_does_not() -> None:
    assert days(TUESDAYS, today=date(2026, 11, 24))[0] == date(2026, 11, 24)
    assert days(TUESDAYS, today=date(2026, 11, 25))[0] == date(2026, 12, 1)


def test_it_looks_ahead_to_the_horizon_and_no_further() -> None:
    today = date(2026, 11, 20)
    found = days(TUESDAYS, today=today)
    assert found[-1] <= today + leaflet.HORIZON < found[-1] + timedelta(days=7)


def test_a_closure_a_season_and_announced_days_bend_the_rule() -> None:
    today = date(2026, 11, 20)
    assert days(TUESDAYS, today=today, closed_until="2026-12-01")[0] == date(2026, 12, 8)
    assert days(TUESDAYS, today=today, season=["02-01", "02-28"]) == [
        date(2027, 2, day) for day in (2, 9, 16, 23)
    ]
    assert days(TUESDAYS, today=today, next_dates=["2026-11-22"])[0] == date(2026, 11, 22)


def test_several_lines_are_told_in_the_order_of_time() -> None:
    saturdays = {"rrule": "FREQ=WEEKLY;BYDAY=SA", "start": "13:00", "end": "14:00"}
    found = days(TUESDAYS, None, saturdays, today=date(2026, 11, 20))
    assert found[:4] == [date(2026, 11, day) for day in (21, 24, 28)] + [date(2026, 12, 1)]


def test_a_line_without_places_offers_no_day() -> None:
    assert days(TUESDAYS, today=date(2026, 11, 20), capacity=0) == []


def test_by_arrangement_alone_has_no_days() -> None:
    assert days(None, today=date(2026, 11, 20)) == []
    assert days(today=date(2026, 11, 20)) == []


@given(today=st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_whatever_the_day_openings_are_on_time_and_in_order(today: date) -> None:
    found = days(TUESDAYS, today=today, season=["11-01", "02-29"])
    assert found == sorted(set(found))
    assert all(today <= day <= today + leaflet.HORIZON for day in found)
    assert all(day.weekday() == 1 and day.month in {11, 12, 1, 2} for day in found)


@pytest.mark.parametrize(
    ("field", "line", "table"),
    [
        ("own_pace", "ペース", PACE_WORDS),
        ("setting", "場所", SETTING_WORDS),
        ("reward", "お礼", REWARD_WORDS),
    ],
)
def test_each_word_of_a_term_is_said_in_its_own_words(
    field: str, line: str, table: dict[OwnPace | Setting | Reward, str]
) -> None:
    for word, sentence in table.items():
        assert dict(leaflet.facts(terms(**{field: word})))[line] == sentence


@pytest.mark.parametrize("company", Company)
def test_everybody_who_may_be_there_is_named(company: Company) -> None:
    said = dict(leaflet.facts(terms(company=[company])))
    assert said["だれがいるか"] == COMPANY_WORDS[company]


def test_several_are_named_in_the_order_they_were_told() -> None:
    said = dict(leaflet.facts(terms(hazards=["cold", "other:池", "allergen:卵", "bees"])))
    assert said["気をつけること"] == "寒さ、池、卵(アレルギー)、ハチ"


def test_a_reward_in_words_says_more_than_its_kind() -> None:
    said = dict(leaflet.facts(terms(reward="in_kind", reward_detail="野菜をひと袋")))
    assert said["お礼"] == "野菜をひと袋"


@pytest.mark.parametrize(
    ("fee", "said"),
    [(None, leaflet.UNKNOWN), (0, "かからない"), (1, "1円"), (1_000_000, "1,000,000円")],
)
def test_a_fee_is_told_or_is_known_to_be_none_or_is_not_known(fee: int | None, said: str) -> None:
    assert dict(leaflet.facts(terms(fee_yen=fee)))["お金"] == said


@pytest.mark.parametrize(
    "field", ["just_being_ok", "no_talk_ok", "leave_any_time", "accompaniment_ok"]
)
def test_only_what_the_host_has_agreed_to_is_said_to_be_all_right(field: str) -> None:
    assert len(leaflet.welcomes(terms(**{field: True}))) == 1
    assert leaflet.welcomes(terms(**{field: False})) == []
    assert leaflet.welcomes(terms(**{field: None})) == []


@pytest.mark.parametrize("row", LOADS, ids=lambda row: row.name)
@pytest.mark.parametrize("level", range(5))
def test_each_level_is_told_by_the_sentence_of_its_own_dimension(row: Any, level: int) -> None:
    told = {line.name: line.said for line in leaflet.asks(terms(load={row.name: level}))}
    assert told.pop(row.words) == row.levels[level]
    assert set(told.values()) == {leaflet.UNKNOWN}


@pytest.mark.parametrize("hazard", Hazard)
def test_a_hazard_of_the_vocabulary_is_not_mistaken_for_a_free_word(hazard: Hazard) -> None:
    assert leaflet.hazard_words(f"other:{hazard}") == hazard
    assert leaflet.hazard_words(hazard) != hazard


def test_a_hazard_that_nobody_knows_is_a_fault_and_not_passed_over() -> None:
    with pytest.raises(ValueError, match="dragons"):
        leaflet.hazard_words("dragons")
