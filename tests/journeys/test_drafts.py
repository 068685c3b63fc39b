"""Nothing typed is lost, in a real browser: with our script, and without any."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Office

Contexts = Callable[..., BrowserContext]
WORDS = "縁側で、ゆっくり、土の話をした"


def new_person(page: Page, office: Office) -> None:
    page.goto(f"{office.address}/people/new")


def test_a_long_form_keeps_itself_while_one_writes(
    demo_office: Office, context_of: Contexts
) -> None:
    page = demo_office.enter(context_of().new_page())
    new_person(page, demo_office)
    page.get_by_label("してみたいこと、好きなこと").fill(WORDS)
    line = page.locator("[data-draft]")
    expect(line).to_have_text(re.compile(r"書きかけを保存しました \d\d:\d\d"))
    # the browser is closed and opened again
    new_person(page, demo_office)
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value(WORDS)
    page.goto(f"{demo_office.address}/")
    page.get_by_role("link", name="書きかけ").click()
    page.get_by_role("link", name="新しい人").click()
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value(WORDS)
    page.get_by_role("button", name="この書きかけを捨てる").click()
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value("")


def test_without_script_the_same_is_done_by_hand_and_outlives_the_sign_in(
    demo_office: Office, context_of: Contexts
) -> None:
    context = context_of(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = demo_office.enter(context.new_page())
    new_person(page, demo_office)
    page.get_by_label("してみたいこと、好きなこと").fill(WORDS)
    other = context.new_page()  # somebody signs out in another window
    other.goto(f"{demo_office.address}/")
    other.get_by_role("button", name="サインアウト").click()
    page.get_by_role("button", name="保存して候補へ").click()
    page.get_by_label("利用者名").fill(demo_office.username)
    page.get_by_label("パスワード").fill(demo_office.password)
    page.get_by_role("button", name="サインインする").click()
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value(WORDS)
    expect(page.get_by_text("まだ保存していません。", exact=False).first).to_be_visible()
    page.get_by_role("button", name="途中まで保存").click()
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value(WORDS)
    page.get_by_role("button", name="この書きかけを捨てる").click()
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value("")
