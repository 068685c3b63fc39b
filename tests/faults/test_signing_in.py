"""Real workers: tries are counted exactly, and a sign-in that ends has ended on all of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import httpx
import pytest

from service.database import open_engine, transaction
from tests.factories import PASSWORD, seed
from tests.faults.running import running_service

API = "/api/v1"
THREADS, TRIES_EACH, LIMIT = 8, 15, 10
ELSEWHERE = "192.0.2.1"  # a proxy that is not the one who asks
NEW = "twelve snowflakes on a bench"


def settle(database_url: str) -> None:
    engine = open_engine(database_url, connections=1)
    with transaction(engine) as session:
        seed(session)
    engine.dispose()


def rush(address: str) -> Counter[int]:
    """Eight strangers guess one account's password at once, fifteen times each."""
    start = Barrier(THREADS)
    body = {"username": "csw", "password": "guessed in a rush"}

    def guess(_number: int) -> list[int]:
        start.wait(30)
        return [
            # a connection of its own each time, so that every worker gets its part
            httpx.post(f"{address}{API}/sessions", json=body, timeout=60).status_code
            for _ in range(TRIES_EACH)
        ]

    with ThreadPoolExecutor(THREADS) as threads:
        return Counter(status for found in threads.map(guess, range(THREADS)) for status in found)


def guess_as(address: str, number: int, header: str) -> int:
    body = {"username": f"nobody {number}", "password": "guessed in a rush"}
    headers = {"x-forwarded-for": header.format(number)} if header else {}
    return httpx.post(f"{address}{API}/sessions", json=body, headers=headers).status_code


def test_four_workers_let_exactly_ten_tries_pass_and_a_restart_forgets_none(
    own_database: str,
) -> None:
    settle(own_database)
    settings = {"address_tries": str(LIMIT + 3)}
    with running_service(own_database, workers=4, proxy=ELSEWHERE, **settings) as address:
        assert rush(address) == {401: LIMIT, 429: THREADS * TRIES_EACH - LIMIT}
    with running_service(own_database, workers=1, proxy=ELSEWHERE, **settings) as address:
        again = httpx.post(
            f"{address}{API}/sessions", json={"username": "csw", "password": PASSWORD}
        )
        assert again.status_code == 429
        assert 1 <= int(again.headers["retry-after"]) <= 360
        # Ten are counted for this address already, whatever a header says of another one.
        spoofed = [guess_as(address, number, "198.51.100.{}") for number in range(5)]
        assert spoofed == [401] * 3 + [429] * 2


def test_workers_that_count_in_their_own_memory_are_found_out(tmp_path: object) -> None:
    """The control, on one database: with four workers four times as many pass."""
    database = f"sqlite:///{tmp_path}/deban.db"
    from migrations import upgrade  # noqa: PLC0415 - only the control migrates for itself

    engine = open_engine(database, connections=1)
    upgrade(engine)
    engine.dispose()
    settle(database)
    with running_service(
        database, workers=4, app="tests.faults.forgetful:forgetful_app"
    ) as address:
        assert rush(address)[401] > LIMIT


def test_behind_a_proxy_the_address_that_it_adds_counts_and_not_what_a_client_claims(
    own_database: str,
) -> None:
    settle(own_database)
    with running_service(own_database, workers=1, address_tries="3") as address:
        claimed = [guess_as(address, n, "198.51.100.{}, 203.0.113.9") for n in range(5)]
        assert claimed == [401] * 3 + [429] * 2
        assert guess_as(address, 9, "203.0.113.10") == 401  # another client of the same proxy


@pytest.fixture
def workers(own_database: str) -> Iterator[tuple[str, str]]:
    """Two processes on one database, each with its own address: no luck decides who answers."""
    settle(own_database)
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(running_service(own_database, workers=1)) for _ in range(2)
        )
        yield one, other


def signed_in(address: str, username: str = "csw") -> str:
    body = {"username": username, "password": PASSWORD}
    answer = httpx.post(f"{address}{API}/sessions", json=body, timeout=60)
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


def known(address: str, token: str, *, cookie: bool = False) -> int:
    headers = {"cookie": f"deban={token}"} if cookie else {"authorization": f"Bearer {token}"}
    return httpx.get(f"{address}{API}/me", headers=headers, timeout=60).status_code


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def sign_out(address: str, token: str) -> None:
    httpx.delete(f"{address}{API}/sessions", headers=bearer(token)).raise_for_status()


def change_password(address: str, token: str) -> None:
    body = {"old": PASSWORD, "new": NEW}
    httpx.post(f"{address}{API}/me/password", json=body, headers=bearer(token)).raise_for_status()


ENDINGS: tuple[tuple[str, Callable[[str, str], None]], ...] = (
    ("csw", sign_out),
    ("coordinator", change_password),
)


def test_what_ends_a_sign_in_ends_a_copy_of_it_at_once_on_both_workers(
    workers: tuple[str, str], own_database: str
) -> None:
    one, other = workers
    for username, end in ENDINGS:
        token, copied = signed_in(one, username), signed_in(other, username)
        for place in workers:
            assert known(place, token) == known(place, copied, cookie=True) == 200
        end(one, token)
        for place in (other, one):
            for stale in (token, copied):
                assert known(place, stale) == known(place, stale, cookie=True) == 401, username
    assert known(one, signed_in(other, "officer")) == 200  # and nobody else's
