"""Days, holds and outcomes: pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.placements.lifecycle import CLOSED, Action, EndReason, Hold, Side, Status
from service.placements.obstacles import (
    BEFORE,
    BEFORE_PROPOSING,
    OVERRIDABLE,
    SENTENCES,
    Hindered,
    Obstacle,
    hindrance,
)
from service.placements.outcomes import ENDED_BADLY, PASSING_COOLS, is_cooling, outcome_of
from service.placements.rules import OutOfTime, held, mistimed, rest_of, soft_hold_of
from service.placements.terms import NEEDS, NO_TERMS, TAKES, Terms, unfit
from service.refusals import Kind

DAY = date(2026, 2, 10)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def test_a_rest_is_six_weeks_and_asked_about_within_thirty_days() -> None:
    rest = rest_of(NO_TERMS, on=DAY, weeks=6)
    assert rest.until == date(2026, 3, 24)
    assert rest.ask_again_on == date(2026, 3, 12)


def test_a_short_rest_is_asked_about_when_it_ends() -> None:
    rest = rest_of(Terms(rest_until=date(2026, 2, 17)), on=DAY, weeks=6)
    assert (rest.until, rest.ask_again_on) == (date(2026, 2, 17), date(2026, 2, 17))


@given(DAYS, st.integers(min_value=1, max_value=52))
def test_no_rest_is_left_unasked_for_more_than_thirty_days(on: date, weeks: int) -> None:
    rest = rest_of(NO_TERMS, on=on, weeks=weeks)
    assert on < rest.ask_again_on <= min(on + timedelta(days=30), rest.until)


@pytest.mark.parametrize(
    "terms",
    [
        Terms(ask_again_on=DAY),
        Terms(ask_again_on=date(2026, 3, 13)),
        Terms(rest_until=DAY),
        Terms(rest_until=date(2026, 2, 1)),
        Terms(rest_until=date(2027, 2, 12)),
    ],
)
def test_a_rest_that_would_be_forgotten_or_never_end_is_refused(
    terms: Terms,
) -> None:
    with pytest.raises(OutOfTime):
        rest_of(terms, on=DAY, weeks=6)


def test_a_host_is_given_seven_days_or_as_many_as_were_said() -> None:
    assert soft_hold_of(NO_TERMS, on=DAY, days=7) == date(2026, 2, 17)
    assert soft_hold_of(Terms(asked_until=DAY), on=DAY, days=7) == DAY
    assert soft_hold_of(Terms(asked_until=date(2026, 3, 12)), on=DAY, days=7) == date(2026, 3, 12)


@pytest.mark.parametrize("until", [date(2026, 2, 9), date(2026, 3, 13), date.max])
def test_a_host_is_not_given_until_before_or_for_ever(until: date) -> None:
    with pytest.raises(OutOfTime) as refused:
        soft_hold_of(Terms(asked_until=until), on=DAY, days=7)
    assert refused.value.facts == {"latest": "2026-03-12"}


def test_a_soft_hold_lapses_after_its_last_day() -> None:
    def on(day: date) -> Hold:
        return held(Status.ASKED, asked_until=DAY, holds_place=False, on=day)

    assert on(DAY) is Hold.SOFT
    assert on(DAY + timedelta(days=1)) is Hold.NONE


def test_a_resting_placement_keeps_its_place_until_it_was_given_up() -> None:
    kept = held(Status.RESTING, asked_until=None, holds_place=True, on=DAY)
    lost = held(Status.RESTING, asked_until=None, holds_place=False, on=DAY)
    assert (kept, lost) == (Hold.FIRM, Hold.NONE)


@pytest.mark.parametrize(
    ("on", "first", "refused"),
    [
        (DAY, None, False),
        (DAY + timedelta(days=1), None, True),
        (DAY - timedelta(days=3), None, False),
        (DAY - timedelta(days=3), DAY - timedelta(days=3), False),
        (DAY - timedelta(days=4), DAY - timedelta(days=3), True),
    ],
)
def test_a_move_lies_between_the_first_move_and_today(
    on: date, first: date | None, refused: bool
) -> None:
    refusal = mistimed(on, today=DAY, first_move_on=first)
    assert (refusal is not None) == refused
    assert refusal is None or refusal.kind is Kind.CONFLICT


@pytest.mark.parametrize(
    ("status", "reason", "side", "outcome"),
    [
        (Status.PROPOSED, None, None, "going"),
        (Status.CONTINUING, None, None, "going"),
        (Status.RESTING, None, None, "going"),
        (Status.ENDED, EndReason.BECAME_HELPER, Side.PERSON, "ended_well"),
        (Status.ENDED, EndReason.DID_NOT_FIT, Side.PERSON, "ended_badly"),
        (Status.ENDED, EndReason.WISH, Side.PERSON, "ended_badly"),
        (Status.PASSED, None, Side.PERSON, "passed"),
        (Status.PASSED, None, Side.HOST, "passed"),
        (Status.PASSED, None, Side.TEAM, None),
        (Status.SUPERSEDED, None, None, None),
    ],
)
def test_what_came_of_it_is_told_in_the_words_of_matching(
    status: Status, reason: EndReason | None, side: Side | None, outcome: str | None
) -> None:
    assert outcome_of(status, reason=reason, side=side) == outcome


@given(st.sampled_from(Status), st.sampled_from(EndReason), st.sampled_from(Side))
def test_only_what_is_over_can_have_ended_or_been_passed(
    status: Status, reason: EndReason, side: Side
) -> None:
    outcome = outcome_of(status, reason=reason, side=side)
    assert (outcome == "going") == (status not in CLOSED)


def test_what_was_passed_may_be_proposed_again_on_the_ninetieth_day() -> None:
    closed = date(2026, 1, 1)
    assert is_cooling("passed", closed, on=date(2026, 3, 31), days=90)
    assert not is_cooling("passed", closed, on=date(2026, 4, 1), days=90)
    assert is_cooling("ended_badly", closed, on=closed, days=90)
    assert not is_cooling("ended_well", closed, on=closed, days=90)
    assert not is_cooling(None, closed, on=closed, days=90)


def test_every_action_has_its_terms_and_its_obstacles() -> None:
    assert set(TAKES) == set(NEEDS) == set(BEFORE) == set(Action)
    assert set(SENTENCES) == set(Obstacle)
    assert {o for checks in BEFORE.values() for o in checks} | set(BEFORE_PROPOSING) == set(
        Obstacle
    )
    assert set(ENDED_BADLY) == set(EndReason)
    assert set(PASSING_COOLS) == set(Side)


@pytest.mark.parametrize("action", Action)
def test_a_move_takes_what_it_needs(action: Action) -> None:
    assert NEEDS[action] <= TAKES[action]


def test_every_term_goes_with_some_move() -> None:
    assert {name for names in TAKES.values() for name in names} == set(Terms.__dataclass_fields__)


def test_an_ending_needs_a_reason_and_a_side() -> None:
    refusal = unfit(Action.END, Terms(side=Side.PERSON))
    assert refusal is not None
    assert refusal.facts == {"needed": ["reason"], "unexpected": []}
    assert unfit(Action.END, Terms(side=Side.PERSON, reason=EndReason.WISH)) is None


def test_terms_of_another_move_are_named() -> None:
    refusal = unfit(Action.WANT, Terms(minutes=20, side=Side.HOST))
    assert refusal is not None
    assert refusal.kind is Kind.MALFORMED
    assert refusal.facts == {"needed": [], "unexpected": ["minutes", "side"]}


def test_what_was_not_spoken_of_is_not_said() -> None:
    terms = Terms(minutes=20, insured=False, first_on=DAY, may_tell=())
    assert terms.said() == {"minutes": 20, "insured": False, "first_on": DAY, "may_tell": ()}
    assert terms.told()["first_on"] == "2026-02-10"


@given(st.frozensets(st.sampled_from(Obstacle)), st.text(max_size=5))
def test_a_reason_sets_aside_only_what_judgement_may_override(
    present: frozenset[Obstacle], reason: str
) -> None:
    refusal = hindrance(BEFORE_PROPOSING, present, reason=reason)
    standing = present & set(BEFORE_PROPOSING)
    left = standing - OVERRIDABLE if reason.strip() else standing
    assert (refusal is not None) == bool(left)
    if refusal is not None:
        assert set(refusal.facts["obstacles"]) == left


def test_a_refusal_names_every_obstacle_and_says_when_a_reason_would_do() -> None:
    both = frozenset({Obstacle.COOLING_OFF, Obstacle.NOT_MET})
    refusal = hindrance(BEFORE_PROPOSING, both, reason="")
    assert isinstance(refusal, Hindered)
    assert refusal.facts["obstacles"] == ["not_met", "cooling_off"]
    assert "override_reason" in str(refusal)
    paused = hindrance(BEFORE_PROPOSING, both | {Obstacle.PAUSED}, reason="本人がのぞんだ")
    assert paused is not None
    assert paused.facts["obstacles"] == ["proposals_paused"]
    assert "override_reason" not in str(paused)
