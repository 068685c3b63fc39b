"""The whole API under a fuzzer: schema-made requests, chains of them, and two peers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.database import open_engine, transaction
from tests.factories import Town, seed
from tests.faults.fuzzing import fuzz, signed_in
from tests.faults.running import running_service

# Two hundred and more find what is rare; a handful holds the line on every change.
EXAMPLES = int(os.environ.get("DEBAN_FUZZ_EXAMPLES", "4"))
CSWS = ("csw", "csw_west")
FLAWED = "tests.faults.flawed:create_flawed_app"
PLANTED = r"/people(/\{person_id\})?$|flawed"
LISTED = (
    "people",
    "hosts",
    "activities",
    "slots",
    "placements",
    "visits",
    "contacts",
    "concerns",
    "aids",
)


def town_at(url: str) -> Town:
    engine = open_engine(url, connections=1)
    with transaction(engine) as session:
        town = seed(session)
        seed(session, name="となり市", suffix="_elsewhere")
    engine.dispose()
    return town


@contextmanager
def client_at(address: str, username: str) -> Iterator[httpx.Client]:
    bearer = signed_in(address, username)
    with httpx.Client(base_url=address, headers={"Authorization": bearer}, timeout=30) as client:
        yield client


def lived_in(address: str, town: Town, username: str, area: str) -> None:
    """Give a CSW somebody of their own who takes part, so that every kind of row is there."""
    consent = {"shared_with": "hosts", "given_on": "2026-01-05", "how": "口頭"}
    somebody = {"area": area, "own_words": "庭の手入れなら好き", "consent": consent}
    with client_at(address, username) as client:

        def made(path: str, body: dict[str, Any]) -> str:
            answer = client.post(f"/api/v1{path}", json=body)
            assert answer.is_success, answer.text
            return str(answer.json().get("id"))

        person = made("/people", somebody)
        activity = str(town.activities["leaves"].id)
        placement = made("/placements", {"person_id": person, "activity_id": activity})
        for move in ("want", "ask", "host_accepts", "begin"):
            made(f"/placements/{placement}/moves", {"move": move})
        came = {"placement_id": placement, "occurred_on": "2026-01-06", "outcome": "came"}
        made("/visits", came)
        call = {"channel": "call", "direction": "sent", "result": "saw"}
        made("/contacts", {"person_id": person, "occurred_on": "2026-01-06", **call})
        made("/concerns", {"person_id": person, "side": "person", "words": "朝がつらい"})
        made("/wishes", {"person_id": person, "own_words": "船に乗りたい"})
        daily = {"rrule": "FREQ=DAILY", "start": "09:00", "end": "17:00"}
        made("/aids", {"kind": "lift", "name": "青い車", "schedule": daily})


def ids_of(address: str, username: str) -> dict[str, list[str]]:
    """Return the ids that an account can list, by the name that parameters have for them."""
    found: dict[str, list[str]] = {}
    with client_at(address, username) as client:
        for listed in LISTED:
            items = client.get(f"/api/v1/{listed}").raise_for_status().json()["items"]
            name = {"people": "person", "activities": "activity"}.get(listed, listed[:-1])
            found[f"{name}_id"] = [each["id"] for each in items]
        due = client.get("/api/v1/follow-ups").raise_for_status().json()["items"]
        found["item_id"] = [each["id"] for each in due]
    return {name: ids for name, ids in found.items() if ids}


def test_the_api_holds_its_schema_and_keeps_two_csws_apart(
    own_database: str, tmp_path: Path
) -> None:
    town = town_at(own_database)
    with running_service(own_database) as address:
        for username, area in zip(CSWS, ("east", "west"), strict=True):
            lived_in(address, town, username, area)
        ids = ids_of(address, CSWS[0]) | {"area": ["east"]}
        report = fuzz(address, CSWS, tmp_path, examples=EXAMPLES, ids=ids)
    assert report.failures == {}, report.text
    assert report.exit_code == 0, report.text
    assert report.cases >= 300
    assert report.operations >= 100


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)  # the faults know no database
def test_the_planted_faults_are_found(own_database: str, tmp_path: Path) -> None:
    town = town_at(own_database)
    with running_service(own_database, app=FLAWED, workers=1) as address:
        for username, area in zip(CSWS, ("east", "west"), strict=True):
            lived_in(address, town, username, area)
        report = fuzz(address, CSWS, tmp_path, examples=30, only=PLANTED, ids={"area": ["east"]})
    assert "GET /api/v1/people/{person_id}" in report.failures["ObjectLevelAuthorizationViolation"]
    assert report.failures["ServerError"] == ["GET /api/v1/flawed/broken"]
    assert report.failures["JsonSchemaError"] == ["GET /api/v1/flawed/unlike"]
    assert report.failures["IgnoredAuth"] == ["GET /api/v1/flawed/unguarded"]
    assert report.exit_code == 1
