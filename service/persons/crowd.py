"""Many people at once: read in a handful of queries, portrayed each as by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from catalogue.profiles import PersonProfile, Tried
from service.accounts.actions import Staff
from service.accounts.sight import Reach
from service.persons import repository
from service.persons.actions import NoSuchPerson
from service.persons.picture import Picture
from service.persons.portrait import portray_person
from service.persons.rules import NOBODY
from service.persons.tables import Person


def everybody(session: Session, staff: Staff) -> Sequence[Person]:
    """Return all people the caller may work with."""
    return repository.visible_of(session, staff, reach=Reach.WRITE)


def those(session: Session, staff: Staff, person_ids: Iterable[UUID]) -> Sequence[Person]:
    """Return people by their ids; one whom the caller may not work with is no such person."""
    wanted = {*person_ids}
    found = repository.visible_of(session, staff, wanted, reach=Reach.WRITE)
    if len(found) != len(wanted):
        raise NoSuchPerson("no such person")
    return found


def portrayed(
    session: Session,
    people: Sequence[Person],
    *,
    on: date,
    today: date | None = None,
    tried: Mapping[UUID, tuple[Tried, ...]],
) -> list[PersonProfile]:
    """Portray people of one municipality for matching on a day, from what is stored now.

    A consent has to hold on that day, and today where it is another one.
    """
    ids = [person.id for person in people]
    pictures = repository.pictures_of(session, ids)
    shared = repository.all_shared(session, ids, on=on, today=today or on)
    areas = repository.areas_of(session, people[0].municipality_id) if people else {}
    profiles = []
    for person in people:
        picture = pictures.get(person.id)
        profile = portray_person(
            Picture.model_validate(picture or {}),
            id=str(person.id),
            as_of=on,
            stage=person.stage,
            age_band=person.age_band,
            area=areas[person.area_id],
            lat=person.lat,
            lon=person.lon,
            proposals_paused=person.proposals_paused,
            shared=shared.get(person.id, NOBODY),
            assessed=picture is not None,
            tried=tried.get(person.id, ()),
        )
        profiles.append(_with_names(session, person, profile))
    return profiles


def _with_names(session: Session, person: Person, profile: PersonProfile) -> PersonProfile:
    """Add the ids of what is not wanted again, where it was named as in files."""
    if not profile.not_again:
        return profile
    named = repository.ids_named(session, person.municipality_id, profile.not_again)
    return replace(profile, not_again=profile.not_again | named)
