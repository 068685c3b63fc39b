"""Invariant 5: two people who must be kept apart are never placed in the same slot."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.audit.tables import AccessRecord
from service.database import transaction
from service.persons.tables import KeepApart, Person
from service.placements import hindrances
from service.placements.lifecycle import Status
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import OWN, led_to, look, send
from tests.service.placements.village import Village, add_slot
from tests.service.placements.walks import move, moved, placement_at, propose

ClientOf = Callable[[str], TestClient]
REASON = "以前に大きなけんかがあった"


@pytest.fixture
def roomy(connection: Connection, village: Village) -> Village:
    """Three people and room for all of them in one slot."""
    with transaction(connection) as session:
        session.execute(sa.text("UPDATE slot SET capacity = 3"))
    return village


def path_of(person: Person) -> str:
    return f"/api/v1/people/{person.id}/keep-apart"


def part(client: TestClient, village: Village, one: int = 0, other: int = 1) -> dict[str, Any]:
    body = {"other_id": str(village.people[other].id), "reason": REASON}
    answer = client.post(path_of(village.people[one]), json=body)
    assert answer.status_code == 201, answer.text
    pair: dict[str, Any] = answer.json()
    return pair


def obstacles(answer: Any) -> tuple[int, list[str]]:
    return answer.status_code, answer.json().get("obstacles", [])


def test_whoever_is_there_keeps_the_other_out_of_this_slot_alone(
    client: TestClient, connection: Connection, roomy: Village
) -> None:
    part(client, roomy)
    placement_at(client, roomy, Status.TRYING, 0)
    body = {"person_id": str(roomy.people[1].id), "activity_id": str(roomy.activity.id)}
    assert obstacles(client.post("/api/v1/placements", json=body)) == (409, ["other_slot"])
    placement_at(client, roomy, Status.TRYING, 2)
    with transaction(connection) as session:
        free = add_slot(session, roomy.activity, position=1)
    body |= {"slot_id": str(free.id)}
    assert client.post("/api/v1/placements", json=body).status_code == 201


@pytest.mark.parametrize("action", ["ask", "agree"])
def test_what_was_proposed_before_is_neither_asked_nor_agreed(
    client: TestClient, roomy: Village, action: str
) -> None:
    waiting = placement_at(client, roomy, Status.WANTED, 1)
    placement_at(client, roomy, Status.AGREED, 0)
    part(client, roomy)
    answer = move(client, waiting, action)
    assert obstacles(answer) == (409, ["other_slot"])
    told = answer.text
    assert REASON not in told
    assert not any(str(person.id) in told or person.code in told for person in roomy.people[:1])


def test_a_host_who_says_yes_to_both_gets_the_first(client: TestClient, roomy: Village) -> None:
    first, second = (placement_at(client, roomy, Status.ASKED, number) for number in (0, 1))
    part(client, roomy)
    moved(client, first, "host_accepts")
    assert obstacles(move(client, second, "host_accepts")) == (409, ["other_slot"])
    moved(client, first, "end")
    moved(client, second, "host_accepts")


def test_who_rests_without_a_place_does_not_come_back_beside_them(
    client: TestClient, connection: Connection, roomy: Village
) -> None:
    resting = placement_at(client, roomy, Status.RESTING, 0)
    other = placement_at(client, roomy, Status.TRYING, 1)
    with transaction(connection) as session:  # the rest outlasted its place
        session.execute(
            sa.text("UPDATE placement SET holds_place = :no WHERE status = 'resting'"),
            {"no": False},
        )
        session.execute(sa.text("UPDATE slot SET taken = taken - 1"))
    pair = part(client, roomy)
    assert pair["together"] == [str(roomy.slot.id)]
    assert obstacles(move(client, resting, "return")) == (409, ["other_slot"])
    moved(client, other, "end")
    moved(client, resting, "return")


def test_the_guard_is_what_holds_them_apart(
    client: TestClient, roomy: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the question the same walk puts both into one slot."""
    monkeypatch.setattr(hindrances, "together", lambda *_: False)
    part(client, roomy)
    placement_at(client, roomy, Status.TRYING, 0)
    assert placement_at(client, roomy, Status.TRYING, 1)["status"] == "trying"


def test_nobody_is_moved_when_a_pair_is_written_down_and_it_is_said(
    client: TestClient, roomy: Village
) -> None:
    both = [placement_at(client, roomy, Status.TRYING, number) for number in (0, 1)]
    assert part(client, roomy)["together"] == [str(roomy.slot.id)]
    statuses = [client.get(f"/api/v1/placements/{each['id']}").json()["status"] for each in both]
    assert statuses == ["trying", "trying"]


