"""Every page of the route list, walked once by day on a phone and once by night at a desk."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import Browser, Page

from service.accounts.rules import Role
from service.app import create_app
from tests.journeys.conftest import Office
from tests.journeys.looking import AGAIN, LOOKS, Look, axe, look
from tests.journeys.office import office_settings
from tests.journeys.walking import HTML, ROLES, Stop, live, signed_in, stops

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "color_scheme": "light",
}
DESK: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}
# axe puts its own script into the page, which our policy forbids to everybody.
AS_ONE_LOOKS: Final[dict[str, Any]] = {
    "locale": "ja-JP",
    "timezone_id": "Asia/Tokyo",
    "bypass_csp": True,
    "reduced_motion": "reduce",
}
PLANTED: Final = """<!DOCTYPE html><html><head><title></title>
<style>#bar { position: fixed; inset: auto 0 0 0; height: 300px; background: #fff }
a { outline: none !important }</style></head><body>
<img src="data:,"><input name="nameless"><p style="color:#ccc;background:#fff">faint</p>
<div style="width: 700px">wide</div><div id="twice"></div><div id="twice"></div>
<button type="button" onclick="save()" style="width:20px;height:20px;padding:0">x</button>
<div style="height: 500px"></div><a href="#" tabindex="3">under the bar</a><div id="bar"></div>
</body></html>"""


@dataclass
class Walk:
    """What was found on the way, by page."""

    looks: Mapping[str, Look]
    faults: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    percentages: list[str] = field(default_factory=list)
    without_telephone: list[str] = field(default_factory=list)

    def at(self, stop: Stop, page: Page, address: str) -> None:
        answer = page.goto(f"{address}{stop.path}")
        assert answer is not None
        if answer.headers["cache-control"] != "no-store":
            self.kept.append(stop.route)
        if re.search(r"\d\s*[%％]", page.locator("main").inner_text()):
            self.percentages.append(stop.route)
        if page.locator("header a[href='tel:0001234567']").count() != 1:
            self.without_telephone.append(stop.route)
        self.titles[stop.route] = page.title()
        self.faults[stop.route] = look(page, self.looks)


class People:
    """A browser for each of our people, and for somebody who has not signed in."""

    def __init__(self, browser: Browser, office: Office, tokens: dict[Role, str]) -> None:
        self.browser, self.office, self.tokens = browser, office, tokens
        self.asked: list[str] = []

    def page_of(self, role: Role | None, opened: ExitStack, seen: dict[str, Any]) -> Page:
        context = self.browser.new_context(**AS_ONE_LOOKS, **seen)
        opened.callback(context.close)
        context.on("request", lambda request: self.asked.append(request.url))
        if role:
            cookie = {"name": "deban", "value": self.tokens[role], "url": self.office.address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie's fields
        return context.new_page()

    def walk(self, route: list[Stop], seen: dict[str, Any], looks: Mapping[str, Look]) -> Walk:
        walk = Walk(looks)
        with ExitStack() as opened:
            pages: dict[Role | None, Page] = {}
            for stop in route:
                if stop.role not in pages:
                    pages[stop.role] = self.page_of(stop.role, opened, seen)
                walk.at(stop, pages[stop.role], self.office.address)
        walk.asked = [url for url in self.asked if not url.startswith(self.office.address)]
        return walk


@pytest.fixture(scope="module")
def found(demo_office: Office) -> Iterator[tuple[list[Stop], dict[Role, str]]]:
    """The whole route list with data behind it, and the sign-ins that walk it."""
    with ExitStack() as opened:
        nobody = httpx.Client(base_url=demo_office.address, headers=HTML, timeout=30)
        clients: dict[Role | None, httpx.Client] = {None: nobody}
        opened.callback(nobody.close)
        for role in ROLES:
            clients[role] = signed_in(demo_office.address, role)
            opened.callback(clients[role].close)
        ids = live(clients, demo_office.database)
        route = list(stops(create_app(office_settings(demo_office.database)), clients, ids))
        tokens = {role: clients[role].headers["authorization"][7:] for role in ROLES}
        yield route, tokens


@pytest.fixture(scope="module")
def on_a_phone(
    browser: Browser, demo_office: Office, found: tuple[list[Stop], dict[Role, str]]
) -> Walk:
    return People(browser, demo_office, found[1]).walk(found[0], PHONE, LOOKS)


@pytest.fixture(scope="module")
def at_a_desk(
    browser: Browser, demo_office: Office, found: tuple[list[Stop], dict[Role, str]]
) -> Walk:
    return People(browser, demo_office, found[1]).walk(found[0], DESK, AGAIN)


@pytest.fixture(params=["on_a_phone", "at_a_desk"])
def walk(request: pytest.FixtureRequest) -> Walk:
    taken: Walk = request.getfixturevalue(request.param)
    return taken


def test_every_page_of_the_route_list_opens_to_somebody(
    found: tuple[list[Stop], dict[Role, str]],
) -> None:
    route, _ = found
    assert [stop.path for stop in route if not stop.opens] == []
    assert len(route) >= 60
    assert {stop.role for stop in route} >= {None, Role.CSW, Role.COORDINATOR, Role.ADMIN}


@pytest.mark.parametrize("what", LOOKS)
def test_no_page_has_a_fault(walk: Walk, what: str) -> None:
    assert {route: said[what] for route, said in walk.faults.items() if what in said} == {}


def test_a_planted_page_has_every_fault(browser: Browser) -> None:
    with ExitStack() as opened:
        context = browser.new_context(**AS_ONE_LOOKS, **PHONE)
        opened.callback(context.close)
        page = context.new_page()
        page.set_content(PLANTED)
        told = look(page)
    assert told.keys() == LOOKS.keys()
    named = {fault.split(":")[0] for fault in told["axe"]}
    assert {"document-title", "html-has-lang", "image-alt", "label", "color-contrast"} <= named
    for part in ("covered", "not outlined", "out of turn"):
        assert any(part in fault for fault in told["focus"]), part
    assert {"0 first headings", "0 main parts", "no language"} <= set(told["frame"])
    assert "id twice twice" in told["frame"]


def test_every_page_has_a_title_of_its_own(at_a_desk: Walk) -> None:
    often = Counter(at_a_desk.titles.values())
    assert [title for title, times in often.items() if times > 1] == []


def test_no_page_calls_an_outside_host_is_kept_or_says_a_percentage(walk: Walk) -> None:
    assert walk.asked == []
    assert walk.kept == []
    assert walk.percentages == []


def test_the_telephone_stands_at_the_same_place_on_every_page(walk: Walk) -> None:
    assert walk.without_telephone == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_every_component_in_every_state_holds_by_day_by_night_and_in_forced_colours(
    browser: Browser, demo_office: Office, scheme: str, width: int, colours: str
) -> None:
    seen = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with ExitStack() as opened:
        context = browser.new_context(**AS_ONE_LOOKS, **seen, forced_colors=colours)  # type: ignore[arg-type]  # its own words
        opened.callback(context.close)
        page = context.new_page()
        page.goto(f"{demo_office.address}/gallery")
        if scheme == "light" or colours == "none":
            assert axe(page) == []
        others = {name: way(page) for name, way in LOOKS.items() if name != "axe"}
    assert {name: said for name, said in others.items() if said} == {}
