"""The pages of many activities, strange titles, and who is offered what on them."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, update

from catalogue.tables import Activity, Host, Slot
from tests.factories import Town
from tests.service.browsing import look, main_of

# What is looked at here is read from forms and pages: the database stands behind other tests.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
PAGE = {"accept": "text/html"}
NEVER = ("欠席", "ケース", "対象者", "苦情", "不適合", "面接", "障害", "None", "null")


def test_many_activities_are_paged_through_within_their_area_and_each_is_named_once(
    client: TestClient, session: Session, town: Town
) -> None:
    east, west = town.areas["east"].id, town.areas["west"].id
    for number in range(102):
        area = east if number < 100 else west
        session.add(
            Activity(municipality_id=town.municipality.id, host_id=town.hosts["temple"].id,
                     area_id=area, ref=f"many{number}", title=f"出番{number:03d}", terms={})
        )  # fmt: skip
    session.flush()
    for path, expected in ((f"/activities?area={east}", 102), ("/activities", 106)):
        seen: list[str] = []
        following: str | None = path
        while following:
            page = client.get(following, headers=PAGE)
            seen += re.findall(r'href="/activities/([0-9a-f-]{36})"', page.text)
            found = re.search(r'href="(/activities\?after=[^"]*)"', page.text)
            following = unescape(found[1]) if found else None
        assert (len(seen), len(set(seen))) == (expected, expected), path


def test_an_area_that_is_none_of_ours_narrows_nothing_and_a_broken_cursor_is_a_mistake(
    client: TestClient, elsewhere: Town
) -> None:
    whole = look(client, "/activities")
    assert look(client, f"/activities?area={elsewhere.areas['east'].id}") == whole
    assert look(client, "/activities?area=north") == whole
    for wrong in ("after=1", f"area={'x' * 37}", "area=a%00b"):
        page = client.get(f"/activities?{wrong}", headers=PAGE)
        assert page.status_code == 422, wrong
        assert [word for word in NEVER if word in main_of(page)] == []


def test_what_people_wrote_of_an_activity_is_words_and_never_a_page(
    client: TestClient, session: Session, town: Town
) -> None:
    leaves = session.get_one(Activity, town.activities["leaves"].id)
    planted = "<script>alert(1)</script>"
    words = {name: f"{planted}{name}" for name in ("plain_title", "description", "when", "dose")}
    leaves.title, leaves.terms = f"{planted}題", leaves.terms | words
    session.exec(update(Host).values(name=f"{planted}寺", telephone='"><b>0770'))
    session.flush()
    for path in (
        "/activities",
        f"/activities/{leaves.id}",
        f"/activities/{leaves.id}/inquiries/new",
    ):
        page = client.get(path, headers=PAGE)
        assert page.status_code == 200
        assert planted not in page.text
        assert '"><b>' not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_full_a_closed_and_an_unknown_activity_say_what_they_are(
    client: TestClient, session: Session, town: Town
) -> None:
    full, closed = town.activities["last_place"], town.activities["closed"]
    session.exec(update(Slot).where(col(Slot.activity_id) == full.id).values(taken=1))
    session.expire_all()
    assert "枠は1人分。いまは空きがありません。" in look(client, f"/activities/{full.id}")
    assert "いまはお休み" in look(client, f"/activities/{closed.id}")
    bare = Activity(
        municipality_id=town.municipality.id,
        host_id=town.hosts["cafe"].id,
        area_id=town.areas["west"].id,
        ref="bare",
        title="まだ何も",
        terms={},
    )
    session.add(bare)
    session.flush()
    words = look(client, f"/activities/{bare.id}")
    assert "まだ聞いていない" in words
    assert "枠は0人分" in words
    assert [word for word in NEVER if word in words] == []


def test_only_who_works_with_people_is_led_to_ask_a_host(
    client_of: Callable[[str], TestClient], town: Town
) -> None:
    path = f"/activities/{town.activities['tea'].id}"
    for role, led in (("csw", True), ("csw_west", True), ("coordinator", True),
                      ("officer", False), ("admin", False)):  # fmt: skip
        client = client_of(role)
        page, listed = client.get(path, headers=PAGE), client.get("/activities", headers=PAGE)
        assert page.status_code == listed.status_code == 200
        assert (f'href="{path}/inquiries/new"' in page.text) is led, role
        assert ('href="/hosts/health"' in listed.text) is led, role
        asked = client.get(f"{path}/inquiries/new", headers=PAGE)
        assert asked.status_code == (200 if led else 403), role


def test_the_list_is_narrowed_by_words_way_day_and_load_and_says_what_is_unknown(
    client: TestClient, town: Town
) -> None:
    east = town.areas["east"].id
    # The temple is 144 m from the middle of the east: 188 m on the road, 2 minutes at 80 m each;
    # the café is 3.6 km away.
    near = look(client, f"/activities?area={east}&within=10")
    assert "お寺の庭で落ち葉を集める" in near
    assert "歩いて2分" in near
    assert "お茶の時間にいる" not in near
    nowhere = look(client, "/activities?within=10")
    assert "圏域を一つ選んでください" in nowhere
    assert "お茶の時間にいる" in nowhere
    assert "お寺の庭で落ち葉を集める" not in look(client, "/activities?day=2")
    quiet = look(client, "/activities?social=0&staying=true")
    assert "お茶の時間にいる" not in quiet
    assert "写経の紙をそろえる" in quiet
    assert "見つかる活動は、ありません" in look(client, "/activities?q=zzzz")
    assert "夏の氷" in look(client, "/activities?q=夏&day=99&within=3&social=x")  # no choices


def test_paging_keeps_what_was_looked_for(client: TestClient, session: Session, town: Town) -> None:
    for number in range(60):
        session.add(
            Activity(municipality_id=town.municipality.id, host_id=town.hosts["temple"].id,
                     area_id=town.areas["east"].id, ref=f"o{number}", title=f"折り紙{number:02d}",
                     terms={"just_being_ok": True})
        )  # fmt: skip
    session.flush()
    page = client.get("/activities?q=折り紙&staying=true", headers=PAGE).text
    following = re.search(r'href="(/activities\?after=[^"]*)"', page)
    assert following is not None
    assert "折り紙49" in page
    last = look(client, unescape(following[1]))
    assert "折り紙50" in last
    assert "お寺の庭" not in last
    assert "60件" in last
