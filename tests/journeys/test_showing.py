"""The screen that is turned to the person, in a browser: pressing back leads into no file."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import Office
from tests.journeys.screenshots import SHOWN

Contexts = Callable[..., BrowserContext]


def test_nobody_pages_back_from_what_is_shown_into_a_file(
    demo_office: Office, context_of: Contexts
) -> None:
    page = demo_office.enter(context_of(viewport={"width": 360, "height": 740}).new_page())
    page.goto(f"{demo_office.address}/people")
    page.get_by_role("link", name=SHOWN, exact=True).click()
    page.get_by_role("link", name="候補を見る").click()
    file = page.url
    page.get_by_role("button", name="本人に見せる").click()
    expect(page).to_have_url(f"{demo_office.address}/show")
    expect(page.locator(".shown-card")).to_have_count(3)
    expect(page).to_have_title("いっしょに見るページ - 出番")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 22
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="見てみたい").first.click()
    expect(page.locator("#card-1").get_by_role("status")).to_contain_text("えらびました")
    for _ in range(3):  # as far back as somebody might press
        page.go_back()
        assert SHOWN not in page.content()
        assert page.url.startswith(f"{demo_office.address}/show")
    page.goto(file)
    assert SHOWN not in page.content()
    page.get_by_role("link", name="おわる").click()
    page.get_by_label("パスワード").fill("not it")
    page.get_by_role("button", name="もとの画面にもどる").click()
    expect(page.get_by_role("alert")).to_contain_text("ちがいます")
    page.get_by_label("パスワード").fill(demo_office.password)
    page.get_by_role("button", name="もとの画面にもどる").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SHOWN)
    expect(page.locator(".candidate").first).to_contain_text("本人: 見てみたい")
