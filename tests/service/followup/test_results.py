"""What has to be said along with a result."""

from typing import Any

import pytest

from service.contacts.tables import Channel, Result
from service.followup.results import LEAVES, Leaves, Outcome, leaves, unfit
from service.followup.tables import Leaving
from tests.service.followup.cases import TUESDAY, day

ANSWERING = (Result.TALKED, Result.SAW, Result.LETTER, Result.THROUGH_FAMILY)


def outcome(result: Result, **more: Any) -> Outcome:
    return Outcome(**{"result": result, "channel": Channel.CALL, "occurred_on": TUESDAY} | more)


@pytest.mark.parametrize("result", [*ANSWERING, Result.NOT_REACHED])
def test_a_try_needs_no_reason(result: Result) -> None:
    assert unfit(outcome(result), today=TUESDAY) is None


@pytest.mark.parametrize(
    ("result", "more", "field"),
    [
        (Result.ASKED_TO_WAIT, {"until": day("03-17")}, "why"),
        (Result.ASKED_TO_WAIT, {"until": day("03-17"), "why": " "}, "why"),
        (Result.ASKED_TO_WAIT, {"why": "忙しい"}, "until"),
        (Result.ASKED_TO_WAIT, {"why": "忙しい", "until": TUESDAY}, "until"),
        (Result.NOT_NEEDED, {}, "why"),
        (Result.NOT_NEEDED, {"why": "会う予定がある", "until": day("03-17")}, "until"),
        (Result.TALKED, {"until": day("03-17")}, "until"),
        (Result.TALKED, {"why": "忙しい"}, "why"),
    ],
)
def test_leaving_needs_what_belongs_to_it(result: Result, more: dict[str, Any], field: str) -> None:
    refusal = unfit(outcome(result, **more), today=TUESDAY)
    assert refusal is not None
    assert refusal.facts == {"field": field}


def test_a_reason_and_a_day_are_enough() -> None:
    waiting = outcome(Result.ASKED_TO_WAIT, why="忙しい", until=day("03-17"))
    assert unfit(waiting, today=TUESDAY) is None
    assert unfit(outcome(Result.NOT_NEEDED, why="会う予定"), today=TUESDAY) is None


def test_every_result_does_something_to_its_row() -> None:
    assert set(LEAVES) == set(Result)
    assert set(LEAVES.values()) == set(Leaves)
    assert {leaving.value for leaving in Leaving} <= {each.value for each in Leaves}


@pytest.mark.parametrize("result", ANSWERING)
def test_what_was_before_the_window_leaves_the_row_where_it_is(result: Result) -> None:
    assert leaves(outcome(result), opens=TUESDAY) is Leaves.ANSWERED
    assert leaves(outcome(result), opens=day("03-11")) is Leaves.STAYS
