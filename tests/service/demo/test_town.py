"""The example town is whole, invented, various enough, and has a past that the rules allow."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

import matching
from catalogue.exchange.catalogue_file import profiles
from catalogue.profiles import Setting
from catalogue.tables import Activity, Slot
from service.accounts.actions import sign_in
from service.accounts.rules import Role
from service.accounts.tables import Account
from service.clock import local_day
from service.contacts.tables import Concern, Contact
from service.database import transaction
from service.demo.files import people, town
from service.demo.loading import load, password_of
from service.demo.story import COURSES
from service.persons.exchange import person_profiles
from service.persons.tables import Assessment, Consent, Person
from service.placements.lifecycle import HOLDS, Hold, Status
from service.placements.tables import Placement, PlacementMove
from service.settings import Settings
from service.visits.tables import Visit
from tests.service.audit.lines import looks

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SETTINGS = Settings(database_url="sqlite://", secure_cookies=False)


@pytest.fixture(scope="module")
def loaded(engine: Engine) -> Iterator[Session]:
    """One loaded town for all tests of this module, which only look at it."""
    with engine.connect() as connection, connection.begin() as outer:
        with transaction(connection) as session:
            load(session, now=NOW, settings=SETTINGS)
            session.flush()
            yield session
        outer.rollback()


class TestFiles:
    def test_the_town_is_as_large_as_a_newcomer_needs(self) -> None:
        file = town()
        assert len(file.areas) >= 3
        assert len(file.hosts) >= 14
        assert len(file.activities) >= 24
        assert len(people().people) >= 8

    def test_the_town_has_every_kind_of_schedule(self) -> None:
        items = [item for activity in town().activities for item in activity.schedule]
        rules = " ".join(str(item.rrule) for item in items)
        for word in ("WEEKLY", "MONTHLY", "YEARLY", "DAILY", "INTERVAL=2", "-1SU", "BYMONTHDAY"):
            assert word in rules
        assert any(not activity.schedule for activity in town().activities)
        assert any(activity.season for activity in town().activities)
        assert any(activity.closed_until for activity in town().activities)

    def test_the_town_has_every_setting(self) -> None:
        assert {activity.setting for activity in town().activities} == set(Setting)

    def test_every_host_offers_something(self) -> None:
        file = town()
        assert {activity.host for activity in file.activities} == {host.id for host in file.hosts}

    def test_codes_carry_no_name(self) -> None:
        assert all(person.code[-3] == "-" for person in people().people)

    def test_it_answers_some_holds_some_and_finds_nothing_for_one(self) -> None:
        day = date(2026, 11, 21)
        index = matching.build(profiles(town(), as_of=day), as_of=day)
        answers = {
            person.id: matching.match(index, person, limit=10)
            for person in person_profiles(people(), as_of=day)
        }
        held = {name for name, answer in answers.items() if answer.held}
        found = {
            name
            for name, answer in answers.items()
            if answer.fits or answer.adaptable or answer.ask_host
        }
        assert held == {"d08", "d10"}
        assert set(answers) - held - found == {"d09"}


class TestStory:
    def test_every_course_speaks_of_people_and_activities_of_the_town(self) -> None:
        assert {course.person for course in COURSES} <= {person.id for person in people().people}
        assert {course.activity for course in COURSES} <= {each.id for each in town().activities}

    def test_the_past_is_told_in_its_order(self) -> None:
        for course in COURSES:
            days = [course.proposed, *(step.ago for step in course.steps)]
            assert days == sorted(days, reverse=True)

    def test_the_placements_stand_at_different_places_of_their_life(self, loaded: Session) -> None:
        found = set(loaded.exec(select(Placement.status)))
        assert {
            Status.WANTED,
            Status.ASKED,
            Status.AGREED,
            Status.TRYING,
            Status.CONTINUING,
            Status.RESTING,
        } <= found

    def test_a_status_is_the_end_of_its_history(self, loaded: Session) -> None:
        for placement in loaded.exec(select(Placement)):
            moves = loaded.exec(
                select(PlacementMove)
                .where(PlacementMove.placement_id == placement.id)
                .order_by(col(PlacementMove.position))
            ).all()
            assert (moves[-1].to_status if moves else Status.PROPOSED) == placement.status

    def test_places_held_are_places_taken(self, loaded: Session) -> None:
        firm = [status for status, hold in HOLDS.items() if hold is Hold.FIRM]
        held = loaded.exec(
            select(func.count()).select_from(Placement).where(col(Placement.status).in_(firm))
        ).one()
        assert loaded.exec(select(func.sum(Slot.taken))).one() == held > 0

    def test_nothing_is_recorded_of_days_to_come(self, loaded: Session) -> None:
        today = local_day(NOW)
        assert all(visit.occurred_on <= today for visit in loaded.exec(select(Visit)))
        assert all(contact.occurred_on <= today for contact in loaded.exec(select(Contact)))

    def test_something_waits_for_the_queue(self, loaded: Session) -> None:
        assert loaded.exec(select(Concern)).all()
        assert loaded.exec(select(Visit)).all()
        assert loaded.exec(select(Contact)).all()


class TestLoading:
    def test_everything_of_the_files_is_there(self, loaded: Session) -> None:
        counts = {
            kind: loaded.exec(select(func.count()).select_from(kind)).one()
            for kind in (Activity, Person, Consent, Account)
        }
        assert counts == {Activity: 31, Person: 10, Consent: 10, Account: len(Role)}

    def test_nobody_was_assessed_whom_nobody_met(self, loaded: Session) -> None:
        unmet = loaded.exec(select(Person).where(Person.code == "ほし-44")).one()
        assessments = loaded.exec(select(Assessment).where(Assessment.person_id == unmet.id)).all()
        assert assessments == []

    def test_every_role_can_sign_in(self, loaded: Session) -> None:
        for role in Role:
            assert len(password_of(role)) >= 12
            assert sign_in(loaded, role.value, password_of(role), at=NOW, settings=SETTINGS)

    def test_loading_left_its_trail_in_the_audit(self, loaded: Session) -> None:
        seen = {look.person_id for look in looks(loaded)}
        assert seen == set(loaded.exec(select(Person.id)))
