"""A host registers an activity by its link: screen by screen, and nothing is offered before us."""

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.repository import revision
from catalogue.tables import Activity, Host
from service.hosting.tables import Registration
from tests.factories import TurnableClock
from tests.service.browsing import OWN, led_to, main_of
from tests.service.hosting.conftest import CARE, WHAT, WHEN, WHO, Desk


def page(desk: Desk, path: str) -> str:
    answer = desk.host.get(path, headers=OWN)
    assert answer.status_code == 200
    return main_of(answer)


def test_five_screens_lead_to_a_draft_and_only_our_word_makes_it_an_activity(
    desk: Desk, session: Session
) -> None:
    before = revision(session, desk.town.municipality.id)
    token = desk.linked()
    assert led_to(desk.wrote(token, "what", WHAT)).endswith("/activity/when")
    assert led_to(desk.wrote(token, "when", WHEN)).endswith("/activity/who")
    assert led_to(desk.wrote(token, "who", WHO)).endswith("/activity/care")
    assert led_to(desk.wrote(token, "care", CARE)).endswith("/activity/check")
    check = page(desk, f"/h/{token}/activity/check")
    assert "毎月 第2・第4水曜 10:00〜11:30。祝日と年末年始は休み" in check
    assert "11月25日(水) 10:00" in check
    assert desk.wrote(token, "check", {"telephone": "0770-00-1111"}).status_code == 303
    assert "届きました" in page(desk, f"/h/{token}")
    assert "活動の登録が 1 件 届いています" in desk.read("/")
    titles = [each.title for each in session.exec(select(Activity))]
    assert "庭の草とり" not in titles
    assert revision(session, desk.town.municipality.id) == before
    (registration,) = desk.waiting()
    made = desk.activity(desk.accepted(registration))
    expected = {
        "title": "庭の草とり", "area": "east", "capacity": 2, "facets": ["plants"],
        "setting": "outdoor", "minutes": {"min": 30, "max": 30}, "hazards": ["bees", "heat"],
        "fee_yen": 0, "to_bring": "軍手", "worry": "夏の水やり", "just_being_ok": True,
        "no_talk_ok": True, "leave_any_time": None, "open": True,
        "when": "毎月 第2・第4水曜 10:00〜11:30。祝日と年末年始は休み",
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    assert made["load"] == {
        "physical": 2, "social": 1, "cognitive": None, "sensory": None, "pressure": None
    }  # fmt: skip
    (line,) = made["schedule"]
    assert (line["rrule"], line["holidays"]) == ("FREQ=MONTHLY;BYDAY=2WE,4WE", "closed")
    session.expire_all()
    assert session.get_one(Host, desk.town.hosts["temple"].id).telephone == "0770-00-1111"
    assert "登録しました" in page(desk, f"/h/{token}")
    assert desk.waiting() == []
    assert "届いています" not in desk.read("/")


def test_after_the_telephone_rang_the_same_link_goes_on_where_it_stopped(desk: Desk) -> None:
    token = desk.linked()
    assert "1 / 5" in page(desk, f"/h/{token}")
    desk.wrote(token, "what", WHAT)
    assert "2 / 5" in page(desk, f"/h/{token}")
    again = desk.host.get(f"/h/{token}/activity/what", headers=OWN).text
    assert 'value="庭の草とり"' in again
    assert "自分の早さで" in again
    assert "もどる" in page(desk, f"/h/{token}/activity/when")


def test_what_has_to_be_put_right_is_said_and_kept_all_the_same(desk: Desk) -> None:
    token = desk.linked()
    wrong = {**WHEN, "end-0": "09:00", "days-0": []}
    answer = desk.wrote(token, "when", wrong)
    assert answer.status_code == 422
    assert "終わりの時刻を、はじまりよりあとにしてください" in main_of(answer)
    assert "曜日を選んでください" in main_of(answer)
    assert 'value="09:00"' in desk.host.get(f"/h/{token}/activity/when", headers=OWN).text
    unsaid = desk.wrote(token, "check")
    assert unsaid.status_code == 422
    for sentence in ("活動の名前を書いてください", "一度に何人まで"):
        assert sentence in main_of(unsaid)
    assert desk.waiting() != []
    assert "届きました" not in desk.read("/registrations")


def test_the_next_days_can_be_looked_at_before_going_on(desk: Desk) -> None:
    token = desk.linked()
    answer = desk.wrote(token, "when", {**WHEN, "then": "preview"})
    assert led_to(answer) == f"/h/{token}/activity/when#preview"
    shown = page(desk, f"/h/{token}/activity/when")
    assert "12月9日(水) 10:00" in shown
    monday = {**WHEN, "pattern-0": "weekly", "days-0": "0", "then": "preview"}
    desk.wrote(token, "when", monday)
    assert "11月23日(月) 10:00 勤労感謝の日・お休み" in page(desk, f"/h/{token}/activity/when")


def test_asked_back_the_host_reads_why_and_sends_again(desk: Desk) -> None:
    token = desk.linked()
    desk.filled_in(token)
    (registration,) = desk.waiting()
    path = f"/registrations/{registration}"
    bare = desk.posted(f"{path}/question", version=desk.version(registration), word="")
    assert bare.status_code == 422
    assert "伝えることばを書いてください" in main_of(bare)
    word = "雨の日はどうしますか"
    desk.done(f"{path}/question", version=desk.version(registration), word=word)
    shown = page(desk, f"/h/{token}/activity/what")
    assert word in shown
    desk.wrote(token, "what", {**WHAT, "description": "雨の日は中で"})
    assert led_to(desk.wrote(token, "check")) == f"/h/{token}"
    assert "雨の日は中で" in desk.read(path)


def test_declined_the_host_reads_the_word_and_writes_no_more(desk: Desk) -> None:
    token = desk.linked()
    desk.filled_in(token)
    (registration,) = desk.waiting()
    path = f"/registrations/{registration}/refusal"
    desk.done(path, version=desk.version(registration), word="今は近くに似た活動があります")
    assert "今は近くに似た活動があります" in page(desk, f"/h/{token}")
    assert led_to(desk.wrote(token, "what", WHAT)) == f"/h/{token}"
    assert led_to(desk.wrote(token, "check")) == f"/h/{token}"
    assert desk.waiting() == []
    late = desk.posted(f"/registrations/{registration}/acceptance", version="99")
    assert late.status_code == 409
    assert "もう決まっています" in main_of(late)


def test_what_the_host_changed_after_it_was_looked_at_is_not_accepted_unseen(desk: Desk) -> None:
    token = desk.linked()
    desk.filled_in(token)
    (registration,) = desk.waiting()
    seen = desk.version(registration)
    desk.wrote(token, "who", {**WHO, "capacity": "9"})
    answer = desk.posted(f"/registrations/{registration}/acceptance", version=seen)
    assert answer.status_code == 409
    assert "9人" in main_of(answer)
    assert desk.activity(desk.accepted(registration))["capacity"] == 9


@pytest.mark.parametrize("screen", ["", "/activity/what", "/activity/check"])
def test_a_link_that_is_over_or_made_up_opens_nothing(
    desk: Desk, turnable_clock: TurnableClock, screen: str
) -> None:
    token = desk.linked()
    assert desk.host.get(f"/h/{'x' * 43}{screen}").status_code == 404
    turnable_clock.turn(days=15)
    assert desk.host.get(f"/h/{token}{screen}").status_code == 404
    assert desk.wrote(token, "what", WHAT).status_code == 404


def test_a_question_s_link_opens_no_registration_and_the_other_way_round(desk: Desk) -> None:
    asked = desk.staff.post("/api/v1/inquiries", json={"purpose": "own", "host_id": desk.temple})
    made = desk.staff.post(f"/api/v1/inquiries/{asked.json()['id']}/links", json={})
    assert desk.host.get(f"/h/{made.json()['token']}/activity/what").status_code == 404
    token = desk.linked()
    assert desk.host.get(f"/api/v1/host/{token}").status_code == 404
    assert desk.host.get(f"/api/v1/host/{token}/inquiry").status_code == 404
    answer = desk.host.post(f"/h/{token}", data={"sent": "yes", "answer": "can"}, headers=OWN)
    assert answer.status_code == 404


def test_another_site_and_a_robot_write_nothing(desk: Desk) -> None:
    token = desk.linked()
    path = f"/h/{token}/activity/what"
    foreign = {"sec-fetch-site": "cross-site", "accept": "text/html"}
    sent = {"sent": "yes", **WHAT}
    assert desk.host.post(path, data=sent, headers=foreign).status_code == 403
    assert desk.host.post(path, data=WHAT, headers=OWN).status_code == 403
    assert "1 / 5" in page(desk, f"/h/{token}")


def test_what_can_be_stored_nowhere_is_told_and_not_kept(desk: Desk, session: Session) -> None:
    token = desk.linked()
    answer = desk.wrote(token, "what", {**WHAT, "title": "草\0とり", "description": "あ" * 5000})
    assert answer.status_code == 422
    assert "目に見えない文字があります" in main_of(answer)
    (kept,) = session.exec(select(Registration))
    assert "title" not in kept.said
    assert "description" not in kept.said


def test_the_page_of_a_link_tells_nobody_where_it_was(desk: Desk) -> None:
    token = desk.linked()
    for screen in ("", "/activity/when", "/activity/check"):
        answer = desk.host.get(f"/h/{token}{screen}", headers=OWN)
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["cache-control"] == "no-store"


def test_a_link_can_be_ended_and_another_one_be_made(desk: Desk) -> None:
    token = desk.linked()
    (registration,) = desk.waiting()
    link = desk.registered_link()
    assert desk.done(f"/host-links/{link}/revocation") == f"/registrations/{registration}"
    assert desk.host.get(f"/h/{token}").status_code == 404
    second = desk.linked(f"/registrations/{registration}/links")
    assert desk.host.get(f"/h/{second}").status_code == 200


def test_a_host_that_is_asked_to_look_through_its_activity_changes_only_what_it_says(
    desk: Desk, client: TestClient
) -> None:
    before = desk.activity(desk.leaves)
    token = desk.linked(f"/activities/{desk.leaves}/registrations", then="link")
    assert "5 / 5" in page(desk, f"/h/{token}")
    fields = {"title": before["title"], "description": "落ち葉と、ときどき草"}
    assert led_to(desk.wrote(token, "what", fields | {"setting": "outdoor"})).endswith("/check")
    desk.wrote(token, "check")
    (registration,) = desk.waiting()
    shown = desk.read(f"/registrations/{registration}")
    assert "このとおり変える" in shown
    assert desk.accepted(registration) == desk.leaves
    after = desk.activity(desk.leaves)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed == {"description", "version", "when"}
    assert after["when"] == "毎週 火曜 10:00〜11:30"
