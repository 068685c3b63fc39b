"""Clumsy and hasty hands at the queue: what is refused leaves nothing half-written."""

from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Connection
from sqlmodel import col, select

from catalogue.profiles import Stage
from service.audit.tables import AccessRecord, Act
from service.contacts.tables import Contact
from service.database import transaction
from service.followup import actions
from service.followup.repository import queue as repository
from service.followup.tables import Answer, Claim
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.village import Village, add_person
from tests.service.placements.walks import moved

WRITTEN: Final = (Contact, Answer, Claim)
KEY: Final = "5d6a1b1e-3f0c-4a8e-9b57-0c2f6f1f7a11"


def written(connection: Connection) -> list[int]:
    """Count the contacts, answers and claims that there are."""
    with transaction(connection) as session:
        return [len(session.exec(select(table)).all()) for table in WRITTEN]


# What cannot be taken.

UNFIT: Final[tuple[tuple[dict[str, Any], str], ...]] = (
    ({"result": "shouted"}, "result"),
    ({"result": None}, "result"),
    ({"channel": "pigeon"}, "channel"),
    ({"direction": "sideways"}, "direction"),
    ({"occurred_on": "yesterday"}, "occurred_on"),
    ({"occurred_on": "2026-02-29"}, "occurred_on"),
    ({"next_on": "2026-02-31"}, "next_on"),
    ({"what": "あ" * 4001}, "what"),
    ({"intention": "あ" * 2001}, "intention"),
    ({"small_change": "あ" * 1001}, "small_change"),
    ({"what": "見えない\u200b文字"}, "what"),
    ({"result": "not_needed", "why": "\u202eわけ"}, "why"),
    ({"result": "not_needed", "why": "あ" * 1001}, "why"),
    ({"result": "not_needed", "why": "  \n "}, "why"),
    ({"result": "asked_to_wait", "why": "かぜ", "until": "2026-02-10"}, "until"),
    ({"until": "2026-03-10"}, "until"),
    ({"why": "話したけれど"}, "why"),
    ({"missed": 3}, "missed"),
)


