"""The second step: an authenticator app's code once, a recovery code once, and nothing before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import Session, select

from service.accounts import factors
from service.accounts.factors import plain
from service.accounts.tables import Account, RecoveryCode, Totp
from service.settings import SecondFactor, Settings
from tests.factories import PASSWORD, TurnableClock
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.serving import AppOf

API = "/api/v1"
SESSIONS, TOTP = f"{API}/sessions", f"{API}/me/factors/totp"
GOOD = {"username": "csw", "password": PASSWORD}
Clients = Callable[[str], TestClient]


def bearing(app: FastAPI, token: str) -> TestClient:
    return TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})


def code_at(secret: str, at: datetime) -> str:
    """The code that a telephone would show, by the library and not by our own reckoning."""
    return pyotp.TOTP(secret).at(at)


class Phone:
    """Somebody's authenticator app, and the paper with their recovery codes."""

    def __init__(self, app: FastAPI, clock: TurnableClock, username: str = "csw") -> None:
        self.app, self.clock = app, clock
        self.good = GOOD | {"username": username}
        client = bearing(app, self.first_step()["token"])
        self.secret: str = client.post(TOTP).json()["secret"]
        answer = client.post(f"{TOTP}/confirm", json={"code": self.code()})
        assert answer.status_code == 200, answer.text
        self.token: str = answer.json()["token"]
        self.paper: list[str] = answer.json()["recovery_codes"]
        self.before = client
        clock.turn(seconds=30)

    def code(self, **drift: float) -> str:
        return code_at(self.secret, self.clock.at + timedelta(**drift))

    def first_step(self) -> dict[str, str]:
        answer = TestClient(self.app).post(SESSIONS, json=self.good)
        assert answer.status_code == 201
        found: dict[str, str] = answer.json()
        return found

    def second_step(self, code: str, token: str = "") -> int:
        client = bearing(self.app, token or self.first_step()["token"])
        return client.post(f"{SESSIONS}/code", json={"code": code}).status_code


@pytest.fixture
def phone(app: FastAPI, turnable_clock: TurnableClock) -> Phone:
    return Phone(app, turnable_clock)


class TestSettingUp:
    def test_a_secret_guards_nothing_before_its_first_code(
        self, app: FastAPI, client: TestClient, turnable_clock: TurnableClock
    ) -> None:
        begun = client.post(TOTP).json()
        assert begun["uri"].startswith("otpauth://totp/Deban:csw?secret=")
        assert TestClient(app).post(SESSIONS, json=GOOD).json()["awaits"] == "nothing"
        wrong = client.post(f"{TOTP}/confirm", json={"code": "000000"})
        assert wrong.status_code == 403
        assert client.get(f"{API}/me/factors").json() == {"totp": False, "recovery_codes_left": 0}
        right = {"code": code_at(begun["secret"], turnable_clock.at)}
        assert client.post(f"{TOTP}/confirm", json=right).status_code == 200
        assert TestClient(app).post(SESSIONS, json=GOOD).json()["awaits"] == "code"

    def test_a_second_beginning_replaces_the_first_secret(self, client: TestClient) -> None:
        first, second = (client.post(TOTP).json()["secret"] for _ in range(2))
        assert first != second

    def test_confirming_without_having_begun_is_refused(self, client: TestClient) -> None:
        answer = client.post(f"{TOTP}/confirm", json={"code": "123456"})
        assert (answer.status_code, answer.json()["title"]) == (409, "NoEnrolment")

    def test_what_is_guarded_already_gets_no_second_secret(self, phone: Phone) -> None:
        again = bearing(phone.app, phone.token).post(TOTP)
        assert (again.status_code, again.json()["title"]) == (409, "FactorThere")

    def test_sign_ins_of_before_end_and_the_token_is_a_new_one(self, phone: Phone) -> None:
        assert phone.before.get(f"{API}/me").status_code == 401
        assert bearing(phone.app, phone.token).get(f"{API}/me").status_code == 200

    def test_an_unwatched_screen_sets_nothing_up(
        self, client: TestClient, turnable_clock: TurnableClock
    ) -> None:
        turnable_clock.turn(minutes=6)
        assert client.post(TOTP).json()["step_up"] is True
        client.post(f"{SESSIONS}/step-up", json={"password": PASSWORD})
        assert client.post(TOTP).status_code == 200

    @pytest.mark.usefixtures("town")
    def test_an_office_may_offer_none(self, app_of: AppOf) -> None:
        settings = Settings(secure_cookies=False, second_factor=SecondFactor.OFF)
        app = app_of(settings)
        token = TestClient(app).post(SESSIONS, json=GOOD).json()["token"]
        answer = bearing(app, token).post(TOTP)
        assert (answer.status_code, answer.json()["title"]) == (409, "NotOffered")


