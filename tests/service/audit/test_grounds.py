"""Why and on what ground somebody looked: given by the caller, or found with one question."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlmodel import Session

from service.audit.actions import record_access
from service.audit.rules import Act, Basis, Ground, Purpose, usual_purpose
from service.persons.tables import Person
from tests.factories import MORNING, TEAM, Town, person_in, staff_of
from tests.service.audit.lines import looks


def look(session: Session, town: Town, who: str, *people: UUID, **known: object) -> None:
    staff = staff_of(session, town.accounts[who])
    record_access(session, staff, people, act=Act.READ, resource="visit", at=MORNING, **known)  # type: ignore[arg-type] - what is known is given on


def grounds(session: Session) -> list[tuple[Ground | None, UUID | None]]:
    found = [line for line in looks(session) if line.resource == "visit"]
    return [(line.basis, line.basis_id) for line in found]


def consent_of(session: Session, person: Person) -> UUID:
    from service.persons.repository import consents  # noqa: PLC0415 - only for its id

    return consents(session, person.id)[0].id


def test_a_consent_that_holds_is_the_ground_and_is_named(session: Session, town: Town) -> None:
    person = person_in(session, town, consent=TEAM)
    look(session, town, "coordinator", person.id)
    assert grounds(session) == [(Ground.CONSENT, consent_of(session, person))]


def test_without_consent_the_ground_of_the_own_worker_is_duty(session: Session, town: Town) -> None:
    look(session, town, "csw", person_in(session, town).id)
    assert grounds(session) == [(Ground.DUTY, None)]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"withdrawn_on": MORNING.date()},
        {"until": MORNING.date().replace(day=1)},
        {"given_on": MORNING.date().replace(month=12)},
        {"shared_with": "none"},
    ],
)
def test_a_consent_that_does_not_hold_is_no_ground(
    session: Session, town: Town, spoilt: dict[str, object]
) -> None:
    person = person_in(session, town, consent=TEAM | spoilt)
    look(session, town, "csw", person.id)
    assert grounds(session) == [(Ground.DUTY, None)]


def test_where_nothing_allows_a_look_no_ground_is_invented(session: Session, town: Town) -> None:
    look(session, town, "csw_west", person_in(session, town).id)
    assert grounds(session) == [(None, None)]


def test_a_ground_and_a_purpose_that_are_given_stand(session: Session, town: Town) -> None:
    meeting = uuid4()
    basis, purpose = Basis(Ground.MEETING, meeting), Purpose.CONFERENCE
    look(session, town, "csw", person_in(session, town).id, basis=basis, purpose=purpose)
    assert grounds(session) == [(Ground.MEETING, meeting)]
    assert looks(session)[-1].purpose is Purpose.CONFERENCE


def test_the_grounds_of_many_people_are_one_question(session: Session, town: Town) -> None:
    people = [person_in(session, town, consent=TEAM).id for _ in range(20)]
    looks(session)
    look(session, town, "csw", *people)
    asked: list[str] = []
    link = session.connection()
    event.listen(link, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert len(grounds(session)) == len(people)
    assert len([statement for statement in asked if "consent" in statement]) == 1
    # the head, the lines at once, and the head again
    assert len([each for each in asked if "chain_head" in each]) == 2
    assert len([each for each in asked if each.startswith("INSERT")]) == 1


def test_a_kind_of_thing_without_a_purpose_is_refused_before_anything_is_shown(
    session: Session, town: Town
) -> None:
    staff = staff_of(session, town.accounts["csw"])
    with pytest.raises(LookupError, match="PURPOSES"):
        record_access(session, staff, [uuid4()], act=Act.READ, resource="planted", at=MORNING)
    assert usual_purpose("wish") is Purpose.MATCHING
