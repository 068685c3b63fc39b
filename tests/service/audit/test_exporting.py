"""People leave in a file with a right, a reason and a fresh proof; many at once are an alarm."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.accounts.actions import NotYours, StepUpNeeded
from service.accounts.rules import RIGHTS, Right, Role
from service.audit.exporting import MANY, record_export
from service.audit.rules import Act, Why
from service.audit.tables import AccessRecord
from service.database import transaction
from service.trail import Happening
from tests.factories import MORNING, Town, TurnableClock, staff_of
from tests.service.browsing import look

EXPORTS = "/api/v1/audit/exports-of-many"


@pytest.fixture
def auditor(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("auditor")


def export(
    connection: Connection, town: Town, number: int, *, username: str = "coordinator"
) -> None:
    with transaction(connection) as session:
        staff = staff_of(session, town.accounts[username])
        people = [UUID(int=n) for n in range(number)]
        record_export(session, staff, people, why=Why.MEETING, resource="follow_up", at=MORNING)


def lines(session: Session) -> list[AccessRecord]:
    return list(session.exec(select(AccessRecord).order_by(AccessRecord.seq)))


def test_everybody_in_the_file_has_a_line_and_the_file_has_one_with_its_reason(
    connection: Connection, town: Town, session: Session
) -> None:
    export(connection, town, 3)
    *people, event = lines(session)
    assert [(row.act, row.resource) for row in people] == [(Act.EXPORT, "follow_up")] * 3
    assert {row.person_id for row in people} == {UUID(int=n) for n in range(3)}
    assert event.resource == Happening.EXPORT
    assert json.loads(event.detail) == {"how": "meeting", "of": "follow_up", "people": 3}


@pytest.mark.parametrize(("number", "told"), [(MANY, []), (MANY + 1, [1])])
def test_more_than_fifty_are_told_to_the_auditor_by_name(
    connection: Connection, town: Town, auditor: TestClient, number: int, told: list[int]
) -> None:
    export(connection, town, number)
    assert [each["times"] for each in auditor.get(EXPORTS).json()["items"]] == told
    assert ("この30日" in look(auditor, "/audit")) is bool(told)


def test_the_alarm_lasts_thirty_days(
    connection: Connection, town: Town, auditor: TestClient, turnable_clock: TurnableClock
) -> None:
    export(connection, town, MANY + 1)
    turnable_clock.turn(days=29)
    assert len(auditor.get(EXPORTS).json()["items"]) == 1
    turnable_clock.turn(days=2)
    assert auditor.get(EXPORTS).json() == {"items": []}


def test_the_same_person_twice_is_one(connection: Connection, town: Town, session: Session) -> None:
    with transaction(connection) as writing:
        staff = staff_of(writing, town.accounts["coordinator"])
        people = [uuid4()] * (MANY + 1)
        record_export(writing, staff, people, why=Why.COUNTING, resource="person", at=MORNING)
    assert [row.resource for row in lines(session)] == ["person", Happening.EXPORT]


def test_without_the_right_or_a_fresh_proof_nothing_leaves(
    connection: Connection, town: Town, session: Session
) -> None:
    with pytest.raises(NotYours):
        export(connection, town, 1, username="csw")
    stale = replace(
        staff_of(session, town.accounts["coordinator"]),
        stepped_up_at=MORNING - timedelta(minutes=6),
    )
    with pytest.raises(StepUpNeeded):
        record_export(session, stale, [uuid4()], why=Why.MEETING, resource="person", at=MORNING)
    assert lines(session) == []
    assert {role for role in Role if Right.EXPORT_PEOPLE in RIGHTS[role]} == {Role.COORDINATOR}