class TestSecondStep:
    def test_the_password_alone_opens_nothing_but_the_second_step(self, phone: Phone) -> None:
        half = phone.first_step()
        assert half["awaits"] == "code"
        client = bearing(phone.app, half["token"])
        for path in ("me", "sessions", "people", "hosts", "me/factors"):
            assert client.get(f"{API}/{path}").status_code == 401, path
        assert client.delete(TOTP).status_code == 401
        assert client.post(TOTP).status_code == 401
        body = {"old": PASSWORD, "new": "twelve snowflakes on a bench"}
        assert client.post(f"{API}/me/password", json=body).status_code == 401
        assert client.post(f"{SESSIONS}/step-up", json={"code": phone.code()}).status_code == 401

    def test_the_code_opens_and_the_token_is_a_new_one(self, phone: Phone) -> None:
        half = bearing(phone.app, phone.first_step()["token"])
        whole = half.post(f"{SESSIONS}/code", json={"code": phone.code()})
        assert whole.status_code == 201, whole.text
        assert whole.json()["awaits"] == "nothing"
        assert half.get(f"{API}/me").status_code == 401
        assert bearing(phone.app, whole.json()["token"]).get(f"{API}/me").status_code == 200

    def test_a_code_works_once(self, phone: Phone) -> None:
        code = phone.code()
        assert [phone.second_step(code) for _ in range(2)] == [201, 403]
        phone.clock.turn(seconds=30)
        assert phone.second_step(code) == 403
        assert phone.second_step(phone.code()) == 201

    def test_the_code_that_set_it_up_is_used_up_too(
        self, app: FastAPI, turnable_clock: TurnableClock
    ) -> None:
        phone = Phone(app, turnable_clock)
        assert phone.second_step(phone.code(seconds=-30)) == 403

    @pytest.mark.parametrize(
        ("steps", "status"), [(-2, 403), (-1, 201), (0, 201), (1, 201), (2, 403)]
    )
    def test_a_clock_may_be_one_step_off(self, phone: Phone, steps: int, status: int) -> None:
        phone.clock.turn(minutes=5)
        assert phone.second_step(phone.code(seconds=30 * steps)) == status

    def test_an_earlier_code_is_dead_once_a_later_one_was_used(self, phone: Phone) -> None:
        phone.clock.turn(minutes=5)
        assert phone.second_step(phone.code(seconds=30)) == 201
        assert phone.second_step(phone.code()) == 403

    def test_a_code_may_be_typed_as_people_type(self, phone: Phone) -> None:
        code = phone.code()
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
        assert phone.second_step(f" {wide[:3]}　{wide[3:]} ") == 201

    @pytest.mark.parametrize("code", ["000000", "12345", "x", "あいうえおか", "-", "1" * 60])
    def test_nothing_else_opens(self, phone: Phone, code: str) -> None:
        assert phone.second_step(code) == 403

    def test_guessing_is_stopped_after_ten(self, phone: Phone) -> None:
        token = phone.first_step()["token"]
        found = [phone.second_step("000000", token) for _ in range(11)]
        assert found == [403] * 10 + [429]
        assert phone.second_step(phone.code(), token) == 429
        phone.clock.turn(minutes=6)
        assert phone.second_step(phone.code()) == 201

    def test_ten_minutes_later_one_begins_anew(self, phone: Phone) -> None:
        token = phone.first_step()["token"]
        phone.clock.turn(minutes=10)
        assert phone.second_step(phone.code(), token) == 401

    def test_a_whole_sign_in_awaits_no_code(self, phone: Phone) -> None:
        assert phone.second_step(phone.code(), phone.token) == 409

    def test_nobody_elses_code_opens(self, app: FastAPI, phone: Phone) -> None:
        other = Phone(app, phone.clock, "csw_west")
        assert phone.second_step(other.code()) == 403
        assert phone.second_step(other.paper[0]) == 403

    def test_a_code_counts_as_a_fresh_proof(self, phone: Phone) -> None:
        client = bearing(phone.app, phone.token)
        phone.clock.turn(minutes=30)
        for body in ({}, {"code": phone.code(), "password": PASSWORD}):
            assert client.post(f"{SESSIONS}/step-up", json=body).status_code == 422
        code = {"code": phone.code()}
        found = [client.post(f"{SESSIONS}/step-up", json=code).status_code for _ in range(2)]
        assert found == [200, 403]


