"""Fill an empty database with the example town, by the actions that everybody else uses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from catalogue.intake import save_catalogue
from catalogue.repository import all_by_ref, profiles
from catalogue.tables import Activity, Area, Municipality
from service.accounts.actions import Staff, open_account, recognise, sign_in
from service.accounts.rules import Role
from service.clock import local_day
from service.contacts.actions import raise_concern, record_contact
from service.contacts.rules import Story
from service.contacts.subjects import Subject
from service.demo import files
from service.demo.story import COURSES, Course, Day, Talk
from service.persons.actions import register
from service.persons.exchange import PersonRow
from service.placements.actions import move, propose
from service.placements.lifecycle import Action, Side
from service.placements.tables import Placement
from service.settings import Settings
from service.visits.actions import record_visit
from service.visits.rules import Report

# Before the first course of the story begins.
KNOWN_FOR: Final = timedelta(days=160)
DISPLAY_NAMES: Final[dict[Role, str]] = {
    Role.CSW: "担当 みさき",
    Role.COORDINATOR: "調整 たかし",
    Role.OFFICER: "市役所 係",
    Role.ADMIN: "管理",
    Role.AUDITOR: "監査",
}


@dataclass(frozen=True, slots=True)
class Town:
    """Who works in the town, and what its files call things."""

    session: Session
    staff: Staff
    settings: Settings
    now: datetime
    activities: dict[str, UUID]
    people: dict[str, UUID]
    openings: dict[UUID, tuple[date, ...]]
    hosts: dict[UUID, UUID]

    def at(self, ago: int) -> datetime:
        return self.now - timedelta(days=ago)


def password_of(role: Role) -> str:
    """Return a demonstration's password: it opens nothing but a throw-away database."""
    return f"deban-demo-{role}"


def load(session: Session, *, now: datetime, settings: Settings) -> None:
    """Load town, accounts, people and their story; everything in the caller's transaction."""
    municipality = Municipality(name=files.town().municipality)
    session.add(municipality)
    session.flush()
    save_catalogue(session, municipality, files.town())
    staff = _open_accounts(session, municipality.id, now=now, settings=settings)
    town = _settle(session, staff, now=now, settings=settings)
    for course in COURSES:
        _walk(town, course)


def _open_accounts(
    session: Session, municipality_id: UUID, *, now: datetime, settings: Settings
) -> Staff:
    for role in Role:
        open_account(
            session,
            role.value,
            municipality_id=municipality_id,
            role=role,
            password=password_of(role),
            display_name=DISPLAY_NAMES[role],
        )
    token = sign_in(session, Role.CSW.value, password_of(Role.CSW), at=now, settings=settings)
    session.flush()
    return recognise(session, token, at=now, settings=settings)


def _settle(session: Session, staff: Staff, *, now: datetime, settings: Settings) -> Town:
    tenant = staff.municipality_id
    areas = all_by_ref(session, Area, tenant)
    people = {
        row.id: _register(session, staff, row, area=areas[row.area], at=now - KNOWN_FOR)
        for row in files.people().people
    }
    began = local_day(now) - KNOWN_FOR
    openings = {
        UUID(profile.id): tuple(opening.start.date() for opening in profile.openings)
        for profile in profiles(session, tenant, as_of=began)
    }
    rows = all_by_ref(session, Activity, tenant)
    activities = {ref: row.id for ref, row in rows.items()}
    hosts = {row.id: row.host_id for row in rows.values()}
    return Town(session, staff, settings, now, activities, people, openings, hosts)


def _register(session: Session, staff: Staff, row: PersonRow, *, area: Area, at: datetime) -> UUID:
    assessed = bool(row.own_words.strip())
    person = register(
        session,
        staff,
        area=area,
        at=at,
        code=row.code,
        picture=row.picture() if assessed else None,
        consent=row.consent.model_dump(),
        age_band=row.age_band,
        stage=row.stage,
        lat=row.lat,
        lon=row.lon,
        contact=row.contact,
        note=row.note,
        proposals_paused=row.proposals_paused,
    )
    return person.id


def _walk(town: Town, course: Course) -> None:
    placement = propose(
        town.session,
        town.staff,
        person_id=town.people[course.person],
        activity_id=town.activities[course.activity],
        at=town.at(course.proposed),
        settings=town.settings,
        own_words=course.own_words,
    )
    town.session.flush()
    for step in course.steps:
        terms = step.terms
        if step.action in {Action.HOST_ACCEPTS, Action.AGREE}:
            terms = replace(terms, first_on=_first_day(town, course, placement))
        move(
            town.session,
            town.staff,
            placement.id,
            step.action,
            terms,
            at=town.at(step.ago),
            settings=town.settings,
            note=step.note,
        )
    for on, day in zip(_days_since(town, course, placement), course.days, strict=False):
        _visit(town, placement, on, day)
    for talk in course.talks:
        _talk(town, placement, talk)
    if course.concern:
        _worry(town, placement, course.concern)


def _begun(course: Course) -> int:
    """Return how many days ago the trial began; before today where it has not begun."""
    return next((step.ago for step in course.steps if step.action is Action.BEGIN), -1)


def _days_since(town: Town, course: Course, placement: Placement) -> Iterator[date]:
    """Yield the openings of the activity since the trial began; any day where there are none."""
    first = local_day(town.at(_begun(course)))
    dated = [day for day in town.openings.get(placement.activity_id, ()) if day >= first]
    yield from dated or (first + timedelta(days=7 * week) for week in range(8))


def _first_day(town: Town, course: Course, placement: Placement) -> date:
    return next(_days_since(town, course, placement))


def _visit(town: Town, placement: Placement, on: date, day: Day) -> None:
    if on > local_day(town.now):
        return
    report = Report(
        occurred_on=on,
        outcome=day.outcome,
        minutes=day.minutes,
        feeling=day.feeling,
        small_change=day.small_change,
    )
    record_visit(town.session, town.staff, placement.id, report, at=town.now)


def _talk(town: Town, placement: Placement, talk: Talk) -> None:
    at = town.at(talk.ago)
    story = Story(
        occurred_on=local_day(at),
        channel=talk.channel,
        direction=talk.direction,
        result=talk.result,
        what=talk.what,
        intention=talk.intention,
        small_change=talk.small_change,
    )
    with_person = talk.side is Side.PERSON
    subject = Subject(
        placement_id=placement.id,
        person_id=placement.person_id if with_person else None,
        host_id=None if with_person else town.hosts[placement.activity_id],
    )
    record_contact(town.session, town.staff, subject, story, at=at)


def _worry(town: Town, placement: Placement, words: str) -> None:
    raise_concern(
        town.session,
        town.staff,
        Subject(placement_id=placement.id),
        side=Side.HOST,
        words=words,
        at=town.at(1),
    )
