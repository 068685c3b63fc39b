"""A small place to test placements in: one host, one activity, people who were met."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session

from catalogue.profiles import SharedWith, Stage
from catalogue.tables import Activity, Area, Host, Municipality, Slot
from service.accounts.actions import Staff
from service.accounts.rules import Role
from service.accounts.tables import Account, SignIn
from service.clock import local_day
from service.persons.repository import next_consent
from service.persons.tables import Assessment, Consent, Person
from service.web.tokens import hashed

MORNING = datetime(2026, 2, 10, 1, 0, tzinfo=UTC)  # ten o'clock in Japan
DAY = date(2026, 2, 10)


@dataclass(frozen=True)
class Village:
    municipality: Municipality
    area: Area
    host: Host
    activity: Activity
    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    csw: Staff
    coordinator: Staff
    tokens: dict[UUID, str]

    @property
    def slot(self) -> Slot:
        return self.slots[0]

    @property
    def person(self) -> Person:
        return self.people[0]


def build_village(
    session: Session, *, slots: int = 1, capacity: int = 1, people: int = 1
) -> Village:
    municipality = Municipality(name=f"村 {uuid4().hex}")
    session.add(municipality)
    session.flush()
    area = Area(municipality_id=municipality.id, ref="north", name="北")
    session.add(area)
    session.flush()
    csw, coordinator = (_staff(municipality, role) for role in (Role.CSW, Role.COORDINATOR))
    tokens = {staff.id: _signed_in(session, staff) for staff in (csw, coordinator)}
    activity, host = _activity(session, area)
    return Village(
        municipality,
        area,
        host,
        activity,
        tuple(add_slot(session, activity, capacity, position) for position in range(slots)),
        tuple(add_person(session, area, csw, f"やま{number:02}") for number in range(people)),
        csw,
        coordinator,
        tokens,
    )


def _staff(municipality: Municipality, role: Role) -> Staff:
    return Staff(uuid4(), municipality.id, role, None, role.value, uuid4(), local_day(MORNING))


def _signed_in(session: Session, staff: Staff) -> str:
    session.add(
        Account(
            id=staff.id,
            municipality_id=staff.municipality_id,
            username=f"{staff.role}-{staff.id}",
            display_name=staff.display_name,
            role=staff.role,
            password_hash="nobody signs in with a password here",
        )
    )
    session.flush()
    token = uuid4().hex
    session.add(
        SignIn(
            municipality_id=staff.municipality_id,
            account_id=staff.id,
            token_hash=hashed(token),
            seen_at=datetime.now(UTC),
            expires_at=datetime.now(UTC) + timedelta(days=3650),
        )
    )
    session.flush()
    return token


def _activity(session: Session, area: Area) -> tuple[Activity, Host]:
    host = Host(
        municipality_id=area.municipality_id,
        ref="temple",
        name="寺",
        type="temple",
        area_id=area.id,
    )
    session.add(host)
    session.flush()
    return add_activity(session, host, "sweeping"), host


def add_activity(session: Session, host: Host, ref: str) -> Activity:
    activity = Activity(
        municipality_id=host.municipality_id,
        ref=ref,
        host_id=host.id,
        area_id=host.area_id,
        title="境内のそうじ",
        terms={},
    )
    session.add(activity)
    session.flush()
    return activity


def add_slot(session: Session, activity: Activity, capacity: int = 1, position: int = 0) -> Slot:
    slot = Slot(
        municipality_id=activity.municipality_id,
        activity_id=activity.id,
        capacity=capacity,
        position=position,
    )
    session.add(slot)
    session.flush()
    return slot


def add_person(
    session: Session,
    area: Area,
    owner: Staff,
    code: str,
    *,
    stage: Stage = Stage.BEGINNING_TO_GO_OUT,
    assessed: bool = True,
    paused: str | None = None,
) -> Person:
    person = Person(
        municipality_id=area.municipality_id,
        code=code,
        area_id=area.id,
        owner_id=owner.id,
        stage=stage,
        proposals_paused=paused,
        known_since=DAY,
    )
    session.add(person)
    session.flush()
    if assessed:
        session.add(
            Assessment(
                municipality_id=area.municipality_id,
                person_id=person.id,
                version=1,
                taken_on=DAY,
                recorded_at=MORNING,
                recorded_by=owner.id,
                picture={},
            )
        )
        session.flush()
    return person


def give_consent(
    session: Session,
    person: Person,
    owner: Staff,
    *,
    fields: list[str],
    shared_with: SharedWith = SharedWith.HOSTS,
    host: Host | None = None,
    withdrawn_on: date | None = None,
) -> Consent:
    consent = Consent(
        municipality_id=person.municipality_id,
        person_id=person.id,
        shared_with=shared_with,
        fields=fields,
        host_id=host.id if host else None,
        version=next_consent(session, person.id),
        given_on=DAY,
        how="対面",
        withdrawn_on=withdrawn_on,
        recorded_at=MORNING,
        recorded_by=owner.id,
    )
    session.add(consent)
    session.flush()
    return consent
