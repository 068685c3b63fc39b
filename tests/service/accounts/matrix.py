"""People for every cell of the table of sight, and what a request about one of them answers."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from catalogue.profiles import SharedWith
from service.accounts.rules import RIGHTS, Right, Role
from service.accounts.sight import NEEDED, Reach, Relation, Standing, reach
from service.accounts.tables import Account
from service.clock import local_day
from service.contacts.actions import raise_concern, record_contact
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.contacts.words import Channel, Direction, Result
from service.database import transaction
from service.followup.actions import queue
from service.followup.repository.queue import Scope
from service.persons.tables import EmergencyAccess
from service.placements.actions import propose
from service.placements.lifecycle import Side
from service.settings import Settings
from service.suggestions.tables import Round
from service.visits.tables import Outcome, Visit
from service.wishes.actions import keep_wish
from tests.factories import MORNING, Town, person_in, staff_of
from tests.service.accounts.test_policy import needed
from tests.service.browsing import OWN
from tests.service.tenancy.asking import Ask, Slot

API: Final = "/api/v1"
TODAY: Final = local_day(MORNING)
DAY: Final = timedelta(days=1)
GIVEN: Final[Mapping[Standing, dict[str, Any] | None]] = {
    Standing.NONE: None,
    Standing.TEAM: {"shared_with": SharedWith.TEAM, "given_on": TODAY, "until": TODAY},
    Standing.HOSTS: {"shared_with": SharedWith.HOSTS},
    Standing.WITHDRAWN: {"shared_with": SharedWith.HOSTS, "withdrawn_on": TODAY},
    Standing.EXPIRED: {"shared_with": SharedWith.TEAM, "until": TODAY - DAY},
    Standing.AHEAD: {"shared_with": SharedWith.TEAM, "given_on": TODAY + DAY},
}
# Whose person it is, and in which area, for the worker of the eastern area.
TIES: Final = {
    Relation.OWN: ("csw", "west"),
    Relation.AREA: ("coordinator", "east"),
    Relation.GRANTED: ("coordinator", "west"),
    Relation.NONE: ("coordinator", "west"),
}
# Reading what is computed anew is work with a person, whatever the method.
WORKING: Final = {
    ("POST", f"{API}/suggestions"),
    ("GET", "/people/{person_id}/candidates"),
    ("GET", "/people/{person_id}/consents/{consent_id}/narrowing"),
    ("GET", "/people/{person_id}/consents/{consent_id}/withdrawal"),
    ("GET", "/placements/{placement_id}/visits/new"),
}
# Narrower than sight: a person's own worker alone, or besides them whoever coordinates.
OWN_ONLY: Final = "access-log"
GIVEN_AWAY: Final = "/hand-over"
# One form for all pages: each takes the fields that it knows.
FORM: Final = {
    "stage": "at_home", "reason": "休みたい", "settlement": "済", "words": "道が遠い",
    "side": "person", "own_words": "庭", "shared_with": "none", "consent_how": "口頭",
    "result": "talked", "channel": "call", "direction": "sent", "occurred_on": "2026-11-20",
    "outcome": "came", "move": "want", "step": "change",
}  # fmt: skip
Cell = tuple[Relation, Standing]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of one cell, with an id of each thing that is kept about them."""

    code: str
    ids: Mapping[str, UUID]


