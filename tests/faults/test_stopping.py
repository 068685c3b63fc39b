"""A server that is told to stop finishes what it has begun; slow callers hold nobody else up."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import httpx
import pytest

from migrations import upgrade
from service.database import open_engine, transaction
from tests.factories import PASSWORD, seed
from tests.faults.running import PATIENCE, _wait_for, free_port

SLOW = 80
# Seconds in which others are answered; slow ones would hold them up for a minute.
ATTENTIVE = 10
BODY = f'{{"username": "csw", "password": "{PASSWORD}"}}'.encode()
MALFORMED = b'{"username": "csw", "password" ' + b" " * 40


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/deban.db"
    engine = open_engine(url, connections=1)
    upgrade(engine)
    with transaction(engine) as session:
        seed(session)
    engine.dispose()
    return url


@contextmanager
def serving(database: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Serve as an office does, by the command itself, with two workers."""
    port = free_port()
    command = (sys.executable, "-c", "from service.cli import app; app()", "serve")
    environment = os.environ | {"DEBAN_DATABASE_URL": database, "DEBAN_SECURE_COOKIES": "false"}
    given = ("--port", str(port), "--workers", "2")
    with subprocess.Popen((*command, *given), env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield address, server
        finally:
            server.terminate()
            server.wait(PATIENCE)


class Slow:
    """Somebody on a bad line: half of a sign-in is sent, the rest comes later."""

    def __init__(self, address: str, body: bytes) -> None:
        where = urlsplit(address)
        self.rest = body[len(body) // 2 :]
        self.line = socket.create_connection((where.hostname or "", where.port or 0), timeout=60)
        head = (
            f"POST /api/v1/sessions HTTP/1.1\r\nhost: {where.netloc}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self.line.sendall(head.encode() + body[: len(body) // 2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self.line.close()

    def finish(self) -> int:
        """Send the rest and return the status; 0 where nobody answers any more."""
        try:
            self.line.sendall(self.rest)
            said = self.line.recv(200)
        except ConnectionError:
            return 0
        return int(said.split()[1]) if said else 0


def test_slow_callers_hold_nobody_up_and_what_is_under_way_is_answered_before_the_end(
    database: str,
) -> None:
    with ExitStack() as open_lines, serving(database) as (address, server):
        slow = [open_lines.enter_context(Slow(address, MALFORMED)) for _ in range(SLOW)]
        for path in ("/healthz", "/readyz", "/sign-in"):
            began = time.monotonic()
            assert httpx.get(f"{address}{path}", timeout=30).status_code == 200
            assert time.monotonic() - began < ATTENTIVE, path
        assert {each.finish() for each in slow} == {422}
        begun = [open_lines.enter_context(Slow(address, BODY)) for _ in range(4)]
        time.sleep(0.5)  # until every half has arrived
        server.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{address}/healthz", timeout=5)  # whoever comes now is too late
        assert [each.finish() for each in begun] == [201] * 4
        assert server.wait(PATIENCE) in {0, -signal.SIGTERM}


def test_a_server_that_is_killed_answers_nobody(database: str) -> None:
    """The control: this is what is lost without the grace."""
    with ExitStack() as open_lines, serving(database) as (address, server):
        begun = [open_lines.enter_context(Slow(address, BODY)) for _ in range(2)]
        time.sleep(0.5)
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        for process in (server.pid, *map(int, children.stdout.split())):
            os.kill(process, signal.SIGKILL)
        assert [each.finish() for each in begun] == [0, 0]