def test_a_pair_that_ended_holds_nobody_and_stays_written_down(
    client: TestClient, connection: Connection, roomy: Village
) -> None:
    pair = part(client, roomy)
    placement_at(client, roomy, Status.TRYING, 0)
    other = path_of(roomy.people[1])
    assert [each["other_id"] for each in client.get(other).json()["items"]] == [
        str(roomy.people[0].id)
    ]
    assert client.post(f"{other}/{pair['id']}/end").status_code == 204
    assert client.post(f"{other}/{pair['id']}/end").status_code == 404
    assert client.get(other).json() == {"items": []}
    placement_at(client, roomy, Status.TRYING, 1)
    part(client, roomy)  # may begin anew
    with transaction(connection) as session:
        assert len(session.exec(select(KeepApart)).all()) == 2


def test_a_pair_stands_once_from_whichever_side_and_is_two_people(
    client: TestClient, roomy: Village
) -> None:
    part(client, roomy, 0, 1)
    body = {"other_id": str(roomy.people[0].id), "reason": REASON}
    assert client.post(path_of(roomy.people[1]), json=body).status_code == 409
    assert client.post(path_of(roomy.people[0]), json=body).status_code == 422
    body["other_id"] = str(uuid4())
    assert client.post(path_of(roomy.people[0]), json=body).status_code == 404


def test_who_sees_one_of_them_is_told_of_no_pair_and_still_held_back(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    shared, hidden = person_in(session, town, consent=TEAM), person_in(session, town)
    own, colleague = client_of("csw"), client_of("coordinator")
    pair = own.post(path_of(shared), json={"other_id": str(hidden.id), "reason": REASON}).json()
    assert len(own.get(path_of(shared)).json()["items"]) == 1
    assert colleague.get(path_of(shared)).json() == {"items": []}
    assert colleague.post(f"{path_of(shared)}/{pair['id']}/end").status_code == 404
    missing = {"other_id": str(hidden.id), "reason": REASON}
    assert colleague.post(path_of(shared), json=missing).status_code == 404
    body = {"person_id": str(hidden.id), "activity_id": str(town.activities["leaves"].id)}
    placement = own.post("/api/v1/placements", json=body).json()
    for action in ("want", "agree"):
        moved(own, placement, action)
    body |= {"person_id": str(shared.id)}
    refused = colleague.post("/api/v1/placements", json=body)
    assert obstacles(refused) == (409, ["other_slot"])
    assert hidden.code not in refused.text
    assert str(hidden.id) not in refused.text


def test_both_are_written_down_as_looked_at(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    one, other = person_in(session, town), person_in(session, town)
    client = client_of("csw")
    client.post(path_of(one), json={"other_id": str(other.id), "reason": REASON})
    client.get(path_of(one))
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "keep_apart")).all()
    assert sorted((row.act, row.person_id) for row in rows) == sorted(
        [("write", one.id), ("write", other.id), ("read", one.id), ("list", other.id)]
    )


def test_the_page_keeps_two_apart_and_ends_it(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    one, other = person_in(session, town), person_in(session, town)
    client = client_of("csw")
    client.headers.update(OWN)
    page = f"/people/{one.id}/keep-apart"
    assert other.code in client.get(page, headers=OWN).text
    assert send(client, page, {"other": "", "reason": ""}).status_code == 422
    own = {"other": str(one.id), "reason": REASON}
    assert send(client, page, own).status_code == 422
    done = send(client, page, {"other": str(other.id), "reason": REASON})
    assert led_to(done) == f"/people/{one.id}?saved=true"
    again = send(client, page, {"other": str(other.id), "reason": REASON})
    assert again.status_code == 422
    for path in (f"/people/{one.id}", f"/people/{other.id}", page):
        assert REASON in look(client, path)
    pair = session.exec(select(KeepApart.id)).one()
    assert led_to(send(client, f"{page}/{pair}/end", {})) == f"/people/{one.id}?saved=true"
    assert REASON not in look(client, f"/people/{one.id}")


def test_a_page_says_kindly_why_the_slot_cannot_be_taken(
    client: TestClient, roomy: Village
) -> None:
    waiting = propose(client, roomy, 1)
    moved(client, waiting, "want")
    placement_at(client, roomy, Status.AGREED, 0)
    part(client, roomy)
    answer = send(client, f"/placements/{waiting['id']}/moves", {"move": "agree"})
    assert answer.status_code == 422
    assert "いまは、別の枠にしてください" in answer.text
    assert REASON not in answer.text
