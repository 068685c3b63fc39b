"""Answers that waited: drawn into cases later, and no broken one holds up the others."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from catalogue.repository import heard_in, revision
from catalogue.tables import Activity, Host
from service.audit.tables import AccessRecord, Act
from service.contacts.tables import Concern, Contact
from service.contacts.words import Channel
from service.hosts.repository import began
from service.placements.tables import PlacementMove
from service.replies import applying, repository
from service.replies.rules import Answer, Upshot
from service.replies.tables import Inquiry, Reply
from tests.factories import MORNING, TEAM, Town, TurnableClock, person_in
from tests.service.replies.conftest import API, Desk


def waiting(session: Session, inquiry: dict[str, Any], answer: Answer, **more: Any) -> Reply:
    """Keep an answer as the host side does: nothing is drawn from it yet."""
    asked = session.get_one(Inquiry, UUID(inquiry["id"]))
    reply = Reply(
        municipality_id=asked.municipality_id,
        inquiry_id=asked.id,
        person_id=asked.person_id,
        channel=Channel.MESSAGE,
        answer=answer,
        **({"answered_at": MORNING, "remark": ""} | more),
    )
    session.add(reply)
    session.flush()
    return reply


def written(session: Session, person_id: UUID) -> list[tuple[str, UUID | None]]:
    """Return by whom something was written in somebody's record because a host answered."""
    query = select(AccessRecord).where(
        AccessRecord.person_id == person_id,
        AccessRecord.resource == "reply",
        AccessRecord.act == Act.WRITE,
    )
    return [(each.role, each.account_id) for each in session.exec(query)]


def test_an_answer_that_is_drawn_days_later_happened_on_the_day_it_was_given(
    desk: Desk, session: Session, turnable_clock: TurnableClock
) -> None:
    waiting(session, desk.asked(), Answer.CAN)
    turnable_clock.turn(days=3)  # over a weekend and a holiday nobody worked
    assert desk.status == "agreed"
    *_, last = session.exec(select(PlacementMove).order_by(col(PlacementMove.position))).all()
    assert last.occurred_on == date(2026, 11, 20)
    assert last.recorded_at.date() == date(2026, 11, 23)
    [contact] = session.exec(select(Contact)).all()
    assert contact.occurred_on == date(2026, 11, 20)
    assert contact.recorded_at.date() == date(2026, 11, 23)


def test_nobody_who_looks_sees_an_answer_without_what_follows_from_it(
    desk: Desk, session: Session, client_of: Callable[[str], TestClient]
) -> None:
    colleague = client_of("coordinator")
    reply = waiting(session, desk.asked(), Answer.NOT_NOW)
    shown = colleague.get(f"{API}/inquiries").json()["items"]
    [own] = [each for each in shown if each["reply"]]
    assert (own["reply"]["upshot"], own["reply"]["applied_at"] is None) == ("moved", False)
    session.refresh(reply)
    assert reply.upshot is Upshot.MOVED
    assert desk.status == "passed"


def test_whoever_does_not_work_with_people_draws_nothing_into_a_case(
    desk: Desk, session: Session, client_of: Callable[[str], TestClient]
) -> None:
    clients = [client_of(role) for role in ("officer", "admin")]
    reply = waiting(session, desk.asked(), Answer.CAN)
    for client in clients:
        assert client.get(f"{API}/hosts").status_code == 200
    session.refresh(reply)
    assert reply.applied_at is None


def test_a_neighbours_worker_draws_none_of_our_answers(
    desk: Desk, session: Session, elsewhere: Town, client_of: Callable[[str], TestClient]
) -> None:
    stranger = client_of("csw_elsewhere")
    reply = waiting(session, desk.asked(), Answer.CAN)
    assert stranger.get(f"{API}/people").status_code == 200
    session.refresh(reply)
    assert reply.applied_at is None
    assert repository.municipalities_waiting(session) == [desk.town.municipality.id]
    assert desk.status == "agreed"
    assert repository.municipalities_waiting(session) == []


