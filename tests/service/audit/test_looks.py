"""Pages and lists are looks at people too: whoever is shown is written down, and nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.audit.tables import AccessRecord, Act
from service.persons.tables import Person
from tests.factories import MORNING, TEAM, Town, person_in
from tests.service.audit.lines import looks as rows
from tests.service.browsing import OWN, send

Clients = Callable[[str], TestClient]


@dataclass(frozen=True)
class Scene:
    """Somebody whom the caller may see, and somebody of another area."""

    shown: Person
    hidden: Person
    placement: str


@pytest.fixture
def scene(client: TestClient, session: Session, town: Town) -> Scene:
    shown = person_in(session, town, code="やま-01", consent=TEAM)
    western = {"area": "west", "by": "csw_west", "code": "うみ-02"}
    hidden = person_in(session, town, **western, consent=TEAM)
    body = {"person_id": str(shown.id), "activity_id": str(town.activities["leaves"].id)}
    answer = client.post("/api/v1/placements", json=body)
    assert answer.status_code == 201, answer.text
    return Scene(shown, hidden, answer.json()["id"])


def since(session: Session, before: list[AccessRecord]) -> list[AccessRecord]:
    known = {row.id for row in before}
    return [row for row in rows(session) if row.id not in known]


@pytest.mark.parametrize(
    "path",
    [
        "/people",
        "/people/{person}",
        "/people/{person}/candidates",
        "/people/{person}/assessments/new",
        "/people/{person}/contacts/new",
        "/people/{person}/consents/new",
        "/placements/{placement}",
        "/api/v1/people",
        "/api/v1/people/{person}",
        "/api/v1/people/{person}/assessments",
        "/api/v1/people/{person}/consents",
        "/api/v1/placements",
        "/api/v1/placements/{placement}",
    ],
)
def test_whoever_is_shown_is_written_down_with_the_caller_and_the_moment(
    client: TestClient, session: Session, town: Town, scene: Scene, path: str
) -> None:
    before = rows(session)
    place = path.format(person=scene.shown.id, placement=scene.placement)
    answer = client.get(place, headers=OWN if not path.startswith("/api") else {})
    assert answer.status_code == 200, answer.text
    assert "うみ-02" not in answer.text
    looks = since(session, before)
    assert {row.person_id for row in looks} == {scene.shown.id}
    assert {row.account_id for row in looks} == {town.accounts["csw"].id}
    assert {row.municipality_id for row in looks} == {town.municipality.id}
    assert {row.at for row in looks} == {MORNING}


@pytest.mark.parametrize(
    "path",
    [
        "/activities",
        "/accessibility",
        "/api/v1/me",
        "/api/v1/hosts",
        "/api/v1/activities",
        "/api/v1/areas",
        "/healthz",
        "/metrics",
    ],
)
def test_what_is_about_no_person_leaves_no_row(
    client: TestClient, session: Session, scene: Scene, path: str
) -> None:
    before = rows(session)
    assert client.get(path).status_code == 200
    assert since(session, before) == []


@pytest.mark.parametrize("user", ["officer", "admin", "auditor"])
@pytest.mark.parametrize("path", ["/people", "/people/{person}", "/placements/{placement}"])
def test_a_role_that_may_not_look_sees_nobody_and_is_not_written_down_as_having_seen(
    client_of: Clients, session: Session, scene: Scene, user: str, path: str
) -> None:
    before = rows(session)
    place = path.format(person=scene.shown.id, placement=scene.placement)
    answer = client_of(user).get(place, headers=OWN, follow_redirects=False)
    assert answer.status_code == 403
    assert "やま-01" not in answer.text
    assert since(session, before) == []


def test_a_question_for_candidates_is_a_match_and_not_merely_a_look(
    client: TestClient, session: Session, scene: Scene
) -> None:
    before = rows(session)
    client.post("/api/v1/suggestions", json={"person_id": str(scene.shown.id)})
    assert Act.MATCH in {row.act for row in since(session, before)}


def test_a_change_is_written_down_as_one(
    client: TestClient, session: Session, scene: Scene
) -> None:
    before = rows(session)
    fields = {"result": "talked", "channel": "call", "direction": "sent", "what": "庭の話"}
    assert send(client, f"/people/{scene.shown.id}/contacts/new", fields).status_code == 303
    looks = since(session, before)
    assert [(row.person_id, row.act, row.resource) for row in looks] == [
        (scene.shown.id, Act.WRITE, "contact")
    ]


def test_no_row_says_what_was_written(client: TestClient, session: Session, scene: Scene) -> None:
    fields = {"result": "talked", "channel": "call", "direction": "sent", "what": "庭の話"}
    send(client, f"/people/{scene.shown.id}/contacts/new", fields)
    assert rows(session)
    for row in rows(session):
        assert "庭" not in repr(row)
        assert row.resource.isascii()
        assert row.resource.replace("_", "").replace("-", "").isalpha()


def test_a_coordinators_look_across_areas_is_theirs_and_not_the_owners(
    client_of: Clients, session: Session, town: Town, scene: Scene
) -> None:
    before = rows(session)
    client_of("coordinator").get("/api/v1/people")
    looks = since(session, before)
    assert {row.person_id for row in looks} == {scene.shown.id, scene.hidden.id}
    assert {row.account_id for row in looks} == {town.accounts["coordinator"].id}
    assert {row.act for row in looks} == {Act.LIST}


def test_the_same_id_asked_for_by_a_neighbour_is_no_look(
    client_of: Clients, session: Session, elsewhere: Town, scene: Scene
) -> None:
    before = rows(session)
    neighbour = client_of("coordinator_elsewhere")
    for path in (f"/api/v1/people/{scene.shown.id}", f"/api/v1/placements/{scene.placement}"):
        assert neighbour.get(path).status_code == 404
    assert neighbour.get(f"/api/v1/people/{UUID(int=0)}").status_code == 404
    assert neighbour.get("/api/v1/people").json()["items"] == []
    assert since(session, before) == []
