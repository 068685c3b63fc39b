"""The catalogue for machines: what anybody may know, whole, and nothing of what hosts said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select, update

from catalogue.tables import Activity, Host, Slot
from tests.factories import MORNING, Town

API = "/api/v1"
CATALOGUE = f"{API}/machine/catalogue"


@pytest.fixture
def reader(app: FastAPI, client_of: Callable[[str], TestClient]) -> TestClient:
    body = {"name": "町のページ", "scope": "catalogue", "days": 30}
    made = client_of("admin").post(f"{API}/machine-tokens", json=body)
    return TestClient(app, headers={"authorization": f"Bearer {made.json()['token']}"})


def published(reader: TestClient, limit: int = 50) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": limit}
    while True:
        answer = reader.get(CATALOGUE, params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        params["after"] = page["next"]


def test_what_is_not_to_be_published_is_not_however_small_the_pages(
    reader: TestClient, client: TestClient, town: Town
) -> None:
    hidden = town.activities["leaves"]
    for said, expected in (
        (True, {"last_place", "tea"}),
        (False, {"leaves", "last_place", "tea"}),
        (None, {"leaves", "last_place", "tea"}),
    ):
        path = f"{API}/activities/{hidden.id}"
        assert client.patch(path, json={"not_published": said}).status_code == 200
        for limit in (1, 2, 200):
            refs = [each["ref"] for each in published(reader, limit)]
            assert (set(refs), len(refs)) == (expected, len(expected)), (said, limit)


def test_nothing_that_a_host_said_of_itself_or_in_trust_is_published(
    reader: TestClient, session: Session
) -> None:
    said = {
        "telephone": "needle-telephone",
        "resting_until": MORNING.date() + timedelta(days=40),
        "max_people": 77,
        "last_asked_on": MORNING.date(),
    }
    session.exec(update(Host).values(**said))
    words = {
        "worry": "needle-worry",
        "needs": {"people": "needle-needs"},
        "staff_present": "needle-who",
    }
    for activity in session.exec(select(Activity)):
        activity.terms = activity.terms | words
        activity.heard = [
            {
                "ask": "lift",
                "value": None,
                "kind": "lift",
                "answer": "needle-no",
                "on": "2026-11-20",
            }
        ]
    session.flush()
    items = published(reader)
    assert {each["host"] for each in items} == {"湖東寺", "喫茶みなと"}
    text = str([{name: each[name] for name in each if name != "id"} for each in items])
    for needle in ("needle", "77", "2026-12-30", "2026-11-20"):
        assert needle not in text


def test_times_without_a_place_are_not_announced(
    reader: TestClient, session: Session, town: Town
) -> None:
    slot = town.slots["leaves"][0]
    [before] = [each for each in published(reader) if each["ref"] == "leaves"]
    assert [line["rrule"] for line in before["schedule"]] == ["FREQ=WEEKLY;BYDAY=TU"]
    session.exec(update(Slot).where(col(Slot.id) == slot.id).values(capacity=0, taken=0))
    session.expire_all()
    [after] = [each for each in published(reader) if each["ref"] == "leaves"]
    assert after["schedule"] == []


def test_a_town_with_nothing_to_offer_publishes_an_empty_list(
    reader: TestClient, session: Session
) -> None:
    session.exec(update(Activity).values(open=False))
    session.expire_all()
    assert reader.get(CATALOGUE).json() == {"items": [], "next": None}
    for wrong in ("limit=0", "limit=201", "after=last"):
        assert reader.get(f"{CATALOGUE}?{wrong}").status_code == 422
