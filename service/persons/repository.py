"""Every query about people; ``visible_people`` is behind each of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.profiles import SharedWith
from catalogue.tables import Activity, Area, Host
from service.accounts.actions import Staff
from service.accounts.rules import Right, may
from service.accounts.sight import Reach, Relation, Standing, opening
from service.accounts.tables import Account
from service.audit.rules import Basis, Ground
from service.clock import local_day
from service.database import run
from service.encryption.columns import prefetch
from service.persons.rules import Named, Shared, shared
from service.persons.tables import Assessment, Consent, EmergencyAccess, Person

# The circles in which more people than the owner may know of somebody.
_SHARING: Final = (SharedWith.TEAM, SharedWith.HOSTS)


def _holding_on(day: Any, consent: type[Consent] = Consent) -> tuple[ColumnElement[bool], ...]:
    """Say of a consent that it is given and not run out on a day, and was never withdrawn.

    A withdrawal is about no single day: whoever asks today about an earlier one may not use what
    was taken back since. What held then is read from the rows, which stay.
    """
    given, until = col(consent.given_on), col(consent.until)
    return (
        given.is_(None) | (given <= day),
        until.is_(None) | (until >= day),
        col(consent.withdrawn_on).is_(None),
    )


# The consents that can be asked for in a query; a table that opens on any other fails loudly.
_CIRCLE: Final = {Standing.TEAM: SharedWith.TEAM, Standing.HOSTS: SharedWith.HOSTS}
# Asked with every match and built once: to put a statement together takes longer than to run it.
_HEARD: Final = (
    select(Area.ref, Assessment.id, Assessment.picture.column)
    .outerjoin_from(Area, Assessment, col(Assessment.person_id) == bindparam("person_id"))
    .where(col(Area.id) == bindparam("area_id"))
    .order_by(col(Assessment.version).desc())
    .limit(1)
)
_CIRCLES: Final = (
    select(Consent.shared_with, Consent.host_id)
    .where(
        col(Consent.person_id) == bindparam("person_id"),
        *_holding_on(bindparam("day")),
        *_holding_on(bindparam("today")),
    )
    .distinct()
)


def visible_people(staff: Staff, *, reach: Reach = Reach.READ) -> SelectOfScalar[Person]:
    """Select the people with whom the caller comes as far as ``reach`` today.

    The table in accounts/sight.py decides; a consent is asked in the query itself, so that its
    end is felt by the next question. Roles without the right see nobody.
    """
    people = select(Person).where(Person.municipality_id == staff.municipality_id)
    if not may(staff.role, Right.READ_PEOPLE):
        return people.where(false())
    return people.where(or_(false(), *_roads(staff, reach)))


def _roads(staff: Staff, reach: Reach) -> Iterator[ColumnElement[bool]]:
    """Yield each relation that opens a person, bound to the consents under which it does."""
    for relation in Relation:
        standings = opening(relation, reach)
        if standings == frozenset(Standing):
            yield _related(staff, relation)
        elif standings:
            yield _related(staff, relation) & _agreed(staff, standings)


def _related(staff: Staff, relation: Relation) -> ColumnElement[bool]:
    match relation:
        case Relation.OWN:
            return col(Person.owner_id) == staff.id
        case Relation.AREA:
            # who has no area works for the whole municipality
            return col(Person.area_id).in_(_within(staff.area_id)) if staff.area_id else true()
        case Relation.GRANTED:
            return col(Person.id).in_(_opened_by(staff)) if staff.at else false()
        case Relation.NONE:
            return true()


def _opened_by(staff: Staff) -> SelectOfScalar[UUID]:
    """Select whom the caller has opened in an emergency that is not over."""
    return select(EmergencyAccess.person_id).where(*_running(staff.id, staff.at))


def _running(account_id: UUID, at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    return (
        col(EmergencyAccess.account_id) == account_id,
        col(EmergencyAccess.opened_at) <= at,
        col(EmergencyAccess.until) > at,
    )


def _agreed(staff: Staff, standings: Iterable[Standing]) -> ColumnElement[bool]:
    """Hold where a consent stands today that shares with one of these circles."""
    # Under a name of its own: whoever selects consents of visible people means other rows.
    given = aliased(Consent)
    circles = [_CIRCLE[standing] for standing in standings]
    return (
        select(given.id)
        .where(
            col(given.person_id) == col(Person.id),
            col(given.shared_with).in_(circles),
            *_holding_on(staff.on, given),
        )
        .correlate(Person)
        .exists()
    )


def _within(area_id: UUID) -> SelectOfScalar[UUID]:
    """Select an area and all areas inside it."""
    # Without a name of its own the expression may stand in one statement more than once.
    inside = select(Area.id).where(Area.id == area_id).cte(recursive=True)
    inside = inside.union(select(Area.id).join(inside, col(Area.parent_id) == inside.c.id))
    return select(inside.c.id)


def person_of(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    reach: Reach = Reach.READ,
    locked: bool = False,
) -> Person | None:
    """Return one person with whom the caller comes so far; locked for a change on request."""
    query = visible_people(staff, reach=reach).where(Person.id == person_id)
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


def person_named(session: Session, municipality_id: UUID, code: str) -> Person | None:
    """Return who bears a code, whoever asks: for what is opened in an emergency, and only that."""
    query = select(Person).where(Person.municipality_id == municipality_id, Person.code == code)
    return session.exec(query).one_or_none()


def give_all(session: Session, municipality_id: UUID, *, before: UUID, to: UUID) -> list[UUID]:
    """Give everybody of one worker to another; return their ids and read nothing else of them.

    Whoever does this may not read people: PostgreSQL grants them these columns alone.
    """
    given = session.execute(
        update(Person)
        .where(col(Person.municipality_id) == municipality_id, col(Person.owner_id) == before)
        .values(owner_id=to, version=Person.version + 1)
        .returning(col(Person.id))
        .execution_options(synchronize_session=False)
    )
    return sorted(given.scalars())


def owned_count(session: Session, account: Account) -> int:
    """Count an account's own people; reads nothing else of them."""
    query = select(func.count(col(Person.id))).where(
        Person.municipality_id == account.municipality_id, Person.owner_id == account.id
    )
    return session.exec(query).one()


