"""Sealed columns: plain in Python, ciphertext in the database, never somebody else's words."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event
from sqlalchemy.exc import StatementError
from sqlmodel import Session, col, select

from service.database import open_engine, run, transaction
from service.encryption.actions import destroy_key
from service.encryption.columns import SealedRecord, opened, prefetch, sealed_values, written
from service.encryption.keyfile import KeyFile
from service.encryption.rules import Ring, SealBroken, is_sealed
from service.encryption.tables import WrappedKey
from service.persons.tables import Assessment, Person
from tests.factories import Town, person_in, seed
from tests.keys import write_keys

WORDS = "人混みが苦手。神（U+FA19）と髙橋さん"
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town, note=WORDS)


def raw(session: Session, row: SealedRecord, column: str) -> Any:
    """Read what stands in the database itself."""
    session.flush()
    table = sa.table(type(row).__tablename__, sa.column("id", sa.Uuid()), sa.column(column))
    query = sa.select(table.c[column]).where(table.c.id == row.id)
    return session.connection().execute(query).scalar_one()


def write_raw(session: Session, row: SealedRecord, column: str, value: Any) -> None:
    session.flush()
    kind = sa.LargeBinary()
    table = sa.table(type(row).__tablename__, sa.column("id", sa.Uuid()), sa.column(column, kind))
    change = sa.update(table).where(table.c.id == row.id).values({column: value})
    session.connection().execute(change)
    session.expire(row)


def test_what_is_stored_is_sealed_and_what_is_read_is_plain(
    session: Session, person: Person
) -> None:
    stored = raw(session, person, "note")
    assert is_sealed(bytes(stored))
    assert WORDS.encode() not in bytes(stored)
    session.expunge_all()
    assert session.exec(select(Person)).one().note == WORDS


def test_what_was_never_said_is_stored_as_nothing(session: Session, town: Town) -> None:
    somebody = person_in(session, town, note="", contact="", lat=None, lon=None)
    for column, value in (("note", ""), ("contact", ""), ("lat", None), ("proposals_paused", None)):
        assert raw(session, somebody, column) is None
        session.expire(somebody)
        assert getattr(somebody, column) == value


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)
@given(text=st.text(st.characters()), document=st.dictionaries(st.text(st.characters()), ANYTHING))
def test_everything_that_unicode_and_json_can_hold_comes_back(
    session: Session, person: Person, text: str, document: dict[str, Any]
) -> None:
    assessment = session.exec(select(Assessment)).one()
    person.note, assessment.picture = text, document
    session.flush()
    session.expire(person)
    session.expire(assessment)
    assert person.note.encode("utf-8", "surrogatepass") == text.encode("utf-8", "surrogatepass")
    assert assessment.picture == document
    assert written(assessment.picture) == written(document)


def test_a_plain_text_never_reaches_a_sealed_column(session: Session, person: Person) -> None:
    change = sa.update(Person).where(col(Person.id) == person.id)
    for plain in (WORDS, WORDS.encode(), "x" * 50):
        with pytest.raises(StatementError, match="takes only what was sealed") as refused:
            session.connection().execute(change.values(sealed_note=plain))
        assert WORDS not in str(refused.value)


def test_a_value_of_another_kind_is_refused_when_it_is_set(person: Person) -> None:
    with pytest.raises(TypeError, match="takes str"):
        person.note = 5  # type: ignore[assignment] - the fault
    with pytest.raises(TypeError, match="takes float"):
        person.lat = "35.0"  # type: ignore[assignment] - the fault
    person.lat = 35
    assert person.lat == 35


def test_the_same_words_set_again_write_nothing(session: Session, person: Person) -> None:
    stored = raw(session, person, "note")
    person.note = WORDS
    assert person not in session.dirty
    assert raw(session, person, "note") == stored


def test_a_value_is_not_shown_with_its_row(person: Person) -> None:
    assert WORDS not in repr(person)
    assert WORDS not in str(person.model_dump())
    assert person.told()["note"] == WORDS


def test_ciphertexts_swapped_between_rows_columns_or_people_are_an_error(
    session: Session, town: Town, person: Person
) -> None:
    other = person_in(session, town, note="静かな所なら", contact="090-0000-0000")
    for row, column, taken in (
        (person, "note", raw(session, other, "note")),
        (person, "contact", raw(session, person, "note")),
        (other, "note", raw(session, other, "contact")),
    ):
        write_raw(session, row, column, taken)
        with pytest.raises(SealBroken) as refused:
            getattr(row, column)
        assert str(refused.value).startswith("something stored here cannot be opened")


def test_two_rows_of_one_person_cannot_be_swapped_either(session: Session, person: Person) -> None:
    first = session.exec(select(Assessment)).one()
    later = Assessment(
        **first.model_dump(exclude={"id", "version"}), version=2, picture={"own_words": "釣り"}
    )
    session.add(later)
    write_raw(session, first, "picture", raw(session, later, "picture"))
    with pytest.raises(SealBroken):
        _ = first.picture


def test_what_is_no_ciphertext_at_all_is_an_error_too(session: Session, person: Person) -> None:
    for planted in (b"", b"plain words that are long enough to be a seal", b"\xde\xba\x00\x01"):
        write_raw(session, person, "note", planted)
        with pytest.raises(SealBroken):
            _ = person.note


def test_a_list_takes_the_keys_of_everybody_with_one_statement(
    session: Session, town: Town, connection: Connection
) -> None:
    for number in range(12):
        person_in(session, town, note=f"{number}人目")
    session.flush()
    session.expunge_all()
    session.info.clear()
    with asked(connection) as statements:
        people = session.exec(select(Person)).all()
        assert {person.note for person in people} == {f"{number}人目" for number in range(12)}
        assert {person.lat for person in people} == {35.001}
    assert sum("data_key" in each for each in statements) == 1


def asked(connection: Connection) -> "Listening":
    return Listening(connection)


class Listening:
    """Collects the statements that a connection is asked."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.statements = connection, list[str]()

    def __enter__(self) -> list[str]:
        event.listen(self.connection, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self._note)

    def _note(self, _link: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.statements.append(statement)


def test_rows_for_bulk_statements_are_sealed_and_opened_by_hand(
    session: Session, person: Person
) -> None:
    first = session.exec(select(Assessment)).one()
    values = first.model_dump() | {"id": uuid4(), "version": 2, "picture": {"own_words": "釣り"}}
    run(session, sa.insert(Assessment), sealed_values(session, Assessment, values))
    prefetch(session, [person.id])
    query = sa.select(Assessment.picture.column).where(col(Assessment.id) == values["id"])
    sealed = session.connection().execute(query).scalar_one()
    assert isinstance(sealed, bytes)
    found = opened(session, Assessment, "picture", sealed, row_id=values["id"], owner_id=person.id)
    assert found == {"own_words": "釣り"}


def test_each_person_has_a_key_of_their_own(session: Session, town: Town, person: Person) -> None:
    other = person_in(session, town, note="静かな所なら")
    session.flush()
    keys = session.exec(select(WrappedKey).where(WrappedKey.ring == Ring.PERSONS)).all()
    assert {key.owner_id for key in keys} == {person.id, other.id}
    assert {key.municipality_id for key in keys} == {town.municipality.id}


def test_after_its_key_is_destroyed_nothing_of_a_person_can_be_read(
    session: Session, town: Town, person: Person
) -> None:
    other = person_in(session, town, note="静かな所なら")
    session.flush()
    assert destroy_key(session, person.id) == 1
    session.expire_all()
    with pytest.raises(SealBroken):
        _ = person.note
    assert other.note == "静かな所なら"


def test_a_key_that_was_rolled_back_seals_nothing_more(session: Session, town: Town) -> None:
    """A person's first key dies with the savepoint it was made in; the next flush makes another."""
    known = {
        "municipality_id": town.municipality.id,
        "area_id": town.areas["east"].id,
        "owner_id": town.accounts["csw"].id,
        "known_since": date(2026, 11, 20),
    }
    person = Person(**known, code="一-01", note="先に")
    with session.begin_nested() as savepoint:
        session.add(person)
        session.flush()
        savepoint.rollback()
    again = Person(**known, id=person.id, code="一-01", note=WORDS)
    session.add(again)
    session.flush()
    session.expire(again)
    session.info.clear()
    assert again.note == WORDS


def test_a_foreign_key_file_reads_nothing(own_database: str, key_path: Any, tmp_path: Any) -> None:
    engine = open_engine(own_database, connections=1, keys=KeyFile(key_path))
    with transaction(engine) as session:
        person_in(session, seed(session), note=WORDS)
    engine.dispose()
    write_keys(tmp_path / "foreign", named="foreign")
    foreign = open_engine(own_database, connections=1, keys=KeyFile(tmp_path / "foreign"))
    with transaction(foreign) as session, pytest.raises(SealBroken):
        _ = session.exec(select(Person)).one().note
    foreign.dispose()
