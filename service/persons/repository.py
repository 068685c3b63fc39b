"""Every query about people; ``visible_people`` is behind each of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import false
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.tables import Activity, Area, Host
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.persons.tables import Assessment, Consent, Person


def visible_people(staff: Staff) -> SelectOfScalar[Person]:
    """Select whom the caller may see: their own people and those of their area.

    Staff without an area work for the whole municipality; roles without the right see nobody.
    """
    people = select(Person).where(Person.municipality_id == staff.municipality_id)
    if not may(staff.role, Right.READ_PEOPLE):
        return people.where(false())
    if staff.area_id is None:
        return people
    return people.where(
        (col(Person.owner_id) == staff.id) | col(Person.area_id).in_(_within(staff.area_id))
    )


def _within(area_id: UUID) -> SelectOfScalar[UUID]:
    """Select an area and all areas inside it."""
    # Without a name of its own the expression may stand in one statement more than once.
    inside = select(Area.id).where(Area.id == area_id).cte(recursive=True)
    inside = inside.union(select(Area.id).join(inside, col(Area.parent_id) == inside.c.id))
    return select(inside.c.id)


def person_of(
    session: Session, staff: Staff, person_id: UUID, *, locked: bool = False
) -> Person | None:
    """Return one person the caller may see; locked for a change on request."""
    query = visible_people(staff).where(Person.id == person_id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def people(
    session: Session,
    staff: Staff,
    *,
    area_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Person]:
    query = visible_people(staff)
    if area_id is not None:
        query = query.where(Person.area_id == area_id)
    if after is not None:
        query = query.where(col(Person.id) > after)
    return session.exec(query.order_by(col(Person.id)).limit(limit)).all()


def codes(session: Session, municipality_id: UUID) -> frozenset[str]:
    """Return every code that is in use in a municipality."""
    query = select(Person.code).where(Person.municipality_id == municipality_id)
    return frozenset(session.exec(query))


def latest_assessment(session: Session, person_id: UUID) -> Assessment | None:
    query = select(Assessment).where(Assessment.person_id == person_id)
    return session.exec(query.order_by(col(Assessment.version).desc()).limit(1)).first()


def assessments(session: Session, person_id: UUID) -> Sequence[Assessment]:
    """Return every assessment, the newest first."""
    query = select(Assessment).where(Assessment.person_id == person_id)
    return session.exec(query.order_by(col(Assessment.version).desc())).all()


def assessment_of(session: Session, person_id: UUID, assessment_id: UUID) -> Assessment | None:
    query = select(Assessment).where(
        Assessment.person_id == person_id, Assessment.id == assessment_id
    )
    return session.exec(query).one_or_none()


def assessed(session: Session, person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of these people have an assessment at all."""
    query = select(Assessment.person_id).where(col(Assessment.person_id).in_(list(person_ids)))
    return frozenset(session.exec(query.distinct()))


def next_version(session: Session, person_id: UUID) -> int:
    """Return the version that a person's next assessment will bear."""
    query = select(func.max(Assessment.version)).where(Assessment.person_id == person_id)
    return (session.exec(query).one() or 0) + 1


def consents(session: Session, person_id: UUID) -> Sequence[Consent]:
    """Return every consent that was ever given, the newest first."""
    query = select(Consent).where(Consent.person_id == person_id)
    return session.exec(query.order_by(col(Consent.recorded_at).desc(), col(Consent.id))).all()


def current_consents(session: Session, person_id: UUID, *, on: date) -> list[Consent]:
    """Return the consents that hold on a day: given, not run out, not withdrawn."""
    given, until, withdrawn = (
        col(Consent.given_on),
        col(Consent.until),
        col(Consent.withdrawn_on),
    )
    query = select(Consent).where(
        Consent.person_id == person_id,
        given.is_(None) | (given <= on),
        until.is_(None) | (until >= on),
        withdrawn.is_(None) | (withdrawn > on),
    )
    return list(session.exec(query.order_by(col(Consent.recorded_at), col(Consent.id))))


def consent_of(session: Session, person_id: UUID, consent_id: UUID) -> Consent | None:
    query = select(Consent).where(Consent.person_id == person_id, Consent.id == consent_id)
    return session.exec(query).one_or_none()


def ids_named(session: Session, municipality_id: UUID, refs: Iterable[str]) -> frozenset[str]:
    """Return the ids, as text, of the hosts and activities that bear these names in files."""
    wanted = sorted(set(refs))
    if not wanted:
        return frozenset()
    found: set[str] = set()
    for kind in (Host, Activity):
        query = select(kind.id).where(
            kind.municipality_id == municipality_id, col(kind.ref).in_(wanted)
        )
        found.update(str(id_) for id_ in session.exec(query))
    return frozenset(found)
