"""Who had to wait stands in the audit once an hour; nobody can flood the chain by trying."""

import json
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts import passwords, throttling
from service.audit.tables import AccessRecord
from service.settings import Settings
from service.trail import Happening
from tests.factories import PASSWORD, Town, TurnableClock
from tests.serving import AppOf

SESSIONS = "/api/v1/sessions"
TRIES = 3


@pytest.fixture
def strict(app_of: AppOf, town: Town) -> FastAPI:
    assert town
    settings = Settings(secure_cookies=False, account_tries=TRIES, address_tries=20)
    return app_of(settings)


def try_often(app: FastAPI, username: str, times: int) -> list[int]:
    body = {"username": username, "password": "guessed in a rush"}
    return [TestClient(app).post(SESSIONS, json=body).status_code for _ in range(times)]


def lines(session: Session) -> list[tuple[str, str]]:
    """Return whom each line is about, and who had to wait."""
    rows = session.exec(
        select(AccessRecord)
        .where(AccessRecord.resource == Happening.THROTTLED)
        .order_by(AccessRecord.seq)
    )
    return [(str(row.account_id), json.loads(row.detail)["how"]) for row in rows]


def test_a_known_name_is_told_once_an_hour_however_often_it_is_tried(
    strict: FastAPI, session: Session, town: Town, turnable_clock: TurnableClock
) -> None:
    own = (str(town.accounts["csw"].id), "account")
    assert try_often(strict, "csw", TRIES + 4) == [401] * TRIES + [429] * 4
    assert lines(session) == [own]
    turnable_clock.turn(minutes=59)
    try_often(strict, "csw", TRIES + 1)
    assert lines(session) == [own]
    turnable_clock.turn(minutes=2)
    assert 429 in try_often(strict, "csw", TRIES + 1)
    assert lines(session) == [own, own]


def test_a_strangers_name_leaves_no_line_and_its_answer_waits_as_long(
    strict: FastAPI, session: Session
) -> None:
    looks: list[str | None] = []

    def counted(kept: str | None, _said: str) -> bool:
        looks.append(kept)
        return False

    with patch.object(passwords, "matches", counted):
        for username in ("csw", "nobody"):
            looks.clear()
            assert try_often(strict, username, TRIES + 3)[-3:] == [429] * 3
            # one look for each try that counted, and one for the first that did not
            assert len(looks) == TRIES + 1, username
    assert len(lines(session)) == 1


def test_an_address_is_told_to_every_municipality_and_stands_nowhere_itself(
    strict: FastAPI, session: Session, elsewhere: Town
) -> None:
    assert [try_often(strict, f"nobody {n}", 1) for n in range(25)][19:] == [[401]] + [[429]] * 5
    assert lines(session) == [("None", "address")] * 2
    rows = session.exec(select(AccessRecord)).all()
    assert {row.municipality_id for row in rows} >= {elsewhere.municipality.id}
    assert "testclient" not in "".join(row.model_dump_json() for row in rows)


def test_wrong_tokens_of_machines_are_told_apart_from_wrong_sign_ins(
    strict: FastAPI, session: Session
) -> None:
    for number in range(25):
        guess = TestClient(strict, headers={"authorization": f"Bearer deban_{number}"})
        guess.get("/api/v1/machine/catalogue")
    assert lines(session) == [("None", "machine")]


def test_who_is_signed_in_and_fails_to_prove_it_is_told_once(
    app: FastAPI, client: TestClient, session: Session, town: Town
) -> None:
    wrong = {"password": "guessed in a rush"}
    answers = [client.post(f"{SESSIONS}/step-up", json=wrong).status_code for _ in range(13)]
    assert answers == [403] * 10 + [429] * 3
    assert lines(session) == [(str(town.accounts["csw"].id), "own")]
    assert client.get("/api/v1/me").status_code == 200


@pytest.fixture
def forgetful() -> Iterator[None]:
    """A service that does not remember what it has said."""
    with patch.object(throttling, "is_first", lambda *_said, **_known: True):
        yield


@pytest.mark.usefixtures("forgetful")
def test_without_the_memory_of_what_was_said_every_try_would_be_a_line(
    strict: FastAPI, session: Session
) -> None:
    """The control: a stranger makes as many lines as they like."""
    try_often(strict, "csw", TRIES + 4)
    assert len(lines(session)) == 4


def test_the_right_password_waits_too_and_is_no_second_line(
    strict: FastAPI, session: Session
) -> None:
    try_often(strict, "csw", TRIES + 1)
    body = {"username": "csw", "password": PASSWORD}
    assert TestClient(strict).post(SESSIONS, json=body).status_code == 429
    assert len(lines(session)) == 1
