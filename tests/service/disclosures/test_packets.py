"""Packets over HTTP: exactly the fields, two people, and an end at once."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.disclosures.tables import Packet
from service.persons.words import TOLD_WORDS
from tests.factories import Town, TurnableClock, person_in
from tests.service.disclosures.conftest import API, FIELDS, Office


def test_a_packet_tells_exactly_the_fields_of_the_consent(office: Office) -> None:
    sheet = office.drafted()["sheet"]
    told = {line["name"]: line["said"] for line in sheet["lines"]}
    assert list(told) == [TOLD_WORDS[field] for field in TOLD_WORDS if field in FIELDS]
    assert told["年代"] == ["40代"]
    assert told["避けること"] == ["大きい音で頭が痛くなる"]
    assert sheet["purpose"] == "お寺の庭の手伝いを相談するため"
    whole = str(sheet)
    for secret in (office.person.code, "090-0000-0000", "needle-note", "庭の手入れ"):
        assert secret not in whole


def test_a_planted_field_beyond_the_consent_is_seen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were every field told, the looks above would find it."""
    monkeypatch.setattr("service.disclosures.sheet.only", lambda _fields, known: tuple(known))
    assert "090-0000-0000" in str(office.drafted()["sheet"])


def test_it_takes_two_people_to_let_a_packet_go(office: Office) -> None:
    id_ = office.drafted()["id"]
    assert office.moved(office.colleague, id_, "prepare").json()["state"] == "prepared"
    refused = office.moved(office.colleague, id_, "release")
    assert (refused.status_code, refused.json()["title"]) == (403, "NotYourMove")
    released = office.moved(office.own, id_, "release").json()
    assert released["state"] == "released"
    assert released["prepared_by"] != released["decided_by"]
    assert released["alone"] is False


def test_what_the_own_worker_prepared_a_colleague_lets_go(office: Office) -> None:
    id_ = office.drafted()["id"]
    office.moved(office.own, id_, "prepare")
    assert office.moved(office.own, id_, "release").status_code == 403
    assert office.moved(office.colleague, id_, "release").status_code == 200


def test_where_the_office_has_switched_it_off_one_person_is_enough_and_it_is_written_down(
    office: Office, app: FastAPI
) -> None:
    app.state.settings.two_person_release = False
    id_ = office.drafted()["id"]
    office.moved(office.own, id_, "prepare")
    assert office.moved(office.own, id_, "release").json()["alone"] is True


def test_a_release_asks_again_who_one_is_after_five_minutes(
    office: Office, turnable_clock: TurnableClock
) -> None:
    id_ = office.drafted()["id"]
    office.moved(office.colleague, id_, "prepare")
    turnable_clock.turn(minutes=6)
    refused = office.moved(office.own, id_, "release")
    assert (refused.status_code, refused.json()["step_up"]) == (403, True)
    assert office.own.get(f"{API}/{id_}").json()["state"] == "prepared"


def test_a_refused_packet_is_never_shown_and_a_new_one_may_be_drafted(office: Office) -> None:
    id_ = office.drafted()["id"]
    office.moved(office.colleague, id_, "prepare")
    assert office.moved(office.own, id_, "refuse").json()["state"] == "refused"
    assert office.own.post(f"{API}/{id_}/links").status_code == 409
    assert office.moved(office.own, id_, "release").status_code == 409
    assert office.released()["state"] == "released"


def test_preparing_takes_the_facts_as_they_are_then(office: Office) -> None:
    id_ = office.drafted()["id"]
    office.own.patch(f"/api/v1/people/{office.person.id}", json={"age_band": "50代"})
    assert "40代" in str(office.own.get(f"{API}/{id_}").json()["sheet"])
    prepared = office.moved(office.colleague, id_, "prepare").json()
    assert "50代" in str(prepared["sheet"])
    office.own.patch(f"/api/v1/people/{office.person.id}", json={"age_band": "60代"})
    assert office.moved(office.own, id_, "release").json()["sheet"] == prepared["sheet"]


