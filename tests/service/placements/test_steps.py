"""Invariant 9: one step up may be proposed and is never applied; a step back is always open."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.placements.lifecycle import MOVES, Action, Status
from service.placements.steps import (
    RHYTHMS,
    RUNGS,
    STEPPING,
    VISITS,
    WEEKS,
    Day,
    Dimension,
    Level,
    NotNow,
    Step,
    step_back,
    step_up,
)

BEGAN = date(2026, 1, 5)
LEVEL = Level(
    Status.TRYING, BEGAN, minutes=30, dose="月に2回、30分", longest=60, per_month=4.3
)  # fmt: skip
WEEKLY = [Day(BEGAN + timedelta(weeks=week)) for week in range(4)]  # four, over three weeks


def test_after_four_visits_over_three_weeks_one_step_of_duration_comes_first() -> None:
    assert step_up(LEVEL, WEEKLY, []) == Step(Dimension.DURATION, "30分", "45分", 45)


@pytest.mark.parametrize(
    "days",
    [
        WEEKLY[:3],  # three visits
        [Day(BEGAN + timedelta(days=day)) for day in (0, 2, 4, 20)],  # within twenty days
        [Day(BEGAN - timedelta(weeks=week)) for week in range(1, 9)],  # at the level before
        [],
    ],
)
def test_fewer_or_sooner_or_of_the_level_before_is_not_yet(days: list[Day]) -> None:
    assert step_up(LEVEL, days, []) is NotNow.NOT_YET


def test_the_twenty_first_day_is_three_weeks() -> None:
    days = [Day(BEGAN + timedelta(days=day)) for day in (0, 2, 4, 21)]
    assert isinstance(step_up(LEVEL, days, []), Step)


def test_a_concern_holds_every_step_up() -> None:
    assert step_up(LEVEL, WEEKLY, [BEGAN]) is NotNow.CONCERN


def test_after_a_hard_day_the_four_begin_anew() -> None:
    hard = Day(BEGAN + timedelta(weeks=4), well=False)
    assert step_up(LEVEL, [*WEEKLY, hard], []) is NotNow.NOT_YET
    later = [Day(hard.on + timedelta(weeks=week)) for week in range(1, 5)]
    assert isinstance(step_up(LEVEL, [*WEEKLY, hard, *later], []), Step)


@pytest.mark.parametrize(
    ("level", "step"),
    [
        (replace(LEVEL, longest=30), Step(Dimension.FREQUENCY, "月に2回", "月に3回")),
        (replace(LEVEL, longest=None), Step(Dimension.FREQUENCY, "月に2回", "月に3回")),
        (
            replace(LEVEL, longest=30, dose="月に３回"),
            Step(Dimension.FREQUENCY, "月に3回", "週に1回"),
        ),
        (
            replace(LEVEL, longest=30, dose="年3回、通信を折る"),
            Step(Dimension.FREQUENCY, "年に3回", "年に4回"),
        ),
        (replace(LEVEL, longest=30, dose="週に1回"), NotNow.ENOUGH),  # the place opens once a week
        (replace(LEVEL, longest=30, dose="すわっているだけ"), NotNow.ENOUGH),
        (replace(LEVEL, longest=30, per_month=None), NotNow.ENOUGH),
        (replace(LEVEL, minutes=None, dose=""), NotNow.ENOUGH),
        (replace(LEVEL, minutes=240, longest=480, dose=""), NotNow.ENOUGH),
    ],
)  # fmt: skip
def test_how_often_comes_second_and_never_more_than_the_place_offers(
    level: Level, step: Step | NotNow
) -> None:
    assert step_up(level, WEEKLY, []) == step


@pytest.mark.parametrize("status", Status)
def test_a_step_up_is_proposed_only_where_the_move_exists(status: Status) -> None:
    makes = any(move.start is status and move.action is Action.STEP_UP for move in MOVES)
    assert STEPPING[status] == makes
    proposed = isinstance(step_up(replace(LEVEL, status=status), WEEKLY, []), Step)
    assert proposed == makes


@pytest.mark.parametrize(
    ("minutes", "back"),
    [(30, 20), (45, 30), (40, 30), (10, None), (5, None), (300, 240), (None, None)],
)
def test_a_step_back_is_one_rung_down(minutes: int | None, back: int | None) -> None:
    assert step_back(minutes) == back


@pytest.mark.parametrize("status", [Status.TRYING, Status.CONTINUING, Status.RESTING])
def test_a_step_back_is_open_wherever_somebody_goes_or_rests(status: Status) -> None:
    assert any(move.start is status and move.action is Action.STEP_BACK for move in MOVES)


DAYS = st.lists(
    st.builds(Day, st.dates(BEGAN - WEEKS, BEGAN + timedelta(days=200)), st.booleans()), max_size=12
)
LEVELS = st.builds(
    Level,
    st.sampled_from(Status),
    st.just(BEGAN),
    st.none() | st.integers(1, 480),
    st.sampled_from(["", "週に1回", "月に2回", "年に6回", "週に5回"]),
    st.none() | st.integers(1, 480),
    st.none() | st.floats(0, 31),
)


@given(LEVELS, DAYS, st.lists(st.dates(BEGAN, BEGAN + WEEKS), max_size=2))
def test_a_proposal_is_always_one_step_of_one_dimension_within_bounds(
    level: Level, days: list[Day], worried: list[date]
) -> None:
    found = step_up(level, days, worried)
    if isinstance(found, NotNow):
        return
    well = [day for day in days if day.well and day.on >= level.since]
    assert not worried
    assert len(well) >= VISITS
    if found.dimension is Dimension.DURATION:
        assert level.minutes is not None
        assert level.longest is not None
        assert found.minutes is not None
        assert level.minutes < found.minutes <= level.longest
        assert not [rung for rung in RUNGS if level.minutes < rung < found.minutes]
    else:
        rhythms = [f"{unit}に{number}回" for unit, number, _ in RHYTHMS]
        assert rhythms.index(found.then) == rhythms.index(found.now) + 1


@given(LEVELS, DAYS, st.permutations(range(12)))
def test_the_order_of_the_days_says_nothing(
    level: Level, days: list[Day], order: list[int]
) -> None:
    mixed = [days[each] for each in order if each < len(days)]
    assert step_up(level, mixed, []) == step_up(level, days, [])


def test_rungs_and_rhythms_only_ever_rise() -> None:
    assert list(RUNGS) == sorted(set(RUNGS))
    assert [often for *_, often in RHYTHMS] == sorted({often for *_, often in RHYTHMS})
