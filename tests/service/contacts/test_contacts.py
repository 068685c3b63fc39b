"""Contacts: what was done and meant, with a person, a host, or both sides of a placement."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord
from service.contacts.rules import REACHED
from service.contacts.tables import Channel, Direction, Result
from service.contacts.words import CHANNEL_WORDS, DIRECTION_WORDS, RESULT_WORDS
from service.database import transaction
from service.placements.lifecycle import Status
from tests.service.placements.village import Village, build_village
from tests.service.placements.walks import placement_at

PATH = "/api/v1/contacts"
CALL = {"occurred_on": "2026-02-10", "channel": "call", "direction": "sent", "result": "talked"}


@pytest.fixture
def trying(client: TestClient, village: Village) -> dict[str, Any]:
    return placement_at(client, village, Status.TRYING)


def kept(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post(PATH, json=CALL | body)
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def test_what_was_done_and_what_it_was_meant_for_are_kept(
    client: TestClient, village: Village
) -> None:
    told = {
        "what": "玄関先で10分。花の話",
        "intention": "顔を覚えてもらう",
        "small_change": "カーテンが開いていた",
        "next_on": "2026-02-17",
        "channel": "visit",
        "direction": "received",
        "result": "saw",
    }
    stored = kept(client, person_id=str(village.person.id), **told)
    assert {name: stored[name] for name in told} == told
    assert (stored["host_id"], stored["placement_id"]) == (None, None)
    assert client.get(f"{PATH}/{stored['id']}").json() == stored


def test_a_placement_alone_means_both_sides(
    client: TestClient, village: Village, trying: dict[str, Any]
) -> None:
    both = kept(client, placement_id=trying["id"])
    assert (both["person_id"], both["host_id"]) == (trying["person_id"], str(village.host.id))
    host = kept(client, placement_id=trying["id"], host_id=str(village.host.id))
    assert (host["person_id"], host["host_id"]) == (None, str(village.host.id))
    person = kept(client, placement_id=trying["id"], person_id=trying["person_id"])
    assert (person["person_id"], person["host_id"]) == (trying["person_id"], None)


def test_a_placement_is_not_mixed_up_with_others(
    client: TestClient, village: Village, trying: dict[str, Any]
) -> None:
    wrong = CALL | {"placement_id": trying["id"], "person_id": str(village.people[1].id)}
    assert client.post(PATH, json=wrong).status_code == 409
    wrong = CALL | {"placement_id": trying["id"], "host_id": str(uuid4())}
    assert client.post(PATH, json=wrong).status_code == 409


def test_somebody_has_to_be_named(client: TestClient) -> None:
    refused = client.post(PATH, json=CALL)
    assert (refused.status_code, refused.json()["title"]) == (422, "NobodyNamed")


@pytest.mark.parametrize("field", ["person_id", "host_id", "placement_id"])
def test_whom_nobody_knows_is_missing(client: TestClient, field: str) -> None:
    assert client.post(PATH, json=CALL | {field: str(uuid4())}).status_code == 404


def test_a_contact_is_not_in_the_future_and_the_next_is_not_before_it(
    client: TestClient, village: Village
) -> None:
    somebody = {"person_id": str(village.person.id)}
    body = CALL | somebody | {"occurred_on": "2026-02-11"}
    assert client.post(PATH, json=body).status_code == 409
    body = CALL | somebody | {"next_on": "2026-02-09"}
    assert client.post(PATH, json=body).status_code == 422


def test_a_correction_stands_instead_of_what_it_corrects(
    client: TestClient, village: Village
) -> None:
    somebody = {"person_id": str(village.person.id)}
    first = kept(client, **somebody, what="電話")
    second = kept(client, **somebody, what="訪問", channel="visit", corrects_id=first["id"])
    assert client.get(PATH, params=somebody).json()["items"] == [second]
    assert client.get(f"{PATH}/{first['id']}").json() == first
    body = CALL | somebody | {"corrects_id": str(uuid4())}
    assert client.post(PATH, json=body).status_code == 404


def test_the_list_is_sieved_by_side(
    client: TestClient, village: Village, trying: dict[str, Any]
) -> None:
    host = str(village.host.id)
    both = kept(client, placement_id=trying["id"])
    alone = kept(client, host_id=host)
    other = kept(client, person_id=str(village.people[1].id))

    def ids(**params: str) -> set[str]:
        return {item["id"] for item in client.get(PATH, params=params).json()["items"]}

    assert ids() == {both["id"], alone["id"], other["id"]}
    assert ids(host_id=host) == {both["id"], alone["id"]}
    assert ids(person_id=trying["person_id"]) == {both["id"]}
    assert ids(placement_id=trying["id"]) == {both["id"]}


def test_nobody_elsewhere_sees_a_contact(
    client: TestClient, connection: Connection, village: Village, trying: dict[str, Any]
) -> None:
    host = {"placement_id": trying["id"], "host_id": str(village.host.id)}
    stored = [kept(client, **host), kept(client, host_id=str(village.host.id))]
    with transaction(connection) as session:
        elsewhere = build_village(session)
    headers = {"Authorization": f"Bearer {elsewhere.tokens[elsewhere.csw.id]}"}
    assert client.get(PATH, headers=headers).json()["items"] == []
    for contact in stored:
        assert client.get(f"{PATH}/{contact['id']}", headers=headers).status_code == 404
    body = CALL | {"host_id": str(village.host.id)}
    assert client.post(PATH, json=body, headers=headers).status_code == 404


def test_a_hosts_contact_about_a_placement_is_a_look_at_its_person(
    client: TestClient, connection: Connection, village: Village, trying: dict[str, Any]
) -> None:
    host = str(village.host.id)
    kept(client, placement_id=trying["id"], host_id=host)
    kept(client, host_id=host)
    client.get(PATH)
    with Session(connection) as session:
        query = select(AccessRecord.person_id, AccessRecord.act)
        rows = session.exec(query.where(col(AccessRecord.resource) == "contact")).all()
    assert [(str(person), act) for person, act in rows] == [(trying["person_id"], "list")]


def test_every_member_has_its_word() -> None:
    assert set(CHANNEL_WORDS) == set(Channel)
    assert set(DIRECTION_WORDS) == set(Direction)
    assert set(RESULT_WORDS) == set(REACHED) == set(Result)
    assert not REACHED[Result.NOT_REACHED]
