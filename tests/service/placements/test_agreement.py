"""What each move writes onto a placement: no database is needed to see it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.placements.agreement import write_terms
from service.placements.lifecycle import Action, Employment, EndReason, Side
from service.placements.tables import Placement
from service.placements.terms import NO_TERMS, Terms
from service.settings import Settings
from tests.service.placements.village import DAY

SETTINGS = Settings(soft_hold_days=5, rest_weeks=2)
AGREED = Terms(
    minutes=20,
    dose="月に2回",
    first_on=date(2026, 2, 17),
    companion="となりの席に職員",
    may_tell=("nickname",),
    kind=Employment.TASTE,
    insured=True,
)


def placement() -> Placement:
    return Placement(
        municipality_id=uuid4(),
        person_id=uuid4(),
        activity_id=uuid4(),
        slot_id=uuid4(),
        owner_id=uuid4(),
        proposed_on=DAY,
        own_words="静かなところなら",
    )


def after(action: Action, terms: Terms = NO_TERMS, start: Placement | None = None) -> Placement:
    written = start or placement()
    write_terms(written, action, terms, on=DAY, settings=SETTINGS)
    return written


def facts(written: Placement) -> dict[str, Any]:
    sealed = {name: getattr(written, name) for name in type(written).sealed_columns}
    return written.model_dump(exclude={"id", "created_at"}) | sealed


def test_an_agreement_is_written_as_it_was_said() -> None:
    written = after(Action.AGREE, AGREED)
    assert {name: getattr(written, name) for name in AGREED.said()} == AGREED.said() | {
        "may_tell": ["nickname"]
    }
    assert written.own_words == "静かなところなら"


def test_what_was_not_spoken_of_stays() -> None:
    written = after(Action.AGREE, Terms(minutes=10), after(Action.AGREE, AGREED))
    assert (written.minutes, written.dose, written.insured) == (10, "月に2回", True)


def test_an_office_sets_how_long_a_host_is_given_and_a_place_is_kept() -> None:
    assert after(Action.ASK).asked_until == date(2026, 2, 15)
    resting = after(Action.REST)
    assert (resting.rest_until, resting.ask_again_on) == (date(2026, 2, 24), date(2026, 2, 24))


@pytest.mark.parametrize("action", [Action.RETURN, Action.BEGIN])
def test_whoever_comes_back_is_not_asked_about_the_rest_any_more(action: Action) -> None:
    written = after(action, start=after(Action.REST))
    assert (written.rest_until, written.ask_again_on) == (None, None)


def test_the_first_day_that_was_agreed_is_not_written_over_by_the_beginning() -> None:
    assert after(Action.BEGIN).first_on == DAY
    assert after(Action.BEGIN, start=after(Action.AGREE, AGREED)).first_on == date(2026, 2, 17)
    said = Terms(first_on=date(2026, 2, 18))
    assert after(Action.BEGIN, said, after(Action.AGREE, AGREED)).first_on == date(2026, 2, 18)


def test_each_way_of_closing_writes_its_side() -> None:
    ended = after(Action.END, Terms(reason=EndReason.JOB, side=Side.PERSON))
    assert (ended.end_reason, ended.end_side) == (EndReason.JOB, Side.PERSON)
    passed = after(Action.PASS, Terms(side=Side.TEAM))
    assert (passed.end_reason, passed.end_side) == (None, Side.TEAM)
    refused = after(Action.HOST_PASSES)
    assert (refused.end_reason, refused.end_side) == (None, Side.HOST)


def test_opening_again_keeps_the_persons_words_and_why_and_nothing_else() -> None:
    written = after(Action.END, Terms(reason=EndReason.WISH, side=Side.PERSON))
    for action in (Action.AGREE, Action.ASK, Action.REST):
        write_terms(written, action, NO_TERMS, on=DAY, settings=SETTINGS)
    write_terms(written, Action.AGREE, AGREED, on=DAY, settings=SETTINGS)
    again = after(Action.REOPEN, Terms(override_reason="本人がたのんだ"), written)
    blank = placement()
    same = {"person_id", "activity_id", "slot_id", "owner_id", "municipality_id"}
    expected = facts(blank) | {"override_reason": "本人がたのんだ"}
    expected |= {name: getattr(again, name) for name in same}
    assert facts(again) == expected


@given(st.sampled_from([Action.CHANGE_DOSE, Action.STEP_UP, Action.STEP_BACK, Action.RETURN]))
def test_a_move_without_words_changes_no_agreement(action: Action) -> None:
    agreed = facts(after(Action.AGREE, AGREED))
    again = after(action, start=after(Action.AGREE, AGREED))
    ids = {"person_id", "activity_id", "slot_id", "owner_id", "municipality_id"}
    later = facts(again)
    assert {k: v for k, v in later.items() if k not in ids} == {
        k: v for k, v in agreed.items() if k not in ids
    }
