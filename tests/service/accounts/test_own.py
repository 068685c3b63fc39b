"""One's own sign-ins and one's own password: seen, ended, changed, and at once everywhere."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.actions import StepUpNeeded, open_account
from service.accounts.rules import Role
from service.accounts.tables import Account
from tests.factories import PASSWORD, Town, TurnableClock
from tests.service.browsing import OWN, Fields, led_to, look, main_of, send

API = "/api/v1"
SESSIONS = f"{API}/sessions"
NEW = "twelve snowflakes on a bench"
GIVEN = "KRBQF-9XMWA-27HHD-PPLQ4"
Clients = Callable[[str], TestClient]


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    return TestClient(app)


def enters(visitor: TestClient, password: str = PASSWORD, username: str = "csw") -> str:
    fields = {"username": username, "password": password, "next": "/people"}
    return led_to(send(visitor, "/sign-in", fields))


def token_with(app: FastAPI, password: str, username: str = "csw") -> int:
    body = {"username": username, "password": password}
    return TestClient(app).post(SESSIONS, json=body).status_code


def change(client: TestClient, old: str = PASSWORD, new: str = NEW) -> int:
    body = {"old": old, "new": new}
    return client.post(f"{API}/me/password", json=body).status_code


def given_account(session: Session, town: Town) -> Account:
    """An account whose password the office gave out."""
    account = open_account(
        session,
        "newcomer",
        municipality_id=town.municipality.id,
        role=Role.CSW,
        password=GIVEN,
        area_id=town.areas["east"].id,
    )
    account.password_given = True
    session.flush()
    return account


class TestSignIns:
    def test_own_sign_ins_are_listed_and_nobody_elses(self, client_of: Clients) -> None:
        office, phone = client_of("csw"), client_of("csw")
        client_of("csw_west")
        for client in (office, phone):
            items = client.get(SESSIONS).json()["items"]
            assert len(items) == 2
            assert [item["own"] for item in items].count(True) == 1
        assert set(items[0]) == {"id", "begun_at", "seen_at", "expires_at", "own"}

    def test_one_of_them_ends_at_once_and_the_others_go_on(self, client_of: Clients) -> None:
        office, phone = client_of("csw"), client_of("csw")
        items = office.get(SESSIONS).json()["items"]
        (other,) = (item["id"] for item in items if not item["own"])
        assert office.delete(f"{SESSIONS}/{other}").status_code == 204
        assert phone.get(f"{API}/me").status_code == 401
        assert len(office.get(SESSIONS).json()["items"]) == 1
        assert office.delete(f"{SESSIONS}/{other}").status_code == 404

    def test_somebody_elses_is_as_absent_as_none(self, client_of: Clients) -> None:
        mine, theirs = client_of("csw"), client_of("csw_west")
        (item,) = theirs.get(SESSIONS).json()["items"]
        answers = [mine.delete(f"{SESSIONS}/{id_}") for id_ in (item["id"], uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert theirs.get(f"{API}/me").status_code == 200

    def test_a_sign_in_that_is_over_is_not_listed(
        self, client_of: Clients, turnable_clock: TurnableClock
    ) -> None:
        client_of("csw")
        turnable_clock.turn(days=365 * 20)
        assert len(client_of("csw").get(SESSIONS).json()["items"]) == 1

    def test_the_page_lists_them_and_ends_one(
        self, visitor: TestClient, client: TestClient
    ) -> None:
        enters(visitor)
        words = look(visitor, "/security")
        assert "サインインしている端末 2つ" in words
        assert "この端末" in words
        items = client.get(SESSIONS).json()["items"]
        (program,) = (item["id"] for item in items if item["own"])
        path = f"/security/sign-ins/{program}/end"
        assert led_to(send(visitor, path, {})) == "/security?done=ended"
        assert client.get(f"{API}/me").status_code == 401
        assert "サインインしている端末 1つ" in look(visitor, "/security")


class TestPassword:
    def test_a_new_password_ends_every_other_sign_in_and_gives_a_new_token(
        self, app: FastAPI, client_of: Clients
    ) -> None:
        office, phone = client_of("csw"), client_of("csw")
        answer = office.post(f"{API}/me/password", json={"old": PASSWORD, "new": NEW})
        assert answer.status_code == 200
        assert [client.get(f"{API}/me").status_code for client in (office, phone)] == [401, 401]
        bearer = {"authorization": f"Bearer {answer.json()['token']}"}
        assert TestClient(app).get(f"{API}/me", headers=bearer).status_code == 200
        assert (token_with(app, PASSWORD), token_with(app, NEW)) == (401, 201)

    @pytest.mark.parametrize(
        ("old", "new", "status", "reason"),
        [
            ("not the old one", NEW, 403, None),
            (PASSWORD, PASSWORD, 422, "as_before"),
            (PASSWORD, "eleven sign", 422, "too_short"),
            (PASSWORD, "leavemealone", 422, "common"),
            (PASSWORD, "csw csw csw csw", 422, "own_name"),
            (PASSWORD, "x y" * 67, 422, "too_long"),
        ],
    )
    def test_a_wrong_old_or_an_unfit_new_one_changes_nothing(
        self, client: TestClient, old: str, new: str, status: int, reason: str | None
    ) -> None:
        answer = client.post(f"{API}/me/password", json={"old": old, "new": new})
        assert (answer.status_code, answer.json().get("reason")) == (status, reason)
        assert new not in answer.text
        assert client.get(f"{API}/me").status_code == 200
        assert change(client) == 200

    def test_the_page_changes_it_and_the_browser_goes_on(
        self, app: FastAPI, visitor: TestClient
    ) -> None:
        enters(visitor)
        before = visitor.cookies["deban"]
        fields = {"old": PASSWORD, "new": NEW, "again": NEW, "next": "/security?done=password"}
        assert led_to(send(visitor, "/security/password", fields)) == "/security?done=password"
        assert "パスワードを変えました" in look(visitor, "/security?done=password")
        assert visitor.cookies["deban"] != before
        stolen = TestClient(app, cookies={"deban": before})
        assert stolen.get(f"{API}/me").status_code == 401

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"old": "wrong wrong wrong", "new": NEW, "again": NEW}, "パスワードがちがいます"),
            ({"old": PASSWORD, "new": NEW, "again": "another one"}, "二つが同じではありません"),
            ({"old": PASSWORD, "new": "みじかい", "again": "みじかい"}, "12字以上"),
            ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "いまのパスワードと同じ"),
        ],
    )
    def test_the_page_says_what_to_put_right_and_never_repeats_a_password(
        self, visitor: TestClient, fields: Fields, words: str
    ) -> None:
        enters(visitor)
        answer = send(visitor, "/security/password", fields)
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert not any(str(said) in answer.text for said in fields.values())


class TestGivenPassword:
    def test_a_given_password_opens_only_the_choice_of_an_own_one(
        self, app: FastAPI, session: Session, town: Town
    ) -> None:
        given_account(session, town)
        body = {"username": "newcomer", "password": GIVEN}
        answer = TestClient(app).post(SESSIONS, json=body).json()
        assert answer["awaits"] == "own_password"
        client = TestClient(app, headers={"authorization": f"Bearer {answer['token']}"})
        for path in ("me", "sessions", "people", "hosts"):
            assert client.get(f"{API}/{path}").status_code == 401, path
        step_up = client.post(f"{SESSIONS}/step-up", json={"password": GIVEN})
        assert step_up.status_code == 401
        changed = client.post(f"{API}/me/password", json={"old": GIVEN, "new": NEW}).json()
        assert changed["awaits"] == "nothing"
        assert client.get(f"{API}/me").status_code == 401
        bearer = {"authorization": f"Bearer {changed['token']}"}
        assert TestClient(app).get(f"{API}/me", headers=bearer).status_code == 200

    def test_the_page_leads_through_it(
        self, session: Session, town: Town, visitor: TestClient
    ) -> None:
        given_account(session, town)
        step = enters(visitor, GIVEN, "newcomer")
        assert step == "/security/password?next=/people"
        assert "自分のパスワードを決める" in look(visitor, step)
        assert visitor.get("/people", headers=OWN, follow_redirects=False).status_code == 303
        fields = {"old": GIVEN, "new": NEW, "again": NEW, "next": "/people"}
        assert led_to(send(visitor, "/security/password", fields)) == "/people"
        assert look(visitor, "/people")
        session.expire_all()
        found = select(Account.password_given).where(Account.username == "newcomer")
        assert session.exec(found).one() is False

    def test_it_waits_ten_minutes_and_no_longer(
        self, app: FastAPI, session: Session, town: Town, turnable_clock: TurnableClock
    ) -> None:
        given_account(session, town)
        body = {"username": "newcomer", "password": GIVEN}
        token = TestClient(app).post(SESSIONS, json=body).json()["token"]
        client = TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})
        turnable_clock.turn(minutes=10)
        assert change(client, GIVEN) == 401


class TestStepUp:
    def test_a_password_counts_for_five_minutes_again(
        self, client: TestClient, turnable_clock: TurnableClock
    ) -> None:
        turnable_clock.turn(hours=1)
        answer = client.post(f"{SESSIONS}/step-up", json={"password": PASSWORD})
        assert answer.status_code == 200
        until = turnable_clock.at + timedelta(minutes=5)
        assert answer.json()["until"].replace("Z", "+00:00") == until.isoformat()

    def test_the_page_leads_back_to_where_it_was_asked(self, visitor: TestClient) -> None:
        enters(visitor)
        words = look(visitor, "/step-up?next=/people")
        assert "もう一度、確認させてください" in words
        wrong = send(visitor, "/step-up", {"password": "wrong", "next": "/people"})
        assert wrong.status_code == 422
        assert "パスワードがちがいます" in main_of(wrong)
        right = {"password": PASSWORD, "next": "/people"}
        assert led_to(send(visitor, "/step-up", right)) == "/people"
        away = {"password": PASSWORD, "next": "//evil.example"}
        assert led_to(send(visitor, "/step-up", away)) == "/"

    def test_a_page_that_needs_it_leads_there_and_a_form_back_to_its_page(
        self, app: FastAPI, visitor: TestClient
    ) -> None:
        plant(app)
        asked = visitor.get("/planted", headers=OWN, follow_redirects=False)
        assert led_to(asked) == "/step-up?next=/planted"
        came = OWN | {"referer": "http://testserver/people"}
        sent = visitor.post("/planted", headers=came, follow_redirects=False)
        assert led_to(sent) == "/step-up?next=/people"
        foreign = OWN | {"referer": "https://evil.example/people"}
        sent = visitor.post("/planted", headers=foreign, follow_redirects=False)
        assert led_to(sent) == "/step-up?next=/"


def plant(app: FastAPI) -> None:
    """A page that asks for a fresh proof, which nobody has."""

    def refuse() -> None:
        raise StepUpNeeded("prove it", step_up=True)

    app.get("/planted", response_model=None)(refuse)
    app.post("/planted", response_model=None)(refuse)
