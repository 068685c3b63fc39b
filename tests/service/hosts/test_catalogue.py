"""Areas, hosts, activities and slots over HTTP; every change moves the catalogue's revision."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select, update

from catalogue.repository import profiles, revision
from catalogue.tables import Slot
from tests.factories import MORNING, Town, activity_row

API = "/api/v1"
HOST = {"name": "山の畑", "type": "farm", "area": "west", "lat": 35.03, "lon": 135.04}
TODAY = MORNING.date()


def activity(host_id: object, **changes: Any) -> dict[str, Any]:
    row = activity_row("new", **changes) | {"host_id": str(host_id), "ref": "new"}
    return {name: value for name, value in row.items() if name not in {"id", "host"}}


def test_areas_are_listed_with_their_names_in_files(client: TestClient) -> None:
    found = client.get(f"{API}/areas").json()["items"]
    assert {area["ref"]: area["name"] for area in found} == {"east": "東", "west": "西"}


def test_a_host_is_registered_read_and_listed(client: TestClient) -> None:
    created = client.post(f"{API}/hosts", json=HOST | {"ref": "hill"})
    assert created.status_code == 201
    host = created.json()
    assert host.items() >= HOST.items()
    assert client.get(f"{API}/hosts/{host['id']}").json() == host
    assert host in client.get(f"{API}/hosts").json()["items"]


def test_a_host_without_a_name_in_files_is_given_one(client: TestClient) -> None:
    refs = {client.post(f"{API}/hosts", json=HOST).json()["ref"] for _ in range(3)}
    assert len(refs) == 3


def test_a_name_in_files_belongs_to_one_host(client: TestClient) -> None:
    assert client.post(f"{API}/hosts", json=HOST | {"ref": "temple"}).status_code == 409


def test_an_edit_leaves_what_it_does_not_name(client: TestClient, town: Town) -> None:
    path = f"{API}/hosts/{town.hosts['temple'].id}"
    before = client.get(path)
    changed = client.patch(
        path, json={"telephone": "0770-00-0000"}, headers={"if-match": before.headers["etag"]}
    )
    assert changed.json() == before.json() | {"telephone": "0770-00-0000", "version": 2}
    assert changed.headers["etag"] == '"2"'


@pytest.mark.parametrize("kind", ["hosts", "activities"])
def test_an_edit_of_an_old_version_is_refused(client: TestClient, town: Town, kind: str) -> None:
    entry = town.hosts["temple"] if kind == "hosts" else town.activities["leaves"]
    name = "name" if kind == "hosts" else "title"
    path = f"{API}/{kind}/{entry.id}"
    tag = client.get(path).headers["etag"]
    assert client.patch(path, json={name: "先に"}, headers={"if-match": tag}).status_code == 200
    answer = client.patch(path, json={name: "後から"}, headers={"if-match": tag})
    assert answer.status_code == 409
    assert client.get(path).json()[name] == "先に"


def test_an_activity_comes_with_its_terms_and_becomes_slots(client: TestClient, town: Town) -> None:
    schedule = [
        {"rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "10:00", "end": "11:00"},
        {"rrule": "FREQ=WEEKLY;BYDAY=FR", "start": "13:00", "end": "14:30", "holidays": "closed"},
    ]
    body = activity(town.hosts["temple"].id, schedule=schedule, hazards=["bees", "other:池"])
    created = client.post(f"{API}/activities", json=body)
    assert created.status_code == 201
    shown = created.json()
    assert shown["hazards"] == ["bees", "other:池"]
    assert shown["load"]["physical"] == 1
    assert shown["toilet"] is None
    assert [line["start"] for line in shown["schedule"]] == ["10:00", "13:00"]
    assert client.get(f"{API}/activities/{shown['id']}").json() == shown
    slots = client.get(f"{API}/slots", params={"activity_id": shown["id"]}).json()["items"]
    assert sorted(slot["position"] for slot in slots) == [0, 1]
    assert {slot["capacity"] for slot in slots} == {2}


def test_an_empty_schedule_is_one_slot_by_arrangement(client: TestClient, town: Town) -> None:
    body = activity(town.hosts["temple"].id, schedule=[])
    shown = client.post(f"{API}/activities", json=body).json()
    [slot] = client.get(f"{API}/slots", params={"activity_id": shown["id"]}).json()["items"]
    assert slot["recurrence"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"schedule": [{"rrule": "FREQ=DAILY;COUNT=0", "start": "10:00", "end": "11:00"}]},
        {"schedule": [{"rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "11:00", "end": "10:00"}]},
        {"hazards": ["dragons"]},
        {"load": {"physical": 5}},
        {"minutes": {"min": 60, "max": 20}},
        {"capacity": None},
        {"capacity": "two"},
        {"shoe_size": 26},
    ],
)
def test_malformed_terms_are_refused_with_their_place(
    client: TestClient, town: Town, change: dict[str, Any]
) -> None:
    answer = client.post(f"{API}/activities", json=activity(town.hosts["temple"].id, **change))
    assert answer.status_code == 422
    [name] = change
    assert all(fault["where"].startswith(f"body.{name}") for fault in answer.json()["errors"])


def test_a_changed_term_leaves_the_other_terms(client: TestClient, town: Town) -> None:
    path = f"{API}/activities/{town.activities['leaves'].id}"
    before = client.get(path).json()
    changed = client.patch(path, json={"worry": "秋は手が足りない", "fee_yen": None}).json()
    assert changed == before | {"worry": "秋は手が足りない", "fee_yen": None, "version": 2}


def test_a_new_schedule_replaces_the_old_one(client: TestClient, town: Town) -> None:
    path = f"{API}/activities/{town.activities['leaves'].id}"
    line = {"rrule": "FREQ=WEEKLY;BYDAY=SA", "start": "9:00", "end": "10:00"}
    shown = client.patch(path, json={"schedule": [line]}).json()
    assert [item["rrule"] for item in shown["schedule"]] == [line["rrule"]]


def test_a_capacity_below_the_places_taken_is_refused(
    client: TestClient, town: Town, session: Session
) -> None:
    slot = town.slots["leaves"][0]
    session.exec(update(Slot).where(col(Slot.id) == slot.id).values(taken=2))
    by_slot = client.patch(f"{API}/slots/{slot.id}", json={"capacity": 1})
    by_activity = client.patch(
        f"{API}/activities/{town.activities['leaves'].id}", json={"capacity": 1}
    )
    assert (by_slot.status_code, by_activity.status_code) == (409, 409)
    assert client.get(f"{API}/slots/{slot.id}").json()["capacity"] == 2


def test_slots_are_added_with_times_or_by_arrangement(client: TestClient, town: Town) -> None:
    base = {"activity_id": str(town.activities["leaves"].id), "capacity": 3}
    times = {"rrule": "FREQ=WEEKLY;BYDAY=SU", "start": "10:00", "end": "12:00"}
    timed = client.post(f"{API}/slots", json=base | times)
    free = client.post(f"{API}/slots", json=base)
    assert (timed.status_code, free.status_code) == (201, 201)
    assert timed.json()["recurrence"]["rrule"] == times["rrule"]
    assert free.json()["recurrence"] is None
    assert [timed.json()["position"], free.json()["position"]] == [1, 2]
    assert client.patch(f"{API}/slots/{free.json()['id']}", json={"capacity": 5}).json() == (
        free.json() | {"capacity": 5, "version": 2}
    )


def test_a_slot_needs_an_activity_of_the_own_town(client: TestClient, elsewhere: Town) -> None:
    body = {"activity_id": str(elsewhere.activities["leaves"].id), "capacity": 1}
    assert client.post(f"{API}/slots", json=body).status_code == 404


@pytest.mark.parametrize("kind", ["hosts", "activities", "slots"])
def test_other_municipalities_do_not_exist(client: TestClient, elsewhere: Town, kind: str) -> None:
    theirs = {
        "hosts": elsewhere.hosts["temple"].id,
        "activities": elsewhere.activities["leaves"].id,
        "slots": elsewhere.slots["leaves"][0].id,
    }[kind]
    absent = client.get(f"{API}/{kind}/{uuid4()}")
    hidden = client.get(f"{API}/{kind}/{theirs}")
    assert hidden.status_code == 404
    assert hidden.json() == absent.json()
    listed = client.get(f"{API}/{kind}", params={"limit": 200}).json()["items"]
    assert str(theirs) not in {item["id"] for item in listed}
    assert client.patch(f"{API}/{kind}/{theirs}", json={}).status_code in {404, 422}


def test_an_officer_reads_the_catalogue_but_does_not_write_it(
    client_of: Callable[[str], TestClient],
) -> None:
    officer = client_of("officer")
    assert officer.get(f"{API}/hosts").status_code == 200
    assert officer.post(f"{API}/hosts", json=HOST).status_code == 403
    assert client_of("auditor").get(f"{API}/hosts").status_code == 403


def test_every_change_moves_the_revision_and_reaches_matching(
    client: TestClient, town: Town, session: Session
) -> None:
    temple, leaves = town.hosts["temple"].id, town.activities["leaves"].id
    slot = town.slots["leaves"][0].id
    changes: list[Callable[[], Any]] = [
        lambda: client.post(f"{API}/hosts", json=HOST),
        lambda: client.patch(f"{API}/hosts/{temple}", json={"resting_until": "2026-12-31"}),
        lambda: client.post(f"{API}/activities", json=activity(temple)),
        lambda: client.patch(f"{API}/activities/{leaves}", json={"title": "枯れ葉"}),
        lambda: client.patch(f"{API}/activities/{leaves}", json={"open": False}),
        lambda: client.post(f"{API}/slots", json={"activity_id": str(leaves), "capacity": 1}),
        lambda: client.patch(f"{API}/slots/{slot}", json={"capacity": 9}),
    ]
    for change in changes:
        before = revision(session, town.municipality.id)
        assert change().status_code in {200, 201}
        session.expire_all()
        after = revision(session, town.municipality.id)
        assert before is not None
        assert after is not None
        assert after > before
    seen = {profile.id for profile in profiles(session, town.municipality.id, as_of=TODAY)}
    assert str(leaves) not in seen
    assert len(seen) == 3


def test_a_refused_change_moves_nothing(client: TestClient, town: Town, session: Session) -> None:
    before = revision(session, town.municipality.id)
    client.post(f"{API}/hosts", json=HOST | {"ref": "temple"})
    client.post(f"{API}/activities", json=activity(uuid4()))
    session.expire_all()
    assert revision(session, town.municipality.id) == before
    assert len(session.exec(select(Slot)).all()) == 4
