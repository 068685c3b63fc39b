"""What stands in the way of a proposal, and of opening one again; over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from catalogue.profiles import Stage, Tried
from catalogue.tables import Activity, Host
from service.database import transaction
from service.persons.tables import Person
from service.placements import actions
from service.placements.actions import history, propose
from service.placements.lifecycle import Status
from service.placements.obstacles import Hindered
from service.placements.tables import Placement
from service.settings import Settings
from tests.service.audit.lines import looks
from tests.service.placements import walks
from tests.service.placements.conftest import Clock
from tests.service.placements.village import (
    DAY,
    MORNING,
    Village,
    add_person,
    add_slot,
    build_village,
    give_consent,
)
from tests.service.placements.walks import move, moved, placement_at

PATH = "/api/v1/placements"


def proposal(village: Village, person: Person | None = None, **more: Any) -> dict[str, Any]:
    person = person or village.person
    return {"person_id": str(person.id), "activity_id": str(village.activity.id), **more}


def somebody(connection: Connection, village: Village, **known: Any) -> Person:
    with transaction(connection) as session:
        return add_person(session, village.area, village.csw, uuid4().hex[:8], **known)


def amend(connection: Connection, row: Person | Activity | Host, **values: Any) -> None:
    with transaction(connection) as session:
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


def test_a_proposal_is_stored_and_holds_nothing(client: TestClient, village: Village) -> None:
    answer = client.post(PATH, json=proposal(village, own_words="そうじなら"))
    placement = answer.json()
    assert answer.status_code == 201
    assert (placement["status"], placement["word"], placement["hold"]) == (
        "proposed",
        "候補",
        "none",
    )
    assert placement["places"] == {"capacity": 1, "taken": 0, "being_asked": 0}
    assert (placement["slot_id"], placement["owner_id"], placement["moves"]) == (
        str(village.slot.id),
        str(village.csw.id),
        [],
    )
    assert (placement["own_words"], placement["proposed_on"]) == ("そうじなら", "2026-02-10")
    assert client.get(f"{PATH}/{placement['id']}").json() == placement


def test_without_a_slot_the_first_one_is_meant(
    client: TestClient, connection: Connection, village: Village
) -> None:
    with transaction(connection) as session:
        second = add_slot(session, village.activity, position=1)
    chosen = walks.propose(client, village, slot_id=str(second.id))
    assert chosen["slot_id"] == str(second.id)
    assert walks.propose(client, village)["slot_id"] == str(village.slot.id)


@pytest.mark.parametrize("missing", ["person_id", "activity_id", "slot_id", "suggestion_id"])
def test_what_is_not_there_is_missing(client: TestClient, village: Village, missing: str) -> None:
    body = proposal(village) | {missing: str(uuid4())}
    assert client.post(PATH, json=body).status_code == 404


def test_the_same_slot_is_not_proposed_twice_to_one_person(
    client: TestClient, village: Village
) -> None:
    first = walks.propose(client, village)
    again = client.post(PATH, json=proposal(village))
    assert (again.status_code, again.json()["obstacles"]) == (409, ["already_open"])
    moved(client, first, "pass")
    assert client.post(PATH, json=proposal(village)).status_code == 201


def test_the_table_itself_lets_only_one_of_two_callers_in(session: Session) -> None:
    """Both looked before either wrote: the second finds the unique index."""
    village = build_village(session)
    ids = {"person_id": village.person.id, "activity_id": village.activity.id}
    first = propose(session, village.csw, **ids, at=MORNING, settings=Settings())
    second = Placement.model_validate(first.model_dump() | {"id": uuid4()})
    with pytest.raises(Hindered) as refused:
        actions._add_once(session, second)
    assert refused.value.facts["obstacles"] == ["already_open"]
    assert session.exec(select(Placement.id)).all() == [first.id]


def test_somebody_whose_proposals_are_paused_is_never_proposed(
    client: TestClient, connection: Connection, village: Village
) -> None:
    held = somebody(connection, village, paused="安全の話が先")
    for more in ({}, {"override_reason": "本人がのぞんだ"}):
        refused = client.post(PATH, json=proposal(village, held, **more))
        assert (refused.status_code, refused.json()["obstacles"]) == (409, ["proposals_paused"])
        assert "安全" not in refused.text


@pytest.mark.parametrize(
    ("known", "obstacle"),
    [({"stage": Stage.NOT_MET}, "not_met"), ({"assessed": False}, "not_assessed")],
)
def test_somebody_nobody_knows_is_proposed_only_with_a_reason(
    client: TestClient, connection: Connection, village: Village, known: Any, obstacle: str
) -> None:
    stranger = somebody(connection, village, **known)
    refused = client.post(PATH, json=proposal(village, stranger))
    assert (refused.status_code, refused.json()["overridable"]) == (409, [obstacle])
    reason = {"override_reason": "家族から話を聞いた"}
    assert client.post(PATH, json=proposal(village, stranger, **reason)).status_code == 201


def test_a_closed_activity_is_not_proposed_nor_asked(
    client: TestClient, connection: Connection, village: Village
) -> None:
    wanted = placement_at(client, village, Status.WANTED)
    amend(connection, village.activity, open=False)
    for refused in (
        client.post(PATH, json=proposal(village, village.people[1])),
        move(client, wanted, "ask"),
        move(client, wanted, "agree"),
    ):
        assert (refused.status_code, refused.json()["obstacles"]) == (409, ["activity_closed"])


def test_a_resting_host_is_not_asked(
    client: TestClient, connection: Connection, village: Village
) -> None:
    wanted = placement_at(client, village, Status.WANTED)
    amend(connection, village.host, resting_until=date(2026, 2, 11))
    refused = move(client, wanted, "ask")
    assert (refused.status_code, refused.json()["obstacles"]) == (409, ["host_resting"])
    amend(connection, village.host, resting_until=DAY)
    assert move(client, wanted, "ask").status_code == 200


@pytest.mark.parametrize(
    ("status", "action", "terms", "cools"),
    [
        (Status.PROPOSED, "pass", {"side": "person"}, True),
        (Status.ASKED, "host_passes", {}, True),
        (Status.PROPOSED, "pass", {"side": "team"}, False),
        (Status.TRYING, "end", {"reason": "did_not_fit", "side": "person"}, True),
        (Status.TRYING, "end", {"reason": "moved_on", "side": "person"}, False),
        (Status.PROPOSED, "supersede", {}, False),
    ],
)
def test_what_was_passed_or_ended_badly_cools_off_for_ninety_days(
    *,
    client: TestClient,
    village: Village,
    clock: Clock,
    status: Status,
    action: str,
    terms: dict[str, str],
    cools: bool,
) -> None:
    moved(client, placement_at(client, village, status), action, **terms)
    clock.turn_to(date(2026, 5, 10))
    again = client.post(PATH, json=proposal(village))
    assert again.status_code == (409 if cools else 201)
    if cools:
        assert again.json()["overridable"] == ["cooling_off"]
        clock.turn_to(date(2026, 5, 11))
        assert client.post(PATH, json=proposal(village)).status_code == 201


def test_a_cooling_off_is_overridden_with_a_reason_that_is_kept(
    client: TestClient, connection: Connection, village: Village
) -> None:
    passed = moved(client, walks.propose(client, village), "pass", side="person")
    reason = "本人がもう一度たのんだ"
    refused = move(client, passed, "reopen")
    assert refused.json()["obstacles"] == ["cooling_off"]
    again = moved(client, passed, "reopen", override_reason=reason)
    assert (again["status"], again["end_side"]) == ("proposed", None)
    with Session(connection) as session:
        assert session.exec(select(Placement)).one().override_reason == reason
    assert client.post(PATH, json=proposal(village)).json()["obstacles"] == ["already_open"]


def test_everything_in_the_way_of_opening_again_is_named(
    client: TestClient, connection: Connection, village: Village
) -> None:
    passed = moved(client, walks.propose(client, village), "pass", side="person")
    placement_at(client, village, Status.AGREED, 1)
    amend(connection, village.person, proposals_paused="休みたい")
    amend(connection, village.activity, open=False)
    with transaction(connection) as session:
        give_consent(session, village.person, village.csw, fields=[], withdrawn_on=DAY)
    refused = move(client, passed, "reopen")
    assert refused.status_code == 409
    assert refused.json()["obstacles"] == [
        "proposals_paused",
        "activity_closed",
        "cooling_off",
        "no_place",
        "consent_withdrawn",
    ]


def test_opening_again_forgets_what_was_agreed_and_keeps_the_moves(
    client: TestClient, village: Village
) -> None:
    wanted = placement_at(client, village, Status.WANTED)
    agreed = moved(client, wanted, "agree", minutes=20, dose="週1回", kind="taste", insured=True)
    again = moved(client, moved(client, agreed, "end"), "reopen")
    blank = ("minutes", "first_on", "kind", "insured", "end_reason", "asked_until")
    assert [again[name] for name in blank] == [None] * 6
    assert [m["action"] for m in again["moves"]] == ["want", "agree", "end", "reopen"]


def test_nothing_is_told_to_a_host_without_consent_for_it(
    client: TestClient, connection: Connection, village: Village
) -> None:
    wanted = placement_at(client, village, Status.WANTED)
    told = {"may_tell": ["nickname", "telephone"]}
    refused = move(client, wanted, "ask", **told)
    assert (refused.status_code, refused.json()["fields"]) == (409, ["nickname", "telephone"])
    with transaction(connection) as session:
        give_consent(session, village.person, village.csw, fields=["nickname"])
    assert move(client, wanted, "ask", **told).json()["fields"] == ["telephone"]
    asked = moved(client, wanted, "ask", may_tell=["nickname"])
    assert asked["may_tell"] == ["nickname"]


@pytest.mark.parametrize("case", ["another host", "withdrawn"])
def test_consent_counts_for_its_host_and_until_it_is_withdrawn(
    client: TestClient, connection: Connection, village: Village, case: str
) -> None:
    wanted = placement_at(client, village, Status.WANTED)
    with transaction(connection) as session:
        other = build_village(session).host
        give_consent(
            session,
            village.person,
            village.csw,
            fields=["nickname"],
            host=other if case == "another host" else village.host,
            withdrawn_on=DAY if case == "withdrawn" else None,
        )
    assert move(client, wanted, "agree", may_tell=["nickname"]).status_code == 409


def test_another_municipality_sees_and_moves_nothing(
    client: TestClient, connection: Connection, village: Village
) -> None:
    placement = walks.propose(client, village)
    with transaction(connection) as session:
        elsewhere = build_village(session)
    headers = {"Authorization": f"Bearer {elsewhere.tokens[elsewhere.csw.id]}"}
    path = f"{PATH}/{placement['id']}"
    assert client.get(path, headers=headers).status_code == 404
    body = {"move": "want"}
    assert client.post(f"{path}/moves", json=body, headers=headers).status_code == 404
    assert client.get(PATH, headers=headers).json()["items"] == []
    foreign = proposal(elsewhere) | {"activity_id": str(village.activity.id)}
    assert client.post(PATH, json=foreign, headers=headers).status_code == 404
    assert client.get(path).json()["status"] == "proposed"


def test_a_proposal_in_the_future_is_refused(client: TestClient, village: Village) -> None:
    body = proposal(village, occurred_on="2026-02-11")
    assert client.post(PATH, json=body).status_code == 409


def test_a_refusal_leaves_no_audit_of_a_stranger(
    client: TestClient, connection: Connection, village: Village
) -> None:
    client.post(PATH, json=proposal(village) | {"person_id": str(uuid4())})
    with Session(connection) as session:
        assert looks(session) == []


def test_the_history_speaks_the_words_of_matching(
    client: TestClient, connection: Connection, village: Village, clock: Clock
) -> None:
    activity, host = str(village.activity.id), str(village.host.id)

    def tried() -> tuple[Tried, ...]:
        with Session(connection) as session:
            return history(session, village.person.id)

    assert tried() == ()
    placement = walks.propose(client, village)
    assert tried() == (Tried(activity, host, "going", DAY),)
    clock.turn_to(date(2026, 2, 20))
    moved(client, placement, "pass", side="person", occurred_on="2026-02-15")
    assert tried() == (Tried(activity, host, "passed", date(2026, 2, 15)),)
    with Session(connection) as session:
        everybody = session.exec(select(Person.id).where(col(Person.id) != UUID(int=0))).all()
        assert [history(session, id_) for id_ in everybody].count(()) == 2
