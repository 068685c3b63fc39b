"""An office made by hand with three areas: everybody is in exactly one worker's queue."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session

from catalogue.exchange.models import CatalogueFile
from catalogue.intake import save_catalogue
from catalogue.repository import all_by_ref
from catalogue.tables import Area, Municipality
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.app import create_app
from service.database import transaction
from service.settings import Settings
from tests.factories import PASSWORD, TurnableClock, _password_hash, activity_row
from tests.journeys.stories import Row, Worker

AREAS = ("hill", "shore", "station")
Workers = dict[str, Worker]


def office_file() -> CatalogueFile:
    """Three areas, a host and an activity in each; every host was confirmed on the day."""
    places = [(35.0 + number / 100, 135.0 + number / 100) for number in range(3)]
    return CatalogueFile.model_validate(
        {
            "municipality": "三つ葉市",
            "areas": [
                {"id": ref, "name": ref, "lat": lat, "lon": lon}
                for ref, (lat, lon) in zip(AREAS, places, strict=True)
            ],
            "hosts": [
                {"id": f"host_{ref}", "name": f"{ref}の会", "type": "club", "area": ref}
                for ref in AREAS
            ],
            "activities": [
                activity_row(f"act_{ref}", host=f"host_{ref}", area=ref, title=f"{ref}の庭")
                for ref in AREAS
            ],
        }
    )


def open_accounts(session: Session, office: Municipality, areas: dict[str, Area]) -> None:
    for name in (*AREAS, "everywhere"):
        session.add(
            Account(
                municipality_id=office.id,
                username=name,
                display_name=f"職員 {name}",
                role=Role.COORDINATOR if name == "everywhere" else Role.CSW,
                area_id=areas[name].id if name in areas else None,
                password_hash=_password_hash(),
            )
        )


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(datetime(2026, 11, 20, 1, tzinfo=UTC))


@pytest.fixture
def sign_in(connection: Connection, clock: TurnableClock) -> Callable[[str], TestClient]:
    with transaction(connection) as session:
        office = Municipality(name="三つ葉市")
        session.add(office)
        session.flush()
        save_catalogue(session, office, office_file())
        open_accounts(session, office, all_by_ref(session, Area, office.id))
    settings = Settings(secure_cookies=False, session_idle_minutes=10**6, session_hours=10**4)
    app = create_app(settings, bind=connection, now=clock)

    def enter(name: str) -> TestClient:
        body = {"username": name, "password": PASSWORD}
        token = TestClient(app).post("/api/v1/sessions", json=body).json()["token"]
        return TestClient(app, headers={"authorization": f"Bearer {token}", "if-match": "*"})

    return enter


@pytest.fixture
def workers(sign_in: Callable[[str], TestClient], clock: TurnableClock) -> Workers:
    workers = {name: Worker(sign_in(name), clock) for name in (*AREAS, "everywhere")}
    for host in workers["everywhere"].get("hosts")["items"]:
        workers["everywhere"].patch(f"hosts/{host['id']}", confirmed_on="2026-11-20")
    return workers


@pytest.fixture
def people(workers: Workers) -> dict[str, Row]:
    """One person in each area, each with a promise in the next area for Tuesday the 24th."""
    people: dict[str, Row] = {}
    activities = {each["area"]: each for each in workers["everywhere"].get("activities")["items"]}
    for number, area in enumerate(AREAS):
        worker = workers[area]
        known = {"area": area, "code": f"人{area}", "stage": "short_role", "own_words": "庭"}
        person = worker.post("people", **known, consent={"shared_with": "team"})
        placement = worker.propose(person, activities[AREAS[(number + 1) % 3]]["id"])
        worker.move(placement, "want")
        worker.move(placement, "agree", first_on="2026-11-24")
        people[area] = person | {"placement": placement}
    return people


def ids(rows: list[Row]) -> set[str]:
    return {row["id"] for row in rows}


def test_each_worker_sees_their_own_and_together_they_see_everybody(
    workers: Workers, people: dict[str, Row]
) -> None:
    queues = {area: workers[area].queue() for area in AREAS}
    for area, rows in queues.items():
        assert {row["person_code"] for row in rows} == {f"人{area}"}
        assert {(row["occasion"], row["side"]) for row in rows} == {
            ("before_first", "person"),
            ("before_first", "host"),
        }
    whole = workers["everywhere"].queue()
    assert len(whole) == sum(map(len, queues.values())) == 6
    assert ids(whole) == set.union(*map(ids, queues.values()))


def test_the_coordinator_narrows_the_whole_to_an_area_or_a_worker(
    workers: Workers, people: dict[str, Row]
) -> None:
    areas = {each["ref"]: each["id"] for each in workers["everywhere"].get("areas")["items"]}
    for area in AREAS:
        own = ids(workers[area].queue())
        assert ids(workers["everywhere"].queue(area=areas[area])) == own
        assert ids(workers["everywhere"].queue(owner=people[area]["owner_id"])) == own
    crossed = workers["everywhere"].queue(area=areas["hill"], owner=people["shore"]["owner_id"])
    assert crossed == []


def test_naming_another_area_opens_nothing_of_it(workers: Workers, people: dict[str, Row]) -> None:
    """Half a year later hosts ask to be confirmed: each in the queue of its own area."""
    areas = {each["ref"]: each["id"] for each in workers["everywhere"].get("areas")["items"]}
    for worker in workers.values():
        worker.on("2027-05-19")
    hosts = {row["host_name"] for row in workers["everywhere"].queue() if not row["person_id"]}
    assert hosts == {"hillの会", "shoreの会", "stationの会"}
    for area in AREAS:
        seen = {row["host_name"] for row in workers[area].queue() if not row["person_id"]}
        assert seen == {f"{area}の会"}
        for other in set(AREAS) - {area}:
            assert workers[area].queue(area=areas[other]) == []


def test_what_stands_in_a_queue_can_be_answered_there_and_nowhere_else(
    workers: Workers, people: dict[str, Row]
) -> None:
    row = workers["hill"].row("before_first")
    body = {"result": "talked", "channel": "call"}
    stranger = workers["shore"].client.post(f"/api/v1/follow-ups/{row['id']}/results", json=body)
    assert (stranger.status_code, stranger.json()["title"]) == (404, "NoSuchItem")
    workers["hill"].talked("before_first")
    assert row["id"] not in ids(workers["everywhere"].queue())
    assert len(workers["everywhere"].queue()) == 5


def test_whoever_moves_house_moves_to_the_other_queue_with_everything(
    workers: Workers, people: dict[str, Row]
) -> None:
    everywhere = workers["everywhere"]
    everywhere.post("concerns", person_id=people["hill"]["id"], side="person", words="道が遠い")
    everywhere.patch(f"people/{people['hill']['id']}", area="station")
    seen = {(row["person_code"], row["occasion"]) for row in workers["station"].queue()}
    assert {("人hill", "concern"), ("人hill", "before_first")} <= seen
    # the worker who knows them keeps seeing them: they are still theirs
    assert ("人hill", "concern") in {
        (row["person_code"], row["occasion"]) for row in workers["hill"].queue()
    }
    assert len(ids(everywhere.queue())) == 7


def test_a_host_two_areas_work_with_is_rung_by_one_at_a_time(
    workers: Workers, people: dict[str, Row]
) -> None:
    """The hill's people go to the shore; the shore's own worker speaks to the same host."""
    rows = {row["host_name"]: row for row in workers["hill"].queue() if row["side"] == "host"}
    row = rows["shoreの会"]
    assert workers["hill"].post(f"follow-ups/{row['id']}/claim")["name"] == "職員 hill"
    seen = next(each for each in workers["everywhere"].queue() if each["id"] == row["id"])
    assert seen["claim"]["name"] == "職員 hill"
    answer = workers["everywhere"].client.post(f"/api/v1/follow-ups/{row['id']}/claim")
    assert answer.status_code == 409
    workers["hill"].answer(row, what="火曜でよいとのこと")
    assert row["id"] not in ids(workers["everywhere"].queue())


def test_paging_through_everybody_meets_each_exactly_once(
    workers: Workers, people: dict[str, Row]
) -> None:
    for path in ("people", "placements", "activities", "hosts"):
        found: list[str] = []
        asked: dict[str, Any] = {"limit": 1}
        while True:
            page = workers["everywhere"].get(path, **asked)
            found += [each["id"] for each in page["items"]]
            if page["next"] is None:
                break
            asked["after"] = page["next"]
        assert len(found) == len(set(found)) == 3, path
