"""The statements behind the rows that lie ready: marks, state, and rows in bulk."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from service.database import run
from service.followup.placing import NOWHERE, Placing, placings
from service.followup.repository.sources import portions
from service.followup.tables import Claim, DueRow, Mark, QueueState
from service.refusals import Kind, Refusal


class BeingLaidOut(Refusal):
    kind: ClassVar = Kind.UNAVAILABLE


ROWS = SQLModel.metadata.tables[str(DueRow.__tablename__)]


def state_of(session: Session, municipality_id: UUID) -> QueueState | None:
    return session.exec(
        select(QueueState).where(QueueState.municipality_id == municipality_id)
    ).one_or_none()


def is_marked(session: Session, municipality_id: UUID) -> bool:
    query = select(Mark.id).where(Mark.municipality_id == municipality_id).limit(1)
    return session.exec(query).first() is not None


def locked_state(session: Session, municipality_id: UUID) -> QueueState:
    """Return the state for change: one at a time lays rows out, the next waits and sees them."""
    query = (
        select(QueueState)
        .where(QueueState.municipality_id == municipality_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = _waited_for(session, query)
    if found is None:
        try:
            with session.begin_nested():
                session.add(QueueState(municipality_id=municipality_id))
        except IntegrityError:
            pass  # somebody else began at the same moment, and is waited for
        found = session.exec(query).one()
    return found


def _waited_for(session: Session, query: SelectOfScalar[QueueState]) -> QueueState | None:
    try:
        with session.begin_nested():
            return session.exec(query).one_or_none()
    except OperationalError:
        # Whoever lays everything out anew takes longer than anybody waits for a lock.
        raise BeingLaidOut("the queue is being laid out; please look again shortly") from None


def take_marks(session: Session, municipality_id: UUID) -> frozenset[UUID]:
    """Return whom changes were about since the last time, and forget it: the rows follow now."""
    taken = session.execute(_marks_of(municipality_id).returning(col(Mark.subject_id)))
    return frozenset(taken.scalars())


def drop_marks(session: Session, municipality_id: UUID) -> None:
    """Forget whom changes were about: everybody's rows follow now."""
    session.execute(_marks_of(municipality_id))


def _marks_of(municipality_id: UUID) -> sa.Delete:
    gone = sa.delete(Mark).where(col(Mark.municipality_id) == municipality_id)
    return gone.execution_options(synchronize_session=False)


def forget(session: Session, gone: Collection[UUID]) -> None:
    """Drop marks and leases that bear the ids of what is erased: no foreign key leads to them."""
    for portion in portions(gone):
        session.exec(sa.delete(Mark).where(col(Mark.subject_id).in_(portion)))
        held = col(Claim.rung_id).in_(portion) | col(Claim.item_id).in_(portion)
        session.exec(sa.delete(Claim).where(held))


def clear(
    session: Session, municipality_id: UUID, subjects: Collection[UUID] | None = None
) -> None:
    """Drop the rows of some subjects, or all."""
    gone = sa.delete(DueRow).where(col(DueRow.municipality_id) == municipality_id)
    gone = gone.execution_options(synchronize_session=False)
    if subjects is None:
        session.execute(gone)
        return
    for portion in portions(subjects):
        session.execute(gone.where(col(DueRow.subject_id).in_(portion)))


def lay(session: Session, rows: list[Mapping[str, Any]]) -> None:
    """Put rows there."""
    if rows:
        run(session, sa.insert(ROWS), rows)


def place_all(session: Session, municipality_id: UUID, today: date) -> None:
    """Give every row its place of a day; what does not stand in the queue yet has none."""
    own = ROWS.c.municipality_id == municipality_id
    run(session, sa.update(ROWS).where(own, ROWS.c.rank.is_not(None)).values(_cells(NOWHERE)), {})
    columns = ("id", "placement_id", "occasion", "earliest", "due", "late", "back_on")
    query = sa.select(*(ROWS.c[name] for name in columns))
    rows: Any = run(session, query.where(own, ROWS.c.appears_on <= today), {}).all()
    placed = placings(((row.placement_id or row.id, row) for row in rows), today)
    _place(session, ((row.id, placing) for row, placing in placed))


def _place(session: Session, places: Iterable[tuple[UUID, Placing]]) -> None:
    found = [{"row_id": id_, **_cells(placing)} for id_, placing in places]
    if found:
        run(session, sa.update(ROWS).where(ROWS.c.id == sa.bindparam("row_id")), found)


def _cells(placing: Placing) -> dict[str, Any]:
    return {name: getattr(placing, name) for name in Placing.__slots__}


def rows_about(
    session: Session, municipality_id: UUID, subjects: Collection[UUID]
) -> list[Mapping[str, Any]]:
    """Return the rows of some subjects as they lie there."""
    found: list[Mapping[str, Any]] = []
    for portion in portions(subjects):
        query = sa.select(ROWS).where(
            ROWS.c.municipality_id == municipality_id, ROWS.c.subject_id.in_(portion)
        )
        found.extend(dict(row) for row in run(session, query, {}).mappings())
    return found
