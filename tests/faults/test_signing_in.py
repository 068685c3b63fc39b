"""Real workers: tries are counted exactly, by name and by address, and a restart forgets none."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
from sqlmodel import select

from service.audit.tables import AccessRecord
from service.database import open_engine, transaction
from service.trail import Happening
from tests.factories import PASSWORD, seed
from tests.faults.running import running_service

API = "/api/v1"
THREADS, TRIES_EACH, LIMIT = 8, 15, 10
ELSEWHERE = "192.0.2.1"  # a proxy that is not the one who asks


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


def told(database_url: str) -> int:
    """Count what the audit says of those who had to wait."""
    engine = open_engine(database_url, connections=1)
    with transaction(engine) as session:
        query = select(AccessRecord).where(AccessRecord.resource == Happening.THROTTLED)
        found = len(session.exec(query).all())
    engine.dispose()
    return found


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
    assert told(own_database) == 1  # of a hundred and ten that were refused, by four workers
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