class TestRecoveryCodes:
    def test_each_of_ten_opens_once(self, phone: Phone) -> None:
        assert len(set(phone.paper)) == 10
        for left, code in zip(range(9, -1, -1), phone.paper, strict=True):
            assert phone.second_step(code) == 201
            assert phone.second_step(code) == 403
            assert factor_state(phone)["recovery_codes_left"] == left

    def test_they_may_be_typed_small_and_without_hyphens(self, phone: Phone) -> None:
        assert phone.second_step(phone.paper[0].replace("-", "").lower()) == 201

    def test_new_ones_end_the_old_ones(self, phone: Phone) -> None:
        client = bearing(phone.app, phone.token)
        new = client.post(f"{API}/me/factors/recovery-codes").json()["recovery_codes"]
        assert not set(new) & set(phone.paper)
        assert phone.second_step(phone.paper[0]) == 403
        assert phone.second_step(new[0]) == 201

    def test_without_an_app_there_are_none(self, client: TestClient) -> None:
        assert client.post(f"{API}/me/factors/recovery-codes").status_code == 409

    def test_nothing_that_opens_is_stored(self, phone: Phone, session: Session) -> None:
        kept = repr(session.exec(select(RecoveryCode)).all())
        assert len(session.exec(select(RecoveryCode)).all()) == 10
        for code in phone.paper:
            assert plain(code)[5:] not in kept
            assert code not in kept
        held = session.execute(text("SELECT secret FROM totp")).scalar_one()
        assert phone.secret.encode() not in bytes(held)


def factor_state(phone: Phone) -> dict[str, int]:
    found: dict[str, int] = bearing(phone.app, phone.token).get(f"{API}/me/factors").json()
    return found


class TestTakingAway:
    def test_after_a_fresh_proof_it_may_go(self, phone: Phone) -> None:
        client = bearing(phone.app, phone.token)
        phone.clock.turn(minutes=6)
        assert client.delete(TOTP).json()["step_up"] is True
        client.post(f"{SESSIONS}/step-up", json={"password": PASSWORD})
        assert client.delete(TOTP).status_code == 204
        assert phone.first_step()["awaits"] == "nothing"
        assert factor_state(phone) == {"totp": False, "recovery_codes_left": 0}


