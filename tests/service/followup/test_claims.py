"""Claims: who is about to ring, so that nobody is rung twice."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection
from sqlmodel import select

from service.database import transaction
from service.followup.tables import Claim
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.village import Village
from tests.service.placements.walks import moved, propose


def test_a_claim_holds_for_half_an_hour_and_shows_its_name(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], village: Village
) -> None:
    answer = desk.claim(desk.row())
    assert answer.status_code == 200
    claim = coordinator.row()["claim"]
    assert (claim["account_id"], claim["name"]) == (str(village.csw.id), "csw")
    assert claim["until"].startswith("2026-02-10T01:30:00")


def test_somebody_else_is_refused_until_it_runs_out(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any]
) -> None:
    row = desk.row()
    desk.claim(row)
    refused = coordinator.claim(row)
    assert (refused.status_code, refused.json()["title"]) == (409, "HeldByAnother")
    assert coordinator.answer(row).status_code == 409
    desk.clock.now += timedelta(minutes=30)
    assert coordinator.claim(row).status_code == 200
    assert desk.claim(row).status_code == 409


def test_ones_own_claim_may_be_made_longer(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    desk.claim(row)
    desk.clock.now += timedelta(minutes=20)
    assert desk.claim(row).json()["until"].startswith("2026-02-10T01:50:00")
    with transaction(connection) as session:
        assert len(session.exec(select(Claim)).all()) == 1


def test_a_claim_that_is_let_go_is_free_for_others(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any]
) -> None:
    row = desk.row()
    desk.claim(row)
    assert desk.release(row).status_code == 204
    assert coordinator.claim(row).status_code == 200


def test_nobody_lets_go_of_somebody_elses_claim(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any]
) -> None:
    row = desk.row()
    desk.claim(row)
    assert coordinator.release(row).status_code == 204
    assert coordinator.claim(row).status_code == 409


def test_one_call_to_a_host_is_enough_for_all_its_rows(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], village: Village
) -> None:
    other = propose(desk.client, village, number=1)
    moved(desk.client, other, "want")
    moved(desk.client, other, "ask")
    desk.on("02-17")
    rows = [row for row in desk.rows() if row["side"] == "host"]
    assert len(rows) == 2
    assert desk.claim(rows[0]).status_code == 200
    assert coordinator.claim(rows[1]).status_code == 409
    assert coordinator.answer(coordinator.row()).status_code == 201


def test_a_claim_on_one_side_leaves_the_other_free(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any]
) -> None:
    desk.claim(desk.row("host"))
    assert coordinator.claim(coordinator.row("person")).status_code == 200


def test_a_result_ends_the_claim(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    row = desk.row()
    desk.claim(row)
    desk.answered(row, "not_reached")
    with transaction(connection) as session:
        assert session.exec(select(Claim)).all() == []
    assert desk.row()["claim"] is None


def test_what_is_not_there_cannot_be_claimed(desk: Desk) -> None:
    answer = desk.client.post(f"{PATH}/{uuid4()}/claim")
    assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchItem")
