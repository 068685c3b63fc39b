"""The second wall: with the application's own conditions forgotten, PostgreSQL still holds.

SQLite has no such wall, so there the same forgotten condition leaks: that is the control.
"""

from collections.abc import Callable
from typing import get_args

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlmodel import select

from catalogue.record import TenantRecord
from catalogue.tables import Activity, Area, Host, Slot
from service.accounts import access
from service.accounts.access import CatalogueReader
from service.accounts.groups import GROUP
from service.accounts.machine_access import CatalogueMachine, FigureMachine
from service.accounts.rules import RIGHTS, Right, Role
from service.accounts.tables import Account
from service.database import SessionDep, request_session, transaction
from service.persons import repository as persons
from service.persons.tables import Person
from tests.factories import TEAM, Town, person_in
from tests.service.tenancy.asking import parts

ClientOf = Callable[[str], TestClient]


@pytest.fixture
def theirs(connection: Connection, elsewhere: Town) -> Person:
    with transaction(connection) as session:
        return person_in(session, elsewhere)


def is_walled(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def test_a_query_that_forgets_municipality_and_area_finds_no_person_of_another(
    client_of: ClientOf, connection: Connection, theirs: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(persons, "visible_people", lambda *_known, **_also: select(Person))
    answer = client_of("csw").get(f"/api/v1/people/{theirs.id}")
    assert (answer.status_code == 404) is is_walled(connection)


def planted(app: FastAPI, kind: type[TenantRecord]) -> str:
    """Add a route whose query has no condition at all; it tells whose rows it found."""

    def everything(session: SessionDep, _staff: CatalogueReader) -> list[str]:
        return sorted({str(row.municipality_id) for row in session.exec(select(kind))})

    path = f"/api/v1/planted-{kind.__name__}"
    app.get(path, response_model=list[str])(everything)
    return path


@pytest.mark.parametrize("kind", [Person, Host, Activity, Slot, Area, Account])
def test_a_list_without_any_condition_shows_the_rows_of_ones_own_municipality_only(
    client_of: ClientOf, elsewhere: Town, theirs: Person, kind: type[TenantRecord]
) -> None:
    client = client_of("csw")
    app = client.app
    assert isinstance(app, FastAPI)
    with transaction(app.state.engine) as session:
        own = session.exec(select(Account).where(Account.username == "csw")).one()
        expected = {str(own.municipality_id)} if kind is not Person else set()
        if not is_walled(app.state.engine):
            expected = expected | {str(elsewhere.municipality.id)}
    assert client.get(planted(app, kind)).json() == sorted(expected)


def test_an_admin_whom_a_route_forgot_to_refuse_is_refused_by_the_database(
    client_of: ClientOf, connection: Connection, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(connection) as session:
        person = person_in(session, town, consent=TEAM)
    every = frozenset(Right)
    monkeypatch.setitem(RIGHTS, Role.ADMIN, every)
    client = TestClient(client_of("admin").app, raise_server_exceptions=False)
    client.headers.update(client_of("admin").headers)
    answer = client.get(f"/api/v1/people/{person.id}")
    assert answer.status_code == (500 if is_walled(connection) else 200)
    assert person.code not in answer.text or not is_walled(connection)


def test_whoever_may_not_read_people_works_as_a_group_that_cannot() -> None:
    """The officer's figures are counted over people's rows, so the wall of roles ends there."""
    readers = {role for role in Role if Right.READ_PEOPLE in RIGHTS[role]}
    casework = {role for role in Role if GROUP[role] == GROUP[Role.CSW]}
    assert readers <= casework
    assert casework - readers == {Role.OFFICER}


# Whoever is not recognised yet is met here: at the sign-in, and where a host shows its link. What
# somebody is told of and how is their own account's, as their sign-in is (access.Oneself).
MEETS_STRANGERS = (
    "service.accounts.",
    "service.disclosures.host_routes",
    "service.replies.",
    "service.hosting.host_pages",
    "service.paper.leaflet_pages",
    "service.notices.",
)


# A worker by their sign-in, a machine by its token: both go on within their municipality.
RECOGNISED = {
    access.current_staff,
    access.whoever_looks,
    *(get_args(each)[1].dependency for each in (FigureMachine, CatalogueMachine)),
}


def unwalled(app: FastAPI) -> list[str]:
    """Name the routes that reach the database without the wall: nobody is recognised first."""
    found = []
    for context in iter_route_contexts(app.routes):
        dependant = getattr(getattr(context, "route", context), "dependant", None)
        if dependant is not None:
            called = {part.call for part in parts(dependant)}
            module = dependant.call.__module__
            if request_session in called and not called & RECOGNISED:
                found += [] if module.startswith(MEETS_STRANGERS) else [str(context.path)]
    return found


def test_nobody_reaches_the_database_unwalled_but_at_the_sign_in_and_by_a_link(
    app: FastAPI,
) -> None:
    assert unwalled(app) == []


def test_a_planted_route_without_a_caller_is_found(app: FastAPI) -> None:
    def anybody(session: SessionDep) -> list[str]:
        return [host.name for host in session.exec(select(Host))]

    app.get("/api/v1/planted", response_model=list[str])(anybody)
    assert unwalled(app) == ["/api/v1/planted"]
