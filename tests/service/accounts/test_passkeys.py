"""Passkeys: what a device signed for this sign-in, at this address, once; and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import ValidationError
from sqlalchemy import text
from sqlmodel import Session, select

from service.accounts import factors, repository
from service.accounts.tables import Account, Passkey, PasskeyChallenge
from service.settings import SecondFactor, Settings
from service.trail import Happening
from tests.factories import PASSWORD, Town, TurnableClock
from tests.service.accounts.authenticator import ORIGIN, PRESENT, VERIFIED, Authenticator
from tests.service.accounts.test_factors import Phone, bearing
from tests.service.audit.lines import events
from tests.service.browsing import OWN, led_to, look, main_of, send
from tests.serving import AppOf

API = "/api/v1"
KEYS, SESSIONS = f"{API}/me/factors/passkeys", f"{API}/sessions"
SHOWN, STEP_UP = f"{SESSIONS}/passkey", f"{SESSIONS}/step-up/passkey"
GOOD = {"username": "csw", "password": PASSWORD}


def office(app_of: AppOf, **changes: Any) -> FastAPI:
    known: dict[str, Any] = {"secure_cookies": False, "origin": ORIGIN}
    return app_of(Settings(**(known | changes)))


class Owner:
    """Somebody with an authenticator app, and a device with a passkey beside it."""

    def __init__(self, app: FastAPI, clock: TurnableClock, username: str = "csw") -> None:
        self.app, self.clock = app, clock
        self.phone = Phone(app, clock, username)
        self.client = bearing(app, self.phone.token)
        self.device = Authenticator(credential_id=f"the key of {username}".encode())
        kept = self.keep(self.device)
        assert kept.status_code == 201, kept.text
        self.passkey_id: str = kept.json()["id"]

    def keep(self, device: Authenticator, **changes: str) -> Response:
        challenge = self.client.post(f"{KEYS}/begin").json()["public_key"]["challenge"]
        return self.client.post(KEYS, json=device.makes(challenge) | changes)

    def half(self) -> TestClient:
        """Show the password alone."""
        return bearing(self.app, self.phone.first_step()["token"])

    def enters(self, device: Authenticator | None = None, **changes: str) -> Response:
        """Show the password, then a passkey."""
        half = self.half()
        return half.post(SHOWN, json=(device or self.device).signs(asked(half), **changes))


def asked(client: TestClient) -> str:
    """Ask for a passkey and return the challenge."""
    answer = client.post(f"{SHOWN}/begin")
    assert answer.status_code == 200, answer.text
    challenge: str = answer.json()["public_key"]["challenge"]
    return challenge


@pytest.fixture(autouse=True)
def few_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One recovery code instead of ten: they are slow to make, and not what is looked at here."""
    monkeypatch.setattr(factors, "RECOVERY_CODES", 1)


@pytest.fixture
def app(app_of: AppOf, town: Town) -> FastAPI:
    assert town
    return office(app_of)


@pytest.fixture
def owner(app: FastAPI, turnable_clock: TurnableClock) -> Owner:
    return Owner(app, turnable_clock)


