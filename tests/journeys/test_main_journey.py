"""The main job once through, in a browser: hear, match, agree, and forget nobody."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Office

Contexts = Callable[..., BrowserContext]


def register_somebody(page: Page, office: Office) -> str:
    """Fill in the hearing with limits, save, and return the code that was given."""
    page.goto(f"{office.address}/people/new")
    page.get_by_label("圏域").select_option(label="東")
    page.get_by_label("いまの段階").select_option(label="出かけはじめた")
    page.get_by_label("してみたいこと、好きなこと").fill("庭の手入れなら、静かにやれる")
    for dimension, level in (("体を動かす", "2"), ("人といる", "1"), ("責任・時間", "1")):
        page.get_by_role("group", name=dimension).get_by_role("radio").nth(int(level) + 1).check()
    for day in ("火", "水"):
        page.get_by_role("group", name="来られる曜日").get_by_label(day, exact=True).check()
    page.get_by_label("何時から", exact=True).fill("09:30")
    page.get_by_label("何時まで", exact=True).fill("12:00")
    page.get_by_role("group", name="行き方").get_by_label("歩き").check()
    page.get_by_role("group", name="近づけないもの").get_by_label("ハチ").check()
    page.get_by_role("group", name="こうでないと行けない").get_by_label("話さなくてよい").check()
    page.get_by_label("人数の上限").fill("5")
    page.get_by_role("button", name="保存して候補へ").click()
    heading = page.get_by_role("heading", level=1).inner_text()
    return heading.removesuffix(" の候補")


def agree_on_the_first(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^つなぐ")).first.click()
    page.get_by_label("本人のことば").fill("少しならやってみたい")
    page.get_by_role("button", name="見なおす").click()
    expect(page.get_by_role("region", name="受け入れ先に見えること")).to_contain_text(
        "名前はまだ伝えません"
    )
    page.get_by_role("button", name="約束する").click()
    expect(page.get_by_role("status")).to_contain_text("約束")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_somebody_new_comes_from_the_hearing_to_a_kept_promise(
    small_office: Office, context_of: Contexts, javascript: bool
) -> None:
    page = small_office.enter(context_of(java_script_enabled=javascript).new_page())
    expect(page.get_by_role("heading", level=1)).to_contain_text("きょう")
    code = register_somebody(page, small_office)
    card = page.locator(".candidate").first
    expect(card).to_contain_text("お寺の庭で落ち葉を集める")
    expect(card).to_contain_text("合うところ")
    expect(card).to_contain_text("11月24日(火) 10:00")
    expect(page.locator("main")).not_to_contain_text("%")
    agree_on_the_first(page)
    page.goto(small_office.address)
    row = page.locator(".due").filter(has=page.get_by_role("link", name=code, exact=True))
    expect(row).to_contain_text("お寺の庭で落ち葉を集める")
    row.get_by_role("link", name=re.compile("^記録")).click()
    form = page.locator("form.recording")
    form.get_by_label("話せた").check()
    form.get_by_label("小さな変化").fill("自分から日にちを聞いた")
    form.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("status")).to_contain_text("保存しました")
    expect(
        page.locator(".due").filter(has=page.get_by_role("link", name=code, exact=True))
    ).to_have_count(0)
    page.goto(f"{small_office.address}/people")
    page.get_by_role("link", name=code, exact=True).click()
    expect(page.locator(".flow").first).to_contain_text("自分から日にちを聞いた")
    expect(page.locator("main")).to_contain_text("約束")


def test_recording_takes_three_taps_from_the_queue(
    demo_office: Office, context_of: Contexts
) -> None:
    page = demo_office.enter(context_of().new_page())
    before = page.locator(".due").count()
    # The first row may be a concern, which stays until it is settled.
    rows = page.locator(".due:not(.first)")
    rows.last.get_by_role("link", name=re.compile("^記録")).click()
    page.locator("form.recording").get_by_label("話せた").check()
    page.locator("form.recording").get_by_role("button", name="保存する").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.locator(".due").count() == before - 1


def test_a_mistake_keeps_what_was_written_and_leads_to_its_field(
    small_office: Office, context_of: Contexts
) -> None:
    page = small_office.enter(context_of(java_script_enabled=False).new_page())
    page.goto(f"{small_office.address}/people/new")
    page.get_by_label("圏域").select_option(value="")
    page.get_by_label("してみたいこと、好きなこと").fill("花の水やり")
    page.get_by_role("group", name="来られる曜日").get_by_label("月", exact=True).check()
    page.get_by_label("何時から", exact=True).fill("15:00")
    page.get_by_label("何時まで", exact=True).fill("09:00")
    page.get_by_role("button", name="保存して候補へ").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("直すところが 2 つあります")
    expect(page.get_by_label("してみたいこと、好きなこと")).to_have_value("花の水やり")
    summary.get_by_role("link", name="圏域を選んでください").click()
    assert page.url.endswith("#area")
    assert page.get_by_label("圏域").get_attribute("aria-invalid") == "true"


def test_the_keyboard_alone_signs_in_and_records(demo_office: Office, context_of: Contexts) -> None:
    page = context_of().new_page()
    page.goto(f"{demo_office.address}/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reach(page, "#username")
    page.keyboard.type(demo_office.username)
    page.keyboard.press("Tab")
    page.keyboard.type(demo_office.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("きょう")
    reach(page, "a[href^='/?open=']")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.recording")
    reach(page, "form.recording input[name=result]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("保存しました")


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names."""
    for _ in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def test_signing_out_closes_the_door(small_office: Office, context_of: Contexts) -> None:
    page = small_office.enter(context_of().new_page())
    page.get_by_role("button", name="サインアウト").click()
    page.goto(f"{small_office.address}/people")
    assert "/sign-in?next=/people" in page.url
