"""Every page, looked at by axe and by hand-written rules, on a phone and on a desk."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from service.accounts.rules import Role
from service.demo.loading import password_of
from tests.journeys.conftest import Office

Contexts = Callable[..., BrowserContext]
WIDTHS = (360, 1280)
SMALL_TARGETS = """() => [...document.querySelectorAll(
  'a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(e => e.offsetParent !== null && !e.closest('p, .skip, dd, .where, .quiet'))
  .map(e => e.closest('label.chip') || e)
  .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
UNLABELLED = """() => [...document.querySelectorAll(
  'input:not([type=hidden]), select, textarea')]
  .filter(e => !e.labels.length).map(e => e.name)"""
PLANTED = """<!DOCTYPE html><html><head><title></title></head><body>
<img src="data:,"><input name="nameless"><p style="color:#ccc;background:#fff">faint</p>
</body></html>"""


@pytest.fixture(scope="module")
def paths(demo_office: Office, browser: object) -> list[str]:
    """Find one page of each kind by walking through the example town."""
    context = browser.new_context(locale="ja-JP")  # type: ignore[attr-defined]  # a Browser, which conftest skips without
    page = demo_office.enter(context.new_page())
    found = [
        "/sign-in",
        "/",
        "/people",
        "/people/new",
        "/aids",
        "/activities",
        "/accessibility",
        "/none",
    ]
    found.append(first_link(page, demo_office, "/", "a[href^='/?open=']").split("#")[0])
    activity = first_link(page, demo_office, "/activities", "main .things a")
    sheet = first_link(page, demo_office, activity, "a[href^='/sheets']")
    found += [activity, sheet, f"{activity}/readings"]
    for person in all_links(page, demo_office, "/people", "main .things a"):
        placements = all_links(page, demo_office, person, "main a[href^='/placements/']")
        if placements:
            break
    found += [person, f"{person}/assessments/new", f"{person}/contacts/new"]
    found += [f"{person}/disclosures", "/disclosures", "/h/none", f"{person}/end"]
    found += [f"{person}/consents/new", f"{person}/candidates", placements[0]]
    found += all_links(page, demo_office, placements[0], "main a[href*='move=']")
    found.append(f"{placements[0]}/visits/new")
    found.append(first_link(page, demo_office, f"{person}/candidates", "a[href*='/new?activity=']"))
    context.close()
    return found


@pytest.fixture(scope="module")
def coordinators(demo_office: Office) -> Office:
    return Office(demo_office.address, Role.COORDINATOR, password_of(Role.COORDINATOR))


def all_links(page: Page, office: Office, path: str, selector: str) -> list[str]:
    page.goto(f"{office.address}{path}")
    links = page.locator(selector)
    return [links.nth(n).get_attribute("href") or "" for n in range(links.count())]


def first_link(page: Page, office: Office, path: str, selector: str) -> str:
    found = all_links(page, office, path, selector)
    assert found, f"{path} has no {selector}"
    return found[0]


def faults_of(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_page(
    demo_office: Office, context_of: Contexts, paths: list[str], width: int
) -> None:
    # The checker puts its own script into the page, which our policy forbids to everybody.
    page = demo_office.enter(
        context_of(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    )
    faults = {}
    for path in paths:
        page.goto(f"{demo_office.address}{path}")
        faults[path] = faults_of(page)
    assert {path: found for path, found in faults.items() if found} == {}


def test_axe_finds_the_faults_of_a_planted_page(context_of: Contexts) -> None:
    page = context_of().new_page()
    page.set_content(PLANTED)
    found = {fault.split(":")[0] for fault in faults_of(page)}
    assert {"document-title", "html-has-lang", "image-alt", "label", "color-contrast"} <= found


def test_no_page_needs_scrolling_sideways(
    demo_office: Office, context_of: Contexts, paths: list[str]
) -> None:
    page = demo_office.enter(context_of(viewport={"width": 320, "height": 640}).new_page())
    wide = []
    for path in paths:
        page.goto(f"{demo_office.address}{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_every_page_has_its_language_one_heading_and_a_title_of_its_own(
    demo_office: Office, context_of: Contexts, paths: list[str]
) -> None:
    page = demo_office.enter(context_of().new_page())
    titles: dict[str, str] = {}
    for path in paths:
        page.goto(f"{demo_office.address}{path}")
        assert page.locator("html").get_attribute("lang") == "ja"
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").count() == 1, path
        titles[path] = page.title()
    # A move's form and an opened row are views of the page they stand on.
    own = [title for path, title in titles.items() if "?move=" not in path and "?open=" not in path]
    assert len(own) == len(set(own))
    assert all(title.endswith(" - 出番") and len(title) > len(" - 出番") for title in own)


def test_targets_are_large_enough_for_a_thumb_and_every_field_has_its_label(
    demo_office: Office, context_of: Contexts, paths: list[str]
) -> None:
    page = demo_office.enter(context_of().new_page())
    small, nameless = {}, {}
    for path in paths:
        page.goto(f"{demo_office.address}{path}")
        small[path] = page.evaluate(SMALL_TARGETS)
        nameless[path] = page.evaluate(UNLABELLED)
    assert {path: found for path, found in small.items() if found} == {}
    assert {path: found for path, found in nameless.items() if found} == {}


def test_no_page_calls_an_outside_host_or_says_a_percentage(
    demo_office: Office, context_of: Contexts, paths: list[str]
) -> None:
    page = demo_office.enter(context_of().new_page())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        answer = page.goto(f"{demo_office.address}{path}")
        assert answer is not None
        assert answer.headers["cache-control"] == "no-store", path
        assert not re.search(r"\d\s*[%％]", page.locator("main").inner_text()), path
    assert [url for url in asked if not url.startswith(demo_office.address)] == []


def test_the_telephone_stands_at_the_same_place_on_every_page(
    demo_office: Office, context_of: Contexts, paths: list[str]
) -> None:
    page = demo_office.enter(context_of(viewport={"width": 1280, "height": 800}).new_page())
    for path in paths:
        page.goto(f"{demo_office.address}{path}")
        assert page.locator("header a[href='tel:0001234567']").count() == 1, path


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_coordinator_alone_hold_to_the_same(
    coordinators: Office, context_of: Contexts, width: int
) -> None:
    page = coordinators.enter(
        context_of(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    )
    faults = {}
    for path in office_pages(page, coordinators):
        page.goto(f"{coordinators.address}{path}")
        assert page.locator("h1").count() == 1, path
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = [page.evaluate(SMALL_TARGETS), page.evaluate(UNLABELLED), faults_of(page)]
        faults[path] = sum(found, ["wide"] if wide else [])
    assert len(faults) == 4
    assert {path: found for path, found in faults.items() if found} == {}


def office_pages(page: Page, office: Office) -> list[str]:
    """Return the month's figures, the lists, a list with somebody on it and what leads to it."""
    for person in all_links(page, office, "/people", "main .things a"):
        page.goto(f"{office.address}{person}/end")
        waits = page.get_by_text("先に、つなぎを終えて").count()
        button = page.get_by_role("button", name="求めを書く")
        if waits == 0:
            break
    if button.count():
        button.click()
    page.goto(f"{office.address}/retention")
    page.get_by_role("button", name="一覧を作る").click()
    drawn = page.url.removeprefix(office.address)
    return ["/reports/monthly", "/retention", drawn, f"{person}/end"]