class TestAdding:
    def test_the_office_says_where_and_the_device_is_told_of_no_secret(self, owner: Owner) -> None:
        options = owner.client.post(f"{KEYS}/begin", headers={"host": "evil.example"}).json()
        said = options["public_key"]
        assert said["rp"] == {"id": "deban.example", "name": "Deban"}
        assert said["attestation"] == "none"
        assert [each["id"] for each in said["excludeCredentials"]] == [owner.device.name]

    def test_it_stands_in_ones_own_list_and_in_nobody_elses(self, owner: Owner) -> None:
        (found,) = owner.client.get(KEYS).json()["items"]
        assert (found["label"], found["last_used_at"]) == ("市の電話", None)
        other = Owner(owner.app, owner.clock, "csw_west")
        assert [each["id"] for each in other.client.get(KEYS).json()["items"]] == [other.passkey_id]
        assert other.client.delete(f"{KEYS}/{owner.passkey_id}").status_code == 404

    def test_an_authenticator_app_comes_first(self, app: FastAPI) -> None:
        token = TestClient(app).post(SESSIONS, json=GOOD).json()["token"]
        answer = bearing(app, token).post(f"{KEYS}/begin")
        assert (answer.status_code, answer.json()["title"]) == (409, "FactorNeeded")

    @pytest.mark.parametrize(
        "changes", [{"origin": ""}, {"second_factor": SecondFactor.OFF}], ids=["place", "factor"]
    )
    def test_without_an_address_or_a_second_factor_none_is_offered(
        self, owner: Owner, app_of: AppOf, changes: dict[str, Any]
    ) -> None:
        elsewhere = bearing(office(app_of, **changes), owner.phone.token)
        answer = elsewhere.post(f"{KEYS}/begin")
        assert (answer.status_code, answer.json()["title"]) == (409, "NotOffered")

    def test_an_unwatched_screen_adds_and_removes_none(self, owner: Owner) -> None:
        begun = owner.client.post(f"{KEYS}/begin").json()["public_key"]["challenge"]
        owner.clock.turn(minutes=6)
        device = Authenticator(credential_id=b"a thief's")
        assert owner.client.post(f"{KEYS}/begin").json()["step_up"] is True
        assert owner.client.post(KEYS, json=device.makes(begun)).json()["step_up"] is True
        # A challenge that asks for a proof is none to make a key with.
        asks = asked(owner.client)
        assert owner.client.post(KEYS, json=device.makes(asks)).json()["step_up"] is True
        assert owner.client.delete(f"{KEYS}/{owner.passkey_id}").json()["step_up"] is True

    def test_a_key_made_elsewhere_or_by_nobody_is_refused(self, owner: Owner) -> None:
        for device in (
            Authenticator(b"x", origin="https://evil.example"),
            Authenticator(b"x", origin="http://deban.example"),
            Authenticator(b"x", rp_id="evil.example"),
            Authenticator(b"x", flags=0),
        ):
            assert owner.keep(device).status_code == 403, device
        assert owner.keep(Authenticator(b"x")).status_code == 201

    def test_a_challenge_makes_one_key(self, owner: Owner) -> None:
        challenge = owner.client.post(f"{KEYS}/begin").json()["public_key"]["challenge"]
        found = [
            owner.client.post(KEYS, json=Authenticator(credential_id=name).makes(challenge))
            for name in (b"first", b"second")
        ]
        assert [each.status_code for each in found] == [201, 403]

    def test_a_device_is_one_persons(self, owner: Owner) -> None:
        assert owner.keep(owner.device).status_code == 409
        other = Owner(owner.app, owner.clock, "csw_west")
        assert other.keep(owner.device).status_code == 409

    def test_ten_are_enough(self, owner: Owner, session: Session) -> None:
        account = session.exec(select(Account).where(Account.username == "csw")).one()
        for number in range(9):
            session.add(
                Passkey(
                    municipality_id=account.municipality_id,
                    account_id=account.id,
                    credential_id=f"bm8{number}",
                    public_key=b"none",
                    label="x",
                )
            )
        session.flush()
        assert owner.client.post(f"{KEYS}/begin").status_code == 409

    @pytest.mark.parametrize("field", ["client_data", "attestation"])
    def test_bytes_that_mean_nothing_are_refused(self, owner: Owner, field: str) -> None:
        for said in ("AAAA", "eyJ9", "A", "oA", "_w"):
            assert owner.keep(Authenticator(credential_id=b"x"), **{field: said}).status_code == 403

    def test_nothing_that_a_challenge_is_known_by_is_stored(
        self, owner: Owner, session: Session
    ) -> None:
        challenge = owner.client.post(f"{KEYS}/begin").json()["public_key"]["challenge"]
        (kept,) = session.exec(select(PasskeyChallenge)).all()
        assert challenge not in repr(kept)


