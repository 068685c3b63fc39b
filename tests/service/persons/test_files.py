"""Assessments are dated and never overwritten; consents are given, run out and are withdrawn."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from catalogue.profiles import LimitKind, SharedWith
from service.persons.actions import (
    current_consents,
    keep_consent,
    profile_of,
    withdraw_consent,
)
from service.persons.repository import consents
from tests.factories import MORNING, Town, TurnableClock, person_in, staff_of

PEOPLE = "/api/v1/people"
TODAY = date(2026, 11, 20)


@pytest.fixture
def path(client: TestClient) -> str:
    created = client.post(PEOPLE, json={"area": "east", "own_words": "歩きたい"})
    return f"{PEOPLE}/{created.json()['id']}"


def test_a_new_assessment_leaves_the_last_as_it_was(client: TestClient, path: str) -> None:
    second = client.post(f"{path}/assessments", json={"own_words": "本を読みたい"})
    assert second.status_code == 201
    assert second.json()["version"] == 2
    listed = client.get(f"{path}/assessments").json()["items"]
    assert [item["own_words"] for item in listed] == ["本を読みたい", "歩きたい"]
    assert client.get(f"{path}/assessments/latest").json() == listed[0]
    assert client.get(f"{path}/assessments/{listed[1]['id']}").json() == listed[1]


def test_what_an_assessment_leaves_out_is_unknown_again(client: TestClient, path: str) -> None:
    client.post(f"{path}/assessments", json={"travel": {"modes": ["bus"]}})
    assert client.get(path).json()["assessment"]["own_words"] == ""


def test_an_assessment_may_have_been_taken_on_an_earlier_day(client: TestClient, path: str) -> None:
    body = {"own_words": "海", "taken_on": "2026-11-02"}
    assert client.post(f"{path}/assessments", json=body).json()["taken_on"] == "2026-11-02"


def test_an_assessment_is_dated_in_japan(
    client: TestClient, path: str, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(hours=15)
    taken = client.post(f"{path}/assessments", json={}).json()
    assert taken["taken_on"] == "2026-11-21"


def test_assessments_of_nobody_are_not_found(client: TestClient, path: str) -> None:
    nobody = f"{PEOPLE}/{uuid4()}"
    assert client.post(f"{nobody}/assessments", json={}).status_code == 404
    assert client.get(f"{nobody}/assessments").status_code == 404
    assert client.get(f"{path}/assessments/{uuid4()}").status_code == 404


@pytest.mark.parametrize("kind", LimitKind)
def test_limits_without_their_kind_of_value_are_refused(
    client: TestClient, path: str, kind: LimitKind
) -> None:
    body = {"limits": [{"kind": kind, "value": "needle needle"}]}
    answer = client.post(f"{path}/assessments", json=body)
    assert answer.status_code == 422
    assert "needle" not in answer.text


def test_a_consent_is_kept_with_its_circle_fields_and_end(
    client: TestClient, path: str, town: Town
) -> None:
    body = {
        "shared_with": "hosts",
        "scope": "呼び名と時間",
        "fields": ["nickname", "pace"],
        "host_id": str(town.hosts["temple"].id),
        "purpose": "お試し",
        "given_on": "2026-11-20",
        "how": "ことばで",
        "until": "2027-03-31",
    }
    kept = client.post(f"{path}/consents", json=body)
    assert kept.status_code == 201
    assert kept.json().items() >= body.items()
    assert client.get(f"{path}/consents").json()["items"] == [kept.json()]


def test_a_consent_can_come_with_the_person(client: TestClient) -> None:
    body = {"area": "east", "consent": {"shared_with": "team", "given_on": "2026-11-19"}}
    person = client.post(PEOPLE, json=body).json()
    kept = client.get(f"{PEOPLE}/{person['id']}/consents").json()["items"]
    assert [consent["shared_with"] for consent in kept] == ["team"]


def test_a_consent_for_a_host_of_another_town_is_refused(
    client: TestClient, path: str, elsewhere: Town
) -> None:
    body = {"shared_with": "hosts", "host_id": str(elsewhere.hosts["temple"].id)}
    assert client.post(f"{path}/consents", json=body).status_code == 404


def test_a_consent_cannot_end_before_it_begins(client: TestClient, path: str) -> None:
    body = {"shared_with": "team", "given_on": "2026-11-20", "until": "2026-11-19"}
    assert client.post(f"{path}/consents", json=body).status_code == 422


def test_a_withdrawn_consent_stays_written_down_and_is_withdrawn_once(
    client: TestClient, path: str
) -> None:
    kept = client.post(f"{path}/consents", json={"shared_with": "hosts"}).json()
    withdrawal = f"{path}/consents/{kept['id']}/withdrawal"
    assert client.post(withdrawal).json()["withdrawn_on"] == "2026-11-20"
    assert client.post(withdrawal).status_code == 409
    assert client.post(f"{path}/consents/{uuid4()}/withdrawal").status_code == 404
    assert len(client.get(f"{path}/consents").json()["items"]) == 1


def _given(**fields: Any) -> dict[str, Any]:
    return {"shared_with": SharedWith.HOSTS, "given_on": date(2026, 11, 1)} | fields


@pytest.mark.parametrize(
    ("given", "on", "holds"),
    [
        (_given(), TODAY, True),
        (_given(), date(2026, 10, 31), False),
        (_given(until=TODAY), TODAY, True),
        (_given(until=date(2026, 11, 19)), TODAY, False),
        (_given(given_on=None), TODAY, True),
    ],
)
def test_a_consent_holds_from_the_day_it_is_given_until_its_last(
    session: Session, town: Town, given: dict[str, Any], on: date, *, holds: bool
) -> None:
    person = person_in(session, town, consent=given)
    assert bool(current_consents(session, person.id, on=on)) is holds


def test_matching_knows_of_no_consent_from_the_day_of_its_withdrawal(
    session: Session, town: Town
) -> None:
    person = person_in(session, town, consent=_given())
    assert profile_of(session, person, on=TODAY).shared_with is SharedWith.HOSTS
    [consent] = consents(session, person.id)
    staff = staff_of(session, town.accounts["csw"])
    withdraw_consent(session, staff, person.id, consent.id, at=MORNING)
    assert profile_of(session, person, on=TODAY).shared_with is SharedWith.NONE


def test_the_widest_consent_that_holds_counts(session: Session, town: Town) -> None:
    person = person_in(session, town, consent=_given(shared_with=SharedWith.TEAM))
    staff = staff_of(session, town.accounts["csw"])
    for given in (_given(), _given(shared_with=SharedWith.NONE)):
        keep_consent(session, staff, person.id, given, at=MORNING)
    assert profile_of(session, person, on=TODAY).shared_with is SharedWith.HOSTS


def test_a_profile_names_nobody_and_knows_the_areas_name(session: Session, town: Town) -> None:
    person = person_in(session, town, contact="090-0000-0000", note="きのう電話した")
    profile = profile_of(session, person, on=TODAY)
    assert profile.area == "east"
    assert profile.ages == (40, 49)
    assert UUID(profile.id) == person.id
    assert "090" not in repr(profile)
    assert "電話" not in repr(profile)


def test_names_from_files_in_not_again_mean_the_stored_host_or_activity(
    session: Session, town: Town
) -> None:
    person = person_in(session, town, picture={"not_again": ["temple", "tea"]})
    avoided = profile_of(session, person, on=TODAY).not_again
    assert {str(town.hosts["temple"].id), str(town.activities["tea"].id)} <= avoided