@pytest.mark.usefixtures("town")
class TestRequired:
    """Where the office requires a second factor, only setting one up is open until it is there."""

    @pytest.fixture
    def strict(self, app_of: AppOf) -> FastAPI:
        settings = Settings(secure_cookies=False, second_factor=SecondFactor.REQUIRED)
        return app_of(settings)

    def test_only_setting_one_up_is_reachable(
        self, strict: FastAPI, turnable_clock: TurnableClock
    ) -> None:
        half = TestClient(strict).post(SESSIONS, json=GOOD).json()
        assert half["awaits"] == "enrolment"
        client = bearing(strict, half["token"])
        for path in ("me", "sessions", "people", "hosts"):
            assert client.get(f"{API}/{path}").status_code == 401, path
        begun = client.post(TOTP).json()
        code = {"code": code_at(begun["secret"], turnable_clock.at)}
        done = client.post(f"{TOTP}/confirm", json=code).json()
        assert done["awaits"] == "nothing"
        assert bearing(strict, done["token"]).get(f"{API}/people").status_code == 200
        kept = bearing(strict, done["token"]).delete(TOTP)
        assert (kept.status_code, kept.json()["title"]) == (409, "FactorNeeded")

    def test_a_given_password_is_changed_first(self, strict: FastAPI, session: Session) -> None:
        account = session.exec(select(Account).where(Account.username == "csw")).one()
        account.password_given = True
        session.flush()
        half = TestClient(strict).post(SESSIONS, json=GOOD).json()
        assert half["awaits"] == "own_password"
        body = {"old": PASSWORD, "new": "twelve snowflakes on a bench"}
        changed = bearing(strict, half["token"]).post(f"{API}/me/password", json=body).json()
        assert changed["awaits"] == "enrolment"

    def test_the_pages_lead_through_it(
        self, strict: FastAPI, session: Session, turnable_clock: TurnableClock
    ) -> None:
        visitor = TestClient(strict)
        step = led_to(send(visitor, "/sign-in", GOOD | {"next": "/people"}))
        assert step == "/security/code?next=/people"
        assert "認証アプリを用意する" in look(visitor, step)
        assert led_to(send(visitor, "/security/code/begin", {})) == "/security/code"
        shown = visitor.get("/security/code", headers=OWN)
        assert "data:image/svg+xml" in shown.text
        secret = session.exec(select(Totp)).one().secret
        assert secret in main_of(shown).replace(" ", "")
        wrong = send(visitor, "/security/code", {"code": "000000"})
        assert led_to(wrong) == "/security/code?wrong=true"
        assert visitor.get(led_to(wrong), headers=OWN).status_code == 422
        code = {"code": code_at(secret, turnable_clock.at)}
        done = send(visitor, "/security/code", code)
        assert "予備の番号をひかえる" in main_of(done)
        assert look(visitor, "/people")


def test_the_pages_ask_for_the_code_and_lead_on(phone: Phone) -> None:
    visitor = TestClient(phone.app)
    step = led_to(send(visitor, "/sign-in", GOOD | {"next": "/people"}))
    assert step == "/sign-in/code?next=/people"
    half = visitor.cookies["deban"]
    assert visitor.get("/people", headers=OWN, follow_redirects=False).status_code == 303
    wrong = send(visitor, "/sign-in/code", {"code": "000000", "next": "/people"})
    assert "番号がちがう" in main_of(wrong)
    right = send(visitor, "/sign-in/code", {"code": phone.code(), "next": "/people"})
    assert led_to(right) == "/people"
    assert visitor.cookies["deban"] != half
    assert "使っています" in look(visitor, "/security")
    new = send(visitor, "/security/recovery-codes", {})
    assert "予備の番号" in main_of(new)
    assert led_to(send(visitor, "/security/code/remove", {})) == "/security?done=removed"


def test_a_check_that_forgets_what_was_used_is_found_out(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the guarded statement the same code opens twice."""
    monkeypatch.setattr(factors.repository, "use_step", lambda *_: True)
    code = phone.code()
    assert [phone.second_step(code) for _ in range(2)] == [201, 201]
