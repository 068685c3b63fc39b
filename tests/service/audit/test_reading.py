"""The auditor reads who looked at whom, without what they saw; and is written down as well."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.audit import words
from service.audit.probing import PROBING
from service.audit.rules import PURPOSES, Act, Purpose
from service.trail import Happening
from tests.factories import MORNING, Town, TurnableClock, person_in
from tests.service.audit.lines import events, lines
from tests.service.browsing import OWN

PATH = "/api/v1/audit/accesses"
Clients = Callable[[str], TestClient]


@pytest.fixture
def auditor(client_of: Clients) -> TestClient:
    return client_of("auditor")


def asked(auditor: TestClient, **query: Any) -> list[dict[str, Any]]:
    answer = auditor.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_an_auditor_reads_who_looked_at_whom_when_why_and_on_what_ground(
    client: TestClient, auditor: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, code="やま-01")
    client.get(f"/api/v1/people/{person.id}")
    [line] = asked(auditor, resource="person")
    assert line | {"seq": 0} == {
        "seq": 0,
        "at": "2026-11-20T00:00:00Z",
        "account_id": str(town.accounts["csw"].id),
        "role": "csw",
        "person_id": str(person.id),
        "act": "read",
        "resource": "person",
        "purpose": "support",
        "basis": "duty",
        "basis_id": None,
    }


def test_nothing_of_what_was_seen_stands_there(
    client: TestClient, auditor: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, code="やま-01", contact="090-1111-2222")
    client.get(f"/api/v1/people/{person.id}")
    for path, headers in ((PATH, {}), ("/audit", OWN)):
        text = auditor.get(path, headers=headers).text
        assert "やま-01" not in text
        assert "090-1111" not in text
        assert "庭" not in text


@pytest.mark.parametrize("role", ["csw", "coordinator", "officer", "admin"])
def test_only_an_auditor_reads_the_audit(client_of: Clients, role: str) -> None:
    for path, headers in ((PATH, {}), ("/api/v1/audit/probing", {}), ("/audit", OWN)):
        assert client_of(role).get(path, headers=headers).status_code == 403


def test_reading_the_audit_is_a_line_that_nothing_hides_from_the_reader(
    auditor: TestClient, session: Session, town: Town
) -> None:
    """Own lines are not filtered out: what an auditor did is there for the next one to see."""
    asked(auditor)
    own = asked(auditor, account_id=str(town.accounts["auditor"].id), resource="audit_read")
    assert [(line["act"], line["resource"]) for line in own] == [("event", "audit_read")]
    assert [event.resource for event in events(session)].count("audit_read") == 2


def test_another_municipality_s_lines_are_not_there(
    client_of: Clients, session: Session, town: Town, elsewhere: Town
) -> None:
    person = person_in(session, elsewhere, area="east")
    client_of("csw").get("/api/v1/people")
    neighbour = client_of("csw_elsewhere")
    assert neighbour.get("/api/v1/people").status_code == 200
    shown = asked(client_of("auditor"))
    assert str(person.id) not in {line["person_id"] for line in shown}
    assert str(person.id) in {line["person_id"] for line in asked(client_of("auditor_elsewhere"))}


def test_lines_are_asked_for_by_moment_person_and_account(
    client: TestClient,
    client_of: Clients,
    session: Session,
    town: Town,
    turnable_clock: TurnableClock,
) -> None:
    first, second = person_in(session, town).id, person_in(session, town).id
    client.get(f"/api/v1/people/{first}")
    turnable_clock.turn(days=1)
    client.get(f"/api/v1/people/{second}")
    auditor = client_of("auditor")
    tomorrow = (MORNING + timedelta(hours=1)).isoformat()

    def people(**query: Any) -> list[str]:
        return [line["person_id"] for line in asked(auditor, resource="person", **query)]

    assert people() == [str(first), str(second)]
    assert people(**{"from": tomorrow}) == [str(second)]
    assert people(to=tomorrow) == [str(first)]
    assert people(person_id=str(second)) == [str(second)]
    assert people(account_id=str(town.accounts["csw_west"].id)) == []


def test_a_page_of_lines_says_where_the_next_begins(
    client: TestClient, auditor: TestClient, session: Session, town: Town
) -> None:
    people = {str(person_in(session, town).id) for _ in range(3)}
    client.get("/api/v1/people")
    query = {"resource": "person", "limit": 2}
    first = auditor.get(PATH, params=query).json()
    rest = auditor.get(PATH, params=query | {"after": first["next"]}).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert {line["person_id"] for line in first["items"] + rest["items"]} == people


@pytest.mark.parametrize("query", [{"from": "2026-11-20T00:00"}, {"after": -1}, {"limit": 0}])
def test_a_question_that_cannot_be_meant_is_malformed(
    auditor: TestClient, query: dict[str, Any]
) -> None:
    assert auditor.get(PATH, params=query).status_code == 422


def test_who_asks_often_for_what_is_hidden_is_named(
    client: TestClient, auditor: TestClient, session: Session, town: Town
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west")
    for _ in range(PROBING - 1):
        client.get(f"/api/v1/people/{hidden.id}")
    assert auditor.get("/api/v1/audit/probing").json() == {"items": []}
    client.get(f"/api/v1/people/{hidden.id}")
    csw = town.accounts["csw"]
    found = auditor.get("/api/v1/audit/probing").json()["items"]
    assert found == [{"account_id": str(csw.id), "times": PROBING}]
    assert "見えないものを何度も求めた人" in auditor.get("/audit", headers=OWN).text


def test_the_page_says_it_in_plain_words(
    client: TestClient, auditor: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    client.get(f"/api/v1/people/{person.id}")
    page = auditor.get("/audit", headers=OWN).text
    for said in ("職員 csw", "本人の基本のことを見た", "支援のため", "担当として", "11月20日(金)"):
        assert said in page
    ago = auditor.get("/audit?from=2026-01-01&to=2026-01-31", headers=OWN).text
    assert "この期間の記録はありません" in ago
    assert "本人の基本のことを見た" not in auditor.get("/audit?account=admin", headers=OWN).text


def test_every_kind_of_thing_and_of_event_is_said_in_words() -> None:
    assert words.RESOURCE_WORDS.keys() == PURPOSES.keys()
    assert not {str(each) for each in Happening} & PURPOSES.keys() - {
        "break_glass",
        "export",
        "erasure",
    }
    assert {words.resource_words(each) for each in Happening} & set(Happening) == set()
    assert words.resource_words("an_older_word") == "an_older_word"
    assert set(PURPOSES.values()) | {Purpose.SECURITY, Purpose.UNSTATED} == set(Purpose)
    assert len(set(words.ACT_WORDS.values())) == len(Act)


def test_every_line_bears_a_purpose(session: Session, client: TestClient, town: Town) -> None:
    person = person_in(session, town)
    client.get(f"/api/v1/people/{person.id}/candidates")
    client.get(f"/people/{person.id}", headers=OWN)
    assert Purpose.UNSTATED not in {line.purpose for line in lines(session)}
