"""Hosts over HTTP: every field set, changed, emptied and refused; lists to their end."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.repository import profiles, revision
from catalogue.tables import Host
from service.hosts.schemas import HostChangeIn, HostIn
from tests.factories import Town

HOSTS = "/api/v1/hosts"
HOST: dict[str, Any] = {"name": "山の畑", "type": "farm", "area": "west"}

# For each field that can be changed: another value, and some that cannot be.
CHANGES: dict[str, tuple[Any, list[Any]]] = {
    "name": ("湖東寺の庫裏", ["", None, "あ" * 201, "a\0b", 4]),
    "type": ("shrine", ["", None, "x" * 65, "a\0b"]),
    "area": ("west", ["", None, " west", 3]),
    "lat": (-90.0, [-90.1, "35.0", True]),
    "lon": (180.0, [180.1, "135.0"]),
    "telephone": ("ファクス 0770-00-0001", ["1" * 65, None, "a\0b", 770]),
    "confirmed_on": ("2028-02-29", ["2027-02-29", "11/20", 20261120]),
    "max_people": (3, [-1, "3", 1.5]),
    "new_a_month": (1, [-1, "1", True]),
    "resting_until": ("2026-12-31", ["年末", "2026-12-32"]),
}


@pytest.fixture
def path(town: Town) -> str:
    return f"{HOSTS}/{town.hosts['temple'].id}"


def test_the_table_above_speaks_of_every_field() -> None:
    assert set(CHANGES) == set(HostChangeIn.model_fields) == set(HostIn.model_fields) - {"ref"}


@pytest.mark.parametrize("field", CHANGES)
def test_a_field_is_changed_alone(client: TestClient, path: str, field: str) -> None:
    before = client.get(path).json()
    value, _ = CHANGES[field]
    changed = client.patch(path, json={field: value})
    assert changed.json() == before | {field: value, "version": before["version"] + 1}
    assert client.get(path).json() == changed.json()


@pytest.mark.parametrize(
    ("field", "bad"), [(field, bad) for field, (_, faults) in CHANGES.items() for bad in faults]
)
def test_a_value_that_cannot_be_changes_nothing(
    client: TestClient, path: str, field: str, bad: Any
) -> None:
    before = client.get(path).json()
    answer = client.patch(path, json={field: bad})
    assert answer.status_code == 422, answer.text
    assert client.get(path).json() == before


@pytest.mark.parametrize("field", ["lat", "lon", "confirmed_on", "resting_until"])
def test_what_may_be_unknown_can_become_unknown_again(
    client: TestClient, path: str, field: str
) -> None:
    client.patch(path, json={field: CHANGES[field][0]})
    assert client.patch(path, json={field: None}).json()[field] is None


def test_an_area_that_is_not_there_is_missing_and_changes_nothing(
    client: TestClient, path: str
) -> None:
    before = client.get(path).json()
    assert client.patch(path, json={"area": "north", "name": "別"}).status_code == 404
    assert client.post(HOSTS, json=HOST | {"area": "north"}).status_code == 404
    assert client.get(path).json() == before


def test_the_name_in_files_is_not_changed_by_hand(client: TestClient, path: str) -> None:
    assert client.patch(path, json={"ref": "other"}).status_code == 422
    assert client.get(path).json()["ref"] == "temple"


def test_when_a_host_was_last_asked_is_not_written_by_hand(client: TestClient, path: str) -> None:
    assert client.patch(path, json={"last_asked_on": "2026-11-20"}).status_code == 422


@pytest.mark.parametrize("field", ["name", "type", "area"])
def test_a_host_needs_a_name_a_kind_and_an_area(client: TestClient, field: str) -> None:
    body = {name: value for name, value in HOST.items() if name != field}
    answer = client.post(HOSTS, json=body)
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["errors"]] == [f"body.{field}"]


def test_two_towns_may_use_the_same_name_in_files(
    client_of: Callable[[str], TestClient], town: Town, elsewhere: Town
) -> None:
    answers = [
        client_of(user).post(HOSTS, json=HOST | {"ref": "hill"})
        for user in ("csw", "csw_elsewhere")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]


def test_a_host_that_rests_is_known_to_matching_until_that_day(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    client.patch(path, json={"resting_until": "2026-12-31"})
    session.expire_all()
    found = profiles(session, town.municipality.id, as_of=date(2026, 11, 20))
    resting = {profile.host: profile.resting_until for profile in found}
    assert resting[str(town.hosts["temple"].id)] == date(2026, 12, 31)
    assert resting[str(town.hosts["cafe"].id)] is None


def test_a_host_without_a_place_of_its_own_is_where_its_area_is(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    client.patch(path, json={"lat": None, "lon": None})
    session.expire_all()
    found = {
        profile.id: (profile.lat, profile.lon)
        for profile in profiles(session, town.municipality.id, as_of=date(2026, 11, 20))
    }
    assert found[str(town.activities["leaves"].id)] == (35.001, 135.001)


@pytest.mark.parametrize(("given", "status"), [('"2"', 409), ("*", 200), ("", 409), ('"1"', 200)])
def test_an_edit_goes_through_only_with_the_version_that_stands(
    client: TestClient, path: str, given: str, status: int
) -> None:
    answer = client.patch(path, json={"name": "別の名"}, headers={"if-match": given})
    assert answer.status_code == status


def test_a_refused_edit_moves_neither_version_nor_revision(
    client: TestClient, session: Session, town: Town, path: str
) -> None:
    before = revision(session, town.municipality.id)
    client.patch(path, json={"name": "別の名"}, headers={"if-match": '"7"'})
    session.expire_all()
    assert revision(session, town.municipality.id) == before
    assert client.get(path).headers["etag"] == '"1"'


@pytest.mark.parametrize("kind", ["areas", "hosts", "activities", "slots"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_list_of_the_catalogue_is_read_to_its_end_without_doubles(
    client: TestClient, elsewhere: Town, kind: str, size: int
) -> None:
    whole = [item["id"] for item in client.get(f"/api/v1/{kind}").json()["items"]]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": size}
    for _ in range(len(whole) + 1):
        page = client.get(f"/api/v1/{kind}", params=params).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        params["after"] = page["next"]
    assert seen == whole == sorted(whole)
    assert len(whole) == {"areas": 2, "hosts": 2, "activities": 4, "slots": 4}[kind]


@pytest.mark.parametrize("kind", ["areas", "hosts", "activities", "slots"])
def test_a_page_after_the_last_one_is_empty(client: TestClient, kind: str) -> None:
    last = client.get(f"/api/v1/{kind}").json()["items"][-1]["id"]
    page = client.get(f"/api/v1/{kind}", params={"after": last}).json()
    assert page == {"items": [], "next": None}


@pytest.mark.parametrize("role", ["coordinator", "officer", "admin"])
def test_the_catalogue_is_no_secret_among_staff(
    client_of: Callable[[str], TestClient], path: str, role: str
) -> None:
    assert client_of(role).get(path).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [("csw_west", 200), ("coordinator", 200), ("officer", 403), ("admin", 403), ("auditor", 403)],
)
def test_only_caseworkers_change_it_of_whatever_area(
    client_of: Callable[[str], TestClient], path: str, role: str, status: int
) -> None:
    assert client_of(role).patch(path, json={"name": "別の名"}).status_code == status


def test_a_host_made_up_by_a_refused_request_is_not_there(
    client: TestClient, session: Session, town: Town
) -> None:
    client.post(HOSTS, json=HOST | {"ref": "temple"})
    assert len(client.get(HOSTS).json()["items"]) == 2
    assert session.get(Host, town.hosts["temple"].id) is not None
