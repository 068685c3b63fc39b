"""Invariant 8: nobody who leaves can be closed out while somebody would be lost with them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.accounts import work
from service.accounts.tables import Account
from service.conferences.tables import Membership
from service.contacts.words import Channel, Direction, Result
from service.followup.actions import queue, record_result
from service.followup.repository.queue import Scope
from service.followup.results import Outcome
from service.persons.tables import Person
from service.placements.actions import move, propose
from service.placements.lifecycle import Action
from service.placements.tables import HandOver, Placement
from service.settings import Settings
from tests.factories import MORNING, TEAM, Town, person_in, staff_of
from tests.service.browsing import OWN, led_to, look, send

ClientOf = Callable[[str], TestClient]
API = "/api/v1"
WORD = "机の引き出しに地図があります"


def path_of(town: Town, name: str = "csw") -> str:
    return f"{API}/accounts/{town.accounts[name].id}"


def close(admin: TestClient, town: Town) -> Any:
    return admin.patch(path_of(town), json={"active": False})


def hand_all(admin: TestClient, town: Town, **more: str) -> Any:
    body = {"before": str(town.accounts["csw"].id), "to": str(town.accounts["csw_west"].id)}
    return admin.post(f"{API}/hand-overs", json=body | more)


def placed(session: Session, town: Town, person: Person, *actions: Action) -> UUID:
    worker = staff_of(session, town.accounts["csw"])
    known = {"at": MORNING, "settings": Settings()}
    made = propose(
        session, worker, person_id=person.id, activity_id=town.activities["leaves"].id, **known
    )
    for action in actions:
        move(session, worker, made.id, action, **known)
    return made.id


def test_who_has_people_is_not_closed_out_and_the_admin_is_told_how_many(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    people = [person_in(session, town, consent=consent) for consent in (None, TEAM)]
    placed(session, town, people[0])
    admin = client_of("admin")
    before = admin.get(f"{path_of(town)}/closing").json()
    assert before == {
        "may": False, "people": 2, "placements": 1, "conferences": 0, "seats": 0, "sign_ins": 0,
    }  # fmt: skip
    refused = close(admin, town)
    assert (refused.status_code, refused.json()["title"]) == (409, "StillInHand")
    assert refused.json()["work"] == {"people": 2, "placements": 1}
    assert not any(person.code in refused.text for person in people)
    assert hand_all(admin, town).json() == {"people": 2, "placements": 1}
    assert admin.get(f"{path_of(town)}/closing").json()["may"]
    assert close(admin, town).status_code == 200


def test_nor_do_they_change_to_a_role_that_cares_for_nobody(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person_in(session, town)
    admin = client_of("admin")
    assert admin.patch(path_of(town), json={"role": "officer"}).status_code == 409
    assert admin.patch(path_of(town), json={"role": "coordinator"}).status_code == 200


def test_a_placement_of_a_colleagues_person_is_handed_over_as_well(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    theirs = person_in(session, town, by="coordinator", consent=TEAM)
    made = placed(session, town, theirs)
    admin = client_of("admin")
    assert close(admin, town).json()["work"] == {"placements": 1}
    assert hand_all(admin, town).json() == {"people": 0, "placements": 1}
    owner = session.exec(select(Placement.owner_id).where(Placement.id == made)).one()
    assert owner == town.accounts["csw_west"].id
    assert close(admin, town).status_code == 200


def test_what_was_put_off_comes_back_to_the_new_worker(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    worker, successor = (staff_of(session, town.accounts[name]) for name in ("csw", "csw_west"))
    at = MORNING + timedelta(days=30)  # somebody at home is asked after once a month
    (row,) = [each for each in queue(session, Scope(worker), at=at) if each.person_id == person.id]
    later = at + timedelta(days=9)
    put_off = Outcome(
        occurred_on=at.date(),
        channel=Channel.CALL,
        direction=Direction.SENT,
        result=Result.ASKED_TO_WAIT,
        until=later.date(),
        why="体調をみて",
    )
    record_result(session, worker, row.due.id, put_off, at=at)
    hand_all(client_of("admin"), town)
    session.expire_all()
    items = [
        each.due.id for each in queue(session, Scope(successor, owner_id=successor.id), at=later)
    ]
    assert row.due.id in items


def test_a_word_goes_with_everybody_and_is_read_by_the_colleague_alone(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person_in(session, town)
    assert hand_all(client_of("admin"), town, message=WORD).status_code == 200
    (got,) = client_of("csw_west").get(f"{API}/hand-overs").json()["items"]
    assert (got["message"], got["people"], got["before_id"]) == (
        WORD, 1, str(town.accounts["csw"].id),
    )  # fmt: skip
    assert client_of("coordinator").get(f"{API}/hand-overs").json() == {"items": []}
    page = client_of("csw_west")
    page.headers.update(OWN)
    assert WORD in look(page, "/hand-overs")


def test_a_note_about_one_person_is_sealed_and_stays_with_them(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town, consent=TEAM)
    body = {"to": str(town.accounts["csw_west"].id), "note": "電話は夕方に"}
    own = f"{API}/people/{person.id}/hand-over"
    assert client_of("csw").post(own, json=body).status_code == 204
    (got,) = client_of("csw_west").get(own).json()["items"]
    assert (got["note"], got["to_id"]) == (body["note"], body["to"])
    kept = session.exec(select(col(HandOver.note.column))).one()
    assert body["note"].encode() not in kept
    assert client_of("csw_west").get(f"{API}/hand-overs").json() == {"items": []}


def test_a_conference_that_only_they_can_open_keeps_them_and_other_seats_end(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    mine, admin = client_of("csw"), client_of("admin")
    made = mine.post(f"{API}/conferences", json={"title": "れい"}).json()
    refused = close(admin, town)
    assert refused.json()["work"] == {"conferences": 1}
    assert "れい" not in refused.text
    seat = {"username": town.accounts["csw_west"].username}
    mine.post(f"{API}/conferences/{made['id']}/members", json=seat)
    told = admin.get(f"{path_of(town)}/closing").json()
    assert (told["may"], told["seats"], told["conferences"]) == (True, 1, 0)
    assert close(admin, town).status_code == 200
    left = session.exec(
        select(Membership.account_id).where(col(Membership.ended_at).is_(None))
    ).all()
    assert left == [town.accounts["csw_west"].id]


def test_what_would_end_is_what_ends(client_of: ClientOf, session: Session, town: Town) -> None:
    mine, admin = client_of("csw"), client_of("admin")
    assert admin.get(f"{path_of(town)}/closing").json()["sign_ins"] == 1
    assert mine.get(f"{API}/me").status_code == 200
    assert close(admin, town).status_code == 200
    assert mine.get(f"{API}/me").status_code == 401


def test_without_the_question_people_would_be_lost(
    client_of: ClientOf, session: Session, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a worker is closed out, and nobody sees their person any more."""
    person = person_in(session, town)
    monkeypatch.setattr(work, "refuse_in_hand", lambda *_: None)
    assert close(client_of("admin"), town).status_code == 200
    seers = [
        name
        for name in ("csw_west", "coordinator")
        if client_of(name).get(f"{API}/people/{person.id}").status_code == 200
    ]
    assert seers == []


def test_nobody_is_given_to_who_was_closed_out_meanwhile(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    account = session.get(Account, town.accounts["csw_west"].id)
    assert account is not None
    account.active = False
    session.flush()
    body = {"to": str(account.id)}
    answer = client_of("csw").post(f"{API}/people/{person.id}/hand-over", json=body)
    assert answer.status_code == 404


def test_the_pages_show_what_to_hand_over_and_hand_it_over(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person_in(session, town)
    admin = client_of("admin")
    admin.headers.update(OWN)
    page = f"/accounts/{town.accounts['csw'].id}"
    assert "担当している人 1" in look(admin, page)
    assert send(admin, f"{page}/closing", {"active": ""}).status_code == 409
    assert send(admin, f"{page}/hand-over", {"to": ""}).status_code == 422
    to = str(town.accounts["csw_west"].id)
    assert led_to(send(admin, f"{page}/hand-over", {"to": to, "message": WORD})) == page
    assert led_to(send(admin, f"{page}/closing", {"active": ""})) == "/accounts"
