"""Activities come in: by a host on the smallest phone without scripts, and on the telephone.

Presses are counted as the design counts them: typing costs none, a list costs two.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.clicks import Hand
from tests.journeys.conftest import Office
from tests.journeys.looking import LOOKS, WIDE, look

Contexts = Callable[..., BrowserContext]
SMALL = {"width": 320, "height": 560}
DESK = {"width": 1280, "height": 900}
LOADS = ("体を動かす", "人といる", "考える", "音・におい", "責任・時間")


def faultless(page: Page) -> None:
    # The narrowest phone is what these pages are looked at on; axe is what takes the time.
    assert look(page, LOOKS) == {}


@pytest.fixture
def desk(small_office: Office, context_of: Contexts) -> Page:
    return small_office.enter(context_of(viewport=DESK, reduced_motion="reduce").new_page())


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_a_host_registers_on_the_smallest_phone_and_the_office_says_yes(
    small_office: Office, desk: Page, context_of: Contexts
) -> None:
    desk.goto(f"{small_office.address}/activities")
    desk.get_by_role("link", name="お茶の時間にいる", exact=True).click()
    desk.get_by_role("link", name="喫茶みなと", exact=True).click()
    faultless(desk)
    desk.get_by_role("button", name="登録のリンクとQRを作る").click()
    link = desk.locator("#address").input_value()
    plain = context_of(viewport=SMALL, java_script_enabled=False).new_page()
    watched = context_of(
        viewport=SMALL, reduced_motion="reduce"
    ).new_page()  # axe needs scripts; the host has none
    plain.goto(f"{small_office.address}/h/{link.rsplit('/', 1)[1]}")
    for number in range(1, 6):
        assert plain.locator("h1 .count").inner_text() == f"{number} / 5"
        watched.goto(plain.url)
        faultless(watched)
        if number == 1:
            plain.get_by_label("活動の名前").fill("コーヒー豆をより分ける" * 3)
            plain.get_by_label("お茶・コーヒー").check()
        if number == 2:
            plain.get_by_label("毎月 第○曜日").first.check()
            for name in ("第2", "第4", "水"):
                plain.get_by_label(name, exact=True).first.check()
            plain.get_by_label("はじまり").first.fill("10:00")
            plain.get_by_label("おわり").first.fill("11:30")
            plain.get_by_role("button", name="次の日を見てみる").click()
            assert "11月25日(水) 10:00" in plain.locator("#preview").inner_text()
        if number == 3:
            plain.get_by_role("button", name="次へ").click()
            assert "人まで受けられるか" in plain.get_by_role("alert").inner_text()
            plain.get_by_label("一度に、何人まで受けられますか").fill("2")
        name = "事務所に送る" if number == 5 else "次へ"
        plain.get_by_role("button", name=name).click()
        plain.wait_for_load_state()
        assert not plain.evaluate(WIDE)
    assert plain.get_by_role("status").filter(has_text="届きました").count() == 1
    hand = Hand(desk)
    desk.goto(f"{small_office.address}/")
    hand.press(desk.get_by_role("link", name="見て、登録する"))
    faultless(desk)
    hand.press(desk.get_by_role("link", name="喫茶みなと: コーヒー豆"))
    faultless(desk)
    hand.press(desk.get_by_role("button", name="登録する", exact=True))
    assert desk.get_by_role("heading", level=1).inner_text().startswith("コーヒー豆")
    assert hand.presses == 3


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_a_new_activity_on_the_telephone_and_its_sheet_take_few_presses(
    small_office: Office, desk: Page
) -> None:
    desk.goto(f"{small_office.address}/activities")
    desk.get_by_role("link", name="お茶の時間にいる", exact=True).click()
    desk.get_by_role("link", name="喫茶みなと", exact=True).click()
    hand = Hand(desk)
    hand.press(desk.get_by_role("link", name="電話で聞いて登録する"))
    faultless(desk)
    desk.get_by_label("活動の名前").fill("皿をふく")
    hand.tick(desk.get_by_label("そうじ", exact=True))
    hand.tick(desk.get_by_label("毎週", exact=True).first)
    hand.tick(desk.get_by_label("火", exact=True).first)
    desk.get_by_label("はじまり").first.fill("14:00")
    desk.get_by_label("おわり").first.fill("15:00")
    hand.tick(desk.get_by_label("30分", exact=True))
    desk.get_by_label("一度に、何人まで受けられますか").fill("1")
    hand.tick(desk.get_by_label("いるだけでよい", exact=True))
    for load in LOADS:
        hand.tick(desk.get_by_role("group", name=load).get_by_role("radio").nth(2))
    hand.tick(desk.get_by_label("とくにない", exact=True))
    hand.press(desk.get_by_role("button", name="下書きにする"))
    assert desk.get_by_role("heading", level=1).inner_text() == "皿をふく"
    assert "毎週 火曜 14:00〜15:00" in desk.locator(".sides").first.inner_text()
    assert hand.presses == 13  # the design counts about twelve
    desk.get_by_role("button", name="登録する", exact=True).click()
    desk.get_by_role("link", name="いつを直す").click()
    faultless(desk)
    desk.goto(f"{small_office.address}/activities")
    hand = Hand(desk)
    desk.get_by_label("ことばでさがす").fill("皿をふく")
    hand.press(desk.get_by_role("button", name="さがす"))
    faultless(desk)
    hand.press(
        desk.locator(".listed").filter(has_text="皿をふく").get_by_role("link", name="シート")
    )
    assert hand.presses == 2  # and the third is the browser's own print
    assert desk.locator("article.paper").count() == 1
