"""Sign-in, sign-out and who one is, over HTTP on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.actions import UsernameTaken, open_account, sign_in
from service.accounts.passwords import UnfitPassword
from service.accounts.rules import RIGHTS, Right, Role, may
from service.accounts.tables import Account, SignIn
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, TurnableClock
from tests.serving import AppOf

API = "/api/v1"
GOOD = {"username": "csw", "password": PASSWORD}
BROWSER = {"sec-fetch-site": "same-origin"}
HTTPS = "https://testserver"


@pytest.fixture
def short(app_of: AppOf, town: Town) -> TestClient:
    """The service with its usual settings: cookies only over HTTPS, sessions that end."""
    assert town
    return TestClient(app_of(Settings()), base_url=HTTPS)


def test_the_caller_is_told_who_they_are(client: TestClient, town: Town) -> None:
    me = client.get(f"{API}/me").json()
    assert me == {
        "id": str(town.accounts["csw"].id),
        "municipality_id": str(town.municipality.id),
        "area_id": str(town.areas["east"].id),
        "role": "csw",
        "display_name": "職員 csw",
        "rights": sorted(RIGHTS[Role.CSW]),
    }


@pytest.mark.parametrize("role", Role)
def test_every_role_can_sign_in_and_is_told_its_rights(
    client_of: Callable[[str], TestClient], role: Role
) -> None:
    me = client_of(role.value).get(f"{API}/me").json()
    assert me["role"] == role
    assert me["rights"] == sorted(RIGHTS[role])


@pytest.mark.parametrize("right", Right)
def test_every_right_is_held_by_some_role_and_not_by_all(right: Right) -> None:
    holders = {role for role in Role if may(role, right)}
    assert holders
    assert holders != set(Role)


@pytest.mark.parametrize(
    "wrong",
    [
        GOOD | {"password": "plum blossoms in march"},
        GOOD | {"username": "nobody"},
        GOOD | {"username": "CSW"},
    ],
)
def test_a_wrong_name_and_a_wrong_password_get_one_answer(
    app: FastAPI, wrong: dict[str, str]
) -> None:
    answer = TestClient(app).post(f"{API}/sessions", json=wrong)
    assert answer.status_code == 401
    other = TestClient(app).post(f"{API}/sessions", json=GOOD | {"password": "another wrong one"})
    assert answer.json() == other.json()
    assert "set-cookie" not in answer.headers


def test_an_account_that_is_closed_cannot_sign_in_nor_go_on(
    app: FastAPI, client: TestClient, session: Session, town: Town
) -> None:
    account = session.exec(select(Account).where(Account.id == town.accounts["csw"].id)).one()
    account.active = False
    session.flush()
    assert client.get(f"{API}/me").status_code == 401
    assert TestClient(app).post(f"{API}/sessions", json=GOOD).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic Y3N3Og=="])
def test_nobody_is_known_without_a_token(app: FastAPI, header: str) -> None:
    headers = {"authorization": header} if header else {}
    answer = TestClient(app).get(f"{API}/me", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_the_hash_of_a_token_is_stored(app: FastAPI, session: Session) -> None:
    token = TestClient(app).post(f"{API}/sessions", json=GOOD).json()["token"]
    [sign_in_row] = session.exec(select(SignIn)).all()
    assert token not in repr(sign_in_row)
    assert len(sign_in_row.token_hash) == 64


def test_signing_out_ends_every_sign_in_of_the_caller_and_nobody_elses(
    client_of: Callable[[str], TestClient],
) -> None:
    office, phone, colleague = client_of("csw"), client_of("csw"), client_of("csw_west")
    assert phone.delete(f"{API}/sessions").status_code == 204
    assert office.get(f"{API}/me").status_code == 401
    assert phone.get(f"{API}/me").status_code == 401
    assert colleague.get(f"{API}/me").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(short: TestClient) -> None:
    answer = short.post(f"{API}/sessions", json=GOOD, headers=BROWSER)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-deban=")
    for word in ("secure", "httponly", "samesite=lax", "path=/"):
        assert word in cookie
    assert "domain" not in cookie


def test_the_cookie_alone_is_enough_to_read(short: TestClient) -> None:
    short.post(f"{API}/sessions", json=GOOD)
    assert short.get(f"{API}/me").status_code == 200


def test_signing_out_takes_the_cookie_back(short: TestClient) -> None:
    short.post(f"{API}/sessions", json=GOOD)
    left = short.delete(f"{API}/sessions", headers=BROWSER)
    assert left.status_code == 204
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    # What is left opens nothing: it tells whose a form was that comes too late.
    assert set(short.cookies) == {"__Host-deban-last"}
    assert short.get(f"{API}/me").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_change_that_another_site_asks_for_with_our_cookie_is_refused(
    short: TestClient, headers: dict[str, str]
) -> None:
    short.post(f"{API}/sessions", json=GOOD)
    answer = short.post(f"{API}/people", json={"area": "east"}, headers=headers)
    assert answer.status_code == 403
    allowed = short.post(f"{API}/people", json={"area": "east"}, headers=BROWSER)
    assert allowed.status_code == 201


def test_another_site_cannot_sign_its_visitors_in(short: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert short.post(f"{API}/sessions", json=GOOD, headers=headers).status_code == 403


def test_a_sign_in_ends_when_nobody_uses_it(
    short: TestClient, turnable_clock: TurnableClock
) -> None:
    short.post(f"{API}/sessions", json=GOOD)
    for _ in range(4):
        turnable_clock.turn(minutes=29)
        assert short.get(f"{API}/me").status_code == 200
    turnable_clock.turn(minutes=31)
    assert short.get(f"{API}/me").status_code == 401


def test_a_sign_in_ends_after_a_working_day_however_it_is_used(
    short: TestClient, turnable_clock: TurnableClock
) -> None:
    short.post(f"{API}/sessions", json=GOOD)
    for _ in range(23):
        turnable_clock.turn(minutes=26)
        assert short.get(f"{API}/me").status_code == 200
    turnable_clock.turn(minutes=3)
    assert short.get(f"{API}/me").status_code == 401


def test_opened_accounts_sign_in_with_their_own_password(session: Session, town: Town) -> None:
    open_account(
        session,
        "newcomer",
        municipality_id=town.municipality.id,
        role=Role.CSW,
        password="twelve signs or more",
    )
    settings = Settings()
    token = sign_in(session, "newcomer", "twelve signs or more", at=MORNING, settings=settings)
    [row] = session.exec(select(SignIn)).all()
    assert token
    assert row.expires_at - MORNING == timedelta(hours=settings.session_hours)


def test_short_passwords_and_taken_names_are_refused(session: Session, town: Town) -> None:
    known = {"municipality_id": town.municipality.id, "role": Role.CSW}
    with pytest.raises(UnfitPassword):
        open_account(session, "newcomer", password="eleven sign", **known)
    with pytest.raises(UsernameTaken):
        open_account(session, "csw", password="twelve signs or more", **known)
