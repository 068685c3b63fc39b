"""T8: every role × route × relation × consent, as the tables of rights and of sight say.

The query itself is asked for every cell on both databases in persons/test_sight.py. Over HTTP a
sample of the cells is asked of every route, larger for the csw on SQLite; with DEBAN_MATRIX=full
in the environment each role asks every route about every cell on both.
"""

import os
import re
from collections.abc import Callable
from itertools import product
from typing import Any, Final
from uuid import UUID

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from service.accounts.access import AnyStaff, AuditReader, PeopleReader
from service.accounts.rules import RIGHTS, Right, Role
from service.accounts.sight import Reach, Relation, Standing, reach
from service.database import SessionDep, transaction
from service.persons.repository import person_of
from service.persons.tables import Person
from tests.factories import Town, person_in
from tests.service.accounts import test_policy
from tests.service.accounts.matrix import (
    API,
    TIES,
    Cell,
    Ground,
    breaches,
    slots_of,
    subject,
)
from tests.service.browsing import OWN
from tests.service.tenancy.asking import Ask, asks

EVERY: Final[list[Cell]] = list(product(TIES, Standing))
# Where a consent decides, every consent; elsewhere one of each kind.
SAMPLE: Final[list[Cell]] = [
    cell for cell in EVERY if cell[0] is Relation.AREA or cell[1] in {Standing.NONE, Standing.TEAM}
]
FEW: Final[list[Cell]] = [
    *((relation, Standing.TEAM) for relation in TIES),
    (Relation.AREA, Standing.NONE),
    (Relation.GRANTED, Standing.NONE),
]
FULL: Final = os.environ.get("DEBAN_MATRIX") == "full"
LISTS: Final = ("people", "placements", "visits", "contacts", "concerns", "wishes", "follow-ups")


@pytest.fixture
def ground(connection: Connection, client_of: Callable[[str], TestClient], town: Town) -> Ground:
    return Ground(connection, town, client_of("csw"))


# What chapters hold by more than sight (two people, membership, a right of their own) they test.
APART: Final = re.compile(
    r"(/api/v1)?/(disclosures|conferences|retention|people/[^/]+/disclosures)"
    r"|/api/v1/follow-ups/[^/]+/claim"  # to let go of nothing is no mistake
)
HELD: Final = frozenset(
    {"person", "assessment", "consent", "placement", "visit", "contact", "concern", "wish"}
    | {"suggestion_round", "item"}
)


def about_people(app: FastAPI) -> list[Ask]:
    """Return every route that names somebody, or something that is kept about them."""
    found = []
    for ask in asks(app):
        slot = subject(ask)
        if slot is not None and slot.table(ask.path) in HELD and not APART.match(ask.path):
            found.append(ask)
    return found


def cells_of(ground: Ground, role: Role) -> list[Cell]:
    if FULL:
        return EVERY
    whole = role is Role.CSW and ground.connection.dialect.name == "sqlite"
    return SAMPLE if whole else FEW


@pytest.mark.parametrize("role", Role)
def test_every_cell_answers_as_the_table_says(ground: Ground, role: Role) -> None:
    routes = about_people(ground.app)
    assert len(routes) >= 44
    ground.play(role)
    cells = cells_of(ground, role)
    found = [each for ask in routes for each in breaches(ground, role, ask, cells)]
    assert found == []


def test_the_requests_of_the_matrix_are_understood(ground: Ground) -> None:
    """The control of the above: about one's own person hardly anything is refused as malformed."""
    own = ground.people[Relation.OWN, Standing.HOSTS]
    routes = about_people(ground.app)
    missing = {slot.table(ask.path) for ask in routes for slot in slots_of(ask)} - own.ids.keys()
    assert missing & HELD == set()
    answers = {(ask.method, ask.path): ground.answer(ask, own.ids).status_code for ask in routes}
    refused = [route for route, status in answers.items() if status == 422]
    assert len(refused) <= 0.2 * len(routes), refused


def test_a_neighbours_and_an_absent_id_answer_alike_byte_for_byte(
    ground: Ground, elsewhere: Town
) -> None:
    with ground.undone():
        with transaction(ground.connection) as session:
            theirs = {"person": person_in(session, elsewhere).id}
        for ask in about_people(ground.app):
            slot = subject(ask)
            assert slot is not None
            if slot.table(ask.path) == "person":
                absent, found = ground.answer(ask, {}), ground.answer(ask, theirs)
                # Where the role itself is refused, it is so before anybody is looked for.
                status = (
                    404 if test_policy.needed(ask.method, ask.path) in RIGHTS[Role.CSW] else 403
                )
                assert (found.status_code, found.content) == (status, absent.content), ask.path