class Ground:
    """The worker whose role changes, and everybody whom they may or may not see."""

    def __init__(self, connection: Connection, town: Town, client: TestClient) -> None:
        assert isinstance(client.app, FastAPI)
        self.connection, self.app = connection, client.app
        self.town, self.client = town, client
        self.people: dict[Cell, Somebody] = {}
        with transaction(connection) as session:
            for cell in product(TIES, Standing):
                self.people[cell] = _settle(session, town, cell)
        with transaction(connection) as session:
            self._name_items(session)
        page = client.get("/sign-in", headers=OWN).text
        self.token = re.search(r'name="csrf_token" value="(\w+)"', page)

    def _name_items(self, session: Session) -> None:
        """Find the follow-ups of everybody in their own worker's queue."""
        rows = [
            row
            for name in ("csw", "coordinator")
            for row in queue(
                session, Scope(staff_of(session, self.town.accounts[name])), at=MORNING
            )
        ]
        items = {row.person_id: row.due.id for row in rows if row.person_id}
        for cell, somebody in self.people.items():
            item = items.get(somebody.ids["person"])
            if item:
                self.people[cell] = Somebody(somebody.code, {**somebody.ids, "item": item})

    def play(self, role: Role) -> None:
        """Give the worker another role; the very next request is answered under it."""
        with transaction(self.connection) as session:
            account = session.get(Account, self.town.accounts["csw"].id)
            assert account is not None
            account.role = role

    @contextmanager
    def undone(self) -> Iterator[None]:
        with self.connection.begin_nested() as savepoint:
            yield
            savepoint.rollback()

    def answer(self, ask: Ask, ids: Mapping[str, UUID]) -> Response:
        """Ask about somebody; what the request changes is taken back."""
        known = {kind: self.town_id(kind) for kind in ("activity", "host", "account")} | ids
        slots = {slot: known.get(slot.table(ask.path), NOBODY) for slot in slots_of(ask)}
        path, query, body, _ = ask.filled(slots)
        with self.undone():
            if not ask.is_page:
                return self.client.request(ask.method, path, params=query, json=body)
            if ask.method == "GET":
                return self.client.get(path, params=query, headers=OWN, follow_redirects=False)
            assert self.token is not None
            data = FORM | {"csrf_token": self.token[1], "to": str(known["account"])}
            data["activity"] = str(known["activity"])
            return self.client.post(path, data=data, headers=OWN, follow_redirects=False)

    def town_id(self, kind: str) -> UUID:
        of = {"activity": "activities", "host": "hosts", "account": "accounts"}[kind]
        name = {"activity": "leaves", "host": "temple", "account": "csw_west"}[kind]
        id_: UUID = getattr(self.town, of)[name].id
        return id_


NOBODY: Final = uuid4()


def slots_of(ask: Ask) -> list[Slot]:
    """Return what a request cannot do without: its path, whom it is about, what its body needs."""
    about = subject(ask)
    return [
        slot
        for slot in ask.slots
        if slot.where == "path"
        or slot == about
        or (slot.where == "query" and slot.name == "activity")
        or (slot.where == "body" and _needed(ask, slot))
    ]


def _needed(ask: Ask, slot: Slot) -> bool:
    return isinstance(ask.body, dict) and slot.place[0] in ask.body


def subject(ask: Ask) -> Slot | None:
    """Return the place that names a person, or something kept about one."""
    kinds = bearing()
    places = [slot for slot in ask.slots if slot.where in {"path", "body"}]
    return next((slot for slot in places if slot.table(ask.path) in kinds), None)


def bearing() -> frozenset[str]:
    """Name the tables that lead to a person; a follow-up's item does so without a table."""
    found = {"person"}
    while (
        more := {
            table.name
            for table in SQLModel.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name in found
        }
        - found
    ):
        found |= more
    return frozenset(found | {"item"}) - {"emergency_notice"}


def far_needed(ask: Ask, right: Right) -> Reach:
    reads = ask.method == "GET" and (ask.method, ask.path) not in WORKING
    return Reach.READ if reads and NEEDED.get(right) is not Reach.WRITE else Reach.WRITE


def expected(role: Role, ask: Ask, cell: Cell) -> bool | None:
    """Say whether the table lets a role through with somebody; None where the role is refused."""
    right = needed(ask.method, ask.path)
    assert isinstance(right, Right), f"{ask.path} names people and is open to all"
    if right not in RIGHTS[role]:
        return None
    far = reach(role, *cell)
    if OWN_ONLY in ask.path:
        return cell[0] is Relation.OWN
    if ask.path.endswith(GIVEN_AWAY) and cell[0] is Relation.AREA and far is Reach.WRITE:
        return True if Right.HAND_OVER in RIGHTS[role] or ask.method == "GET" else None
    return reach(role, *cell) >= far_needed(ask, right)


def breaches(ground: Ground, role: Role, ask: Ask, cells: list[Cell]) -> Iterator[str]:
    """Say where an answer is not what the table says, or tells of somebody out of reach."""
    nobody = ground.answer(ask, {})
    told = f"{role} {ask.method} {ask.path}"
    if nobody.status_code not in {403, 404}:
        yield f"{told}: {nobody.status_code} about nobody"
    for cell in cells:
        somebody = ground.people[cell]
        if any(slot.where == "path" and _lacks(somebody, slot, ask) for slot in ask.slots):
            continue  # without a consent there is none to withdraw
        answer = ground.answer(ask, somebody.ids)
        let = expected(role, ask, cell)
        if wrong := _wrong(answer, nobody, let=let, form=shows_a_form(role, ask, cell)):
            yield f"{told} {cell}: {answer.status_code}, {wrong}"
        if hidden := hidden_in(ground, role, answer.text, besides=somebody if let else None):
            yield f"{told} {cell}: tells of {hidden}"


