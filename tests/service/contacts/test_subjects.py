"""Whom a contact or concern is about, who may see it, and what is written down of the look."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from service.audit.tables import Act
from service.contacts.tables import Concern, Contact
from service.persons.tables import Person
from tests.factories import TEAM, Town, person_in
from tests.service.audit.lines import lines

API = "/api/v1"
CALL = {"occurred_on": "2026-11-20", "channel": "call", "direction": "sent", "result": "talked"}
WORRY = {"side": "host", "words": "声かけに迷う"}
# Both kinds speak of the same subjects, and hold to the same rules.
BODIES: dict[str, dict[str, str]] = {"contacts": CALL, "concerns": WORRY}
ROWS: dict[str, type[Contact | Concern]] = {"contacts": Contact, "concerns": Concern}
Kinds = pytest.mark.parametrize("kind", BODIES)


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    """A worker of the eastern area of the small town, and not of the village."""
    return client_of("csw")


@pytest.fixture
def eastern(session: Session, town: Town) -> Person:
    return person_in(session, town)


@pytest.fixture
def western(session: Session, town: Town) -> Person:
    return person_in(session, town, area="west", by="csw_west", consent=TEAM)


def told(client: TestClient, kind: str, **subject: Any) -> dict[str, Any]:
    body = BODIES[kind] | {name: str(value) for name, value in subject.items()}
    answer = client.post(f"{API}/{kind}", json=body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


def listed(client: TestClient, kind: str, **asked: Any) -> list[str]:
    answer = client.get(f"{API}/{kind}", params={name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def looks(session: Session) -> list[tuple[UUID, Act, str]]:
    return [
        (line.person_id, line.act, line.resource)
        for line in lines(session)
        if line.person_id is not None
    ]


def placed(client: TestClient, town: Town, person: Person) -> str:
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    answer = client.post(f"{API}/placements", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@Kinds
def test_a_person_of_another_area_is_missing_and_nothing_is_kept(
    client: TestClient, session: Session, western: Person, kind: str
) -> None:
    answer = client.post(f"{API}/{kind}", json=BODIES[kind] | {"person_id": str(western.id)})
    assert answer.status_code == 404
    assert session.exec(select(ROWS[kind])).all() == []


@Kinds
def test_what_a_colleague_wrote_about_their_person_stays_with_them(
    client_of: Callable[[str], TestClient], western: Person, kind: str
) -> None:
    theirs, ours = client_of("csw_west"), client_of("csw")
    row = told(theirs, kind, person_id=western.id)
    assert ours.get(f"{API}/{kind}/{row['id']}").status_code == 404
    assert listed(ours, kind) == listed(ours, kind, person_id=western.id) == []
    assert listed(theirs, kind) == listed(client_of("coordinator"), kind) == [row["id"]]


@Kinds
def test_a_host_alone_is_known_to_every_area_of_the_municipality(
    client_of: Callable[[str], TestClient], town: Town, kind: str
) -> None:
    row = told(client_of("csw_west"), kind, host_id=town.hosts["temple"].id)
    assert listed(client_of("csw"), kind, host_id=town.hosts["temple"].id) == [row["id"]]
    assert listed(client_of("csw"), kind, host_id=town.hosts["cafe"].id) == []


@Kinds
def test_a_hosts_row_about_a_hidden_placement_is_hidden_like_its_person(
    client_of: Callable[[str], TestClient], town: Town, western: Person, kind: str
) -> None:
    theirs = client_of("csw_west")
    placement, host = placed(theirs, town, western), town.hosts["temple"].id
    row = told(theirs, kind, placement_id=placement, host_id=host)
    assert row["person_id"] is None
    assert listed(client_of("csw"), kind, host_id=host) == []
    assert client_of("csw").get(f"{API}/{kind}/{row['id']}").status_code == 404
    assert listed(theirs, kind, host_id=host) == [row["id"]]


@Kinds
def test_a_person_and_a_host_may_be_named_without_a_placement(
    client: TestClient, town: Town, eastern: Person, kind: str
) -> None:
    row = told(client, kind, person_id=eastern.id, host_id=town.hosts["cafe"].id)
    assert (row["person_id"], row["host_id"], row["placement_id"]) == (
        str(eastern.id),
        str(town.hosts["cafe"].id),
        None,
    )


@Kinds
def test_both_sides_of_a_placement_may_be_named_but_no_third(
    client: TestClient, town: Town, eastern: Person, kind: str
) -> None:
    placement = placed(client, town, eastern)
    both = {"placement_id": placement, "person_id": str(eastern.id)}
    row = told(client, kind, **both, host_id=town.hosts["temple"].id)
    assert (row["person_id"], row["host_id"]) == (str(eastern.id), str(town.hosts["temple"].id))
    mixed = BODIES[kind] | both | {"host_id": str(town.hosts["cafe"].id)}
    answer = client.post(f"{API}/{kind}", json=mixed)
    assert (answer.status_code, answer.json()["title"]) == (409, "NotOfThisPlacement")


@Kinds
def test_a_neighbours_host_is_missing_however_well_known_its_id(
    client: TestClient, session: Session, elsewhere: Town, kind: str
) -> None:
    body = BODIES[kind] | {"host_id": str(elsewhere.hosts["temple"].id)}
    answer = client.post(f"{API}/{kind}", json=body)
    assert (answer.status_code, answer.json()["title"]) == (404, "NoSuchHost")
    assert session.exec(select(ROWS[kind])).all() == []


@Kinds
def test_writing_is_one_look_and_reading_another(
    client: TestClient, session: Session, eastern: Person, kind: str
) -> None:
    before = len(looks(session))
    row = told(client, kind, person_id=eastern.id)
    client.get(f"{API}/{kind}/{row['id']}")
    listed(client, kind)
    resource = kind.removesuffix("s")
    assert looks(session)[before:] == [
        (eastern.id, Act.WRITE, resource),
        (eastern.id, Act.READ, resource),
        (eastern.id, Act.LIST, resource),
    ]


@Kinds
def test_a_list_of_many_rows_about_one_person_is_one_look(
    client: TestClient, session: Session, eastern: Person, kind: str
) -> None:
    for _ in range(3):
        told(client, kind, person_id=eastern.id)
    before = len(looks(session))
    assert len(listed(client, kind)) == 3
    assert looks(session)[before:] == [(eastern.id, Act.LIST, kind.removesuffix("s"))]


@Kinds
def test_a_refused_row_leaves_no_trace_of_a_look(
    client: TestClient, session: Session, town: Town, eastern: Person, kind: str
) -> None:
    before = len(looks(session))
    nowhere = {"person_id": str(eastern.id), "host_id": str(UUID(int=0))}
    assert client.post(f"{API}/{kind}", json=BODIES[kind] | nowhere).status_code == 404
    assert len(looks(session)) == before


@Kinds
def test_pages_are_turned_to_the_end_without_a_gap_or_a_repetition(
    client: TestClient, eastern: Person, kind: str
) -> None:
    kept = {told(client, kind, person_id=eastern.id)["id"] for _ in range(5)}
    seen: list[str] = []
    after: dict[str, str] = {}
    for _ in range(4):
        page = client.get(f"{API}/{kind}", params={"limit": 2, **after}).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert page["next"] is None
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == kept


@Kinds
@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"after": "x"}, {"host_id": "?"}])
def test_a_list_is_asked_for_within_its_bounds(
    client: TestClient, kind: str, asked: dict[str, Any]
) -> None:
    assert client.get(f"{API}/{kind}", params=asked).status_code == 422


@Kinds
def test_the_row_says_who_wrote_it_and_when(
    client: TestClient, session: Session, town: Town, eastern: Person, kind: str
) -> None:
    told(client, kind, person_id=eastern.id)
    (row,) = session.exec(select(ROWS[kind]).where(col(ROWS[kind].person_id) == eastern.id))
    assert row.recorded_by == town.accounts["csw"].id
    assert row.recorded_at.isoformat() == "2026-11-20T00:00:00+00:00"
    assert row.municipality_id == town.municipality.id
