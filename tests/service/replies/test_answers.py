"""What a host answers through a link: once, by nothing but an answer, and what follows from it."""

from typing import Any

import pytest
from sqlalchemy import Connection
from sqlmodel import Session, select

from service.contacts.tables import Contact
from service.hosts.tables import HostLink
from service.placements.lifecycle import Actor
from service.placements.tables import PlacementMove
from service.replies.tables import Reply
from tests.factories import MORNING, TurnableClock
from tests.migrations.rows import counts
from tests.service.replies.conftest import API, Desk

GOES = ("can", "not_now")
STAYS = ("other_day", "rest", "fewer")
MORE: dict[str, dict[str, Any]] = {"rest": {"until": "2026-12-20"}, "fewer": {"people": 1}}


def test_a_yes_makes_the_agreement_with_history_contact_and_place(
    desk: Desk, session: Session
) -> None:
    token = desk.linked(desk.asked())
    answer = desk.answered(token, "can")
    assert answer.status_code == 200, answer.text
    assert answer.json()["reply"] == {"answer": "can", "until": None, "people": None, "remark": ""}
    found = desk.read(f"placements/{desk.placement}")
    assert (found["status"], found["places"]["taken"]) == ("agreed", 1)
    *_, last = session.exec(select(PlacementMove).order_by(PlacementMove.position)).all()
    assert (last.actor, last.account_id, last.to_status) == (Actor.HOST_LINK, None, "agreed")
    [contact] = session.exec(select(Contact)).all()
    assert (contact.recorded_by, contact.direction, contact.what) == (
        None,
        "received",
        "お返事: できる",
    )


def test_a_no_passes_the_placement_from_the_hosts_side(desk: Desk) -> None:
    desk.answered(desk.linked(desk.asked()), "not_now")
    found = desk.read(f"placements/{desk.placement}")
    assert (found["status"], found["end_side"], found["places"]["taken"]) == ("passed", "host", 0)


@pytest.mark.parametrize("answer", STAYS)
def test_what_is_neither_leaves_the_placement_asked_and_raises_a_row_for_the_next_day(
    desk: Desk, answer: str, turnable_clock: TurnableClock
) -> None:
    def rows() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = desk.read("follow-ups")["items"]
        return [each for each in items if each["side"] == "host" and each["placement_id"]]

    turnable_clock.turn(days=3)  # a Monday, on which nothing is owed yet
    assert rows() == []
    desk.answered(
        desk.linked(desk.asked()), answer, remark="火曜は法事です", **MORE.get(answer, {})
    )
    assert desk.status == "asked"
    turnable_clock.turn(days=1)
    [row] = rows()
    assert row["placement_id"] == desk.placement


def test_without_an_answer_there_is_no_such_row_so_soon(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    desk.linked(desk.asked())
    turnable_clock.turn(days=4)
    assert [e for e in desk.read("follow-ups")["items"] if e["side"] == "host"] == []


def test_what_troubles_a_host_after_a_visit_stands_first_in_the_queue(desk: Desk) -> None:
    desk.moved("host_accepts", minutes=30, first_on="2026-11-20")
    desk.moved("begin")
    desk.answered(desk.linked(desk.asked("after")), "troubled", remark="道具の場所が分からない様子")
    rows = desk.read("follow-ups")["items"]
    first = {(each["occasion"], each["side"]) for each in rows[:2]}
    assert first == {("concern", "host"), ("concern", "person")}
    [concern] = desk.read(f"concerns?placement_id={desk.placement}")["items"]
    assert (concern["side"], concern["words"]) == (
        "host",
        "お返事: 少し困った。道具の場所が分からない様子",
    )


def test_a_good_day_is_written_down_and_raises_nothing(desk: Desk) -> None:
    desk.moved("host_accepts", minutes=30, first_on="2026-11-20")
    desk.moved("begin")
    desk.answered(desk.linked(desk.asked("after")), "fine")
    assert desk.read(f"concerns?placement_id={desk.placement}")["items"] == []
    [contact] = desk.read(f"contacts?placement_id={desk.placement}")["items"]
    assert contact["what"] == "お返事: 問題なし"


def test_the_same_answer_again_is_the_same_result_and_does_nothing_twice(
    desk: Desk, session: Session
) -> None:
    token = desk.linked(desk.asked())
    first, second = desk.answered(token, "can"), desk.answered(token, "can")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert len(session.exec(select(Reply)).all()) == 1
    assert len(session.exec(select(Contact)).all()) == 1


def test_another_answer_afterwards_changes_nothing_and_points_to_the_telephone(desk: Desk) -> None:
    token = desk.linked(desk.asked())
    desk.answered(token, "can")
    answer = desk.answered(token, "not_now")
    assert (answer.status_code, answer.json()["title"]) == (409, "AnsweredOtherwise")
    assert desk.status == "agreed"


def test_one_answer_counts_for_all_links_of_the_question(desk: Desk) -> None:
    inquiry = desk.asked()
    first, second = desk.linked(inquiry), desk.linked(inquiry)
    desk.answered(first, "can")
    assert desk.answered(second, "can").status_code == 200
    assert desk.answered(second, "not_now").status_code == 409


def test_to_look_is_not_to_answer_however_often_and_by_whom(
    desk: Desk, connection: Connection
) -> None:
    token = desk.linked(desk.asked())
    before = counts(connection)
    for _ in range(3):
        assert desk.host.get(f"/h/{token}").status_code == 200
        assert desk.host.get(f"{API}/host/{token}/inquiry").json()["reply"] is None
        desk.host.head(f"/h/{token}")
    after = counts(connection)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"access_record", "chain_head", "throttle"}
    assert desk.status == "asked"
    assert desk.answered(token, "can").status_code == 200


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("fine", {}),
        ("yes", {}),
        ("rest", {}),
        ("rest", {"until": "2026-11-20"}),
        ("rest", {"until": "2028-01-01"}),
        ("can", {"until": "2026-12-20"}),
        ("fewer", {}),
        ("fewer", {"people": -1}),
        ("can", {"people": 2}),
        ("can", {"status": "agreed"}),
        ("can", {"remark": "a\u202eb"}),
    ],
)
def test_what_is_no_answer_to_this_question_is_refused_and_uses_nothing_up(
    desk: Desk, answer: str, more: dict[str, Any]
) -> None:
    token = desk.linked(desk.asked())
    assert desk.answered(token, answer, **more).status_code == 422
    assert desk.answered(token, "can").status_code == 200