@pytest.mark.parametrize("role", [Role.CSW, Role.COORDINATOR])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_exactly_whom_the_table_lets_one_reach(
    ground: Ground, role: Role, name: str
) -> None:
    ground.play(role)
    assert listed(ground, name) == allowed(ground, role, name)
    person = ground.people[Relation.NONE, Standing.TEAM].ids["person"]
    if name in {"placements", "visits", "contacts", "concerns"}:
        assert listed(ground, name, person_id=str(person)) == set()


def listed(ground: Ground, name: str, **asked: str) -> set[UUID]:
    known = {} if name == "follow-ups" else {"limit": "200"}
    items = ground.client.get(f"{API}/{name}", params=known | asked).json()["items"]
    if name == "visits":
        placed = {each.ids["placement"]: each.ids["person"] for each in ground.people.values()}
        return {placed[UUID(item["placement_id"])] for item in items}
    key = "id" if name == "people" else "person_id"
    return {UUID(item[key]) for item in items if item[key]}


def allowed(ground: Ground, role: Role, name: str) -> set[UUID]:
    far = Reach.WRITE if name == "follow-ups" else Reach.READ
    return {
        somebody.ids["person"]
        for cell, somebody in ground.people.items()
        if reach(role, *cell) >= far
    }


@pytest.mark.parametrize("role", [Role.CSW, Role.COORDINATOR])
def test_pages_candidates_and_assignments_name_nobody_else(ground: Ground, role: Role) -> None:
    ground.play(role)
    activity = ground.town.activities["leaves"].id
    texts = [
        ground.client.get("/people", headers=OWN).text,
        ground.client.get("/", headers=OWN).text,
        ground.client.get("/activities", headers=OWN).text,
        ground.client.get(f"/activities/{activity}", headers=OWN).text,
        ground.client.post(f"{API}/activities/{activity}/candidates", json={"limit": 50}).text,
    ]
    for cell, somebody in ground.people.items():
        known = [somebody.code, str(somebody.ids["person"])]
        seen = [any(word in text for word in known) for text in texts]
        if reach(role, *cell) is Reach.NOTHING:
            assert seen == [False] * len(texts), cell
        elif reach(role, *cell) is Reach.READ:
            assert seen[1:] == [False] * (len(texts) - 1), cell  # an emergency is no queue
        else:
            assert seen[0], cell


PLANTED: Final = f"{API}/planted"


def idor(session: SessionDep, _staff: PeopleReader, person_id: UUID) -> str:
    found = session.get(Person, person_id)
    return found.code if found else _absent()


def undefended(session: SessionDep, person_id: UUID) -> str:
    found = session.get(Person, person_id)
    return found.code if found else _absent()


def wrong_role(session: SessionDep, staff: AuditReader, person_id: UUID) -> str:
    found = person_of(session, staff, person_id)
    return found.code if found else _absent()


def no_role(session: SessionDep, staff: AnyStaff, person_id: UUID) -> str:
    found = person_of(session, staff, person_id)
    return found.code if found else _absent()


def telling_apart(session: SessionDep, staff: PeopleReader, person_id: UUID) -> str:
    if person_of(session, staff, person_id) is None and session.get(Person, person_id):
        raise HTTPException(404, "not yours")
    return _absent()


def right(session: SessionDep, staff: PeopleReader, person_id: UUID) -> str:
    found = person_of(session, staff, person_id)
    return found.code if found else _absent()


def _absent() -> str:
    raise HTTPException(404)


@pytest.mark.parametrize("fault", [idor, undefended, wrong_role, no_role, telling_apart])
def test_planted_faults_are_caught(
    ground: Ground, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert caught(ground, fault, monkeypatch) != set()


def test_a_route_without_a_fault_is_let_through(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert caught(ground, right, monkeypatch) == set()


def caught(ground: Ground, route: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> set[Role]:
    """Return under which roles a planted route breaks the table."""
    policy = (("GET", f"{PLANTED}/.*", Right.READ_PEOPLE), *test_policy.POLICY)
    monkeypatch.setattr(test_policy, "POLICY", policy)
    ground.app.get(f"{PLANTED}/{{person_id}}", response_model=str)(route)
    [ask] = [ask for ask in asks(ground.app) if ask.path.startswith(PLANTED)]
    found = set()
    for role in Role:
        ground.play(role)
        if list(breaches(ground, role, ask, FEW)):
            found.add(role)
    return found


def test_a_list_that_forgets_the_filter_is_caught(ground: Ground) -> None:
    def forgetful(session: SessionDep, staff: PeopleReader) -> dict[str, Any]:
        query = select(Person.id).where(Person.municipality_id == staff.municipality_id)
        return {"items": [{"id": str(id_)} for id_ in session.exec(query)]}

    ground.app.get(PLANTED, response_model=dict[str, Any])(forgetful)
    items = ground.client.get(PLANTED).json()["items"]
    assert {UUID(item["id"]) for item in items} != allowed(ground, Role.CSW, "people")
