"""Loading the example town is one transaction, for one database that holds nothing yet."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from service.contacts.tables import Concern, Contact
from service.database import open_engine, transaction
from service.demo.loading import load
from service.demo.story import COURSES
from service.persons.tables import Person
from service.placements.lifecycle import Side
from service.placements.tables import Placement
from service.settings import Settings
from service.visits.tables import Visit
from tests.factories import MORNING

SETTINGS = Settings(secure_cookies=False)


def test_a_second_town_in_the_same_database_is_refused_and_leaves_the_first_as_it_was(
    own_database: str,
) -> None:
    engine = open_engine(own_database, connections=1)
    with transaction(engine) as session:
        load(session, now=MORNING, settings=SETTINGS)
    counts = _counts(engine)
    with pytest.raises(IntegrityError), transaction(engine) as session:
        load(session, now=MORNING, settings=SETTINGS)
    assert _counts(engine) == counts
    engine.dispose()


def _counts(engine: Engine) -> list[int]:
    with Session(engine) as session:
        kinds = (Person, Placement, Visit, Contact, Concern)
        return [len(session.exec(select(kind)).all()) for kind in kinds]


def test_every_worry_and_every_talk_of_the_story_is_with_its_own_side(session: Session) -> None:
    load(session, now=MORNING, settings=SETTINGS)
    session.flush()
    talks = [talk for course in COURSES for talk in course.talks]
    contacts = session.exec(select(Contact)).all()
    assert len(contacts) == len(talks)
    for talk in talks:
        (row,) = [each for each in contacts if each.what == talk.what]
        assert (row.person_id is None) == (talk.side is Side.HOST)
        assert (row.host_id is None) == (talk.side is Side.PERSON)
    worries = {course.concern for course in COURSES if course.concern}
    assert {concern.words for concern in session.exec(select(Concern))} == worries
