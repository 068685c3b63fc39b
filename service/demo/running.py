"""Run the demonstration: make the database, load the town, serve it, and tidy up afterwards."""

import errno
import logging
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import httpx
import structlog
import typer
import uvicorn

import migrations
from service import clock
from service.accounts.rules import Role
from service.app import create_app
from service.database import open_engine, transaction
from service.demo.loading import load, password_of
from service.encryption.actions import make_keys
from service.encryption.keychain import key_file
from service.settings import Settings

LOCAL = "127.0.0.1"
SECONDS_TO_START = 30


def run_demo(*, port: int) -> None:
    """Serve a throw-away town until Ctrl-C or a termination; leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="deban-demo-") as folder, _listening(port) as listener:
        settings = Settings(
            database_url=f"sqlite:///{Path(folder) / 'town.db'}",
            key_file=f"{folder}/town.keys",
            secure_cookies=False,
            session_idle_minutes=600,
            office_telephone="000-123-4567",
        )
        prepare(settings)
        _serve(settings, listener)


def prepare(settings: Settings) -> None:
    """Migrate the database of the settings and load the town into it."""
    keys = key_file(settings.key_file)
    engine = open_engine(settings.database_url, connections=1, keys=keys)
    make_keys(engine, keys)
    migrations.upgrade(engine)
    with transaction(engine) as session:
        load(session, now=clock.moment(), settings=settings)
    engine.dispose()


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """Listen on the port, or on any free one where it is taken."""
    try:
        listener = socket.create_server((LOCAL, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        typer.echo(f"port {port} is taken; another one is used", err=True)
        listener = socket.create_server((LOCAL, 0))
    with listener:
        yield listener


def _serve(settings: Settings, listener: socket.socket) -> None:
    app = create_app(settings)
    # Request lines would bury the address and the accounts that a newcomer looks for.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    config = uvicorn.Config(app, access_log=False, log_level="warning")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, args=([listener],), daemon=True)
    running.start()
    with _stopping(server):
        address = f"http://{LOCAL}:{listener.getsockname()[1]}"
        if _answers(address, running):
            announce(address)
        while running.is_alive():
            running.join(timeout=0.2)


@contextmanager
def _stopping(server: uvicorn.Server) -> Iterator[None]:
    """Let Ctrl-C and a termination end the server in good order."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        server.should_exit = True
        for each, handler in before.items():
            signal.signal(each, handler)


def _answers(address: str, running: threading.Thread) -> bool:
    """Wait until the service says that it is ready."""
    deadline = time.monotonic() + SECONDS_TO_START
    while running.is_alive() and time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz", timeout=5, trust_env=False).is_success:
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    return False


def announce(address: str) -> None:
    """Print the address and one account a role, one line each, for people and for programs."""
    typer.echo(f"url {address}")
    for role in Role:
        typer.echo(f"account {role} {role.value} {password_of(role)}")
