"""Visits: words without blame, unknown stays unknown, corrections are appended."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from service.audit.tables import AccessRecord
from service.database import transaction
from service.placements.lifecycle import Status
from service.visits.actions import visits_of
from service.visits.rules import VISITED
from service.visits.tables import Feeling, Outcome
from service.visits.words import FEELING_WORDS, KNOWN_BEFORE, OUTCOME_WORDS, TOOK_PART
from tests.service.placements.village import Village, build_village
from tests.service.placements.walks import placement_at

PATH = "/api/v1/visits"


@pytest.fixture
def trying(client: TestClient, village: Village) -> dict[str, Any]:
    return placement_at(client, village, Status.TRYING)


def visit(placement: dict[str, Any], outcome: str, **more: Any) -> dict[str, Any]:
    day = {"occurred_on": "2026-02-10", "placement_id": placement["id"]}
    return day | {"outcome": outcome} | more


def kept(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 201, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


# A day that was moved says by whom; no other word needs more than itself.
BY: dict[Outcome, dict[str, str]] = {each: {} for each in Outcome} | {
    Outcome.MOVED: {"moved_by": "person"}
}


def test_a_moved_day_without_by_whom_is_not_taken(
    client: TestClient, trying: dict[str, Any]
) -> None:
    assert client.post(PATH, json=visit(trying, "moved")).status_code == 422


@pytest.mark.parametrize("outcome", Outcome)
def test_every_word_can_be_said(
    client: TestClient, trying: dict[str, Any], outcome: Outcome
) -> None:
    stored = kept(client, visit(trying, outcome, **BY[outcome]))
    assert (stored["outcome"], stored["minutes"], stored["feeling"]) == (outcome, None, "unknown")
    assert client.get(f"{PATH}/{stored['id']}").json() == stored


def test_what_was_done_and_the_small_change_are_kept(
    client: TestClient, trying: dict[str, Any]
) -> None:
    told = {
        "minutes": 15,
        "pieces": 40,
        "feeling": "tired",
        "small_change": "自分から「また来ます」と言った",
        "note": "雨",
    }
    stored = kept(client, visit(trying, "left_early", **told))
    assert {name: stored[name] for name in told} == told
    assert (stored["occurred_on"], stored["recorded_at"][:10]) == ("2026-02-10", "2026-02-10")


@pytest.mark.parametrize("outcome", [o for o in Outcome if not TOOK_PART[o]])
@pytest.mark.parametrize("measure", ["minutes", "pieces"])
def test_nobody_is_measured_who_was_not_there(
    client: TestClient, trying: dict[str, Any], outcome: Outcome, measure: str
) -> None:
    refused = client.post(PATH, json=visit(trying, outcome, **{measure: 5}))
    assert (refused.status_code, refused.json()["title"]) == (422, "UnfitVisit")


def test_notice_goes_with_a_rest_and_the_side_with_a_moved_day(
    client: TestClient, trying: dict[str, Any]
) -> None:
    assert kept(client, visit(trying, "rested", with_notice=False))["with_notice"] is False
    assert kept(client, visit(trying, "moved", moved_by="host"))["moved_by"] == "host"
    assert client.post(PATH, json=visit(trying, "came", with_notice=True)).status_code == 422
    assert client.post(PATH, json=visit(trying, "rested", moved_by="host")).status_code == 422


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_can_be_known_before_is_written_for_a_day_to_come(
    client: TestClient, trying: dict[str, Any], outcome: Outcome
) -> None:
    body = visit(trying, outcome, occurred_on="2026-02-11", **BY[outcome])
    answer = client.post(PATH, json=body)
    assert answer.status_code == (201 if outcome in KNOWN_BEFORE else 409)


@pytest.mark.parametrize("status", Status)
def test_visits_begin_with_a_promise(client: TestClient, village: Village, status: Status) -> None:
    placement = placement_at(client, village, status)
    answer = client.post(PATH, json=visit(placement, "unknown"))
    assert answer.status_code == (201 if VISITED[status] else 409)
    assert VISITED[status] == (status in {"agreed", "trying", "continuing", "resting", "ended"})


def test_the_unknown_stays_until_somebody_asked(
    client: TestClient, connection: Connection, trying: dict[str, Any]
) -> None:
    first = kept(client, visit(trying, "unknown"))
    second = kept(client, visit(trying, "came", minutes=20, corrects_id=first["id"]))
    assert second["corrects_id"] == first["id"]
    assert client.get(f"{PATH}/{first['id']}").json() == first
    listed = client.get(PATH, params={"placement_id": trying["id"]}).json()["items"]
    assert listed == [second]
    with Session(connection) as session:
        stands = visits_of(session, [UUID(trying["id"])])
        assert [str(stood.id) for stood in stands] == [second["id"]]


def test_a_visit_is_corrected_once_and_then_its_correction(
    client: TestClient, trying: dict[str, Any]
) -> None:
    first = kept(client, visit(trying, "unknown"))
    second = kept(client, visit(trying, "came", corrects_id=first["id"]))
    body = visit(trying, "rested", corrects_id=first["id"])
    refused = client.post(PATH, json=body)
    assert (refused.status_code, refused.json()["title"]) == (409, "AlreadyCorrected")
    kept(client, visit(trying, "rested", corrects_id=second["id"]))


def test_a_correction_stays_with_its_placement(
    client: TestClient, village: Village, trying: dict[str, Any]
) -> None:
    first = kept(client, visit(trying, "unknown"))
    moved_on = client.post(
        f"/api/v1/placements/{trying['id']}/moves",
        json={"move": "end", "reason": "job", "side": "person"},
    )
    assert moved_on.status_code == 200
    other = placement_at(client, village, Status.TRYING, 1)
    body = visit(other, "came", corrects_id=first["id"])
    assert client.post(PATH, json=body).status_code == 404


def test_the_list_is_sieved_and_turned(client: TestClient, trying: dict[str, Any]) -> None:
    ids = {kept(client, visit(trying, "came"))["id"] for _ in range(3)}
    page = client.get(PATH, params={"limit": 2, "person_id": trying["person_id"]}).json()
    rest = client.get(PATH, params={"limit": 2, "after": page["next"]}).json()
    assert {item["id"] for item in page["items"] + rest["items"]} == ids
    assert client.get(PATH, params={"person_id": str(uuid4())}).json()["items"] == []


def test_nobody_elsewhere_sees_a_visit(
    client: TestClient, connection: Connection, trying: dict[str, Any]
) -> None:
    stored = kept(client, visit(trying, "came"))
    with transaction(connection) as session:
        elsewhere = build_village(session)
    headers = {"Authorization": f"Bearer {elsewhere.tokens[elsewhere.csw.id]}"}
    assert client.get(f"{PATH}/{stored['id']}", headers=headers).status_code == 404
    assert client.get(PATH, headers=headers).json()["items"] == []
    assert client.post(PATH, json=visit(trying, "came"), headers=headers).status_code == 404


def test_every_look_is_written_down(
    client: TestClient, connection: Connection, trying: dict[str, Any]
) -> None:
    stored = kept(client, visit(trying, "came"))
    client.get(f"{PATH}/{stored['id']}")
    client.get(PATH)
    with Session(connection) as session:
        query = select(AccessRecord.act).where(col(AccessRecord.resource) == "visit")
        assert sorted(session.exec(query)) == ["list", "read"]


def test_every_member_has_its_line_and_none_blames() -> None:
    assert set(OUTCOME_WORDS) == set(TOOK_PART) == set(Outcome)
    assert set(FEELING_WORDS) == set(Feeling)
    assert set(VISITED) == set(Status)
    everything = "".join([*OUTCOME_WORDS.values(), *FEELING_WORDS.values()])
    assert "欠席" not in everything
    assert "無断" not in everything


@pytest.mark.parametrize(
    "odd",
    [{"outcome": "absent"}, {"minutes": -1}, {"occurred_on": "soon"}, {"streak": 3}],
)
def test_what_is_malformed_is_refused(
    client: TestClient, trying: dict[str, Any], odd: dict[str, Any]
) -> None:
    assert client.post(PATH, json=visit(trying, "came") | odd).status_code == 422