@pytest.mark.parametrize("state", ["draft", "prepared", "released"])
def test_without_its_consent_every_packet_reads_as_ended(office: Office, state: str) -> None:
    id_ = office.drafted()["id"]
    for client, move in ((office.colleague, "prepare"), (office.own, "release")):
        if state != office.own.get(f"{API}/{id_}").json()["state"]:
            office.moved(client, id_, move)
    office.withdraw()
    seen = office.own.get(f"{API}/{id_}").json()
    assert (seen["state"], seen["possible"]) == ("ended", [])
    for move in ("prepare", "release", "refuse", "end"):
        assert office.moved(office.own, id_, move).status_code == 409
    assert listed(office, "ended") == [id_]
    assert listed(office, state) == []


def listed(office: Office, state: str) -> list[str]:
    found = office.own.get(API, params={"state": state}).json()["items"]
    return [each["id"] for each in found]


def test_a_packet_ends_with_the_earlier_of_its_own_day_and_the_consents(
    office: Office, turnable_clock: TurnableClock
) -> None:
    packet = office.released(until="2026-11-21")
    assert packet["until"] == "2026-11-21"
    turnable_clock.turn(days=1)
    assert office.own.get(f"{API}/{packet['id']}").json()["state"] == "released"
    turnable_clock.turn(days=1)
    assert office.own.get(f"{API}/{packet['id']}").json()["state"] == "ended"


def test_no_packet_outlives_its_consent(office: Office) -> None:
    narrowed = {"shared_with": "hosts", "host_id": office.host, "until": "2026-11-25"}
    path = f"/api/v1/people/{office.person.id}/consents/{office.consent.id}/narrowing"
    assert office.own.post(path, json=narrowed).status_code == 201
    assert office.drafted(until="2027-01-01")["until"] == "2026-11-25"
    late = office.colleague.post(API, json=office.body | {"until": "2026-11-19"})
    assert late.status_code == 409


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {"shared_with": "none"},
        {"shared_with": "team"},
        {"shared_with": "hosts", "host": "cafe"},
        {"shared_with": "hosts", "until": "2026-11-19"},
        {"shared_with": "hosts", "given_on": "2026-11-21"},
    ],
)
def test_no_consent_for_this_host_no_packet(
    office: Office, session: Session, town: Town, consent: dict[str, Any] | None
) -> None:
    person = person_in(session, town)
    if consent is not None:
        body = {name: value for name, value in consent.items() if name != "host"}
        if named := consent.get("host"):
            body["host_id"] = str(town.hosts[named].id)
        path = f"/api/v1/people/{person.id}/consents"
        assert office.own.post(path, json=body).status_code == 201
    refused = office.own.post(API, json={"person_id": str(person.id), "host_id": office.host})
    assert (refused.status_code, refused.json()["title"]) == (409, "NotCovered")


def test_a_stale_version_moves_nothing(office: Office) -> None:
    id_ = office.drafted()["id"]
    refused = office.moved(office.own, id_, "prepare", headers={"if-match": '"9"'})
    assert refused.status_code == 409


def test_out_of_sight_and_unknown_are_the_same_answer(
    office: Office, client_of: Callable[[str], TestClient]
) -> None:
    id_ = office.released()["id"]
    west = client_of("csw_west")
    nowhere = "00000000-0000-0000-0000-000000000000"
    for path in (f"{API}/{{}}", f"{API}/{{}}/links"):
        seen, unseen = (west.get(path.format(each)) for each in (id_, nowhere))
        assert (seen.status_code, seen.json()) == (404, unseen.json())
    assert office.moved(west, id_, "end").status_code == 404
    assert west.get(API).json()["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"person_id": "00000000-0000-0000-0000-000000000000"},
        {"placement_id": "00000000-0000-0000-0000-000000000000", "until": "2026-12-01"},
        {"state": "released"},
        {"content": {}},
    ],
)
def test_a_malformed_packet_is_refused(office: Office, body: dict[str, Any]) -> None:
    assert office.own.post(API, json=body).status_code == 422


def test_what_a_packet_tells_is_sealed_in_the_database(office: Office, session: Session) -> None:
    office.released()
    stored = session.exec(select(Packet.content.column)).all()  # the bytes themselves
    assert stored
    assert all("大きい音".encode() not in bytes(row) for row in stored)
