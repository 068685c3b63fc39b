"""Whom what happens concerns: those who may see it now, but not who did it, nor who will not."""

from uuid import UUID

import pytest
from sqlmodel import select

from catalogue.profiles import SharedWith
from service.notices.spreading import spread
from service.outbox.carrying import Carried
from service.outbox.rules import Notice, State, Trouble
from service.outbox.tables import Event
from service.persons.tables import Consent
from tests.service.notices.conftest import API, Office
from tests.service.outbox.conftest import Desk


def events(desk: Desk) -> list[Event]:
    found = desk.session(lambda session: session.exec(select(Event)).all())
    assert isinstance(found, list)
    return found


def test_a_concern_is_told_to_the_persons_worker_and_to_who_coordinates(desk: Office) -> None:
    person = desk.person()
    desk.worry(person, "coordinator")
    assert desk.spread() == [("csw", "concern")]
    desk.worry(person, "csw")
    assert desk.spread() == [("coordinator", "concern")]
    assert events(desk) == []


def test_of_somebody_without_consent_only_their_own_worker_is_told(desk: Office) -> None:
    desk.worry(desk.person(consent=None))
    assert desk.spread() == []  # who raised it is the only one who knows of them


def test_a_hosts_concern_about_nobody_goes_to_who_coordinates(desk: Office) -> None:
    host = str(desk.town.hosts["temple"].id)
    body = {"host_id": host, "side": "host", "words": "雨の日はむずかしい"}
    assert desk.client("csw").post(f"{API}/concerns", json=body).status_code == 201
    assert desk.spread() == [("coordinator", "concern")]


def test_an_emergency_is_told_at_once_to_everybody_whom_the_screen_tells(desk: Office) -> None:
    person = desk.person()
    body = {
        "code": person.code,
        "reason": "電話に出ない。家のあかりが二日ついたまま。安否をたしかめる",
    }
    opened = desk.client("csw_west").post(f"{API}/emergency-accesses", json=body)
    assert opened.status_code == 201, opened.text
    assert desk.spread() == [
        ("auditor", "emergency"),
        ("coordinator", "emergency"),
        ("csw", "emergency"),
    ]


def test_a_coordinator_is_told_of_an_emergency_whatever_they_switched_off(desk: Office) -> None:
    for user in ("coordinator", "csw", "auditor"):
        answer = desk.client(user).put(f"{API}/me/notices/switches/emergency", json={"on": False})
        assert answer.status_code == (409 if user == "coordinator" else 200)
        assert user != "coordinator" or answer.json()["title"] == "AlwaysTold"
    person = desk.person()
    body = {
        "code": person.code,
        "reason": "電話に出ない。家のあかりが二日ついたまま。安否をたしかめる",
    }
    desk.client("csw_west").post(f"{API}/emergency-accesses", json=body)
    assert desk.spread() == [("coordinator", "emergency")]


def prepare(desk: Office, by: str) -> None:
    host = desk.town.hosts["temple"].id
    told = {"shared_with": SharedWith.HOSTS, "host_id": host, "fields": ["age_band"]}
    person = desk.person(consent=told)
    client = desk.client(by)
    body = {"person_id": str(person.id), "host_id": str(host)}
    packet = client.post(f"{API}/disclosures", json=body).json()["id"]
    moved = client.post(f"{API}/disclosures/{packet}/moves", json={"move": "prepare"})
    assert moved.status_code == 200, moved.text


def test_a_release_waits_for_the_persons_worker_or_for_a_colleague(desk: Office) -> None:
    prepare(desk, by="coordinator")
    assert desk.spread() == [("csw", "release")]
    prepare(desk, by="csw")
    assert desk.spread() == [("coordinator", "release")]


def test_what_is_switched_off_is_not_told_and_takes_along_what_waits(desk: Office) -> None:
    person = desk.person()
    desk.worry(person)
    spread_now = desk.client("coordinator")
    spread(desk.connection, at=desk.now)
    assert [line.state for line in desk.lines()] == [State.WAITING]
    spread_now.put(f"{API}/me/notices/switches/concern", json={"on": False})
    assert [line.state for line in desk.lines()] == [State.DROPPED]
    desk.worry(person)
    assert desk.spread() == []
    spread_now.put(f"{API}/me/notices/switches/concern", json={"on": True})
    desk.worry(person)
    assert desk.spread() == [("coordinator", "concern")]


def test_a_withdrawn_consent_takes_along_what_others_were_to_be_told(desk: Office) -> None:
    person = desk.person()
    desk.worry(person)
    spread(desk.connection, at=desk.now)
    desk.worry(person)  # this one is not spread yet
    withdraw(desk, person.id)
    assert [line.state for line in desk.lines()] == [State.DROPPED]
    assert [line.about_id for line in desk.lines()] == [None]
    assert desk.spread() == []


def test_a_withdrawn_consent_leaves_the_persons_own_worker_told(desk: Office) -> None:
    person = desk.person()
    desk.worry(person, "coordinator")
    spread(desk.connection, at=desk.now)
    withdraw(desk, person.id)
    assert desk.spread() == [("csw", "concern")]


def withdraw(desk: Office, person_id: UUID) -> None:
    consents = desk.session(
        lambda session: session.exec(select(Consent.id).where(Consent.person_id == person_id)).all()
    )
    assert isinstance(consents, list)
    path = f"{API}/people/{person_id}/consents/{consents[0]}/withdrawal"
    assert desk.client("csw").post(path).status_code == 200


def test_a_sent_line_no_longer_knows_whom_it_was_about(desk: Office) -> None:
    desk.worry(desk.person())
    desk.spread()
    assert [(line.state, line.about_id) for line in desk.lines()] == [(State.SENT, None)]


def test_without_anybody_to_be_told_nothing_is_written(desk: Office) -> None:
    for user in ("csw", "csw_west", "coordinator", "admin", "auditor"):
        assert desk.client(user).delete(f"{API}/me/notices/mail").status_code == 204
    desk.worry(desk.person())
    assert events(desk) == []


def test_without_the_transaction_that_caused_it_there_is_no_event(desk: Office) -> None:
    person = desk.person()
    body = {"person_id": str(person.id), "side": "person", "words": "x", "raised_on": "2030-01-01"}
    assert desk.client("csw").post(f"{API}/concerns", json=body).status_code == 409
    assert events(desk) == []


def test_the_admin_is_told_of_dead_letters(desk: Office) -> None:
    desk.write()
    desk.answers = [Carried(Trouble.REFUSED, 550)]
    desk.deliver()
    assert desk.spread() == [("admin", "dead_letter")]


@pytest.mark.parametrize("notice", Notice)
def test_every_notice_can_be_switched_off_by_whom_it_reaches(desk: Office, notice: Notice) -> None:
    path = f"{API}/me/notices/switches/{notice}"
    said = {
        user: desk.client(user).put(path, json={"on": False}).status_code
        for user in ("csw", "coordinator", "admin", "auditor", "officer")
    }
    expected = {
        Notice.CONCERN: {"csw", "coordinator"},
        Notice.EMERGENCY: {"csw", "auditor"},
        Notice.RELEASE: {"csw", "coordinator"},
        Notice.DEAD_LETTER: {"admin"},
        Notice.DIGEST: {"csw", "coordinator"},
    }[notice]
    assert {user for user, status in said.items() if status == 200} == expected
    assert {user for user, status in said.items() if status == 409} == (
        {"coordinator"} if notice is Notice.EMERGENCY else set()
    )
