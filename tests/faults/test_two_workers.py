"""Two processes on one database: what one of them takes away, the other refuses at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import httpx
import pyotp
import pytest

from migrations import upgrade
from service.accounts.rules import Role
from service.accounts.tables import Account, Totp
from service.database import open_engine, transaction
from tests.factories import PASSWORD, Town, seed
from tests.faults.running import running_service

API = "/api/v1"
NEW = "twelve snowflakes on a bench"
PHONES = 4


@dataclass(frozen=True, slots=True)
class Office:
    """Two servers, each with its own address: no luck decides who answers."""

    one: str
    other: str
    town: Town
    secrets: dict[str, str]


@contextmanager
def office(url: str, *, app: str = "service.app:create_app") -> Iterator[Office]:
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        town = seed(session)
        secrets = {}
        for number in range(PHONES):
            account = _guarded(town, f"phone_{number}")
            secrets[account.username] = pyotp.random_base32()
            session.add(account)
            session.flush()
            session.add(
                Totp(
                    municipality_id=account.municipality_id,
                    account_id=account.id,
                    secret=secrets[account.username],
                    confirmed_at=datetime.now(UTC),
                )
            )
    engine.dispose()
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(running_service(url, workers=1, app=app)) for _ in range(2)
        )
        yield Office(one, other, town, secrets)


def _guarded(town: Town, username: str) -> Account:
    like = town.accounts["csw"]
    return Account(
        municipality_id=like.municipality_id,
        username=username,
        display_name=username,
        role=Role.CSW,
        password_hash=like.password_hash,
    )


def ask(address: str, token: str, method: str, path: str, **body: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "if-match": "*"}
    return httpx.request(
        method, f"{address}{API}{path}", headers=headers, json=body or None, timeout=60
    )


def done(address: str, token: str, method: str, path: str, **body: Any) -> Any:
    answer = ask(address, token, method, path, **body)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def signed_in(address: str, username: str) -> str:
    body = {"username": username, "password": PASSWORD}
    answer = httpx.post(f"{address}{API}/sessions", json=body, timeout=60)
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


def known(address: str, token: str) -> tuple[int, int]:
    """Ask with the token as a program does and as a browser's cookie."""
    cookie = httpx.get(f"{address}{API}/me", headers={"cookie": f"deban={token}"}, timeout=60)
    return ask(address, token, "GET", "/me").status_code, cookie.status_code


Ending = Callable[[Office, str, str], None]


def _by_admin(method: str, path: str = "", **change: Any) -> Callable[[str], Ending]:
    """An admin on the first server does something to the account of this name."""

    def of(username: str) -> Ending:
        def end(found: Office, _token: str, admin: str) -> None:
            account = f"/accounts/{found.town.accounts[username].id}{path}"
            done(found.one, admin, method, account, **change)

        return end

    return of


def sign_out(found: Office, token: str, _admin: str) -> None:
    done(found.one, token, "DELETE", "/sessions")


def change_password(found: Office, token: str, _admin: str) -> None:
    done(found.one, token, "POST", "/me/password", old=PASSWORD, new=NEW)


# Another role is another group of the database too; what closes an account stands last.
ENDINGS: tuple[tuple[str, Ending], ...] = (
    ("csw", sign_out),
    ("csw", _by_admin("PATCH", area_id=None)("csw")),
    ("csw_west", _by_admin("PATCH", role="officer")("csw_west")),
    ("csw", _by_admin("DELETE", "/factors")("csw")),
    ("csw", _by_admin("POST", "/password")("csw")),
    ("coordinator", change_password),
    ("officer", _by_admin("PATCH", active=False)("officer")),
)


def ended_everywhere(found: Office, username: str, end: Ending, admin: str) -> bool:
    """Sign in on both servers, end it on one, and say whether every copy is refused at once."""
    tokens = [signed_in(place, username) for place in (found.one, found.other)]
    places = (found.other, found.one)
    assert {known(place, token) for place in places for token in tokens} == {(200, 200)}
    end(found, tokens[0], admin)
    return {known(place, token) for place in places for token in tokens} == {(401, 401)}


def same_code_twice(found: Office, username: str) -> list[int]:
    """Show one code at the same moment on both servers, each in a sign-in of its own."""
    halves = [(place, signed_in(place, username)) for place in (found.one, found.other)]
    code, start = pyotp.TOTP(found.secrets[username]).now(), Barrier(2)

    def show(half: tuple[str, str]) -> int:
        start.wait(30)
        return ask(*half, "POST", "/sessions/code", code=code).status_code

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(show, halves))


def seen_of_conference(found: Office) -> tuple[list[int], list[int]]:
    """Let a member read on the other server, end the seat on the first, and ask again."""
    convener, member = signed_in(found.one, "csw"), signed_in(found.other, "coordinator")
    conference = done(found.one, convener, "POST", "/conferences", title="庭の針")["id"]
    path = f"/conferences/{conference}"
    record = done(found.one, convener, "POST", f"{path}/records", worries="庭の針")["id"]
    seats = done(found.one, convener, "POST", f"{path}/members", username="coordinator")
    [seat] = [each["id"] for each in seats if each["account_id"] != seats[0]["account_id"]]
    paths = (path, f"{path}/members", f"{path}/records", f"{path}/records/{record}")

    def look() -> list[int]:
        answers = [ask(found.other, member, "GET", each) for each in paths]
        listed = ask(found.other, member, "GET", "/conferences").text
        page = httpx.get(
            f"{found.other}{path}",
            headers={"cookie": f"deban={member}", "accept": "text/html"},
            timeout=60,
        )
        needles = [
            "庭の針" in text for text in (listed, page.text, *(each.text for each in answers))
        ]
        return [each.status_code for each in answers] + [page.status_code, sum(needles)]

    before = look()
    done(found.one, convener, "DELETE", f"{path}/members/{seat}")
    return before, look()


def test_what_one_server_takes_away_the_other_refuses_at_once(own_database: str) -> None:
    with office(own_database) as found:
        before, after = seen_of_conference(found)
        assert before == [200] * 5 + [5]
        assert after == [404] * 5 + [0]
        answers = [same_code_twice(found, username) for username in found.secrets]
        assert answers == [[201, 403]] * PHONES
        admin = signed_in(found.one, "admin")
        for username, end in ENDINGS:
            assert ended_everywhere(found, username, end, admin), username
        assert known(found.other, admin) == (200, 200)  # and nobody else's
        # What the account may do now is what its new role may.
        turned = signed_in(found.other, "csw_west")
        assert ask(found.other, turned, "GET", "/people").status_code == 403
        closed = {"username": "officer", "password": PASSWORD}
        again = httpx.post(f"{found.other}{API}/sessions", json=closed, timeout=60)
        assert again.status_code == 401


@pytest.fixture
def other_database(tmp_path: object) -> str:
    url = f"sqlite:///{tmp_path}/careless.db"
    engine = open_engine(url, connections=1)
    upgrade(engine)
    engine.dispose()
    return url


def test_servers_that_believe_what_they_saw_before_are_found_out(other_database: str) -> None:
    """The control, on one database: a copy goes on, a code counts twice, a member reads on."""
    with office(other_database, app="tests.faults.careless:careless_app") as found:
        before, after = seen_of_conference(found)
        assert (before[0], after[0]) == (200, 200)
        assert same_code_twice(found, "phone_0") == [201, 201]
        assert not ended_everywhere(found, "csw", sign_out, "")