class TestSecondStep:
    def test_password_and_passkey_open_with_a_new_token(self, owner: Owner) -> None:
        half = owner.half()
        whole = half.post(SHOWN, json=owner.device.signs(asked(half)))
        assert (whole.status_code, whole.json()["awaits"]) == (201, "nothing")
        assert half.get(f"{API}/me").status_code == 401
        assert bearing(owner.app, whole.json()["token"]).get(f"{API}/me").status_code == 200
        assert owner.client.get(KEYS).json()["items"][0]["last_used_at"]

    def test_the_code_of_the_app_still_opens(self, owner: Owner) -> None:
        assert owner.phone.second_step(owner.phone.code()) == 201

    def test_the_password_alone_reaches_no_passkey_of_ones_own(self, owner: Owner) -> None:
        half = owner.half()
        assert half.get(KEYS).status_code == 401
        assert half.post(f"{KEYS}/begin").status_code == 401
        assert half.delete(f"{KEYS}/{owner.passkey_id}").status_code == 401
        challenge = asked(half)
        assert half.post(KEYS, json=Authenticator().makes(challenge)).status_code == 401
        assert half.post(STEP_UP, json=owner.device.signs(challenge)).status_code == 401

    def test_without_a_password_there_is_nothing_to_show_it_for(self, owner: Owner) -> None:
        stranger = TestClient(owner.app)
        assert stranger.post(f"{SHOWN}/begin").status_code == 401
        assert stranger.post(SHOWN, json=owner.device.signs("AAAA")).status_code == 401

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("origin", "https://evil.example"),
            ("origin", "https://deban.example.evil.example"),
            ("rp_id", "evil.example"),
            ("flags", 0),
            ("flags", VERIFIED),
        ],
    )
    def test_what_was_signed_elsewhere_or_by_nobody_opens_nothing(
        self, owner: Owner, monkeypatch: pytest.MonkeyPatch, name: str, value: str | int
    ) -> None:
        monkeypatch.setattr(owner.device, name, value)
        assert owner.enters().status_code == 403
        monkeypatch.undo()
        assert owner.enters().status_code == 201

    def test_a_host_header_moves_nothing(self, owner: Owner) -> None:
        owner.device.origin, owner.device.rp_id = "https://evil.example", "evil.example"
        half = owner.half()
        half.headers["host"] = "evil.example"
        assert half.post(SHOWN, json=owner.device.signs(asked(half))).status_code == 403

    def test_presence_is_enough_beside_a_password(self, owner: Owner) -> None:
        owner.device.flags = PRESENT
        assert owner.enters().status_code == 201

    def test_a_challenge_is_answered_once(self, owner: Owner) -> None:
        half = owner.half()
        challenge = asked(half)
        wrong = owner.device.signs(challenge, signature="AAAA")
        assert half.post(SHOWN, json=wrong).status_code == 403
        assert half.post(SHOWN, json=owner.device.signs(challenge)).status_code == 403
        assert half.post(SHOWN, json=owner.device.signs(asked(half))).status_code == 201

    def test_an_answer_that_was_overheard_opens_no_other_sign_in(self, owner: Owner) -> None:
        first, second = owner.half(), owner.half()
        answer = owner.device.signs(asked(first))
        asked(second)
        assert second.post(SHOWN, json=answer).status_code == 403
        assert first.post(SHOWN, json=answer).status_code == 201
        assert second.post(SHOWN, json=answer).status_code == 403

    def test_only_the_newest_challenge_counts(self, owner: Owner) -> None:
        half = owner.half()
        older, newer = asked(half), asked(half)
        assert half.post(SHOWN, json=owner.device.signs(older)).status_code == 403
        assert half.post(SHOWN, json=owner.device.signs(newer)).status_code == 201

    def test_a_challenge_is_past_after_five_minutes(self, owner: Owner) -> None:
        half = owner.half()
        challenge = asked(half)
        owner.clock.turn(minutes=5)
        assert half.post(SHOWN, json=owner.device.signs(challenge)).status_code == 403

    def test_nobody_elses_passkey_opens(self, owner: Owner) -> None:
        other = Owner(owner.app, owner.clock, "csw_west")
        assert owner.enters(other.device).status_code == 403
        # Nor does another key under the right name.
        liar = Authenticator(credential_id=owner.device.credential_id)
        assert owner.enters(liar).status_code == 403
        assert owner.enters().status_code == 201

    def test_a_part_that_was_changed_opens_nothing(self, owner: Owner) -> None:
        for field in ("client_data", "authenticator_data", "signature"):
            assert owner.enters(None, **{field: "AAAA"}).status_code == 403, field

    def test_what_was_signed_to_make_a_key_opens_nothing(self, owner: Owner) -> None:
        assert owner.enters(type="webauthn.create").status_code == 403

    def test_a_count_that_goes_backwards_is_refused_and_told(
        self, owner: Owner, session: Session
    ) -> None:
        owner.device.count = 5
        assert owner.enters().status_code == 201
        copy = Authenticator(owner.device.credential_id, key=owner.device.key, count=5)
        assert owner.enters(copy).status_code == 403
        found = [line for line in events(session) if line.resource == Happening.PASSKEY_COPIED]
        assert [json.loads(line.detail) for line in found] == [{"how": "passkey"}]
        assert owner.enters().status_code == 201

    def test_a_device_that_does_not_count_opens_every_time(self, owner: Owner) -> None:
        for _ in range(2):
            owner.device.count = -1
            assert owner.enters().status_code == 201

    def test_guessing_is_stopped_after_ten(self, owner: Owner) -> None:
        half = owner.half()
        wrong = owner.device.signs("AAAA")
        found = [half.post(SHOWN, json=wrong).status_code for _ in range(11)]
        assert found == [403] * 10 + [429]

    def test_what_was_removed_opens_nothing(self, owner: Owner) -> None:
        other = Authenticator(credential_id=b"a second one")
        assert owner.keep(other).status_code == 201
        assert owner.client.delete(f"{KEYS}/{owner.passkey_id}").status_code == 204
        assert owner.enters().status_code == 403
        assert owner.enters(other).status_code == 201

    def test_it_goes_with_the_authenticator_app(self, owner: Owner) -> None:
        assert owner.client.delete(f"{API}/me/factors/totp").status_code == 204
        assert owner.client.get(KEYS).json() == {"items": []}
        assert owner.client.post(f"{SHOWN}/begin").status_code == 409

    def test_an_admin_who_takes_lost_factors_away_takes_it_too(
        self, owner: Owner, client_of: Callable[[str], TestClient], town: Town
    ) -> None:
        path = f"{API}/accounts/{town.accounts['csw'].id}/factors"
        assert client_of("admin").delete(path).status_code == 204
        assert owner.phone.first_step()["awaits"] == "nothing"

    def test_a_closed_account_opens_nothing(self, owner: Owner, session: Session) -> None:
        half = owner.half()
        answer = owner.device.signs(asked(half))
        account = session.exec(select(Account).where(Account.username == "csw")).one()
        account.active = False
        session.flush()
        assert half.post(SHOWN, json=answer).status_code == 401
        assert half.post(f"{SHOWN}/begin").status_code == 401


