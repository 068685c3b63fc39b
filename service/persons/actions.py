"""What staff do with what is known of people: register, look, amend, assess, keep consents."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from catalogue.profiles import SharedWith, Stage
from catalogue.tables import Area
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.audit.actions import bases_from, record_access
from service.audit.tables import Act
from service.clock import local_day
from service.outbox.actions import end_notices
from service.persons import repository
from service.persons.codes import CodeTaken, code_taken, free_code
from service.persons.picture import Picture
from service.persons.portrayal import portrayed, profile_of
from service.persons.repository import current_consents, latest_assessment
from service.persons.rules import Extent, wider
from service.persons.tables import Assessment, Consent, Person
from service.refusals import Kind, Refusal
from service.trail import Happening, record_event
from service.web.versions import refuse_stale

__all__ = [
    "CodeTaken",
    "ConsentWithdrawn",
    "NoSuchConsent",
    "NoSuchPerson",
    "amend",
    "assess",
    "assessments_of",
    "consents_of",
    "current_consents",
    "keep_consent",
    "latest_assessment",
    "list_people",
    "person_for",
    "portrayed",
    "profile_of",
    "reach_for",
    "register",
    "withdraw_consent",
]

bases_from(repository.grounds)

PERSON, ASSESSMENT, CONSENT = "person", "assessment", "consent"
# What says how far a consent reaches.
EXTENT: Final = ("shared_with", "host_id", "body", "fields", "until")


class NoSuchPerson(Refusal):
    """Absent, not agreed to, in another area or municipality: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class NoSuchConsent(Refusal):
    kind: ClassVar = Kind.MISSING


class NoSuchAssessment(Refusal):
    kind: ClassVar = Kind.MISSING


class ConsentWithdrawn(Refusal):
    kind: ClassVar = Kind.CONFLICT


class NotNarrower(Refusal):
    """What replaces a consent takes something back; ``wider`` names what would be new."""

    kind: ClassVar = Kind.CONFLICT


class WithdrawalAhead(Refusal):
    """A day still to come would leave the consent standing, and bar its withdrawal today."""

    kind: ClassVar = Kind.CONFLICT


def reach_for(act: Act) -> Reach:
    """Say how far one must come with a person to do this: but to look is to work with them."""
    return Reach.READ if act in {Act.READ, Act.LIST} else Reach.WRITE


def person_for(
    session: Session,
    staff: Staff,
    person_id: UUID,
    *,
    act: Act,
    resource: str,
    at: datetime,
    locked: bool = False,
) -> Person:
    """Return a person the caller may see, and write down that they were looked at."""
    person = repository.person_of(session, staff, person_id, reach=reach_for(act), locked=locked)
    if person is None:
        raise NoSuchPerson("no such person")
    record_access(session, staff, [person.id], act=act, resource=resource, at=at)
    return person


def list_people(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    area_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[Person]:
    found = repository.people(session, staff, area_id=area_id, after=after, limit=limit)
    listed = [person.id for person in found]
    record_access(session, staff, listed, act=Act.LIST, resource=PERSON, at=at)
    return found


def register(
    session: Session,
    staff: Staff,
    *,
    area: Area,
    at: datetime,
    code: str | None = None,
    stage: Stage | None = None,
    picture: Picture | None = None,
    taken_on: date | None = None,
    consent: dict[str, Any] | None = None,
    **known: Any,
) -> Person:
    """Write down somebody new, with a first assessment and a consent where they are given.

    ``known`` are further columns of Person; ``consent`` columns of Consent. Who was listened to
    has been met: without a word on the stage an assessment means at home.
    """
    met = Stage.NOT_MET if picture is None else Stage.AT_HOME
    code = code or free_code(repository.codes(session, staff.municipality_id))
    person = Person(
        municipality_id=staff.municipality_id,
        code=code,
        area_id=area.id,
        owner_id=staff.id,
        known_since=local_day(at),
        stage=stage or met,
        **known,
    )
    _add_once(session, staff, person, at=at)
    record_access(session, staff, [person.id], act=Act.WRITE, resource=PERSON, at=at)
    if picture is not None:
        _assess(session, staff, person, picture, taken_on=taken_on or local_day(at), at=at)
    if consent is not None:
        _keep_consent(session, staff, person, consent, at=at)
    session.flush()
    return person


def _add_once(session: Session, staff: Staff, person: Person, *, at: datetime) -> None:
    # Two colleagues may choose one code at the same moment: the table lets one of them have it.
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        raise code_taken(session, staff, at=at) from None


def amend(
    session: Session,
    staff: Staff,
    person_id: UUID,
    changes: dict[str, Any],
    *,
    at: datetime,
    seen: int | None = None,
) -> Person:
    """Change columns of Person, unless a colleague changed them since they were seen."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=PERSON, at=at, locked=True
    )
    refuse_stale(person.version, seen)
    for name, value in changes.items():
        setattr(person, name, value)
    person.version += 1
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError:
        raise code_taken(session, staff, at=at) from None
    return person


def assess(
    session: Session,
    staff: Staff,
    person_id: UUID,
    picture: Picture,
    *,
    taken_on: date | None = None,
    at: datetime,
) -> Assessment:
    """Add a dated picture; the earlier ones stay as they were. Who is heard has been met."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=ASSESSMENT, at=at, locked=True
    )
    if person.stage is Stage.NOT_MET:
        person.stage = Stage.AT_HOME
        person.version += 1
    return _assess(session, staff, person, picture, taken_on=taken_on or local_day(at), at=at)


