"""What is sent twice is done once: the same key, the same answer, one effect."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import open_engine, transaction
from service.repeats import repository
from service.web.once import HEADER, REPLAYED
from tests.factories import TEAM, Town, TurnableClock, person_in, seed, staff_of
from tests.service.browsing import OWN, TOKEN, led_to, send

ClientOf = Callable[[str], TestClient]
PEOPLE = "/api/v1/people"
SOMEBODY: dict[str, Any] = {
    "area": "east",
    "code": "すみれ01",
    "stage": "at_home",
    "own_words": "庭",
}


def key() -> dict[str, str]:
    return {HEADER: str(uuid4())}


def rows(connection: Connection, table: str) -> int:
    counted = sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table])
    return connection.execute(counted).scalar_one()


def same(first: Response, again: Response) -> bool:
    """Say whether an answer is that of before, and says so."""
    told = [
        (each.status_code, each.content, each.headers.get("etag"), each.headers.get("location"))
        for each in (first, again)
    ]
    return told[0] == told[1] and again.headers.get(REPLAYED) == "true"


def contact(person: str) -> dict[str, Any]:
    return {
        "person_id": person,
        "occurred_on": "2026-11-19",
        "channel": "call",
        "direction": "sent",
        "result": "talked",
        "what": "庭の話をした",
    }


@pytest.fixture
def person(client: TestClient) -> str:
    made = client.post(PEOPLE, json={"area": "east", "own_words": "庭"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_the_same_key_and_body_give_the_same_answer_and_one_effect(
    client: TestClient, connection: Connection
) -> None:
    headers, before = key(), rows(connection, "person")
    first = client.post(PEOPLE, json=SOMEBODY, headers=headers)
    assert first.status_code == 201, first.text
    assert REPLAYED not in first.headers
    # the order of names and the quotation marks of the standard say nothing
    quoted = {HEADER: f'"{headers[HEADER]}"'}
    again = client.post(PEOPLE, json=dict(reversed(SOMEBODY.items())), headers=quoted)
    assert same(first, again)
    assert rows(connection, "person") == before + 1


def test_without_a_key_two_requests_are_two(
    client: TestClient, connection: Connection, person: str
) -> None:
    before = rows(connection, "contact")
    for _ in range(2):
        assert client.post("/api/v1/contacts", json=contact(person)).status_code == 201
    assert rows(connection, "contact") == before + 2


def test_a_key_is_for_one_thing_only(client: TestClient, connection: Connection) -> None:
    headers = key()
    assert client.post(PEOPLE, json={"area": "east"}, headers=headers).status_code == 201
    before = rows(connection, "person")
    other = client.post(PEOPLE, json={"area": "west"}, headers=headers)
    assert (other.status_code, other.json()["title"]) == (422, "KeyReused")
    elsewhere = client.post("/api/v1/hosts", json={"area": "east"}, headers=headers)
    assert elsewhere.status_code == 422
    assert rows(connection, "person") == before


@pytest.mark.parametrize("sent", ["", "1", "すみれさん", '"'], ids=["empty", "1", "name", "mark"])
def test_a_key_is_a_uuid_and_nobody_s_words(client: TestClient, sent: str) -> None:
    answer = client.post(PEOPLE, json={"area": "east"}, headers={HEADER: sent.encode()})
    assert (answer.status_code, answer.json()["title"]) == (422, "NoKey")
    assert "すみれ" not in answer.text


def test_a_move_is_made_once(client: TestClient, town: Town, person: str) -> None:
    body = {"person_id": person, "activity_id": str(town.activities["tea"].id)}
    placement = client.post("/api/v1/placements", json=body).json()["id"]
    path, headers = f"/api/v1/placements/{placement}/moves", key()
    first = client.post(path, json={"move": "want"}, headers=headers)
    assert same(first, client.post(path, json={"move": "want"}, headers=headers))
    # the control: without the key the second is a move that is not there
    assert client.post(path, json={"move": "want"}).status_code == 409
    assert len(client.get(f"/api/v1/placements/{placement}").json()["moves"]) == 1


def test_a_refusal_is_not_kept_so_the_same_key_may_try_again(
    client: TestClient, town: Town, person: str
) -> None:
    headers = key()
    body = {"person_id": person, "activity_id": str(town.activities["tea"].id)}
    open_one = client.post("/api/v1/placements", json=body).json()["id"]
    assert client.post("/api/v1/placements", json=body, headers=headers).status_code == 409
    ended = {"move": "pass", "side": "person"}
    moved = client.post(f"/api/v1/placements/{open_one}/moves", json=ended)
    assert moved.status_code == 200, moved.text
    again = client.post(
        "/api/v1/placements", json=body | {"override_reason": "本人が望んだ"}, headers=headers
    )
    assert again.status_code == 201, again.text


def test_two_accounts_may_have_the_same_key(client_of: ClientOf, connection: Connection) -> None:
    headers, before = key(), rows(connection, "person")
    made = [
        client_of(who).post(PEOPLE, json={"area": "east"}, headers=headers).json()["id"]
        for who in ("csw", "coordinator")
    ]
    assert made[0] != made[1]
    assert rows(connection, "person") == before + 2


def test_after_a_day_a_key_is_forgotten(
    client: TestClient, connection: Connection, person: str, turnable_clock: TurnableClock
) -> None:
    headers = key()
    first = client.post("/api/v1/contacts", json=contact(person), headers=headers).json()["id"]
    turnable_clock.turn(hours=23)
    kept = client.post("/api/v1/contacts", json=contact(person), headers=headers)
    assert kept.json()["id"] == first
    turnable_clock.turn(hours=2)
    later = client.post("/api/v1/contacts", json=contact(person), headers=headers)
    assert (later.status_code, REPLAYED in later.headers) == (201, False)
    assert later.json()["id"] != first
    assert rows(connection, "kept_answer") == 1  # what is over was deleted on the way


def test_what_was_kept_is_not_told_after_a_consent_ended(
    client_of: ClientOf, connection: Connection, town: Town
) -> None:
    with transaction(connection) as session:
        somebody = person_in(session, town, consent=TEAM)
    colleague, headers = client_of("coordinator"), key()
    body = contact(str(somebody.id))
    first = colleague.post("/api/v1/contacts", json=body, headers=headers)
    assert first.status_code == 201, first.text
    assert same(first, colleague.post("/api/v1/contacts", json=body, headers=headers))
    owner = client_of("csw")
    consents = f"{PEOPLE}/{somebody.id}/consents"
    [given] = owner.get(consents).json()["items"]
    gone = owner.post(f"{consents}/{given['id']}/withdrawal", json={})
    assert gone.status_code == 200, gone.text
    after = colleague.post("/api/v1/contacts", json=body, headers=headers)
    assert after.status_code == 404
    assert "庭の話" not in after.text
    assert str(somebody.id) not in after.text


def test_the_audit_says_that_an_answer_was_shown_again(
    client: TestClient, connection: Connection, person: str
) -> None:
    headers = key()
    lines = sa.select(sa.func.count()).where(sa.column("resource") == "repeat")
    lines = lines.select_from(SQLModel.metadata.tables["access_record"])
    for expected in (0, 1, 2):
        client.post("/api/v1/contacts", json=contact(person), headers=headers)
        assert connection.execute(lines).scalar_one() == expected


def test_what_is_kept_can_be_read_by_nobody_beside_the_service(
    client: TestClient, connection: Connection, person: str
) -> None:
    headers = key()
    client.post("/api/v1/contacts", json=contact(person), headers=headers)
    table = SQLModel.metadata.tables["kept_answer"]
    [row] = connection.execute(sa.select(table)).mappings()
    stored = "".join(str(value) for value in row.values())
    assert headers[HEADER] not in stored
    assert "庭の話".encode() not in row["sealed_answer"]
    assert str(row["person_id"]) == person  # whose key sealed it, and with whom it is erased


def test_a_conference_s_answers_are_looked_up_where_they_belong(
    client: TestClient, connection: Connection
) -> None:
    path, headers = "/api/v1/conferences", key()
    made = client.post(path, json={"title": "東-3"}, headers=headers).json()
    again = client.post(path, json={"title": "東-3"}, headers=headers, follow_redirects=False)
    assert (again.status_code, again.content) == (303, b"")
    assert again.headers["location"] == f"{path}/{made['id']}"
    assert client.get(again.headers["location"]).json() == made
    assert rows(connection, "conference") == 1
    record, headers = {"area": "east", "name": "風間 仮名子"}, key()
    wrote = client.post(f"{path}/{made['id']}/records", json=record, headers=headers).json()
    seen = client.post(f"{path}/{made['id']}/records", json=record, headers=headers)
    assert seen.json() == wrote  # led there and read with the conference's own sight
    table = SQLModel.metadata.tables["kept_answer"]
    assert connection.execute(sa.select(table.c.sealed_answer)).scalars().all() == [None, None]


def form(client: TestClient, path: str) -> dict[str, str]:
    """Return the hidden fields of the one form of a page."""
    page = client.get(path, headers=OWN).text
    main = page.split("<main", 1)[1]
    token = TOKEN.search(main)
    assert token is not None
    return {"csrf_token": token[1], "once": main.split('name="once" value="')[1].split('"')[0]}


def test_a_form_that_is_sent_twice_is_saved_once(
    client: TestClient, connection: Connection, person: str
) -> None:
    path = f"/people/{person}/contacts/new"
    said = contact(person) | form(client, path)
    before = rows(connection, "contact")
    first = client.post(path, data=said, headers=OWN, follow_redirects=False)
    again = client.post(path, data=said, headers=OWN, follow_redirects=False)
    assert led_to(first) == led_to(again)
    assert again.headers[REPLAYED] == "true"
    assert rows(connection, "contact") == before + 1
    # back in the browser, and other words in the form that was saved already
    changed = client.post(path, data=said | {"what": "別のこと"}, headers=OWN)
    assert changed.status_code == 409
    # the control: without the field every sending counts
    for _ in range(2):
        assert send(client, path, contact(person)).status_code == 303
    assert rows(connection, "contact") == before + 3


def test_each_form_has_a_key_of_its_own(client: TestClient, person: str) -> None:
    path = f"/people/{person}/contacts/new"
    assert form(client, path)["once"] != form(client, path)["once"]


def test_a_key_that_is_in_use_just_now_is_said_to_be(postgresql_database: str) -> None:
    engine = open_engine(postgresql_database, connections=2)
    with transaction(engine) as session:
        staff = staff_of(session, seed(session).accounts["csw"])
    with transaction(engine) as one, transaction(engine) as other:
        assert repository.lock(one, staff.id, "a")
        assert not repository.lock(other, staff.id, "a")
        assert repository.lock(other, staff.id, "b")
    with transaction(engine) as later:
        assert repository.lock(later, staff.id, "a")
    engine.dispose()


def test_who_comes_while_a_key_is_in_use_is_asked_to_come_again(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "lock", lambda *_: False)
    answer = client.post(PEOPLE, json={"area": "east"}, headers=key())
    assert (answer.status_code, answer.json()["title"]) == (409, "KeyInUse")
    assert answer.headers["retry-after"] == "1"
