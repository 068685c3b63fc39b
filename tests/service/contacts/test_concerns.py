"""Concerns: 少し困った, from either side, settled once."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from service.database import transaction
from service.placements.lifecycle import Side, Status
from tests.service.placements.conftest import Clock
from tests.service.placements.village import Village, build_village
from tests.service.placements.walks import placement_at

PATH = "/api/v1/concerns"


@pytest.fixture
def trying(client: TestClient, village: Village) -> dict[str, Any]:
    return placement_at(client, village, Status.TRYING)


def raised(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post(PATH, json={"side": "host", "words": "声かけに迷う"} | body)
    assert answer.status_code == 201, answer.text
    concern: dict[str, Any] = answer.json()
    return concern


@pytest.mark.parametrize("side", Side)
def test_either_side_may_raise_one(client: TestClient, trying: dict[str, Any], side: Side) -> None:
    concern = raised(client, placement_id=trying["id"], side=side)
    assert (concern["side"], concern["raised_on"], concern["settled_on"]) == (
        side,
        "2026-02-10",
        None,
    )
    assert concern["person_id"] == trying["person_id"]
    assert client.get(f"{PATH}/{concern['id']}").json() == concern


def test_it_is_settled_once_with_what_was_done(
    client: TestClient, trying: dict[str, Any], clock: Clock
) -> None:
    concern = raised(client, placement_id=trying["id"])
    clock.now = clock.now.replace(day=12)
    path = f"{PATH}/{concern['id']}/settlement"
    settled = client.post(path, json={"settlement": "週に一度電話することにした"}).json()
    assert (settled["settled_on"], settled["settlement"]) == (
        "2026-02-12",
        "週に一度電話することにした",
    )
    again = client.post(path, json={"settlement": "もう一度"})
    assert (again.status_code, again.json()["title"]) == (409, "AlreadySettled")


@pytest.mark.parametrize("day", ["2026-02-09", "2026-02-11"])
def test_it_is_settled_between_its_day_and_today(
    client: TestClient, village: Village, day: str
) -> None:
    concern = raised(client, host_id=str(village.host.id))
    body = {"settlement": "話した", "settled_on": day}
    assert client.post(f"{PATH}/{concern['id']}/settlement", json=body).status_code == 409
    assert client.get(f"{PATH}/{concern['id']}").json()["settled_on"] is None


def test_it_is_not_raised_in_the_future_nor_without_words(
    client: TestClient, village: Village
) -> None:
    body = {"side": "host", "words": "?", "host_id": str(village.host.id)}
    assert client.post(PATH, json=body | {"raised_on": "2026-02-11"}).status_code == 409
    assert client.post(PATH, json=body | {"words": ""}).status_code == 422
    assert client.post(PATH, json={"side": "host", "words": "?"}).status_code == 422


def test_a_concern_nobody_raised_is_missing(client: TestClient) -> None:
    assert client.get(f"{PATH}/{uuid4()}").status_code == 404
    body = {"settlement": "?"}
    assert client.post(f"{PATH}/{uuid4()}/settlement", json=body).status_code == 404


def test_the_list_knows_sides_and_municipalities(
    client: TestClient, connection: Connection, village: Village, trying: dict[str, Any]
) -> None:
    about = raised(client, placement_id=trying["id"])
    alone = raised(client, host_id=str(village.host.id))
    listed = client.get(PATH, params={"host_id": str(village.host.id)}).json()["items"]
    assert {item["id"] for item in listed} == {about["id"], alone["id"]}
    listed = client.get(PATH, params={"person_id": trying["person_id"]}).json()["items"]
    assert [item["id"] for item in listed] == [about["id"]]
    with transaction(connection) as session:
        elsewhere = build_village(session)
    headers = {"Authorization": f"Bearer {elsewhere.tokens[elsewhere.csw.id]}"}
    assert client.get(PATH, headers=headers).json()["items"] == []
    path = f"{PATH}/{about['id']}/settlement"
    assert client.post(path, json={"settlement": "?"}, headers=headers).status_code == 404
