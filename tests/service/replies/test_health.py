"""Which hosts something is to be seen to at, and what; list and counts from one query."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from tests.factories import MORNING, Town, TurnableClock, person_in
from tests.service.replies.conftest import API, Desk


def told(desk: Desk, **query: Any) -> dict[str, list[str]]:
    """Return the matters of each host, by its name."""
    answer = desk.staff.get(f"{API}/host-health", params=query).json()
    return {each["name"]: [m["code"] for m in each["matters"]] for each in answer["items"]}


def counts(desk: Desk) -> dict[str, int]:
    answer = desk.read("host-health")
    return {each["code"]: each["hosts"] for each in answer["by_matter"] if each["hosts"]}


def test_who_was_never_asked_is_told_and_who_was_asked_once_is_not(desk: Desk) -> None:
    assert told(desk) == {"喫茶みなと": ["never_asked"]}
    assert counts(desk) == {"never_asked": 1}


def test_who_was_asked_too_often_is_told_with_how_often(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    for _ in range(4):  # the placement of the desk is one; four are not too many
        assert "湖東寺" not in told(desk)
        desk.asked("question", activity_id=str(desk.town.activities["leaves"].id),
                   asks=[{"ask": "just_being"}])  # fmt: skip
    assert told(desk)["湖東寺"] == ["asked_too_often"]
    [row] = [each for each in desk.read("host-health")["items"] if each["name"] == "湖東寺"]
    assert row["asked_lately"] == 5
    turnable_clock.turn(days=30)
    assert "湖東寺" not in told(desk)


def test_a_rest_is_told_until_it_is_over(desk: Desk, turnable_clock: TurnableClock) -> None:
    path = f"{API}/hosts/{desk.temple}"
    assert desk.staff.patch(path, json={"resting_until": "2026-11-25"}).status_code == 200
    assert told(desk)["湖東寺"] == ["resting"]
    turnable_clock.turn(days=5)
    assert "湖東寺" not in told(desk)


def test_what_was_not_confirmed_for_180_days_is_told_on_the_180th(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    desk.answered(desk.linked(desk.asked("own", host_id=desk.temple)), "confirmed")
    turnable_clock.turn(days=179)
    assert "湖東寺" not in told(desk)
    turnable_clock.turn(days=1)
    assert told(desk)["湖東寺"] == ["unconfirmed"]


def test_pages_and_filters_are_of_the_same_query_as_the_counts(
    desk: Desk, turnable_clock: TurnableClock
) -> None:
    turnable_clock.turn(days=400)
    assert counts(desk) == {"never_asked": 1, "unconfirmed": 2}
    first = desk.read("host-health?limit=1")
    rest = desk.read(f"host-health?limit=1&after={first['next']}")
    names = {each["name"] for page in (first, rest) for each in page["items"]}
    assert names == {"湖東寺", "喫茶みなと"}
    assert (first["total"], rest["total"]) == (2, 2)
    for code, number in counts(desk).items():
        assert len(told(desk, matter=code)) == number


def test_a_neighbours_hosts_are_none_of_ours(
    desk: Desk, elsewhere: Town, client_of: Callable[[str], TestClient]
) -> None:
    theirs = client_of("csw_elsewhere").get(f"{API}/host-health").json()
    assert theirs["total"] == 2
    own = {str(each.id) for each in elsewhere.hosts.values()}
    assert {each["id"] for each in theirs["items"]} == own
    assert desk.read("host-health")["total"] == 1


def test_every_matter_says_why_and_what_to_do(desk: Desk) -> None:
    [row] = desk.read("host-health")["items"]
    [matter] = row["matters"]
    assert all(matter[name] for name in ("ja", "todo", "en"))


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_statements_does_not_grow_with_the_hosts(
    desk: Desk, session: Session, town: Town, people: int
) -> None:
    for number in range(people):
        person_in(session, town, code=f"たけ{number:02d}", at=MORNING)
        body = {"name": f"畑{number}", "type": "farm", "area": "east"}
        desk.done("hosts", **body)
    assert desk.read("host-health")["total"] == 1 + people