def _assess(
    session: Session,
    staff: Staff,
    person: Person,
    picture: Picture,
    *,
    taken_on: date,
    at: datetime,
) -> Assessment:
    assessment = Assessment(
        municipality_id=person.municipality_id,
        person_id=person.id,
        version=repository.next_version(session, person.id),
        taken_on=taken_on,
        recorded_at=at,
        recorded_by=staff.id,
        picture=picture.model_dump(mode="json", exclude_defaults=True),
    )
    session.add(assessment)
    session.flush()
    return assessment


def assessments_of(
    session: Session, staff: Staff, person_id: UUID, *, at: datetime
) -> Sequence[Assessment]:
    person = person_for(session, staff, person_id, act=Act.READ, resource=ASSESSMENT, at=at)
    return repository.assessments(session, person.id)


def assessment_for(
    session: Session, staff: Staff, person_id: UUID, assessment_id: UUID | None, *, at: datetime
) -> Assessment:
    """Return one assessment of a person; without an id the latest."""
    person = person_for(session, staff, person_id, act=Act.READ, resource=ASSESSMENT, at=at)
    if assessment_id is None:
        found = latest_assessment(session, person.id)
    else:
        found = repository.assessment_of(session, person.id, assessment_id)
    if found is None:
        raise NoSuchAssessment("no such assessment")
    return found


def keep_consent(
    session: Session, staff: Staff, person_id: UUID, given: dict[str, Any], *, at: datetime
) -> Consent:
    """Write down what a person agreed to; ``given`` are columns of Consent."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=CONSENT, at=at, locked=True
    )
    return _keep_consent(session, staff, person, given, at=at)


def _keep_consent(
    session: Session, staff: Staff, person: Person, given: dict[str, Any], *, at: datetime
) -> Consent:
    consent = Consent(
        municipality_id=person.municipality_id,
        person_id=person.id,
        recorded_at=at,
        recorded_by=staff.id,
        version=repository.next_consent(session, person.id),
        **given,
    )
    session.add(consent)
    session.flush()
    _tell(session, staff, consent, Happening.CONSENT_GIVEN, at=at)
    return consent


def _tell(
    session: Session, staff: Staff, consent: Consent, event: Happening, *, at: datetime
) -> None:
    record_event(
        session,
        municipality_id=consent.municipality_id,
        account_id=staff.id,
        event=event,
        at=at,
        person_id=consent.person_id,
        detail={"consent": str(consent.id), "version": consent.version},
    )


def consent_for(
    session: Session, staff: Staff, person_id: UUID, consent_id: UUID, *, act: Act, at: datetime
) -> Consent:
    """Return a consent of a person that nobody has withdrawn: to be narrowed, or looked at."""
    person = person_for(session, staff, person_id, act=act, resource=CONSENT, at=at)
    return _standing(session, person, consent_id)


def consents_of(
    session: Session, staff: Staff, person_id: UUID, *, at: datetime
) -> Sequence[Consent]:
    person = person_for(session, staff, person_id, act=Act.READ, resource=CONSENT, at=at)
    return repository.consents(session, person.id)


def withdraw_consent(
    session: Session,
    staff: Staff,
    person_id: UUID,
    consent_id: UUID,
    *,
    at: datetime,
    on: date | None = None,
) -> Consent:
    """End a consent; it holds for nothing from that day on, and stays written down."""
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=CONSENT, at=at, locked=True
    )
    consent = _standing(session, person, consent_id)
    today = local_day(at)
    if on is not None and on > today:
        raise WithdrawalAhead("a consent is withdrawn today or on an earlier day")
    _withdraw(session, staff, consent, on or today, at=at)
    end_notices(session, person.id, but=person.owner_id, at=at)
    return consent


def _standing(session: Session, person: Person, consent_id: UUID) -> Consent:
    """Return a consent of a person that nobody has withdrawn, or refuse."""
    consent = repository.consent_of(session, person.id, consent_id)
    if consent is None:
        raise NoSuchConsent("no such consent")
    if consent.withdrawn_on is not None:
        raise ConsentWithdrawn("this consent was withdrawn before")
    return consent


def _withdraw(session: Session, staff: Staff, consent: Consent, on: date, *, at: datetime) -> None:
    consent.withdrawn_on, consent.withdrawn_by = on, staff.id
    session.flush()
    _tell(session, staff, consent, Happening.CONSENT_WITHDRAWN, at=at)


def narrow_consent(
    session: Session,
    staff: Staff,
    person_id: UUID,
    consent_id: UUID,
    given: dict[str, Any],
    *,
    at: datetime,
) -> Consent:
    """Replace a consent by a narrower one in one step, so that nothing lies between the two.

    The old one is withdrawn, and what rested on it has ended; the purpose is the one agreed to.
    """
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=CONSENT, at=at, locked=True
    )
    old = _standing(session, person, consent_id)
    given = given | {"purpose": old.purpose, "replaces": old.version}
    if beyond := wider(extent_of(old), extent(given)):
        sentence = "what replaces a consent may not go beyond it; keep a new consent for that"
        raise NotNarrower(sentence, wider=list(beyond))
    _withdraw(session, staff, old, local_day(at), at=at)
    return _keep_consent(session, staff, person, given, at=at)


def told_hosts(given: Iterable[Consent]) -> frozenset[UUID] | None:
    """Return the hosts that some consents name; None where one of them means every host."""
    named = {each.host_id for each in given if each.shared_with is SharedWith.HOSTS}
    return None if None in named else frozenset(host for host in named if host is not None)


def extent_of(consent: Consent) -> Extent:
    """Say how far a consent reaches."""
    return extent({name: getattr(consent, name) for name in EXTENT})


def extent(given: dict[str, Any]) -> Extent:
    """Say the same of columns that are not a consent yet."""
    shared_with, host_id, body, fields, until = (given[name] for name in EXTENT)
    return Extent(shared_with, host_id, body, frozenset(fields), until)
