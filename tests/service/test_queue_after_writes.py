"""After every kind of write the rows that lie ready are what the rule says.

The writes are those of the route list; a new one has to be tried here, or said to be elsewhere.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection

from service.clock import local_day
from service.database import transaction
from service.followup.upkeep import astray
from tests.factories import Town, TurnableClock, activity_row
from tests.service.tenancy.neighbours import live

API: Final = "/api/v1"
# Routes that write, and nothing of which the queue speaks.
ELSEWHERE: Final = re.compile(
    rf"{API}/(aids|sessions|me|accounts|machine-tokens|webhooks|dead-letters|suggestions|assignments"
    r"|wishes|emergency-accesses|conferences|disclosures|host-links|disposal-lists)(/.*)?"
    rf"|{API}/people/(search|\{{person_id\}}/(name|assessments|holds|erasure-request|end)(/.*)?)"
    rf"|{API}/(activities/\{{activity_id\}}/candidates|slots(/.*)?|hand-overs)"
    rf"|{API}/follow-ups/\{{item_id\}}/claim"
    # a day called off writes concerns: tests/service/companions and the walk over HTTP hold it
    rf"|{API}/aids(/.*)?"
    rf"|{API}/people/\{{person_id\}}/keep-apart(/.*)?"
    rf"|{API}/follow-up-settings/preview"
    # what a host is asked; its answer writes as the answer that staff heard does
    rf"|{API}/(host/\{{token\}}/reply|inquiries/\{{inquiry_id\}}/(links|offer))"
)


def ask(client: TestClient, method: str, path: str, **said: Any) -> Any:
    sent = {"params": said} if method == "GET" else {"json": said}
    answer = client.request(method, f"{API}/{path}", **sent)
    assert answer.is_success, (method, path, answer.text)
    return answer.json() if answer.content else None


@pytest.fixture
def today(turnable_clock: TurnableClock) -> date:
    return local_day(turnable_clock())


@pytest.fixture
def chief(client_of: Callable[[str], TestClient]) -> TestClient:
    """A client signed in as the coordinator, who sets the office's rhythm."""
    return client_of("coordinator")


@pytest.fixture
def desks(client: TestClient, chief: TestClient) -> tuple[TestClient, TestClient]:
    return client, chief


@pytest.fixture
def compared(
    app: FastAPI,
    desks: tuple[TestClient, TestClient],
    connection: Connection,
    town: Town,
    today: date,
) -> set[str]:
    """Compare the rows with the rule after every answer; what was written is collected."""
    written: set[str] = set()

    def compare(response: Response) -> None:
        response.read()
        request = response.request
        if request.method == "GET" or not response.is_success:
            return
        with transaction(connection) as session:
            assert astray(session, town.municipality.id, today=today) == set(), request.url.path
        written.add(f"{request.method} {template(app, request.method, request.url.path)}")

    for each in desks:
        each.event_hooks["response"].append(compare)
    return written


def template(app: FastAPI, method: str, path: str) -> str:
    for known, item in app.openapi()["paths"].items():
        if method.lower() in item and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path):
            return str(known)
    raise LookupError(path)


def test_after_every_kind_of_write_the_rows_are_what_the_rule_says(
    app: FastAPI, client: TestClient, chief: TestClient, compared: set[str], town: Town
) -> None:
    live(client, town, "ことば")
    _rhythm(chief)
    _rest_of_a_town(client, town)
    wanted = {
        f"{method.upper()} {path}"
        for path, item in app.openapi()["paths"].items()
        for method in item
        if method != "get" and not ELSEWHERE.fullmatch(path)
    }
    assert wanted <= compared, "a route that writes what the queue rests on was not tried"


