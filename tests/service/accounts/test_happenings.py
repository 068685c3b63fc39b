"""What happens to accounts stands in the audit: by whom, to whom, also when it was refused."""

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.administration import happenings_of
from service.audit.tables import AccessRecord
from service.trail import EVENT, Happening
from tests.factories import PASSWORD, Town, TurnableClock
from tests.service.accounts.test_factors import Phone

API = "/api/v1"
SESSIONS = f"{API}/sessions"


def told(session: Session) -> list[tuple[str, str]]:
    """Return the events in their order, with the user name of who caused them."""
    rows = session.exec(
        select(AccessRecord).where(AccessRecord.act == EVENT).order_by(AccessRecord.seq)
    )
    return [(row.resource, str(row.account_id)) for row in rows]


def test_signing_in_and_out_and_every_wrong_try_of_a_known_name_is_told(
    app: FastAPI, session: Session, town: Town
) -> None:
    own = str(town.accounts["csw"].id)
    client = TestClient(app)
    for username, password in (("csw", "wrong"), ("nobody", "wrong"), ("csw", PASSWORD)):
        client.post(SESSIONS, json={"username": username, "password": password})
    client.headers["sec-fetch-site"] = "same-origin"
    client.post(f"{SESSIONS}/step-up", json={"password": "wrong"})
    client.post(f"{SESSIONS}/step-up", json={"password": PASSWORD})
    client.delete(SESSIONS)
    assert told(session) == [
        (Happening.SIGN_IN_FAILED, own),
        (Happening.SIGN_IN, own),
        (Happening.STEP_UP_FAILED, own),
        (Happening.STEP_UP, own),
        (Happening.SIGN_OUT, own),
    ]


def test_a_factor_is_told_when_it_comes_when_paper_replaces_it_and_when_it_goes(
    app: FastAPI, session: Session, turnable_clock: TurnableClock
) -> None:
    phone = Phone(app, turnable_clock)
    assert phone.second_step("000000") == 403
    assert phone.second_step(phone.paper[0]) == 201
    client = TestClient(app, headers={"authorization": f"Bearer {phone.token}"})
    assert client.delete(f"{API}/me/factors/totp").status_code == 204
    assert [what for what, _ in told(session)] == [
        Happening.SIGN_IN,
        Happening.FACTOR_ADDED,
        Happening.SIGN_IN,
        Happening.STEP_UP_FAILED,
        Happening.RECOVERY_USED,
        Happening.SIGN_IN,
        Happening.FACTOR_REMOVED,
    ]


def test_what_an_admin_does_names_both_and_says_no_name(
    client_of: Callable[[str], TestClient], session: Session, town: Town
) -> None:
    admin, account = client_of("admin"), town.accounts["csw"]
    path = f"{API}/accounts/{account.id}"
    admin.patch(path, json={"role": "officer", "active": False})
    admin.patch(path, json={"active": True, "display_name": "needle"})
    admin.post(f"{path}/password")
    admin.delete(f"{path}/factors")
    rows = session.exec(
        select(AccessRecord).where(AccessRecord.act == EVENT).order_by(AccessRecord.seq)
    ).all()[1:]
    assert [row.resource for row in rows] == [
        Happening.ROLE_CHANGED,
        Happening.ACCOUNT_DISABLED,
        Happening.ACCOUNT_CHANGED,
        Happening.PASSWORD_CHANGED,
        Happening.FACTOR_REMOVED,
    ]
    assert {row.account_id for row in rows} == {town.accounts["admin"].id}
    assert all(str(account.id) in row.detail for row in rows)
    assert "needle" not in repr(rows)


def test_each_kind_of_change_has_its_own_word() -> None:
    assert happenings_of({"role": "csw"}) == [Happening.ROLE_CHANGED]
    assert happenings_of({"active": True}) == [Happening.ACCOUNT_CHANGED]
    assert happenings_of({"active": False}) == [Happening.ACCOUNT_DISABLED]
    assert happenings_of({"area_id": None, "role": "csw"}) == [
        Happening.ROLE_CHANGED,
        Happening.ACCOUNT_CHANGED,
    ]
    assert happenings_of({}) == []
