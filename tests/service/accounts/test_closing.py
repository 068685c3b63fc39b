"""Closing an account: nobody is lost, nothing is half done, and only their own admin does it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts import work
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.accounts.work import Source, StillInHand
from service.audit.tables import AccessRecord
from service.persons.tables import Person
from service.trail import Happening
from tests.factories import MORNING, Town, TurnableClock, person_in
from tests.service.browsing import OWN, look, main_of, send

API: Final = "/api/v1"
Clients = Callable[[str], TestClient]


@pytest.fixture
def admin(client_of: Clients) -> TestClient:
    return client_of("admin")


def path_of(town: Town, name: str = "csw") -> str:
    return f"{API}/accounts/{town.accounts[name].id}"


def owners(session: Session) -> set[UUID]:
    session.expire_all()
    return set(session.exec(select(Person.owner_id)).all())


def told(session: Session, happening: Happening) -> list[AccessRecord]:
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == happening))
    return list(rows)


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> dict[str, Source]:
    """No chapter knows anything; each test says what they know."""
    known: dict[str, Source] = {}
    monkeypatch.setattr(work, "_sources", known)
    return known


def counting(**said: int) -> Callable[[Session, Account, datetime], Mapping[str, int]]:
    return lambda _session, _account, _at: said


def test_what_every_chapter_knows_is_one_answer_with_its_noughts(
    sources: dict[str, Source], session: Session, town: Town
) -> None:
    sources["above"] = Source(counting(people=2, placements=0), ending=counting(seats=3))
    sources["below"] = Source(counting(letters=1))
    account = town.accounts["csw"]
    assert work.open_work(session, account, MORNING) == {"people": 2, "placements": 0, "letters": 1}
    assert work.ending_work(session, account, MORNING) == {"seats": 3}
    with pytest.raises(StillInHand) as refused:
        work.refuse_in_hand(session, account, MORNING)
    # Only what is there is named, so that nobody looks for what is not.
    assert refused.value.facts["work"] == {"people": 2, "letters": 1}
    assert "2 people, 1 letters" in str(refused.value)


def test_whoever_has_nothing_in_hand_may_go(
    sources: dict[str, Source], session: Session, town: Town
) -> None:
    sources["idle"] = Source(counting(people=0))
    work.refuse_in_hand(session, town.accounts["csw"], MORNING)


@pytest.mark.parametrize(("left", "ended"), [(1, []), (0, ["csw"])])
def test_nothing_ends_with_an_account_that_is_not_closed(
    sources: dict[str, Source], admin: TestClient, town: Town, left: int, ended: list[str]
) -> None:
    found: list[str] = []
    sources["seats"] = Source(
        counting(people=left),
        end=lambda _session, account, _by, _at: found.append(account.username),
    )
    answer = admin.patch(path_of(town), json={"active": False})
    assert answer.status_code == (409 if left else 200)
    assert found == ended


def test_a_refused_closing_leaves_everything_as_it_was(
    admin: TestClient, client_of: Clients, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    session.flush()
    worker = client_of("csw")
    before = admin.get(path_of(town)).json()
    changes = {"active": False, "display_name": "退職した人", "area_id": None}
    refused = admin.patch(path_of(town), json=changes)
    assert (refused.status_code, refused.json()["title"]) == (409, "StillInHand")
    assert person.code not in refused.text
    assert admin.get(path_of(town)).json() == before
    assert worker.get(f"{API}/people/{person.id}").status_code == 200
    for happening in (Happening.ACCOUNT_DISABLED, Happening.ACCOUNT_CHANGED):
        assert told(session, happening) == []


def test_who_keeps_their_people_may_be_renamed_and_moved_to_another_area(
    admin: TestClient, session: Session, town: Town
) -> None:
    person_in(session, town)
    session.flush()
    changes = {"display_name": "山田", "area_id": str(town.areas["west"].id)}
    assert admin.patch(path_of(town), json=changes).status_code == 200
    assert owners(session) == {town.accounts["csw"].id}


def test_to_close_twice_is_told_once(admin: TestClient, session: Session, town: Town) -> None:
    for _ in range(2):
        assert admin.patch(path_of(town), json={"active": False}).status_code == 200
    assert len(told(session, Happening.ACCOUNT_DISABLED)) == 1


@pytest.mark.parametrize("to", ["officer", "admin", "auditor", "nobody", "stranger", "closed"])
def test_people_are_given_to_nobody_who_could_not_care_for_them(
    admin: TestClient, session: Session, town: Town, elsewhere: Town, to: str
) -> None:
    person_in(session, town)
    closed = session.get_one(Account, town.accounts["csw_west"].id)
    closed.active = False
    session.flush()
    others = {
        "nobody": uuid4(),
        "stranger": elsewhere.accounts["csw"].id,
        "closed": closed.id,
    }
    target = others.get(to) or town.accounts[to].id
    body = {"before": str(town.accounts["csw"].id), "to": str(target)}
    answer = admin.post(f"{API}/hand-overs", json=body)
    assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchColleague")
    assert owners(session) == {town.accounts["csw"].id}


def test_from_another_municipality_nobody_is_taken(
    admin: TestClient, session: Session, town: Town, elsewhere: Town
) -> None:
    person_in(session, elsewhere)
    session.flush()
    theirs = elsewhere.accounts["csw"].id
    body = {"before": str(theirs), "to": str(town.accounts["csw"].id)}
    assert admin.post(f"{API}/hand-overs", json=body).json() == {"people": 0, "placements": 0}
    assert owners(session) == {theirs}


def test_to_give_everybody_away_needs_a_fresh_proof(
    admin: TestClient, session: Session, town: Town, turnable_clock: TurnableClock
) -> None:
    person_in(session, town)
    session.flush()
    turnable_clock.turn(minutes=6)
    body = {
        "before": str(town.accounts["csw"].id),
        "to": str(town.accounts["csw_west"].id),
    }
    answer = admin.post(f"{API}/hand-overs", json=body)
    assert (answer.status_code, answer.json()["step_up"]) == (403, True)
    assert owners(session) == {town.accounts["csw"].id}


def test_each_person_who_is_given_away_has_a_line_though_the_admin_sees_none(
    admin: TestClient, session: Session, town: Town
) -> None:
    people = {person_in(session, town).id for _ in range(3)}
    session.flush()
    body = {
        "before": str(town.accounts["csw"].id),
        "to": str(town.accounts["csw_west"].id),
        "message": "字" * 500,
    }
    assert admin.post(f"{API}/hand-overs", json=body | {"message": "字" * 501}).status_code == 422
    answer = admin.post(f"{API}/hand-overs", json=body)
    assert answer.json() == {"people": 3, "placements": 0}
    lines = session.exec(select(AccessRecord).where(AccessRecord.resource == "handover")).all()
    by_admin = [line for line in lines if line.account_id == town.accounts["admin"].id]
    assert {line.person_id for line in by_admin} == people
    assert len(by_admin) == 3


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_only_the_admin_learns_what_somebody_has_in_hand(
    client_of: Clients, town: Town, role: Role
) -> None:
    caller = client_of(role)
    body = {"before": str(town.accounts["csw"].id), "to": str(town.accounts["csw_west"].id)}
    assert caller.get(f"{path_of(town)}/closing").status_code == 403
    assert caller.post(f"{API}/hand-overs", json=body).status_code == 403
    assert caller.patch(path_of(town), json={"active": False}).status_code == 403


def test_what_would_end_elsewhere_is_as_absent_as_nothing(
    admin: TestClient, elsewhere: Town
) -> None:
    theirs, none = (
        admin.get(f"{API}/accounts/{id_}/closing")
        for id_ in (elsewhere.accounts["csw"].id, uuid4())
    )
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_the_page_tells_the_admin_in_plain_words_and_names_nobody(
    admin: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town)
    session.flush()
    page = f"/accounts/{town.accounts['csw'].id}"
    words = look(admin, page)
    assert "担当している人 1" in words
    for unwanted in ("ケース", "対象者", "person", person.code):
        assert unwanted not in words
    refused = send(admin, f"{page}/hand-over", {"to": "", "message": "鍵は机の中"})
    assert refused.status_code == 422
    assert "鍵は机の中" in refused.text
    assert "Input should" not in main_of(refused)
    assert admin.get(page, headers=OWN).status_code == 200
