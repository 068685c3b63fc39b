"""Invariant 7 for moves: a day or a note is corrected by appending, and counts from then on."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from service.database import transaction
from service.followup.upkeep import facts_of
from service.placements.lifecycle import Status
from service.placements.repository import pasts
from service.placements.tables import MoveCorrection, PlacementMove
from tests.service.browsing import OWN, led_to, look, send
from tests.service.placements.conftest import Clock
from tests.service.placements.village import DAY, Village
from tests.service.placements.walks import move, moved, placement_at

API = "/api/v1/placements"
LATER = date(2026, 3, 2)


@pytest.fixture
def trying(client: TestClient, village: Village, clock: Clock) -> dict[str, Any]:
    """Proposed, wanted, agreed and begun on one day; three weeks ago by now."""
    placement = placement_at(client, village, Status.TRYING)
    clock.turn_to(LATER)
    return placement


def correct(client: TestClient, placement: dict[str, Any], position: int, **said: Any) -> Any:
    moves = placement["moves"]
    id_ = moves[position - 1]["id"] if position <= len(moves) else UUID(int=0)
    return client.post(f"{API}/{placement['id']}/moves/{id_}/corrections", json=said)


def test_the_day_and_the_note_are_told_anew_and_the_row_stays(
    client: TestClient, connection: Connection, trying: dict[str, Any]
) -> None:
    answer = correct(client, trying, 3, occurred_on="2026-02-20", note="雨で延びた")
    assert answer.status_code == 200, answer.text
    begun = answer.json()["moves"][2]
    assert (begun["occurred_on"], begun["note"]) == ("2026-02-20", "雨で延びた")
    assert (begun["first_told_on"], begun["corrected_at"][:10]) == ("2026-02-10", "2026-03-02")
    assert answer.json()["status"] == "trying"
    assert answer.json()["version"] == trying["version"] + 1
    again = correct(client, trying, 3, occurred_on="2026-02-21").json()["moves"][2]
    assert (again["occurred_on"], again["note"]) == ("2026-02-21", "雨で延びた")
    with transaction(connection) as session:
        rows = session.exec(select(PlacementMove).where(PlacementMove.position == 3)).all()
        assert [(row.occurred_on, row.note) for row in rows] == [(DAY, "")]
        assert len(session.exec(select(MoveCorrection)).all()) == 2


def test_the_corrected_day_is_what_follow_up_and_matching_count_from(
    client: TestClient, connection: Connection, village: Village, trying: dict[str, Any]
) -> None:
    correct(client, trying, 3, occurred_on="2026-02-20")
    with transaction(connection) as session:
        days = facts_of(session, UUID(trying["id"])).days
        assert (days.begun_on, days.first_on) == (date(2026, 2, 20), date(2026, 2, 20))
        (past,) = pasts(session, village.person.id)
        assert past.on == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("position", "said", "status"),
    [
        (3, {"occurred_on": "2026-03-03"}, 409),  # a day to come
        (3, {"occurred_on": "2026-02-09"}, 409),  # before the first move
        (1, {"occurred_on": "2026-02-09"}, 200),  # the first may have been earlier
        (4, {"note": "なかった"}, 404),
        (3, {"status": "ended"}, 422),
        (3, {"action": "rest"}, 422),
    ],
)
def test_only_a_day_that_can_be_and_a_note_are_corrected(
    client: TestClient, trying: dict[str, Any], position: int, said: dict[str, Any], status: int
) -> None:
    assert correct(client, trying, position, **said).status_code == status


def test_a_move_after_a_correction_counts_from_the_corrected_first_day(
    client: TestClient, trying: dict[str, Any]
) -> None:
    correct(client, trying, 1, occurred_on="2026-02-15")
    assert move(client, trying, "continue", occurred_on="2026-02-14").status_code == 409
    moved(client, trying, "continue", occurred_on="2026-02-15")


def test_the_page_corrects_and_says_what_stood_there(
    client: TestClient, trying: dict[str, Any]
) -> None:
    client.headers.update(OWN)
    page = f"/placements/{trying['id']}"
    begun = f"{page}/moves/{trying['moves'][2]['id']}/corrections"
    sent = {"occurred_on": "2026-02-20", "note": "雨で延びた"}
    assert led_to(send(client, begun, sent)) == f"{page}?saved=true"
    said = look(client, page)
    assert "直しました(はじめの記録は 2月10日(火))" in said
    assert "雨で延びた" in said
    ahead = send(client, begun, {"occurred_on": "2026-12-01", "note": ""})
    assert ahead.status_code == 422
    assert "この日には直せません" in ahead.text
