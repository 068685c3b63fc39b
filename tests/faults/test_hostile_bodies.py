"""Bodies made to hurt, sent to a real server: a no within two seconds, and hardly any memory."""

import select
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import httpx
import pytest

from migrations import upgrade
from service.database import open_engine, transaction
from tests.factories import seed
from tests.faults.running import running_process

MEBIBYTE = 1024 * 1024
LARGE = 200
JSON = "content-type: application/json"
FORM = "content-type: multipart/form-data; boundary=b"
PART = b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n"
CUT_OFF = 0


@dataclass(frozen=True, slots=True)
class Told:
    """How a request ended: its status, or 0 where the connection was simply closed."""

    status: int
    seconds: float
    sent: int


def pour(address: str, head: Iterable[str], body: Iterable[bytes]) -> Told:
    """Send a body piece by piece, as long as the server has not answered."""
    where, begun, sent = urlsplit(address), monotonic(), 0
    lines = (f"POST /api/v1/sessions HTTP/1.1\r\nhost: {where.netloc}", *head, "", "")
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=30) as to:
        to.sendall("\r\n".join(lines).encode())
        try:
            for piece in body:
                if select.select([to], [], [], 0.001)[0]:
                    break
                to.sendall(piece)
                sent += len(piece)
            said = to.recv(100)
        except ConnectionError:
            said = b""
    status = int(said.split()[1]) if said.startswith(b"HTTP/1.1 ") else CUT_OFF
    return Told(status, monotonic() - begun, sent)


def chunks(pieces: int) -> Iterator[bytes]:
    for _ in range(pieces):
        yield b"%x\r\n" % MEBIBYTE + b" " * MEBIBYTE + b"\r\n"
    yield b"0\r\n\r\n"


def peak(process: int) -> float:
    """Return the most memory in MiB that a process has ever held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    [kibibytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(kibibytes) / 1024


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/deban.db"
    engine = open_engine(url, connections=1)
    upgrade(engine)
    with transaction(engine) as session:
        seed(session)
    engine.dispose()
    return url


def hostile() -> dict[str, tuple[list[str], Iterable[bytes], set[int]]]:
    """Name each body: what it announces, its pieces, and how it may end."""
    parts = PART * 1_500 + b"--b--"
    deep = b"[" * 1_000_000
    return {
        "200 MiB that are announced": (
            [JSON, f"content-length: {LARGE * MEBIBYTE}"],
            repeat(b" " * MEBIBYTE, LARGE),
            {413, CUT_OFF},
        ),
        "200 MiB without a length": (
            [JSON, "transfer-encoding: chunked"],
            chunks(LARGE),
            {413, CUT_OFF},
        ),
        "1,500 parts": ([FORM, f"content-length: {len(parts)}"], [parts], {400, 413, 415, 422}),
        "a million lists": ([JSON, f"content-length: {len(deep)}"], [deep], {422}),
    }


def test_a_hostile_body_is_refused_soon_and_costs_next_to_nothing(database: str) -> None:
    with running_process(database) as (address, process):
        httpx.post(f"{address}/api/v1/sessions", json={})  # whatever is loaded late is loaded
        before = peak(process)
        told = {name: pour(address, *known[:2]) for name, known in hostile().items()}
        grown = peak(process) - before
        assert {n: t.status for n, t in told.items() if t.status not in hostile()[n][2]} == {}
        assert {n: t.seconds for n, t in told.items() if t.seconds >= 2} == {}
        assert max(each.sent for each in told.values()) < LARGE * MEBIBYTE / 4
        assert grown < 100
        assert httpx.get(f"{address}/healthz", timeout=10).status_code == 200


def test_without_an_end_the_same_body_would_be_taken_whole(database: str) -> None:
    """The control: the memory it takes is felt."""
    app = "tests.faults.gluttonous:gluttonous_app"
    with running_process(database, app=app) as (address, process):
        before = peak(process)
        told = pour(address, [JSON, "transfer-encoding: chunked"], chunks(LARGE))
        assert told.sent >= LARGE * MEBIBYTE
        assert peak(process) - before > 100
