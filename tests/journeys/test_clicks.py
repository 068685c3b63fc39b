"""The clicks that design counts for the main jobs of the page of candidates, from today's page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.clicks import Hand
from tests.journeys.conftest import Office
from tests.journeys.screenshots import SHOWN

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def hand(demo_office: Office, context_of: Contexts) -> Hand:
    """A hand on today's page; without JavaScript, which may only make it fewer."""
    page = demo_office.enter(context_of(java_script_enabled=False).new_page())
    expect(page.get_by_role("heading", level=1)).to_contain_text("きょう")
    return Hand(page)


def open_candidates(hand: Hand) -> Page:
    """Go to somebody's candidates over the list of people: two presses."""
    page = hand.page
    hand.press(page.get_by_role("link", name="人", exact=True))
    hand.press(page.get_by_role("link", name=re.compile(f"{SHOWN} の ?候補")))
    return page


def test_somebody_new_has_proposals_after_fourteen(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_role("link", name="人", exact=True))
    hand.press(page.get_by_role("link", name="新しい人"))
    hand.choose(page.get_by_label("圏域"), "川べり")
    page.get_by_label("してみたいこと、好きなこと").fill("庭の手入れなら、静かにやれる")
    for dimension in ("体を動かす", "人といる", "考える", "音・におい", "責任・時間"):
        hand.tick(page.get_by_role("group", name=dimension).get_by_role("radio").nth(3))
    for day in ("火", "木"):
        days = page.get_by_role("group", name="来られる曜日")
        hand.tick(days.get_by_label(day, exact=True))
    hand.tick(page.get_by_role("group", name="行き方").get_by_label("歩き"))
    hand.tick(page.get_by_role("group", name="近づけないもの").get_by_label("ハチ"))
    hand.press(page.get_by_role("button", name="保存して候補へ"))
    # the code is given by the house
    assert re.fullmatch(r"\S+\d+ の候補", page.get_by_role("heading", level=1).inner_text())
    assert page.locator(".candidate").count() >= 1
    assert hand.presses <= 14


def test_a_trial_is_agreed_after_six(hand: Hand) -> None:
    page = open_candidates(hand)
    hand.press(page.get_by_role("link", name=re.compile("^つなぐ")).last)
    for prefilled in ("はじめの日", "1回の長さ"):
        assert page.get_by_label(prefilled).input_value()
    hand.press(page.get_by_role("button", name="見なおす"))
    hand.press(page.get_by_role("button", name="約束する"))
    expect(page.get_by_role("status")).to_contain_text("約束")
    assert hand.presses <= 6


def test_three_sheets_lie_ready_for_the_printer_after_six(hand: Hand) -> None:
    page = open_candidates(hand)
    for number in range(3):
        hand.tick(page.get_by_label(re.compile("^選ぶ")).nth(number))
    hand.press(page.get_by_role("button", name="紹介シートを印刷する"))
    assert page.locator(".paper").count() == 3
    assert hand.presses <= 6


def test_one_sheet_of_a_known_activity_lies_ready_after_three(hand: Hand) -> None:
    page = hand.page
    hand.press(page.get_by_role("link", name="活動", exact=True))
    hand.press(page.locator("main .things a").first)
    hand.press(page.get_by_role("link", name="紹介シートを印刷する"))
    assert page.locator(".paper").count() == 1
    assert hand.presses <= 3


def test_a_wish_that_found_no_place_is_kept_after_two(hand: Hand) -> None:
    page = open_candidates(hand)
    hand.presses = 0  # design counts from the candidates
    hand.press(page.get_by_role("link", name="合う場がない"))
    field = page.get_by_label("本人のことばで")
    expect(field).to_be_in_viewport()
    assert field.input_value()  # in the person's words, as they were heard
    hand.press(page.get_by_role("button", name="希望として残す"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(SHOWN)
    assert hand.presses <= 2


def test_the_hand_counts_what_it_does_and_nothing_else(context_of: Contexts) -> None:
    page = context_of().new_page()
    page.set_content(
        "<label><input type=radio name=a checked>one</label>"
        "<label><input type=radio name=a>two</label>"
        "<select aria-label=three><option>x<option>y</select><button>go</button>"
    )
    hand = Hand(page)
    hand.tick(page.get_by_label("one"))
    assert hand.presses == 0
    hand.tick(page.get_by_label("two")).press(page.get_by_role("button"))
    assert hand.presses == 2
    hand.choose(page.get_by_label("three"), "x").choose(page.get_by_label("three"), "y")
    assert hand.presses == 4