def codes_by_id(session: Session, municipality_id: UUID) -> dict[UUID, str]:
    """Return everybody's code, for who works on the machine itself."""
    query = select(Person.id, Person.code).where(Person.municipality_id == municipality_id)
    return dict(session.exec(query).all())


def codes(session: Session, municipality_id: UUID) -> frozenset[str]:
    """Return every code that is in use in a municipality."""
    query = select(Person.code).where(Person.municipality_id == municipality_id)
    return frozenset(session.exec(query))


def latest_assessment(session: Session, person_id: UUID) -> Assessment | None:
    query = select(Assessment).where(Assessment.person_id == person_id)
    return session.exec(query.order_by(col(Assessment.version).desc()).limit(1)).first()


def heard(session: Session, person: Person) -> tuple[str, UUID | None, dict[str, Any]]:
    """Return the area's name in files, with the id and the picture of the latest assessment."""
    known = {"person_id": person.id, "area_id": person.area_id}
    found = run(session, _HEARD, known).one()
    picture = Assessment.picture.opened(session, found.picture, row_id=found.id, owner_id=person.id)
    return found.ref, found.id, picture


def shared_of(session: Session, person_id: UUID, *, on: date, today: date) -> Shared:
    """Return to whom consents let a person be told of that hold on a day, and today as well."""
    known = {"person_id": person_id, "day": on, "today": today}
    found = run(session, _CIRCLES, known)
    return shared((SharedWith(row.shared_with), row.host_id) for row in found)


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


def next_consent(session: Session, person_id: UUID) -> int:
    """Return the version that a person's next consent will bear."""
    query = select(func.max(Consent.version)).where(Consent.person_id == person_id)
    return (session.exec(query).one() or 0) + 1


def holding_ids(on: date) -> SelectOfScalar[UUID]:
    """Select the consents that hold on a day, for a statement that asks for them as it reads."""
    return select(Consent.id).where(*_holding_on(on))


def consents(session: Session, person_id: UUID) -> Sequence[Consent]:
    """Return every consent that was ever given, the newest first."""
    query = select(Consent).where(Consent.person_id == person_id)
    return session.exec(query.order_by(col(Consent.recorded_at).desc(), col(Consent.id))).all()


