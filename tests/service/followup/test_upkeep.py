"""The rows that lie ready are what the rule says, and a missing trigger is noticed."""

import re
from datetime import date
from typing import Any, Final

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event
from sqlmodel import col, select

from migrations import marks
from service.clock import local_day
from service.database import transaction
from service.followup.repository import stock
from service.followup.repository.sources import everybody, material_of
from service.followup.tables import DueRow, Mark
from service.followup.upkeep import astray, settle
from service.placements.lifecycle import Action
from tests.service.followup.desk import Desk
from tests.service.placements.village import Village
from tests.service.placements.walks import move, moved, propose

API: Final = "/api/v1"


def ask(client: TestClient, path: str, **said: Any) -> None:
    answer = client.post(f"{API}/{path}", json=said)
    assert answer.is_success, answer.text


def test_a_trigger_that_is_missing_is_noticed_and_lets_rows_go_astray(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    assert marks.missing(connection) == []
    assert len(desk.rows()) == 2
    name = "follow_up_marks_contact_insert"
    place = "" if connection.dialect.name == "sqlite" else " ON contact"
    connection.execute(sa.text(f"DROP TRIGGER {name}{place}"))
    assert marks.missing(connection) == [name]
    told = {"channel": "call", "direction": "sent", "result": "talked"}
    about = {"person_id": agreed["person_id"], "occurred_on": "2026-02-10"}
    ask(desk.client, "contacts", **about, **told)
    assert len(desk.rows()) == 2  # wrong: the person was talked with
    with transaction(connection) as session:
        assert len(astray(session, village.municipality.id, today=desk.clock.now.date())) == 2


def test_every_table_that_the_rule_is_told_of_is_watched(
    connection: Connection, agreed: dict[str, Any], village: Village
) -> None:
    read: set[str] = set()

    def listen(*told: Any) -> None:
        read.update(re.findall(r"(?:FROM|JOIN) (\w+)", told[2]))

    with transaction(connection) as session:
        event.listen(connection, "before_cursor_execute", listen)
        for subjects in everybody(session, village.municipality.id):
            material_of(session, subjects)
        event.remove(connection, "before_cursor_execute", listen)
    sight = {"area"}  # decides who may see whom; the figures are counted anew
    assert read | sight == set(marks.WATCHED)


def test_a_change_of_worker_is_seen_in_the_figures_at_once(
    desk: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    assert desk.queue()["counts"]["total"] == 2
    with transaction(connection) as session:
        session.merge(village.person).owner_id = village.coordinator.id
    assert desk.queue()["counts"]["total"] == len(desk.rows()) == 0


def test_what_is_undone_marks_nobody(
    desk: Desk, agreed: dict[str, Any], connection: Connection
) -> None:
    desk.rows()
    assert move(desk.client, agreed, "continue").status_code == 409
    with transaction(connection) as session:
        assert session.exec(select(Mark)).all() == []


def test_a_new_day_places_rows_and_derives_none(
    desk: Desk,
    agreed: dict[str, Any],
    village: Village,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.rows()
    monkeypatch.setattr("service.followup.upkeep.rows_of", None)
    late = desk.on("02-25").rows()
    assert [row["rank"] for row in late] == [2, 2]
    monkeypatch.undo()
    with transaction(connection) as session:
        assert astray(session, village.municipality.id, today=date(2026, 2, 25)) == set()


def test_each_move_of_a_life_leaves_the_rows_as_the_rule_says(
    desk: Desk, village: Village, connection: Connection
) -> None:
    placement = propose(desk.client, village)
    way = ("want", "ask", "host_accepts", "begin", "continue", "step_back", "rest", "return", "end")
    for action in (*way, "reopen", "pass"):
        placement = moved(desk.client, placement, action)
        with transaction(connection) as session:
            today = local_day(desk.clock.now)
            assert astray(session, village.municipality.id, today=today) == set(), Action(action)


def test_somebody_who_is_gone_has_no_rows(
    desk: Desk, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        session.merge(village.host).confirmed_on = date(2025, 1, 1)
        session.flush()
        settle(session, village.municipality.id, today=date(2026, 2, 10))
        query = select(DueRow).where(col(DueRow.host_id) == village.host.id)
        assert len(session.exec(query).all()) == 1
        stock.clear(session, village.municipality.id, [village.host.id])
        assert session.exec(query).all() == []
        gone = astray(session, village.municipality.id, today=date(2026, 2, 10))
    assert len(gone) == 1
