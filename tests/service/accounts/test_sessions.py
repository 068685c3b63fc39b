"""How long a sign-in lasts, what carries it, and from where it may be used."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.actions import (
    LONGEST_USERNAME,
    NotSignedIn,
    UnfitName,
    hashed,
    open_account,
    recognise,
    sign_in,
)
from service.accounts.rules import Role
from service.accounts.tables import Account, SignIn
from service.settings import Settings
from tests.factories import MORNING, PASSWORD, Town, TurnableClock
from tests.service.browsing import led_to, send
from tests.serving import AppOf

API = "/api/v1"
GOOD = {"username": "csw", "password": PASSWORD}
SETTINGS = Settings(session_idle_minutes=30, session_hours=10)
HTTPS = "https://testserver"
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def browser(app_of: AppOf, town: Town) -> TestClient:
    """A browser that is signed in by cookie, over HTTPS."""
    assert town
    client = TestClient(app_of(SETTINGS), base_url=HTTPS)
    assert client.post(f"{API}/sessions", json=GOOD, headers=OURS).status_code == 201
    return client


def token_of(session: Session, town: Town) -> str:
    username = town.accounts["csw"].username
    token = sign_in(session, username, PASSWORD, at=MORNING, settings=SETTINGS)
    session.flush()
    return token


def lasts(session: Session, token: str, after: timedelta) -> bool:
    try:
        recognise(session, token, at=MORNING + after, settings=SETTINGS)
    except NotSignedIn:
        return False
    return True


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        (timedelta(minutes=30), True),
        (timedelta(minutes=30, seconds=1), False),
        (timedelta(days=400), False),
    ],
)
def test_thirty_idle_minutes_are_allowed_and_not_a_second_more(
    session: Session, town: Town, after: timedelta, stands: bool
) -> None:
    assert lasts(session, token_of(session, town), after) is stands


def test_every_use_gives_the_whole_idle_time_again(session: Session, town: Town) -> None:
    token = token_of(session, town)
    assert lasts(session, token, timedelta(minutes=30))
    assert lasts(session, token, timedelta(minutes=60))
    assert not lasts(session, token, timedelta(minutes=90, seconds=1))


def test_uses_within_one_minute_are_not_each_written_down(session: Session, town: Town) -> None:
    token = token_of(session, town)
    (row,) = session.exec(select(SignIn)).all()
    for seconds, seen in ((30, 0), (60, 0), (61, 61), (100, 61)):
        assert lasts(session, token, timedelta(seconds=seconds))
        assert row.seen_at == MORNING + timedelta(seconds=seen)


def test_the_working_day_ends_on_the_second_however_busy_it_was(
    session: Session, town: Town
) -> None:
    token = token_of(session, town)
    for minutes in range(20, 600, 20):
        assert lasts(session, token, timedelta(minutes=minutes))
    assert lasts(session, token, timedelta(hours=10) - timedelta(seconds=1))
    assert not lasts(session, token, timedelta(hours=10))


def test_an_ended_session_says_so_and_an_unknown_token_does_not(
    session: Session, town: Town
) -> None:
    token = token_of(session, town)
    with pytest.raises(NotSignedIn, match="has ended"):
        recognise(session, token, at=MORNING + timedelta(days=1), settings=SETTINGS)
    for other in (None, "", "guessed", hashed(token)):
        with pytest.raises(NotSignedIn, match="please sign in"):
            recognise(session, other, at=MORNING, settings=SETTINGS)


def test_two_sign_ins_of_one_account_have_tokens_of_their_own(session: Session, town: Town) -> None:
    assert token_of(session, town) != token_of(session, town)
    assert len({row.token_hash for row in session.exec(select(SignIn))}) == 2


def test_signing_out_on_a_page_ends_the_programs_of_the_caller_too(
    browser: TestClient, turnable_clock: TurnableClock
) -> None:
    body = browser.post(f"{API}/sessions", json=GOOD, headers=OURS).json()
    bearer = {"authorization": f"Bearer {body['token']}"}
    assert led_to(send(browser, "/sign-out", {})) == "/sign-in"
    program = TestClient(browser.app, base_url=HTTPS)
    assert program.get(f"{API}/me", headers=bearer).status_code == 401
    assert browser.get(f"{API}/me").status_code == 401
    turnable_clock.turn(minutes=1)
    again = program.post(f"{API}/sessions", json=GOOD)
    assert program.get(
        f"{API}/me", headers={"authorization": f"Bearer {again.json()['token']}"}
    ).is_success


def test_signing_out_twice_is_harmless(client_of: Callable[[str], TestClient]) -> None:
    client = client_of("csw")
    assert [client.delete(f"{API}/sessions").status_code for _ in range(2)] == [204, 401]


def test_the_cookie_lasts_as_long_as_the_sign_in_and_only_the_demo_goes_without_https(
    app_of: AppOf, town: Town
) -> None:
    for secure, name in ((True, "__Host-deban"), (False, "deban")):
        settings = Settings(secure_cookies=secure, session_hours=3)
        app = app_of(settings)
        cookie = TestClient(app).post(f"{API}/sessions", json=GOOD).headers["set-cookie"]
        parts = {part.strip().lower() for part in cookie.split(";")}
        assert cookie.startswith(f"{name}=")
        assert "max-age=10800" in parts
        assert ("secure" in parts) is secure
        assert {"httponly", "samesite=lax", "path=/"} <= parts


def test_a_bearer_counts_before_the_cookie_and_needs_no_origin(
    browser: TestClient, client_of: Callable[[str], TestClient], town: Town
) -> None:
    colleague = client_of("csw_west").headers["authorization"]
    foreign = {"authorization": colleague, "sec-fetch-site": "cross-site"}
    assert browser.get(f"{API}/me", headers=foreign).json()["id"] == str(
        town.accounts["csw_west"].id
    )
    made = browser.post(f"{API}/people", json={"area": "west"}, headers=foreign)
    assert made.status_code == 201
    wrong = {"authorization": "Bearer wrong", **OURS}
    assert browser.get(f"{API}/me", headers=wrong).status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_link_on_another_site_may_lead_to_what_only_reads(
    browser: TestClient, method: str
) -> None:
    answer = browser.request(method, f"{API}/me", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code != 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 201),
        ({"sec-fetch-site": "none"}, 201),
        ({"origin": HTTPS}, 201),
        ({"origin": f"{HTTPS}:8443"}, 403),
        ({"origin": "https://testserver.evil.example"}, 403),
        ({"origin": "https://evil.example/testserver"}, 403),
        ({"origin": "testserver"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HTTPS}, 403),
        ({"sec-fetch-site": "Same-Origin"}, 403),
        ({"referer": f"{HTTPS}/people"}, 403),
    ],
)
def test_a_change_by_cookie_comes_from_our_own_pages(
    browser: TestClient, headers: dict[str, str], status: int
) -> None:
    answer = browser.post(f"{API}/people", json={"area": "east"}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
def test_no_kind_of_change_is_taken_from_another_site(browser: TestClient, method: str) -> None:
    path = f"{API}/sessions" if method == "DELETE" else f"{API}/people"
    headers = {"sec-fetch-site": "cross-site"}
    answer = browser.request(method, path, json={"area": "east"}, headers=headers)
    assert answer.status_code in {403, 405}
    assert browser.get(f"{API}/me").status_code == 200


@pytest.mark.parametrize("place", ["?token={0}", "?access_token={0}", "?deban={0}", "#Bearer {0}"])
def test_a_token_in_an_address_opens_nothing(
    app_of: AppOf, town: Town, session: Session, place: str
) -> None:
    token = token_of(session, town)
    client = TestClient(app_of(SETTINGS))
    assert client.get(f"{API}/me{place.format(token)}").status_code == 401
    headers = {"authorization": f"bearer {token}"}
    assert client.get(f"{API}/me", headers=headers).status_code == 200


def test_an_account_whose_password_cannot_be_checked_opens_for_nobody(
    app_of: AppOf, session: Session, town: Town
) -> None:
    account = session.exec(select(Account).where(Account.username == "officer")).one()
    account.password_hash = "nobody signs in with this"
    session.flush()
    client = TestClient(app_of(SETTINGS))
    for password in (PASSWORD, account.password_hash):
        body = {"username": "officer", "password": password}
        assert client.post(f"{API}/sessions", json=body).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "csw"},
        {"username": "", "password": "needle"},
        {"username": "x" * 65, "password": "needle"},
        {"username": "csw", "password": "needle" * 40},
        {"username": "csw", "password": ["needle"]},
        GOOD | {"remember": "needle"},
    ],
)
def test_a_malformed_sign_in_is_told_its_place_and_no_password(
    app_of: AppOf, town: Town, body: dict[str, object]
) -> None:
    answer = TestClient(app_of(SETTINGS)).post(f"{API}/sessions", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert "needle" not in answer.text
    assert "set-cookie" not in answer.headers


class TestOpening:
    """Accounts have names that can be typed at the sign-in, and shown in one line."""

    @pytest.mark.parametrize(
        "username", ["", " ", " yuki", "yuki ", "yu\nki", "yu\0ki", "\ud800", "y" * 65, "　ゆき"]
    )
    def test_a_name_that_nobody_could_sign_in_with_is_refused(
        self, session: Session, town: Town, username: str
    ) -> None:
        before = len(session.exec(select(Account)).all())
        with pytest.raises(UnfitName) as refused:
            self.opened(session, town, username)
        assert username.strip() == "" or username not in str(refused.value)
        assert len(session.exec(select(Account)).all()) == before

    @pytest.mark.parametrize("username", ["y" * LONGEST_USERNAME, "ゆき", "yuki@town.example"])
    def test_any_other_name_can_sign_in_on_the_page(
        self, browser: TestClient, session: Session, town: Town, username: str
    ) -> None:
        self.opened(session, town, username)
        session.flush()
        fields = {"username": f" {username} ", "password": "  ながい あいことば です  "}
        assert led_to(send(browser, "/sign-in", fields)) == "/"

    def test_the_space_between_family_and_given_name_may_be_a_full_width_one(
        self, session: Session, town: Town
    ) -> None:
        assert self.opened(session, town, "yuki", "山田　ゆき").display_name == "山田　ゆき"
        assert self.opened(session, town, "haru").display_name == "haru"

    @pytest.mark.parametrize("shown", ["あ" * 101, "二\n行", "\0"])
    def test_a_shown_name_fits_in_one_line(self, session: Session, town: Town, shown: str) -> None:
        with pytest.raises(UnfitName):
            self.opened(session, town, "yuki", shown)

    def opened(self, session: Session, town: Town, username: str, shown: str = "") -> Account:
        return open_account(
            session,
            username,
            municipality_id=town.municipality.id,
            role=Role.CSW,
            password="  ながい あいことば です  ",
            display_name=shown,
        )
