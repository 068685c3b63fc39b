"""One place of a page changes without a reload, and nothing is lost when it cannot."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Office

Contexts = Callable[..., BrowserContext]
FIELD = "書いてみる"
SAVE = "その場で保存する"
STAYED = "() => { window.stayed = true; }"
ORDER = """() => {
  const able = [...document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden])')]
    .filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  return able.indexOf(document.activeElement);
}"""


@pytest.fixture
def gallery(demo_office: Office, context_of: Contexts) -> Page:
    page = context_of().new_page()
    page.goto(f"{demo_office.address}/gallery")
    page.evaluate(STAYED)
    return page


def answer(page: Page, said: str) -> None:
    page.get_by_label(FIELD).fill(said)
    page.get_by_role("button", name=SAVE).click()


def has_stayed(page: Page) -> bool:
    return bool(page.evaluate("() => window.stayed === true"))


def test_what_is_saved_in_place_is_said_in_the_live_region(gallery: Page) -> None:
    answer(gallery, "折込み")
    expect(gallery.locator("#said")).to_have_text("保存しました。")
    expect(gallery.locator("#in-place .tag")).to_have_text("保存しました")
    assert has_stayed(gallery)
    # What had the focus is gone: its place has it, not the top of the page.
    expect(gallery.locator("#in-place")).to_be_focused()


def test_a_mistake_comes_back_in_place_with_the_focus_on_its_field(gallery: Page) -> None:
    answer(gallery, "")
    field = gallery.get_by_label(FIELD)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("ひとことを書いてください"))
    assert has_stayed(gallery)


@pytest.mark.parametrize("status", [401, 403, 409, 503])
def test_a_failure_is_told_and_what_was_typed_stays(gallery: Page, status: int) -> None:
    answer(gallery, str(status))
    told = gallery.locator("#said")
    expect(told).to_contain_text("この画面に残っています")
    expect(told.locator("#problem")).to_be_focused()
    assert gallery.get_by_label(FIELD).input_value() == str(status)
    assert gallery.locator("h1").count() == 1
    assert has_stayed(gallery)


def test_without_a_network_the_words_stay_and_the_next_press_saves_them(gallery: Page) -> None:
    gallery.context.set_offline(True)
    answer(gallery, "電波のないところで")
    expect(gallery.locator("#said")).to_contain_text("つながりませんでした")
    assert gallery.get_by_label(FIELD).input_value() == "電波のないところで"
    gallery.context.set_offline(False)
    gallery.get_by_role("button", name=SAVE).click()
    expect(gallery.locator("#said")).to_have_text("保存しました。")


def test_what_a_proxy_says_instead_of_us_takes_nothing_away(gallery: Page) -> None:
    def instead(route: object) -> None:
        route.fulfill(status=502, body="<html><body>Bad Gateway</body></html>")  # type: ignore[attr-defined]  # Playwright's route

    gallery.route("**/gallery", instead)
    answer(gallery, "書いたもの")
    expect(gallery.locator("#said")).to_contain_text("つながりませんでした")
    assert gallery.get_by_label(FIELD).input_value() == "書いたもの"


def test_nothing_of_it_breaks_the_content_policy_or_is_kept_on_the_device(
    demo_office: Office, context_of: Contexts
) -> None:
    page = context_of().new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{demo_office.address}/gallery")
    answer(page, "折込み")
    expect(page.locator("#said")).to_have_text("保存しました。")
    assert told == []
    stored = page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
    assert json.loads(stored) == {}


def test_without_javascript_the_same_form_does_the_same(
    demo_office: Office, context_of: Contexts
) -> None:
    page = context_of(java_script_enabled=False).new_page()
    page.goto(f"{demo_office.address}/gallery")
    answer(page, "")
    expect(page.get_by_label(FIELD)).to_have_accessible_description(
        re.compile("ひとことを書いてください")
    )
    answer(page, "折込み")
    expect(page.locator("#said")).to_have_text("保存しました。")
    answer(page, "503")
    expect(page.get_by_role("heading", level=1)).to_have_text("いま混みあっています")


@pytest.mark.parametrize("path", ["/", "/people/new", "/activities"])
def test_the_tab_key_walks_in_the_order_of_the_page(
    demo_office: Office, context_of: Contexts, path: str
) -> None:
    page = demo_office.enter(context_of(reduced_motion="reduce").new_page())
    page.goto(f"{demo_office.address}{path}")
    page.evaluate("() => document.activeElement.blur()")
    walked = []
    for _ in range(30):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(ORDER))
    assert walked == sorted(walked)
    assert walked[0] == 0  # the way past the header comes first
    assert len(set(walked)) >= 20  # a day of the calendar has three stops


def test_the_first_page_is_light(demo_office: Office, context_of: Contexts) -> None:
    page = context_of().new_page()
    arrived: list[int] = []
    page.on("response", lambda found: arrived.append(len(found.body())))
    page.goto(f"{demo_office.address}/sign-in", wait_until="networkidle")
    signed_out = sum(arrived)
    assert 0 < signed_out <= 100_000
    arrived.clear()
    demo_office.enter(page)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(arrived) <= 160_000  # the list of the day with htmx, uncompressed