def test_one_answer_that_breaks_keeps_neither_the_office_nor_the_others_waiting(
    desk: Desk,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def break_down(_scene: applying.Scene) -> Upshot:
        raise ZeroDivisionError("needle of somebody")

    monkeypatch.setitem(applying._EFFECTS, Answer.CONFIRMED, break_down)
    first = waiting(session, desk.asked("own", host_id=desk.temple), Answer.CONFIRMED)
    second = waiting(session, desk.asked(), Answer.CAN)
    assert desk.status == "agreed"
    session.refresh(first)
    session.refresh(second)
    assert (first.applied_at, second.upshot) == (None, Upshot.MOVED)
    printed = capsys.readouterr().out
    assert "ZeroDivisionError" in printed
    assert "needle" not in printed
    monkeypatch.undo()  # mended: the next request catches up
    assert desk.status == "agreed"
    session.refresh(first)
    assert first.upshot is Upshot.NOTED


def test_many_answers_that_waited_are_drawn_within_a_few_looks_each_once(
    desk: Desk, session: Session
) -> None:
    town = desk.town.municipality.id
    told = session.get_one(Inquiry, UUID(desk.asked("own", host_id=desk.temple)["id"]))
    known = told.model_dump(
        include={"municipality_id", "purpose", "host_id", "about_on", "made_by"}
    )
    replies = []
    for _ in range(52):
        copy = Inquiry(**known, content=told.content)
        session.add(copy)
        session.flush()
        replies.append(waiting(session, {"id": str(copy.id)}, Answer.CONFIRMED))
    left = []
    for _ in range(3):
        left.append(len(repository.waiting(session, town)))
        desk.read("areas")
    assert left == [50, 2, 0]  # fifty a look, so that nobody waits long for a page
    for reply in replies:
        session.refresh(reply)
    assert {reply.upshot for reply in replies} == {Upshot.NOTED}


def test_a_no_that_comes_after_the_agreement_stands_first_in_the_queue_and_ends_nothing(
    desk: Desk, session: Session
) -> None:
    reply = waiting(session, desk.asked(), Answer.NOT_NOW)
    reply.applied_at = MORNING  # kept back until the agreement is there
    session.flush()
    desk.moved("host_accepts", minutes=30, first_on="2026-11-24")
    reply.applied_at = None
    session.flush()
    first, second = desk.read("follow-ups")["items"][:2]
    assert {(each["occasion"], each["side"]) for each in (first, second)} == {
        ("concern", "person"),
        ("concern", "host"),
    }
    assert desk.status == "agreed"
    [concern] = session.exec(select(Concern)).all()
    assert concern.words == "お返事: 今回はむずかしい"


def test_a_yes_that_comes_when_the_placement_is_over_opens_nothing_again(
    desk: Desk, session: Session
) -> None:
    inquiry = desk.asked()
    desk.moved("pass", side="person")
    waiting(session, inquiry, Answer.CAN)
    found = desk.read(f"placements/{desk.placement}")
    assert (found["status"], found["places"]["taken"]) == ("passed", 0)
    [contact] = session.exec(select(Contact)).all()
    assert contact.what == "お返事: できる"
    assert session.exec(select(Concern)).all() == []


def test_what_a_host_says_of_itself_is_written_down_with_everybody_it_reaches(
    desk: Desk, session: Session
) -> None:
    other = person_in(session, desk.town, consent=TEAM)
    body = {"person_id": str(other.id), "activity_id": str(desk.town.activities["last_place"].id)}
    second = desk.done("placements", **body)["id"]
    elsewhere = person_in(session, desk.town, consent=TEAM)
    at_cafe = {"person_id": str(elsewhere.id), "activity_id": str(desk.town.activities["tea"].id)}
    desk.done("placements", **at_cafe)
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "rest", until="2027-03-01")
    said = "お返事: しばらく休みたい。令和9年3月1日(月)まで"
    for placement in (desk.placement, second):
        [contact] = desk.read(f"contacts?placement_id={placement}")["items"]
        assert contact["what"] == said
    assert written(session, desk.person.id) == written(session, other.id) == [("host", None)]
    assert written(session, elsewhere.id) == []


def test_the_same_by_telephone_is_written_down_as_the_workers_hand(
    desk: Desk, session: Session
) -> None:
    inquiry = desk.asked("own", host_id=desk.temple)
    desk.done(f"inquiries/{inquiry['id']}/reply", answer="fewer", people=1)
    assert written(session, desk.person.id) == [("csw", desk.town.accounts["csw"].id)]


