"""Companions and lifts as scarce things: offered, kept, given back, called off."""

from collections.abc import Callable
from typing import Any, Final

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlmodel import SQLModel

from catalogue.profiles import Accompaniment, LimitKind, TravelMode
from service.companions.rules import AidKind, needs_of
from service.database import transaction
from tests.factories import TEAM, Town, person_in
from tests.service.browsing import led_to, look, main_of, send

ClientOf = Callable[[str], TestClient]
API: Final = "/api/v1"
AIDS: Final = f"{API}/aids"
# The leaves are collected on Tuesdays; today is Friday, 20 November.
TUESDAY, NEXT, LATER = "2026-11-24", "2026-12-01", "2026-12-08"
NAME: Final = "ボランティアの藤木"
EVERY_OTHER: Final = {
    "dtstart": NEXT,
    "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "start": "09:00",
    "end": "12:00",
}
WITH_COMPANY: Final = {
    "own_words": "庭の手入れなら好き",
    "windows": [],
    "travel": {"modes": ["walk"]},
    "accompaniment": "always",
}


def made(answer: Response) -> dict[str, Any]:
    assert answer.status_code in {200, 201}, answer.text
    body: dict[str, Any] = answer.json()
    return body


def aid(client: TestClient, **changes: Any) -> str:
    body = {"kind": "companion", "name": NAME, "seats": 1, "schedule": EVERY_OTHER}
    return str(made(client.post(AIDS, json=body | changes))["id"])


def days(client: TestClient, aid_id: str) -> dict[str, tuple[int, bool]]:
    found = client.get(f"{AIDS}/{aid_id}/days").json()
    return {each["day"]: (each["taken"], each["called_off"]) for each in found}


@pytest.fixture
def people(connection: Connection, town: Town) -> list[str]:
    with transaction(connection) as session:
        some = [person_in(session, town, picture=WITH_COMPANY, consent=TEAM) for _ in range(2)]
        return [str(person.id) for person in some]


def promised(client: TestClient, town: Town, person: str, first_on: str) -> tuple[str, Response]:
    """Walk as far as the promise."""
    body = {"person_id": person, "activity_id": str(town.activities["leaves"].id)}
    placement = str(made(client.post(f"{API}/placements", json=body))["id"])
    made(move(client, placement, "want"))
    return placement, move(client, placement, "agree", first_on=first_on)


def move(client: TestClient, placement: str, name: str, **terms: Any) -> Response:
    return client.post(f"{API}/placements/{placement}/moves", json={"move": name} | terms)


def proposed(client: TestClient, town: Town, person: str) -> tuple[list[str], str]:
    """Return the dates on which the leaves are proposed, or why they are not."""
    told = made(client.post(f"{API}/suggestions", json={"person_id": person}))
    leaves = str(town.activities["leaves"].id)
    tiers = told["fits"] + told["adaptable"] + told["ask_host"]
    shown = [each["start"]["first_occurrences"] for each in tiers if each["activity"] == leaves]
    kept_out = [each["reasons"] for each in told["excluded"] if each["activity"] == leaves]
    return [day[:10] for dates in shown for day in dates], str(kept_out)


def test_what_somebody_cannot_go_without_is_read_off_their_picture() -> None:
    assert needs_of(None, (), ()) == frozenset()
    assert needs_of(Accompaniment.NONE, (), {TravelMode.WALK}) == frozenset()
    assert needs_of(Accompaniment.FIRST_TIME, (), ()) == {AidKind.COMPANION}
    assert needs_of(None, [LimitKind.COMPANION_REQUIRED], ()) == {AidKind.COMPANION}
    assert needs_of(None, (), {TravelMode.LIFT}) == {AidKind.LIFT}
    assert needs_of(None, (), {TravelMode.LIFT, TravelMode.WALK}) == frozenset()


def test_only_days_with_a_companion_are_offered(
    client: TestClient, town: Town, people: list[str]
) -> None:
    # the control: where no calendar is kept, nothing is known to be lacking
    assert proposed(client, town, people[0])[0][0] == TUESDAY
    aid_id = aid(client)
    assert proposed(client, town, people[0])[0][:2] == [NEXT, "2026-12-15"]
    made(client.post(f"{AIDS}/{aid_id}/days-off", json={"day": NEXT}))
    assert proposed(client, town, people[0])[0][0] == "2026-12-15"
    # with nobody on Tuesdays at all the reason is said
    wednesdays = {"rrule": "FREQ=WEEKLY;BYDAY=WE", "start": "09:00", "end": "12:00"}
    made(client.patch(f"{AIDS}/{aid_id}", json={"schedule": wednesdays}))
    offered, why = proposed(client, town, people[0])
    assert offered == []
    assert "no_companion" in why
    assert "同行できる人がその日はいません" in why


