"""Every status and every move, over HTTP, on both databases."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from catalogue.tables import Municipality, Slot
from service.audit.tables import AccessRecord, Act
from service.database import transaction
from service.placements.lifecycle import HOLDS, MOVES, Action, Hold, Status
from tests.service.placements.conftest import Clock
from tests.service.placements.village import DAY, Village, add_activity, add_slot
from tests.service.placements.walks import move, moved, placement_at, propose

END = {(m.start, m.action): m.end for m in MOVES}


def taken(connection: Connection, village: Village) -> int:
    with Session(connection) as session:
        return session.exec(select(Slot.taken).where(Slot.id == village.slot.id)).one()


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("status", Status)
def test_every_move_from_every_status(
    client: TestClient, connection: Connection, village: Village, status: Status, action: Action
) -> None:
    placement = placement_at(client, village, status)
    answer = move(client, placement, action)
    body = answer.json()
    if (status, action) in END:
        end = END[status, action]
        assert (answer.status_code, body["status"]) == (200, end)
        assert body["version"] == placement["version"] + 1
        assert body["moves"][-1]["action"] == action
        assert taken(connection, village) == (HOLDS[end] is Hold.FIRM)
    else:
        assert (answer.status_code, body["title"]) == (409, "NoSuchMove")
        assert body["possible"] == [m.action for m in MOVES if m.start is status]
        after = client.get(f"/api/v1/placements/{placement['id']}").json()
        assert after == placement


def test_what_is_possible_is_listed_with_what_it_needs(
    client: TestClient, village: Village
) -> None:
    possible = placement_at(client, village, Status.TRYING)["possible"]
    assert [p["move"] for p in possible] == [
        "continue",
        "change_dose",
        "step_up",
        "step_back",
        "rest",
        "end",
    ]
    assert possible[-1] == {
        "move": "end",
        "word": "おわりにする",
        "takes": ["reason", "side"],
        "needs": ["reason", "side"],
    }


def test_an_agreement_is_written_down_and_the_rest_is_listed(
    client: TestClient, village: Village
) -> None:
    placement = moved(client, propose(client, village), "want", own_words="木をさわりたい")
    assert placement["own_words"] == "木をさわりたい"
    agreed = moved(
        client,
        placement,
        "agree",
        minutes=20,
        dose="月に2回",
        first_on="2026-02-17",
        companion="CSW",
        kind="look",
    )
    assert agreed["unwritten"] == ["insured"]
    again = moved(client, agreed, "agree", minutes=10, insured=True)
    assert (again["minutes"], again["dose"], again["first_on"]) == (10, "月に2回", "2026-02-17")
    assert (again["kind"], again["insured"], again["unwritten"]) == ("look", True, [])
    assert (again["status"], again["word"], again["hold"]) == ("agreed", "約束", "firm")


def test_a_trial_that_begins_without_a_first_day_begins_on_its_day(
    client: TestClient, village: Village, clock: Clock
) -> None:
    agreed = placement_at(client, village, Status.AGREED)
    clock.turn_to(date(2026, 2, 20))
    trying = moved(client, agreed, "begin", occurred_on="2026-02-18")
    assert trying["first_on"] == "2026-02-18"


def test_every_move_remembers_when_it_was_and_when_it_was_written(
    client: TestClient, village: Village, clock: Clock
) -> None:
    placement = moved(client, propose(client, village), "want")
    clock.turn_to(date(2026, 2, 20))
    placement = moved(client, placement, "ask", occurred_on="2026-02-12", note="電話で")
    want, ask = placement["moves"]
    assert (want["position"], ask["position"]) == (1, 2)
    assert (ask["from_status"], ask["to_status"]) == ("wanted", "asked")
    assert (ask["occurred_on"], ask["recorded_at"][:10]) == ("2026-02-12", "2026-02-20")
    assert (ask["actor"], ask["account_id"], ask["note"]) == (
        "csw",
        str(village.csw.id),
        "電話で",
    )
    assert placement["asked_until"] == "2026-02-19"


@pytest.mark.parametrize("day", ["2026-02-11", "2026-02-08"])
def test_a_move_in_the_future_or_before_the_first_is_refused(
    client: TestClient, village: Village, day: str
) -> None:
    placement = moved(client, propose(client, village), "want", occurred_on="2026-02-09")
    answer = move(client, placement, "ask", occurred_on=day)
    assert (answer.status_code, answer.json()["title"]) == (409, "OutOfTime")


def test_a_soft_hold_is_shown_and_lapses(
    client: TestClient, village: Village, clock: Clock
) -> None:
    asked = placement_at(client, village, Status.ASKED)
    assert (asked["hold"], asked["asked_until"]) == ("soft", "2026-02-17")
    other = propose(client, village, 1)
    assert other["places"] == {"capacity": 1, "taken": 0, "being_asked": 1}
    clock.turn_to(date(2026, 2, 18))
    other = client.get(f"/api/v1/placements/{other['id']}").json()
    assert other["places"]["being_asked"] == 0
    assert client.get(f"/api/v1/placements/{asked['id']}").json()["hold"] == "none"
    assert moved(client, asked, "ask")["asked_until"] == "2026-02-25"


def test_a_resting_placement_keeps_its_place(
    client: TestClient, village: Village, clock: Clock
) -> None:
    resting = placement_at(client, village, Status.RESTING)
    assert (resting["rest_until"], resting["ask_again_on"]) == ("2026-03-24", "2026-03-12")
    clock.turn_to(date(2026, 3, 24))
    refused = move(client, placement_at(client, village, Status.ASKED, 1), "host_accepts")
    assert (refused.status_code, refused.json()["title"]) == (409, "NoPlaceLeft")
    assert moved(client, resting, "return")["status"] == "continuing"


def test_a_rest_that_is_long_over_gives_its_place_to_the_next(
    client: TestClient, connection: Connection, village: Village, clock: Clock
) -> None:
    resting = placement_at(client, village, Status.RESTING)
    clock.turn_to(date(2026, 3, 25))
    other = placement_at(client, village, Status.AGREED, 1)
    resting = client.get(f"/api/v1/placements/{resting['id']}").json()
    assert (resting["status"], resting["hold"]) == ("resting", "none")
    longer = moved(client, resting, "rest")
    assert longer["hold"] == "none"
    refused = move(client, resting, "return")
    assert refused.json()["obstacles"] == ["no_place"]
    moved(client, other, "end")
    assert taken(connection, village) == 0
    assert moved(client, resting, "return")["hold"] == "firm"
    assert taken(connection, village) == 1


@pytest.mark.parametrize(
    "terms",
    [
        {"ask_again_on": "2026-03-13"},
        {"rest_until": "2026-02-10"},
    ],
)
def test_a_rest_that_would_be_forgotten_is_refused(
    client: TestClient, village: Village, terms: dict[str, str]
) -> None:
    trying = placement_at(client, village, Status.TRYING)
    assert move(client, trying, "rest", **terms).status_code == 409
    assert client.get(f"/api/v1/placements/{trying['id']}").json() == trying


def test_an_ending_says_why_and_from_whom(client: TestClient, village: Village) -> None:
    trying = placement_at(client, village, Status.TRYING)
    path = f"/api/v1/placements/{trying['id']}/moves"
    refused = client.post(path, json={"move": "end", "side": "host"})
    assert (refused.status_code, refused.json()["needed"]) == (422, ["reason"])
    ended = moved(client, trying, "end", reason="became_helper", side="person")
    assert (ended["end_reason"], ended["end_side"]) == ("became_helper", "person")


def test_a_host_that_passes_needs_no_reason(client: TestClient, village: Village) -> None:
    passed = moved(client, placement_at(client, village, Status.ASKED), "host_passes")
    assert (passed["status"], passed["end_side"], passed["end_reason"]) == (
        "passed",
        "host",
        None,
    )


def test_a_change_of_dose_writes_the_dose(client: TestClient, village: Village) -> None:
    trying = placement_at(client, village, Status.TRYING)
    assert moved(client, trying, "step_up", minutes=30)["minutes"] == 30
    back = moved(client, trying, "step_back", minutes=10, dose="月に1回")
    assert (back["minutes"], back["dose"], back["status"]) == (10, "月に1回", "trying")


def test_terms_of_another_move_are_refused_by_name(client: TestClient, village: Village) -> None:
    answer = move(client, propose(client, village), "want", minutes=20)
    assert (answer.status_code, answer.json()["unexpected"]) == (422, ["minutes"])


def test_somebody_who_looks_at_an_old_copy_is_told(client: TestClient, village: Village) -> None:
    placement = propose(client, village)
    path = f"/api/v1/placements/{placement['id']}"
    tag = client.get(path).headers["ETag"]
    body = {"move": "want"}
    first = client.post(f"{path}/moves", json=body, headers={"If-Match": tag})
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    second = client.post(f"{path}/moves", json=body, headers={"If-Match": tag})
    assert (second.status_code, second.json()["title"]) == (409, "Stale")
    assert client.post(f"{path}/moves", json=body, headers={"If-Match": '"x"'}).status_code == 409


def test_the_other_proposals_are_set_aside_only_when_asked(
    client: TestClient, connection: Connection, village: Village
) -> None:
    with transaction(connection) as session:
        others = [add_activity(session, village.host, ref) for ref in ("tea", "books", "garden")]
        for activity in others:
            add_slot(session, activity)
    first, second, third = (
        propose(client, village, activity_id=str(activity.id)) for activity in others
    )
    moved(client, second, "want")
    third = moved(client, moved(client, third, "want"), "agree")
    placement = moved(client, propose(client, village), "want")
    moved(client, placement, "agree")
    assert status_of(client, first) == "proposed"
    moved(client, placement, "agree", supersede_others=True)
    assert [status_of(client, p) for p in (first, second, third, placement)] == [
        "superseded",
        "superseded",
        "agreed",
        "agreed",
    ]


def status_of(client: TestClient, placement: dict[str, Any]) -> str:
    status: str = client.get(f"/api/v1/placements/{placement['id']}").json()["status"]
    return status


def test_the_catalogue_moves_with_every_place(
    client: TestClient, connection: Connection, village: Village
) -> None:
    def revision() -> int:
        with Session(connection) as session:
            query = select(Municipality.catalogue_revision)
            return session.exec(query.where(Municipality.id == village.municipality.id)).one()

    wanted = placement_at(client, village, Status.WANTED)
    before = revision()
    trying = moved(client, moved(client, wanted, "agree"), "begin")
    assert revision() == before + 1
    moved(client, trying, "end")
    assert revision() == before + 2


def test_every_look_is_written_down(
    client: TestClient, connection: Connection, village: Village
) -> None:
    placement = propose(client, village)
    client.get(f"/api/v1/placements/{placement['id']}")
    client.get("/api/v1/placements")
    moved(client, placement, "want")
    with Session(connection) as session:
        rows = session.exec(
            select(AccessRecord.act, AccessRecord.resource).where(
                col(AccessRecord.person_id) == UUID(placement["person_id"])
            )
        ).all()
    assert sorted(rows) == sorted(
        (act, "placement") for act in (Act.WRITE, Act.READ, Act.LIST, Act.WRITE)
    )


def test_a_placement_that_is_not_there_is_missing(client: TestClient) -> None:
    path = f"/api/v1/placements/{uuid4()}"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/moves", json={"move": "want"}).status_code == 404


def test_a_move_nobody_knows_is_malformed(client: TestClient, village: Village) -> None:
    placement = propose(client, village)
    path = f"/api/v1/placements/{placement['id']}/moves"
    assert client.post(path, json={"move": "promote"}).status_code == 422
    assert client.post(path, json={"move": "want", "score": 5}).status_code == 422


def test_the_list_is_turned_page_by_page_and_sieved(client: TestClient, village: Village) -> None:
    ids = {placement_at(client, village, Status.WANTED, number)["id"] for number in range(3)}
    page = client.get("/api/v1/placements", params={"limit": 2}).json()
    rest = client.get("/api/v1/placements", params={"limit": 2, "after": page["next"]}).json()
    assert {item["id"] for item in page["items"] + rest["items"]} == ids
    assert rest["next"] is None

    def count(**params: str) -> int:
        return len(client.get("/api/v1/placements", params=params).json()["items"])

    assert count(status="wanted") == 3
    assert count(status="asked") == 0
    assert count(person_id=str(village.people[1].id)) == 1
    assert count(activity_id=str(village.activity.id)) == 3
    assert count(activity_id=str(uuid4())) == 0
    assert DAY.isoformat() == page["items"][0]["proposed_on"]
