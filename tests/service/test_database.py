"""Statements past the session's book of objects: in its transaction, and after what it holds."""

from uuid import uuid4

import pytest
from sqlalchemy import bindparam, text
from sqlmodel import Session, insert, select

from catalogue.tables import Activity, Municipality
from service.audit.actions import record_access
from service.audit.tables import AccessRecord, Act
from service.database import open_engine, run, transaction
from service.persons.tables import Person
from service.trail import write_waiting
from tests.factories import MORNING, Town, staff_of

NAMED = select(Municipality.id).where(Municipality.name == bindparam("name"))


def test_what_the_session_still_holds_is_found(session: Session) -> None:
    village = Municipality(name="あたらしい村")
    session.add(village)
    assert run(session, NAMED, {"name": village.name}).scalars().all() == [village.id]


def test_a_row_may_refer_to_somebody_whom_the_session_still_holds(
    session: Session, town: Town
) -> None:
    person = Person(
        municipality_id=town.municipality.id,
        code="新-01",
        area_id=town.areas["east"].id,
        owner_id=town.accounts["csw"].id,
        known_since=MORNING.date(),
    )
    session.add(person)
    staff = staff_of(session, town.accounts["csw"])
    record_access(session, staff, [person.id], act=Act.WRITE, resource="person", at=MORNING)
    write_waiting(session)
    assert session.exec(select(AccessRecord.person_id)).all() == [person.id]


def test_many_rows_are_written_with_one_statement(session: Session) -> None:
    rows = [Municipality(name=f"村{number}").model_dump() for number in range(3)]
    run(session, insert(Municipality), rows)
    found = [run(session, NAMED, {"name": f"村{number}"}).scalar() for number in range(3)]
    assert found == [row["id"] for row in rows]


def test_what_was_run_goes_with_the_transaction_that_fails(own_database: str) -> None:
    engine = open_engine(own_database, connections=2)
    name = f"村{uuid4().hex}"

    def change_mind() -> None:
        with transaction(engine) as session:
            run(session, insert(Municipality), Municipality(name=name).model_dump())
            raise LookupError

    with pytest.raises(LookupError):
        change_mind()
    with transaction(engine) as session:
        assert run(session, NAMED, {"name": name}).all() == []
    engine.dispose()


def test_documents_lie_in_the_database_as_they_are_read(session: Session, town: Town) -> None:
    query = text("SELECT CAST(terms AS TEXT) FROM activity WHERE title = :title")
    title = town.activities["leaves"].title
    stored = session.connection().execute(query, {"title": title}).scalars().first()
    assert stored is not None
    assert "落ち葉あつめ" in stored
    kept = session.exec(select(Activity.terms).where(Activity.title == title)).first()
    assert kept is not None
    assert kept["plain_title"] == "落ち葉あつめ"
