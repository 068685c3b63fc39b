"""Sheets as they come out of a printer: one activity, one page, nothing cut off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from service.paper.pages import AT_ONCE
from tests.journeys.conftest import Office
from tests.journeys.screenshots import SHOWN

Contexts = Callable[..., BrowserContext]
ROOM = 1.03
A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
# What a printer leaves white, in CSS pixels of an A4 page.
SPILLING = """() => [...document.querySelectorAll('.paper')].filter(
  paper => paper.scrollWidth > paper.clientWidth + 1).length"""


@pytest.fixture
def page(demo_office: Office, context_of: Contexts) -> Page:
    return demo_office.enter(context_of().new_page())


def activities(page: Page, office: Office) -> list[str]:
    page.goto(f"{office.address}/activities")
    found: list[str] = []
    while True:
        links = page.locator("main .things a.big-link[href^='/activities/']")
        found += [links.nth(n).get_attribute("href") or "" for n in range(links.count())]
        following = page.get_by_role("link", name="続きを見る")
        if not following.count():
            return [path.removeprefix("/activities/") for path in found]
        following.click()


def pages_of(page: Page, path: str) -> int:
    # As wide as the paper inside its margins: 273 and 182 mm.
    page.set_viewport_size({"width": 1032 if "size=a5" in path else 688, "height": 900})
    page.goto(path)
    page.emulate_media(media="print")
    assert page.evaluate(SPILLING) == 0
    # The stylesheet's own margins count; a little larger, as other machines' fonts are.
    printed = page.pdf(prefer_css_page_size=True, scale=ROOM)
    return len(A_PAGE.findall(printed))


@pytest.mark.parametrize("size", ["a4", "a5", "a4&lang=en"])
def test_every_activity_of_the_town_fits_its_page(
    demo_office: Office, page: Page, size: str
) -> None:
    known = activities(page, demo_office)
    assert len(known) > 2 * AT_ONCE
    for first in range(0, len(known), AT_ONCE):
        some = known[first : first + AT_ONCE]
        query = "&".join(f"activity={activity}" for activity in some)
        found = pages_of(page, f"{demo_office.address}/sheets?{query}&size={size}")
        assert found == (-(-len(some) // 2) if size == "a5" else len(some))


def test_a_sheet_is_three_clicks_from_the_start(demo_office: Office, page: Page) -> None:
    page.goto(f"{demo_office.address}/")
    page.get_by_role("link", name="活動", exact=True).click()
    page.locator("main .things a").first.click()
    page.get_by_role("link", name="紹介シートを印刷する").click()
    assert page.locator(".paper").count() == 1
    assert page.locator(".paper ruby").count() > 5


def test_three_sheets_for_somebody_are_chosen_among_the_candidates(
    demo_office: Office, page: Page
) -> None:
    page.goto(f"{demo_office.address}/people")
    page.get_by_role("link", name=SHOWN, exact=True).click()
    page.get_by_role("link", name="候補を見る").click()
    for number in range(3):
        page.get_by_label(re.compile("^選ぶ")).nth(number).check()
    page.get_by_role("button", name="紹介シートを印刷する").click()
    assert page.locator(".paper").count() == 3
    assert SHOWN not in page.content()
    assert not re.search("person|people", page.url)
