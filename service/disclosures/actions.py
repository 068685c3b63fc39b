"""What people do with packets: draft, prepare, release, refuse, end."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlmodel import Session

from catalogue.tables import Host
from service.accounts.actions import Staff, require_step_up
from service.audit.actions import record_access
from service.audit.tables import Act
from service.clock import local_day
from service.disclosures import repository
from service.disclosures.lifecycle import Action, Hands, Sort, State, advance, earliest
from service.disclosures.repository import Seen
from service.disclosures.sheet import Sheet, told
from service.disclosures.tables import Packet
from service.hosts.actions import entry
from service.outbox.actions import report
from service.outbox.rules import Notice
from service.persons.actions import latest_assessment, person_for
from service.persons.picture import Picture
from service.persons.tables import Consent, Person
from service.refusals import Kind, Refusal
from service.settings import Settings
from service.trail import Happening, record_event
from service.web.versions import refuse_stale

RESOURCE: Final = "disclosure"
HAPPENINGS: Final[dict[Action, Happening]] = {
    Action.PREPARE: Happening.DISCLOSURE_PREPARED,
    Action.RELEASE: Happening.DISCLOSURE_RELEASED,
    Action.REFUSE: Happening.DISCLOSURE_ENDED,
    Action.END: Happening.DISCLOSURE_ENDED,
}


class NoSuchPacket(Refusal):
    """Absent, or of somebody whom the caller may not see: the answer is the same."""

    kind: ClassVar = Kind.MISSING


class NotCovered(Refusal):
    """No consent that holds today lets this host know anything."""

    kind: ClassVar = Kind.CONFLICT


class DayPassed(Refusal):
    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be told to whom, before anything is kept of it."""

    person: Person
    consent: Consent
    sheet: Sheet
    host_id: UUID


def plan_packet(
    session: Session,
    staff: Staff,
    person_id: UUID,
    host_id: UUID,
    *,
    at: datetime,
    consent_id: UUID | None = None,
    until: date | None = None,
    act: Act = Act.READ,
) -> Plan:
    """Put together what a host would be told under a consent that holds today.

    The latest counts where none is named; and nothing is told for longer than it holds.
    """
    person = person_for(session, staff, person_id, act=act, resource=RESOURCE, at=at, locked=True)
    consent = covering(session, person.id, host_id, consent_id, at=at)
    last = earliest(consent.until, until)
    if last is not None and last < local_day(at):
        raise DayPassed("the last day lies in the past")
    host = entry(session, staff, Host, host_id)
    sheet = _packet_sheet(session, person, host, consent, until=last)
    return Plan(person, consent, sheet, host.id)


def covering(
    session: Session, person_id: UUID, host_id: UUID, consent_id: UUID | None, *, at: datetime
) -> Consent:
    on = local_day(at)
    consent = repository.consent_for(session, person_id, host_id, consent_id, on=on)
    if consent is None:
        raise NotCovered("no consent that holds today lets this host know anything")
    return consent


def _packet_sheet(
    session: Session, person: Person, host: Host, consent: Consent, *, until: date | None
) -> Sheet:
    assessment = latest_assessment(session, person.id)
    picture = Picture.model_validate(assessment.picture if assessment else {})
    return Sheet(
        sort=Sort.PACKET,
        host=host.name,
        who="",
        lines=told(person, picture, consent.fields),
        purpose=consent.purpose,
        until=until,
    )


def draft(
    session: Session,
    staff: Staff,
    person_id: UUID,
    host_id: UUID,
    *,
    at: datetime,
    consent_id: UUID | None = None,
    until: date | None = None,
) -> Packet:
    """Keep a first draft of what a host would be told. Nothing leaves the office yet."""
    plan = plan_packet(
        session,
        staff,
        person_id,
        host_id,
        at=at,
        consent_id=consent_id,
        until=until,
        act=Act.WRITE,
    )
    return keep(session, staff, plan, State.DRAFT)


