"""A browser for the whole run, and an office that is served to it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service import clock as clocks
from service.accounts.rules import Role
from service.database import open_engine, transaction
from service.demo.loading import password_of
from service.demo.running import prepare
from tests.factories import MORNING, PASSWORD, TurnableClock, person_in, seed
from tests.journeys.office import NO_BROWSER, browser_of, chromium_path, office_settings, served
from tests.journeys.screenshots import sign_in

Open = Callable[..., Page]
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Office:
    """Where a service answers, and as whom one signs in there."""

    address: str
    username: str
    password: str
    database: str = ""

    def enter(self, page: Page) -> Page:
        sign_in(page, self.address, self.username, self.password)
        return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        if chromium_path(playwright) is None:
            assert "CI" not in os.environ, NO_BROWSER
            pytest.skip(NO_BROWSER)
        with browser_of(playwright) as found:
            yield found


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser contexts that are closed after the test; nothing may go to another host."""
    opened: list[BrowserContext] = []

    def open_one(**settings: object) -> BrowserContext:
        defaults = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": PHONE}
        context = browser.new_context(**(defaults | settings))  # type: ignore[arg-type] - Playwright names each keyword
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def small_office(own_database: str) -> Iterator[Office]:
    """The small town of the factories on a database of its own, at a fixed moment."""
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        person_in(session, seed(session))
    engine.dispose()
    clock = TurnableClock(MORNING)
    with served(office_settings(own_database), now=clock) as address:
        yield Office(address, "csw", PASSWORD)


@pytest.fixture(scope="session")
def demo_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The example town with people, placements and a queue that is not empty."""
    folder: Path = tmp_path_factory.mktemp("office")
    settings = office_settings(f"sqlite:///{folder / 'town.db'}")
    prepare(settings)

    with served(settings, now=clocks.moment) as address:
        yield Office(address, Role.CSW, password_of(Role.CSW), settings.database_url)
