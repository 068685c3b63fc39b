"""Tries are counted in the database: by name and by address, given back where one was right."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.accounts.tables import Throttle
from service.accounts.throttling import (
    Bucket,
    TooManyTries,
    address_bucket,
    bucket,
    give_back,
    network_of,
    take,
)
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, TurnableClock
from tests.service.browsing import OWN, TOKEN, led_to, main_of, send
from tests.serving import AppOf

SESSIONS = "/api/v1/sessions"
GOOD = {"username": "csw", "password": PASSWORD}
WRONG = GOOD | {"password": "not the password"}


def statuses(client: TestClient, times: int, body: dict[str, str] = WRONG) -> list[int]:
    return [client.post(SESSIONS, json=body).status_code for _ in range(times)]


def passes(connection: Connection, wanted: Bucket, **after: float) -> bool:
    try:
        take(connection, wanted, at=MORNING + timedelta(**after))
    except TooManyTries:
        return False
    return True


def test_ten_tries_pass_and_one_more_every_six_minutes(connection: Connection) -> None:
    ten = bucket("account", "csw", 10)
    assert [passes(connection, ten) for _ in range(13)] == [True] * 10 + [False] * 3
    assert not passes(connection, ten, minutes=5, seconds=59)
    assert passes(connection, ten, minutes=6)
    assert not passes(connection, ten, minutes=6)
    assert [passes(connection, ten, minutes=18) for _ in range(3)] == [True, True, False]
    assert [passes(connection, ten, hours=3) for _ in range(11)] == [True] * 10 + [False]


def test_whoever_has_to_wait_is_told_how_long(connection: Connection) -> None:
    three = bucket("account", "csw", 3)
    for _ in range(3):
        take(connection, three, at=MORNING)
    with pytest.raises(TooManyTries) as refused:
        take(connection, three, at=MORNING + timedelta(minutes=5))
    wait = refused.value.facts["retry_after"]
    assert wait == 15 * 60
    assert not passes(connection, three, minutes=5, seconds=wait - 1)
    assert passes(connection, three, minutes=5, seconds=wait)


def test_a_try_that_was_right_is_given_back(connection: Connection, session: Session) -> None:
    two = bucket("account", "csw", 2)
    for _ in range(20):
        take(connection, two, at=MORNING)
        give_back(session, two)
        session.flush()
    assert [passes(connection, two) for _ in range(3)] == [True, True, False]


def test_of_two_buckets_both_are_taken_or_neither(connection: Connection) -> None:
    name, address = bucket("account", "csw", 5), address_bucket("192.0.2.7", 1)
    take(connection, name, address, at=MORNING)
    for _ in range(10):
        with pytest.raises(TooManyTries):
            take(connection, name, address, at=MORNING)
    assert [passes(connection, name) for _ in range(5)] == [True] * 4 + [False]


def test_full_buckets_are_swept_and_the_others_stay(
    connection: Connection, session: Session
) -> None:
    for number in range(30):
        take(connection, bucket("account", str(number), 10), at=MORNING)
    take(connection, bucket("account", "later", 10), at=MORNING + timedelta(minutes=5))
    assert len(session.exec(select(Throttle)).all()) == 31
    take(connection, bucket("account", "last", 10), at=MORNING + timedelta(minutes=6))
    assert len(session.exec(select(Throttle)).all()) == 2


def test_only_hashes_of_names_and_addresses_are_kept(
    connection: Connection, session: Session
) -> None:
    take(connection, bucket("account", "yamada", 9), address_bucket("192.0.2.7", 9), at=MORNING)
    kept = repr(session.exec(select(Throttle)).all())
    assert "yamada" not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_what_one_household_can_change_at_will_gives_no_new_bucket(
    one: str, other: str, same: bool
) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_after_ten_wrong_passwords_the_answer_is_to_wait(app: FastAPI) -> None:
    client = TestClient(app)
    assert statuses(client, 12) == [401] * 10 + [429] * 2
    refused = client.post(SESSIONS, json=GOOD)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "360"
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["title"] == "TooManyTries"


def test_the_right_password_works_after_the_wait_whatever_a_stranger_does(
    app: FastAPI, turnable_clock: TurnableClock
) -> None:
    client = TestClient(app)
    statuses(client, 30)
    turnable_clock.turn(minutes=6)
    assert statuses(client, 1, GOOD) == [201]


def test_whoever_is_signed_in_is_not_hurt_by_a_stranger(app: FastAPI, client: TestClient) -> None:
    statuses(TestClient(app), 30)
    assert client.get("/api/v1/me").status_code == 200
    again = client.post("/api/v1/sessions/step-up", json={"password": PASSWORD})
    assert again.status_code == 200


def test_signing_in_rightly_is_never_too_often(app: FastAPI) -> None:
    assert set(statuses(TestClient(app), 30, GOOD)) == {201}


def test_a_name_that_nobody_has_is_counted_like_any_other(app: FastAPI) -> None:
    unknown = {"username": "nobody at all", "password": PASSWORD}
    assert statuses(TestClient(app), 11, unknown) == [401] * 10 + [429]


def test_one_address_with_ever_new_names_is_stopped_too(app_of: AppOf, town: Town) -> None:
    settings = Settings(secure_cookies=False, address_tries=7)
    client = TestClient(app_of(settings))
    bodies = [{"username": f"guess {number}", "password": PASSWORD} for number in range(9)]
    found = [client.post(SESSIONS, json=body).status_code for body in bodies]
    assert found == [401] * 7 + [429] * 2
    elsewhere = TestClient(client.app, client=("192.0.2.99", 1))
    assert statuses(elsewhere, 1, GOOD) == [201]


def test_the_page_says_in_japanese_to_wait(app: FastAPI) -> None:
    visitor = TestClient(app)
    fields = {"username": "csw", "password": "not the password"}
    assert [send(visitor, "/sign-in", fields).status_code for _ in range(11)][-2:] == [422, 429]
    answer = send(visitor, "/sign-in", fields)
    assert "少し待ってください" in main_of(answer)
    assert answer.headers["retry-after"] == "360"


def test_wrong_proofs_of_the_signed_in_are_counted_apart(
    client_of: Callable[[str], TestClient], app: FastAPI
) -> None:
    client = client_of("csw")
    path, wrong = "/api/v1/sessions/step-up", {"password": "not the password"}
    found = [client.post(path, json=wrong).status_code for _ in range(11)]
    assert found == [403] * 10 + [429]
    assert client.get("/api/v1/me").status_code == 200
    assert statuses(TestClient(app), 1, GOOD) == [201]


def test_a_step_up_by_form_needs_our_own_token(app: FastAPI) -> None:
    visitor = TestClient(app)
    fields = {"username": "csw", "password": PASSWORD}
    assert led_to(send(visitor, "/sign-in", fields)) == "/"
    data = {"password": PASSWORD, "csrf_token": "0" * 64}
    assert visitor.post("/step-up", data=data, headers=OWN).status_code == 403
    assert TOKEN.search(visitor.get("/step-up", headers=OWN).text)
