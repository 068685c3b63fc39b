"""Who reaches whom: every cell of the table in accounts/sight.py, asked of both databases."""

from datetime import date, timedelta
from itertools import product
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from catalogue.profiles import SharedWith
from service.accounts.rules import Role
from service.accounts.sight import REACH, Reach, Relation, Standing, opening, reach
from service.accounts.tables import Account
from service.audit.tables import Act
from service.clock import local_day
from service.persons.actions import NoSuchPerson, assess, reach_for, withdraw_consent
from service.persons.picture import Picture
from service.persons.repository import visible_people
from service.persons.tables import Consent, EmergencyAccess, Person
from tests.factories import MORNING, TEAM, Town, person_in, staff_of

TODAY: Final[date] = local_day(MORNING)
DAY: Final = timedelta(days=1)
GIVEN: Final[dict[Standing, dict[str, Any] | None]] = {
    Standing.NONE: None,
    Standing.TEAM: {"shared_with": SharedWith.TEAM, "given_on": TODAY, "until": TODAY},
    Standing.HOSTS: {"shared_with": SharedWith.HOSTS},
    Standing.WITHDRAWN: {"shared_with": SharedWith.HOSTS, "withdrawn_on": TODAY},
    Standing.EXPIRED: {"shared_with": SharedWith.TEAM, "until": TODAY - DAY},
    Standing.AHEAD: {"shared_with": SharedWith.TEAM, "given_on": TODAY + DAY},
}
# Whose person it is, and in which area, for the worker of the eastern area.
TIES: Final = {
    Relation.GRANTED: ("coordinator", "west"),
    Relation.OWN: ("csw", "west"),
    Relation.AREA: ("coordinator", "east"),
    Relation.NONE: ("coordinator", "west"),
}
Cell = tuple[Relation, Standing]


@pytest.fixture
def crowd(session: Session, town: Town) -> dict[Cell, UUID]:
    """One person for each relation to the worker of the eastern area and each consent."""
    crowd = {
        (relation, standing): person_in(
            session, town, by=TIES[relation][0], area=TIES[relation][1], consent=GIVEN[standing]
        ).id
        for relation, standing in product(TIES, Standing)
    }
    for (relation, _), person_id in crowd.items():
        if relation is Relation.GRANTED:
            session.add(opening_of(town.accounts["csw"], person_id))
    session.flush()
    return crowd


def opening_of(account: Account, person_id: UUID, *, hours: int = 4) -> EmergencyAccess:
    return EmergencyAccess(
        municipality_id=account.municipality_id,
        account_id=account.id,
        person_id=person_id,
        opened_at=MORNING,
        until=MORNING + timedelta(hours=hours),
    )


def found(session: Session, account: Account, far: Reach) -> set[UUID]:
    people = visible_people(staff_of(session, account), reach=far)
    return {person.id for person in session.exec(people)}


def test_each_role_finds_exactly_whom_the_table_lets_it_reach(
    session: Session, town: Town, crowd: dict[Cell, UUID]
) -> None:
    account = town.accounts["csw"]
    for role, far in product(Role, (Reach.READ, Reach.WRITE)):
        account.role = role
        expected = {id_ for cell, id_ in crowd.items() if reach(role, *cell) >= far}
        assert found(session, account, far) == expected, (role, far)
    account.role = Role.CSW
    assert len(found(session, account, Reach.READ)) == 2 * len(Standing) + len(("team", "hosts"))


def test_the_words_of_the_rule_are_the_table() -> None:
    """Stated a second time by hand, so that no slip in the table goes unseen."""
    everything = {(relation, standing) for relation in Relation for standing in Standing}
    open_to_area = {(Relation.AREA, Standing.TEAM), (Relation.AREA, Standing.HOSTS)}
    own = {(Relation.OWN, standing) for standing in Standing}
    granted = {(Relation.GRANTED, standing) for standing in Standing}
    for cell in everything:
        far = REACH[cell[0]][cell[1]]
        assert (far is Reach.WRITE) == (cell in own | open_to_area), cell
        assert (far is Reach.READ) == (cell in granted), cell


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN, Role.AUDITOR])
def test_no_tie_and_no_consent_opens_a_person_to_those_who_do_no_casework(role: Role) -> None:
    assert {reach(role, *cell) for cell in product(Relation, Standing)} == {Reach.NOTHING}


def test_a_relation_opens_always_or_under_a_consent_that_holds() -> None:
    """The query can ask for nothing else; a table that said more would not be held by it."""
    holding = frozenset({Standing.TEAM, Standing.HOSTS})
    for relation, far in product(Relation, (Reach.READ, Reach.WRITE)):
        assert opening(relation, far) in {frozenset(Standing), holding, frozenset()}


def test_only_looking_needs_no_more_than_reading() -> None:
    assert [act for act in Act if reach_for(act) is Reach.READ] == [Act.READ, Act.LIST]


def test_one_consent_that_holds_is_enough_beside_others_that_do_not(
    session: Session, town: Town
) -> None:
    person = person_in(session, town, by="coordinator", consent=GIVEN[Standing.WITHDRAWN])
    account = town.accounts["csw"]
    assert found(session, account, Reach.READ) == set()
    session.add(
        Consent(
            municipality_id=person.municipality_id,
            person_id=person.id,
            recorded_at=MORNING,
            recorded_by=account.id,
            version=2,
            **TEAM,
        )
    )
    session.flush()
    assert found(session, account, Reach.READ) == {person.id}


def test_a_consent_to_nobody_opens_nothing(session: Session, town: Town) -> None:
    person_in(session, town, by="coordinator", consent={"shared_with": SharedWith.NONE})
    assert found(session, town.accounts["csw"], Reach.READ) == set()


def test_another_persons_consent_opens_nobody_else(session: Session, town: Town) -> None:
    open_ = person_in(session, town, by="coordinator", consent=TEAM)
    person_in(session, town, by="coordinator")
    account = town.accounts["csw"]
    assert found(session, account, Reach.READ) == {open_.id}
    # ... also where the question stands inside one about consents
    people = visible_people(staff_of(session, account)).with_only_columns(Person.id)
    query = select(func.count(Consent.id)).where(Consent.person_id.in_(people))
    assert session.exec(query).one() == 1


def test_a_consent_runs_out_at_midnight_in_japan(session: Session, town: Town) -> None:
    person = person_in(session, town, by="coordinator", consent=GIVEN[Standing.TEAM])
    account = town.accounts["csw"]
    last = MORNING.replace(hour=14, minute=59)
    for at, expected in ((last, {person.id}), (last + timedelta(minutes=1), set())):
        people = session.exec(visible_people(staff_of(session, account, at=at))).all()
        assert {each.id for each in people} == expected


def test_who_loses_sight_between_looking_and_writing_writes_nothing(
    session: Session, town: Town
) -> None:
    person = person_in(session, town, by="coordinator", consent=TEAM)
    worker = staff_of(session, town.accounts["csw"])
    [consent] = session.exec(select(Consent)).all()
    owner = staff_of(session, town.accounts["coordinator"])
    assess(session, worker, person.id, Picture(), at=MORNING)
    withdraw_consent(session, owner, person.id, consent.id, at=MORNING)
    with pytest.raises(NoSuchPerson):
        assess(session, worker, person.id, Picture(), at=MORNING)
    assess(session, owner, person.id, Picture(), at=MORNING)
