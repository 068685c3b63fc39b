"""Two people and one place: who has it, who waits, and what neither learns of the other."""

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.factories import Town, TurnableClock
from tests.journeys.stories import Row, Worker
from tests.service.browsing import look, main_of, send


@pytest.fixture
def worker(client: TestClient, town: Town, turnable_clock: TurnableClock) -> Worker:
    worker = Worker(client, turnable_clock)
    for host in town.hosts.values():
        worker.patch(f"hosts/{host.id}", confirmed_on="2026-11-20")
    return worker


@pytest.fixture
def pair(worker: Worker, town: Town) -> tuple[Row, Row]:
    """Both want the last place at copying sutras; the first one has agreed."""
    people = [
        worker.post(
            "people",
            area="east",
            code=code,
            stage="short_role",
            own_words="字を書く",
            consent={"shared_with": "team"},
        )
        for code in ("つばき", "すみれ")
    ]
    first, second = (worker.propose(who, town.activities["last_place"].id) for who in people)
    for placement in (first, second):
        worker.move(placement, "want")
    return worker.move(first, "agree", first_on="2026-11-24", minutes=20), second


def test_the_second_is_refused_and_stays_where_they_are(
    worker: Worker, pair: tuple[Row, Row]
) -> None:
    first, second = pair
    refusal = worker.refused(second, "agree", first_on="2026-12-01")
    assert (refusal["title"], refusal["obstacles"]) == ("NoPlaceLeft", ["no_place"])
    left = worker.get(f"placements/{second['id']}")
    assert (left["status"], left["first_on"], left["version"]) == ("wanted", None, 2)
    assert [move["action"] for move in left["moves"]] == ["want"]
    assert left["places"] == {"capacity": 1, "taken": 1, "being_asked": 0}
    assert worker.get(f"placements/{first['id']}")["status"] == "agreed"


def test_neither_the_refusal_nor_the_page_names_who_has_the_place(
    worker: Worker, pair: tuple[Row, Row]
) -> None:
    first, second = pair
    refusal = json.dumps(worker.refused(second, "agree"))
    form = {"move": "agree", "first_on": "2026-12-01"}
    answer = send(worker.client, f"/placements/{second['id']}/moves", form)
    assert answer.status_code == 422
    page = main_of(answer)
    assert "空きがなくなりました" in page
    for other in (first["id"], first["person_id"], "つばき"):
        assert other not in refusal + page


def test_a_rest_keeps_the_place_and_only_a_rest_that_is_over_gives_it_on(
    worker: Worker, pair: tuple[Row, Row]
) -> None:
    first, second = pair
    worker.move(first, "rest", rest_until="2026-12-18", ask_again_on="2026-12-10")
    worker.on("2026-12-18").refused(second, "agree")
    taken = worker.on("2026-12-19").move(second, "agree", first_on="2026-12-22")
    assert (taken["hold"], taken["places"]["taken"]) == ("firm", 1)
    rested = worker.get(f"placements/{first['id']}")
    assert (rested["status"], rested["hold"]) == ("resting", "none")
    # whoever comes back finds no place, and is told so; the rest itself goes on
    assert worker.refused(first, "return")["obstacles"] == ["no_place"]
    worker.move(second, "end", reason="moved_on", side="person")
    back = worker.move(first, "return")
    assert (back["status"], back["hold"], back["places"]["taken"]) == ("continuing", "firm", 1)


def test_a_second_place_opens_the_door_and_taking_it_away_again_is_refused(
    worker: Worker, pair: tuple[Row, Row], town: Town
) -> None:
    _, second = pair
    slot = town.slots["last_place"][0].id
    worker.patch(f"slots/{slot}", capacity=2)
    assert worker.move(second, "agree")["places"] == {"capacity": 2, "taken": 2, "being_asked": 0}
    answer = worker.client.patch(f"/api/v1/slots/{slot}", json={"capacity": 1})
    assert answer.status_code == 409
    assert worker.get(f"placements/{second['id']}")["places"]["capacity"] == 2


def test_each_has_rows_of_their_own_and_one_call_to_the_host_is_one_call(
    worker: Worker, pair: tuple[Row, Row], client_of: Callable[[str], TestClient], town: Town
) -> None:
    first, second = pair
    worker.patch(f"slots/{town.slots['last_place'][0].id}", capacity=2)
    worker.move(second, "agree", first_on="2026-11-24")
    hosts = [row for row in worker.queue() if row["side"] == "host"]
    assert {row["placement_id"] for row in hosts} == {first["id"], second["id"]}
    claim = worker.client.post(f"/api/v1/follow-ups/{hosts[0]['id']}/claim")
    assert claim.status_code == 200
    colleague = client_of("coordinator")
    for row in hosts:
        answer = colleague.post(f"/api/v1/follow-ups/{row['id']}/claim")
        assert (answer.status_code, answer.json()["title"]) == (409, "HeldByAnother")
    worker.answer(hosts[0], what="二人とも待っているとのこと")
    left = [row for row in worker.queue() if row["side"] == "host"]
    assert [row["placement_id"] for row in left] == [hosts[1]["placement_id"]]
    assert left[0]["last_contact"] is None  # what was said about the one is not shown at the other


def test_the_end_of_one_is_no_word_on_the_page_of_the_other(
    worker: Worker, pair: tuple[Row, Row]
) -> None:
    first, second = pair
    worker.move(first, "end", reason="did_not_fit", side="host", note="声が大きいと言われた")
    worker.move(second, "agree", first_on="2026-12-01")
    for path in (f"/placements/{second['id']}", f"/people/{second['person_id']}"):
        page = look(worker.client, path)
        assert "声が大きい" not in page
        assert "つばき" not in page