def test_an_editor_who_saw_the_host_before_its_pause_is_told_so(desk: Desk) -> None:
    path = f"{API}/hosts/{desk.temple}"
    seen = desk.staff.get(path).headers["etag"]
    desk.answered(desk.linked(desk.asked()), "rest", until="2026-12-20")
    late = desk.staff.patch(path, json={"resting_until": None}, headers={"if-match": seen})
    assert (late.status_code, late.json()["current"]["resting_until"]) == (409, "2026-12-20")
    assert desk.read(f"hosts/{desk.temple}")["resting_until"] == "2026-12-20"


def test_each_answer_moves_of_a_host_what_it_says_and_nothing_else(
    desk: Desk, session: Session
) -> None:
    def told() -> dict[str, Any]:
        shown = desk.read(f"hosts/{desk.temple}")
        return {name: shown[name] for name in shown if name not in {"version", "last_asked_on"}}

    before = told()
    for answer, more, changed in (
        ("fewer", {"people": 0}, {"max_people": 0}),
        ("rest", {"until": "2027-11-21"}, {"resting_until": "2027-11-21"}),
        ("confirmed", {}, {"confirmed_on": "2026-11-20"}),
    ):
        moved = revision(session, desk.town.municipality.id)
        given = desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), answer, **more)
        assert given.status_code == 200, given.text
        before |= changed
        assert told() == before
        session.expire_all()
        assert revision(session, desk.town.municipality.id) != moved


def test_who_was_recorded_late_of_last_month_does_not_wipe_out_who_began_this_month(
    session: Session, town: Town
) -> None:
    leaves = town.activities["leaves"].id

    def count() -> tuple[date | None, int]:
        query = select(Host).where(Host.id == town.hosts["temple"].id)
        host = session.exec(query.execution_options(populate_existing=True)).one()
        return host.new_month, host.new_people

    november, december = date(2026, 11, 1), date(2026, 12, 1)
    for on, expected in (
        (date(2026, 11, 30), (november, 1)),
        (date(2026, 11, 2), (november, 2)),
        (date(2026, 10, 31), (november, 2)),  # recorded in November, but of October
        (date(2025, 11, 20), (november, 2)),  # the same month of another year
        (december, (december, 1)),
        (date(2026, 11, 30), (december, 1)),
    ):
        began(session, leaves, on=on)
        assert count() == expected, on


def kept(session: Session) -> list[tuple[str, str]]:
    query = select(Activity).where(Activity.ref == "tea")
    tea = session.exec(query.execution_options(populate_existing=True)).one()
    return [(each["ask"], each["answer"]) for each in tea.heard]


def test_a_no_to_one_thing_and_a_line_of_ones_own_does_not_say_to_which(
    desk: Desk, session: Session
) -> None:
    tea = str(desk.town.activities["tea"].id)
    about = {"activity_id": tea, "asks": [{"ask": "just_being"}], "own_line": "犬をつれて"}
    desk.answered(desk.linked(desk.asked("question", **about)), "no")
    assert kept(session) == []
    desk.answered(desk.linked(desk.asked("question", **about)), "yes")
    assert kept(session) == [("just_being", "yes")]


def test_an_answer_about_another_time_says_nothing_of_all_other_times() -> None:
    on = "2026-11-20"
    kept: list[dict[str, Any]] = [
        {"ask": "other_slot", "value": "tu-am", "kind": "other_slot", "answer": "no", "on": on},
        {"ask": "other_slot", "value": "we-pm", "kind": "other_slot", "answer": "yes", "on": on},
        {"ask": "no_talking", "value": None, "kind": None, "answer": "no", "on": on},
        {"ask": "lift", "value": None, "kind": "lift", "answer": "talk", "on": on},
        {"ask": "shorter", "value": 20, "kind": "shorter", "answer": "yes", "on": on},
    ]
    heard = heard_in(kept, as_of=date(2026, 11, 20))
    assert [(each.kind, each.yes, each.value) for each in heard] == [("shorter", True, 20)]
    # A year later nobody builds on it any more.
    assert heard_in(kept, as_of=date(2028, 2, 29)) == ()
