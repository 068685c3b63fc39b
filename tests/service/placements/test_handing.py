"""Moving house among workers: who may hand a person over, and who sees them afterwards."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.accounts.rules import Role
from service.audit.tables import AccessRecord
from service.persons.tables import Person
from service.placements.actions import move, propose
from service.placements.handing import hand_over_all
from service.placements.lifecycle import Action, Side
from service.placements.tables import Placement
from service.placements.terms import Terms
from service.settings import Settings
from tests.factories import MORNING, TEAM, Town, person_in, staff_of
from tests.service.browsing import OWN, led_to, look, send

ClientOf = Callable[[str], TestClient]


def path_of(person: Person) -> str:
    return f"/api/v1/people/{person.id}"


def give(client: TestClient, person: Person, to: object) -> int:
    return client.post(f"{path_of(person)}/hand-over", json={"to": str(to)}).status_code


def owner_of(session: Session, person: Person) -> object:
    return session.exec(select(Person.owner_id).where(Person.id == person.id)).one()


def test_a_worker_hands_over_and_sees_them_no_more(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    mine, theirs = client_of("csw"), client_of("csw_west")
    assert give(mine, person, town.accounts["csw_west"].id) == 204
    seen = [client.get(path_of(person)).status_code for client in (mine, theirs)]
    assert seen == [404, 200]
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "handover")).all()
    assert [(row.account_id, row.person_id) for row in rows] == [
        (town.accounts["csw"].id, person.id)
    ]


def test_a_coordinator_hands_over_whom_they_see_and_nobody_else(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    shared, hidden = person_in(session, town, consent=TEAM), person_in(session, town)
    to, coordinator = town.accounts["csw_west"].id, client_of("coordinator")
    assert give(coordinator, shared, to) == 204
    assert give(coordinator, hidden, to) == 404
    assert owner_of(session, hidden) == town.accounts["csw"].id


def test_a_colleague_of_the_area_sees_them_but_does_not_give_them_away(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    shared = person_in(session, town, by="coordinator", consent=TEAM)
    hidden = person_in(session, town, by="coordinator")
    client, own = client_of("csw"), town.accounts["csw"].id
    assert [give(client, person, own) for person in (shared, hidden)] == [403, 404]
    assert owner_of(session, shared) == town.accounts["coordinator"].id


def test_nobody_gets_people_who_could_not_care_for_them(
    client_of: ClientOf, session: Session, town: Town, elsewhere: Town
) -> None:
    person = person_in(session, town)
    town.accounts["csw_west"].active = False
    session.add(town.accounts["csw_west"])
    session.flush()
    strangers = [
        uuid4(),
        elsewhere.accounts["csw"].id,
        *(town.accounts[name].id for name in ("csw_west", "officer", "admin", "auditor")),
    ]
    client = client_of("csw")
    assert {give(client, person, stranger) for stranger in strangers} == {404}
    named = {each["id"] for each in client.get("/api/v1/colleagues").json()}
    assert named == {str(town.accounts[name].id) for name in ("csw", "coordinator")}


def test_what_is_open_of_their_placements_goes_with_them(session: Session, town: Town) -> None:
    person, worker = person_in(session, town), staff_of(session, town.accounts["csw"])
    settings = Settings()
    made = [
        propose(
            session,
            worker,
            person_id=person.id,
            activity_id=town.activities[ref].id,
            at=MORNING,
            settings=settings,
        )
        for ref in ("leaves", "tea")
    ]
    move(
        session,
        worker,
        made[1].id,
        Action.PASS,
        Terms(side=Side.PERSON),
        at=MORNING,
        settings=settings,
    )
    admin, to = staff_of(session, town.accounts["admin"]), town.accounts["csw_west"]
    assert hand_over_all(session, admin, before=worker.id, to=to.id, at=MORNING).people == 1
    owners = select(Placement.owner_id).order_by(col(Placement.status) == made[1].status)
    assert session.exec(owners).all() == [to.id, worker.id]


def test_everybody_of_somebody_who_leaves_is_handed_over_unseen(
    client_of: ClientOf, session: Session, town: Town, elsewhere: Town
) -> None:
    theirs = [person_in(session, town, consent=consent) for consent in (None, TEAM)]
    others = [person_in(session, town, by="csw_west"), person_in(session, elsewhere)]
    before, to = town.accounts["csw"].id, town.accounts["coordinator"].id
    body = {"before": str(before), "to": str(to)}
    answer = client_of("admin").post("/api/v1/hand-overs", json=body)
    assert (answer.status_code, answer.json()) == (200, {"people": 2, "placements": 0})
    assert {owner_of(session, person) for person in theirs} == {to}
    assert {owner_of(session, person) for person in others} == {
        town.accounts["csw_west"].id,
        elsewhere.accounts["csw"].id,
    }
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "handover")).all()
    assert {row.person_id for row in rows} == {person.id for person in theirs}
    assert {row.account_id for row in rows} == {town.accounts["admin"].id}


def test_another_towns_people_are_not_handed_over(
    client_of: ClientOf, session: Session, town: Town, elsewhere: Town
) -> None:
    person = person_in(session, elsewhere)
    body = {"before": str(elsewhere.accounts["csw"].id), "to": str(town.accounts["csw"].id)}
    answer = client_of("admin").post("/api/v1/hand-overs", json=body)
    assert answer.json() == {"people": 0, "placements": 0}
    assert owner_of(session, person) == elsewhere.accounts["csw"].id


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_who_manages_accounts_hands_over_everybody(
    client_of: ClientOf, town: Town, role: Role
) -> None:
    body = {"before": str(town.accounts["csw"].id), "to": str(town.accounts["csw_west"].id)}
    assert client_of(role.value).post("/api/v1/hand-overs", json=body).status_code == 403


def test_the_page_names_the_worker_and_leads_to_what_is_still_seen(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    client = client_of("csw")
    client.headers.update(OWN)
    page = look(client, f"/people/{person.id}/hand-over")
    assert f"いまの担当: {town.accounts['csw'].display_name}" in page
    missing = send(client, f"/people/{person.id}/hand-over", {"to": ""})
    assert missing.status_code == 422
    to = str(town.accounts["csw_west"].id)
    assert led_to(send(client, f"/people/{person.id}/hand-over", {"to": to})) == "/people"
    back = client_of("csw_west")
    to = str(town.accounts["csw"].id)
    assert led_to(send(back, f"/people/{person.id}/hand-over", {"to": to})) == "/people"
