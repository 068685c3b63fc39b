"""How hosts fare: who was asked too often, never, or rests; one query stands behind all of it."""

from datetime import date, datetime
from itertools import compress
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_
from sqlalchemy import select as choose
from sqlmodel import Session, col, select

from catalogue.tables import Activity, Host
from service.accounts.actions import Staff
from service.clock import local_day
from service.hosts.rules import LinkPurpose
from service.placements.lifecycle import Action
from service.placements.tables import Placement, PlacementMove
from service.replies.health.matters import CONFIRMED_FOR, LATELY, Faring, Health, Matter
from service.replies.tables import Inquiry


def _asked_since(since: date) -> ColumnElement[int]:
    """Count how often a host was asked: for somebody, or about an activity."""
    for_somebody = (
        select(func.count(col(PlacementMove.id)))
        .join(Placement, col(Placement.id) == col(PlacementMove.placement_id))
        .join(Activity, col(Activity.id) == col(Placement.activity_id))
        .where(
            col(Activity.host_id) == col(Host.id),
            PlacementMove.action == Action.ASK,
            PlacementMove.occurred_on > since,
        )
        .correlate(Host)
        .scalar_subquery()
    )
    about_activities = (
        select(func.count(col(Inquiry.id)))
        .where(
            col(Inquiry.host_id) == col(Host.id),
            Inquiry.purpose == LinkPurpose.QUESTION,
            Inquiry.about_on > since,
        )
        .correlate(Host)
        .scalar_subquery()
    )
    counted: ColumnElement[int] = for_somebody + about_activities
    return counted


def health(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    often: int,
    matter: Matter | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Health:
    """Return the hosts that something is to be seen to at, by id, and how many there are."""
    known = _standing(staff, at=at, often=often).subquery()
    marks = {each: known.c[each.value] for each in Matter}
    counted = session.execute(
        choose(func.count(), *(func.sum(cast(mark, Integer)) for mark in marks.values())).where(
            or_(*marks.values())
        )
    ).one()
    wanted = marks[matter] if matter is not None else or_(*marks.values())
    query = choose(known.c.id, known.c.asked_lately, *marks.values()).where(wanted)
    if after is not None:
        query = query.where(known.c.id > after)
    found = session.execute(query.order_by(known.c.id).limit(limit)).all()
    hosts = _hosts(session, [row[0] for row in found])
    rows = [
        Faring(hosts[id_], lately, tuple(compress(Matter, holds))) for id_, lately, *holds in found
    ]
    by_matter = {each: int(number or 0) for each, number in zip(Matter, counted[1:], strict=True)}
    return Health(rows, counted[0], by_matter)


def _standing(staff: Staff, *, at: datetime, often: int) -> Any:
    """Select every host with what holds of it on this day: the one query."""
    today = local_day(at)
    lately = _asked_since(today - LATELY)
    long_ago = at - CONFIRMED_FOR
    unconfirmed = or_(
        col(Host.confirmed_on) <= today - CONFIRMED_FOR,
        and_(col(Host.confirmed_on).is_(None), col(Host.created_at) <= long_ago),
    )
    marks: dict[Matter, ColumnElement[bool]] = {
        Matter.TOO_OFTEN: lately > often,
        Matter.NEVER_ASKED: and_(col(Host.last_asked_on).is_(None), lately == 0),
        Matter.UNCONFIRMED: func.coalesce(unconfirmed, False),
        Matter.RESTING: func.coalesce(col(Host.resting_until) > today, False),
    }
    return choose(
        col(Host.id).label("id"),
        lately.label("asked_lately"),
        *(mark.label(name.value) for name, mark in marks.items()),
    ).where(col(Host.municipality_id) == staff.municipality_id)


def _hosts(session: Session, ids: list[UUID]) -> dict[UUID, Host]:
    return {host.id: host for host in session.exec(select(Host).where(col(Host.id).in_(ids)))}
