"""A real server on a free port, with two workers, as an office would run it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

PATIENCE = 180


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running_service(
    database_url: str, *, workers: int = 2, app: str = "service.app:create_app", **settings: str
) -> Iterator[str]:
    """Run the service on its own database and give its address; end it afterwards."""
    with running_process(database_url, workers=workers, app=app, **settings) as (address, _):
        yield address


@contextmanager
def running_process(
    database_url: str,
    *,
    workers: int = 1,
    app: str = "service.app:create_app",
    proxy: str = "127.0.0.1",
    **settings: str,
) -> Iterator[tuple[str, int]]:
    """Run the service and give its address and process; a single worker is that process itself.

    ``proxy``: from which address a header may say who the client is.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "uvicorn", app, "--factory", "--forwarded-allow-ips", proxy),
        *("--port", str(port), "--workers", str(workers), "--log-level", "warning"),
    ]
    environment = os.environ | {
        "DEBAN_DATABASE_URL": database_url,
        "DEBAN_SECURE_COOKIES": "false",
        **{f"DEBAN_{name.upper()}": value for name, value in settings.items()},
    }
    with subprocess.Popen(command, env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended before it answered"
        try:
            if httpx.get(f"{address}/healthz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer within {PATIENCE} s")
