"""Whoever changes what was written is found out: edit, deletion, swap, cut, forgery."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, text
from sqlmodel import Session, col, update

from service.audit.actions import record_access
from service.audit.chain import digest
from service.audit.repository import head_of
from service.audit.tables import AccessRecord, Act, ChainHead
from service.audit.verifying import Breach, Mark, verify
from service.database import transaction
from tests.factories import MORNING, Town, staff_of
from tests.service.audit.lines import lines, unguarded

NUMBER = 12


@pytest.fixture
def chain(connection: Connection, town: Town) -> UUID:
    """Twelve looks in three transactions, and the triggers gone: somebody owns the database."""
    for _ in range(3):
        with transaction(connection) as session:
            staff = staff_of(session, town.accounts["csw"])
            people = [uuid4() for _ in range(NUMBER // 3)]
            record_access(session, staff, people, act=Act.READ, resource="visit", at=MORNING)
    unguarded(connection)
    return town.municipality.id


def opened(connection: Connection) -> Callable[[], AbstractContextManager[Session]]:
    return lambda: transaction(connection)


def faults(connection: Connection, chain: UUID, *marks: Mark) -> list[tuple[int, Breach]]:
    return [(fault.seq, fault.breach) for fault in verify(opened(connection), chain, anchors=marks)]


def run(connection: Connection, statement: str, **known: object) -> None:
    connection.execute(text(statement), known)


def anchor(connection: Connection, chain: UUID) -> Mark:
    with transaction(connection) as session:
        head = head_of(session, chain)
    assert head is not None
    return Mark(*head, Breach.ANCHOR)


def test_what_nobody_touched_holds(connection: Connection, chain: UUID) -> None:
    assert faults(connection, chain, anchor(connection, chain)) == []
    with transaction(connection) as session:
        assert [line.seq for line in lines(session)] == list(range(1, NUMBER + 1))


# Every column of a line with something else that fits into it.
EDITS = {
    "id": uuid4(),
    "created_at": MORNING,
    "account_id": None,
    "role": "auditor",
    "person_id": uuid4(),
    "act": Act.WRITE,
    "resource": "contact",
    "purpose": "matching",
    "basis": "emergency",
    "basis_id": uuid4(),
    "detail": '{"a": 1}',
    "at": MORNING.replace(year=2025),
    "digest": "f" * 64,
}


@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_found_in_its_line(
    connection: Connection, chain: UUID, column: str
) -> None:
    with transaction(connection) as session:
        change = update(AccessRecord).where(col(AccessRecord.seq) == 5)
        session.exec(change.values({column: EDITS[column]}))
    found = faults(connection, chain)
    assert found[0] == (5, Breach.CHANGED)
    # a changed digest breaks what was tied to it as well, anything else its own line alone
    assert [seq for seq, _ in found] == ([5, 6] if column == "digest" else [5])


def test_there_is_an_edit_for_every_column() -> None:
    columns = {column.name for column in AccessRecord.__table__.columns}  # type: ignore[attr-defined] - as SQLModel has it
    assert columns - EDITS.keys() == {"municipality_id", "seq", "key_id"}


def test_another_key_that_is_in_no_file_is_said(connection: Connection, chain: UUID) -> None:
    run(connection, "UPDATE access_record SET key_id = 'none' WHERE seq = 5")
    assert faults(connection, chain) == [(5, Breach.NO_KEY)]


def test_a_line_that_is_gone_from_the_middle_is_missed(connection: Connection, chain: UUID) -> None:
    run(connection, "DELETE FROM access_record WHERE seq = 5")
    assert faults(connection, chain) == [(5, Breach.MISSING)]


def test_a_deletion_whose_gap_was_closed_is_found_where_it_was(
    connection: Connection, chain: UUID
) -> None:
    run(connection, "DELETE FROM access_record WHERE seq = 5")
    for seq in range(6, NUMBER + 1):
        run(connection, "UPDATE access_record SET seq = :to WHERE seq = :seq", seq=seq, to=seq - 1)
    run(connection, "UPDATE chain_head SET seq = seq - 1")
    assert (5, Breach.CHANGED) in faults(connection, chain)


def test_two_lines_that_changed_places_are_both_found(connection: Connection, chain: UUID) -> None:
    for start, end in ((5, 99), (6, 5), (99, 6)):
        run(connection, "UPDATE access_record SET seq = :to WHERE seq = :seq", seq=start, to=end)
    found = faults(connection, chain)
    assert found[:2] == [(5, Breach.CHANGED), (6, Breach.CHANGED)]


def test_a_line_in_another_municipality_s_chain_is_not_its_own(
    connection: Connection, chain: UUID, elsewhere: Town
) -> None:
    run(connection, "DELETE FROM chain_head")
    with transaction(connection) as session:
        session.exec(update(AccessRecord).values(municipality_id=elsewhere.municipality.id))
    assert faults(connection, elsewhere.municipality.id)[0] == (1, Breach.CHANGED)


def test_a_cut_tail_is_missed_by_the_head(connection: Connection, chain: UUID) -> None:
    run(connection, "DELETE FROM access_record WHERE seq > 8")
    assert faults(connection, chain) == [(NUMBER, Breach.CUT)]


def test_a_cut_tail_with_a_head_to_match_is_found_by_the_anchor_alone(
    connection: Connection, chain: UUID
) -> None:
    before = anchor(connection, chain)
    run(connection, "DELETE FROM access_record WHERE seq > 8")
    with transaction(connection) as session:
        newest = lines(session)[-1]
        session.exec(update(ChainHead).values(seq=8, digest=newest.digest))
    assert faults(connection, chain) == []  # the control: by itself the chain looks whole
    assert faults(connection, chain, before) == [(NUMBER, Breach.CUT)]


def test_everything_gone_is_found_by_the_anchor(connection: Connection, chain: UUID) -> None:
    before = anchor(connection, chain)
    run(connection, "DELETE FROM access_record")
    run(connection, "DELETE FROM chain_head")
    assert faults(connection, chain) == []
    assert faults(connection, chain, before) == [(NUMBER, Breach.CUT)]


def test_a_chain_that_was_written_anew_is_not_the_anchored_one(
    connection: Connection, chain: UUID, town: Town
) -> None:
    before = anchor(connection, chain)
    run(connection, "DELETE FROM access_record")
    run(connection, "DELETE FROM chain_head")
    with transaction(connection) as session:
        staff = staff_of(session, town.accounts["csw"])
        people = [uuid4() for _ in range(NUMBER)]
        record_access(session, staff, people, act=Act.READ, resource="visit", at=MORNING)
    assert faults(connection, chain) == []
    assert faults(connection, chain, before) == [(NUMBER, Breach.ANCHOR)]


def test_a_line_forged_without_the_key_is_found(connection: Connection, chain: UUID) -> None:
    with transaction(connection) as session:
        last = lines(session)[-1]
        forged = last.model_dump() | {"id": uuid4(), "seq": NUMBER + 1, "person_id": uuid4()}
        forged["digest"] = digest(b"guessed", last.digest, forged)
        session.add(AccessRecord(**forged))
        session.exec(update(ChainHead).values(seq=NUMBER + 1, digest=forged["digest"]))
    assert faults(connection, chain) == [(NUMBER + 1, Breach.CHANGED)]


def test_what_is_added_after_a_forged_head_does_not_hold(
    connection: Connection, chain: UUID, town: Town
) -> None:
    run(connection, "UPDATE chain_head SET digest = :digest", digest="0" * 64)
    assert faults(connection, chain) == [(NUMBER, Breach.HEAD)]
    with transaction(connection) as session:
        staff = staff_of(session, town.accounts["csw"])
        record_access(session, staff, [uuid4()], act=Act.READ, resource="visit", at=MORNING)
    assert faults(connection, chain) == [(NUMBER + 1, Breach.CHANGED)]


def test_lines_without_any_head_are_said(connection: Connection, chain: UUID) -> None:
    run(connection, "DELETE FROM chain_head")
    assert faults(connection, chain) == [(NUMBER, Breach.HEAD)]


def test_a_long_chain_is_walked_in_batches(
    connection: Connection, chain: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.audit.verifying.BATCH", 5)
    steps: list[int] = []
    assert list(verify(opened(connection), chain, step=steps.append)) == []
    assert steps == [5, 5]
    run(connection, "DELETE FROM access_record WHERE seq = 5")
    assert faults(connection, chain) == [(5, Breach.MISSING)]