def test_what_cannot_be_taken_is_named_by_its_place_and_nothing_is_kept(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    for said, where in UNFIT:
        body = {"result": "talked", "channel": "call"} | said
        answer = desk.client.post(f"{PATH}/{row['id']}/results", json=body)
        assert answer.status_code == 422, said
        problem = answer.json()
        assert where in str(problem.get("errors") or problem["field"]), said
        assert "やま00" not in answer.text, said
    assert written(connection) == [0, 0, 0]
    assert desk.row() == row


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"talked"', b"\xff\xfe"])
def test_what_is_no_result_at_all_is_refused(
    desk: Desk, agreed: dict[str, Any], connection: Connection, body: bytes
) -> None:
    headers = {"content-type": "application/json"}
    path = f"{PATH}/{desk.row()['id']}/results"
    assert desk.client.post(path, content=body, headers=headers).status_code == 422
    assert written(connection) == [0, 0, 0]


def test_what_has_not_happened_yet_is_refused_with_the_last_day_that_would_do(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    answer = desk.answer(desk.row(), occurred_on="2026-02-11")
    assert (answer.status_code, answer.json()["latest"]) == (409, "2026-02-10")
    early = desk.answer(desk.row(), next_on="2026-02-09")
    assert (early.status_code, early.json()["title"]) == (422, "UnfitContact")
    assert written(connection) == [0, 0, 0]


def test_a_reason_that_is_refused_leaves_ones_claim_where_it_was(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    assert desk.claim(row).status_code == 200
    assert desk.answer(row, "not_needed").status_code == 422
    assert desk.answer(row, occurred_on="2027-01-01").status_code == 409
    assert written(connection) == [0, 0, 1]
    assert coordinator.claim(row).status_code == 409


def test_what_somebody_else_is_about_to_do_keeps_nothing_and_names_nobody(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    desk.claim(row)
    refused = coordinator.answer(row, "asked_to_wait", until="2026-02-13", why="かぜ")
    problem = refused.json()
    assert (refused.status_code, problem["title"]) == (409, "HeldByAnother")
    assert problem["until"].startswith("2026-02-10T01:30:00")
    for name in ("やま00", "寺", "csw", agreed["person_id"]):
        assert name not in refused.text
    assert written(connection) == [0, 0, 1]
    assert coordinator.row()["deferrals"] == 0


def test_an_answer_that_fails_in_the_middle_leaves_no_contact(
    desk: Desk, agreed: dict[str, Any], connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.row()

    def torn(*_: object, **__: object) -> None:
        raise actions.HeldByAnother("planted")

    monkeypatch.setattr(repository, "drop_claim", torn)
    assert desk.answer(row, "not_needed", why="毎日会う").status_code == 409
    monkeypatch.undo()
    assert written(connection) == [0, 0, 0]
    assert desk.answered(desk.row(), "not_needed", why="毎日会う") == "not_needed"


# The same once more.


def test_a_result_that_is_sent_twice_is_written_down_once(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    path = f"{PATH}/{desk.row()['id']}/results"
    body = {"result": "asked_to_wait", "until": "2026-02-13", "why": "かぜ"}
    first, second = (
        desk.client.post(path, json=body, headers={"idempotency-key": KEY}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert written(connection) == [1, 1, 0]


def test_without_a_key_the_second_press_finds_the_row_gone(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    assert [desk.answer(row).status_code for _ in range(2)] == [201, 404]
    assert written(connection) == [1, 0, 0]


def test_letting_go_twice_or_of_nothing_is_no_mistake(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    desk.claim(row)
    assert [desk.release(row).status_code for _ in range(3)] == [204, 204, 204]
    assert written(connection) == [0, 0, 0]


# Leases.


def test_a_lease_runs_out_at_its_minute_and_not_before(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any]
) -> None:
    row = desk.row()
    desk.claim(row)
    desk.clock.now += timedelta(minutes=30) - timedelta(seconds=1)
    assert coordinator.claim(row).status_code == 409
    assert coordinator.row()["claim"] is not None
    desk.clock.now += timedelta(seconds=1)
    assert coordinator.row()["claim"] is None
    assert coordinator.answer(row).status_code == 201


def test_who_was_too_slow_writes_down_what_was_said_if_nobody_else_rings(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    desk.claim(row)
    desk.clock.now += timedelta(hours=2)
    assert desk.answered(row, what="長い話だった") == "answered"
    assert written(connection) == [1, 0, 0]


def test_a_lease_of_yesterday_keeps_nobody_from_ringing(
    *,
    desk: Desk,
    coordinator: Desk,
    agreed: dict[str, Any],
    village: Village,
    connection: Connection,
) -> None:
    desk.claim(desk.row())
    desk.on("02-11")
    assert coordinator.claim(coordinator.row()).status_code == 200
    with transaction(connection) as session:
        assert session.exec(select(Claim)).one().account_id == village.coordinator.id


def test_of_two_who_saw_no_claim_the_second_is_refused_and_the_first_holds_it(
    desk: Desk,
    coordinator: Desk,
    agreed: dict[str, Any],
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = desk.row()
    assert desk.claim(row).status_code == 200
    with transaction(connection) as session:
        before = session.exec(select(Claim)).one().account_id
    # the second has looked a moment earlier, when there was no claim
    monkeypatch.setattr(repository, "claims", lambda *_, **__: {})
    monkeypatch.setattr(repository, "locked_claim", lambda *_: None)
    answer = coordinator.claim(row)
    monkeypatch.undo()
    assert (answer.status_code, answer.json()["title"]) == (409, "HeldByAnother")
    with transaction(connection) as session:
        assert session.exec(select(Claim)).one().account_id == before


def test_a_claim_is_a_look_at_the_person_and_a_claim_on_a_host_is_none(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        session.merge(village.host).confirmed_on = desk.clock.now.date()
        home = add_person(session, village.area, village.csw, "やま77", stage=Stage.AT_HOME)
        home_id = home.id
    desk.on("08-10")
    for row in desk.rows():
        assert desk.claim(row).status_code == 200
    with transaction(connection) as session:
        query = select(AccessRecord).where(
            col(AccessRecord.resource) == "follow_up", col(AccessRecord.act) == Act.WRITE
        )
        assert [each.person_id for each in session.exec(query)] == [home_id]


# Nobody is forgotten, whatever was said.


def test_who_cannot_be_proposed_to_is_rung_all_the_same(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        add_person(
            session, village.area, village.csw, "やま77", stage=Stage.AT_HOME, paused="いまはよい"
        )
    assert [row["person_code"] for row in desk.on("03-02").rows()] == ["やま77"]


def test_not_needed_at_home_is_asked_again_a_window_later(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        add_person(session, village.area, village.csw, "やま77", stage=Stage.AT_HOME)
    row = desk.on("03-02").row()
    assert desk.answered(row, "not_needed", why="きのう会った") == "not_needed"
    assert desk.on("03-21").seen() == []
    again = desk.on("03-22").row()  # twenty days on
    assert again["id"] != row["id"]
    assert again["occasion"] == "at_home"


def test_a_try_on_one_side_says_nothing_of_the_other(desk: Desk, agreed: dict[str, Any]) -> None:
    for on, channel in (("02-10", "call"), ("02-20", "message"), ("03-12", "call")):
        desk.on(on).answered(desk.row("host"), "not_reached", channel=channel)
    assert desk.row("host")["another_way"]
    assert not desk.row("person")["another_way"]
    found = desk.queue(another_way=True)
    assert [row["side"] for row in found["items"]] == ["host"]
    assert found["counts"]["another_way"] == found["counts"]["total"] == 1


def test_who_is_reached_in_the_end_is_on_no_other_way(desk: Desk, agreed: dict[str, Any]) -> None:
    for on, channel in (("02-10", "call"), ("02-20", "message"), ("03-12", "call")):
        desk.on(on).answered(desk.row(), "not_reached", channel=channel)
    assert desk.answered(desk.row(), "through_family", channel="letter") == "answered"
    assert desk.rows(another_way=True) == []
    assert desk.queue()["counts"]["another_way"] == 0


def test_a_correction_of_a_try_takes_back_what_rested_on_it(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    answer = desk.answer(desk.row(), "talked")
    assert desk.seen() == [("before_first", "host")]
    wrong = answer.json()["contact_id"]
    kept = desk.client.get(f"/api/v1/contacts/{wrong}").json()
    names = ("person_id", "placement_id", "occurred_on", "channel", "direction")
    said = {name: kept[name] for name in names}
    right = said | {"result": "not_reached", "corrects_id": wrong}
    assert desk.client.post("/api/v1/contacts", json=right).status_code == 201
    assert sorted(desk.seen()) == [("before_first", "host"), ("before_first", "person")]


def test_a_deferral_of_one_side_leaves_the_row_of_a_concern_where_it_is(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.answered(desk.row(), "asked_to_wait", until="2026-02-20", why="いそがしい")
    told = {"placement_id": agreed["id"], "side": "person", "words": "少し困った"}
    assert desk.client.post("/api/v1/concerns", json=told).status_code == 201
    assert ("concern", "person") in desk.seen()
    assert desk.rows()[0]["rank"] == 1


def test_what_was_put_off_beyond_the_end_goes_with_the_placement_and_the_end_is_asked_about(
    desk: Desk, agreed: dict[str, Any]
) -> None:
    desk.answered(desk.row(), "asked_to_wait", until="2026-12-01", why="あとで")
    moved(desk.client, agreed, "end")
    assert ("exit", "person") in desk.seen()
    assert desk.row()["deferrals"] == 0


def test_a_colleague_takes_the_work_over_with_what_was_put_off(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    desk.answered(desk.row(), "asked_to_wait", until="2026-02-12", why="かぜ")
    with transaction(connection) as session:
        session.merge(village.person).owner_id = village.coordinator.id
    assert desk.rows() == []
    desk.client.headers["Authorization"] = f"Bearer {village.tokens[village.coordinator.id]}"
    assert desk.seen() == [("before_first", "host")]
    row = desk.on("02-12").row()
    assert (row["deferrals"], row["why"]["back_on"]) == (1, "2026-02-12")
    assert row["last_contact"]["result"] == "asked_to_wait"
