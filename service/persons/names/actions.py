"""What staff do with names: keep one, read one, find somebody by theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.names import Asked
from service.accounts.actions import Staff
from service.audit.actions import record_access
from service.audit.tables import Act
from service.persons.actions import person_for
from service.persons.name import Name
from service.persons.names import repository
from service.persons.tables import PersonName
from service.web.versions import refuse_stale

NAME: Final = "name"
MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """A name with its version; of a person who has none, an empty one with version 0."""

    name: Name
    version: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found, as far as one needs to tell them from others."""

    person_id: UUID
    code: str
    area_id: UUID
    name: Name


def name_of(session: Session, staff: Staff, person_id: UUID, *, at: datetime) -> Kept:
    """Return the name of a person the caller may see."""
    person = person_for(session, staff, person_id, act=Act.READ, resource=NAME, at=at)
    row = repository.name_row(session, person.id)
    return Kept(Name.model_validate(row.said), row.version) if row else Kept(Name())


def keep_name(
    session: Session,
    staff: Staff,
    person_id: UUID,
    name: Name,
    *,
    at: datetime,
    seen: int | None = None,
) -> Kept:
    """Keep a name sign for sign in the place of the last one."""
    person = person_for(session, staff, person_id, act=Act.WRITE, resource=NAME, at=at, locked=True)
    row = repository.name_row(session, person.id)
    refuse_stale(row.version if row else 0, seen)
    if row is None:
        row = PersonName(
            municipality_id=person.municipality_id,
            person_id=person.id,
            version=0,
            recorded_at=at,
            recorded_by=staff.id,
        )
        session.add(row)
    row.said = name.model_dump(exclude_defaults=True)
    row.version += 1
    row.recorded_at, row.recorded_by = at, staff.id
    session.flush()
    return Kept(name, row.version)


def called(session: Session, people: Iterable[UUID]) -> dict[UUID, str]:
    """Return what some people, who are looked at already, like to be called."""
    names = repository.names_of(session, people)
    return {
        person_id: name.called
        for person_id, said in names.items()
        if (name := Name.model_validate(said)).called
    }


def known_as(session: Session, staff: Staff) -> Iterator[str]:
    """Yield what those whom the caller may see are known as, so that none of it slips out."""
    for _, code, _, said in repository.named_people(session, staff):
        name = Name.model_validate(said)
        yield code
        yield from (name.called, name.family, name.given, name.kana, *name.others)


def search(session: Session, staff: Staff, text: str, *, at: datetime) -> list[Found]:
    """Find visible people by code, name, reading or telephone number, however it is typed.

    Names are opened and folded in memory: no key by which one could guess is stored. Who is found
    is written down as looked at; who is only compared is not.
    """
    asked = Asked.of(text)
    found: list[Found] = []
    for person_id, code, area_id, said in repository.named_people(session, staff):
        name = Name.model_validate(said)
        if asked.stands_in([code, *name.spellings], telephone=name.telephone):
            found.append(Found(person_id, code, area_id, name))
    found = sorted(found, key=lambda each: (each.name.kana, each.code))[:MOST_FOUND]
    ids = [each.person_id for each in found]
    record_access(session, staff, ids, act=Act.LIST, resource=NAME, at=at)
    return found