def current_consents(session: Session, person_id: UUID, *, on: date) -> list[Consent]:
    """Return the consents that hold on a day: given, not run out, not withdrawn."""
    query = select(Consent).where(Consent.person_id == person_id, *_holding_on(on))
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


def visible_of(
    session: Session, staff: Staff, person_ids: Iterable[UUID] | None = None, *, reach: Reach
) -> Sequence[Person]:
    """Return those of some people, or all, with whom the caller comes so far, by their ids."""
    query = visible_people(staff, reach=reach)
    if person_ids is not None:
        query = query.where(col(Person.id).in_(list(person_ids)))
    return session.exec(query.order_by(col(Person.id))).all()


def pictures_of(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the picture of the latest assessment of each of some people who have one."""
    latest = (
        select(col(Assessment.person_id), func.max(Assessment.version).label("version"))
        .where(col(Assessment.person_id).in_(list(person_ids)))
        .group_by(col(Assessment.person_id))
        .subquery()
    )
    query = select(Assessment.person_id, Assessment.id, Assessment.picture.column).join(
        latest,
        (col(Assessment.person_id) == latest.c.person_id)
        & (col(Assessment.version) == latest.c.version),
    )
    found = session.exec(query).all()
    prefetch(session, (person_id for person_id, _, _ in found))
    return {
        person_id: Assessment.picture.opened(session, sealed, row_id=id_, owner_id=person_id)
        for person_id, id_, sealed in found
    }


def all_shared(
    session: Session, person_ids: Iterable[UUID], *, on: date, today: date
) -> dict[UUID, Shared]:
    """Return the same of many people at once; nothing of those without a consent."""
    query = select(Consent.person_id, Consent.shared_with, Consent.host_id).where(
        col(Consent.person_id).in_(list(person_ids)), *_holding_on(on), *_holding_on(today)
    )
    found: dict[UUID, list[Named]] = {}
    for person_id, circle, host_id in session.exec(query.distinct()):
        found.setdefault(person_id, []).append((SharedWith(circle), host_id))
    return {person_id: shared(named) for person_id, named in found.items()}


def areas_of(session: Session, municipality_id: UUID) -> dict[UUID, str]:
    """Return the names in files of a municipality's areas."""
    query = select(Area.id, Area.ref).where(Area.municipality_id == municipality_id)
    return dict(session.exec(query).all())


def grounds(
    session: Session, account_id: UUID, people: Sequence[UUID], at: datetime
) -> dict[UUID, Basis]:
    """Say on what ground an account looks at people: consent, else duty, else an emergency."""
    sharing = (
        col(Consent.person_id) == col(Person.id),
        col(Consent.shared_with).in_(_SHARING),
        *_holding_on(local_day(at)),
    )
    query = (
        select(Person.id, Person.owner_id, Consent.id)
        .outerjoin(Consent, and_(*sharing))
        .where(col(Person.id).in_(people))
        .order_by(col(Consent.recorded_at))
    )
    found: dict[UUID, Basis] = {}
    for person_id, owner_id, consent_id in session.exec(query):
        if consent_id is not None:
            found[person_id] = Basis(Ground.CONSENT, consent_id)
        elif owner_id == account_id:
            found[person_id] = Basis(Ground.DUTY)
    left = [person_id for person_id in people if person_id not in found]
    return found | (_opened_grounds(session, account_id, left, at) if left else {})


def _opened_grounds(
    session: Session, account_id: UUID, people: Sequence[UUID], at: datetime
) -> dict[UUID, Basis]:
    query = select(EmergencyAccess.person_id, EmergencyAccess.id).where(
        col(EmergencyAccess.person_id).in_(people), *_running(account_id, at)
    )
    return {person_id: Basis(Ground.EMERGENCY, id_) for person_id, id_ in session.exec(query)}


def sharing_on(day: date) -> SelectOfScalar[UUID]:
    """Select who has a consent that lets others know of them on a day: for figures alone."""
    return select(Consent.person_id).where(
        col(Consent.shared_with).in_(_SHARING), *_holding_on(day)
    )
