"""Where nothing is proposed: what bound, and small questions; over HTTP, kept, and on the page."""

from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlmodel import Session

from tests.factories import Town, person_in

PATH = "/api/v1/suggestions"
# Indoors where there is none, and on a day when nothing is on.
MONDAYS: dict[str, Any] = {
    "own_words": "庭の手入れなら好き",
    "windows": [{"days": ["MO"], "from": "09:00", "to": "12:00"}],
    "travel": {"modes": ["walk"], "max_minutes": 20},
    "limits": [{"kind": "group_at_most", "value": 4}, {"kind": "no_label", "value": ["course"]}],
    "age": 44,
}
MORNING = "火曜の午前"


def nothing_for(session: Session, town: Town) -> UUID:
    return person_in(session, town, picture=MONDAYS).id


def test_where_nothing_is_proposed_small_steps_and_what_bound_are_said(
    client: TestClient, session: Session, town: Town
) -> None:
    answer = client.post(PATH, json={"person_id": str(nothing_for(session, town))}).json()
    assert not answer["fits"] + answer["adaptable"] + answer["ask_host"]
    [step] = [each for each in answer["steps"] if each["code"] == "windows"]
    assert MORNING in step["text"]
    assert step["opens"] == len(step["activities"]) == 2
    assert {each["code"] for each in answer["bound"]} >= {"windows"}
    assert all(each["text"] for each in answer["bound"])


def test_they_are_kept_with_the_round(client: TestClient, session: Session, town: Town) -> None:
    answer = client.post(PATH, json={"person_id": str(nothing_for(session, town))}).json()
    assert client.get(f"{PATH}/{answer['id']}").json() == answer


def test_somebody_described_is_told_them_too(client: TestClient, town: Town) -> None:
    profile = MONDAYS | {"lat": 35.001, "lon": 135.001, "stage": "at_home"}
    answer = client.post(PATH, json={"profile": profile}).json()
    assert "windows" in [each["code"] for each in answer["steps"]]


def test_beside_a_proposal_or_a_hold_there_are_none(
    client: TestClient, session: Session, town: Town
) -> None:
    paused = person_in(session, town, picture=MONDAYS, proposals_paused="休みたい")
    for who in (person_in(session, town), paused):
        answer = client.post(PATH, json={"person_id": str(who.id)}).json()
        assert not answer.get("steps")
        assert not answer.get("bound")


def test_the_page_asks_them_as_questions(client: TestClient, session: Session, town: Town) -> None:
    page = client.get(f"/people/{nothing_for(session, town)}/candidates").text
    assert MORNING in page
    assert "少し変わると開くもの" in page
    assert "遠ざけている条件" in page
    fine = person_in(session, town)
    assert "少し変わると開くもの" not in client.get(f"/people/{fine.id}/candidates").text