class TestFreshProof:
    def test_a_passkey_is_one(self, owner: Owner) -> None:
        owner.clock.turn(minutes=6)
        assert owner.client.post(f"{KEYS}/begin").json()["step_up"] is True
        wrong = owner.device.signs(asked(owner.client), signature="AAAA")
        assert owner.client.post(STEP_UP, json=wrong).status_code == 403
        assert owner.client.post(f"{KEYS}/begin").json()["step_up"] is True
        right = owner.device.signs(asked(owner.client))
        assert [owner.client.post(STEP_UP, json=right).status_code for _ in range(2)] == [200, 403]
        assert owner.client.post(f"{KEYS}/begin").status_code == 200

    def test_a_whole_sign_in_awaits_no_second_step(self, owner: Owner) -> None:
        answer = owner.client.post(SHOWN, json=owner.device.signs(asked(owner.client)))
        assert (answer.status_code, answer.json()["title"]) == (409, "NothingAwaited")


def test_the_pages_offer_it_where_there_is_one_and_the_code_always(owner: Owner) -> None:
    visitor = TestClient(owner.app)
    assert led_to(send(visitor, "/sign-in", GOOD | {"next": "/people"})).startswith("/sign-in/code")
    half = visitor.get("/sign-in/code?next=/people", headers=OWN)
    assert 'data-passkey="sign-in"' in half.text
    assert "6けたの番号" in main_of(half)
    wrong = send(visitor, "/sign-in/code", {"code": "000000"})
    assert 'data-passkey="sign-in"' in wrong.text
    visitor.headers["sec-fetch-site"] = "same-origin"
    shown = visitor.post(SHOWN, json=owner.device.signs(asked(visitor)))
    assert shown.status_code == 201
    assert "市の電話" in look(visitor, "/security")
    for answer in (
        visitor.get("/step-up", headers=OWN),
        send(visitor, "/step-up", {"password": "wrong"}),
    ):
        assert 'data-passkey="step-up"' in answer.text
    gone = send(visitor, f"/security/passkeys/{owner.passkey_id}/remove", {})
    assert led_to(gone) == "/security?done=passkey-removed"
    assert "市の電話" not in look(visitor, "/security")
    assert "data-passkey" not in visitor.get("/step-up", headers=OWN).text


def test_its_script_is_a_file_of_our_own(app: FastAPI) -> None:
    answer = TestClient(app).get("/static/passkeys.js")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "said",
    [
        "deban.example",
        "http://deban.example",
        "https://deban.example/path",
        "https://deban.example?x",
        "https://someone@deban.example",
        "https://",
    ],
)
def test_what_is_no_safe_address_is_no_setting(said: str) -> None:
    with pytest.raises(ValidationError):
        Settings(origin=said)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("", ""),
        ("https://Deban.example/", "https://deban.example"),
        ("https://deban.example:8443", "https://deban.example:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(said: str, known: str) -> None:
    assert Settings(origin=said).origin == known


def test_a_check_that_binds_no_challenge_is_found_out(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: where any challenge counts, an answer that was overheard opens a sign-in."""
    monkeypatch.setattr(repository, "take_challenge", lambda *_, **__: True)
    overheard = owner.device.signs(asked(owner.half()))
    assert owner.half().post(SHOWN, json=overheard).status_code == 201


def test_a_check_that_forgets_the_count_is_found_out(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the guarded statement a copy of a key opens too."""
    owner.device.count = 5
    assert owner.enters().status_code == 201
    monkeypatch.setattr(repository, "count_on", lambda *_, **__: True)
    copy = Authenticator(owner.device.credential_id, key=owner.device.key, count=1)
    assert owner.enters(copy).status_code == 201


def test_a_sign_in_that_is_swept_takes_its_challenges_along(owner: Owner, session: Session) -> None:
    asked(owner.half())
    session.execute(text("DELETE FROM sign_in"))
    assert session.exec(select(PasskeyChallenge)).all() == []
