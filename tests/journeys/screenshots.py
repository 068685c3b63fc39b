"""Draw the pictures of the documents: ``python -m tests.journeys.screenshots [FOLDER]``."""

import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from service import clock
from service.accounts.rules import Role
from service.demo.loading import password_of
from service.demo.running import prepare
from tests.journeys.office import browser_of, office_settings, served
from tests.journeys.walking import HTML, ROLES, live, signed_in

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SHOWN = "かぜ-07"  # of the example town: likes earth under the hands
WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
# Flat colours: a fixed palette makes a picture of a page a third as large and none the worse.
COLOURS: Final = 64


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as somebody sees it; names in braces are ids of the example town."""

    path: str
    role: Role | None = Role.CSW
    size: ViewportSize = field(default_factory=lambda: WIDE)
    scheme: str = "light"


PICTURES: Final[Mapping[str, Picture]] = {
    "queue": Picture("/"),
    "queue-phone": Picture("/", size=PHONE),
    "candidates": Picture("/people/{shown}/candidates"),
    "candidates-dark": Picture("/people/{shown}/candidates", scheme="dark"),
    "person": Picture("/people/{person}"),
    "placement": Picture("/placements/{placement}"),
    "new-person-phone": Picture("/people/new", size=PHONE),
    "activities": Picture("/activities"),
    "sheet": Picture("/sheets?activity={activity}"),
    "month": Picture("/reports/monthly", role=Role.COORDINATOR),
    "host-phone": Picture("/h/{token}", role=None, size=PHONE),
}


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("利用者名").fill(username)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="サインインする").click()


def draw(folder: Path) -> list[Path]:
    """Draw every picture from the example town and return where they lie."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        settings = office_settings(f"sqlite:///{home}/town.db")
        prepare(settings)
        with served(settings, now=clock.moment) as address, browser_of(playwright) as browser:
            # Drawn before anything is added to the town's own story.
            drawn = [_draw(browser, address, name, folder, {}) for name in ("queue", "queue-phone")]
            ids = _lived(address, settings.database_url)
            rest = [name for name in PICTURES if name not in {"queue", "queue-phone"}]
            return drawn + [_draw(browser, address, name, folder, ids) for name in rest]


def _lived(address: str, url: str) -> dict[str, Any]:
    with ExitStack() as opened:
        clients: dict[Role | None, httpx.Client] = {None: httpx.Client(headers=HTML)}
        clients |= {role: signed_in(address, role) for role in ROLES}
        for client in clients.values():
            opened.callback(client.close)
        people = clients[Role.CSW].get("/api/v1/people", params={"limit": 100}).json()["items"]
        shown = next(each["id"] for each in people if each["code"] == SHOWN)
        return {**live(clients, url), "shown": shown}


def _draw(browser: Browser, address: str, name: str, folder: Path, ids: Mapping[str, Any]) -> Path:
    asked = PICTURES[name]
    context = browser.new_context(
        viewport=asked.size,
        color_scheme=asked.scheme,  # type: ignore[arg-type]  # light or dark
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
    )
    page = context.new_page()
    if asked.role:
        sign_in(page, address, asked.role, password_of(asked.role))
    page.goto(f"{address}{asked.path.format(**ids)}")
    path = folder / f"{name}.png"
    _few_colours(page.screenshot()).save(path, optimize=True)
    context.close()
    return path


def _few_colours(drawn: bytes) -> Image.Image:
    return (
        Image.open(BytesIO(drawn))
        .convert("RGB")
        .quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )


if __name__ == "__main__":
    for drawn in draw(Path(sys.argv[1]) if sys.argv[1:] else IMAGES):
        sys.stdout.write(f"{drawn}\n")