def _wrong(answer: Response, nobody: Response, *, let: bool | None, form: bool) -> str:
    """Say what is wrong with an answer: refused by role, let through, or as about nobody."""
    if let is None:
        return "" if answer.status_code == 403 else "though the role is refused"
    if let:
        refused = answer.status_code in {401, 403, 404, 500, 503}
        return "though the table lets them" if refused else ""
    if form:
        return "though they may only read" if answer.status_code == 303 else ""
    same = (answer.status_code, answer.content) == (404, nobody.content)
    return "" if same else "another answer than about nobody"


def shows_a_form(role: Role, ask: Ask, cell: Cell) -> bool:
    """Say whether a page may be shown, and nothing be done: to who reads in an emergency."""
    return ask.is_page and OWN_ONLY not in ask.path and reach(role, *cell) is Reach.READ


def _lacks(somebody: Somebody, slot: Slot, ask: Ask) -> bool:
    kind = slot.table(ask.path)
    return kind in bearing() and kind not in somebody.ids


def hidden_in(
    ground: Ground, role: Role, text: str, *, besides: Somebody | None = None
) -> list[Cell]:
    """Name everybody out of the role's reach whose code stands in an answer."""
    return [
        cell
        for cell, somebody in ground.people.items()
        if reach(role, *cell) is Reach.NOTHING
        and somebody is not besides
        and (somebody.code in text or str(somebody.ids["placement"]) in text)
    ]


def _settle(session: Session, town: Town, cell: Cell) -> Somebody:
    """Put somebody in their cell, with one of everything that may be kept about a person."""
    by, area = TIES[cell[0]]
    code = f"zq-{cell[0]}-{cell[1]}"
    person = person_in(session, town, by=by, area=area, code=code, consent=GIVEN[cell[1]])
    worker = town.accounts[by]
    ids = {"person": person.id}
    ids |= _kept(session, town, person.id, worker)
    if cell[0] is Relation.GRANTED:
        until = MORNING + timedelta(hours=4)
        known = {"account_id": town.accounts["csw"].id, "person_id": person.id}
        tenant = {"municipality_id": town.municipality.id, "opened_at": MORNING, "until": until}
        session.add(EmergencyAccess(**known, **tenant))
        session.flush()
    for table in ("assessment", "consent", "suggestion_round"):
        rows = SQLModel.metadata.tables[table]
        query = sa.select(rows.c.id).where(rows.c.person_id == person.id)
        found = session.execute(query).scalars().first()
        ids |= {table: found} if found else {}
    return Somebody(code, ids)


def _kept(session: Session, town: Town, person_id: UUID, worker: Account) -> dict[str, UUID]:
    staff, at = staff_of(session, worker), MORNING
    placement = propose(
        session,
        staff,
        person_id=person_id,
        activity_id=town.activities["tea"].id,
        at=at,
        settings=Settings(),
    )
    story = Story(
        occurred_on=TODAY - 14 * DAY,
        channel=Channel.CALL,
        direction=Direction.SENT,
        result=Result.TALKED,
    )
    about = Subject(person_id=person_id)
    wish = keep_wish(session, staff, person_id, own_words="庭", failed_on=[], on=TODAY, at=at)
    contact = record_contact(session, staff, about, story, at=at)
    worry = {"side": Side.PERSON, "words": "道が遠い", "raised_on": TODAY - 7 * DAY}
    concern = raise_concern(session, staff, about, at=at, **worry)
    common = {"municipality_id": staff.municipality_id, "recorded_at": at, "recorded_by": staff.id}
    about_visit = {"placement_id": placement.id, "person_id": person_id, "occurred_on": TODAY}
    visit = Visit(**common, **about_visit, outcome=Outcome.CAME)
    round_ = Round(
        municipality_id=staff.municipality_id,
        person_id=person_id,
        asked_by=staff.id,
        computed_at=at,
        as_of=TODAY,
        catalogue_revision=1,
        weights_version="1",
    )
    session.add_all((visit, round_))
    session.flush()
    made = {"placement": placement, "wish": wish, "contact": contact, "concern": concern}
    return {name: row.id for name, row in (made | {"visit": visit}).items()}
