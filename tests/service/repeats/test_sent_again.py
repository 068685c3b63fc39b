"""The same key as somebody with bad luck, another place or bad intent would send it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import SQLModel

from service.database import transaction
from service.repeats.actions import Answers
from service.web.once import HEADER, REPLAYED
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.browsing import main_of, send

ClientOf = Callable[[str], TestClient]
API: Final = "/api/v1"
PEOPLE: Final = f"{API}/people"
NEEDLE: Final = "針のことば"


def rows(connection: Connection, table: str) -> int:
    counted = sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table])
    return connection.execute(counted).scalar_one()


def contact(person: str, **changes: Any) -> dict[str, Any]:
    said = {"person_id": person, "occurred_on": "2026-11-19", "channel": "call"}
    return said | {"direction": "sent", "result": "talked", "what": NEEDLE} | changes


@pytest.fixture
def key() -> dict[str, str]:
    return {HEADER: str(uuid4())}


@pytest.fixture
def person(connection: Connection, town: Town) -> str:
    with transaction(connection) as session:
        return str(person_in(session, town, consent=TEAM).id)


def test_an_answer_that_cannot_be_kept_leaves_nothing_done(
    app: FastAPI,
    client: TestClient,
    connection: Connection,
    key: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    quiet = TestClient(app, headers=dict(client.headers), raise_server_exceptions=False)
    before = rows(connection, "person")
    with monkeypatch.context() as broken:
        broken.setattr(Answers, "keep", fail)
        assert quiet.post(PEOPLE, json={"area": "east"}, headers=key).status_code == 500
    assert (rows(connection, "person"), rows(connection, "kept_answer")) == (before, 0)
    # so the key may be sent again, and is no lie
    again = quiet.post(PEOPLE, json={"area": "east"}, headers=key)
    assert (again.status_code, REPLAYED in again.headers) == (201, False)
    assert rows(connection, "person") == before + 1


def test_who_signed_out_is_answered_nothing_that_was_kept(
    app: FastAPI, client: TestClient, person: str, key: dict[str, str]
) -> None:
    body = contact(person)
    assert client.post(f"{API}/contacts", json=body, headers=key).status_code == 201
    stranger = TestClient(app).post(f"{API}/contacts", json=body, headers=key)
    assert stranger.status_code == 401
    assert NEEDLE not in stranger.text
    wrong = {"authorization": "Bearer nothing"}
    assert client.post(f"{API}/contacts", json=body, headers=key | wrong).status_code == 401


def test_a_role_that_may_not_do_it_is_refused_before_any_key_is_looked_at(
    client_of: ClientOf, connection: Connection, person: str, key: dict[str, str]
) -> None:
    body = contact(person)
    assert client_of("csw").post(f"{API}/contacts", json=body, headers=key).status_code == 201
    refused = client_of("officer").post(f"{API}/contacts", json=body, headers=key)
    assert (refused.status_code, REPLAYED in refused.headers) == (403, False)
    assert rows(connection, "kept_answer") == 1


def test_two_towns_may_have_the_same_key_and_learn_nothing_of_it(
    client_of: ClientOf, connection: Connection, elsewhere: Town, key: dict[str, str]
) -> None:
    assert elsewhere.accounts
    before = rows(connection, "person")
    made = [
        client_of(who).post(PEOPLE, json={"area": "east"}, headers=key)
        for who in ("coordinator", "coordinator_elsewhere")
    ]
    assert [each.status_code for each in made] == [201, 201]
    assert not any(REPLAYED in each.headers for each in made)
    assert made[0].json()["id"] != made[1].json()["id"]
    assert rows(connection, "person") == before + 2


@pytest.mark.parametrize(("seconds", "replayed"), [(-1, True), (0, False)])
def test_a_key_is_kept_to_the_last_second_of_its_day_and_no_longer(
    client: TestClient,
    person: str,
    key: dict[str, str],
    turnable_clock: TurnableClock,
    seconds: int,
    *,
    replayed: bool,
) -> None:
    assert client.post(f"{API}/contacts", json=contact(person), headers=key).status_code == 201
    turnable_clock.turn(hours=24, seconds=seconds)
    again = client.post(f"{API}/contacts", json=contact(person), headers=key)
    assert (again.status_code, REPLAYED in again.headers) == (201, replayed)


def test_how_long_a_key_is_kept_is_the_office_s_to_say(
    app: FastAPI,
    client: TestClient,
    person: str,
    key: dict[str, str],
    turnable_clock: TurnableClock,
) -> None:
    app.state.keeper = Answers(hours=1)
    assert app.state.keeper.span == timedelta(hours=1)
    assert client.post(f"{API}/contacts", json=contact(person), headers=key).status_code == 201
    turnable_clock.turn(minutes=61)
    later = client.post(f"{API}/contacts", json=contact(person), headers=key)
    assert REPLAYED not in later.headers


def test_another_thing_under_a_used_key_is_refused_without_a_word_of_the_first(
    client: TestClient, connection: Connection, person: str, key: dict[str, str]
) -> None:
    assert client.post(f"{API}/contacts", json=contact(person), headers=key).status_code == 201
    other = client.post(f"{API}/contacts", json=contact(person, what="別のこと"), headers=key)
    assert (other.status_code, other.json()["title"]) == (422, "KeyReused")
    assert NEEDLE not in other.text
    assert person not in other.text
    # the refusal takes nothing away: the first is still answered as it was
    again = client.post(f"{API}/contacts", json=contact(person), headers=key)
    assert (again.status_code, again.headers[REPLAYED]) == (201, "true")
    assert rows(connection, "contact") == 1


def test_what_was_malformed_may_be_put_right_under_the_same_key(
    client: TestClient, connection: Connection, person: str, key: dict[str, str]
) -> None:
    wrong = client.post(f"{API}/contacts", json=contact(person, channel="?"), headers=key)
    assert wrong.status_code == 422
    assert rows(connection, "kept_answer") == 0
    right = client.post(f"{API}/contacts", json=contact(person), headers=key)
    assert (right.status_code, REPLAYED in right.headers) == (201, False)


def test_a_repeat_after_the_thing_was_changed_is_answered_as_it_was_then(
    client: TestClient, key: dict[str, str]
) -> None:
    body = {"area": "east", "note": "はじめ"}
    first = client.post(PEOPLE, json=body, headers=key)
    path = f"{PEOPLE}/{first.json()['id']}"
    changed = client.patch(path, json={"note": "あとから"})
    assert changed.status_code == 200
    again = client.post(PEOPLE, json=body, headers=key)
    assert again.json() == first.json()
    # its version is that of then too, so nobody edits on the ground of it unawares
    stale = client.patch(path, json={"note": "x"}, headers={"if-match": again.headers["etag"]})
    assert stale.status_code == 409
    assert client.get(path).json()["note"] == "あとから"


def test_a_form_sent_back_with_other_words_is_told_so_in_plain_words(
    client: TestClient, connection: Connection, person: str
) -> None:
    path, once = f"/people/{person}/wishes", {"once": str(uuid4())}
    assert send(client, path, {"own_words": "星を見たい"} | once).status_code == 303
    other = send(client, path, {"own_words": "花を見たい"} | once)
    assert other.status_code == 409
    assert "いまはできません" in main_of(other)
    assert "FormReused" not in other.text
    assert rows(connection, "wish") == 1


def test_a_form_whose_key_was_spoilt_saves_nothing_and_is_told_so(
    client: TestClient, connection: Connection, person: str
) -> None:
    for spoilt in ("", "x", "1" * 5000):
        answer = send(
            client, f"/people/{person}/wishes", {"own_words": "星を見たい", "once": spoilt}
        )
        assert answer.status_code == 422
        assert "書きかたを直してください" in main_of(answer)
        assert "Idempotency" not in main_of(answer)
    assert rows(connection, "wish") == 0


def test_a_mistake_in_a_form_does_not_use_its_key_up(
    client: TestClient, connection: Connection, person: str
) -> None:
    path, once = f"/people/{person}/wishes", {"once": str(uuid4())}
    assert send(client, path, {"own_words": "星" * 1001} | once).status_code == 422
    assert send(client, path, {"own_words": "星"} | once).status_code == 303
    assert rows(connection, "wish") == 1


def test_a_key_of_the_page_is_no_key_of_another_page(
    client: TestClient, connection: Connection, town: Town, person: str
) -> None:
    with transaction(connection) as session:
        other = str(person_in(session, town, consent=TEAM).id)
    once = {"once": str(uuid4()), "own_words": "星を見たい"}
    assert send(client, f"/people/{person}/wishes", once).status_code == 303
    assert send(client, f"/people/{other}/wishes", once).status_code == 409
    assert rows(connection, "wish") == 1
