"""People over HTTP: registering, looking, amending, and who sees whom."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.audit.tables import Act
from tests.factories import Town
from tests.service.audit.lines import looks

PEOPLE = "/api/v1/people"
ClientOf = Callable[[str], TestClient]

WISHES: dict[str, Any] = {
    "own_words": "にぎやかでない庭がいい",
    "strengths": ["料理"],
    "limits": [{"kind": "minutes_at_most", "value": 30}, {"kind": "no_hazard", "value": ["bees"]}],
    "preferences": ["午前"],
    "load_ceiling": {"physical": 2, "social": 1, "hard": ["social"]},
    "windows": [{"days": ["TU", "TH"], "from": "9:30", "to": "12:00"}],
    "travel": {"modes": ["walk", "bus"], "max_minutes": 20},
    "accompaniment": "first_time",
}


def new(**fields: Any) -> dict[str, Any]:
    return {"area": "east", "age_band": "40代", "stage": "at_home"} | fields


def acts(session: Session) -> list[tuple[str, str]]:
    return [(row.act.value, row.resource) for row in looks(session)]


def test_what_is_said_of_wishes_becomes_the_first_assessment(client: TestClient) -> None:
    created = client.post(PEOPLE, json=new(code="もみじ01", **WISHES))
    assert created.status_code == 201
    person = created.json()
    assert person["code"] == "もみじ01"
    assert person["area"] == "east"
    assessment = person["assessment"]
    assert assessment["version"] == 1
    assert assessment["own_words"] == WISHES["own_words"]
    assert assessment["windows"][0]["from"] == "09:30"
    assert [limit["kind"] for limit in assessment["limits"]] == ["minutes_at_most", "no_hazard"]
    assert client.get(f"{PEOPLE}/{person['id']}").json() == person


def test_somebody_nobody_has_heard_has_no_assessment(client: TestClient) -> None:
    person = client.post(PEOPLE, json=new()).json()
    assert person["assessment"] is None
    latest = client.get(f"{PEOPLE}/{person['id']}/assessments/latest")
    assert latest.status_code == 404


def test_codes_that_are_drawn_are_each_drawn_once(client: TestClient) -> None:
    codes = {client.post(PEOPLE, json=new()).json()["code"] for _ in range(8)}
    assert len(codes) == 8


def test_a_code_that_somebody_has_is_refused_and_nothing_is_kept(client: TestClient) -> None:
    client.post(PEOPLE, json=new(code="もみじ01"))
    answer = client.post(PEOPLE, json=new(code="もみじ01"))
    assert answer.status_code == 409
    assert len(client.get(PEOPLE).json()["items"]) == 1


def test_an_unknown_area_is_refused(client: TestClient) -> None:
    assert client.post(PEOPLE, json=new(area="north")).status_code == 404


def test_lists_are_read_page_by_page(client: TestClient) -> None:
    created = {client.post(PEOPLE, json=new()).json()["id"] for _ in range(5)}
    seen: list[str] = []
    after = None
    while True:
        params: dict[str, Any] = {"limit": 2} | ({"after": after} if after else {})
        page = client.get(PEOPLE, params=params).json()
        seen += [person["id"] for person in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sorted(created)


def test_a_list_can_be_of_one_area(client: TestClient) -> None:
    client.post(PEOPLE, json=new())
    west = client.post(PEOPLE, json=new(area="west")).json()
    found = client.get(PEOPLE, params={"area": "west"}).json()["items"]
    assert [person["id"] for person in found] == [west["id"]]


def test_an_edit_with_the_seen_version_goes_through_and_moves_it(client: TestClient) -> None:
    created = client.post(PEOPLE, json=new())
    tag = created.headers["etag"]
    path = f"{PEOPLE}/{created.json()['id']}"
    changed = client.patch(path, json={"note": "電話は午前"}, headers={"if-match": tag})
    assert changed.status_code == 200
    assert changed.json()["note"] == "電話は午前"
    assert changed.json()["age_band"] == "40代"
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize("tag", ['"1"', "nonsense", 'W/"1"'])
def test_the_second_editor_of_one_version_is_refused(client: TestClient, tag: str) -> None:
    path = f"{PEOPLE}/{client.post(PEOPLE, json=new()).json()['id']}"
    client.patch(path, json={"note": "先に直した"}, headers={"if-match": '"1"'})
    answer = client.patch(path, json={"note": "後から"}, headers={"if-match": tag})
    assert answer.status_code == 409
    assert answer.json()["version"] == 2
    assert client.get(path).json()["note"] == "先に直した"


def test_a_code_can_be_changed_but_not_to_one_that_is_taken(client: TestClient) -> None:
    client.post(PEOPLE, json=new(code="もみじ01"))
    path = f"{PEOPLE}/{client.post(PEOPLE, json=new(code='もみじ02')).json()['id']}"
    assert client.patch(path, json={"code": "もみじ01"}).status_code == 409
    assert client.patch(path, json={"code": "もみじ03"}).json()["code"] == "もみじ03"


def test_proposals_can_be_paused_and_taken_up_again(client: TestClient) -> None:
    path = f"{PEOPLE}/{client.post(PEOPLE, json=new()).json()['id']}"
    assert client.patch(path, json={"proposals_paused": "休みたい"}).status_code == 200
    assert client.patch(path, json={"proposals_paused": None}).json()["proposals_paused"] is None


@pytest.mark.parametrize("field", ["code", "area", "stage"])
def test_what_has_to_be_there_cannot_be_emptied(client: TestClient, field: str) -> None:
    path = f"{PEOPLE}/{client.post(PEOPLE, json=new()).json()['id']}"
    assert client.patch(path, json={field: None}).status_code == 422


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (new(nickname="needle"), "body.nickname"),
        (new(limits=[{"kind": "minutes_at_most", "value": "needle"}]), "body.limits[0].value"),
        (new(windows=[{"days": ["MO"], "from": "13:00", "to": "12:00"}]), "body.windows[0]"),
        (new(stage="needle"), "body.stage"),
        (new(own_words=["needle"]), "body.own_words"),
        ({"age_band": "needle"}, "body.area"),
    ],
)
def test_a_malformed_person_is_told_where_and_never_what_was_written(
    client: TestClient, body: dict[str, Any], where: str
) -> None:
    answer = client.post(PEOPLE, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["where"] for fault in answer.json()["errors"]] == [where]
    assert "needle" not in answer.text


def test_a_consent_lets_the_own_area_and_the_coordinator_see_and_no_other_area(
    client_of: ClientOf,
) -> None:
    east, west = client_of("csw"), client_of("csw_west")
    coordinator = client_of("coordinator")
    person = west.post(PEOPLE, json=new(area="west")).json()
    path = f"{PEOPLE}/{person['id']}"
    assert [each.get(path).status_code for each in (west, coordinator, east)] == [200, 404, 404]
    west.post(f"{path}/consents", json={"shared_with": "team"})
    assert [each.get(path).status_code for each in (west, coordinator, east)] == [200, 200, 404]
    assert east.get(PEOPLE).json()["items"] == []


def test_people_of_ones_own_stay_visible_in_another_area(client: TestClient) -> None:
    person = client.post(PEOPLE, json=new(area="west")).json()
    assert client.get(f"{PEOPLE}/{person['id']}").status_code == 200


def test_absent_and_hidden_people_give_the_same_answer(
    client_of: ClientOf, elsewhere: Town
) -> None:
    client = client_of("csw")
    absent = client.get(f"{PEOPLE}/{uuid4()}")
    other_area = client_of("csw_west").post(PEOPLE, json=new(area="west")).json()["id"]
    other_town = client_of("csw_elsewhere").post(PEOPLE, json=new()).json()["id"]
    for hidden in (other_area, other_town):
        answer = client.get(f"{PEOPLE}/{hidden}")
        assert answer.status_code == 404
        assert answer.json() == absent.json()
        assert client.patch(f"{PEOPLE}/{hidden}", json={"note": ""}).status_code == 404


@pytest.mark.parametrize("role", ["officer", "admin", "auditor"])
def test_roles_without_casework_reach_nobody(client_of: ClientOf, role: str) -> None:
    person = client_of("csw").post(PEOPLE, json=new()).json()
    other = client_of(role)
    assert other.get(PEOPLE).status_code == 403
    assert other.get(f"{PEOPLE}/{person['id']}").status_code == 403
    assert other.post(PEOPLE, json=new()).status_code == 403


def test_every_look_and_every_change_is_written_down(client: TestClient, session: Session) -> None:
    path = f"{PEOPLE}/{client.post(PEOPLE, json=new()).json()['id']}"
    client.get(path)
    client.get(PEOPLE)
    client.patch(path, json={"note": "x"})
    client.get(f"{path}/assessments")
    assert sorted(acts(session)) == sorted(
        [
            (Act.WRITE, "person"),
            (Act.READ, "person"),
            (Act.LIST, "person"),
            (Act.WRITE, "person"),
            (Act.READ, "assessment"),
        ]
    )


def test_a_look_that_is_refused_leaves_no_row(client: TestClient, session: Session) -> None:
    client.get(f"{PEOPLE}/{uuid4()}")
    assert acts(session) == []