def keep(
    session: Session, staff: Staff, plan: Plan, state: State, placement_id: UUID | None = None
) -> Packet:
    packet = Packet(
        municipality_id=staff.municipality_id,
        person_id=plan.person.id,
        host_id=plan.host_id,
        consent_id=plan.consent.id,
        placement_id=placement_id,
        sort=plan.sheet.sort,
        state=state,
        content=plan.sheet.document(),
        until=plan.sheet.until,
        made_by=staff.id,
    )
    session.add(packet)
    session.flush()
    return packet


def packet_for(session: Session, staff: Staff, packet_id: UUID, *, act: Act, at: datetime) -> Seen:
    """Return a packet of a person the caller may see, and write down that it was looked at."""
    seen = _seen(session, staff, packet_id, at=at)
    record_access(session, staff, [seen.packet.person_id], act=act, resource=RESOURCE, at=at)
    return seen


def _seen(session: Session, staff: Staff, packet_id: UUID, *, at: datetime) -> Seen:
    found = repository.packets(session, staff, on=local_day(at), packet_id=packet_id)
    if not found:
        raise NoSuchPacket("no such packet")
    return found[0]


def list_packets(
    session: Session,
    staff: Staff,
    *,
    at: datetime,
    person_id: UUID | None = None,
    state: State | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Seen]:
    """Return the packets of people the caller may see, and write down who was listed."""
    found = repository.packets(
        session,
        staff,
        on=local_day(at),
        person_id=person_id,
        state=state,
        after=after,
        limit=limit,
    )
    people = sorted({each.packet.person_id for each in found})
    record_access(session, staff, people, act=Act.LIST, resource=RESOURCE, at=at)
    return found


def hands_of(staff: Staff, seen: Seen, settings: Settings) -> Hands:
    """Say who the caller is to a packet."""
    return Hands(
        staff.id, seen.owner_id, seen.packet.prepared_by, two_people=settings.two_person_release
    )


def move(
    session: Session,
    staff: Staff,
    packet_id: UUID,
    action: Action,
    *,
    at: datetime,
    settings: Settings,
    version: int | None = None,
) -> Seen:
    """Make one move, or refuse. The person's row is locked, so a withdrawal goes before or after.

    Preparing takes the facts anew: what is released is what was looked at then.
    """
    person_id = _seen(session, staff, packet_id, at=at).packet.person_id
    person = person_for(
        session, staff, person_id, act=Act.WRITE, resource=RESOURCE, at=at, locked=True
    )
    seen = _seen(session, staff, packet_id, at=at)
    packet = seen.packet
    refuse_stale(packet.version, version)
    end = advance(seen.state, action, hands_of(staff, seen, settings))
    if action is Action.RELEASE:
        require_step_up(staff, at)
    _MAKE[action](session, staff, person, packet, at, settings)
    packet.state = end
    packet.version += 1
    session.flush()
    record_event(
        session,
        municipality_id=packet.municipality_id,
        account_id=staff.id,
        event=HAPPENINGS[action],
        at=at,
        person_id=packet.person_id,
        detail={"packet": str(packet.id), "host": str(packet.host_id), "alone": packet.alone},
    )
    return _seen(session, staff, packet_id, at=at)


def _prepare(
    session: Session, staff: Staff, person: Person, packet: Packet, at: datetime, _set: Settings
) -> None:
    consent = covering(session, person.id, packet.host_id, packet.consent_id, at=at)
    host = entry(session, staff, Host, packet.host_id)
    sheet = _packet_sheet(session, person, host, consent, until=packet.until)
    packet.content = sheet.document()
    packet.prepared_by, packet.prepared_at = staff.id, at
    report(
        session,
        packet.municipality_id,
        Notice.RELEASE,
        about=person.id,
        ref=packet.id,
        by=staff.id,
        at=at,
    )


def _decide(
    _session: Session, staff: Staff, _person: Person, packet: Packet, at: datetime, office: Settings
) -> None:
    packet.decided_by, packet.decided_at = staff.id, at
    packet.alone = not office.two_person_release


def _end(
    session: Session, _staff: Staff, _person: Person, packet: Packet, at: datetime, _set: Settings
) -> None:
    repository.revoke_all(session, packet.id, at=at)


_MAKE: Final = {
    Action.PREPARE: _prepare,
    Action.RELEASE: _decide,
    Action.REFUSE: _decide,
    Action.END: _end,
}
