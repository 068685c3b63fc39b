"""Proving once more who one is, for what must not be done from an unwatched screen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from service.accounts.actions import StepUpNeeded, recognise, require_step_up, sign_in
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, staff_of


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        (timedelta(0), True),
        (timedelta(minutes=5), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(hours=9), False),
    ],
)
def test_a_proof_counts_for_five_minutes(
    session: Session, town: Town, after: timedelta, stands: bool
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    if stands:
        assert require_step_up(staff, MORNING + after) is staff
        return
    with pytest.raises(StepUpNeeded) as refused:
        require_step_up(staff, MORNING + after)
    assert refused.value.facts == {"step_up": True}


def test_who_never_proved_anything_is_asked(session: Session, town: Town) -> None:
    staff = replace(staff_of(session, town.accounts["csw"]), stepped_up_at=None)
    with pytest.raises(StepUpNeeded):
        require_step_up(staff, MORNING)


def test_a_sign_in_is_a_proof_and_knows_the_day_in_japan(session: Session, town: Town) -> None:
    late = MORNING + timedelta(hours=8)  # five in the afternoon
    token = sign_in(session, "csw", PASSWORD, at=late, settings=Settings())
    session.flush()
    night = late + timedelta(minutes=4)
    staff = recognise(session, token, at=night, settings=Settings())
    assert require_step_up(staff, night) is staff
    assert staff.on == date(2026, 11, 20)
    after_midnight = MORNING + timedelta(hours=15, minutes=1)
    known = recognise(
        session, token, at=after_midnight, settings=Settings(session_idle_minutes=999)
    )
    assert known.on == date(2026, 11, 21)  # still the twentieth in London
