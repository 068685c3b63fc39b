"""The office's rhythm over HTTP and on its page: set, tried, refused, and felt in the queue."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import col, select

from catalogue.profiles import Stage
from service.database import transaction
from service.followup.tables import CadenceVersion, Closure
from tests.service.followup.desk import Desk
from tests.service.placements.village import Village, add_person, build_village
from tests.service.placements.walks import moved

API = "/api/v1/follow-up-settings"


@pytest.fixture
def chief(coordinator: Desk) -> TestClient:
    return coordinator.client


def figures(client: TestClient, **lines: Any) -> dict[str, Any]:
    shown = client.get(API).json()["lines"]
    return {"lines": shown | lines}


def put(client: TestClient, on: str, based_on: int = 0, **lines: Any) -> Response:
    body = figures(client, **lines) | {"effective_on": on, "based_on": based_on, "note": "ためし"}
    return client.post(API, json=body)


SOONER = {"person": [[1, 3, 5]]}


def test_at_first_the_standard_holds_and_says_its_bounds(chief: TestClient) -> None:
    shown = chief.get(API).json()
    assert (shown["version"], shown["effective_on"], shown["closures"]) == (0, None, [])
    assert shown["lines"]["concern"] == {"person": [[0, 2, 2]], "host": [[0, 2, 2]]}
    (bound,) = [each for each in shown["bounds"] if each["occasion"] == "at_home"]
    assert (bound["side"], bound["soonest"], bound["latest"]) == ("person", 1, 62)


def test_another_rhythm_holds_from_its_day_on_and_not_before(
    desk: Desk, chief: TestClient, village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        add_person(session, village.area, village.csw, "やま77", stage=Stage.AT_HOME)
    assert put(chief, "2026-02-12", at_home=SOONER).status_code == 201
    assert desk.on("02-11").seen() == []
    (row,) = desk.on("02-12").rows()  # at home since the tenth: from the third day on
    assert (row["earliest"], row["due"], row["late"]) == ("2026-02-11", "2026-02-13", "2026-02-16")


def test_a_change_in_mid_flight_asks_again_from_the_last_answer(
    desk: Desk, chief: TestClient, agreed: dict[str, Any]
) -> None:
    desk.on("02-17")
    moved(desk.client, agreed, "begin")
    desk.answered(desk.row())
    assert ("early", "person") not in desk.on("02-19").seen()
    assert put(
        chief, "2026-02-19", early={"person": [[2, 4, 6]], "host": [[10, 14, 18]]}
    ).is_success
    (row,) = [row for row in desk.rows() if row["occasion"] == "early"]
    # answered on Tuesday the 17th: four days later is a Saturday, and Monday is a holiday
    assert (row["earliest"], row["due"]) == ("2026-02-19", "2026-02-24")


def test_versions_are_appended_and_the_one_before_is_kept(
    chief: TestClient, village: Village, connection: Connection
) -> None:
    assert put(chief, "2026-02-10", at_home=SOONER).json()["version"] == 1
    assert put(chief, "2026-02-10", based_on=1, rested={"person": [[0, 1, 2]], "host": [[0, 1, 2]]})
    with transaction(connection) as session:
        kept = session.exec(select(CadenceVersion).order_by(col(CadenceVersion.version))).all()
        assert [each.version for each in kept] == [1, 2]
        assert {each.recorded_by for each in kept} == {village.coordinator.id}
        assert kept[0].lines["at_home"] == kept[1].lines["at_home"] == SOONER


def test_whoever_saw_an_older_rhythm_is_refused(chief: TestClient) -> None:
    assert put(chief, "2026-02-10", at_home=SOONER).status_code == 201
    answer = put(chief, "2026-02-10", at_home=SOONER)
    assert (answer.status_code, answer.json()["title"]) == (409, "RhythmChanged")


def test_a_concern_is_never_later_than_two_working_days(chief: TestClient) -> None:
    answer = put(chief, "2026-02-10", concern={"person": [[0, 2, 3]], "host": [[0, 2, 2]]})
    assert answer.status_code == 422
    assert answer.json()["faults"] == [
        {"where": "concern.person.1", "amiss": "too_late", "allowed": 2}
    ]
    assert chief.get(API).json()["version"] == 0


@pytest.mark.parametrize("on", ["2026-02-09", "2027-02-12"])
def test_a_rhythm_holds_from_today_on_or_from_a_day_of_the_next_year(
    chief: TestClient, on: str
) -> None:
    answer = put(chief, on, at_home=SOONER)
    assert (answer.status_code, answer.json()["field"]) == (422, "effective_on")


def test_a_change_can_be_tried_before_it_is_set(
    desk: Desk, chief: TestClient, agreed: dict[str, Any], village: Village, connection: Connection
) -> None:
    with transaction(connection) as session:
        person = add_person(
            session, village.area, village.coordinator, "やま78", stage=Stage.AT_HOME
        )
    desk.on("02-12")
    told = chief.post(f"{API}/preview", json=figures(chief, at_home=SOONER)).json()
    assert (told["now"]["total"], told["then"]["total"]) == (2, 3)
    assert (told["appearing"], told["leaving"], told["sooner"], told["later"]) == (1, 0, 0, 0)
    assert told["then"]["by_rank"]["now"] == 3
    assert chief.get(API).json()["version"] == 0
    assert chief.get("/api/v1/follow-ups").json()["counts"] == told["now"]
    assert put(chief, "2026-02-12", at_home=SOONER).is_success
    queue = chief.get("/api/v1/follow-ups").json()
    assert queue["counts"] == told["then"]
    assert str(person.id) in {row["person_id"] for row in queue["items"]}


def test_windows_give_way_to_the_offices_own_closures_at_once(
    desk: Desk, chief: TestClient, agreed: dict[str, Any], connection: Connection
) -> None:
    assert desk.row()["due"] == "2026-02-16"  # the day before, a Monday
    days = {"first_on": "2026-02-13", "last_on": "2026-02-16", "name": "研修"}
    made = chief.post(f"{API}/closures", json=days)
    assert made.status_code == 201
    assert desk.row()["due"] == "2026-02-12"
    assert chief.delete(f"{API}/closures/{made.json()['id']}").status_code == 204
    assert desk.row()["due"] == "2026-02-16"
    assert chief.delete(f"{API}/closures/{made.json()['id']}").status_code == 404
    with transaction(connection) as session:
        assert session.exec(select(Closure)).one().ended_at is not None


@pytest.mark.parametrize("last_on", ["2026-02-12", "2026-03-16"])
def test_a_closure_has_an_end_within_a_month(chief: TestClient, last_on: str) -> None:
    answer = chief.post(f"{API}/closures", json={"first_on": "2026-02-13", "last_on": last_on})
    assert (answer.status_code, answer.json()["title"]) == (422, "UnfitDays")


def test_whoever_does_not_coordinate_looks_and_sets_nothing(desk: Desk) -> None:
    assert desk.client.get(API).status_code == 200
    for path in ("", "/preview", "/closures"):
        assert desk.client.post(f"{API}{path}", json={}).status_code == 403


def test_another_municipality_keeps_its_own_rhythm(
    desk: Desk, chief: TestClient, connection: Connection
) -> None:
    assert put(chief, "2026-02-10", at_home=SOONER).is_success
    with transaction(connection) as session:
        other = build_village(session)
    desk.client.headers["Authorization"] = f"Bearer {other.tokens[other.coordinator.id]}"
    assert desk.client.get(API).json()["version"] == 0