def test_a_promise_keeps_the_day_and_the_second_is_told(
    client: TestClient, town: Town, people: list[str]
) -> None:
    aid_id = aid(client)
    placement, first = promised(client, town, people[0], NEXT)
    assert first.status_code == 200, first.text
    assert days(client, aid_id)[NEXT] == (1, False)
    other, second = promised(client, town, people[1], NEXT)
    assert (second.status_code, second.json()["title"]) == (409, "NobodyFree")
    shown = client.get(f"{API}/placements/{other}").json()
    assert (shown["status"], shown["places"]["taken"]) == ("wanted", 1)  # nothing was half done
    # the first day moves: the companion's day moves with it
    made(move(client, placement, "begin", first_on="2026-12-15"))
    assert (days(client, aid_id)[NEXT], days(client, aid_id)["2026-12-15"]) == (
        (0, False),
        (1, False),
    )
    made(move(client, other, "agree", first_on=NEXT))
    # who ends gives the day back
    made(move(client, placement, "end", reason="wish", side="person"))
    assert days(client, aid_id)["2026-12-15"] == (0, False)


def test_who_needs_nobody_takes_nobody_s_day(
    client: TestClient, town: Town, connection: Connection
) -> None:
    aid_id = aid(client)
    with transaction(connection) as session:
        alone = str(person_in(session, town).id)
    assert promised(client, town, alone, TUESDAY)[1].status_code == 200
    assert {taken for taken, _ in days(client, aid_id).values()} == {0}


def test_a_day_called_off_stands_at_the_top_of_the_queue(
    client_of: ClientOf, town: Town, people: list[str]
) -> None:
    client, coordinator = client_of("csw"), client_of("coordinator")
    aid_id = aid(coordinator)
    placement, answer = promised(client, town, people[0], NEXT)
    assert answer.status_code == 200, answer.text
    off = made(coordinator.post(f"{AIDS}/{aid_id}/days-off", json={"day": NEXT}))
    assert off == {"day": NEXT, "seats": 1, "taken": 0, "called_off": True}
    queue = coordinator.get(f"{API}/follow-ups").json()["items"]
    worries = [each for each in queue if each["placement_id"] == placement]
    assert worries
    assert worries[0]["occasion"] == "concern"
    concerns = coordinator.get(f"{API}/concerns", params={"placement_id": placement}).json()
    assert "同行する人の都合がつかなくなりました" in concerns["items"][0]["words"]
    assert promised(client, town, people[1], NEXT)[1].status_code == 409


def test_a_visit_without_a_companion_gives_the_day_back_and_asks_again(
    client: TestClient, town: Town, people: list[str], turnable_clock: Any
) -> None:
    aid_id = aid(client)
    placement, _ = promised(client, town, people[0], NEXT)
    made(move(client, placement, "begin"))
    turnable_clock.turn(days=11)  # it is NEXT
    visit = {"placement_id": placement, "occurred_on": NEXT, "outcome": "companion_unavailable"}
    made(client.post(f"{API}/visits", json=visit))
    assert days(client, aid_id)[NEXT] == (0, False)
    [concern] = client.get(f"{API}/concerns", params={"placement_id": placement}).json()["items"]
    assert concern["words"].startswith(NEXT)


def test_a_volunteer_s_name_is_sealed_and_no_officer_s_business(
    client_of: ClientOf, connection: Connection
) -> None:
    aid(client_of("csw"))
    assert client_of("officer").get(AIDS).status_code == 403
    table = SQLModel.metadata.tables["aid"]
    [row] = connection.execute(sa.select(table)).mappings()
    assert NAME.encode() not in row["sealed_name"]
    assert NAME not in str(dict(row))


def test_fewer_seats_than_are_kept_are_refused(
    client: TestClient, town: Town, people: list[str]
) -> None:
    aid_id = aid(client, seats=2)
    for person in people:
        assert promised(client, town, person, NEXT)[1].status_code == 200
    refused = client.patch(f"{AIDS}/{aid_id}", json={"seats": 1})
    assert (refused.status_code, refused.json()["title"]) == (409, "SeatsTaken")


def test_the_page_adds_somebody_and_calls_a_day_off(client: TestClient) -> None:
    assert "まだありません" in look(client, "/aids")
    said = {"kind": "lift", "name": "青い車", "days": ["TU", "TH"], "seats": "3"}
    wrong = send(client, "/aids", said | {"start": "16:00", "end": "10:00"})
    assert wrong.status_code == 422
    assert "13:00 と 16:00" in main_of(wrong)
    assert led_to(send(client, "/aids", said | {"start": "10:00", "end": "16:00"})) == "/aids"
    assert "青い車" in look(client, "/aids")
    assert "3人まで、約束 0人" in look(client, "/aids")
    [row] = client.get(AIDS).json()["items"]
    assert led_to(send(client, f"/aids/{row['id']}/days-off", {"day": TUESDAY})) == "/aids"
    assert ": 休み" in look(client, "/aids")
    assert send(client, f"/aids/{row['id']}/days-off", {"day": ""}).status_code == 422
