"""Every query behind the figures: counts by area, and ids only where consents are asked."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from catalogue.tables import Host
from service.conferences.actions import open_records_count
from service.contacts.rules import REACHED
from service.contacts.tables import Contact
from service.database import run
from service.persons.repository import sharing_on
from service.persons.tables import Person
from service.placements.lifecycle import Action
from service.placements.repository import told_on
from service.placements.tables import Placement, PlacementMove
from service.reports.rules import Figure
from service.retention.tables import SupportEnd
from service.visits.tables import Visit
from service.visits.words import Outcome
from service.wishes.tables import Wish

IN_TOUCH: Final = timedelta(days=92)

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
    in_touch = (
        sa.select(col(Host.area_id), sa.func.count())
        .where(col(Host.municipality_id) == municipality_id)
        .where(col(Host.id).in_(_reached_hosts(last)))
    )
    asked: dict[Figure, Any] = {
        Figure.NEW: with_end.where(*own, known.between(first, last)),
        Figure.CONTINUING_CONSENTED: with_end.where(*going, sharing),
        Figure.CONTINUING_UNCONSENTED: with_end.where(*going, ~sharing),
        Figure.ENDED: with_end.where(*own, ended.between(first, last)),
        Figure.TRIALS: _trials(first, last).where(*own),
        Figure.VISITS: came,
        Figure.CONTACTS: _contacts(first, last).where(*own),
        Figure.WISHES: sa.select(col(Wish.area_id), sa.func.count()).where(
            col(Wish.municipality_id) == municipality_id,
            col(Wish.wished_on).between(first, last),
        ),
        Figure.HOSTS_IN_TOUCH: in_touch,
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


def _trials(first: date, last: date) -> Any:
    """Count the trials that began, by the area of the person."""
    return (
        sa.select(col(Person.area_id), sa.func.count())
        .select_from(PlacementMove)
        .join(Placement, col(Placement.id) == col(PlacementMove.placement_id))
        .join(Person, col(Person.id) == col(Placement.person_id))
        .where(col(PlacementMove.action) == Action.BEGIN, told_on().between(first, last))
    )


def _contacts(first: date, last: date) -> Any:
    """Count the contacts that reached somebody, by the area of the person."""
    return (
        sa.select(col(Person.area_id), sa.func.count())
        .join_from(Contact, Person, col(Person.id) == col(Contact.person_id))
        .where(col(Contact.occurred_on).between(first, last), *_reached())
    )


def _reached_hosts(last: date) -> Any:
    """Select the hosts that were reached in the three months before a day."""
    since = last - IN_TOUCH
    return sa.select(col(Contact.host_id)).where(
        col(Contact.host_id).is_not(None),
        col(Contact.occurred_on) > since,
        col(Contact.occurred_on) <= last,
        *_reached(),
    )


def _reached() -> tuple[Any, ...]:
    corrected = sa.select(col(Contact.corrects_id)).where(col(Contact.corrects_id).is_not(None))
    answered = [result for result, reached in REACHED.items() if reached]
    return col(Contact.result).in_(answered), col(Contact.id).not_in(corrected)


def _corrected() -> Any:
    return sa.select(col(Visit.corrects_id)).where(col(Visit.corrects_id).is_not(None))
