"""Who sees whom: own people, those of the own area and of the areas inside it, and nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.tables import Area
from service.accounts.rules import RIGHTS, Right, Role
from service.accounts.tables import Account
from service.audit.tables import AccessRecord, Act
from service.persons.actions import NoSuchPerson, person_for
from service.persons.repository import people, visible_people
from tests.factories import MORNING, TEAM, Town, person_in, staff_of
from tests.service.audit.lines import looks

PEOPLE = "/api/v1/people"
ClientOf = Callable[[str], TestClient]


@pytest.fixture
def quarter(session: Session, town: Town) -> Area:
    """An area inside an area inside the eastern one."""
    parent = town.areas["east"]
    for ref in ("hillside", "upper_hillside"):
        child = Area(municipality_id=town.municipality.id, ref=ref, name=ref, parent_id=parent.id)
        session.add(child)
        session.flush()
        town.areas[ref] = child
        parent = child
    return parent


def seen_by(session: Session, account: Account) -> set[UUID]:
    return {person.id for person in session.exec(visible_people(staff_of(session, account)))}


def test_an_area_holds_the_areas_inside_it_at_any_depth(
    session: Session, town: Town, quarter: Area
) -> None:
    inner = person_in(session, town, area="upper_hillside", by="coordinator", consent=TEAM)
    middle = person_in(session, town, area="hillside", by="coordinator", consent=TEAM)
    assert seen_by(session, town.accounts["csw"]) == {inner.id, middle.id}
    assert seen_by(session, town.accounts["csw_west"]) == set()


def test_who_works_in_an_inner_area_does_not_see_the_one_around_it(
    session: Session, town: Town, quarter: Area
) -> None:
    inner = person_in(session, town, area="upper_hillside", by="coordinator", consent=TEAM)
    person_in(session, town, area="east", by="coordinator", consent=TEAM)
    person_in(session, town, area="hillside", by="coordinator", consent=TEAM)
    account = town.accounts["csw_west"]
    account.area_id = quarter.id
    assert seen_by(session, account) == {inner.id}


def test_a_coordinator_with_an_area_is_bound_to_it(session: Session, town: Town) -> None:
    east = person_in(session, town, area="east", by="csw", consent=TEAM)
    west = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    account = town.accounts["coordinator"]
    assert seen_by(session, account) == {east.id, west.id}
    account.area_id = town.areas["west"].id
    assert seen_by(session, account) == {west.id}


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_people_exactly_when_it_holds_the_right(
    session: Session, town: Town, role: Role
) -> None:
    person = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    account = town.accounts["coordinator"]
    account.role = role
    expected = {person.id} if Right.READ_PEOPLE in RIGHTS[role] else set()
    assert seen_by(session, account) == expected


def test_a_csw_without_an_area_works_for_the_whole_municipality(
    session: Session, town: Town, elsewhere: Town
) -> None:
    west = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    person_in(session, elsewhere, consent=TEAM)
    account = town.accounts["csw"]
    account.area_id = None
    assert seen_by(session, account) == {west.id}


def test_losing_the_role_hides_even_the_people_one_registered(session: Session, town: Town) -> None:
    person_in(session, town, area="east", by="csw", consent=TEAM)
    account = town.accounts["csw"]
    account.role = Role.AUDITOR
    assert seen_by(session, account) == set()


def test_the_list_is_exactly_whom_one_may_read_singly(
    client_of: ClientOf, session: Session, town: Town, elsewhere: Town
) -> None:
    everybody = [
        person_in(session, town, area="east", by="csw", consent=TEAM),
        person_in(session, town, area="west", by="csw", consent=TEAM),
        person_in(session, town, area="west", by="csw_west", consent=TEAM),
        person_in(session, town, area="east", by="coordinator", consent=TEAM),
        person_in(session, elsewhere, area="east", by="csw", consent=TEAM),
    ]
    expected = {
        "csw": {0, 1, 3},
        "csw_west": {1, 2},
        "coordinator": {0, 1, 2, 3},
        "csw_elsewhere": {4},
    }
    for username, places in expected.items():
        client = client_of(username)
        listed = {person["id"] for person in client.get(PEOPLE).json()["items"]}
        read = {
            str(person.id)
            for person in everybody
            if client.get(f"{PEOPLE}/{person.id}").status_code == 200
        }
        assert listed == read == {str(everybody[place].id) for place in places}, username


def test_somebody_who_moves_away_is_followed_by_the_other_area(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    person = person_in(session, town, area="east", by="coordinator", consent=TEAM)
    east, west = client_of("csw"), client_of("csw_west")
    path = f"{PEOPLE}/{person.id}"
    assert (east.get(path).status_code, west.get(path).status_code) == (200, 404)
    assert east.patch(path, json={"area": "west"}).json()["area"] == "west"
    assert (east.get(path).status_code, west.get(path).status_code) == (404, 200)


def test_a_narrowed_list_shows_no_more_than_the_whole_one(
    client_of: ClientOf, session: Session, town: Town
) -> None:
    own = person_in(session, town, area="west", by="csw", consent=TEAM)
    person_in(session, town, area="west", by="csw_west", consent=TEAM)
    found = client_of("csw").get(PEOPLE, params={"area": "west"}).json()["items"]
    assert [person["id"] for person in found] == [str(own.id)]


def test_the_area_of_another_town_cannot_be_listed(client: TestClient, elsewhere: Town) -> None:
    elsewhere.areas["east"].ref = "their_own"
    assert client.get(PEOPLE, params={"area": "their_own"}).status_code == 404


@pytest.mark.parametrize("size", [1, 2, 3, 7, 200])
def test_pages_of_any_size_show_everybody_once_and_in_one_order(
    session: Session, town: Town, size: int
) -> None:
    expected = sorted(person_in(session, town).id for _ in range(6))
    person_in(session, town, area="west", by="csw_west", consent=TEAM)
    staff = staff_of(session, town.accounts["csw"])
    seen = []
    after = None
    for _ in range(len(expected) + 1):
        page = people(session, staff, after=after, limit=size)
        seen += [person.id for person in page]
        if len(page) < size:
            break
        after = page[-1].id
    assert seen == expected


def test_a_page_may_begin_after_somebody_out_of_sight(
    client: TestClient, session: Session, town: Town
) -> None:
    hidden = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    visible = sorted(str(person_in(session, town).id) for _ in range(4))
    found = client.get(PEOPLE, params={"after": str(hidden.id)}).json()["items"]
    assert [person["id"] for person in found] == [id_ for id_ in visible if id_ > str(hidden.id)]


@pytest.mark.parametrize(
    "params",
    [{"limit": "0"}, {"limit": "201"}, {"limit": "needle"}, {"after": "needle"}, {"limit": "-1"}],
)
def test_a_page_that_cannot_be_is_refused(client: TestClient, params: dict[str, str]) -> None:
    answer = client.get(PEOPLE, params=params)
    assert answer.status_code == 422
    assert "needle" not in answer.text


def test_only_those_on_the_page_are_written_down_as_listed(
    client: TestClient, session: Session, town: Town
) -> None:
    for _ in range(4):
        person_in(session, town)
    shown = client.get(PEOPLE, params={"limit": 3}).json()["items"]
    rows = session.exec(select(AccessRecord.person_id).where(AccessRecord.act == Act.LIST)).all()
    assert {str(id_) for id_ in rows} == {person["id"] for person in shown}


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.EVENT])
def test_a_look_is_dated_by_the_moment_it_was_taken_at(
    session: Session, town: Town, act: Act
) -> None:
    person = person_in(session, town)
    staff = staff_of(session, town.accounts["csw"])
    new_year = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    person_for(session, staff, person.id, act=act, resource="contact", at=new_year)
    [row] = [line for line in looks(session) if line.resource == "contact"]
    assert (row.act, row.at, row.account_id) == (act, new_year, staff.id)


def test_a_refused_look_raises_and_writes_nothing(session: Session, town: Town) -> None:
    hidden = person_in(session, town, area="west", by="csw_west", consent=TEAM)
    staff = staff_of(session, town.accounts["csw"])
    with pytest.raises(NoSuchPerson):
        person_for(session, staff, hidden.id, act=Act.READ, resource="visit", at=MORNING)
    assert not [line for line in looks(session) if line.resource == "visit"]
