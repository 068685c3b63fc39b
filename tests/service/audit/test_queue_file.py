"""The queue leaves in a file: with a right, a reason, a fresh proof and a line for each in it."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from service.accounts.rules import Role
from service.audit import exporting
from service.audit.rules import Act, Why
from service.audit.tables import AccessRecord
from service.followup import export_routes
from service.persons.tables import Person
from service.trail import Happening
from tests.factories import TEAM, Town, TurnableClock, person_in
from tests.service.retention.conftest import prove

Clients = Callable[[str], TestClient]
PATH: Final = "/api/v1/follow-ups"
FILE: Final = f"{PATH}/export.csv"
REASON: Final = {"why": "meeting"}
SECRET: Final = "needle-9f3a"


@pytest.fixture
def people(session: Session, town: Town) -> list[Person]:
    """Two in the east and one in the west, each with what no file may hold."""
    known: dict[str, Any] = {"contact": SECRET, "note": SECRET, "consent": TEAM}
    east = [person_in(session, town, **known) for _ in range(2)]
    west = person_in(session, town, area="west", by="csw_west", **known)
    session.flush()
    return [*east, west]


@pytest.fixture
def coordinator(
    client_of: Clients, people: list[Person], turnable_clock: TurnableClock
) -> TestClient:
    """A month after these people became known; the coordinator has just proved who they are."""
    client = client_of("coordinator")
    turnable_clock.turn(days=30)
    prove(client)
    return client


def rows_in(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    _titles, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    return rows


def exported(session: Session) -> tuple[list[AccessRecord], list[AccessRecord]]:
    """Return the lines about people in files, and those about files."""
    session.expire_all()
    found = list(session.exec(select(AccessRecord).order_by(AccessRecord.seq)))
    files = {Happening.EXPORT, Happening.EXPORT_OF_MANY}
    return (
        [row for row in found if row.act is Act.EXPORT],
        [row for row in found if row.resource in files],
    )


def test_whoever_is_in_the_file_has_a_line_and_nobody_else(
    coordinator: TestClient, people: list[Person], session: Session, town: Town
) -> None:
    rows = rows_in(coordinator.get(FILE, params=REASON))
    codes = {row[2] for row in rows if row[2]}
    assert codes == {person.code for person in people}
    lines, [file] = exported(session)
    assert {line.person_id for line in lines} == {person.id for person in people}
    assert len(lines) == len(people)
    assert {line.account_id for line in (*lines, file)} == {town.accounts["coordinator"].id}
    assert json.loads(file.detail) == {"how": "meeting", "of": "follow_up", "people": 3}


def test_of_a_part_of_the_queue_only_the_part_is_written_down(
    coordinator: TestClient, people: list[Person], session: Session, town: Town
) -> None:
    west = {"area": town.areas["west"].ref}
    listed = coordinator.get(PATH, params=west).json()["items"]
    rows = rows_in(coordinator.get(FILE, params=REASON | west))
    assert len(rows) == len(listed) < 3 + len(town.hosts)
    lines, [file] = exported(session)
    assert {line.person_id for line in lines} == {
        person.id for person in people if str(person.id) in {row["person_id"] for row in listed}
    }
    assert json.loads(file.detail)["people"] == len(lines) == 1


def test_a_file_without_anybody_is_written_down_too(
    coordinator: TestClient, session: Session
) -> None:
    assert rows_in(coordinator.get(FILE, params=REASON | {"for_coordinator": True})) == []
    lines, [file] = exported(session)
    assert lines == []
    assert json.loads(file.detail)["people"] == 0


@pytest.mark.parametrize(
    ("asked", "named"),
    [({}, "why"), ({"why": ""}, "why"), ({"why": "because"}, "why"), ({"why": "MEETING"}, "why")],
    ids=str,
)
def test_without_a_reason_of_the_table_nothing_leaves(
    coordinator: TestClient, session: Session, asked: dict[str, str], named: str
) -> None:
    refused = coordinator.get(FILE, params=asked)
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert named in refused.text
    assert exported(session) == ([], [])


def test_an_old_proof_is_not_enough_and_leaves_no_line_of_a_file_that_never_was(
    coordinator: TestClient, turnable_clock: TurnableClock, people: list[Person], session: Session
) -> None:
    turnable_clock.turn(minutes=6)
    refused = coordinator.get(FILE, params=REASON)
    assert (refused.status_code, refused.json()["step_up"]) == (403, True)
    assert not any(person.code in refused.text for person in people)
    assert exported(session) == ([], [])
    prove(coordinator)
    assert len(rows_in(coordinator.get(FILE, params=REASON))) >= len(people)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_no_other_role_takes_people_away_in_a_file(
    client_of: Clients, people: list[Person], session: Session, role: Role
) -> None:
    caller = client_of(role)
    prove(caller)
    refused = caller.get(FILE, params=REASON)
    assert (refused.status_code, refused.json()["title"]) == (403, "NotYours")
    assert exported(session) == ([], [])


def test_nobody_signed_in_gets_no_file(app: Any) -> None:
    assert TestClient(app).get(FILE, params=REASON).status_code == 401


def test_another_municipalitys_file_holds_nobody_of_ours(
    coordinator: TestClient, client_of: Clients, elsewhere: Town, people: list[Person]
) -> None:
    stranger = client_of(elsewhere.accounts["coordinator"].username)
    rows = rows_in(stranger.get(FILE, params=REASON))
    assert {row[2] for row in rows} <= {""}
    assert not any(person.code in str(rows) for person in people)


def test_who_has_not_consented_is_in_nobodys_file_but_is_not_lost_from_the_queue(
    coordinator: TestClient,
    client_of: Clients,
    session: Session,
    town: Town,
    turnable_clock: TurnableClock,
) -> None:
    silent = person_in(session, town, code="沈黙-1")
    session.flush()
    turnable_clock.turn(days=31)
    prove(coordinator)
    assert "沈黙-1" not in {row[2] for row in rows_in(coordinator.get(FILE, params=REASON))}
    own = client_of("csw").get(PATH, params={"limit": 200}).json()["items"]
    assert str(silent.id) in {row["person_id"] for row in own}


def test_a_file_holds_no_word_that_anybody_wrote_about_a_person(coordinator: TestClient) -> None:
    answer = coordinator.get(FILE, params=REASON)
    assert SECRET.encode() not in answer.content
    assert "庭の手入れ".encode() not in answer.content
    assert answer.headers["content-disposition"] == 'attachment; filename="follow-ups.csv"'
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("most", "event"), [(3, Happening.EXPORT), (2, Happening.EXPORT_OF_MANY)])
def test_the_alarm_begins_where_a_file_holds_more_people_than_the_bound(
    coordinator: TestClient,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    event: Happening,
) -> None:
    monkeypatch.setattr(exporting, "MANY", most)
    assert len(rows_in(coordinator.get(FILE, params=REASON))) == 3
    _, [file] = exported(session)
    assert file.resource == event


def test_were_the_file_not_told_to_the_audit_these_tests_would_see_it(
    coordinator: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a route that forgets to say whom it gives away."""
    monkeypatch.setattr(export_routes, "record_export", lambda *_, **__: None)
    assert rows_in(coordinator.get(FILE, params=REASON))
    assert exported(session) == ([], [])


@pytest.mark.parametrize("why", Why)
def test_each_reason_of_the_table_is_kept_as_it_was_given(
    coordinator: TestClient, session: Session, why: Why
) -> None:
    assert coordinator.get(FILE, params={"why": why.value}).status_code == 200
    _, [file] = exported(session)
    assert json.loads(file.detail)["how"] == why.value
