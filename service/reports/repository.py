"""Every query behind the figures: counts by area, and ids only where consents are asked."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from catalogue.tables import Host
from service.conferences.actions import open_records_count
from service.database import run
from service.persons.repository import sharing_on
from service.persons.tables import Person
from service.reports.rules import Figure
from service.retention.tables import SupportEnd
from service.visits.tables import Visit
from service.visits.words import Outcome

Counts = dict[Figure, Counter[UUID]]


def counted(
    session: Session, municipality_id: UUID, areas: list[UUID], *, first: date, last: date
) -> Counts:
    """Count a month's figures by area."""
    own = (col(Person.municipality_id) == municipality_id,)
    ended = col(SupportEnd.ended_on)
    known = col(Person.known_since)
    with_end = sa.select(col(Person.area_id), sa.func.count()).outerjoin_from(
        Person, SupportEnd, col(SupportEnd.person_id) == col(Person.id)
    )
    going = (*own, known < first, ended.is_(None) | (ended > last))
    sharing = col(Person.id).in_(sharing_on(last))
    came = (
        sa.select(col(Person.area_id), sa.func.count())
        .join_from(Visit, Person, col(Person.id) == col(Visit.person_id))
        .where(*own, col(Visit.occurred_on).between(first, last))
        .where(col(Visit.outcome).in_((Outcome.CAME, Outcome.WAS_THERE, Outcome.LEFT_EARLY)))
        .where(col(Visit.id).not_in(_corrected()))
    )
    hosts = sa.select(col(Host.area_id), sa.func.count()).where(
        col(Host.municipality_id) == municipality_id
    )
    asked: dict[Figure, Any] = {
        Figure.NEW: with_end.where(*own, known.between(first, last)),
        Figure.CONTINUING_CONSENTED: with_end.where(*going, sharing),
        Figure.CONTINUING_UNCONSENTED: with_end.where(*going, ~sharing),
        Figure.ENDED: with_end.where(*own, ended.between(first, last)),
        Figure.VISITS: came,
        Figure.HOSTS: hosts,
    }
    found = {figure: _by_area(session, query) for figure, query in asked.items()}
    found[Figure.PRE_CONSENT] = Counter(
        {
            area: open_records_count(session, municipality_id, on=last, area_id=area)
            for area in areas
        }
    )
    return found


def _by_area(session: Session, query: Any) -> Counter[UUID]:
    """Run a count of an area column and how often it stands there."""
    area = query.selected_columns[0]
    rows: Any = run(session, query.group_by(area), {}).all()
    return Counter({row[0]: row[1] for row in rows})


def _corrected() -> Any:
    return sa.select(col(Visit.corrects_id)).where(col(Visit.corrects_id).is_not(None))
