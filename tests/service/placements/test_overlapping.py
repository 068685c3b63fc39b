"""Two promises at the same hours are said before an agreement, with values, and may be made."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from catalogue.profiles import Opening
from service.persons.tables import Person
from service.placements.overlapping import first_meeting
from service.placements.tables import Placement
from tests.factories import Town, person_in
from tests.service.browsing import led_to, main_of, send

MEETS = "時間が重なる約束があります"


def date_of(day: int, start: int, end: int) -> Opening:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Opening(at.replace(hour=start), at.replace(hour=end))


def test_dates_meet_where_they_share_time_and_not_where_one_ends_as_the_other_begins() -> None:
    own = [date_of(24, 10, 12)]
    assert (
        first_meeting([date_of(24, 12, 13), date_of(24, 8, 10), date_of(25, 10, 12)], own) is None
    )
    for start, end in ((9, 11), (11, 13), (10, 12), (9, 13), (10, 11)):
        assert first_meeting([date_of(23, start, end), met := date_of(24, start, end)], own) is met
    assert first_meeting([], own) is first_meeting(own, []) is None


@pytest.fixture
def client(client_of: Callable[[str], TestClient]) -> TestClient:
    return client_of("csw")


@pytest.fixture
def person(session: Session, town: Town) -> Person:
    return person_in(session, town)


def checked(client: TestClient, town: Town, person: Person, ref: str, **more: str) -> str:
    body = {"activity": str(town.activities[ref].id), "step": "check", "kind": "taste"} | more
    answer = send(client, f"/people/{person.id}/placements/new", body)
    assert answer.status_code == 200, main_of(answer)
    return main_of(answer)


def agreed(client: TestClient, town: Town, person: Person, ref: str, **more: str) -> None:
    body = {"activity": str(town.activities[ref].id), "step": "agree", "kind": "taste"} | more
    led_to(send(client, f"/people/{person.id}/placements/new", body))


def test_a_promise_at_the_same_hours_is_said_and_may_be_made(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    """Both are open on Tuesdays from ten; the first is promised from 1 December on."""
    agreed(client, town, person, "leaves", first_on="2026-12-01")
    page = checked(client, town, person, "last_place", first_on="2026-11-24")
    assert MEETS in page
    assert "お寺の庭で落ち葉を集める 12月1日(火) 10:00〜11:30" in page
    agreed(client, town, person, "last_place", first_on="2026-11-24")
    assert len(session.exec(select(Placement)).all()) == 2


def test_what_is_by_arrangement_or_only_proposed_or_somebody_elses_is_not_in_the_way(
    client: TestClient, session: Session, town: Town, person: Person
) -> None:
    other = person_in(session, town)
    agreed(client, town, other, "leaves", first_on="2026-11-24")
    body = {"person_id": str(person.id), "activity_id": str(town.activities["leaves"].id)}
    assert client.post("/api/v1/placements", json=body).status_code == 201
    assert MEETS not in checked(client, town, person, "last_place", first_on="2026-11-24")
    agreed(client, town, person, "last_place", first_on="2026-11-24")
    assert MEETS not in checked(client, town, person, "tea")
