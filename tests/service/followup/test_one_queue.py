"""List, count, export and figures are one queue, whatever is done in whatever order.

``DEBAN_QUEUE_OPERATIONS=500`` does as many things as one likes; the tests do 40.
"""

import csv
import io
import os
import random
from datetime import date, timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from service.accounts.actions import Staff
from service.accounts.tables import SignIn
from service.clock import local_day
from service.database import transaction
from service.followup.cadence import STANDARD
from service.followup.facts import PlacementFacts
from service.followup.gathering import gathered, shelved
from service.followup.order import in_order
from service.followup.repository.sources import everybody, material_of
from service.followup.roads import Silence
from service.followup.rules import due, next_window
from service.followup.subjects import SIDES
from service.followup.upkeep import astray
from service.followup.windows import Due
from service.placements.lifecycle import CLOSED, Action, Side
from tests.service.followup.desk import PATH, Desk
from tests.service.placements.conftest import Clock
from tests.service.placements.village import Village
from tests.service.placements.walks import move, propose

OPERATIONS: Final = int(os.environ.get("DEBAN_QUEUE_OPERATIONS", "40"))
EVERY: Final = 10
RESULTS: Final[tuple[dict[str, Any], ...]] = (
    {"result": "talked"},
    {"result": "saw", "channel": "visit"},
    {"result": "not_reached"},
    {"result": "not_reached", "channel": "message"},
    {"result": "not_needed", "why": "毎日会う"},
)


class Life:
    """A village in which something happens, and then something else: seeded, and legal or not."""

    def __init__(self, desk: Desk, village: Village, seed: int) -> None:
        self.desk, self.village, self.dice = desk, village, random.Random(seed)
        self.placements: list[dict[str, Any]] = []

    @property
    def today(self) -> date:
        return local_day(self.desk.clock.now)

    def step(self) -> None:
        """Do one thing; a refusal is an answer too."""
        self.dice.choice(
            (self.propose, self.move, self.move, self.visit, self.contact, self.concern,
             self.answer, self.answer, self.wait, self.tomorrow)
        )()  # fmt: skip

    def propose(self) -> None:
        number = self.dice.randrange(len(self.village.people))
        body = {"person_id": str(self.village.people[number].id), "override_reason": "ためし"}
        known = {"activity_id": str(self.village.activity.id)}
        answer = self.desk.client.post("/api/v1/placements", json=body | known)
        if answer.status_code == 201:
            self.placements.append(answer.json())

    def move(self) -> None:
        if self.placements:
            move(self.desk.client, self.dice.choice(self.placements), self.dice.choice([*Action]))

    def visit(self) -> None:
        if self.placements:
            day = self.today - timedelta(self.dice.randrange(10))
            said = {
                "outcome": self.dice.choice(("came", "rested", "unknown")),
                "with_notice": False,
            }
            self._post("visits", occurred_on=str(day), **self._about(), **said)

    def contact(self) -> None:
        if self.placements:
            told = {"channel": "call", "direction": "sent", "result": "talked"}
            day = self.today - timedelta(self.dice.randrange(3))
            self._post("contacts", occurred_on=str(day), **self._about(), **told)

    def concern(self) -> None:
        if self.placements:
            self._post("concerns", side="host", words="少し", **self._about())

    def answer(self) -> None:
        if rows := self.desk.rows():
            self.desk.answer(self.dice.choice(rows), **self.dice.choice(RESULTS))

    def wait(self) -> None:
        if rows := self.desk.rows():
            until = self.today + timedelta(self.dice.randrange(1, 9))
            self.desk.answer(self.dice.choice(rows), "asked_to_wait", until=str(until), why="かぜ")

    def tomorrow(self) -> None:
        self.desk.clock.turn_to(self.today + timedelta(self.dice.randrange(1, 12)))

    def _about(self) -> dict[str, str]:
        return {"placement_id": self.dice.choice(self.placements)["id"]}

    def _post(self, path: str, **body: Any) -> None:
        assert self.desk.client.post(f"/api/v1/{path}", json=body).status_code < 500


