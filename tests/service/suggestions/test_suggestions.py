"""Suggestions over HTTP: asked for, kept with what they rested on, and never from an old index."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from catalogue.profiles import Stage
from matching import WEIGHTS
from service.audit.tables import AccessRecord, Act
from service.suggestions.schemas import SuggestionsOut
from service.suggestions.tables import Round, Suggestion, Tier
from tests.factories import MORNING, Town, person_in

PATH = "/api/v1/suggestions"
TODAY = MORNING.date()
WISHES: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "load_ceiling": {"physical": 2, "social": 1, "cognitive": 2, "sensory": 2, "pressure": 1},
    "windows": [{"days": ["TU", "SU"], "from": "09:00", "to": "12:00"}],
    "travel": {"modes": ["walk"], "max_minutes": 20},
    "age": 44,
}


def proposed(answer: dict[str, Any]) -> list[str]:
    return [each["activity"] for tier in Tier for each in answer[tier.value]]


def test_what_suits_somebody_is_proposed_with_reasons_and_a_beginning(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)
    answer = client.post(PATH, json={"person_id": str(person.id)})
    assert answer.status_code == 201
    body = answer.json()
    assert body["as_of"] == "2026-11-20"
    assert body["held"] is None
    leaves = str(town.activities["leaves"].id)
    [found] = [each for tier in Tier for each in body[tier.value] if each["activity"] == leaves]
    assert found["reasons"]
    assert all(reason["text"] for reason in found["reasons"] + found["to_check"])
    assert found["start"]["first_occurrences"][0] == "2026-11-24T10:00:00+09:00"
    assert found["start"]["mode"] == "walk"


@pytest.mark.parametrize("excluded", ["nearest", "all"])
def test_every_answer_has_the_shape_that_is_documented(
    client: TestClient, session: Session, town: Town, excluded: str
) -> None:
    limits = [{"kind": "group_at_most", "value": 4}]
    person = person_in(session, town, picture=WISHES | {"limits": limits})
    kept = client.post(PATH, json={"person_id": str(person.id), "excluded": excluded})
    described = client.post(PATH, json={"profile": {"own_words": "庭"}, "excluded": excluded})
    shown = client.get(f"{PATH}/{kept.json()['id']}")
    assert [kept.status_code, described.status_code, shown.status_code] == [201, 200, 200]
    for answer in (kept, described, shown):
        assert answer.headers["content-type"] == "application/json"
        promised = SuggestionsOut.model_validate(answer.json())
        assert promised.model_dump(mode="json", exclude_unset=True) == answer.json()


def test_who_gets_nothing_hears_what_bound_and_it_stays_with_the_round(
    client: TestClient, session: Session, town: Town
) -> None:
    for activity in town.activities.values():
        if activity is not town.activities["last_place"]:
            client.patch(f"/api/v1/activities/{activity.id}", json={"open": False})
    slot = town.slots["last_place"][0]
    client.patch(f"/api/v1/slots/{slot.id}", json={"capacity": 0})
    person = person_in(session, town, picture=WISHES)
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    assert proposed(answer) == []
    assert answer["excluded_total"] == len(answer["excluded"]) == 1
    assert [each["activities"] for each in answer["bound"]] == [1] * len(answer["bound"])
    assert answer["bound"]
    assert client.get(f"{PATH}/{answer['id']}").json() == answer


def test_what_is_closed_is_never_proposed(client: TestClient, session: Session, town: Town) -> None:
    person = person_in(session, town, picture=WISHES)
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    closed = str(town.activities["closed"].id)
    assert closed not in proposed(answer)
    assert closed not in {each["activity"] for each in answer["excluded"]}


def test_what_is_excluded_says_why(client: TestClient, session: Session, town: Town) -> None:
    limits = [{"kind": "no_outdoors"}, {"kind": "group_at_most", "value": 4}]
    person = person_in(session, town, picture=WISHES | {"limits": limits})
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    reasons = {each["activity"]: each["reasons"] for each in answer["excluded"]}
    leaves = str(town.activities["leaves"].id)
    assert leaves not in proposed(answer)
    assert "no_outdoors" in {reason["code"] for reason in reasons[leaves]}


def test_a_round_is_shown_again_as_it_was_whatever_changed_since(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    leaves = town.activities["leaves"].id
    client.patch(f"/api/v1/activities/{leaves}", json={"open": False, "title": "別のこと"})
    assert client.get(f"{PATH}/{answer['id']}").json() == answer


def test_a_round_is_kept_with_the_facts_it_rested_on(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    made = session.exec(select(Round).where(Round.id == UUID(answer["id"]))).one()
    assert made.assessment_id is not None
    assert made.weights_version == WEIGHTS.version
    assert made.catalogue_revision == answer["catalogue_revision"]
    assert made.facts["stage"] == Stage.AT_HOME
    assert made.facts["ages"] == [44, 44]
    kept = session.exec(
        select(Suggestion).where(Suggestion.round_id == made.id).order_by(col(Suggestion.position))
    ).all()
    assert [str(each.activity_id) for each in kept] == answer["order"]
    assert sorted(answer["order"]) == sorted(proposed(answer))
    by_activity = {each.activity_id: each for each in kept}
    leaves = town.activities["leaves"]
    assert by_activity[leaves.id].facts["terms"] == leaves.terms
    assert by_activity[leaves.id].facts["title"] == leaves.title


@pytest.mark.parametrize(
    ("known", "picture"),
    [
        ({"proposals_paused": "いまは休みたい"}, WISHES),
        ({"stage": Stage.NOT_MET}, WISHES),
    ],
)
def test_people_who_are_held_get_a_reason_and_no_list(
    client: TestClient, session: Session, town: Town, known: dict[str, Any], picture: dict[str, Any]
) -> None:
    person = person_in(session, town, picture=picture, **known)
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    assert answer["held"]
    assert proposed(answer) == []
    assert answer["excluded"] == []
    assert client.get(f"{PATH}/{answer['id']}").json() == answer


def test_somebody_nobody_has_asked_gets_no_list(client: TestClient) -> None:
    body = {"area": "east", "stage": "at_home"}
    person = client.post("/api/v1/people", json=body).json()
    answer = client.post(PATH, json={"person_id": person["id"]}).json()
    assert answer["held"]
    assert proposed(answer) == []


def test_the_limit_bounds_the_whole_answer(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture={"own_words": "庭"})
    answer = client.post(PATH, json={"person_id": str(person.id), "limit": 1}).json()
    assert len(proposed(answer)) == 1


def test_another_day_can_be_asked_for(client: TestClient, session: Session, town: Town) -> None:
    person = person_in(session, town, picture=WISHES)
    body = {"person_id": str(person.id), "as_of": "2027-01-15"}
    answer = client.post(PATH, json=body).json()
    days = [
        date.fromisoformat(start[:10])
        for tier in Tier
        for each in answer[tier.value]
        for start in each["start"]["first_occurrences"]
    ]
    assert days
    assert min(days) >= date(2027, 1, 15)


def test_the_same_question_gives_the_same_answer(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)

    def asked() -> dict[str, Any]:
        answer: dict[str, Any] = client.post(PATH, json={"person_id": str(person.id)}).json()
        for each in (each for tier in Tier for each in answer[tier.value]):
            each.pop("suggestion_id")
        answer.pop("id")
        return answer

    assert asked() == asked()


def test_somebody_who_is_only_described_is_matched_and_not_kept(
    client: TestClient, session: Session, town: Town
) -> None:
    profile = {
        "id": "p01",
        "code": "すずめ",
        "age_band": "40代",
        "area": "east",
        "lat": 35.001,
        "lon": 135.001,
        "stage": "at_home",
        "consent": {"shared_with": "team"},
        "note": "",
    } | {name: value for name, value in WISHES.items() if name != "age"}
    answer = client.post(PATH, json={"profile": profile})
    assert answer.status_code == 200
    assert str(town.activities["leaves"].id) in proposed(answer.json())
    assert "id" not in answer.json()
    assert session.exec(select(Round)).all() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"person_id": str(uuid4()), "profile": {"own_words": "庭"}},
        {"person_id": "needle"},
        {"profile": {"own_words": 4, "surname": "needle"}},
        {"person_id": str(uuid4()), "limit": 0},
        {"person_id": str(uuid4()), "as_of": "9999-12-31"},
    ],
)
def test_a_malformed_question_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    assert "needle" not in answer.text


def test_people_out_of_sight_are_not_matched_and_their_rounds_not_shown(
    client_of: Callable[[str], TestClient], session: Session, town: Town
) -> None:
    person = person_in(session, town, area="west", by="csw_west", picture=WISHES)
    made = client_of("csw_west").post(PATH, json={"person_id": str(person.id)}).json()
    east = client_of("csw")
    assert east.post(PATH, json={"person_id": str(person.id)}).status_code == 404
    assert east.get(f"{PATH}/{made['id']}").status_code == 404
    assert client_of("officer").post(PATH, json={"profile": {}}).status_code == 403


def test_matching_somebody_and_looking_again_are_written_down(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)
    made = client.post(PATH, json={"person_id": str(person.id)}).json()
    client.get(f"{PATH}/{made['id']}")
    rows = session.exec(select(AccessRecord).where(AccessRecord.resource == "suggestion")).all()
    assert {row.act for row in rows} == {Act.MATCH, Act.READ}
    assert {row.person_id for row in rows} == {person.id}


def test_what_was_tried_a_short_while_ago_is_not_proposed_again(
    client: TestClient, session: Session, town: Town
) -> None:
    person = person_in(session, town, picture=WISHES)
    leaves = str(town.activities["leaves"].id)
    body = {"person_id": str(person.id), "activity_id": leaves}
    placement = client.post("/api/v1/placements", json=body).json()
    move = {"move": "pass", "side": "person", "note": "いまはいい"}
    moved = client.post(f"/api/v1/placements/{placement['id']}/moves", json=move)
    assert moved.status_code == 200, moved.text
    answer = client.post(PATH, json={"person_id": str(person.id)}).json()
    assert leaves not in proposed(answer)
