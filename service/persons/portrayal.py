"""Portray one person for matching, from what is stored at this moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import PersonProfile, Tried
from service.persons import repository
from service.persons.picture import Picture
from service.persons.portrait import portray_person
from service.persons.tables import Person


@dataclass(frozen=True, slots=True)
class Portrayed:
    """A person as matching sees them, with the assessment that the portrait rests on."""

    profile: PersonProfile
    assessment_id: UUID | None


def portrayed(
    session: Session,
    person: Person,
    *,
    on: date,
    today: date | None = None,
    tried: Iterable[Tried] = (),
    changed: Mapping[str, Any] | None = None,
) -> Portrayed:
    """Portray a person for matching on a day, from what is stored at this moment.

    ``today`` is the day in Japan where it is another one: a consent has to hold on both.
    ``changed`` are parts of the picture that are otherwise today; the hearing stays as it was.
    No name, no contact, no note. Nothing is remembered between requests: who has withdrawn a
    consent or rests is seen as such by the next question, whichever worker answers it.
    """
    area, assessment_id, picture = repository.heard(session, person)
    profile = portray_person(
        Picture.model_validate({**picture, **(changed or {})}),
        id=str(person.id),
        as_of=on,
        stage=person.stage,
        age_band=person.age_band,
        area=area,
        lat=person.lat,
        lon=person.lon,
        proposals_paused=person.proposals_paused,
        shared=repository.shared_of(session, person.id, on=on, today=today or on),
        assessed=assessment_id is not None,
        tried=tried,
    )
    if profile.not_again:
        named = repository.ids_named(session, person.municipality_id, profile.not_again)
        profile = replace(profile, not_again=profile.not_again | named)
    return Portrayed(profile, assessment_id)


def profile_of(
    session: Session, person: Person, *, on: date, tried: Iterable[Tried] = ()
) -> PersonProfile:
    return portrayed(session, person, on=on, tried=tried).profile
