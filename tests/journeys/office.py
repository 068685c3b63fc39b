"""A real server on a free port and a real browser in front of it."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Playwright

from service.app import create_app
from service.settings import Settings
from tests.factories import MORNING, TurnableClock

LOCAL = "127.0.0.1"
SECONDS_TO_START = 20
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# Nothing of the browser itself may ring home while it is tested.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]
NO_BROWSER = (
    "no Chromium is here: set DEBAN_CHROMIUM, install chromium or google-chrome, or run "
    "`playwright install chromium`"
)


def chromium_path(playwright: Playwright) -> str | None:
    """Find the browser: the one named, one of the machine's, else Playwright's own, else none."""
    named = os.environ.get("DEBAN_CHROMIUM")
    found = [path for name in (named, *CHROMIUMS) if name and (path := shutil.which(name))]
    own = playwright.chromium.executable_path
    return found[0] if found else own if Path(own).exists() else None


@contextmanager
def browser_of(playwright: Playwright) -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    browser = playwright.chromium.launch(
        executable_path=chromium_path(playwright),
        args=[*ARGUMENTS, "--no-sandbox"] if root else ARGUMENTS,
    )
    try:
        yield browser
    finally:
        browser.close()


def office_settings(url: str) -> Settings:
    return Settings(
        database_url=url,
        secure_cookies=False,
        session_idle_minutes=60 * 24,
        office_telephone="000-123-4567",
        thread_pool=10,
        gallery=True,
    )


@contextmanager
def served(settings: Settings, *, now: Callable[[], datetime] | None = None) -> Iterator[str]:
    """Serve the whole service on a free port and give its address."""
    app = create_app(settings, now=now or TurnableClock(MORNING))
    config = uvicorn.Config(app, host=LOCAL, port=0, access_log=False, log_level="warning")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        yield f"http://{LOCAL}:{_port(server)}"
    finally:
        server.should_exit = True
        running.join(timeout=SECONDS_TO_START)
        app.state.engine.dispose()


def _port(server: uvicorn.Server) -> int:
    until = time.monotonic() + SECONDS_TO_START
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.05)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