def _rest_of_a_town(client: TestClient, town: Town) -> None:
    (placement,) = ask(client, "GET", "placements")["items"]
    person = placement["person_id"]
    (visit,) = ask(client, "GET", "visits")["items"]
    (contact,) = ask(client, "GET", "contacts", person_id=person)["items"]
    (concern,) = ask(client, "GET", "concerns")["items"]
    host, about = str(town.hosts["temple"].id), {"placement_id": placement["id"]}
    _catalogue(client, host)
    again = {"occurred_on": "2026-11-19", "corrects_id": visit["id"]}
    ask(client, "POST", "visits", **about, **again, outcome="rested", with_notice=False)
    told = {"channel": "call", "direction": "sent", "occurred_on": "2026-11-20"}
    ask(client, "POST", "contacts", host_id=host, result="talked", **told)
    # a correction that speaks of somebody else: the one it replaces counts no more for the first
    corrected = {"corrects_id": contact["id"], "result": "not_reached"}
    ask(client, "POST", "contacts", **about, person_id=person, **corrected, **told)
    ask(client, "POST", f"concerns/{concern['id']}/settlement", settlement="一緒に行った")
    asked = ask(client, "POST", "inquiries", purpose="after", placement_id=placement["id"])
    ask(client, "POST", f"inquiries/{asked['id']}/reply", answer="troubled", remark="声かけに迷う")
    for action, more in MOVES_OF_A_LIFE:
        ask(client, "POST", f"placements/{placement['id']}/moves", move=action, **more)
        kept = ask(client, "GET", f"placements/{placement['id']}")["moves"]
        on = f"placements/{placement['id']}/moves/{kept[-1]['id']}/corrections"
        ask(client, "POST", on, occurred_on=kept[-1]["occurred_on"], note="書きなおした")
    for side in ("host", "person"):
        ask(client, "POST", "concerns", person_id=person, host_id=host, side=side, words="困った")
    _answers(client)
    _person(client, person, town)


GONE: Final = {"id", "host"}
MOVES_OF_A_LIFE: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("continue", {}),
    ("step_back", {}),
    ("rest", {"ask_again_on": "2026-12-10", "side": "person"}),
    ("return", {}),
    ("end", {"reason": "job", "side": "person"}),
    ("reopen", {}),
    ("want", {}),
    ("ask", {}),
    ("pass", {"side": "team"}),
)


def _catalogue(client: TestClient, host: str) -> None:
    new = ask(client, "POST", "hosts", name="水車", type="farm", area="east")
    ask(client, "PATCH", f"hosts/{new['id']}", confirmed_on="2026-01-10")
    terms = activity_row("moss") | {"host_id": host, "ref": "moss", "area": "east"}
    new = ask(client, "POST", "activities", **{k: terms[k] for k in terms if k not in GONE})
    ask(client, "PATCH", f"activities/{new['id']}", title="べつの名")


def _answers(client: TestClient) -> None:
    """Say of rows that they wait, are not needed, and were answered."""
    said: list[dict[str, Any]] = [
        {"result": "asked_to_wait", "until": "2026-11-27", "why": "かぜ"},
        {"result": "not_needed", "why": "毎日会う"},
        {"result": "not_reached"},
        {"result": "talked", "next_on": "2026-12-01"},
    ]
    for each in said:
        row = ask(client, "GET", "follow-ups")["items"][-1]
        ask(client, "POST", f"follow-ups/{row['id']}/results", channel="call", **each)


def _rhythm(chief: TestClient) -> None:
    held = ask(chief, "GET", "follow-up-settings")
    lines = held["lines"] | {"waiting": {"person": [[5, 10, 20]], "host": [[20, 30, 40]]}}
    effect = {"lines": lines, "effective_on": "2026-11-20", "based_on": 0}
    ask(chief, "POST", "follow-up-settings", **effect)
    days = {"first_on": "2026-11-24", "last_on": "2026-11-26"}
    closure = ask(chief, "POST", "follow-up-settings/closures", **days)
    ask(chief, "DELETE", f"follow-up-settings/closures/{closure['id']}")


def _person(client: TestClient, person: str, town: Town) -> None:
    ask(client, "PATCH", f"people/{person}", stage="at_home")
    consents = f"people/{person}/consents"
    consent = {"shared_with": "team", "given_on": "2026-11-01", "until": "2026-12-01"}
    given = ask(client, "POST", consents, **consent, how="口頭")
    narrow = consent | {"until": "2026-11-25"}
    narrowed = ask(client, "POST", f"{consents}/{given['id']}/narrowing", **narrow)
    ask(client, "POST", f"{consents}/{narrowed['id']}/withdrawal")
    ask(client, "POST", f"people/{person}/hand-over", to=str(town.accounts["coordinator"].id))