def test_a_link_closes_at_the_end_of_the_seventh_day_after_its_day(
    desk: Desk, session: Session, turnable_clock: TurnableClock
) -> None:
    token = desk.linked(desk.asked(about_on="2026-11-24"))
    [link] = session.exec(select(HostLink)).all()
    # Until the 1st of December in Japan: it closes as the 2nd begins, at 15:00 UTC.
    turnable_clock.turn(days=11, hours=15, seconds=-1)
    assert turnable_clock.at.date().isoformat() == "2026-12-01"
    assert desk.host.get(f"/h/{token}").status_code == 200
    turnable_clock.turn(seconds=2)
    assert desk.host.get(f"/h/{token}").status_code == 404
    assert desk.answered(token, "can").status_code == 404
    assert link.expires_at.replace(tzinfo=MORNING.tzinfo) > MORNING


def test_an_inquiry_that_has_ended_is_as_unknown_as_any_other(desk: Desk) -> None:
    token = desk.linked(desk.asked())
    desk.moved("pass", side="person")
    assert desk.host.get(f"/h/{token}").status_code == 404
    assert desk.answered(token, "can").status_code == 404
    assert desk.status == "passed"


def test_a_revoked_link_opens_nothing_and_a_new_one_does(desk: Desk, session: Session) -> None:
    inquiry = desk.asked()
    token = desk.linked(inquiry)
    [link] = session.exec(select(HostLink)).all()
    desk.done(f"host-links/{link.id}/revocation")
    assert desk.answered(token, "can").status_code == 404
    assert desk.answered(desk.linked(inquiry), "can").status_code == 200


@pytest.mark.parametrize("answer", [*GOES, *STAYS])
def test_an_answer_by_telephone_does_what_the_same_by_a_link_does(
    desk: Desk, answer: str, session: Session
) -> None:
    inquiry = desk.asked()
    path = f"inquiries/{inquiry['id']}/reply"
    heard = desk.done(path, answer=answer, channel="fax", **MORE.get(answer, {}))
    expected = {"can": "agreed", "not_now": "passed"}.get(answer, "asked")
    assert desk.status == expected
    assert heard["reply"]["upshot"] == ("left" if answer in STAYS else "moved")
    [contact] = session.exec(select(Contact)).all()
    assert (contact.channel, contact.recorded_by) == ("fax", desk.town.accounts["csw"].id)
    moves = session.exec(select(PlacementMove).order_by(PlacementMove.position)).all()
    if answer in GOES:
        assert moves[-1].actor is Actor.CSW


def test_a_yes_that_comes_when_no_place_is_left_is_left_for_a_person(
    desk: Desk, session: Session
) -> None:
    slot = desk.town.slots["leaves"][0]
    token = desk.linked(desk.asked())
    path = f"{API}/slots/{slot.id}"
    assert desk.staff.patch(path, json={"capacity": 0}).status_code == 200
    assert desk.answered(token, "can").status_code == 200
    assert desk.status == "asked"
    [reply] = session.exec(select(Reply)).all()
    assert reply.upshot == "left"


def test_a_question_that_ended_stays_ended_when_the_placement_is_opened_again(desk: Desk) -> None:
    token = desk.linked(desk.asked())
    desk.moved("pass", side="team")
    desk.moved("reopen")
    desk.moved("want")
    desk.moved("ask")
    assert desk.answered(token, "can").status_code == 404
    assert desk.answered(desk.linked(desk.asked()), "can").status_code == 200
