"""Packets and links at their bounds: odd tokens, odd days, two at once, and no word too many."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.rules import Role
from service.disclosures.tables import Packet
from service.hosts.tables import HostLink
from tests.factories import Town, TurnableClock
from tests.service.audit.lines import looks
from tests.service.browsing import OWN
from tests.service.disclosures.conftest import API, Office

LINKS: Final = "/api/v1/host-links"
Clients = Callable[[str], TestClient]


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.mark.parametrize("days", [0, -1, 91, 1.5, "7", True], ids=str)
def test_a_link_lasts_from_a_day_to_three_months(
    office: Office, session: Session, days: object
) -> None:
    packet = office.released()
    refused = office.own.post(f"{API}/{packet['id']}/links", json={"days": days})
    assert refused.status_code == 422
    assert "days" in refused.text
    assert session.exec(select(HostLink)).all() == []


@pytest.mark.parametrize(
    "token",
    ["x", "A" * 43, "A" * 5000, "%00", "..%2f..%2fpeople", "花" * 20, "'--", " "],
    ids=["short", "whole", "endless", "nought", "climbing", "flowers", "quote", "blank"],
)
def test_a_token_that_nobody_made_opens_nothing_whatever_it_looks_like(
    office: Office, stranger: TestClient, token: str
) -> None:
    office.linked(office.released())
    # 422: it has not even the shape of one.
    for path in (f"/api/v1/host/{token}", f"/h/{token}"):
        answer = stranger.get(path, headers=OWN)
        assert answer.status_code in {404, 422}
        assert len(token) < 3 or token not in answer.text
        assert "避けること" not in answer.text


def test_a_link_that_is_ended_twice_has_ended_when_it_ended_first(
    office: Office, turnable_clock: TurnableClock
) -> None:
    packet = office.released()
    office.linked(packet)
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    path = f"{LINKS}/{link['id']}/revocation"
    first = office.own.post(path).json()
    turnable_clock.turn(hours=1)
    assert office.own.post(path).json() == first


def test_another_link_of_the_same_packet_goes_on(office: Office, stranger: TestClient) -> None:
    packet = office.released()
    kept, lost = office.linked(packet), office.linked(packet)
    newest = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    assert len(newest) == 2
    for link in newest:
        office.own.post(f"{LINKS}/{link['id']}/revocation")
        opened = [stranger.get(f"/api/v1/host/{token}").status_code for token in (kept, lost)]
        assert opened.count(404) == newest.index(link) + 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CSW, Role.COORDINATOR}))
def test_no_other_role_sees_makes_or_ends_what_hosts_are_shown(
    office: Office, client_of: Clients, role: Role
) -> None:
    packet = office.released()
    token = office.linked(packet)
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    caller = client_of(role)
    asked = (
        caller.get(API),
        caller.get(f"{API}/{packet['id']}"),
        caller.get(f"{API}/{packet['id']}/links"),
        caller.post(API, json=office.body),
        caller.post(f"{API}/{packet['id']}/links"),
        caller.post(f"{LINKS}/{link['id']}/revocation"),
        office.moved(caller, packet["id"], "end"),
    )
    assert {answer.status_code for answer in asked} == {403}
    assert office.own.get(f"{API}/{packet['id']}").json()["state"] == "released"
    assert TestClient(caller.app).get(f"/api/v1/host/{token}").status_code == 200


def test_another_municipality_finds_nothing_of_it(
    office: Office, client_of: Clients, elsewhere: Town
) -> None:
    packet = office.released()
    office.linked(packet)
    [link] = office.own.get(f"{API}/{packet['id']}/links").json()["items"]
    stranger = client_of(elsewhere.accounts["coordinator"].username)
    for path, id_ in (
        (f"{API}/{{}}/moves", packet["id"]),
        (f"{API}/{{}}/links", packet["id"]),
        (f"{LINKS}/{{}}/revocation", link["id"]),
    ):
        body = {"move": "end"} if path.endswith("moves") else {}
        theirs, none = (stranger.post(path.format(each), json=body) for each in (id_, uuid4()))
        assert (theirs.status_code, theirs.content) == (404, none.content)
    assert stranger.get(API).json()["items"] == []


def test_a_host_of_another_municipality_is_told_nothing(
    office: Office, elsewhere: Town, session: Session
) -> None:
    theirs = {"host_id": str(elsewhere.hosts["temple"].id)}
    refused = office.own.post(API, json=office.body | theirs)
    assert refused.status_code in {404, 409}
    assert office.person.code not in refused.text
    assert session.exec(select(Packet)).all() == []


@pytest.mark.parametrize("move", ["", "RELEASE", "publish", None, 1], ids=str)
def test_a_move_that_is_none_is_refused_with_those_that_are(office: Office, move: object) -> None:
    id_ = office.drafted()["id"]
    refused = office.own.post(f"{API}/{id_}/moves", json={"move": move})
    assert refused.status_code == 422
    assert "release" in refused.text
    assert office.own.get(f"{API}/{id_}").json()["version"] == 1


def test_of_two_who_decide_on_what_they_saw_the_second_is_shown_what_is_now(
    office: Office,
) -> None:
    id_ = office.drafted()["id"]
    seen = {"if-match": office.own.get(f"{API}/{id_}").headers["etag"]}
    assert office.moved(office.colleague, id_, "prepare", headers=seen).status_code == 200
    late = office.moved(office.own, id_, "end", headers=seen)
    assert late.status_code == 409
    assert late.json()["current"]["state"] == "prepared"
    assert late.json()["sent"] == {"move": "end"}
    assert office.own.get(f"{API}/{id_}").json()["state"] == "prepared"


def test_a_packet_that_is_sent_twice_with_its_key_is_one(office: Office, session: Session) -> None:
    key = {"idempotency-key": str(uuid4())}
    made = [office.colleague.post(API, json=office.body, headers=key).json() for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    assert len(session.exec(select(Packet)).all()) == 1


def test_a_link_that_is_asked_for_twice_with_its_key_is_one_and_its_token_is_not_told_again(
    office: Office, session: Session
) -> None:
    packet, key = office.released(), {"idempotency-key": str(uuid4())}
    path = f"{API}/{packet['id']}/links"
    first, second = (office.own.post(path, headers=key) for _ in range(2))
    assert first.status_code == 201
    assert first.json()["token"] not in second.text
    assert second.status_code == 409
    assert len(session.exec(select(HostLink)).all()) == 1


def test_packets_come_page_by_page_none_twice_and_none_left_out(office: Office) -> None:
    made = {office.drafted()["id"] for _ in range(5)}
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = office.own.get(API, params={"limit": "2"} | after).json()
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == len(set(seen))
    assert set(seen) == made


def test_a_packet_until_the_leap_day_is_read_through_that_day_in_japan(
    office: Office, stranger: TestClient, turnable_clock: TurnableClock
) -> None:
    packet = office.released(until="2028-02-29")
    turnable_clock.at = datetime(2028, 2, 28, 3, tzinfo=UTC)
    token = office.linked(packet, days=90)
    for at, status in (
        (datetime(2028, 2, 29, 14, 59, tzinfo=UTC), 200),
        (datetime(2028, 2, 29, 15, 0, tzinfo=UTC), 404),
    ):
        turnable_clock.at = at
        assert stranger.get(f"/api/v1/host/{token}").status_code == status


def test_a_list_of_packets_is_a_line_for_each_person_once(office: Office, session: Session) -> None:
    for _ in range(3):
        office.drafted()
    before = len(looks(session))
    office.own.get(API)
    new = looks(session)[before:]
    assert [(line.person_id, line.resource) for line in new] == [(office.person.id, "disclosure")]


def test_what_is_refused_names_nobody(office: Office) -> None:
    id_ = office.drafted()["id"]
    office.withdraw()
    refused: list[Any] = [
        office.moved(office.own, id_, "prepare"),
        office.own.post(API, json=office.body),
        office.own.post(f"{API}/{id_}/links"),
        office.own.post(API, json=office.body | {"until": "きのう"}),
    ]
    assert {answer.status_code for answer in refused} == {409, 422}
    for answer in refused:
        for word in (office.person.code, "大きい音", "090-0000-0000", "needle-note", "40代"):
            assert word not in answer.text
