"""A list is drawn by one, approved by another, and says ids and days; holds and terms are kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlmodel import Session, select

from service.audit.tables import AccessRecord
from service.persons.tables import Person
from service.retention.rules import TERMS, RecordClass, years_before
from service.settings import Settings
from service.trail import Happening
from tests.factories import TurnableClock
from tests.service.retention.conftest import prove

API = "/api/v1"
FIVE_YEARS = 366 * 5


def ended(client: TestClient, person: Person) -> None:
    answer = client.put(f"{API}/people/{person.id}/end", json={})
    assert answer.status_code == 200, answer.text


def drawn(client: TestClient) -> dict[str, Any]:
    answer = client.post(f"{API}/disposal-lists")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_case_is_due_five_years_after_support_ended_and_not_a_day_earlier(
    client: TestClient, coordinator: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    ended(client, person)  # on 2026-11-20
    turnable_clock.turn(days=(date(2031, 11, 19) - date(2026, 11, 20)).days)
    assert drawn(coordinator)["items"] == []
    turnable_clock.turn(days=1)
    (item,) = drawn(coordinator)["items"]
    assert item == {
        "subject_id": str(person.id),
        "code": "針山-1",
        "kind": "case",
        "due_since": "2026-11-20",
        "erased_at": None,
    }


def test_support_that_begins_again_is_not_due(
    client: TestClient, coordinator: TestClient, person: Person, turnable_clock: TurnableClock
) -> None:
    ended(client, person)
    assert client.delete(f"{API}/people/{person.id}/end").status_code == 204
    turnable_clock.turn(days=FIVE_YEARS)
    assert drawn(coordinator)["items"] == []


def test_who_is_held_is_on_no_list_until_the_hold_is_lifted(
    client: TestClient, coordinator: TestClient, person: Person
) -> None:
    asked = client.post(f"{API}/people/{person.id}/erasure-request", json={})
    assert asked.status_code == 201
    held = coordinator.post(f"{API}/people/{person.id}/holds", json={"reason": "lawsuit"})
    assert held.status_code == 201
    assert drawn(coordinator)["items"] == []
    hold = held.json()["id"]
    lifting = f"{API}/people/{person.id}/holds/{hold}/lifting"
    assert coordinator.post(lifting).status_code == 200
    assert coordinator.post(lifting).status_code == 404
    assert [item["kind"] for item in drawn(coordinator)["items"]] == ["request"]


def test_nobody_approves_their_own_list_and_nobody_twice(
    client: TestClient, coordinator: TestClient, another: TestClient, person: Person
) -> None:
    client.post(f"{API}/people/{person.id}/erasure-request", json={})
    path = f"{API}/disposal-lists/{drawn(coordinator)['id']}"
    own = coordinator.post(f"{path}/approval")
    assert (own.status_code, own.json()["title"]) == (409, "OwnList")
    assert another.post(f"{path}/approval").status_code == 200
    assert another.post(f"{path}/approval").status_code == 409
    assert coordinator.get(path).json()["approved_by"] is not None
    assert "note" not in coordinator.get(path).text


def test_an_approval_needs_a_fresh_proof_and_stands_in_the_audit(
    coordinator: TestClient, another: TestClient, turnable_clock: TurnableClock, session: Session
) -> None:
    drawn_list = drawn(coordinator)["id"]
    path = f"{API}/disposal-lists/{drawn_list}"
    turnable_clock.turn(minutes=6)
    refused = another.post(f"{path}/approval")
    assert (refused.status_code, refused.json()["step_up"]) == (403, True)
    assert coordinator.get(path).json()["approved_by"] is None
    assert told(session, Happening.RETENTION_APPROVED) == []
    prove(another)
    assert another.post(f"{path}/approval").status_code == 200
    [line] = told(session, Happening.RETENTION_APPROVED)
    assert drawn_list in line.detail
    assert line.account_id is not None


def test_a_hold_and_its_end_stand_in_the_audit_with_their_reason(
    coordinator: TestClient, person: Person, session: Session
) -> None:
    holds = f"{API}/people/{person.id}/holds"
    held = coordinator.post(holds, json={"reason": "lawsuit"}).json()["id"]
    coordinator.post(f"{holds}/{held}/lifting")
    for happening in (Happening.HOLD_SET, Happening.HOLD_LIFTED):
        [line] = told(session, happening)
        assert (line.person_id, line.detail) == (person.id, '{"how": "lawsuit"}')


def told(session: Session, happening: Happening) -> list[AccessRecord]:
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == happening))
    return list(rows)


def test_only_who_may_retain_sees_lists_and_places_holds(
    client_of: Callable[[str], TestClient], person: Person
) -> None:
    for role in ("csw", "officer", "admin", "auditor"):
        caller = client_of(role)
        assert caller.get(f"{API}/disposal-lists").status_code == 403
        hold = {"reason": "lawsuit"}
        assert caller.post(f"{API}/people/{person.id}/holds", json=hold).status_code == 403


def test_an_end_still_to_come_and_a_second_request_are_refused(
    client: TestClient, person: Person
) -> None:
    path = f"{API}/people/{person.id}"
    assert client.put(f"{path}/end", json={"ended_on": "2030-01-01"}).status_code == 409
    assert client.post(f"{path}/erasure-request", json={}).status_code == 201
    assert client.post(f"{path}/erasure-request", json={}).status_code == 409


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2031, 11, 20), 5, date(2026, 11, 20)),
        (date(2028, 2, 29), 5, date(2023, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before


def test_every_class_has_its_term_and_every_term_a_setting_of_the_office() -> None:
    assert set(TERMS) == set(RecordClass)
    known = set(Settings.model_fields)
    assert {term.setting for term in TERMS.values() if term.setting} <= known
    assert all(term.reason and term.after and term.data for term in TERMS.values())


def test_the_audit_is_never_set_to_end_before_what_it_tells_of() -> None:
    with pytest.raises(ValidationError, match="retain_audit_years"):
        Settings(retain_audit_years=3, retain_case_years=5)
    with pytest.raises(ValidationError):
        Settings(retain_case_years=0)