def one_window_or_a_reason(facts: PlacementFacts) -> bool:
    """Say whether each side of an open placement has one next window, or a reason why not."""
    found = [next_window(facts, side, STANDARD) for side in SIDES]
    return facts.status in CLOSED or all(
        isinstance(each, Due) or (side is Side.HOST and each is Silence.NOT_ASKED)
        for side, each in zip(SIDES, found, strict=True)
    )


def by_the_rule(session: Session, staff: Staff, today: date) -> list[str]:
    """Name the items of a municipality's queue in their order, from the facts alone."""
    owed = []
    for subjects in everybody(session, staff.municipality_id):
        material = material_of(session, subjects)
        for facts in gathered(material, shelved(material)):
            assert not isinstance(facts, PlacementFacts) or one_window_or_a_reason(facts)
            owed += due(facts, STANDARD, today)
    return [str(each.id) for each in in_order(owed, today)]


def listed(client: TestClient, limit: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Turn all the pages of a queue; every one tells the same figures."""
    rows: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"limit": limit}
    while True:
        page = client.get(PATH, params=asked).json()
        rows += page["items"]
        if page["next"] is None:
            return rows, page["counts"]
        asked["after"] = page["next"]


def exported(client: TestClient, connection: Connection, clock: Clock) -> list[list[str]]:
    """Read the file that the coordinator gets, who has just proved to be the coordinator."""
    connection.execute(sa.update(SignIn).values(stepped_up_at=clock.now))
    answer = client.get(f"{PATH}/export.csv", params={"why": "counting"})
    assert answer.status_code == 200, answer.text
    _, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    return rows


@pytest.mark.parametrize("seed", [7])
def test_after_random_operations_list_count_export_and_figures_are_one_queue(
    desk: Desk, coordinator: Desk, village: Village, connection: Connection, seed: int
) -> None:
    life, chief = Life(desk, village, seed), coordinator.client
    most = 0
    for number in range(1, OPERATIONS + 1):
        life.step()
        if number % EVERY:
            continue
        rows, figures = listed(chief, limit=3)
        most = max(most, len(rows))
        ids = [row["id"] for row in rows]
        with transaction(connection) as session:
            assert ids == by_the_rule(session, village.coordinator, life.today)
            assert astray(session, village.municipality.id, today=life.today) == set()
        whole, again = listed(chief, limit=200)
        assert (ids, figures) == ([row["id"] for row in whole], again)
        assert (
            figures["total"]
            == len(ids)
            == len(set(ids))
            == len(exported(chief, connection, desk.clock))
        )
        assert figures["people"] == sum(row["side"] == "person" for row in rows)
        assert list(figures["by_rank"].values()) == [
            sum(row["rank"] == rank for row in rows) for rank in range(1, 6)
        ]
        groups = chief.get(f"{PATH}/groups").json()
        assert sum(each["number"] for each in groups["areas"]) == figures["total"]
    assert most > 3, "too little happened for a comparison"


def test_a_file_holds_codes_and_no_formula(
    desk: Desk, coordinator: Desk, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        session.merge(village.host).name = "=HYPERLINK(1)"
    first, second = exported(coordinator.client, connection, desk.clock)
    assert {first[2], second[2]} == {"やま00"}
    assert first[3] == second[3] == "'=HYPERLINK(1)"


def test_a_file_of_people_needs_its_right_and_a_reason(desk: Desk, coordinator: Desk) -> None:
    assert desk.client.get(f"{PATH}/export.csv", params={"why": "counting"}).status_code == 403
    assert coordinator.client.get(f"{PATH}/export.csv").status_code == 422


def test_a_place_that_no_page_told_is_refused(desk: Desk, clock: Clock) -> None:
    for word in ("x", "W10=", "bnVsbA==", "WzEsMSwxLDEsMSwxLDEsMV0=", "é"):
        answer = desk.client.get(PATH, params={"after": word})
        assert (answer.status_code, answer.json()["title"]) == (422, "UnfitPlace"), word


def test_a_hosts_own_rows_can_be_asked_for(
    desk: Desk, agreed: dict[str, Any], village: Village
) -> None:
    propose(desk.client, village, number=1)
    found = desk.rows(host=str(village.host.id))
    assert {row["host_id"] for row in found} == {str(village.host.id)}
    groups = desk.client.get(f"{PATH}/groups").json()
    assert groups["hosts"] == [{"id": str(village.host.id), "name": "寺", "number": len(found)}]
