"""No line, no answer: when the audit cannot be written, 503 and nothing of anybody leaves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from service import trail
from service.accounts.access import PeopleReader
from service.audit import repository
from service.audit.tables import Act
from service.clock import Moment
from service.database import transaction
from service.persons.actions import person_for
from service.trail import Happening, record_event
from tests.factories import MORNING, Town, person_in, staff_of
from tests.service.audit.lines import events, lines, looks
from tests.service.browsing import OWN

CODE = "ひみつ-01"


def broken(*_: object) -> None:
    raise RuntimeError("the audit's disk is full")


@pytest.fixture
def person_id(client: TestClient, session: Session, town: Town) -> UUID:
    return person_in(session, town, code=CODE).id


def test_a_look_that_cannot_be_written_is_answered_with_503_and_nothing_else(
    client: TestClient, person_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/people/{person_id}"
    assert CODE in client.get(path).text
    monkeypatch.setattr(repository, "append", broken)
    for place, headers in ((path, {}), ("/api/v1/people", {}), (f"/people/{person_id}", OWN)):
        answer = client.get(place, headers=headers)
        assert answer.status_code == 503, place
        assert CODE not in answer.text
        assert answer.headers["retry-after"]
    monkeypatch.undo()
    assert client.get(path).status_code == 200


def test_a_change_whose_line_cannot_be_written_is_not_made(
    client: TestClient, person_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/people/{person_id}"
    monkeypatch.setattr(repository, "append", broken)
    assert client.patch(path, json={"code": "べつ-02"}).status_code == 503
    monkeypatch.undo()
    assert client.get(path).json()["code"] == CODE


def test_a_naive_order_that_answers_first_and_writes_then_is_caught(
    app: FastAPI, client: TestClient, person_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: this route answers from a session of its own, and loses the line."""
    naive = APIRouter()

    @naive.get("/naive/{who}")
    def show(who: UUID, request: Request, staff: PeopleReader, at: Moment) -> dict[str, Any]:
        with Session(request.app.state.engine) as session:
            found = person_for(session, staff, who, act=Act.READ, resource="person", at=at)
            return {"code": found.code}

    app.include_router(naive)
    monkeypatch.setattr(repository, "append", broken)
    answer = client.get(f"/naive/{person_id}")
    assert answer.status_code == 200
    assert CODE in answer.text


def test_without_somebody_who_writes_a_commit_with_lines_fails(
    connection: Connection, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "_append", [])
    with pytest.raises(trail.NotWritten), transaction(connection) as session:
        record_event(
            session,
            municipality_id=town.municipality.id,
            account_id=None,
            event=Happening.EXPORT,
            at=MORNING,
        )


def test_what_has_to_be_kept_of_a_refused_request_is_kept_and_nothing_else(
    connection: Connection, session: Session, town: Town
) -> None:
    def refuse() -> None:
        with transaction(connection) as failing:
            person_in(failing, town, code=CODE)
            for event, kept in ((Happening.EXPORT, False), (Happening.SIGN_IN_FAILED, True)):
                record_event(
                    failing,
                    municipality_id=town.municipality.id,
                    account_id=None,
                    event=event,
                    at=MORNING,
                    even_if_refused=kept,
                )
            raise LookupError

    with pytest.raises(LookupError):
        refuse()
    assert [line.resource for line in lines(session)] == ["sign_in_failed"]


def test_what_a_savepoint_took_back_is_not_written(session: Session, town: Town) -> None:
    staff = staff_of(session, town.accounts["csw"])
    kept, undone = person_in(session, town).id, person_in(session, town).id

    def change_mind() -> None:
        with session.begin_nested():
            person_for(session, staff, undone, act=Act.READ, resource="visit", at=MORNING)
            raise LookupError

    person_for(session, staff, kept, act=Act.READ, resource="visit", at=MORNING)
    with pytest.raises(LookupError):
        change_mind()
    with session.begin_nested():
        person_for(session, staff, kept, act=Act.READ, resource="contact", at=MORNING)
    found = [(line.person_id, line.resource) for line in looks(session) if line.act is Act.READ]
    assert found == [(kept, "visit"), (kept, "contact")]


def test_a_look_that_is_told_twice_is_one_line(session: Session, town: Town) -> None:
    staff, who = staff_of(session, town.accounts["csw"]), person_in(session, town).id
    for _ in range(2):
        person_for(session, staff, who, act=Act.READ, resource="visit", at=MORNING)
    assert [line.resource for line in looks(session)].count("visit") == 1


def test_asking_for_what_is_hidden_or_absent_is_counted_by_codes_alone(
    client_of: Callable[[str], TestClient], session: Session, town: Town
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west", code=CODE)
    client = client_of("csw")
    for who in (hidden.id, UUID(int=1)):
        assert client.get(f"/api/v1/people/{who}").status_code == 404
    first, second = (line for line in events(session) if line.resource == "not_found")
    assert first.account_id == second.account_id == town.accounts["csw"].id
    assert first.person_id is second.person_id is None
    assert first.detail == second.detail == '{"answer": "NoSuchPerson"}'


@pytest.mark.parametrize(
    "statement",
    ["UPDATE access_record SET role = 'admin'", "DELETE FROM access_record"],
)
def test_the_database_itself_refuses_every_change(
    connection: Connection, session: Session, town: Town, statement: str
) -> None:
    person_in(session, town)
    assert lines(session)
    with pytest.raises(IntegrityError, match="never changed"), connection.begin_nested():
        connection.execute(text(statement))


def test_postgresql_refuses_to_empty_the_table_as_well(connection: Connection, town: Town) -> None:
    if connection.dialect.name == "sqlite":
        return  # SQLite knows no TRUNCATE
    with pytest.raises(DBAPIError, match="never changed"), connection.begin_nested():
        connection.execute(text("TRUNCATE access_record"))
