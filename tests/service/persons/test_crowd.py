"""Many people read at once are portrayed exactly as each by themselves."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from service.persons import crowd
from service.persons.actions import NoSuchPerson, assess, profile_of
from service.persons.picture import Picture
from service.placements.actions import histories, history
from tests.factories import MORNING, Town, person_in, staff_of

TODAY = MORNING.date()
PICTURE: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "not_again": ["temple"],
    "windows": [{"days": ["TU"], "from": "09:00", "to": "12:00"}],
}
PEOPLE: list[dict[str, Any]] = [
    {},
    {"picture": PICTURE, "consent": {"shared_with": "team"}},
    {"consent": {"shared_with": "hosts", "until": date(2026, 11, 19)}, "age_band": "70代以上"},
    {"consent": {"shared_with": "hosts", "given_on": date(2026, 11, 20)}, "area": "west"},
    {"proposals_paused": "休みたい", "lat": None, "lon": None},
]


def test_a_crowd_is_portrayed_as_each_by_themselves(session: Session, town: Town) -> None:
    for known in PEOPLE:
        person_in(session, town, **known)
    staff = staff_of(session, town.accounts["csw"])
    people = crowd.everybody(session, staff)
    assert len(people) == len(PEOPLE)
    tried = histories(session, [person.id for person in people])
    assert crowd.portrayed(session, people, on=TODAY, tried=tried) == [
        profile_of(session, person, on=TODAY, tried=history(session, person.id))
        for person in people
    ]


def test_the_latest_assessment_counts(session: Session, town: Town) -> None:
    person = person_in(session, town)
    staff = staff_of(session, town.accounts["csw"])
    assess(session, staff, person.id, Picture.model_validate(PICTURE), at=MORNING)
    [profile] = crowd.portrayed(session, [person], on=TODAY, tried={})
    assert len(profile.windows) == 1


def test_somebody_out_of_sight_is_nobody(session: Session, town: Town) -> None:
    seen, hidden = person_in(session, town), person_in(session, town, area="west", by="csw_west")
    staff = staff_of(session, town.accounts["csw"])
    assert [person.id for person in crowd.those(session, staff, [seen.id])] == [seen.id]
    with pytest.raises(NoSuchPerson):
        crowd.those(session, staff, [seen.id, hidden.id])


def test_nobody_is_a_crowd_too(session: Session, town: Town) -> None:
    assert crowd.portrayed(session, [], on=TODAY, tried={}) == []
    assert histories(session, []) == {}


@pytest.mark.parametrize("number", [2, 9])
def test_more_people_ask_no_more_of_the_database(session: Session, town: Town, number: int) -> None:
    for _ in range(number):
        person_in(session, town, consent={"shared_with": "team"})
    staff = staff_of(session, town.accounts["csw"])
    session.flush()
    asked: list[str] = []
    bind = session.connection()
    listen = lambda _c, _u, statement, *_: asked.append(statement)  # noqa: E731 - one line
    event.listen(bind, "before_cursor_execute", listen)
    people = crowd.everybody(session, staff)
    tried = histories(session, [person.id for person in people])
    crowd.portrayed(session, people, on=TODAY, tried=tried)
    event.remove(bind, "before_cursor_execute", listen)
    assert len(asked) <= 6
