"""Every query of inquiries and replies."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.profiles import SharedWith
from service.accounts.actions import Staff
from service.hosts.rules import LinkPurpose
from service.hosts.tables import HostLink
from service.persons.repository import holding_ids, visible_people
from service.persons.tables import Consent, Person
from service.placements.tables import Placement
from service.replies.rules import ASKABLE
from service.replies.tables import Inquiry, Reply


def _holds(on: date) -> ColumnElement[bool]:
    """Say of an inquiry that what it shows of somebody rests on a consent that holds."""
    # Named columns only: the host side may read no more of a consent or a placement than these.
    consent = (
        select(Consent.id)
        .where(
            col(Consent.id) == col(Inquiry.consent_id),
            col(Consent.shared_with) == SharedWith.HOSTS,
            col(Consent.host_id).is_(None) | (col(Consent.host_id) == col(Inquiry.host_id)),
            col(Consent.id).in_(holding_ids(on)),
        )
        .correlate(Inquiry)
        .exists()
    )
    return col(Inquiry.consent_id).is_(None) | consent


def _goes_on() -> ColumnElement[bool]:
    """Say of an inquiry that it can still be answered, or was: a question before has an end."""
    placement = (
        select(Placement.id)
        .where(col(Placement.id) == col(Inquiry.placement_id), col(Placement.status).in_(ASKABLE))
        .correlate(Inquiry)
        .exists()
    )
    answered = select(Reply.id).where(col(Reply.inquiry_id) == col(Inquiry.id)).exists()
    return (col(Inquiry.purpose) != LinkPurpose.BEFORE) | placement | answered


def opened_by(session: Session, link: HostLink, *, on: date) -> Inquiry | None:
    """Return what a link asks its host today."""
    query = select(Inquiry).where(
        Inquiry.id == link.inquiry_id,
        Inquiry.host_id == link.host_id,
        Inquiry.purpose == link.purpose,
        _holds(on),
        _goes_on(),
    )
    return session.exec(query).one_or_none()


def opens(session: Session, inquiry_id: UUID, *, on: date) -> bool:
    """Say whether a host could see this question today, had it a link."""
    query = select(Inquiry.id).where(Inquiry.id == inquiry_id, _holds(on), _goes_on())
    return session.exec(query).one_or_none() is not None


def reply_to(session: Session, inquiry_id: UUID) -> Reply | None:
    query = select(Reply).where(Reply.inquiry_id == inquiry_id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def replies_to(session: Session, inquiry_ids: Sequence[UUID]) -> dict[UUID, Reply]:
    """Return what was answered, by inquiry."""
    query = select(Reply).where(col(Reply.inquiry_id).in_(inquiry_ids))
    return {reply.inquiry_id: reply for reply in session.exec(query)}


def keep_once(session: Session, reply: Reply) -> bool:
    """Keep an answer unless there is one: of two at the same moment the database takes one."""
    try:
        with session.begin_nested():
            session.add(reply)
    except IntegrityError:
        return False
    return True


def _visible(staff: Staff) -> SelectOfScalar[Inquiry]:
    people = visible_people(staff).with_only_columns(col(Person.id))
    return select(Inquiry).where(
        Inquiry.municipality_id == staff.municipality_id,
        col(Inquiry.person_id).is_(None) | col(Inquiry.person_id).in_(people),
    )


def inquiry_of(session: Session, staff: Staff, inquiry_id: UUID) -> Inquiry | None:
    """Return one inquiry, unless it is about somebody whom the caller may not see."""
    return session.exec(_visible(staff).where(Inquiry.id == inquiry_id)).one_or_none()


def inquiries(
    session: Session,
    staff: Staff,
    *,
    host_id: UUID | None = None,
    activity_id: UUID | None = None,
    placement_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Inquiry]:
    """Return what hosts were asked, by id."""
    query = _visible(staff)
    if host_id is not None:
        query = query.where(Inquiry.host_id == host_id)
    if activity_id is not None:
        query = query.where(Inquiry.activity_id == activity_id)
    if placement_id is not None:
        query = query.where(Inquiry.placement_id == placement_id)
    if after is not None:
        query = query.where(col(Inquiry.id) > after)
    return session.exec(query.order_by(col(Inquiry.id)).limit(limit)).all()


def waiting(session: Session, municipality_id: UUID) -> Sequence[UUID]:
    """Return answers from which nothing was drawn yet, the oldest first; mostly none."""
    query = select(Reply.id).where(
        Reply.municipality_id == municipality_id, col(Reply.applied_at).is_(None)
    )
    return session.exec(query.order_by(col(Reply.answered_at), col(Reply.id)).limit(50)).all()


def taken_up(session: Session, reply_id: UUID) -> tuple[Reply, Inquiry] | None:
    """Read an answer for change with its question, unless somebody else is at it or was."""
    query = (
        select(Reply, Inquiry)
        .join(Inquiry, col(Inquiry.id) == col(Reply.inquiry_id))
        .where(Reply.id == reply_id, col(Reply.applied_at).is_(None))
        .with_for_update(of=Reply, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.exec(query).one_or_none()


def municipalities_waiting(session: Session) -> Sequence[UUID]:
    """Return whose answers wait, for a process that draws from all of them."""
    query = select(Reply.municipality_id).where(col(Reply.applied_at).is_(None)).distinct()
    return session.exec(query.order_by(col(Reply.municipality_id))).all()


def unanswered(session: Session, placement_id: UUID, *, at: datetime) -> int:
    """Count the questions before a visit that a host may still answer."""
    answered = select(Reply.id).where(col(Reply.inquiry_id) == col(Inquiry.id)).exists()
    query = (
        select(func.count(col(Inquiry.id).distinct()))
        .join(HostLink, col(HostLink.inquiry_id) == col(Inquiry.id))
        .where(
            Inquiry.placement_id == placement_id,
            Inquiry.purpose == LinkPurpose.BEFORE,
            ~answered,
            col(HostLink.revoked_at).is_(None),
            HostLink.expires_at > at,
        )
    )
    return session.exec(query).one()


def revoke_unanswered(session: Session, placement_id: UUID, *, at: datetime) -> None:
    """End the links of what was asked before a visit and never answered."""
    answered = select(Reply.id).where(col(Reply.inquiry_id) == col(Inquiry.id)).exists()
    open_ones = select(Inquiry.id).where(
        Inquiry.placement_id == placement_id, Inquiry.purpose == LinkPurpose.BEFORE, ~answered
    )
    session.exec(
        update(HostLink)
        .where(col(HostLink.inquiry_id).in_(open_ones), col(HostLink.revoked_at).is_(None))
        .values(revoked_at=at)
        .execution_options(synchronize_session=False)
    )


def consent_naming(
    session: Session, person_id: UUID, host_id: UUID, *, on: date
) -> Sequence[Consent]:
    """Return the consents that let a host know something of somebody on a day, newest first."""
    query = select(Consent).where(
        Consent.person_id == person_id,
        Consent.shared_with == SharedWith.HOSTS,
        col(Consent.host_id).is_(None) | (col(Consent.host_id) == host_id),
        col(Consent.id).in_(holding_ids(on)),
    )
    return session.exec(query.order_by(col(Consent.version).desc())).all()
