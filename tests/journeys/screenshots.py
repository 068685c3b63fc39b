"""Draw the pictures of the README: ``python -m tests.journeys.screenshots [FOLDER]``."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from service import clock
from service.accounts.rules import Role
from service.demo.loading import password_of
from service.demo.running import prepare
from tests.journeys.office import browser_of, office_settings, served

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SHOWN = "かぜ-07"  # of the example town: likes earth under the hands
WIDE = {"width": 1280, "height": 900}


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("利用者名").fill(username)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="サインインする").click()


def open_queue(page: Page, address: str) -> None:
    page.goto(f"{address}/")


def open_candidates(page: Page, address: str) -> None:
    page.goto(f"{address}/people")
    page.get_by_role("link", name=SHOWN).click()
    page.get_by_role("link", name="候補を見る").click()


PICTURES: dict[str, Callable[[Page, str], None]] = {
    "queue": open_queue,
    "candidates": open_candidates,
}


def draw(folder: Path) -> list[Path]:
    """Draw every picture from the example town and return where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        settings = office_settings(f"sqlite:///{home}/town.db")
        prepare(settings)
        with served(settings, now=clock.moment) as address, browser_of(playwright) as browser:
            page = browser.new_page(viewport=WIDE, locale="ja-JP", timezone_id="Asia/Tokyo")
            sign_in(page, address, "csw", password_of(Role.CSW))
            return [_draw(page, address, name, folder) for name in PICTURES]


def _draw(page: Page, address: str, name: str, folder: Path) -> Path:
    PICTURES[name](page, address)
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    return path


if __name__ == "__main__":
    for drawn in draw(Path(sys.argv[1]) if sys.argv[1:] else IMAGES):
        sys.stdout.write(f"{drawn}\n")
