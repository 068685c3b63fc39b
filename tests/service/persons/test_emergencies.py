"""Break-glass: four hours, for reading only, told at once, and only with a fresh proof."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, col, select

from service.accounts.rules import Role
from service.audit.rules import Ground
from service.audit.tables import AccessRecord, Act
from service.persons.tables import EmergencyAccess, EmergencyNotice, Person
from tests.factories import Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, main_of, send

PATH: Final = "/api/v1/emergency-accesses"
REASON: Final = "民生委員から、三日前から新聞がたまっていると電話があった"
ClientOf = Callable[[str], TestClient]


@pytest.fixture
def hidden(session: Session, town: Town) -> Person:
    """Somebody of the west whom only their own worker knows."""
    return person_in(session, town, area="west", by="csw_west", code="うみ-07")


def opening(client: TestClient, code: str = "うみ-07", **changes: Any) -> Response:
    return client.post(PATH, json={"code": code, "reason": REASON} | changes)


def test_an_emergency_opens_one_person_for_four_hours_and_for_reading(
    client: TestClient, session: Session, town: Town, hidden: Person, turnable_clock: TurnableClock
) -> None:
    other = person_in(session, town, area="west", by="csw_west")
    path = f"/api/v1/people/{hidden.id}"
    assert client.get(path).status_code == 404
    answer = opening(client)
    assert answer.status_code == 201
    assert answer.json().keys() == {"id", "person_id", "opened_at", "until"}
    assert client.get(path).json()["code"] == "うみ-07"
    assert client.get(f"{path}/assessments").status_code == 200
    assert client.get(f"/api/v1/people/{other.id}").status_code == 404
    turnable_clock.turn(hours=3, minutes=59)
    assert client.get(path).status_code == 200
    turnable_clock.turn(minutes=1)
    assert client.get(path).status_code == 404


def test_whoever_reads_in_an_emergency_writes_matches_and_queues_nothing(
    client: TestClient, town: Town, hidden: Person
) -> None:
    opening(client)
    person = str(hidden.id)
    offer = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    call = {"person_id": person, "channel": "call", "direction": "sent", "result": "talked"}
    tried = [
        client.patch(f"/api/v1/people/{person}", json={"note": "x"}),
        client.post(f"/api/v1/people/{person}/assessments", json={"own_words": "x"}),
        client.post(f"/api/v1/people/{person}/consents", json={"shared_with": "team"}),
        client.post(
            f"/api/v1/people/{person}/hand-over", json={"to": str(town.accounts["csw"].id)}
        ),
        client.post("/api/v1/suggestions", json={"person_id": person}),
        client.post("/api/v1/placements", json=offer),
        client.post("/api/v1/contacts", json=call | {"occurred_on": "2026-11-20"}),
        client.post("/api/v1/assignments", json={"people": [person]}),
    ]
    assert [answer.status_code for answer in tried] == [404] * len(tried)
    rows = client.get("/api/v1/follow-ups").json()["items"]
    assert person not in {row["person_id"] for row in rows}


def test_it_is_told_at_once_to_the_worker_coordinators_and_auditors_and_to_nobody_else(
    client: TestClient, session: Session, town: Town, hidden: Person
) -> None:
    opening(client)
    told = session.exec(select(EmergencyNotice.account_id)).all()
    names = ("csw_west", "coordinator", "auditor")
    assert sorted(told) == sorted(town.accounts[name].id for name in names)
    [row] = session.exec(
        select(AccessRecord).where(col(AccessRecord.resource) == "break_glass")
    ).all()
    assert (row.account_id, row.person_id) == (town.accounts["csw"].id, hidden.id)


def test_a_look_in_an_emergency_says_so_and_names_it(
    client: TestClient, session: Session, hidden: Person
) -> None:
    opened = opening(client).json()["id"]
    client.get(f"/api/v1/people/{hidden.id}")
    rows = session.exec(select(AccessRecord).where(AccessRecord.act == Act.READ)).all()
    assert [(row.basis, str(row.basis_id)) for row in rows] == [(Ground.EMERGENCY, opened)]


def test_the_worker_reads_why_others_only_that_it_happened(
    client_of: ClientOf, hidden: Person
) -> None:
    opening(client_of("csw"))
    told = look(client_of("csw_west"), "/emergency-accesses")
    assert "うみ-07" in told
    assert REASON in told
    for name in ("coordinator", "auditor"):
        page = look(client_of(name), "/emergency-accesses")
        assert "職員 csw が" in page, name
        assert "うみ-07" not in page
        assert REASON not in page
    assert "緊急の閲覧の知らせがあります" in look(client_of("coordinator"), "/")
    assert "知らせはありません" in look(client_of("admin"), "/emergency-accesses")


def test_a_notice_that_was_read_no_longer_calls_and_belongs_to_one_account(
    client_of: ClientOf, session: Session, town: Town, hidden: Person
) -> None:
    opening(client_of("csw"))
    mine = select(EmergencyNotice).where(
        EmergencyNotice.account_id == town.accounts["coordinator"].id
    )
    notice = session.exec(mine).one()
    path = f"/emergency-accesses/{notice.id}/seen"
    assert send(client_of("csw_west"), path, {}).status_code == 404
    coordinator = client_of("coordinator")
    assert led_to(send(coordinator, path, {})) == "/emergency-accesses"
    assert "緊急の閲覧の知らせがあります" not in look(coordinator, "/")


def test_an_auditor_sees_who_and_whom_and_when_without_content(
    client_of: ClientOf, town: Town, hidden: Person
) -> None:
    opening(client_of("csw"))
    [row] = client_of("auditor").get(PATH).json()["items"]
    expected = {"id", "person_id", "opened_at", "until", "account_id", "display_name"}
    assert row.keys() == expected
    assert row["account_id"] == str(town.accounts["csw"].id)


def test_an_unknown_code_and_one_of_another_town_give_the_same_answer(
    client: TestClient, session: Session, elsewhere: Town
) -> None:
    theirs = person_in(session, elsewhere, code="よそ-01")
    answers = [opening(client, "だれも-99"), opening(client, theirs.code)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
    assert session.exec(select(EmergencyAccess)).all() == []


def test_without_a_fresh_proof_nothing_opens(
    client: TestClient, session: Session, hidden: Person, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(minutes=6)
    answer = opening(client)
    assert (answer.status_code, answer.json()["step_up"]) == (403, True)
    # ... and whether the code exists is not said either
    assert opening(client, "だれも-99").content == answer.content
    assert session.exec(select(EmergencyAccess)).all() == []


@pytest.mark.parametrize("reason", ["", "急いで", "あ" * 19, " " * 30 + "急ぎ"])
def test_a_reason_is_a_reason(client: TestClient, hidden: Person, reason: str) -> None:
    assert opening(client, reason=reason).status_code == 422
    assert client.get(f"/api/v1/people/{hidden.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN, Role.AUDITOR])
def test_only_casework_opens(client_of: ClientOf, hidden: Person, role: Role) -> None:
    assert opening(client_of(role.value)).status_code == 403


def test_a_colleagues_emergency_opens_nothing_to_others(
    client_of: ClientOf, hidden: Person
) -> None:
    opening(client_of("csw"))
    assert client_of("coordinator").get(f"/api/v1/people/{hidden.id}").status_code == 404


def test_losing_the_role_ends_what_was_opened(
    client: TestClient, session: Session, town: Town, hidden: Person
) -> None:
    opening(client)
    account = town.accounts["csw"]
    account.role = Role.AUDITOR
    session.add(account)
    session.flush()
    assert client.get(f"/api/v1/people/{hidden.id}").status_code == 403


def test_the_page_says_what_is_missing_and_leads_to_the_person(
    client: TestClient, hidden: Person
) -> None:
    assert "4時間だけ" in look(client, "/emergency-accesses/new")
    short = send(client, "/emergency-accesses/new", {"code": "うみ-07", "reason": "急いで"})
    assert short.status_code == 422
    assert "理由を20字以上で" in main_of(short)
    wrong = send(client, "/emergency-accesses/new", {"code": "だれも-99", "reason": REASON})
    assert "この番号の人はいません" in main_of(wrong)
    fields = {"code": "うみ-07", "reason": REASON}
    place = led_to(send(client, "/emergency-accesses/new", fields))
    assert place == f"/people/{hidden.id}"
    answer = client.get(place, headers=OWN)
    assert answer.status_code == 200
    assert hidden.code in answer.text


def test_the_reason_lies_sealed_in_the_database(
    client: TestClient, session: Session, hidden: Person
) -> None:
    opening(client)
    stored = session.exec(select(EmergencyAccess.reason.column)).one()
    assert stored is not None
    assert REASON.encode() not in stored
    assert session.exec(select(EmergencyAccess)).one().reason == REASON


def test_whoever_reads_in_an_emergency_makes_no_card_for_a_host(
    client_of: ClientOf, town: Town, hidden: Person
) -> None:
    offer = {"person_id": str(hidden.id), "activity_id": str(town.activities["leaves"].id)}
    placement = client_of("csw_west").post("/api/v1/placements", json=offer).json()["id"]
    client = client_of("csw")
    opening(client)
    assert client.get(f"/api/v1/placements/{placement}").status_code == 200
    assert send(client, f"/placements/{placement}/cards", {}).status_code == 404
    card = client.post("/api/v1/disclosures", json={"placement_id": placement})
    assert card.status_code == 404
    # The control: their own worker is told what is missing, a consent.
    own = client_of("csw_west").post("/api/v1/disclosures", json={"placement_id": placement})
    assert own.status_code == 409
