"""The queue over HTTP: an agreed trial from its promise to its end, for both sides."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event
from sqlmodel import col, select

from catalogue.profiles import Stage
from service.audit.tables import AccessRecord
from service.contacts.tables import Contact
from service.database import transaction
from service.followup.actions import counts_for
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.village import Village, add_person, build_village
from tests.service.placements.walks import moved, propose

BOTH_BEFORE = [("before_first", "person"), ("before_first", "host")]


def recorded(client: TestClient, kind: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/api/v1/{kind}", json=body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


def test_an_agreed_trial_stands_there_for_the_person_and_the_host(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    assert sorted(desk.seen()) == sorted(BOTH_BEFORE)


def test_a_row_says_who_what_why_and_what_was_said_last(
    desk: Desk, agreed: dict[str, Any], village: Village
) -> None:
    body = {"result": "talked", "direction": "sent", "channel": "call"}
    told = {
        "what": "見学のことを話した",
        "intention": "安心してもらう",
        "occurred_on": "2026-02-09",
    }
    recorded(desk.client, "contacts", person_id=agreed["person_id"], **body, **told)
    row = desk.row()
    assert row["person_code"] == "やま00"
    assert (row["host_name"], row["activity_title"]) == ("寺", "境内のそうじ")
    assert row["agreed"]["first_on"] == "2026-02-17"
    assert (row["agreed"]["minutes"], row["agreed"]["dose"]) == (20, "20分だけ")
    assert row["last_contact"]["what"] == "見学のことを話した"
    assert row["last_contact"]["intention"] == "安心してもらう"
    assert (row["earliest"], row["due"], row["late"]) == ("2026-02-10", "2026-02-16", "2026-02-16")
    assert (row["rank"], row["rank_word"], row["days_past"]) == (4, "いま連絡する時期", 0)
    assert row["why"]["code"] == "before_first"
    assert row["why"]["ja"] == "はじめての日（2026年2月17日）の前の確認です"
    assert row["why"]["en"] == "Before the first visit on 2026-02-17."
    assert (row["claim"], row["another_way"], row["deferrals"]) == (None, False, 0)


def test_a_contact_takes_the_row_away_for_its_side_only(desk: Desk, agreed: dict[str, Any]) -> None:
    told = {"what": "楽しみだと言われた", "intention": "不安を減らす", "small_change": "声が明るい"}
    assert desk.answered(desk.row(), **told, next_on="2026-02-18") == "answered"
    assert desk.seen() == [("before_first", "host")]


def test_a_result_is_kept_as_a_contact_of_that_side(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    told = {"what": "楽しみだ", "intention": "不安を減らす", "small_change": "声が明るい"}
    desk.answered(desk.row("host"), **told, direction="received", next_on="2026-02-18")
    with transaction(connection) as session:
        contact = session.exec(select(Contact)).one()
        assert (contact.what, contact.intention) == ("楽しみだ", "不安を減らす")
        assert (contact.small_change, contact.direction) == ("声が明るい", "received")
    assert (contact.host_id, contact.person_id) == (village.host.id, None)
    assert str(contact.placement_id) == agreed["id"]
    assert contact.next_on is not None
    # what a host says of somebody is sealed with that person's key all the same
    assert str(contact.about_id) == agreed["person_id"]


def test_a_deferral_comes_back_on_its_day(desk: Desk, agreed: dict[str, Any]) -> None:
    row = desk.row()
    left = desk.answered(row, "asked_to_wait", until="2026-02-13", why="かぜをひいた")
    assert left == "deferred"
    assert desk.seen() == [("before_first", "host")]
    assert desk.on("02-12").seen() == [("before_first", "host")]
    back = desk.on("02-13").row()
    assert back["id"] == row["id"]
    assert (back["rank"], back["why"]["back_on"]) == (5, "2026-02-13")
    assert "2026年2月13日" in back["why"]["ja"]


def test_the_coordinator_sees_what_was_put_off_three_times(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    for day, until in (("10", "11"), ("11", "12"), ("12", "13")):
        row = desk.on(f"02-{day}").row()
        assert not row["for_coordinator"]
        desk.answered(row, "asked_to_wait", until=f"2026-02-{until}", why="待ってほしい")
    assert desk.on("02-13").row()["for_coordinator"]
    assert desk.queue()["counts"]["for_coordinator"] == 1


def test_not_needed_takes_this_row_away_and_the_next_one_follows(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    assert desk.answered(desk.row(), "not_needed", why="毎日会っている") == "not_needed"
    assert desk.seen() == [("before_first", "host")]
    assert ("after_first", "person") in desk.on("02-17").seen()


@pytest.mark.parametrize(
    ("result", "more", "field"),
    [
        ("asked_to_wait", {"until": "2026-02-13"}, "why"),
        ("asked_to_wait", {"why": "かぜ"}, "until"),
        ("not_needed", {}, "why"),
    ],
)
def test_leaving_the_queue_needs_a_reason(
    desk: Desk, agreed: dict[str, Any], result: str, more: dict[str, Any], field: str
) -> None:
    answer = desk.answer(desk.row(), result, **more)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert len(desk.rows()) == 2


def test_an_unknown_field_is_refused(desk: Desk, agreed: dict[str, Any]) -> None:
    assert desk.answer(desk.row(), absences=3).status_code == 422


def test_not_reached_leaves_the_row_and_in_the_end_asks_for_another_way(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    for day, channel in (("02-10", "call"), ("02-20", "message"), ("03-12", "call")):
        row = desk.on(day).row()
        assert not row["another_way"]
        assert desk.answered(row, "not_reached", channel=channel) == "stays"
    assert desk.row()["another_way"]
    assert desk.queue()["counts"]["another_way"] == 1


def test_a_rest_is_told_to_the_host_and_the_person_is_asked_on_the_agreed_day(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    moved(desk.client, agreed, "rest", ask_again_on="2026-03-03", side="person")
    assert desk.seen() == [("told_of_rest", "host")]
    assert ("resting", "person") not in desk.on("03-02").seen()
    assert ("resting", "person") in desk.on("03-03").seen()


def test_an_end_asks_both_sides_once_more(desk: Desk, agreed: dict[str, Any]) -> None:
    moved(desk.client, agreed, "end")
    assert sorted(desk.seen()) == [("exit", "host"), ("exit", "person")]
    for side in ("person", "host"):
        desk.answered(desk.row(side))
    assert desk.seen() == []
    assert desk.on("03-12").seen() == [("afterwards", "person")]


def test_a_trial_that_began_is_asked_about_after_its_first_day(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.on("02-17")
    moved(desk.client, agreed, "begin")
    assert sorted(desk.seen()) == [("after_first", "host"), ("after_first", "person")]
    for side in ("person", "host"):
        desk.answered(desk.row(side))
    assert desk.on("02-20").seen() == []
    assert desk.on("02-21").seen() == [("early", "person")]


def test_a_rest_without_word_is_asked_about_kindly_and_not_counted(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.on("02-17")
    moved(desk.client, agreed, "begin")
    visit = {"placement_id": agreed["id"], "occurred_on": "2026-02-17", "outcome": "rested"}
    recorded(desk.client, "visits", **visit, with_notice=False)
    rested = [row for row in desk.rows() if row["occasion"] == "rested"]
    assert sorted(row["side"] for row in rested) == ["host", "person"]
    assert not any("absen" in field or "streak" in field for row in rested for field in row)


def test_a_visit_that_was_hard_brings_the_next_contact_nearer(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.on("02-17")
    moved(desk.client, agreed, "begin")
    visit = {"placement_id": agreed["id"], "occurred_on": "2026-02-17", "outcome": "came"}
    recorded(desk.client, "visits", **visit, feeling="hard")
    desk.answered(desk.row())
    (row,) = [row for row in desk.on("02-21").rows() if row["occasion"] == "early"]
    assert (row["why"]["bend"], row["due"]) == ("worse", "2026-02-24")
    assert "つらそう" in row["why"]["ja"]


def test_an_open_concern_stands_first_until_it_is_settled(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    concern = recorded(
        desk.client, "concerns", placement_id=agreed["id"], side="host", words="声かけに迷う"
    )
    assert desk.rows()[0]["rank"] == 1
    assert sorted(desk.seen())[2:] == [("concern", "host"), ("concern", "person")]
    done = desk.client.post(
        f"/api/v1/concerns/{concern['id']}/settlement", json={"settlement": "一緒に行った"}
    )
    assert done.status_code == 200
    assert sorted(desk.seen()) == sorted(BOTH_BEFORE)


def test_somebody_at_home_without_a_place_is_not_forgotten(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        home = add_person(session, village.area, village.csw, "やま77", stage=Stage.AT_HOME)
    assert desk.on("03-01").seen() == []
    (row,) = desk.on("03-02").rows()
    assert (row["person_id"], row["occasion"]) == (str(home.id), "at_home")
    assert row["placement_id"] is row["agreed"] is row["host_id"] is None
    assert desk.answered(row) == "answered"
    assert desk.rows() == []


def test_a_placement_takes_the_place_of_the_contact_at_home(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        home = add_person(session, village.area, village.csw, "やま77", stage=Stage.AT_HOME)
    desk.on("03-02")
    propose(desk.client, village, person_id=str(home.id))
    assert desk.seen() == []
    assert desk.on("03-22").seen() == [("waiting", "person")]


def test_a_host_without_anybody_is_confirmed_after_half_a_year(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        session.merge(village.host).confirmed_on = desk.clock.now.date()
    assert desk.on("08-08").seen() == []
    (row,) = desk.on("08-09").rows()
    assert (row["occasion"], row["side"], row["host_name"]) == ("unconfirmed", "host", "寺")
    assert row["person_id"] is None


def test_the_counts_are_counted_from_the_rows(desk: Desk, agreed: dict[str, Any]) -> None:
    queue = desk.on("02-19").queue()
    assert queue["counts"] == {
        "total": 2,
        "people": 1,
        "hosts": 1,
        "another_way": 0,
        "for_coordinator": 0,
        "by_rank": {
            "concern": 0,
            "first_or_last_late": 2,
            "past_due": 0,
            "now": 0,
            "back": 0,
        },
    }


def test_the_figures_alone_are_those_of_the_queue_and_show_nobody(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        figures = counts_for(session, village.csw, at=desk.clock.now)
    with transaction(connection) as session:
        query = select(AccessRecord).where(col(AccessRecord.resource) == "follow_up")
        assert session.exec(query).all() == []
    assert asdict(figures) == desk.queue()["counts"]


def test_a_later_day_can_be_looked_at_beforehand(desk: Desk, agreed: dict[str, Any]) -> None:
    desk.answered(desk.row())
    assert ("after_first", "person") in desk.seen(on="2026-02-17")
    assert desk.queue(on="2026-02-17")["on"] == "2026-02-17"


def test_the_queue_is_narrowed_to_an_area_or_a_worker(
    desk: Desk, agreed: dict[str, Any], village: Village
) -> None:
    assert len(desk.rows(area=str(village.area.id), owner=str(village.csw.id))) == 2
    assert desk.rows(area=str(uuid4())) == []
    assert len(desk.rows(area=village.area.ref)) == 2
    unknown = desk.client.get(PATH, params={"area": "nowhere"})
    assert (unknown.status_code, unknown.json()["title"]) == (404, "NoSuchArea")
    assert desk.rows(owner=str(village.coordinator.id)) == []


def test_another_municipality_sees_nothing_of_it(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    with transaction(connection) as session:
        other = build_village(session)
    desk.client.headers["Authorization"] = f"Bearer {other.tokens[other.csw.id]}"
    assert desk.rows() == []


def test_a_row_of_another_municipality_is_not_there(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    with transaction(connection) as session:
        other = build_village(session)
    desk.client.headers["Authorization"] = f"Bearer {other.tokens[other.csw.id]}"
    for answer in (desk.answer(row), desk.claim(row)):
        assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchItem")


def test_a_row_that_was_answered_is_not_there_any_more(desk: Desk, agreed: dict[str, Any]) -> None:
    row = desk.row()
    desk.answered(row)
    assert desk.answer(row).status_code == 404


def test_the_words_of_another_placement_do_not_stand_on_a_hosts_row(
    desk: Desk, agreed: dict[str, Any], village: Village
) -> None:
    other = propose(desk.client, village, number=1)
    told = {"direction": "sent", "channel": "call", "occurred_on": "2026-02-10"}
    about = {"placement_id": other["id"], "host_id": str(village.host.id)}
    recorded(desk.client, "contacts", **about, **told, result="talked", what="別の人のこと")
    row = next(row for row in desk.rows() if row["side"] == "host")
    assert row["occasion"] == "before_first"
    assert row["last_contact"] is None


def test_everybody_who_was_listed_is_written_down(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    desk.rows()
    with transaction(connection) as session:
        query = select(AccessRecord).where(col(AccessRecord.resource) == "follow_up")
        (record,) = session.exec(query).all()
    assert (record.person_id, record.act) == (village.person.id, "list")
    assert record.account_id == village.csw.id


def test_without_signing_in_there_is_no_queue(desk: Desk) -> None:
    del desk.client.headers["Authorization"]
    assert desk.client.get(PATH).status_code == 401


def test_the_number_of_statements_does_not_grow_with_the_people(
    desk: Desk, village: Village, connection: Connection
) -> None:
    def statements() -> int:
        said: list[str] = []

        def listen(*told: Any) -> None:
            if told[2].lstrip().upper().startswith("SELECT"):
                said.append(told[2])

        event.listen(connection, "before_cursor_execute", listen)
        desk.rows()
        event.remove(connection, "before_cursor_execute", listen)
        return len(said)

    propose(desk.client, village, 0)
    desk.on("03-10").rows()
    alone = statements()
    for number in (1, 2):
        propose(desk.client, village, number)
    desk.on("04-10")
    assert len(desk.rows()) == 3
    assert statements() == alone


def test_a_result_without_a_channel_was_a_call(desk: Desk, agreed: dict[str, Any]) -> None:
    row = desk.row()
    answer = desk.client.post(f"{PATH}/{row['id']}/results", json={"result": "talked"})
    assert answer.status_code == 201, answer.text
    kept = desk.client.get(f"/api/v1/contacts/{answer.json()['contact_id']}").json()
    assert (kept["channel"], kept["direction"]) == ("call", "sent")
