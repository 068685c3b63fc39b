"""One row for every person somebody looked at, in the same transaction as the look."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.audit.actions import record_access
from service.audit.tables import AccessRecord, Act
from tests.factories import MORNING, Town, person_in, staff_of
from tests.service.audit.lines import looks


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.EVENT])
def test_a_row_tells_who_did_what_to_whom_and_when(session: Session, town: Town, act: Act) -> None:
    person = person_in(session, town)
    before = len(looks(session))
    staff = staff_of(session, town.accounts["csw"])
    record_access(session, staff, [person.id], act=act, resource="visit", at=MORNING)
    rows = [line for line in looks(session) if line.resource == "visit"]
    assert len(looks(session)) == before + 1
    [row] = rows
    assert (row.account_id, row.person_id, row.act) == (staff.id, person.id, act)
    assert row.at == MORNING
    assert row.municipality_id == town.municipality.id


def test_a_list_writes_one_row_for_each_person_on_it(
    client: TestClient, session: Session, town: Town
) -> None:
    people = {person_in(session, town).id for _ in range(3)}
    client.get("/api/v1/people")
    listed = session.exec(select(AccessRecord).where(AccessRecord.act == Act.LIST)).all()
    assert {row.person_id for row in listed} == people
    assert len(listed) == 3


def test_nobody_listed_means_no_row(client: TestClient, session: Session) -> None:
    client.get("/api/v1/people")
    assert looks(session) == []


# How to look at somebody, by the word under which it is written down.
LOOKS: dict[str, Callable[[TestClient, UUID], object]] = {
    "person": lambda client, who: client.get(f"/api/v1/people/{who}"),
    "assessment": lambda client, who: client.get(f"/api/v1/people/{who}/assessments"),
    "consent": lambda client, who: client.get(f"/api/v1/people/{who}/consents"),
    "suggestion": lambda client, who: client.post(
        "/api/v1/suggestions", json={"person_id": str(who)}
    ),
    "placement": lambda client, who: client.post(
        "/api/v1/placements", json={"person_id": str(who), "activity_id": str(uuid4())}
    ),
}


@pytest.mark.parametrize("resource", LOOKS)
def test_a_look_is_written_down_only_when_something_was_shown(
    client: TestClient, session: Session, town: Town, resource: str
) -> None:
    person = person_in(session, town)
    hidden = person_in(session, town, area="west", by="csw_west")
    before = {row.id for row in looks(session)}
    LOOKS[resource](client, person.id)
    LOOKS[resource](client, hidden.id)
    rows = [row for row in looks(session) if row.id not in before]
    expected = [] if resource == "placement" else [(person.id, resource)]
    assert [(row.person_id, row.resource) for row in rows] == expected
