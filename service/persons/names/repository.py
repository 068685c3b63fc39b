"""Every query about names; ``visible_people``, or whoever was seen, is behind each of them."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from service.accounts.actions import Staff
from service.database import run
from service.encryption.columns import prefetch
from service.persons.repository import visible_people
from service.persons.tables import PersonName

Said = dict[str, Any]
_SEALED_NAME: Final[tuple[Any, ...]] = (
    col(PersonName.person_id),
    col(PersonName.id).label("name_id"),
    col(PersonName.said.column).label("sealed"),
)


def name_row(session: Session, person_id: UUID) -> PersonName | None:
    """Return the row that holds a person's name, if there is one."""
    return session.exec(select(PersonName).where(PersonName.person_id == person_id)).one_or_none()


def names_of(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, Said]:
    """Return the opened names of those of some people who have one."""
    query = sa.select(*_SEALED_NAME).where(col(PersonName.person_id).in_(list(person_ids)))
    rows = run(session, query, {}).mappings().all()
    prefetch(session, [row["person_id"] for row in rows])
    return {row["person_id"]: _name_in(session, row) for row in rows}


def named_people(session: Session, staff: Staff) -> Iterator[tuple[UUID, str, UUID, Said]]:
    """Yield id, code, area and opened name of everybody whom the caller may see."""
    people = visible_people(staff).subquery()
    query = sa.select(
        people.c.id.label("known"), people.c.code, people.c.area_id, *_SEALED_NAME
    ).outerjoin_from(people, PersonName, col(PersonName.person_id) == people.c.id)
    rows = run(session, query, {}).mappings().all()
    prefetch(session, [row["known"] for row in rows if row["sealed"]])
    for row in rows:
        yield row["known"], row["code"], row["area_id"], _name_in(session, row)


def _name_in(session: Session, row: sa.RowMapping) -> Said:
    """Open the name that a statement picked by its columns; {} where there is none."""
    return PersonName.said.opened(
        session, row["sealed"], row_id=row["name_id"], owner_id=row["person_id"]
    )
