"""The step that may be proposed, seen over HTTP and on the page of a placement."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from service.clock import local_day
from tests.factories import MORNING, Town, TurnableClock, person_in
from tests.service.browsing import OWN, led_to, look, send
from tests.service.placements.walks import moved

ClientOf = Callable[[str], TestClient]
API = "/api/v1"
DAY = local_day(MORNING)


@pytest.fixture
def going(
    client_of: ClientOf, session: Session, town: Town, turnable_clock: TurnableClock
) -> tuple[TestClient, str]:
    """Four weeks of Tuesdays at twenty minutes each, all of them well."""
    client, person = client_of("csw"), person_in(session, town)
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    placement = client.post(f"{API}/placements", json=body).json()
    moved(client, placement, "want")
    moved(client, placement, "agree", minutes=20, dose="月に1回")
    moved(client, placement, "begin")
    for week in range(4):
        visit(client, placement["id"], week * 7)
    turnable_clock.turn(days=22)
    return client_of("csw"), placement["id"]


def visit(client: TestClient, placement_id: str, days: int, **more: Any) -> None:
    on = (DAY + timedelta(days=days)).isoformat()
    clock: Any = client.app.state.clock  # type: ignore[attr-defined] - a FastAPI app
    kept, clock.at = clock.at, MORNING + timedelta(days=days)
    body = {"placement_id": placement_id, "occurred_on": on, "outcome": "came"} | more
    answer = client.post(f"{API}/visits", json=body)
    clock.at = kept
    assert answer.status_code == 201, answer.text


def step(client: TestClient, placement_id: str) -> dict[str, Any]:
    answer = client.get(f"{API}/placements/{placement_id}/step")
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def test_a_step_is_proposed_in_words_with_its_values_and_nothing_is_applied(
    going: tuple[TestClient, str],
) -> None:
    client, id_ = going
    said = step(client, id_)
    assert (said["dimension"], said["now"], said["then"], said["minutes"]) == (
        "duration", "20分", "30分", 30,
    )  # fmt: skip
    assert said["words"] == "1回の長さを 20分 から 30分 に"
    assert said["back_minutes"] == 15
    assert client.get(f"{API}/placements/{id_}").json()["minutes"] == 20


def test_a_new_level_begins_anew_and_a_rest_in_between_is_held_against_nobody(
    going: tuple[TestClient, str],
) -> None:
    client, id_ = going
    visit(client, id_, 22, outcome="rested", with_notice=False)
    assert step(client, id_)["dimension"] == "duration"
    moved(client, {"id": id_}, "step_up", minutes=30)
    assert step(client, id_)["not_now"] == "not_yet"


def test_a_concern_stops_it_and_the_page_says_so(going: tuple[TestClient, str]) -> None:
    client, id_ = going
    body = {"placement_id": id_, "side": "host", "words": "道具が足りない"}
    assert client.post(f"{API}/concerns", json=body).status_code == 201
    assert step(client, id_)["not_now"] == "concern"
    client.headers.update(OWN)
    assert "困りごとがあるので" in look(client, f"/placements/{id_}")


def test_the_page_proposes_and_one_press_goes_back(going: tuple[TestClient, str]) -> None:
    client, id_ = going
    client.headers.update(OWN)
    page = look(client, f"/placements/{id_}")
    assert "少し増やしてもよさそうです: 1回の長さを 20分 から 30分 に" in page
    assert "一歩もどす(20分から 15分へ)" in page
    before = client.get(f"{API}/placements/{id_}").json()
    done = send(client, f"/placements/{id_}/moves", {"move": "step_back", "minutes": "15"})
    assert led_to(done) == f"/placements/{id_}?saved=true"
    after = client.get(f"{API}/placements/{id_}").json()
    assert (after["minutes"], after["status"], after["hold"]) == (15, before["status"], "firm")
    assert after["places"]["taken"] == before["places"]["taken"]


def test_after_a_step_back_the_person_is_asked_within_seven_days(
    going: tuple[TestClient, str], turnable_clock: TurnableClock
) -> None:
    client, id_ = going
    moved(client, {"id": id_}, "step_back")
    items = client.get(f"{API}/follow-ups").json()["items"]
    (row,) = [each for each in items if each["occasion"] == "stepped_back"]
    stepped_on = local_day(turnable_clock.at)
    assert row["side"] == "person"
    assert row["late"] <= (stepped_on + timedelta(days=9)).isoformat()  # a holiday gives way
    assert row["due"] >= stepped_on.isoformat()


def test_who_may_not_see_the_person_is_told_of_no_step(
    going: tuple[TestClient, str], client_of: ClientOf
) -> None:
    path = f"{API}/placements/{going[1]}/step"
    assert client_of("coordinator").get(path).status_code == 404
