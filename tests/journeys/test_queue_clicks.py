"""How many clicks the daily work takes: counted in a browser, with JavaScript and without."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from service.database import open_engine, transaction
from tests.factories import MORNING, PASSWORD, TurnableClock, person_in, seed
from tests.journeys.clicks import Hand
from tests.journeys.conftest import Office
from tests.journeys.office import office_settings, served
from tests.journeys.screenshots import SHOWN

Contexts = Callable[..., BrowserContext]
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
DUE = 11


def chip(page: Page, words: str) -> Locator:
    return page.locator("form.recording label.chip", has_text=words).first


def save(page: Page) -> Locator:
    return page.locator("form.recording").get_by_role("button", name="保存する")


@pytest.fixture
def busy_office(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office in which eleven people at home are waiting for a call."""
    path = tmp_path_factory.mktemp("busy") / "town.db"
    shutil.copy(sqlite_template, path)
    clock = TurnableClock(MORNING)
    engine = open_engine(f"sqlite:///{path}", connections=1)
    with transaction(engine) as session:
        town = seed(session)
        for _ in range(DUE):
            person_in(session, town)
    engine.dispose()
    clock.turn(days=45)
    with served(office_settings(f"sqlite:///{path}"), now=clock) as address:
        yield Office(address, "csw", PASSWORD)


def rows(page: Page) -> Locator:
    return page.locator(".due").filter(has_text="本人")


@BOTH
def test_ten_due_people_take_thirty_clicks_at_most(
    busy_office: Office, context_of: Contexts, javascript: bool
) -> None:
    page = busy_office.enter(context_of(java_script_enabled=javascript).new_page())
    expect(rows(page)).to_have_count(DUE)
    left = page.locator(".due").count()
    hand = Hand(page)
    hand.press(rows(page).first.get_by_role("link", name=re.compile("^記録")))
    for _ in range(10):
        hand.press(chip(page, "話せた"))
        hand.press(save(page))
        left -= 1
        expect(page.get_by_role("status")).to_contain_text(f"あと {left} 件です")
        # the next row stands open, in sight, with nothing in it of the last one
        opened = page.locator(".due.open")
        expect(opened).to_be_in_viewport()
        expect(opened.locator(":checked[name=result]")).to_have_count(0)
    assert hand.presses == 21  # once to begin, and twice for each; thirty would do
    expect(rows(page)).to_have_count(DUE - 10)


def test_the_keyboard_alone_goes_through_the_queue(
    busy_office: Office, context_of: Contexts
) -> None:
    """Tab to the first row; then one key chooses how it went, and Enter saves."""
    page = busy_office.enter(context_of().new_page())
    first = rows(page).first.get_by_role("link", name=re.compile("^記録"))
    first.focus()
    page.keyboard.press("Enter")
    left = page.locator(".due").count()
    for _ in range(3):
        page.wait_for_selector(".due.open")
        for _ in range(8):
            if page.evaluate("document.activeElement.name === 'result'"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        left -= 1
        expect(page.get_by_role("status")).to_contain_text(f"あと {left} 件です")


def going(hand: Hand) -> Page:
    """Open the page of somebody who goes somewhere; from there it is counted."""
    page = hand.page
    page.get_by_role("link", name="人", exact=True).first.click()
    page.get_by_role("link", name=SHOWN, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SHOWN)
    hand.presses = 0
    return page


@pytest.fixture
def hand(demo_office: Office, context_of: Contexts) -> Hand:
    return Hand(demo_office.enter(context_of(java_script_enabled=False).new_page()))


def test_a_mistake_is_put_right_after_two(hand: Hand) -> None:
    page = going(hand)
    hand.press(page.locator(".flow .mend[href*='/contacts/']").first)
    page.get_by_label("ひとこと").fill("棚の前で、しばらく話した")
    hand.press(page.get_by_role("button", name="保存する"))
    expect(page.get_by_role("status")).to_contain_text("保存しました")
    expect(page.locator(".flow").last).to_contain_text("棚の前で、しばらく話した")
    expect(page.locator(".flow details").first).to_contain_text("直す前の記録")
    assert hand.presses == 2


def test_a_day_is_written_down_after_three_and_a_pause_after_two(hand: Hand) -> None:
    page = going(hand)
    hand.press(page.get_by_role("link", name=re.compile("^参加を記録する")).first)
    hand.press(page.locator("label.chip", has_text="いるだけでいられた"))
    hand.press(page.get_by_role("button", name="保存する"))
    expect(page.get_by_role("status")).to_contain_text("保存しました")
    assert hand.presses == 3
    going(hand)
    hand.press(page.get_by_role("link", name=re.compile("^いったん休む")).first)
    hand.press(page.get_by_role("button", name="休む"))
    expect(page.get_by_role("status")).to_contain_text("休み")
    assert hand.presses == 2
