"""Moving over: with consent, the parts that were chosen by hand become a person's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import SharedWith
from catalogue.tables import Area
from service.accounts.actions import Staff
from service.clock import local_day
from service.conferences.actions import close_record, open_record
from service.conferences.rules import Carried, Ending, Part, carried
from service.conferences.tables import ConferenceRecord
from service.persons.actions import register
from service.persons.name import Name
from service.persons.names.actions import keep_name
from service.persons.picture import Picture
from service.persons.tables import Person
from service.refusals import Kind, Refusal
from service.web.versions import refuse_stale


class NoConsentYet(Refusal):
    """Without a consent that holds today everything stays where it is."""

    kind: ClassVar = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Move:
    """What was decided by hand: which parts go over, where the person lives, what they allowed."""

    parts: frozenset[Part]
    area: Area
    consent: dict[str, Any]
    age_band: str = ""
    code: str | None = None


def taken_over(record: ConferenceRecord, parts: Iterable[Part]) -> Carried:
    """Return exactly what would go over; the preview and the move ask this same question."""
    return carried({part: getattr(record, part) for part in Part}, parts)


def move_over(
    session: Session,
    staff: Staff,
    conference_id: UUID,
    record_id: UUID,
    move: Move,
    *,
    at: datetime,
    seen: int | None = None,
) -> Person:
    """Register the person with the chosen parts and the consent; the rest stays behind, closed."""
    record = open_record(session, staff, conference_id, record_id, at=at)
    refuse_stale(record.version, seen)
    _refuse_without_consent(move.consent, at=at)
    taken = taken_over(record, move.parts)
    person = register(
        session,
        staff,
        area=move.area,
        at=at,
        code=move.code,
        age_band=move.age_band,
        contact=taken.contact,
        note=taken.note,
        picture=Picture(own_words=taken.own_words) if taken.own_words else None,
        consent=move.consent,
    )
    if taken.name:
        keep_name(session, staff, person.id, Name.model_validate(dict(taken.name)), at=at)
    close_record(session, record, Ending.CONSENTED, at=at, became=str(person.id))
    return person


def _refuse_without_consent(consent: dict[str, Any], *, at: datetime) -> None:
    today = local_day(at)
    given, until = consent.get("given_on"), consent.get("until")
    shared = consent["shared_with"] is not SharedWith.NONE
    if not (shared and consent.get("how") and given and given <= today):
        raise NoConsentYet("a consent says to whom, when and how it was given")
    if until is not None and until < today:
        raise NoConsentYet("this consent has run out")
