"""How many a host takes, at once and new in a month: for whom it holds, and from when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select, update

from catalogue.intake import save_catalogue
from catalogue.repository import revision
from catalogue.tables import Activity, Host
from service.hosts.repository import asked, has_enough
from tests.factories import MORNING, TEAM, Town, TurnableClock, catalogue, person_in, seed

API = "/api/v1"
TODAY = MORNING.date()


@pytest.fixture
def placed(session: Session, town: Town, client: TestClient) -> Callable[[str], str]:
    """Bring somebody new as far as they wish to go to an activity, and return the placement."""

    def place(activity: str) -> str:
        person = person_in(session, town, consent=TEAM)
        body = {"person_id": str(person.id), "activity_id": str(town.activities[activity].id)}
        made = client.post(f"{API}/placements", json=body)
        assert made.status_code == 201, made.text
        path = f"{API}/placements/{made.json()['id']}/moves"
        assert client.post(path, json={"move": "want"}).status_code == 200
        return path

    return place


def bound(client: TestClient, town: Town, host: str = "temple", **bounds: int | None) -> None:
    path = f"{API}/hosts/{town.hosts[host].id}"
    assert client.patch(path, json=bounds).status_code == 200


def moves(client: TestClient, path: str, *actions: str, **terms: Any) -> list[int]:
    return [client.post(path, json={"move": each} | terms).status_code for each in actions]


def test_a_host_that_has_enough_is_not_asked_whatever_reason_is_given_until_it_takes_more(
    client: TestClient, town: Town, placed: Callable[[str], str]
) -> None:
    first, second, at_cafe = placed("leaves"), placed("leaves"), placed("tea")
    bound(client, town, max_people=1)
    assert moves(client, first, "ask", "host_accepts") == [200, 200]
    refused = client.post(second, json={"move": "ask"})
    assert (refused.status_code, refused.json()["obstacles"]) == (409, ["host_has_enough"])
    assert moves(client, second, "ask", override_reason="急ぎます") == [422]
    assert moves(client, at_cafe, "ask") == [200]  # another host's bound is its own
    bound(client, town, max_people=2)
    assert moves(client, second, "ask") == [200]


def test_a_bound_below_those_who_are_there_sends_nobody_away(
    client: TestClient, town: Town, placed: Callable[[str], str]
) -> None:
    path = placed("leaves")
    assert moves(client, path, "ask", "host_accepts") == [200, 200]
    bound(client, town, max_people=0, new_a_month=0)
    shown = client.get(path.removesuffix("/moves")).json()
    assert (shown["status"], shown["places"]["taken"]) == ("agreed", 1)
    assert moves(client, path, "begin", "continue", "rest", "return") == [200] * 4
    assert client.get(path.removesuffix("/moves")).json()["places"]["taken"] == 1


def test_whoever_goes_makes_room_at_once_but_began_this_month_all_the_same(
    client: TestClient, town: Town, placed: Callable[[str], str], turnable_clock: TurnableClock
) -> None:
    first, second = placed("leaves"), placed("last_place")
    bound(client, town, max_people=1, new_a_month=1)
    assert moves(client, first, "ask", "host_accepts") == [200, 200]
    assert moves(client, first, "pass", side="person") == [200]
    assert moves(client, second, "ask") == [409]
    bound(client, town, new_a_month=None)
    assert moves(client, second, "ask") == [200]


def test_the_month_is_japans_and_a_new_year_begins_with_none(
    client: TestClient, town: Town, placed: Callable[[str], str], turnable_clock: TurnableClock
) -> None:
    first, second = placed("leaves"), placed("last_place")
    bound(client, town, new_a_month=1)
    turnable_clock.turn(days=41, hours=14, minutes=59)  # 23:59 in Japan on the 31st of December
    assert moves(client, first, "ask", "host_accepts") == [200, 200]
    assert moves(client, second, "ask") == [409]
    turnable_clock.turn(minutes=1)
    assert moves(client, second, "ask") == [200]


def test_a_host_without_a_bound_never_has_enough_and_with_none_allowed_it_always_has(
    session: Session, town: Town
) -> None:
    temple = town.hosts["temple"].id
    for known, enough in (
        ({"max_people": None, "new_a_month": None}, False),
        ({"max_people": 0, "new_a_month": None}, True),
        ({"max_people": None, "new_a_month": 0}, True),
        ({"max_people": 5, "new_a_month": 0}, True),
        ({"max_people": 1, "new_a_month": 1}, False),
    ):
        session.exec(update(Host).where(col(Host.id) == temple).values(**known))
        assert has_enough(session, temple, on=TODAY) is enough, known
    assert has_enough(session, town.hosts["cafe"].id, on=TODAY) is False


def test_to_have_been_asked_is_a_day_that_only_moves_on(session: Session, town: Town) -> None:
    temple = town.hosts["temple"].id
    for day, news, last in (
        (date(2026, 11, 20), True, date(2026, 11, 20)),
        (date(2026, 11, 20), False, date(2026, 11, 20)),
        (date(2026, 11, 19), False, date(2026, 11, 20)),  # written down late
        (date(2028, 2, 29), True, date(2028, 2, 29)),
    ):
        assert asked(session, temple, on=day) is news
        query = select(Host.last_asked_on).where(Host.id == temple)
        assert session.exec(query).one() == last
    assert session.exec(select(Host.last_asked_on).where(Host.ref == "cafe")).one() is None


def test_a_file_that_is_taken_in_again_leaves_what_hosts_have_said(session: Session) -> None:
    town = seed(session, name="ふたたび町", suffix="_again")
    said: dict[str, Any] = {
        "resting_until": date(2026, 12, 31),
        "confirmed_on": TODAY,
        "max_people": 2,
        "new_a_month": 1,
        "telephone": "0770-00-0001",
        "last_asked_on": TODAY,
    }
    heard = [{"ask": "lift", "value": None, "kind": "lift", "answer": "yes", "on": "2026-11-20"}]
    temple, leaves = town.hosts["temple"], town.activities["leaves"]
    for name, value in said.items():
        setattr(temple, name, value)
    leaves.heard = heard
    session.flush()
    before = revision(session, town.municipality.id)
    taken = save_catalogue(session, town.municipality, catalogue("ふたたび町"))
    assert (taken.added, taken.changed) == (0, 0)
    assert revision(session, town.municipality.id) == before
    session.expire_all()
    assert {name: getattr(temple, name) for name in said} == said
    assert session.exec(select(Activity.heard).where(Activity.id == leaves.id)).one() == heard


def test_a_host_registered_with_its_bounds_keeps_them_and_one_without_has_none(
    client: TestClient, town: Town
) -> None:
    plain = {"name": "畑", "type": "farm", "area": "east"}
    bare = client.post(f"{API}/hosts", json=plain).json()
    assert (bare["max_people"], bare["new_a_month"], bare["last_asked_on"]) == (None, None, None)
    told = plain | {"max_people": 0, "new_a_month": 3, "resting_until": "2028-02-29"}
    made = client.post(f"{API}/hosts", json=told).json()
    assert made.items() >= told.items()
    for wrong in ({"max_people": -1}, {"new_a_month": "3"}, {"resting_until": "2027-02-29"},
                  {"last_asked_on": "2026-11-20"}, {"new_people": 0}):  # fmt: skip
        answer = client.post(f"{API}/hosts", json=plain | wrong)
        assert answer.status_code == 422
        [name] = wrong
        assert [each["where"] for each in answer.json()["errors"]] == [f"body.{name}"]
    assert len(client.get(f"{API}/hosts").json()["items"]) == 4


def test_whose_bounds_these_are_a_neighbour_neither_reads_nor_moves(
    client: TestClient, town: Town, elsewhere: Town, client_of: Callable[[str], TestClient]
) -> None:
    bound(client, town, max_people=1)
    stranger = client_of("csw_elsewhere")
    path = f"{API}/hosts/{town.hosts['temple'].id}"
    assert stranger.patch(path, json={"max_people": 9}).status_code == 404
    assert client.get(path).json()["max_people"] == 1
    theirs = stranger.get(f"{API}/hosts/{elsewhere.hosts['temple'].id}").json()
    assert theirs["max_people"] is None
